"""Whom three have told within a day that they see it differently, no crowd follows: further ones stand one a day."""

import pytest
from sqlalchemy import func, select, text

from forum.accounts.models import Member
from forum.core import holdings
from forum.core.db import db, session
from forum.threads.actions import changing, keeping
from forum.threads.actions.replying import Words
from forum.threads.models import Reply
from forum.waiting import actions, queries
from forum.waiting.jobs import release
from forum.waiting.models import APPROVED, INFLOW, REFUSED, WAITING, Waiting
from tests import make
from tests.cast import person
from tests.threads.sending import followed, send
from tests.together import at_once

KEY = iter(range(10_000))


@pytest.fixture
def people(cast):
    made = [person(name) for name in ("farid", "greta", "hanna", "ivo", "jonas", "katia")]
    session().commit()
    return made


@pytest.fixture
def root(cast, thread):
    return make.reply(cast.ada, thread, "I see a bridge.")


def differ(by, to, text="I see no bridge.", kind="differing"):
    make.unlimited()
    said = Words(to.theme_id, kind, text, to.passage_id)
    return actions.answer(to, said, by=by, form_key=f"differ{next(KEY)}")


def waiting(*states):
    asked = select(Waiting).where(Waiting.state.in_(states or (WAITING,)))
    return session().scalars(asked.order_by(Waiting.id)).all()


def hours_left(one):
    return round((one.release_at - one.written_at).total_seconds() / 3600)


def test_after_three_within_a_day_a_further_one_waits_for_its_day(
    cast, root, people, later, visitor, browser_of, thread
):
    later()
    assert all(isinstance(differ(by, root), Reply) for by in people[:3])
    ivo, place = browser_of(people[3]), f"/replies/{root.id}/answers"
    page = followed(ivo, send(ivo, ivo.get(place), kind="differing", body="A word that hides."))
    assert page.status_code == 200
    assert "Your reply waits for its day" in page.text
    assert "will stand on" in page.text
    assert "A word that hides." in page.text
    one = waiting()[0]
    assert (one.cause, hours_left(one)) == (INFLOW, 24)
    assert 'href="/waiting">Waiting (1)</a>' in ivo.get("/about").text
    for client in (visitor, browser_of(cast.ada), browser_of(cast.carla)):
        for path in (place, "/search?q=hides", "/feeds/forum.atom", "/waiting"):
            assert "A word that hides." not in client.get(path, follow_redirects=True).text, path
    assert browser_of(cast.carla).get(f"/waiting/{one.id}").status_code == 404, "it waits for no decision"

    assert isinstance(differ(people[4], root, "So?", "asking"), Reply), "only what differs waits"
    other = make.reply(cast.bruno, thread)
    assert isinstance(differ(people[4], other), Reply), "whom others differ with is not crowded"
    assert isinstance(differ(cast.ada, root), Reply), "one's own reply"
    answer = session().scalars(select(Reply).where(Reply.author_id == people[0].id)).first()
    assert isinstance(differ(cast.ada, answer), Reply), "whoever is answered is never slowed"
    elsewhere = make.reply(cast.ada, thread, "Another word of hers.")
    assert isinstance(differ(people[4], elsewhere), Waiting), "it is about the person"


def test_they_are_released_one_a_day_in_their_order(cast, root, people, later):
    later()
    for by in people:
        differ(by, root, f"No, says {by.name}.")
    assert [hours_left(one) for one in waiting()] == [24, 48, 72]
    later(hours=23)
    release()
    assert len(waiting()) == 3
    later(hours=24)
    release()
    release()
    assert [one.author.name for one in waiting()] == ["jonas", "katia"]
    made = session().scalars(select(Reply).order_by(Reply.id.desc())).first()
    assert (made.source, made.root_id, made.kind) == ("No, says ivo.", root.id, "differing")
    assert session().get_one(Reply, root.id).answer_count == 4
    done = waiting(APPROVED)[0]
    assert (done.reply_id, done.source) == (made.id, "")
    assert session().get_one(Member, people[3].id).waiting_count == 0
    assert isinstance(differ(people[0], root, "Once more."), Waiting), "nobody goes past those who wait"
    later(hours=72)
    release()
    assert [hours_left(one) for one in waiting()] == [72]
    later(hours=96)
    release()
    assert waiting() == []
    later(hours=96 + 25)
    assert isinstance(differ(people[0], root, "A day later."), Reply)
    later(hours=96 + 31 * 24)
    list(holdings.keep())
    assert waiting(APPROVED) == []


def test_of_many_at_once_three_stand_and_each_other_has_a_day_of_its_own(app, root, people):
    root_id, ids = root.id, [by.id for by in people]

    def differing(member_id):
        def act():
            to = session().get_one(Reply, root_id)
            said = Words(to.theme_id, "differing", "At once.")
            made = actions.answer(to, said, by=session().get_one(Member, member_id), form_key=f"once{member_id}")
            return type(made).__name__

        return act

    done = at_once(app, *map(differing, ids))
    assert sorted(done) == ["Reply"] * 3 + ["Waiting"] * 3
    assert len({one.release_at for one in waiting()}) == 3


def test_two_servers_that_release_at_once_write_it_once(app, root, people, later):
    later()
    for by in people[:4]:
        differ(by, root)
    later(hours=24)
    at_once(app, release, release, release)
    assert session().scalar(select(func.count()).where(Reply.author_id == people[3].id)) == 1
    assert waiting() == []


def test_what_cannot_stand_any_more_is_given_back_with_the_reason(cast, root, people, later, browser_of):
    later()
    people[3].locale = "it"
    session().commit()
    for by in people[:4]:
        differ(by, root)
    changing.withdraw(root, by=cast.ada)
    later(hours=24)
    release()
    one = waiting(REFUSED)[0]
    assert one.reason.startswith("Quest")
    ivo = browser_of(people[3])
    page = ivo.get(f"/waiting/{one.id}").text
    assert one.reason in page
    assert ">I see no bridge.</textarea>" in page
    assert ivo.post(f"/waiting/{one.id}/withdraw", headers={"Origin": "http://localhost"}).status_code == 303
    assert waiting(REFUSED) == []


def test_whoever_waits_can_take_it_back_and_then_nothing_stands(root, people, later):
    later()
    for by in people[:4]:
        differ(by, root)
    actions.take_back(waiting()[0], by=people[3])
    later(hours=30)
    release()
    assert session().scalar(select(func.count()).where(Reply.author_id == people[3].id)) == 0


@pytest.mark.one_database
def test_what_was_withdrawn_or_hidden_or_written_by_herself_does_not_crowd_anyone(cast, root, people):
    first, second = differ(people[0], root), differ(people[1], root)
    changing.withdraw(first, by=people[0])
    keeping.hide_reply(second, reason="No.", by=cast.carla)
    differ(cast.ada, root)
    assert all(isinstance(differ(by, root), Reply) for by in people[2:5])
    assert isinstance(differ(people[5], root), Waiting)


@pytest.mark.one_database
def test_the_usual_wait_is_that_for_moderators(root, people, later):
    later()
    for by in people[:4]:
        differ(by, root)
    later(hours=24)
    release()
    assert queries.usual_hours() is None


@pytest.mark.one_database
def test_a_crowd_is_counted_from_what_differed_lately_not_from_all_that_someone_wrote(root):
    asked = queries.differing(root.author_id).compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = session().execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
    assert any("ix_replies_differing" in str(row[-1]) for row in plan), plan
