import random
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forum.essays.importing import read_essay
from forum.essays.matching import match_passages

unhurried = settings(deadline=None)  # how long an example takes depends on the machine

DATA = Path(__file__).parents[2] / "forum/essays/data"
SEED = read_essay((DATA / "dream-of-dialogue.en.md").read_bytes()).passages
SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3))


def passages(chance: random.Random, count: int, *, least: int = 12, most: int = 60) -> list[str]:
    return [" ".join(word(chance) for _ in range(chance.randint(least, most))) for _ in range(count)]


def edited(text: str, chance: random.Random, share: float = 0.15) -> str:
    """Replace that share of the words by new ones."""
    words = text.split()
    for place in chance.sample(range(len(words)), int(len(words) * share)):
        words[place] = word(chance)
    return " ".join(words)


chances = st.integers(0, 10**9).map(random.Random)
texts = st.lists(st.text("abc ", max_size=8), max_size=12)


@unhurried
@given(texts)
def test_an_essay_keeps_its_own_keys(old):
    assert match_passages(old, old) == list(range(len(old)))


@unhurried
@given(texts, chances)
def test_as_many_passages_are_the_same_ones_in_order(old, chance):
    new = chance.sample(old, len(old))
    assert match_passages(old, new) == list(range(len(old)))
    assert match_passages(SEED, ["another text"] * 24) == list(range(24))


@unhurried
@given(texts, texts)
def test_no_key_is_given_twice(old, new):
    matches = match_passages(old, new)
    given_keys = [match for match in matches if match is not None]
    assert len(matches) == len(new)
    assert len(set(given_keys)) == len(given_keys)
    assert all(0 <= match < len(old) for match in given_keys)


@unhurried
@given(texts, texts)
def test_equal_texts_find_each_other(old, new):
    assume(len(old) != len(new))
    matches = match_passages(old, new)
    for text in set(old) & set(new):
        equal = [place for place, match in enumerate(matches) if match is not None and new[place] == old[match] == text]
        assert len(equal) == min(old.count(text), new.count(text))


@unhurried
@given(chances, st.integers(2, 20), st.booleans())
def test_deleted_passages_take_their_keys_with_them(chance, count, is_edited):
    old = passages(chance, count)
    kept = sorted(chance.sample(range(count), chance.randint(0, count - 1)))
    new = [edited(old[place], chance) if is_edited else old[place] for place in kept]
    assert match_passages(old, new) == kept


@unhurried
@given(chances, st.integers(0, 20), st.integers(1, 6), st.booleans())
def test_inserted_passages_get_new_keys(chance, count, more, is_edited):
    old = passages(chance, count)
    wanted: list[int | None] = list(range(count))
    for _ in range(more):
        wanted.insert(chance.randint(0, len(wanted)), None)
    new = [
        passages(chance, 1)[0] if place is None else edited(old[place], chance) if is_edited else old[place]
        for place in wanted
    ]
    assert match_passages(old, new) == wanted


@unhurried
@given(chances, st.integers(3, 20), st.booleans())
def test_a_moved_passage_keeps_its_key(chance, count, is_edited):
    old = passages(chance, count)
    wanted: list[int | None] = list(range(count))
    wanted.insert(chance.randrange(count), wanted.pop(chance.randrange(count)))
    wanted.append(None)  # with as many passages as before, order alone would decide
    new = [
        passages(chance, 1)[0] if place is None else edited(old[place], chance, 0.1) if is_edited else old[place]
        for place in wanted
    ]
    assert match_passages(old, new) == wanted


@unhurried
@given(chances)
def test_the_seed_keeps_its_keys_through_deletions_and_edits(chance):
    kept = sorted(chance.sample(range(24), chance.randint(1, 23)))
    assert match_passages(SEED, [edited(SEED[place], chance) for place in kept]) == kept


def test_another_language_or_another_text_gets_new_keys():
    italian = read_essay((DATA / "dream-of-dialogue.it.md").read_bytes()).passages
    assert match_passages(SEED, italian[:20]) == [None] * 20
    assert match_passages(SEED[:12], SEED[12:23]) == [None] * 11


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["It is the end of the road."], ["One more.", "This is the start of the week."]),
        (["I do not know what to say to you."], ["One more.", "I do not want to go to the sea."]),
        (["* * *"], ["?", "!"]),
        (["Yes."], ["No.", "Maybe."]),
        ([], ["One.", "Two."]),
        (["One.", "Two."], []),
    ],
)
def test_unlike_texts_are_not_matched(old, new):
    assert match_passages(old, new) == [None] * len(new)


def test_a_small_edit_of_a_short_passage_keeps_its_key():
    assert match_passages(["Enough.", "We sit."], ["Enough!", "We sit.", "Once more."]) == [0, 1, None]
    assert match_passages(["It was enough for us all."], ["New.", "It is enough for us all."]) == [None, 0]


def test_a_divided_passage_leaves_its_key_to_one_half():
    first, second = SEED[4].split(". ", 2)[0], SEED[4].split(". ", 2)[2]
    matches = match_passages(SEED, [*SEED[:4], first, second, *SEED[5:]])
    assert matches.count(4) == 1
    assert [match for match in matches if match not in {4, None}] == [n for n in range(24) if n != 4]


def test_a_strong_likeness_elsewhere_wins_over_a_weak_one_in_place():
    chance = random.Random(5)
    old = passages(chance, 4, least=40)
    half = " ".join([*old[0].split()[:14], *passages(chance, 1, least=24, most=24)[0].split()])
    assert match_passages(old, [half, *old[1:], edited(old[0], chance)]) == [None, 1, 2, 3, 0]


def test_repeated_passages_keep_their_neighbours():
    assert match_passages(["*", "a", "*", "b", "*"], ["*", "b", "*"]) == [0, 3, 4]
    assert match_passages(["*"] * 5, ["*"] * 3) == [0, 1, 2]


def test_words_without_spaces_between_them_are_compared_too():
    old = ["庭には誰も買わなかった長椅子がある。", "雨が脚を一本持っていった。"]
    new = ["新しい一段落。", "庭には誰も買わない長椅子がある。", "雨が脚を二本持っていった。"]
    assert match_passages(old, new) == [None, 0, 1]


@pytest.mark.parametrize("kind", ["edited", "equal", "alike", "unlike"])
def test_two_thousand_passages_are_matched(kind):
    chance = random.Random(7)
    old = passages(chance, 2000, most=30) if kind in {"edited", "unlike"} else ["ada said yes"] * 2000
    kept = [place for place in range(2000) if place % 9]
    new = {
        "edited": [edited(old[place], chance) for place in kept],
        "equal": [old[place] for place in kept],
        "alike": [f"{old[place]} {place}" for place in kept],
        "unlike": [f"x{place} y{place}" for place in kept],
    }[kind]
    matches = match_passages(old, new)
    if kind == "edited":
        assert sum(match == place for match, place in zip(matches, kept, strict=True)) > len(kept) * 0.98
    assert len(set(matches) - {None}) == {"equal": len(kept), "unlike": 0}.get(kind, len(set(matches) - {None}))
