"""The essay in a saved page: its title, byline and paragraphs, and nothing else of the page."""

import re
from collections.abc import Sequence

from forum.essays.bylines import Byline, author_of, read_byline
from forum.essays.essay_text import MOST_AUTHOR_CHARACTERS, MOST_DATE_CHARACTERS, EssayText
from forum.essays.page_debris import framed
from forum.essays.page_elements import AUTHOR_KINDS, HEADINGS, PARAGRAPHS
from forum.essays.page_outline import Block, Container, Mark, Outline, read_outline

LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
SITE_SEPARATOR = re.compile(r"\s+(?:[|\u2013\u2014·•»-]|::)\s+")
AUTHOR_META = ("author", "article:author", "dc.creator")
PUBLISHED_META = ("article:published_time", "datepublished", "date")
UPDATED_META = ("article:modified_time", "datemodified", "og:updated_time")
# An <article> with less of the page's text than this is a teaser; the text stands elsewhere.
LEAST_SHARE = 0.25
# A heading that repeats the title is the title only where less of the text than this stands above it.
MOST_SHARE_ABOVE = 0.2
MOST_LINES_ABOVE = 12
LINES_AROUND = 3
LONGEST_LINK = 40
LONGEST_MARKED_LINE = 120
LONGEST_TITLE = 500  # with the name of the site


def read_html(page: str) -> EssayText:
    essay = _essay(read_outline(page))
    return essay if essay.passages else _essay(read_outline(page, is_lenient=True))


def _essay(outline: Outline) -> EssayText:
    _weigh(outline)
    chosen = _chosen(outline.containers)
    title = _title(outline, chosen)
    above, first = _top(outline, chosen, title)
    marked = _marked_lines(outline, first, chosen.last)
    above, first = [*above, *marked], first + len(marked)
    places = _without_links(outline.blocks, first, chosen.last)
    lines = [outline.blocks[place].text for place in places]
    frame = framed(lines, title)
    kept = {places[place] for place in frame.kept}
    scope = range(max(0, (above or places or [0])[0] - LINES_AROUND), chosen.last + LINES_AROUND)
    marks = _framing_marks(outline.marks, scope, kept)
    byline = _merged([frame.byline, *_bylines([outline.blocks[place].text for place in above])])
    left_out = [*above, *(place for place in range(first, chosen.last) if place not in kept)]
    return EssayText(
        title=title,
        author=_author(outline.meta, marks) or byline.author,
        published=_date("published", marks) or byline.published or _first(outline.meta, PUBLISHED_META),
        updated=_date("updated", marks) or byline.updated or _first(outline.meta, UPDATED_META),
        language=_language(outline.language),
        passages=tuple(outline.blocks[place].text for place in sorted(kept)),
        left_out=tuple(outline.blocks[place].text for place in left_out),
    )


def _marked_lines(outline: Outline, first: int, last: int) -> list[int]:
    """Return the places at the top that the page itself marks as an author or a date, and little else."""
    marked: dict[int, int] = {}
    for mark in outline.marks:
        marked[mark.place] = max(marked.get(mark.place, 0), len(mark.text))
    lines: list[int] = []
    for place in range(first, last):
        length = len(outline.blocks[place].text)
        if not length / 2 < marked.get(place, 0) <= length <= LONGEST_MARKED_LINE:
            break
        lines.append(place)
    return lines


def _framing_marks(marks: Sequence[Mark], scope: range, kept: set[int]) -> list[Mark]:
    """Leave out the names and dates that a paragraph mentions; a mark without text stands before a block."""
    mentions = kept - {min(kept, default=0)}
    return [mark for mark in marks if mark.place in scope and mark.place not in (kept if mark.text else mentions)]


def _weigh(outline: Outline) -> None:
    for block in outline.blocks:
        if block.tag not in HEADINGS:
            outline.containers[block.container].weight += block.weight
    for container in reversed(outline.containers[1:]):
        outline.containers[container.parent].weight += container.weight


def _chosen(containers: Sequence[Container]) -> Container:
    """Return the container of the text: what is marked as such, otherwise the smallest that loses no text."""
    page = containers[0]
    for kind in ("text", "article", "main"):
        marked = [container for container in containers if container.kind == kind]
        best = max(marked, key=lambda container: container.weight, default=page)
        if best is not page and best.weight > 0 and best.weight >= page.weight * LEAST_SHARE:
            return best
    whole = [container for container in containers if container.weight == page.weight]
    return whole[-1]


def _title(outline: Outline, chosen: Container) -> str:
    headings = [place for place, block in enumerate(outline.blocks) if block.tag in HEADINGS]
    texts = {outline.blocks[place].text for place in headings}
    shared = _without_site(outline.meta.get("og:title", ""), texts, outline.meta.get("og:site_name", ""))
    if shared:
        return shared
    first_class = [place for place in headings if outline.blocks[place].tag == "h1"]
    inside = [place for place in first_class if chosen.first <= place < chosen.last]
    above = [place for place in first_class if place < chosen.first]
    best = inside[:1] or above[-1:] or first_class[:1]
    if best:
        return outline.blocks[best[0]].text
    return _without_site(outline.title, texts, outline.meta.get("og:site_name", ""))


def _without_site(title: str, headings: set[str], site: str) -> str:
    """Take a site's name from the end of a title, where a heading or the site's own name gives it away."""
    if len(title) > LONGEST_TITLE:
        return title
    for separator in SITE_SEPARATOR.finditer(title):
        alone, rest = title[: separator.start()], title[separator.end() :]
        if alone in headings or rest == site:
            return alone
    return title


def _top(outline: Outline, chosen: Container, title: str) -> tuple[list[int], int]:
    """Return the places of lines above the text that may hold a byline, and where the text begins."""
    blocks = outline.blocks
    heading = _heading_inside(blocks, chosen, title)
    if heading is not None:
        above = list(range(chosen.first, heading))
        return above if blocks[heading].text == title else [*above, heading], heading + 1
    above = []
    for place in range(chosen.first - 1, max(-1, chosen.first - 1 - MOST_LINES_ABOVE), -1):
        if blocks[place].tag in HEADINGS and blocks[place].text == title:
            return above[::-1], chosen.first
        above.append(place)
    return [], _after_banner(outline, chosen)


def _heading_inside(blocks: Sequence[Block], chosen: Container, title: str) -> int | None:
    """Return the place of the heading near the top that is the title, or a page's other wording of it."""
    places = range(chosen.first, chosen.last)
    first_class = [place for place in places if blocks[place].tag == "h1"]
    weight = 0
    for place in places:
        is_title = blocks[place].tag in HEADINGS and blocks[place].text == title
        if is_title or first_class == [place]:
            return place
        weight += blocks[place].weight
        if weight > chosen.weight * MOST_SHARE_ABOVE:
            break
    return None


def _after_banner(outline: Outline, chosen: Container) -> int:
    first = chosen.first
    for container in outline.containers:
        if container.name == "header" and container.first == first < container.last <= chosen.last:
            first = container.last
    return first


def _without_links(blocks: Sequence[Block], first: int, last: int) -> list[int]:
    """Return the places from first to last without the menus at either end."""
    while first < last and _is_link(blocks[first]):
        first += 1
    while last > first and _is_link(blocks[last - 1]):
        last -= 1
    return list(range(first, last))


def _is_link(block: Block) -> bool:
    may_be_menu = block.tag == "li" or block.tag not in HEADINGS | PARAGRAPHS
    return may_be_menu and block.weight == 0 and len(block.text) <= LONGEST_LINK


def _bylines(above: Sequence[str]) -> list[Byline]:
    lines = above[-MOST_LINES_ABOVE:]
    bylines: list[Byline] = []
    place = 0
    while place < len(lines):
        bylines.append(read_byline(lines[place:]))
        place += max(1, bylines[-1].length)
    return bylines


def _merged(bylines: Sequence[Byline]) -> Byline:
    merged = Byline()
    for byline in bylines:
        merged.author = merged.author or byline.author
        merged.published = merged.published or byline.published
        merged.updated = merged.updated or byline.updated
    return merged


def _author(meta: dict[str, str], marks: Sequence[Mark]) -> str:
    """Return the author that the page names for machines, or the one that it marks for readers."""
    named = _first(meta, AUTHOR_META)
    if named and "://" not in named and len(named) <= MOST_AUTHOR_CHARACTERS:
        return named
    for kind in AUTHOR_KINDS:
        for mark in marks:
            author = _name_in(mark.text) if mark.kind == kind else ""
            if author:
                return author
    return ""


def _name_in(text: str) -> str:
    if len(text) > MOST_AUTHOR_CHARACTERS:
        return ""
    byline = read_byline([text])
    return byline.author if byline.length else author_of(text)


def _date(kind: str, marks: Sequence[Mark]) -> str:
    """Return a date as readers see it, or as machines do where readers see none."""
    for mark in marks:
        byline = read_byline([mark.text])
        labelled = "updated" if byline.updated else mark.kind
        written = byline.updated or byline.published or mark.text or mark.written
        if labelled == kind and 0 < len(written) <= MOST_DATE_CHARACTERS:
            return written
    return ""


def _first(meta: dict[str, str], names: Sequence[str]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _language(written: str) -> str:
    match = LANGUAGE.fullmatch(written.strip())
    return match[1].lower() if match else ""
