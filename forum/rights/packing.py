"""Everything that is kept of one member, in one file: for programs as JSON, and for people as a page that any browser opens.

Record by record, into a file on the disk: much or little, it takes the same memory, and it is whole before anyone gets it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import TextIOWrapper
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

IN_MEMORY = 1_000_000  # bytes
STYLE = (
    "body{font:1rem/1.55 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fdfcf8}"
    "h2{margin:2.5rem 0 .3rem}dl{border-top:1px solid #ccc;padding:.7rem 0;margin:0}"
    "dt{font:600 .85rem/1.5 sans-serif;color:#555}dd{margin:0 0 .4rem;white-space:pre-wrap;overflow-wrap:anywhere}"
)


@dataclass(frozen=True, slots=True)
class Section:
    """What is kept under one key: a title, a sentence on it, what its fields are called, and the records."""

    key: str
    title: str
    about: str
    fields: Mapping[str, str]
    records: Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands above all of it, in the reader's language."""

    title: str
    about: str
    nothing: str
    language: str


def packed(cover: Cover, sections: Iterable[Section], at: datetime) -> IO[bytes]:
    """Return an open zip file, ready to be read from its beginning; whoever reads it closes it."""
    with ExitStack() as opened:
        out = opened.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        with ZipFile(out, "w", ZIP_DEFLATED) as archive, SpooledTemporaryFile(max_size=IN_MEMORY) as page:
            with archive.open("data.json", "w", force_zip64=True) as data:
                _write(cover, sections, at, data, page)
            page.seek(0)
            with archive.open("data.html", "w", force_zip64=True) as whole:
                copyfileobj(page, whole)
        out.seek(0)
        opened.pop_all()
    return out


def _write(cover: Cover, sections: Iterable[Section], at: datetime, data: IO[bytes], page: IO[bytes]) -> None:
    """Write both in one reading."""
    text = TextIOWrapper(page, encoding="utf-8", write_through=True)
    text.write(_head(cover))
    data.write(f'{{"title": {_json(cover.title)}, "at": {_json(at)}'.encode())
    for section in sections:
        _add(section, data, text, cover)
    data.write(b"}\n")
    text.write("</body></html>\n")
    text.detach()


def _add(section: Section, data: IO[bytes], page: TextIOWrapper, cover: Cover) -> None:
    data.write(f",\n{_json(section.key)}: [".encode())
    page.write(f'<h2 id="{escape(section.key)}">{escape(section.title)}</h2>\n<p>{escape(section.about)}</p>\n')
    before = "\n"
    for record in section.records:
        data.write(f"{before}{_json(dict(record))}".encode())
        page.writelines(_record(section, record))
        before = ",\n"
    data.write(b"]")
    if before == "\n":
        page.write(f"<p><em>{escape(cover.nothing)}</em></p>\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_moment)


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    raise TypeError(type(value))


def _head(cover: Cover) -> str:
    title = escape(cover.title)
    return (
        f'<!doctype html>\n<html lang="{cover.language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>\n'
        f"<body><h1>{title}</h1>\n<p>{escape(cover.about)}</p>\n"
    )


def _record(section: Section, record: Mapping[str, Any]) -> Iterator[str]:
    yield "<dl>"
    for key, label in section.fields.items():
        value = record[key]
        if value not in (None, "", []):
            yield f"<dt>{escape(label)}</dt><dd>{escape(_words(value))}</dd>"
    yield "</dl>\n"


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "+" if value else "-"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, list):
        return ("\n" if any(isinstance(one, str) for one in value) else ", ").join(map(str, value))
    return str(value)
