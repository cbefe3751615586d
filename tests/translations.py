"""Collects the sentences to translate into the catalogues, and compiles them: `make translations`."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parents[1]
FOLDER = TOP / "forum" / "translations"
LOCALES = ("it",)  # English stands in the source
KEYWORDS = {"_": None, "_l": None, "N_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}


def extracted() -> Catalog:
    """Return every sentence of the source and the templates, with where it stands."""
    catalog = Catalog(project="forum", charset="utf-8")
    for folder, method in (("forum", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        options = {"**.html": {"trimmed": "true", "silent": "false"}}
        for file, _line, message, comments, context in extract_from_dir(TOP / folder, method, options, KEYWORDS):
            catalog.add(message, None, [(f"{folder}/{file}", None)], auto_comments=comments, context=context)
    return catalog


def po(locale: str) -> Path:
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    with po(locale).open("rb") as file:
        return read_po(file, locale=locale)


def compiled(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _said(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def main() -> None:
    template = extracted()
    for locale in LOCALES:
        catalog = read(locale) if po(locale).exists() else Catalog(locale=locale, charset="utf-8")
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        po(locale).parent.mkdir(parents=True, exist_ok=True)
        with po(locale).open("wb") as file:
            write_po(file, catalog, sort_output=True, omit_header=False, include_lineno=False, width=110)
        po(locale).with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [message.id for message in catalog if message.id and not _said(message)]
        print(f"{locale}: {len(catalog)} sentences, {len(missing)} without a translation")


if __name__ == "__main__":
    main()
