import re

import pytest

from tests.translations import LOCALES, compiled, extracted, po, read

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def parts(text):
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_is_translated(locale):
    catalog = read(locale)
    for message in extracted():
        if message.id:
            found = catalog.get(message.id if isinstance(message.id, str) else message.id[0])
            assert found is not None, f"not collected: {message.id!r} (make translations)"
            assert all(parts(found.string)), f"not translated: {message.id!r}"
            assert not found.fuzzy, f"unsure: {message.id!r}"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_says_all_that_the_sentence_says(locale):
    for message in read(locale):
        if message.id:
            wanted = {name for part in parts(message.id) for name in PLACEHOLDER.findall(part)}
            for part in parts(message.string):
                assert set(PLACEHOLDER.findall(part)) <= wanted, message.id
            said = {name for part in parts(message.string) for name in PLACEHOLDER.findall(part)}
            assert said == wanted, message.id


@pytest.mark.parametrize("locale", LOCALES)
def test_the_catalogue_is_compiled_from_what_stands_in_it(locale):
    assert po(locale).with_suffix(".mo").read_bytes() == compiled(read(locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_translated_that_nobody_says(locale):
    said = {message.id if isinstance(message.id, str) else message.id[0] for message in extracted()}
    kept = {message.id if isinstance(message.id, str) else message.id[0] for message in read(locale)}
    assert kept <= said


def test_italian_is_set_with_its_own_apostrophe():
    for message in read("it"):
        assert "'" not in "".join(parts(message.string)), message.id
