"""The essay of the demo gets a second edition: of the words that were quoted, some stay, some change, some go."""

import re
from collections.abc import Sequence
from random import Random

from forum.essays.anchors import Quote, quoted
from forum.essays.models import PassageText
from forum.threads.models import Anchor

SENTENCE = re.compile(r"[^\s.!?][^.!?]*[.!?]?")
WORD_END = re.compile(r"(?<=\w) ")
LONGEST = 300


def part_of(text: str, rng: Random) -> Quote | None:
    """Return a sentence of a passage, or half of its only one."""
    sentences = [(match.start(), match.end()) for match in SENTENCE.finditer(text)]
    if len(sentences) == 1:
        middle = text.index(" ", len(text) // 2)
        sentences = [(0, middle), (middle + 1, len(text))]
    start, end = rng.choice(sentences)
    return quoted(text, start, end) if end - start <= LONGEST else None


def reworded(content: Sequence[PassageText], anchors: Sequence[Anchor], insertion: str) -> list[str]:
    """Return the passages with a word more in one quotation, and without the words of one in another passage."""
    texts = {passage["id"]: passage["text"] for passage in content}
    changed = max(anchors, key=lambda anchor: anchor.end - anchor.start)
    taken = next((anchor for anchor in anchors if anchor.passage_id != changed.passage_id), None)
    text = texts[changed.passage_id]
    middle = WORD_END.search(text, (changed.start + changed.end) // 2)
    at = middle.start() if middle else changed.start
    texts[changed.passage_id] = text[:at] + insertion + text[at:]
    if taken:
        text = texts[taken.passage_id]
        texts[taken.passage_id] = f"{text[: taken.start].rstrip()} {text[taken.end :].lstrip()}".strip()
    return list(texts.values())
