import re

"""What is moved keeps its links, its answers and its place in time; the counts follow."""

from random import Random

import pytest
from sqlalchemy import select

from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.themes.models import Theme
from forum.threads.actions import changing, keeping, moving
from forum.threads.actions.turns import retake_turns
from forum.threads.models import Reply, Thread
from tests import make
from tests.threads.test_addresses import lands_on
from tests.threads.test_counting import counted, kept


def theme(key: str) -> Theme:
    return make.theme(key)


def moved(reply, into, key="mistrust", by=None):
    moving.move_reply(reply, into=into, theme=theme(key), reason="It belongs there.", by=by)
    session().expire_all()


def told(thread_id) -> list[tuple[str, str]]:
    return [(e.act, e.detail) for e in session().scalars(select(LogEntry).where(LogEntry.thread_id == thread_id))]


def test_a_reply_moves_to_another_thread_with_its_answers_and_its_links_lead_there(cast, thread, visitor):
    root = make.reply(cast.ada, thread, "To be moved.", passage=2)
    answers = [make.answer(cast.bruno, root), make.answer(cast.ada, root)]
    bench = make.thread(cast.bruno)
    moved(root, bench, by=cast.carla)
    assert {(r.thread_id, r.root_id, r.passage_id) for r in answers} == {(bench.id, root.id, None)}
    for reply in (root, *answers):
        assert lands_on(visitor, reply.id) == f"/threads/{bench.id}-{bench.slug}"
    assert told(thread.id) == [("move_reply", f"to {bench.id}")]
    assert told(bench.id) == [("move_reply", f"from {thread.id}")]
    assert (thread.reply_count, bench.reply_count) == (0, 3)
    assert kept() == counted()
    page = visitor.get(f"/threads/{thread.id}-{thread.slug}").text
    assert "A reply was moved" in page
    assert f'<a href="/threads/{bench.id}">where they stand now</a>' in page


def test_a_reply_moves_to_another_theme_and_keeps_its_passage(cast, thread, visitor):
    root = make.reply(cast.ada, thread, "Of trust, really.", passage=2, key="polarization")
    moved(root, thread, "mistrust", by=cast.carla)
    assert (root.theme.key, root.passage_id) == ("mistrust", make.passage_id(2))
    assert told(thread.id) == [("retheme_reply", "Mistrust")]
    assert kept() == counted()
    assert (
        "A reply was moved to the theme: <bdi>Mistrust</bdi>" in visitor.get(f"/threads/{thread.id}-{thread.slug}").text
    )


def test_moving_to_where_it_stands_does_nothing(cast, thread):
    root = make.reply(cast.ada, thread)
    moved(root, thread, by=cast.carla)
    assert told(thread.id) == []


def test_an_answer_becomes_a_reply_with_the_answers_that_followed_it(cast, thread, visitor):
    root = make.reply(cast.ada, thread)
    first = make.answer(cast.bruno, root, "One.")
    strayed = make.answer(cast.bruno, root, "Another matter.")
    beside = make.answer(cast.ada, first, "To the first.")
    after = make.answer(cast.ada, strayed, "To the other matter.")
    later = make.answer(cast.bruno, after, "And to that.")
    bench = make.thread(cast.bruno)
    moved(strayed, bench, by=cast.carla)
    assert [(r.root_id, r.number, r.thread_id) for r in (first, beside)] == [
        (root.id, 1, thread.id),
        (root.id, 2, thread.id),
    ]
    assert [(r.root_id, r.number, r.thread_id) for r in (after, later)] == [
        (strayed.id, 1, bench.id),
        (strayed.id, 2, bench.id),
    ]
    assert (strayed.root_id, strayed.answers_id, strayed.number, strayed.answer_count) == (None, None, 0, 2)
    assert (root.answer_count, strayed.first_answered_at) == (2, after.created_at)
    assert lands_on(visitor, later.id) == f"/threads/{bench.id}-{bench.slug}"
    assert kept() == counted()


def test_replies_that_are_split_off_get_a_thread_of_their_own(cast, thread, visitor, browser_of):
    stays, goes = make.reply(cast.ada, thread), [make.reply(cast.bruno, thread), make.reply(cast.ada, thread)]
    elsewhere = make.reply(cast.ada, make.thread(cast.ada))
    ids = [reply.id for reply in (*goes, elsewhere)]
    made = moving.split_thread(
        thread, ids, title="Of benches", theme=theme("polarization"), reason="Another matter.", by=cast.carla
    )
    assert {(r.thread_id, r.theme.key) for r in goes} == {(made.id, "polarization")}
    assert (stays.thread_id, elsewhere.thread_id != made.id, made.reply_count) == (thread.id, True, 2)
    assert lands_on(visitor, goes[0].id) == f"/threads/{made.id}-of-benches"
    for reader in (visitor, browser_of(cast.ada), browser_of(cast.carla)):
        page = reader.get(f"/threads/{made.id}-of-benches").text
        assert "opened by those who keep this place" in page
    assert kept() == counted()


def test_a_thread_that_is_merged_lives_on_in_the_other(cast, thread, visitor):
    ended, bench, last = make.thread(cast.ada, text="I *began* this."), make.thread(cast.bruno), make.thread(cast.bruno)
    reply = make.reply(cast.bruno, ended)
    moving.merge_thread(ended, into=bench, reason="The same matter.", by=cast.carla)
    moving.merge_thread(bench, into=last, reason="Again.", by=cast.carla)
    session().expire_all()
    for old in (ended, bench):
        answer = visitor.get(f"/threads/{old.id}-a-bench-by-the-river?order=newest")
        assert (answer.status_code, answer.location) == (301, f"/threads/{last.id}-{last.slug}")
    assert lands_on(visitor, reply.id) == f"/threads/{last.id}-{last.slug}"
    page = visitor.get(f"/threads/{last.id}-{last.slug}").text
    assert "I <em>began</em> this." in page
    assert page.count('class="reply"') == 3
    assert "A thread was merged into this one" in page
    assert visitor.get("/threads").text.count(f"/threads/{last.id}-") == 1
    assert not [t for t in (ended, bench) if f'href="/threads/{t.id}-' in visitor.get("/threads").text]
    assert kept() == counted()
    with pytest.raises(Refused, match="merged into another"):
        make.reply(cast.ada, session().get_one(Thread, ended.id))


def test_a_merged_thread_keeps_the_themes_of_its_replies_in_the_essays_thread(cast, thread):
    bench = make.thread(cast.ada, key="polarization")
    reply = make.reply(cast.bruno, bench, key="polarization")
    moving.merge_thread(bench, into=thread, reason="It is about the text.", by=cast.carla)
    session().expire_all()
    assert (reply.thread_id, reply.theme.key) == (thread.id, "polarization")
    assert kept() == counted()


def test_another_title_keeps_the_address(cast, visitor):
    bench = make.thread(cast.ada)
    old = f"/threads/{bench.id}-{bench.slug}"
    moving.retitle_thread(bench, title="A bench, and who sits on it", reason="Clearer.", by=cast.carla)
    answer = visitor.get(old)
    assert (answer.status_code, answer.location) == (301, f"/threads/{bench.id}-a-bench-and-who-sits-on-it")
    assert "The title was changed; it was: <bdi>A bench by the river</bdi>" in visitor.get(answer.location).text


@pytest.mark.parametrize(
    "seed", [0, pytest.param(1, marks=pytest.mark.one_database), pytest.param(2, marks=pytest.mark.one_database)]
)
def test_after_any_moves_the_counts_and_turns_are_what_a_recount_gives(cast, thread, seed):
    draw, writers = Random(seed), [cast.ada, cast.bruno, cast.carla]
    threads = [thread, make.thread(cast.ada), make.thread(cast.bruno, key="polarization")]
    for _ in range(14):
        at = draw.choice(threads)
        key = at.theme.key if at.theme else draw.choice(["mistrust", "polarization"])
        root = make.reply(draw.choice(writers), at, key=key, passage=draw.choice([None, 1, 2]) if at.essay_id else None)
        for _ in range(draw.randrange(3)):
            answer = make.answer(draw.choice(writers), root)
            if draw.random() < 0.3:
                changing.withdraw(answer, by=answer.author)
    for _ in range(8):
        reply, into = draw.choice(session().scalars(select(Reply)).all()), draw.choice(threads)
        if draw.random() < 0.2 and reply.state == "standing":
            keeping.hide_reply(reply, reason="a look", by=cast.carla)
        key = into.theme.key if into.theme else draw.choice(["mistrust", "polarization"])
        moved(reply, into, key, by=cast.carla)
        assert kept() == counted()
    replies = session().scalars(select(Reply)).all()
    turns = {r.id: (r.turn, r.rail_turn, r.passage_turn, r.forum_turn) for r in replies if r.root_id is None}
    retake_turns([writer.id for writer in writers])
    session().expire_all()
    assert {r.id: (r.turn, r.rail_turn, r.passage_turn, r.forum_turn) for r in replies if r.root_id is None} == turns
    by_id = {r.id: r for r in replies}
    for reply in replies:
        if reply.root_id:
            root = by_id[reply.root_id]
            assert (root.root_id, root.thread_id, root.theme_id) == (None, reply.thread_id, reply.theme_id)
            assert by_id[reply.answers_id].id in {root.id, *(r.id for r in replies if r.root_id == root.id)}
    for root in [r for r in replies if r.root_id is None]:
        numbers = sorted(r.number for r in replies if r.root_id == root.id)
        assert numbers == list(range(1, root.answer_count + 1))


def test_the_forms_move_split_merge_and_retitle(cast, thread, browser_of):
    carla, bench = browser_of(cast.carla), make.thread(cast.ada)
    replies = [make.reply(cast.ada, thread, f"Reply {n}.") for n in range(4)]
    assert f'<a href="/replies/{replies[0].id}/move">' in carla.get(f"/threads/{thread.id}-{thread.slug}").text
    for sent, problem in (
        ({"into": "nowhere", "theme": "mistrust", "reason": "x"}, "There is no such thread."),
        ({"into": "999999", "theme": "mistrust", "reason": "x"}, "There is no such thread."),
        ({"into": "", "theme": "mistrust", "reason": ""}, "Please fill this in."),
    ):
        answer = carla.post(f"/replies/{replies[0].id}/move", data=sent)
        assert (answer.status_code, problem in answer.text) == (422, True)
    place = f"http://localhost/threads/{bench.id}-{bench.slug}?order=newest#talk"
    done = carla.post(
        f"/replies/{replies[0].id}/move", data={"into": place, "theme": "polarization", "reason": "There."}
    )
    assert done.status_code == 303
    session().expire_all()
    assert (replies[0].thread_id, replies[0].theme.key) == (bench.id, "mistrust")
    split = f"/threads/{thread.id}-{thread.slug}/split"
    assert carla.get(split).text.count('name="replies"') == 3
    sent = {"title": "New", "theme": "mistrust", "reason": "Apart."}
    assert "Please choose the replies" in carla.post(split, data=sent).text
    made = carla.post(split, data={**sent, "replies": [str(replies[1].id), "999999", "x"]})
    assert made.status_code == 303
    session().expire_all()
    assert replies[1].thread.title == "New"
    merge = f"/threads/{bench.id}-{bench.slug}/merge"
    assert "This is the thread itself." in carla.post(merge, data={"into": str(bench.id), "reason": "x"}).text
    assert carla.post(merge, data={"into": f"#{replies[1].thread_id}", "reason": "One matter."}).status_code == 303
    session().expire_all()
    assert replies[0].thread_id == replies[1].thread_id
    retitle = f"/threads/{replies[1].thread_id}-new/retitle"
    assert 'value="New"' in carla.get(retitle).text
    assert carla.post(retitle, data={"title": "Newer", "reason": "Better."}).status_code == 303


def test_the_log_tells_of_moves_without_names(cast, thread, visitor):
    bench = make.thread(cast.ada)
    moved(make.reply(cast.ada, thread), bench, by=cast.carla)
    moving.retitle_thread(bench, title="Other", reason="Clearer.", by=cast.carla)
    moving.merge_thread(bench, into=thread, reason="One.", by=cast.carla)
    log = visitor.get("/moderation/log").text
    for words in ("from another thread to", "another title", "merged another thread into"):
        assert words in log
    assert not re.search(r"\bada\b", log.partition("<main")[2])
