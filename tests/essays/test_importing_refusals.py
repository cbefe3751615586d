import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.essays.importing import MAX_BYTES, EssayText, Unreadable, read_essay

unhurried = settings(deadline=None)  # how long an example takes depends on the machine

HEADER = "title: A Bench\nthemes:\n  - {key: wait, name: Waiting, question: For whom, passages: [1]}\n"


def read(data: bytes | str) -> EssayText | str:
    """Return the essay, or the one sentence that says why there is none."""
    try:
        return read_essay(data)
    except Unreadable as unreadable:
        return unreadable.sentence % unreadable.values


def refusal(data: bytes | str) -> str:
    said = read(data)
    assert isinstance(said, str)
    assert said.endswith(".")
    assert len(said) < 200
    return said


@pytest.mark.parametrize("data", [b"", "", " \n\t\u00a0", codecs.BOM_UTF8, "\ufeff\n"])
def test_nothing_is_said_to_be_empty(data):
    assert "empty" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        b"A bench\x00stands here\nText.",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>",
        rb"{\rtf1\ansi A bench}",
        bytes(range(1, 32)) * 9,
        "\x01\x02\x03 A bench\nText.",
        "A bench\n\ud800 stands.",
        b"A bench\nstands \x81 here.",
        b"\xff\xfeA",
        b"\xff\xfe\x00\xd8A\x00",
        "Лишние слюни\nфью эй.".encode("windows-1251"),
        bytes(range(256)) * 9,
    ],
)
def test_what_is_not_text_is_refused(data):
    assert "not text" in refusal(data)


@pytest.mark.parametrize("data", [b"a" * (MAX_BYTES + 1), "é" * (MAX_BYTES // 2 + 1)])
def test_more_than_a_megabyte_is_refused(data):
    assert "1000 kB" in refusal(data)


def test_a_megabyte_is_read():
    text = "A Bench\n" + ("a" * 9_999 + "\n") * 99
    assert len(read_essay(text.ljust(MAX_BYTES)).passages) == 99


@pytest.mark.parametrize(
    "data",
    [
        "A Bench",
        "A Bench\n- Ada\n- Jun 11\n\nComments",
        "---\ntitle: A Bench\n---\n\n***\n",
        "<h1>A Bench</h1><nav><p>Menu</p></nav><script>text</script>",
    ],
)
def test_a_title_alone_is_refused(data):
    assert "nothing to import" in refusal(data)


@pytest.mark.parametrize("data", ["---\nauthor: Ada\n---\nText.", "<p>Text.</p>", "---\n---\nText."])
def test_no_title_is_refused(data):
    assert "title" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        "a" * 201 + "\nText.",
        f"---\ntitle: {'a' * 201}\n---\nText.",
        f"<title>{'a' * 201}</title><p>Text.</p>",
    ],
)
def test_a_long_title_is_refused(data):
    assert "200" in refusal(data)


def test_too_many_or_too_long_paragraphs_are_refused():
    assert "2001" in refusal("A Bench\n" + "It stands.\n" * 2001)
    assert "Paragraph 2 is longer than 20000" in refusal("A Bench\nIt stands.\n" + "a" * 20_001)
    assert len(read_essay("A Bench\n" + "It stands.\n" * 2000).passages) == 2000


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("title: [A]", "“title” in the header should be a line"),
        ("title: {a: b}", "“title”"),
        ("title: A\nauthor: [b]", "“author”"),
        ("title: A\nedition: {b: c}", "“edition”"),
        ("title: A\npublished: [1]", "“published”"),
        ("title: A\ntitle: B", "“title” twice"),
        ("title: A\nlanguage: the English one", "“language”"),
        ("title: A\nauthor: " + "b" * 101, "author"),
        ("title: A\nupdated: " + "b" * 61, "date"),
        ("title: A\nedition: " + "b" * 501, "note"),
        ("title: A\nthemes: wait", "should be a list"),
        ("title: A\nthemes: {key: wait}", "should be a list"),
        ("title: A\nthemes: [wait]", "Theme 1 should have"),
        ("- title", "should be lines such as"),
        ("title: 'A", "line 3"),
        ("title: A\n\tauthor: b", "line 3"),
        ("title: A: b", "line 2"),
        ("? [a]\n: b", "line 2"),
        ("a: &x 1\nb: *x", "refers back"),
        ("a: &x [1, 1]", "refers back"),
        ("<<: *x", "refers back"),
        ("title: A\n---\nauthor: B", "twice"),
    ],
)
def test_a_fault_of_the_header_is_named(header, said):
    if said == "twice":  # a second --- closes the header, so this is a body
        assert read_essay(f"---\n{header}\n---\nText.").passages == ("author: B", "Text.")
    else:
        assert said in refusal(f"---\n{header}\n---\nText.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("key: wait", "key: Wait", "key of theme 1"),
        ("key: wait", "key: a_b", "key of theme 1"),
        ("key: wait", "key: attesà", "key of theme 1"),
        ("key: wait", f"key: {'a' * 41}", "“key” of theme 1 is longer than 40"),
        ("key: wait, ", "", "“key” of theme 1 is missing"),
        ("key: wait", "key: [a]", "“key” of theme 1 should be a line"),
        ("name: Waiting, ", "", "“name” of theme 1 is missing"),
        ("name: Waiting", f"name: {'a' * 81}", "longer than 80"),
        ("question: For whom, ", "", "“question” of theme 1 is missing"),
        ("[1]", "1", "list of whole numbers"),
        ("[1]", "[one]", "list of whole numbers"),
        ("[1]", "[1.0]", "list of whole numbers"),
        ("[1]", "[-1]", "list of whole numbers"),
        ("[1]", "[[1]]", "list of whole numbers"),
        ("[1]", "[true]", "list of whole numbers"),
        ("[1]", "[0]", "passage 0"),
        ("[1]", "[3]", "passage 3, but the last passage is number 2"),
        ("[1]", "[1, 1]", "passage 1 twice"),
        ("key: wait", "key: wait, key: rest", "“key” twice"),
    ],
)
def test_a_fault_of_a_theme_is_named(old, new, said):
    assert said in refusal(f"---\n{HEADER.replace(old, new)}---\nOne.\n\nTwo.")


def test_two_themes_need_two_keys():
    twice = HEADER + HEADER.splitlines()[-1] + "\n"
    assert "Two themes have the key “wait”" in refusal(f"---\n{twice}---\nOne.")


def test_twenty_themes_are_enough():
    theme = HEADER.splitlines()[-1] + "\n"
    many = "title: A\nthemes:\n" + "".join(theme.replace("wait", f"wait-{n}") for n in range(21))
    assert "more than 20 themes" in refusal(f"---\n{many}---\nOne.")


def test_a_header_must_be_closed_and_small():
    assert "not closed" in refusal("---\ntitle: A\n\nText.")
    assert "not closed" in refusal("---")
    assert "64000" in refusal("---\ntitle: A\n" + "# a comment\n" * 6000 + "---\nText.")


@pytest.mark.parametrize("bomb", ["[" * 60_000, "{a: " * 15_000, "- " * 30_000, "? " * 30_000])
def test_a_header_cannot_be_nested_without_end(bomb):
    assert "nested" in refusal(f"---\n{bomb}\n---\nText.")


@unhurried
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_whatever_comes_is_an_essay_or_one_sentence(data):
    essay = read(data)
    if isinstance(essay, EssayText):
        assert essay.title
        assert all(passage == " ".join(passage.split()) != "" for passage in essay.passages)


@unhurried
@given(st.text(st.sampled_from("abktwi :-[]{},&*!|>'\"#%@\n\\0"), max_size=80))
def test_whatever_header_comes_is_read_or_one_sentence(header):
    assert read(f"---\n{HEADER}{header}\n---\nText.")
