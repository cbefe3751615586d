"""E-mail addresses that are given to anyone for a few minutes."""

from collections.abc import Iterator
from pathlib import Path

NAME = "disposable.txt"
BEST_KNOWN = Path(__file__).parent / "data" / NAME


def is_disposable(email: str, instance: Path) -> bool:
    """Return whether an address is of a domain on our list, or of one that the host added in the instance folder."""
    known = {*_domains(BEST_KNOWN), *_domains(instance / NAME)}
    labels = email.rpartition("@")[2].casefold().rstrip(".").split(".")
    return any(".".join(labels[first:]) in known for first in range(len(labels)))


def _domains(file: Path) -> Iterator[str]:
    """Yield what a list names; it is read anew each time, so that the host can add to it while the forum runs."""
    if file.is_file():
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            if name := line.partition("#")[0].strip().casefold():
                yield name
