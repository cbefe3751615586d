import re
import unicodedata

LONGEST = 60


def slug(title: str) -> str:
    """Return `title` for an address: ASCII words joined by hyphens, at most LONGEST characters, "thread" if none is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    cut = ""
    for word in words:
        if len(cut) + len(word) + 1 > LONGEST:
            break
        cut = f"{cut}-{word}" if cut else word
    return cut or "thread"
