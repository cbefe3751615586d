"""Words of another reply, quoted with a link to it: how they stand in Markdown, and in rendered HTML.

In Markdown a citation is a quotation that begins with a link to its reply, so it can be written, read and changed by hand:

    > [ada wrote](/replies/7):
    >
    > Her words.

In the HTML it says what became of that reply since, in a mark that each page puts into the reader's language (`told`).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from forum.core.markdown import excerpt, plain, quotations

EDITED, AWAY, GONE, OTHER = "edited", "folded", "gone", "other"
UNREAD = frozenset({AWAY, GONE})  # whose words are left out


class Fate(NamedTuple):
    """What became of a cited reply (EDITED, folded AWAY, GONE, OTHER where it never said this, or "" for nothing), and whose it is."""

    state: str
    author: str = ""


LONGEST = 1000  # characters of a reply that are cited when nothing was selected

_SIGNS = re.compile(r"[\\`*_\[\]<>#~]|^(?=[-+]|\d+[.)])")
_QUOTE = re.compile(r"</?blockquote>")
_LINK = re.compile(r'<blockquote>\s*<p>(<a href="/replies/(\d{1,9})"[^>]*>.*?</a>):?', re.DOTALL)
_MARK = re.compile(r'<i data-say="(\w+)"></i>')
_HREF = re.compile(r"/replies/(\d{1,9})")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a text's HTML: whose words, from where to where it stands, its link, and where what it cites begins."""

    reply_id: int
    start: int
    end: int
    link: str
    begin: int


def citations(html: str) -> Iterator[Citation]:
    """Yield the citations of rendered HTML, those inside others too, each before what it holds."""
    ends = _ends(html)
    for found in _LINK.finditer(html):
        if found.start() in ends:
            yield Citation(int(found[2]), found.start(), ends[found.start()], found[1], found.end())


def _ends(html: str) -> dict[int, int]:
    """Return where each quotation ends, by where it begins."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for tag in _QUOTE.finditer(html):
        if not tag[0].startswith("</"):
            opened.append(tag.start())
        elif opened:
            ends[opened.pop()] = tag.end()
    return ends


def words(html: str, citation: Citation) -> str:
    """Return what is cited, as plain words."""
    return _bare(html[citation.begin : citation.end])


def _bare(html: str) -> str:
    return _SPACES.sub(" ", plain(html)).strip()


def holds(html: str, cited: str) -> bool:
    """Return whether a reply's HTML has these words; an ellipsis at their end stands for the rest."""
    return bool(cited) and cited.removesuffix("…").rstrip() in _bare(html)


def dressed(html: str, fates: Mapping[int, Fate]) -> str:
    """Return rendered HTML in which each citation names whom it cites, and says what became of that reply.

    Where the words are gone, they are left out.
    """
    parts, done = [], 0
    for citation in citations(html):
        fate = fates.get(citation.reply_id)
        if citation.start < done or not fate:
            continue  # inside one whose words are gone
        link = _named(citation.link, fate.author) if fate.author else citation.link
        parts.append(f"{html[done : citation.start]}<blockquote><p>{link}:{_told(citation.reply_id, fate.state)}")
        done = citation.begin
        if fate.state in UNREAD:
            parts.append("</p></blockquote>")
            done = citation.end
    return "".join([*parts, html[done:]])


def _named(link: str, author: str) -> str:
    """Return a link with the name of whom it leads to: what its writer called it may be another's."""
    return f"{link[: link.index('>') + 1]}{escape(author, quote=False)}</a>"


def _told(reply_id: int, state: str) -> str:
    mark = f' <i data-say="{state}"></i>'
    return f' <a href="/replies/{reply_id}/revisions">{mark.lstrip()}</a>' if state == EDITED else mark if state else ""


def told(html: str, says: Mapping[str, str]) -> str:
    """Return HTML with a sentence in the place of each mark."""
    return _MARK.sub(lambda mark: f"<i>{escape(says[mark[1]])}</i>", html) if "<i data-say=" in html else html


def cited(source: str, html: str, selected: str) -> str:
    """Return in Markdown what is to be cited: the selected words if the reply has them, else all of it, or its beginning."""
    if selected.strip() and holds(html, _SPACES.sub(" ", selected).strip()):
        return _SIGNS.sub(r"\\\g<0>", _SPACES.sub(" ", selected).strip())
    return source.strip() if len(source) <= LONGEST else _SIGNS.sub(r"\\\g<0>", excerpt(html, LONGEST))


def quotation(link: str, reply_id: int, source: str) -> str:
    """Return a citation in Markdown, and an empty line to write on; `link` says who wrote what follows."""
    lines = (f"> {line}".rstrip() for line in source.splitlines())
    return "\n".join([f"> [{link}](/replies/{reply_id}):", ">", *lines, "", ""])


def without(source: str, gone: Collection[int]) -> str:
    """Return Markdown whose citations of some replies have lost their words; the links stay."""
    lines, done = source.splitlines(), 0
    kept: list[str] = []
    for quote in quotations("\n".join(lines)):
        found = _HREF.fullmatch(quote.href)
        if found and int(found[1]) in gone and quote.start >= done:
            before = lines[quote.start].partition("[")[0].rstrip()
            around = before.rpartition(">")[0].rstrip()  # what stands around the quotation goes on after it
            link = f"{before} [{quote.link}]({quote.href}):"
            if "\n".join(lines[quote.start : quote.end]).strip() != link.strip():
                kept += [*lines[done : quote.start], link, around]
                done = quote.end
    return "\n".join([*kept, *lines[done:]]) if done else source


def cited_in(source: str) -> set[int]:
    """Return which replies a text in Markdown cites."""
    found = (_HREF.fullmatch(quote.href) for quote in quotations(source))
    return {int(match[1]) for match in found if match}
