"""The blocks of text in an HTML page, the containers they stand in, and what the page says about itself."""

from collections import Counter
from dataclasses import dataclass, field

from forum.core.text import one_line
from forum.essays.page_elements import (
    BLOCKS,
    CLOSED_BY_NEXT,
    CONTAINERS,
    DRAWINGS,
    HEADINGS,
    VOID,
    is_unseen,
    kind_of_container,
    kind_of_mark,
)
from forum.essays.page_markup import Tag, read_markup

# An end tag looks this far for its start: a real page never needs it, a hostile one must not make it long.
FARTHEST_INLINE = 64
MOST_OPEN_MARKS = 8
LONGEST_LABEL = 40


@dataclass(slots=True)
class Block:
    tag: str
    text: str
    container: int
    weight: int  # characters of text, less those of links twice: lists of links weigh nothing


@dataclass(slots=True)
class Container:
    name: str
    kind: str  # "text", "article", "main" or ""
    parent: int
    first: int  # the blocks inside are first <= place < last
    last: int = 0
    weight: int = 0


@dataclass(slots=True)
class Mark:
    """What an element says about the essay: `kind` is a date or one of the AUTHOR_KINDS."""

    kind: str
    place: int  # the block it stands in or before
    written: str  # a time's datetime, which no reader sees
    pieces: list[str] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class Outline:
    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=lambda: [Container("", "", 0, 0)])
    marks: list[Mark] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = ""


@dataclass(slots=True)
class _Open:
    name: str
    is_unseen: bool
    container: int
    mark: Mark | None = None


def read_outline(page: str, *, is_lenient: bool = False) -> Outline:
    """Read a page; a lenient reading keeps forms, and what classes call comments, menus and so on."""
    reader = _Reader(is_lenient)
    for item in read_markup(page):
        if isinstance(item, str):
            reader.text(item)
        elif item.is_end:
            reader.end(item.name)
        else:
            reader.start(item)
    return reader.finish()


class _Reader:
    def __init__(self, is_lenient: bool) -> None:
        self.is_lenient = is_lenient
        self.outline = Outline()
        self.open = [_Open("", is_unseen=False, container=0)]
        self.open_blocks = [0]  # places in `open`
        self.counts: Counter[str] = Counter()
        self.drawings = 0
        self.marks: list[Mark] = []
        self.lines: list[list[str]] = [[]]  # of the block that is being read; a <br> begins another
        self.linked = 0

    def text(self, text: str) -> None:
        top = self.open[-1]
        if top.name == "title" and not self._is_drawing():
            self.outline.title = self.outline.title or one_line(text)
        elif not top.is_unseen:
            self._write(text)
            self.linked += len(text.strip()) if self.counts["a"] else 0

    def _is_drawing(self) -> bool:
        return self.drawings > 0

    def _write(self, text: str) -> None:
        self.lines[-1].append(text)
        for mark in self.marks:
            mark.pieces.append(text)

    def start(self, tag: Tag) -> None:
        attributes = tag.attributes()
        if tag.name == "html":
            self.outline.language = self.outline.language or attributes.get("lang", "")
        if tag.name == "meta":
            self._read_meta(attributes)
        if tag.name in BLOCKS:
            self._flush()
            self._close_implied(tag.name)
        if tag.name == "br" and not self.open[-1].is_unseen:
            self.lines.append([])
            self._write(" ")
        if tag.name not in VOID and (tag.name in DRAWINGS or not self._is_drawing()):
            self._push(tag.name, attributes)

    def _read_meta(self, attributes: dict[str, str]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content = one_line(attributes.get("content", ""))
        if name and content:
            self.outline.meta.setdefault(name.lower(), content)

    def _close_implied(self, name: str) -> None:
        for ending in ("p", name) if name in CLOSED_BY_NEXT else ("p",):
            if self.open[self.open_blocks[-1]].name == ending:
                self._pop_to(self.open_blocks[-1])

    def _push(self, name: str, attributes: dict[str, str]) -> None:
        parent = self.open[-1]
        unseen = parent.is_unseen or is_unseen(name, attributes, is_lenient=self.is_lenient)
        opened = _Open(name, unseen, parent.container)
        if name in CONTAINERS and not unseen:
            kind = kind_of_container(name, attributes)
            self.outline.containers.append(Container(name, kind, parent.container, len(self.outline.blocks)))
            opened.container = len(self.outline.containers) - 1
        if not unseen and (attributes or name == "time"):
            self._open_mark(opened, attributes)
        if name in BLOCKS:
            self.open_blocks.append(len(self.open))
        self.open.append(opened)
        self.counts[name] += 1
        self.drawings += name in DRAWINGS
        if name == "q" and not unseen:
            self._write("“")

    def _open_mark(self, opened: _Open, attributes: dict[str, str]) -> None:
        inside_author = any(mark.kind == "author" for mark in self.marks)
        before = "".join(piece[-LONGEST_LABEL:] for piece in self.lines[-1][-3:])
        kind = kind_of_mark(opened.name, attributes, before=before, inside_author=inside_author)
        if kind and len(self.marks) < MOST_OPEN_MARKS:
            opened.mark = Mark(kind, len(self.outline.blocks), one_line(attributes.get("datetime", "")))
            self.marks.append(opened.mark)
            self.outline.marks.append(opened.mark)

    def end(self, name: str) -> None:
        if name in HEADINGS and self.open[self.open_blocks[-1]].name in HEADINGS:
            name = self.open[self.open_blocks[-1]].name  # any of their end tags closes any of them
        if not self.counts[name]:
            return
        if name in BLOCKS:
            self._flush()
            place = next(place for place in reversed(self.open_blocks) if self.open[place].name == name)
            self._pop_to(place)
            return
        lowest = max(self.open_blocks[-1], len(self.open) - 1 - FARTHEST_INLINE)
        for place in range(len(self.open) - 1, lowest, -1):
            if self.open[place].name == name:
                self._pop_to(place)
                return

    def _pop_to(self, place: int) -> None:
        while len(self.open) > place:
            closed = self.open.pop()
            self.counts[closed.name] -= 1
            self.drawings -= closed.name in DRAWINGS
            if self.open_blocks[-1] == len(self.open):
                self.open_blocks.pop()
            if closed.container != self.open[-1].container:
                self.outline.containers[closed.container].last = len(self.outline.blocks)
            if closed.mark:
                self._close_mark(closed.mark)
            if closed.name == "q" and not closed.is_unseen:
                self._write("”")

    def _close_mark(self, mark: Mark) -> None:
        mark.text = one_line("".join(mark.pieces))
        mark.pieces.clear()
        self.marks.remove(mark)

    def _flush(self) -> None:
        """Make blocks of what was read; an empty line, made by two <br>, divides it."""
        if self.lines == [[]]:
            return
        lines = [one_line("".join(line)) for line in self.lines]
        tag, container = self.open[self.open_blocks[-1]].name, self.open[-1].container
        paragraph: list[str] = []
        for line in [*lines, ""]:
            if line:
                paragraph.append(line)
            elif paragraph:
                text = " ".join(paragraph)
                weight = max(0, len(text) - 2 * self.linked)
                self.outline.blocks.append(Block(tag, text, container, weight))
                self.linked = max(0, self.linked - len(text))
                paragraph = []
        self.lines = [[]]
        self.linked = 0

    def finish(self) -> Outline:
        self._flush()
        self._pop_to(1)
        self.outline.containers[0].last = len(self.outline.blocks)
        return self.outline
