"""What is kept no longer goes, by the server and by the host's command, and nothing that is kept goes with it."""

import pytest
from sqlalchemy import select

from forum.accounts.actions import admitting, entering, factors, tickets
from forum.accounts.models import PROOF, Admission, Factor, FreedName, LoginSession, Ticket
from forum.core import background, clock, holdings, limits
from forum.core.db import session, transaction
from forum.core.limits import Attempt
from forum.drafts import actions as drafts
from forum.drafts.models import Draft
from forum.drafts.targets import in_thread
from forum.moderation.actions import appealing, flagging, mending
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Appeal, Case, Decision, Flag, Mend
from forum.notices.actions import seeing, telling
from forum.notices.models import Notice, Seen
from forum.pages import actions
from forum.threads.actions import changing
from forum.threads.models import Reply
from forum.waiting import actions as waiting
from forum.waiting.models import FIRST, Waiting
from tests import make
from tests.cast import person

# Notes go a day before seven are over, since a server looks once a day.
TIMES = {
    "withdrawn": 1,
    "factor": 1,
    "attempts": 6,
    "sessions": 7,
    "tickets": 14,
    "waiting": 30,
    "admission": 30,
    "flags": 90,
    "drafts": 180,
    "cases": 183,
    "mends": 183,
    "notices": 365,
    "freed_names": 365,
    "decisions": 365,
    "appeals": 365,
    "seen": 400,
}  # days
ROWS = {
    "factor": Factor,
    "attempts": Attempt,
    "sessions": LoginSession,
    "tickets": Ticket,
    "waiting": Waiting,
    "admission": Admission,
    "drafts": Draft,
    "notices": Notice,
    "freed_names": FreedName,
    "seen": Seen,
}
KNOWN = {
    "flags": Flag.member_id.is_not(None),
    "cases": Flag.wording != "",
    "mends": Mend.reason != "",
    "decisions": Decision.facts != "",
    "appeals": Appeal.text != "",
}


@pytest.fixture
def kept(app, cast, thread, later):
    """Something of each kind whose time ends, made now."""
    app.extensions.pop("kept_at", None)
    reply = make.reply(cast.ada, thread, "A xylophone?")
    changing.withdraw(reply, by=cast.ada)
    heard = make.reply(cast.ada, thread)
    seeing.see(cast.bruno.id, "thread", thread.id, [heard.id])
    make.answer(cast.bruno, heard)
    list(telling.go_on())
    drafts.keep(in_thread(thread.id), {"body": "I begin."}, known=0, by=cast.ada)
    tickets.invite(cast.dario)
    factors.begin(by=cast.ada)
    held = waiting.hold(thread, None, make.words("Not yet."), by=cast.ada, form_key="a form", draft=0, why=FIRST)
    waiting.refuse(held, reason="No.", by=cast.carla)
    with transaction():
        guest = person("gino")
        admitting.hold(guest, PROOF)
    admitting.refuse(guest, reason="No.", by=cast.carla)
    flagging.flag(heard, Complaint("wounds"), by=cast.bruno)
    mending.stand_by(session().scalars(select(Mend)).one(), "So it is.", by=cast.ada)
    make.decided(session().scalars(select(Case)).one(), "nothing", cast.carla)
    appeal = appealing.appeal_as_reporter(session().scalars(select(Flag)).one(), "Look again.", by=cast.bruno)
    appealing.judge(appeal, "upheld", reasons="I did.", by=cast.dario)
    with transaction(public=False):
        entering.open_session(cast.ada, remember=False, device="a test")
        session().execute(Attempt.__table__.delete())
        limits.count("reply", "7")
        session().add(FreedName(fingerprint="of a name", at=clock.now()))
    return reply


def left(reply: Reply) -> set[str]:
    session().rollback()
    rows = {key for key, table in ROWS.items() if session().execute(select(table)).first()}
    rows |= {key for key, known in KNOWN.items() if session().execute(select(known.left.table).where(known)).first()}
    return rows | ({"withdrawn"} if reply.source else set())


def test_everything_that_has_an_end_is_asked_for_here(forum):
    assert {key for key, holding in holdings.HOLDINGS.items() if holding.purge} == set(TIMES)


@pytest.mark.parametrize("command", [False, True], ids=["server", "command"])
def test_each_goes_in_its_time_and_not_before(app, kept, later, command):
    for days in TIMES.values():
        if command:
            later(days=days, minutes=-1)
            assert sum(gone for _holding, gone in holdings.keep()) == 0
        later(days=days, minutes=1)
        if command:
            app.test_cli_runner().invoke(args=["keep"])
        else:
            background.work(app)
        assert left(kept) == {key for key, until in TIMES.items() if until > days}


def test_the_command_says_what_it_removed_and_for_how_long_things_are_kept(app, kept, later):
    later(days=6, minutes=1)
    lines = app.test_cli_runner().invoke(args=["keep"]).output.splitlines()
    assert "Notes against guessing and flooding: 1 removed; Gone within 7 days, most of it sooner." in lines
    assert "What you withdrew: 1 removed; For 24 hours." in lines
    drafts_kept = "Until you send it or throw it away, or for 180 days after you last changed it."
    assert f"What you begin to write: 0 removed; {drafts_kept}" in lines


def test_a_server_looks_at_everything_once_a_day_and_at_what_is_prompt_each_time(app, kept, later, statements):
    background.work(app)
    later(hours=24, seconds=-1)
    with statements() as found:
        background.work(app)
    assert not [one for one in found if "FROM drafts" in one]
    later(hours=24)
    with statements() as found:
        background.work(app)
    assert [one for one in found if "FROM drafts" in one]
    assert "withdrawn" not in left(kept)


def test_where_nothing_is_old_nothing_is_written(app, kept, statements):
    with statements() as found:
        assert [gone for _holding, gone in holdings.keep()] == [0] * len(TIMES)
    assert all(one.startswith("SELECT") for one in found)


def test_the_page_on_privacy_says_what_is_done(app, cast, visitor):
    page = visitor.get("/privacy").text
    assert "[[kept]]" not in page
    for holding in holdings.HOLDINGS.values():
        assert f'id="kept-{holding.key}"' in page
    assert "or for 180 days after you last changed it" in page
    assert "Gone within 7 days" in page


def test_it_says_so_in_whichever_words_the_host_puts_around_it(app, cast, visitor):
    actions.edit("privacy", "en", "Ours.", by=cast.dario)
    page = visitor.get("/privacy").text
    assert page.index("Ours.") < page.index('id="kept-drafts"')
