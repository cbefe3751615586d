import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.text import clean, legible, name_fault, one_line, skeleton

ACUTE, DOT_BELOW = "\u0301", "\u0323"
JOINER, NON_JOINER, NO_SPACE = "\u200d", "\u200c", "\u200b"

WELL_SPELT = f"""
    Jo {"x" * 30} Anna-Maria d.b anna_2 2pac Nguyễn José Y\u0300ọ\u0300rù Ali Noemi Mario Rosa1 Hosni Modesta
    Юлий Νίκη علی علی۲ אביב 李明 さくら子 ミーコ 민준 กำไล राधिका Ødegård Žižek
"""
BADLY_SPELT = (
    "-anna anna_ an..na an-_na an\nna an/na an@na <b> o'neil a\u2019b \u2460a \U0001f600\U0001f600 "
    "an\u200bna an\u200dna an\u202ena an\x00na an\u3164na an\xadna \u115fan an\u034fna an\u3000na an\tna "
    "\u0301anna a\u0301\u0301\u0301nna a\u0336n\u0336na a\u20ddnna"
)
OFFICES = """
    Administrator m0derat0r MOD r00t 5upport staff nul1 N0ne everyone all Here admin2 Admin-01 all_1
    0spite Amministratore moderatrice anonimo Facilitator deleted nobody Withdrawn undefined host
"""

# Text that is all trouble: marks, controls, joiners, spaces of every kind, letters that come apart.
TROUBLE = st.text(
    st.one_of(
        st.sampled_from("ab \n\r\t\x00\x85\xad\ufeff\u0301\u0323\u0344\u0958\u093c\ufb2c\ufdfa\u1100\u1161"),
        st.sampled_from("\u200b\u200c\u200d\u200e\u202e\u2028\u2066\u2800\u3164\ufe0f\u0915\u094d\u0130"),
        st.characters(),
        st.characters(categories=["Mn", "Mc", "Me", "Cf", "Zs"]),
    )
)


def longest_run_of_marks(text):
    longest = run = 0
    for character in text:
        category = unicodedata.category(character)
        run = run + 1 if category.startswith("M") else run if category == "Cf" else 0
        longest = max(longest, run)
    return longest


@pytest.mark.parametrize(
    "text",
    [
        "Ciao, come va?\n\tbene\n\n    e tu?",
        "Tiếng Việt, नमस्ते, שָׁלוֹם, ที่นี่, مِصْر, がぎ, 한국어",
        "\u05e9\u05bc\u05c1\u05b8\u0596",  # shin, dagesh, dot, vowel, cantillation
        "\U0001f469\u200d\U0001f469\u200d\U0001f467 1\ufe0f\u20e3 \U0001f44d\U0001f3fd \u2764\ufe0f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645, \u0915\u094d\u200d\u0937, abc\u200e!",
    ],
)
def test_what_people_write_stays_as_it_is(text):
    text = unicodedata.normalize("NFC", text)
    assert clean(text) == text
    assert one_line(text) == " ".join(text.split())


def test_every_line_end_is_a_line_feed():
    assert clean("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h") == "a\nb\nc\nd\ne\nf\ng\nh"


@pytest.mark.parametrize(
    "unwanted",
    [
        *"\x00\x07\x1b\x7f\x9f\ud800\udfff\ufeff\ufffe\uffff\ufdd0\U0001fffe\U0010ffff",
        *"\u202a\u202e\u2066\u2069",
    ],
)
def test_what_is_no_text_and_what_turns_the_page_around_is_taken_out(unwanted):
    assert clean(f"a{unwanted}b") == one_line(f"{unwanted}ab{unwanted}") == "ab"


def test_text_is_composed():
    assert clean("perche\u0301") == "perch\xe9"


def test_no_letter_carries_a_tower_of_marks():
    assert clean("x" + (ACUTE + DOT_BELOW) * 5000 + "y") == unicodedata.normalize(
        "NFC", "x" + (ACUTE + DOT_BELOW) * 2 + "y"
    )
    assert longest_run_of_marks(clean("x" + f"{ACUTE}\u200e" * 50)) == 4


def test_a_mark_without_a_letter_does_not_climb_on_the_line_before():
    assert clean(f"{ACUTE}{ACUTE}a\n{ACUTE}b") == "a\nb"
    assert one_line(f" {ACUTE} {ACUTE}a") == "a"


@given(TROUBLE)
def test_clean_text_is_clean_for_good(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == cleaned.rstrip() == unicodedata.normalize("NFC", cleaned)
    assert legible(cleaned) == cleaned
    assert longest_run_of_marks(cleaned) <= 4
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in cleaned if c not in "\n\t")
    cleaned.encode()


@given(TROUBLE)
def test_one_line_is_one_line_for_good(text):
    line = one_line(text)
    assert one_line(line) == line == " ".join(line.split()) == unicodedata.normalize("NFC", line)
    assert longest_run_of_marks(line) <= 4
    assert not line or not unicodedata.category(line[0]).startswith("M")
    assert clean(line) == line


def test_a_title_of_nothing_that_can_be_seen_is_empty():
    nothing = f"\t\u2028\u3164\u2800 {NO_SPACE}\u2060\xad\u115f{JOINER}\u200f\u180e\U000e0041{ACUTE}\ufe0f"
    assert one_line(nothing) == ""


def test_hidden_characters_leave_a_title():
    assert one_line(f"ad{NO_SPACE}m\xadi{NON_JOINER}n \u2060 and\u3000\n\u2029 more") == "admin and more"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paypal", "\u0440\u0430\u0443\u0440\u0430\u04cf"),  # Cyrillic
        ("NIKO", "\u039d\u0399\u039a\u039f"),  # Greek
        ("Anna", "\uff21\uff4e\uff4e\uff41"),
        ("Carmen", "Car\u0301rnen"),
        ("wave", "vva_v.e"),
        ("Illa", "1|la"),
        ("Leo", "l3-0"),
        ("Sasha", "5@sh4"),
        ("Strasse", "Stra\xdfe"),
        ("\u041d\u0418\u041d\u0410", "\u043d\u0438\u043d\u0430"),
        ("\ua4ee\ua4e0\ua4e0\ua4ee", "Anna"),  # Lisu
        ("\u13da\u13aa\u13a1\u13aa", "Sara"),  # Cherokee
    ],
)
def test_names_that_look_alike_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna", "Enna"),
        ("marta", "maria"),
        ("\u0930\u093e\u092e", "\u0930\u092e\u093e"),  # Ram, Rama: vowel signs are letters
        ("\u304b\u306a", "\u304c\u306a"),  # kana, gana
    ],
)
def test_names_that_differ_keep_different_skeletons(one, other):
    assert skeleton(one) != skeleton(other)


@given(st.one_of(TROUBLE, st.text(), st.text("rnvw1lI|.-_ 0o")))
def test_a_skeleton_is_its_own_skeleton(name):
    assert skeleton(skeleton(name)) == skeleton(name)


@given(st.text(st.characters(categories=["L", "Nd"]), max_size=30))
def test_the_case_of_a_name_does_not_change_its_skeleton(name):
    assert skeleton(name.casefold()) == skeleton(name)


@pytest.mark.parametrize("name", WELL_SPELT.split())
def test_people_may_be_called_by_their_names(name):
    assert name_fault(name) is None


@pytest.mark.parametrize("name", ["", "x", "x" * 31])
def test_a_name_is_neither_too_short_nor_too_long(name):
    assert name_fault(name) == "A name has 2 to 30 characters."


@pytest.mark.parametrize("name", BADLY_SPELT.split(" "))
def test_a_name_holds_letters_digits_and_single_signs_inside(name):
    fault = name_fault(name)
    assert fault is not None
    assert fault.startswith("A name is made of letters and digits")


@pytest.mark.parametrize("name", ["42", "4-2", "1.0"])
def test_a_name_has_a_letter(name):
    assert name_fault(name) == "A name has at least one letter."


@pytest.mark.parametrize("name", ["\uff21\uff4e\uff4e\uff41", "\U0001d400\U0001d401", "a\u02b0", "\u1d43\u1d47"])
def test_a_name_is_not_written_in_styled_letters(name):
    assert name_fault(name) == "A name uses plain letters, not styled or full-width ones."


@pytest.mark.parametrize("name", ["\u0430nna", "Ann\u03b1", "anna\u0966", "\u05d0a", "\u0430\u03b1", "\u13aan"])
def test_a_name_keeps_to_one_alphabet(name):
    assert name_fault(name) == "All the letters of a name come from one alphabet."


@pytest.mark.parametrize(
    "name",
    [
        *("admin", "Admin", "ADMIN", "adm1n", "4dmin", "admln", "ad-min", "a.d.m.i.n", "aDm_In", "adrnin"),
        *("adm\u0131n", "\xe1dm\xedn", "\u1d00\u1d05\u1d0d\u026a\u0274", "@dmin", "adm!n", "adm|n"),
        *("\u0430\u0501\u043c\u0456\u043f", "\u0430dmin", "a\u0501min", "\u0391D\u039c\u0399\u039d"),
        *("\ua4ee\ua4d3\ua4df\ua4f2\ua4e0", "\u15e9\u15ea\u15f0I\u144e", "\u24d0\u24d3\u24dc\u24d8\u24dd"),
        *("\uff41\uff44\uff4d\uff49\uff4e", "\U0001d41a\U0001d41d\U0001d426\U0001d422\U0001d427"),
    ],
)
def test_nobody_is_called_like_the_admin(name):
    assert skeleton(name) == skeleton("admin")
    assert name_fault(name) is not None


@pytest.mark.parametrize("name", OFFICES.split())
def test_nobody_is_called_like_an_office_or_like_nobody(name):
    fault = name_fault(name)
    assert fault is not None
    assert fault.startswith("This name could be taken for somebody who runs this place")


@given(st.one_of(st.text(max_size=31), TROUBLE))
def test_any_name_has_an_answer_and_a_good_one_is_clean(name):
    if name_fault(name) is None:
        assert one_line(name) == unicodedata.normalize("NFC", name)
        assert skeleton(name)
