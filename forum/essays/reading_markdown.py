"""Markdown with a header between two lines of ---."""

import re

from forum.core.marks import N_
from forum.core.text import one_line
from forum.essays.essay_text import EssayText, ThemeText, Unreadable
from forum.essays.front_matter import Value, parse_front_matter, split_front_matter

MOST_THEMES = 20
MOST_THEME_NAME_CHARACTERS = 80
MOST_QUESTION_CHARACTERS = 400

FIELDS = {"title", "author", "published", "updated", "language", "edition", "themes"}
LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
KEY = re.compile(r"[a-z0-9-]{1,40}")
NUMBER = re.compile(r"[0-9]{1,6}")

HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t]|\Z)")
BULLET = re.compile(r"\s*[-*+]\s+\S")
NUMBERED = re.compile(r"\s*\d{1,3}[.)]\s+\S")


def read_markdown(text: str) -> EssayText:
    header, body = split_front_matter(text)
    fields = parse_front_matter(header)
    title, body, repeated = _without_title(body, _line(fields, "title"))
    passages = _passages(body)
    unknown = [one_line(f"{name}:") for name in fields if name not in FIELDS]
    return EssayText(
        title=title,
        author=_line(fields, "author"),
        published=_line(fields, "published"),
        updated=_line(fields, "updated"),
        language=_language(fields),
        note=_line(fields, "edition"),
        themes=_themes(fields.get("themes", ""), len(passages)),
        passages=tuple(passages),
        left_out=(*unknown, *([repeated] if repeated else [])),
    )


def _line(fields: dict[str, Value], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(N_("“%(name)s” in the header should be a line of text."), name=name)
    return one_line(value)


def _language(fields: dict[str, Value]) -> str:
    written = _line(fields, "language")
    match = LANGUAGE.fullmatch(written)
    if written and match is None:
        raise Unreadable(N_("“language” in the header should be a code such as en or it."))
    return match[1].lower() if match else ""


def _themes(value: Value, count: int) -> tuple[ThemeText, ...]:
    """Read the themes of an essay of `count` passages."""
    if value == "":
        return ()
    if not isinstance(value, list):
        raise Unreadable(N_("“themes” in the header should be a list."))
    if len(value) > MOST_THEMES:
        raise Unreadable(N_("The header has more than %(most)s themes."), most=MOST_THEMES)
    themes: list[ThemeText] = []
    for number, item in enumerate(value, start=1):
        theme = _theme(item, number, count)
        if any(theme.key == earlier.key for earlier in themes):
            raise Unreadable(N_("Two themes have the key “%(key)s”."), key=theme.key)
        themes.append(theme)
    return tuple(themes)


def _theme(item: Value, number: int, count: int) -> ThemeText:
    if not isinstance(item, dict):
        raise Unreadable(N_("Theme %(number)s should have a key, a name and a question."), number=number)
    key = _theme_line(item, "key", number, 40)
    if KEY.fullmatch(key) is None:
        raise Unreadable(
            N_("The key of theme %(number)s should be 1 to 40 small letters (a to z), digits and hyphens."),
            number=number,
        )
    return ThemeText(
        key=key,
        name=_theme_line(item, "name", number, MOST_THEME_NAME_CHARACTERS),
        question=_theme_line(item, "question", number, MOST_QUESTION_CHARACTERS),
        passages=_passage_numbers(item.get("passages", ""), key, count),
    )


def _theme_line(item: dict[str, Value], name: str, number: int, most: int) -> str:
    value = item.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(N_("“%(name)s” of theme %(number)s should be a line of text."), name=name, number=number)
    line = one_line(value)
    if not line:
        raise Unreadable(N_("“%(name)s” of theme %(number)s is missing."), name=name, number=number)
    if len(line) > most:
        raise Unreadable(
            N_("“%(name)s” of theme %(number)s is longer than %(most)s characters."),
            name=name,
            number=number,
            most=most,
        )
    return line


def _passage_numbers(value: Value, key: str, count: int) -> tuple[int, ...]:
    written = [] if value == "" else value
    if not isinstance(written, list):
        raise _no_numbers(key)
    numbers: list[int] = []
    seen: set[int] = set()
    for item in written:
        if not isinstance(item, str) or NUMBER.fullmatch(item) is None:
            raise _no_numbers(key)
        number = int(item)
        _check_number(number, key, count, seen)
        seen.add(number)
        numbers.append(number)
    return tuple(numbers)


def _check_number(number: int, key: str, count: int, seen: set[int]) -> None:
    if number in seen:
        raise Unreadable(N_("The theme “%(key)s” names passage %(number)s twice."), key=key, number=number)
    if not 1 <= number <= count:
        raise Unreadable(
            N_("The theme “%(key)s” names passage %(number)s, but the last passage is number %(count)s."),
            key=key,
            number=number,
            count=count,
        )


def _no_numbers(key: str) -> Unreadable:
    return Unreadable(
        N_("The passages of the theme “%(key)s” should be a list of whole numbers, such as [1, 2, 5]."),
        key=key,
    )


def _without_title(body: str, title: str) -> tuple[str, str, str]:
    """Return the title, the body below a first heading that repeats it, and that heading or ""."""
    first, _, rest = body.lstrip("\n").partition("\n")
    heading = one_line(_heading(first) or "")
    if heading and first.startswith("# ") and heading == (title or heading):
        return heading, rest, heading
    return title, body, ""


def _passages(body: str) -> list[str]:
    """Return headings, list items and paragraphs, one passage each."""
    blocks: list[list[str]] = [[]]
    for line in body.split("\n"):
        heading = _heading(line)
        if heading is not None:
            blocks += [[heading], []]
        elif not line.strip() or _is_rule(line):
            blocks.append([])
        elif _begins_item(line, blocks[-1]):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    passages = (one_line(" ".join(block)) for block in blocks)
    return [passage for passage in passages if passage]


def _heading(line: str) -> str | None:
    marks = HEADING.match(line)
    if marks is None:
        return None
    text = line[marks.end() :].strip()
    closed = text.rstrip("#")
    return closed if not closed or closed.endswith((" ", "\t")) else text


def _is_rule(line: str) -> bool:
    """Tell whether this is a rule or the line under a heading: a sign and nothing else."""
    signs = "".join(line.split())
    is_rule = len(signs) >= 3 and signs[0] in "-*_="  # noqa: PLR2004 (Markdown's own number)
    return is_rule and signs == signs[0] * len(signs)


def _begins_item(line: str, block: list[str]) -> bool:
    if BULLET.match(line):
        return True
    # A wrapped line may begin with a year and a full stop; a second item stands under a first one.
    return NUMBERED.match(line) is not None and bool(block) and NUMBERED.match(block[0]) is not None
