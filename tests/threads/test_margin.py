"""The essay with its voices: in the margin, along a rail, and as a picture."""

import re
from dataclasses import replace

import pytest

from forum.essays.actions import publish
from forum.threads import stream
from forum.threads.actions import changing, keeping
from tests import make

pytestmark = pytest.mark.one_database


def part(page: str, start: str, end: str) -> str:
    return page.partition(start)[2].partition(end)[0]


def test_the_margin_of_a_passage_shows_its_newest_voice(cast, thread, visitor):
    place = f"/threads/{thread.id}-{thread.slug}"
    make.reply(cast.ada, thread, "An *early* word.", passage=2)
    late = make.reply(cast.bruno, thread, "A late <b>word</b>.", passage=2)
    make.answer(cast.ada, late, "An answer is no new voice.")

    def margin():
        return part(visitor.get(place).text, 'id="p2"', 'id="p3"')

    assert re.search(r"3 voices here.*bruno</bdi> thinks: <q>A late &lt;b&gt;word&lt;/b&gt;\.</q>", margin(), re.DOTALL)
    keeping.hide_reply(late, reason="a look", by=cast.carla)
    assert "ada</bdi> thinks: <q>An early word.</q>" in margin()
    keeping.restore_reply(late, reason="fine", by=cast.carla)
    assert "A late" in margin()
    changing.withdraw(late, by=cast.bruno)
    assert "An early word." in margin()
    assert "<q>" not in part(visitor.get(place).text, 'id="p3"', "</div>")


def test_a_rail_reads_a_theme_along_the_text_with_its_replies_under_each_passage(cast, thread, visitor):
    under, elsewhere, other = (
        make.reply(cast.ada, thread, "At the second.", passage=2),
        make.reply(cast.ada, thread, "At none."),
        make.reply(cast.ada, thread, "Of another theme.", passage=2, key="polarization"),
    )
    stray = make.reply(cast.bruno, thread, "At one that carries another theme.", passage=1)
    make.answer(cast.bruno, under, "An answer.")
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}?theme=mistrust").text
    text, talk = page.split('id="talk"')
    at = [
        text.index(f'id="r{stray.id}"'),
        text.index('id="p2"'),
        text.index(f'id="r{under.id}"'),
        text.index("An answer."),
    ]
    assert at == sorted(at)
    assert text.index('id="p3"') > at[-1]
    assert f'id="r{elsewhere.id}"' in talk
    assert f'id="r{under.id}"' not in talk
    assert f'id="r{other.id}"' not in page
    folded = re.findall(r"<summary>(.*?)</summary>", text)
    assert folded == ["And yet there are bridges."]


def test_a_rail_keeps_the_voices_of_a_passage_that_a_new_edition_left_out(app, cast, thread, visitor):
    gone = make.reply(cast.ada, thread, "Of what is gone.", passage=3)
    place = f"/threads/{thread.id}-{thread.slug}?theme=mistrust"
    assert "Nobody has written here yet" not in visitor.get(place).text
    left = tuple(words for number, words in enumerate(make.ESSAY.passages, 1) if number != 3)
    publish(replace(make.ESSAY, passages=left, themes=()), by=None)
    text, talk = visitor.get(place).text.split('id="talk"')
    assert f'id="r{gone.id}"' not in text
    assert "Of passages that a new edition left out:" in talk
    assert f'id="r{gone.id}"' in talk


@pytest.mark.every_database
def test_a_link_leads_to_all_voices_at_a_passage_of_a_rail(cast, thread, visitor):
    for number in range(stream.VOICES + 1):
        make.reply(cast.ada, thread, f"Voice {number}.", passage=2)
    place = f"/threads/{thread.id}-{thread.slug}"
    text = visitor.get(f"{place}?theme=mistrust").text.split('id="talk"')[0]
    assert text.count('class="reply"') == stream.VOICES
    assert f'href="{place}?passage=p2&amp;theme=mistrust#talk"' in text
    assert visitor.get(f"{place}?passage=p2&theme=mistrust").text.count('class="reply"') == stream.VOICES + 1


def test_the_picture_and_its_table_say_where_people_speak(cast, thread, visitor):
    place = f"/threads/{thread.id}-{thread.slug}"
    make.reply(cast.ada, thread)
    assert "<svg" not in visitor.get(place).text
    for _ in range(3):
        make.reply(cast.ada, thread, passage=2)
    make.reply(cast.ada, thread, passage=2, key="polarization")
    picture = part(visitor.get(place).text, "<figure", "</figure>")
    assert re.findall(r'data-hue="(\d)" x="11" y="([\d.]+)" width="8" height="([\d.]+)"', picture) == [
        ("1", "31.5", "9.5"),
        ("2", "3.0", "28.5"),
    ]
    assert picture.count('class="ground"') == 4
    rows = re.findall(r'<th scope="row">.*?>(\d)</a></th><td>(.)</td><td>(.)</td>', picture)
    none = "\N{EN DASH}"
    assert rows == [("1", none, none), ("2", "1", "3"), ("3", none, none), ("4", none, none)]
    assert "<svg" not in visitor.get(f"{place}?theme=mistrust").text
