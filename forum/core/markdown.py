import re
import threading
from collections.abc import Iterator, Sequence
from html import escape, unescape
from itertools import takewhile
from typing import Final, NamedTuple

from bleach.sanitizer import Cleaner
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, linkify
from markdown_it.token import Token

from forum.core.calls import Where, call
from forum.core.text import clean, legible, one_line

RENDERER: Final = 2
"""Stored beside every rendered text; raise it with any change to what comes out: old texts render anew."""

_REL: Final = "nofollow ugc noopener"
_BLOCKS: Final = frozenset({"blockquote", "br", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"})
_TAGS: Final = _BLOCKS | {"a", "code", "del", "em", "strong"}
# The page's own outline ends at h3.
_LOWERED: Final = {"h1": "h4", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}

# Each element costs the cleaner some 50 microseconds, and the parser is quadratic in brackets left open. The
# caps are several times what a letter of 20,000 characters holds.
_MOST_LINES: Final = 2000
_MOST_SIGNS: Final = 2500
_SIGNS: Final = "!#&*+-<>[\\]_`~"
_MOST_TOKENS: Final = 4000
# The search for bare addresses reads on from each to the next space: quadratic in a row without spaces.
_MOST_ADDRESSES: Final = 100
# What is nested deeper the parser leaves out.
_DEEPEST: Final = 20
# Twenty quotes within each other take twenty characters to write and five hundred to render.
_MOST_GROWTH: Final = 20

_LONGEST_LINK: Final = 2000
_REST: Final = r"[\w!#$%&'()*+,./:;=?@~-]*"
_LINK: Final = re.compile(
    # A host with no name before it: http://bank.example@evil.example is a trick on the eye.
    rf"https?://(?:\w(?:[\w.-]*\w)?\.?|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?(?:[/?#]{_REST})?"
    r"|mailto:[\w.+~-]+@\w(?:[\w.-]*\w)?"
    # One slash, then no second one and nothing that could turn into one: // would name another host.
    rf"|/(?:[\w?#~.-]{_REST})?",
    re.IGNORECASE | re.ASCII,
)
# The cleaner takes "&amp;lt;" in an attribute for "&lt;": such a link would not lead where its author said.
_REFERENCE: Final = re.compile(r"&#?\w+;")


def render(source: str, where: Where | None = None) -> str:
    """Return the safe HTML of a text written by a member; `where` says which words after an @ lead somewhere (calls.py).

    CommonMark with ~~strikethrough~~ and bare http(s) addresses as links. People write letters here, so a
    line break stays one. Not understood: HTML (shown as written), pictures (a link each), tables, and
    definitions of links, which would take words out of sight. What costs too much is shown as written.
    """
    source = clean(source)
    marked_up = None if _is_crowded(source) else _marked_up(source, where)
    if marked_up is None:
        # Escaped throughout, so there is nothing to clean.
        return f"<pre>{escape(source.lstrip(), quote=False)}</pre>\n"
    return str(_CLEANERS.cleaner.clean(marked_up))


def _is_crowded(source: str) -> bool:
    return source.count("\n") > _MOST_LINES or sum(map(source.count, _SIGNS)) > _MOST_SIGNS


def _marked_up(source: str, where: Where | None) -> str | None:
    """Return the HTML before the last cleaning, or None when it is too much."""
    env: dict[str, object] = {"where": where}
    tokens = _PARSER.parse(source, env)
    if _are_tangled(tokens):
        return None
    html = str(_PARSER.renderer.render(tokens, _PARSER.options, env))
    return html if len(html) <= _MOST_GROWTH * len(source) + 500 else None


def _are_tangled(tokens: Sequence[Token]) -> bool:
    if sum(1 + len(token.children or ()) for token in tokens) > _MOST_TOKENS:
        return True
    return any(token.level >= _DEEPEST - 1 for token in tokens)


class _Parser(MarkdownIt):
    """With our own word on addresses."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (the parser's names)
        # Its Punycode is quadratic.
        return super().normalizeLink(url) if len(url) <= _LONGEST_LINK else ""

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        # As written: decoded, xn--pple-43d would look like apple.
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return _may_link(url)


def _may_link(href: str) -> bool:
    return len(href) <= _LONGEST_LINK and bool(_LINK.fullmatch(href)) and not _REFERENCE.search(href)


def _link_few(state: StateCore) -> None:
    if state.src.count("://") <= _MOST_ADDRESSES:
        linkify(state)


def _tame(state: StateCore) -> None:
    """Make the tokens say only what may be shown."""
    for token in state.tokens:
        token.tag = _LOWERED.get(token.tag, token.tag)
        if token.children:
            token.children = list(_tamed(token.children))
        else:
            token.content = legible(token.content)


def _tamed(tokens: Sequence[Token]) -> Iterator[Token]:
    href, is_named = "", True
    for token in tokens:
        if token.type == "link_open":
            href, is_named = str(token.attrs["href"]), False
            yield from _link_start(href)
        elif token.type == "link_close":
            yield from _link_end(href, is_named=is_named)
            href = ""
        elif token.type == "image":
            yield from _picture(token, is_linked=bool(href))
            is_named = True
        else:
            token.content = legible(token.content)  # once more: only now are entities such as &#x202e; read
            token.tag = "del" if token.tag == "s" else token.tag
            is_named = is_named or bool(one_line(token.content))
            yield token


def _link_start(href: str) -> Iterator[Token]:
    if href:
        yield Token("link_open", "a", 1, attrs={"href": href, "rel": _REL})


def _link_end(href: str, *, is_named: bool) -> Iterator[Token]:
    if href and not is_named:
        yield Token("text", "", 0, content=href)
    if href:
        yield Token("link_close", "a", -1)


def _picture(image: Token, *, is_linked: bool) -> Iterator[Token]:
    """Offer a picture as a link: shown in place, it would tell its server who reads."""
    href = "" if is_linked else str(image.attrs["src"])
    yield from _link_start(href)
    yield Token("text", "", 0, content=one_line(_words(image.children or ())) or str(image.attrs["src"]))
    yield from _link_end(href, is_named=True)


def _words(tokens: Sequence[Token]) -> str:
    return "".join(_words(token.children or ()) if token.type == "image" else token.content for token in tokens)


def _text(_: object, tokens: Sequence[Token], idx: int, _options: object, _env: object) -> str:
    # Quotes need no escape between tags, and each "&quot;" would cost the cleaner 20 microseconds.
    return escape(tokens[idx].content, quote=False)


def _code(_: object, tokens: Sequence[Token], idx: int, _options: object, _env: object) -> str:
    return f"<code>{escape(tokens[idx].content, quote=False)}</code>"


def _code_block(_: object, tokens: Sequence[Token], idx: int, _options: object, _env: object) -> str:
    return f"<pre><code>{escape(tokens[idx].content, quote=False)}</code></pre>\n"


def _parser() -> MarkdownIt:
    parser = _Parser(
        "commonmark",
        {"html": False, "linkify": True, "breaks": True, "xhtmlOut": False, "maxNesting": _DEEPEST},
    )
    parser.disable(["html_block", "html_inline", "reference"])
    parser.enable("strikethrough")
    parser.core.ruler.at("linkify", _link_few)
    parser.core.ruler.enable("linkify")
    parser.core.ruler.before("text_join", "call", call)
    parser.core.ruler.push("tame", _tame)
    linkifier = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
    parser.linkify = linkifier.add("ftp:", None).add("//", None).add("mailto:", None)
    for name, rule in (
        ("text", _text),
        ("code_inline", _code),
        ("code_block", _code_block),
        ("fence", _code_block),
    ):
        parser.add_render_rule(name, rule)
    # The rules are sorted and the patterns compiled at first use, which two threads must not do at once.
    parser.render("http://first.example *use*")
    return parser


_PARSER: Final = _parser()


class Quotation(NamedTuple):
    """A quotation that begins with a link: where the link leads, its words, and the lines that the quotation takes."""

    href: str
    link: str
    start: int
    end: int


def quotations(source: str) -> Iterator[Quotation]:
    """Yield the quotations of a text that begin with a link, those inside others too; lines count as `splitlines` has them."""
    tokens = [] if _is_crowded(source) else _PARSER.parse(source, {})
    for quote, _paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if quote.type == "blockquote_open" and inline.type == "inline" and quote.map:
            inner = inline.children or []
            if inner and inner[0].type == "link_open":
                words = takewhile(lambda token: token.type != "link_close", inner[1:])
                yield Quotation(str(inner[0].attrs["href"]), _words(list(words)), quote.map[0], quote.map[1])


class _Cleaners(threading.local):
    """A cleaner for each thread: it keeps the state of its parser in itself."""

    def __init__(self) -> None:
        self.cleaner = Cleaner(tags=_TAGS, attributes=_may_keep, protocols={"http", "https", "mailto"})


def _may_keep(tag: str, name: str, value: str) -> bool:
    if tag == "a" and name == "href":
        # Our own word once more: the cleaner's protocols let scheme:digits pass (javascript:1).
        return _may_link(value.replace("&amp;", "&"))
    if tag == "a":
        return name == "rel" and value == _REL
    return tag == "ol" and name == "start" and value.isdecimal()


_CLEANERS: Final = _Cleaners()

_BREAK: Final = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS))})\b[^<>]*>")
_TAG: Final = re.compile(r"<[^<>]*>")
STOPS: Final = " .,;:\N{HORIZONTAL ELLIPSIS}\N{EN DASH}\N{EM DASH}"


def raised(html: str) -> str:
    """Return rendered HTML with its headings two levels higher: for a text that stands right under its page's title."""
    for low, high in (("h4", "h2"), ("h5", "h3"), ("h6", "h4")):
        html = html.replace(f"<{low}>", f"<{high}>").replace(f"</{low}>", f"</{high}>")
    return html


def plain(html: str) -> str:
    """Return the words of rendered HTML on one line: text again, to be escaped where it is shown."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", html))).split())


def excerpt(html: str, length: int) -> str:
    """Return the first words of rendered HTML, at most `length` characters with the ellipsis."""
    return shortened(plain(html), length)


def shortened(text: str, length: int) -> str:
    """Return the first words of a text, at most `length` characters with the ellipsis; no other sign stands before that."""
    if len(text) <= length:
        return text
    start = text[:length]
    whole_words, _, _ = start.rpartition(" ")
    return f"{whole_words.rstrip(STOPS) or start[: length - 1]}\N{HORIZONTAL ELLIPSIS}"
