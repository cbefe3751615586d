"""Who leaves is nowhere any more: by no name, in no row, no page, no index, and with their texts where they take them along."""

import json
import re

import pytest
from sqlalchemy import func, select, text

from forum.accounts.models import NOBODY as FORMER
from forum.accounts.models import Member
from forum.core import background, log
from forum.core.db import db, session
from forum.core.holdings import EMPTIED, GOES, HOLDINGS, NOBODY, column
from forum.core.log import LogEntry
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case, Flag
from forum.threads.models import HIDDEN, STANDING, WITHDRAWN, Reply, Revision, Thread
from forum.waiting.models import Waiting
from tests import gate, make
from tests.cast import PASSWORD
from tests.rights.parting import leave
from tests.threads.sending import followed

WORDS = (
    *("Persimmons", "Sloes", "Rowan", "Barberries", "Marmalade", "Quinces", "I counted", "Loquats"),
    *("Cornelian", "Whortleberries", "It hurts", "azaroles"),
)
EITHER_WAY = ("Cornelian", "Whortleberries", "It hurts", "azaroles")  # which are no texts that anyone could read


def people():
    """Return what becomes of each column that points to a member; every feature has declared it by the time the forum stands."""
    return {name: fate for holding in HOLDINGS.values() for name, fate in holding.people.items()}


def rows():
    """Yield every row of every table there is, with the table's name."""
    session().rollback()
    for table in db.metadata.sorted_tables:
        for row in session().execute(select(table)):
            yield table.name, " ".join(map(str, row))


def pointing(name, member_id):
    return session().scalar(select(func.count()).where(column(name) == member_id))


def pages(client, *more):
    threads = [f"/threads/{id_}" for id_ in session().scalars(select(Thread.id))]
    replies = [f"/replies/{id_}/revisions" for id_ in session().scalars(select(Revision.reply_id).distinct())]
    answers = [f"/replies/{id_}/answers" for id_ in session().scalars(select(Reply.id).where(Reply.root_id.is_(None)))]
    listed = (
        "/",
        "/threads",
        "/themes/mistrust",
        "/moderation/log",
        "/feeds/forum.atom",
        "/feeds/themes/mistrust.atom",
    )
    for path in (*listed, *threads, *replies, *answers, *more):
        yield path, followed(client, client.get(path)).text


@pytest.mark.parametrize("choice", ["take", "keep"])
def test_nothing_leads_to_whoever_left(app, entangled, cast, visitor, browser_of, choice):
    me, ada, elena = cast.dario.id, browser_of(cast.ada), browser_of(cast.elena)
    missing = [name for name in people() if not pointing(name, me) and name != "departures.member_id"]
    assert missing == [], "let there be something of them in conftest.py"
    for client in (visitor, ada, elena):
        assert any("dario" in page for _path, page in pages(client)), "there is nothing to forget in what is cached"

    answer = leave(entangled, choice)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rights/left")
    assert "Your account is deleted" in entangled.get("/rights/left").text

    gone = ("dario", *(WORDS if choice == "take" else EITHER_WAY))
    for table, row in rows():
        for word in gone:
            assert word.casefold() not in row.casefold(), f"{word!r} is still in {table}: {row}"
    for name, fate in people().items():
        assert not pointing(name, me) or fate not in {GOES, EMPTIED, NOBODY}, name
    mine = ("/notices", "/drafts", "/settings", "/moderation/flags")
    staff = ("/members", "/moderation/cases", "/moderation/waiting", *(f"/moderation/cases/{n}" for n in range(1, 6)))
    for client, more in ((visitor, ()), (ada, mine), (elena, staff)):
        for path, page in pages(client, *more):
            for word in gone:
                assert word.casefold() not in page.casefold(), f"{word!r} is still on {path}"
            assert '"/members/"' not in page, path
    for path in ("/members/dario", "/feeds/members/dario.atom"):
        assert elena.get(path).status_code == 404
    assert log.verify().broken is None
    _indexed(gone)


def _indexed(gone):
    """Look into the index of words as it lies in the database, where what was taken out of it may have left traces."""
    if db.engine.dialect.name == "sqlite":
        blobs = session().scalars(text("SELECT block FROM matching_data"))
        found = b"\n".join(blobs).decode("latin-1")
    else:
        found = "\n".join(session().scalars(text("SELECT matching::text FROM findables")))
    for word in gone:
        assert word.casefold().rstrip("s") not in found, word


def test_texts_that_stay_are_a_former_members_and_lead_nowhere(app, entangled, cast, visitor):
    before = session().scalars(select(Reply.state).where(Reply.author_id == cast.dario.id).order_by(Reply.id)).all()
    leave(entangled, "keep")
    theirs = session().scalars(select(Reply).where(Reply.author_id == FORMER).order_by(Reply.id)).all()
    assert [reply.state for reply in theirs] == before
    assert theirs[0].source == "Persimmons, seven."
    citing = session().scalar(select(Reply).where(Reply.source.contains("Five, then?")))
    assert f"[a former member wrote](/replies/{theirs[0].id}):" in citing.source
    assert "Dare I say so, a former member?" in citing.html
    assert "Persimmons, seven." in citing.html
    marmalade = session().scalar(select(Thread).where(Thread.title == "Marmalade"))
    assert (marmalade.author_id, marmalade.state) == (FORMER, STANDING)
    page = followed(visitor, visitor.get(f"/threads/{marmalade.id}")).text
    assert "<span>a former member</span>" in page
    assert '<span class="former"' in page
    found = visitor.get("/search?q=persimmons").text
    assert "a former member in On Bridges" in found
    assert "a former member" in visitor.get("/feeds/forum.atom").text
    italian = followed(visitor, visitor.get(f"/replies/{theirs[0].id}", headers={"Accept-Language": "it"}))
    assert italian.status_code == 200


def test_texts_that_go_leave_stubs_where_others_answered(app, entangled, cast, visitor):
    alone = make.thread(cast.dario, title="Alone", text="Nobody came.")
    leave(entangled, "take")
    theirs = session().scalars(select(Reply).where(Reply.author_id == FORMER)).all()
    assert {(reply.state, reply.source, reply.html) for reply in theirs} == {(WITHDRAWN, "", "")}
    citing = session().scalar(select(Reply).where(Reply.source.contains("Five, then?")))
    assert "These words can no longer be read." in followed(visitor, visitor.get(f"/replies/{citing.id}")).text
    talked = session().scalar(select(Thread).where(Thread.id != alone.id, Thread.author_id == FORMER))
    assert (talked.title, talked.source, talked.state) == ("A thread whose title is gone", "", STANDING)
    assert "Medlars" in followed(visitor, visitor.get(f"/threads/{talked.id}")).text
    session().refresh(alone)
    assert (alone.state, alone.title) == (HIDDEN, "A thread whose title is gone")
    for thread in session().scalars(select(Thread)):
        standing = select(func.count()).where(Reply.thread_id == thread.id, Reply.state == STANDING)
        assert thread.reply_count == session().scalar(standing)


def test_whoever_keeps_something_here_leaves_an_entry_without_a_name(entangled, cast, browser_of):
    mark = session().scalar(select(LogEntry.actor_mark).where(LogEntry.actor_id == cast.dario.id).limit(1))
    leave(entangled, "keep")
    last = session().scalars(select(LogEntry).order_by(LogEntry.id.desc()).limit(1)).one()
    assert (last.act, last.actor_role, last.actor_mark, last.reason, last.detail) == ("leave", "admin", mark, "", "")
    page = browser_of(cast.elena).get("/moderation/log").text
    assert f"admin {mark}</bdi></a> left this place" in page
    count = session().scalar(select(func.count()).select_from(LogEntry))
    leave(browser_of(cast.ada), "keep")
    assert session().scalar(select(func.count()).select_from(LogEntry)) == count


@pytest.mark.one_database
def test_the_name_is_nobodys_for_a_year_and_the_number_for_good(app, cast, visitor, browser_of, later):
    leave(browser_of(cast.ada), "take")
    form = {"name": "Ada", "email": "ada2@example.org", "password": PASSWORD}
    answer = visitor.post("/register", data=form | gate.fields())
    assert "This name, or one that looks like it, is taken." in answer.text
    assert not re.search(r"\bada\b", json.dumps([row for _table, row in rows()]).casefold()), "a digest may hold it"
    later(days=366)
    background.work(app)
    app.extensions.pop("kept_at", None)
    background.work(app)
    assert visitor.post("/register", data=form | gate.fields()).status_code == 303
    assert session().scalar(select(Member.id).where(Member.name == "Ada")) > cast.elena.id
    visitor.post("/logout")
    answer = visitor.post("/login", data={"login": "ada@example.org", "password": PASSWORD})
    assert "Name or password is not right." in answer.text


def test_words_in_an_open_case_stay_until_it_is_closed(cast, thread, browser_of):
    flagging.flag(make.reply(cast.ada, thread, "Persimmons."), Complaint("spam"), by=cast.bruno)
    leave(browser_of(cast.ada), "take")
    case = session().scalars(select(Case)).one()
    assert (case.author_id, session().scalar(select(Flag.wording))) == (None, "Persimmons.")
    make.decided(case, "nothing", cast.carla)
    assert session().scalar(select(Flag.wording)) == ""


@pytest.mark.one_database
def test_of_those_who_left_nobody_is_muted_flagged_told_or_offered(cast, thread, browser_of):
    answered = make.reply(cast.ada, thread, "Persimmons.")
    leave(browser_of(cast.ada), "keep")
    make.answer(cast.bruno, answered)
    bruno = browser_of(cast.bruno)
    assert bruno.get(f"/replies/{answered.id}/mute").status_code == 403
    page = followed(bruno, bruno.get(f"/threads/{thread.id}")).text
    assert f"/replies/{answered.id}/mute" not in page
    assert f"/moderation/replies/{answered.id}/flag" in page
    assert not session().scalar(text("SELECT count(*) FROM notices WHERE member_id = 0"))
    assert "" not in bruno.get(f"/threads/members?thread={thread.id}&q=").json
    flagging.flag(answered, Complaint("wounds"), by=cast.bruno)
    assert session().scalar(select(Case.author_id)) is None
    assert not session().scalars(select(Waiting)).all()
