"""Words called by an @ in a text: each becomes a link, where whoever renders the text knows where it leads.

Nothing is called in code, in a link or in a quotation, nor right after a letter: an e-mail address calls nobody.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.core.text import LONGEST_NAME, SHORTEST_NAME, fits_in_name

Where = Callable[[Sequence[str]], Mapping[str, str]]
"""Is asked once a text, with all the words that are called in it; returns the addresses of those that lead somewhere."""

_MOST: Final = 100  # a text that calls more often is no letter: nobody is called
_BEFORE: Final = "@./+-_&=%"  # after these, as after a letter, an @ is part of something else
_TRAILING: Final = "._-"


@dataclass(frozen=True, slots=True)
class _Call:
    """Where a call stands: the number of its token, and from the @ to the end of the word."""

    index: int
    start: int
    end: int
    word: str


def call(state: StateCore) -> None:
    """Turn what is called into links. Before escapes are joined with the text around them: what is escaped calls nobody."""
    where = state.env.get("where")
    if where is None or "@" not in state.src:
        return
    lines = [(children, list(_calls(children))) for children in _unquoted(state.tokens)]
    words = [found.word for _children, calls in lines for found in calls]
    places = where(sorted(set(words))) if 0 < len(words) <= _MOST else {}
    for children, calls in lines:
        for found in reversed(calls):
            if found.word in places:
                children[found.index : found.index + 1] = _linked(children[found.index], found, places[found.word])


def _unquoted(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    quotes = 0
    for token in tokens:
        quotes += token.nesting if token.type.startswith("blockquote") else 0
        if token.children and not quotes:
            yield token.children


def _calls(children: Sequence[Token]) -> Iterator[_Call]:
    links = 0
    for index, token in enumerate(children):
        links += token.nesting if token.type.startswith("link_") else 0
        if token.type == "text" and not links:
            before = children[index - 1].content[-1:] if index else ""
            after = children[index + 1].content[:1] if index + 1 < len(children) else ""
            yield from _in_text(index, token.content, before, after)


def _in_text(index: int, text: str, before: str, after: str) -> Iterator[_Call]:
    """Yield the calls in a piece of text between two others, of which the next characters are given."""
    start = text.find("@")
    while start >= 0:
        end = start + 1
        while end < len(text) and fits_in_name(text[end]):
            end += 1
        word = text[start + 1 : end].rstrip(_TRAILING)
        alone = _stands_alone((before + text[:start])[-1:], (text[end:] + after)[:1])
        if alone and SHORTEST_NAME <= len(word) <= LONGEST_NAME and word[0].isalnum():
            yield _Call(index, start, start + 1 + len(word), word)
        start = text.find("@", end)


def _stands_alone(left: str, right: str) -> bool:
    """Tell an @ with its word from a part of something longer, by the characters around them ("" where there are none)."""
    joined_left = left.isalnum() or (left != "" and left in _BEFORE)
    joined_right = right != "" and (right == "@" or fits_in_name(right))
    return not joined_left and not joined_right


def _linked(token: Token, found: _Call, address: str) -> list[Token]:
    text = token.content
    return [
        Token("text", "", 0, content=text[: found.start]),
        Token("link_open", "a", 1, attrs={"href": address}),
        Token("text", "", 0, content=text[found.start : found.end]),
        Token("link_close", "a", -1),
        Token("text", "", 0, content=text[found.end :]),
    ]
