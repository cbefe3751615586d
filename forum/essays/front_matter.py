"""The header of an essay in Markdown: YAML in which every value is text, a list or a mapping, as written."""

import re
from typing import TypeAlias

import yaml

from forum.core.marks import N_
from forum.essays.essay_text import Unreadable

MOST_CHARACTERS = 64_000
DEEPEST = 5

# YAML would make a date of 2025-06-11, a number of 1984 and False of no; here each stays what was written.
Value: TypeAlias = "str | list[Value] | dict[str, Value]"

FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
NOTHING = {"~", "null", "Null", "NULL"}


def split_front_matter(text: str) -> tuple[str, str]:
    """Divide a text that begins with a line of --- into its header (from that line's end) and its body."""
    after = text.lstrip()[len("---") :]
    fence = FENCE.search(after, after.find("\n") + 1)
    if fence is None or "\n" not in after:
        raise Unreadable(N_("The header is not closed: a line with only --- must come after it."))
    if fence.start() > MOST_CHARACTERS:
        raise Unreadable(N_("The header is longer than %(most)s characters."), most=MOST_CHARACTERS)
    return after[: fence.start()], after[fence.end() :]


def parse_front_matter(header: str) -> dict[str, Value]:
    try:
        _refuse_traps(header)
        node = yaml.compose(header, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _not_understood(_line_of(error)) from None
    except yaml.YAMLError:
        raise _not_understood(1) from None
    if node is None:
        return {}
    value = _value(node)
    if not isinstance(value, dict):
        raise Unreadable(N_("The header should be lines such as “title: A Title”."))
    return value


def _refuse_traps(header: str) -> None:
    """Refuse what would grow or recurse when it is built; this loop builds nothing."""
    depth = 0
    for event in yaml.parse(header, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(N_("The header refers back to itself (& and *). Write each value out instead."))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise Unreadable(N_("The header is nested deeper than a list of themes needs."))


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return "" if is_plain and node.value in NOTHING else str(node.value)


def _mapping(node: yaml.MappingNode) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _not_understood(key.start_mark.line + 1)
        if key.value in values:
            raise Unreadable(N_("The header gives “%(name)s” twice."), name=key.value[:40])
        values[key.value] = _value(value)
    return values


def _line_of(error: yaml.MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 1


def _not_understood(line: int) -> Unreadable:
    return Unreadable(N_("The header cannot be understood at line %(line)s. It should be YAML."), line=line)
