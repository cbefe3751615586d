import re
from itertools import pairwise

import click
import pytest
from sqlalchemy import func, select

from forum.accounts.models import NOBODY, Facilitation, Member, Mute
from forum.accounts.passwords import matches
from forum.core import clock
from forum.core.config import LOCALES
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.text import name_fault, skeleton
from forum.demo import PASSWORD, fill
from forum.demo.departing import LEFT
from forum.demo.readers import MUTED
from forum.demo.story import LONG, NAMES, REPLIES, THREADS
from forum.demo.words import read
from forum.drafts.models import Draft
from forum.drafts.targets import ANSWER, EDIT, NEW, THREAD, parse
from forum.essays.anchors import MOVED, ORPHAN, PLACED
from forum.moderation import measures
from forum.moderation.models import Appeal, Case, Decision, Flag, Mend
from forum.moderation.names import ACTED, ASKED, NOTHING
from forum.moderation.queries import mends, sums
from forum.notices import queries as notices
from forum.notices.models import FOLLOW, MUTE, THEME, Notice, Telling, Tie
from forum.notices.told import ANSWERED, DECIDED, FOLLOWED, MENTIONED, OPENED, THEMED
from forum.themes.models import Theme
from forum.threads.citations import EDITED, GONE, OTHER
from forum.threads.erasing import due
from forum.threads.models import (
    FOLDED,
    HIDDEN,
    KINDS,
    MERGED,
    REMOVED,
    STANDING,
    WITHDRAWN,
    Citing,
    Mention,
    Placement,
    Reply,
    Revision,
    Tally,
    Thread,
)
from forum.threads.reasons import REWORKED
from forum.waiting.models import FIRST, LINK, Waiting
from tests.cast import CHEAP


def everything(model):
    return session().scalars(select(model).order_by(model.id)).all()


def in_order(moments):
    return all(earlier <= later for earlier, later in pairwise(moments))


@pytest.mark.one_database
def test_the_demo_fills_a_forum_with_every_state_there_is(app):
    machine = clock.now
    said = fill()
    assert clock.now is machine
    assert PASSWORD in said

    members, threads, replies = everything(Member), everything(Thread), everything(Reply)
    essay_thread = next(thread for thread in threads if thread.essay_id)
    opened = [thread for thread in threads if thread.theme_id and thread.state != MERGED]
    _people(members, replies)
    _threads(opened)
    _replies(replies, essay_thread)
    _words(essay_thread.essay.edition_number)
    _order(members, opened, replies)
    _counts(threads, replies)
    _drafts()
    assert {one.cause for one in everything(Waiting)} == {FIRST, LINK}
    assert [member.outside for member in members if member.outside] == ["waiting"]
    _citings(replies)
    _readers()
    _notices()
    _cases()

    before = (len(members), len(replies))
    with pytest.raises(click.ClickException):
        fill()
    assert (len(everything(Member)), len(everything(Reply))) == before


def _people(members, replies):
    assert [member.name for member in members if member.name] == [name for name in NAMES if name != LEFT]
    assert any(reply.author_id == NOBODY and reply.source for reply in replies), "nobody has left"
    assert {m.name: m.role for m in members if m.moderates} == {"carla": "moderator", "dario": "admin"}
    secrets = {member.password_hash for member in members if member.name}
    assert len(secrets) == 1
    assert matches(PASSWORD, secrets.pop(), CHEAP)
    third = session().scalars(select(Theme).order_by(Theme.position)).all()[:3][-1]
    facilitation = session().scalars(select(Facilitation)).one()
    assert (facilitation.member.name, facilitation.theme_id) == ("elena", third.id)
    assert any(member.about for member in members)
    assert {member.id for member in members} - {reply.author_id for reply in replies}, "nobody only reads"


def _threads(opened):
    assert len(opened) == THREADS
    assert {thread.theme_id for thread in opened} == {theme.id for theme in everything(Theme)}
    assert [t.pin_scope for t in opened if t.pin_scope and not t.pinned_until] == ["forum"]
    in_theme = [thread for thread in opened if thread.pin_scope == "theme"]
    assert len(in_theme) == 1
    assert in_theme[0].pinned_role == "facilitator"
    assert in_theme[0].pinned_until > clock.now()
    assert len([thread for thread in opened if thread.locked]) == 2
    assert [thread.state_reason != "" for thread in opened if thread.state == HIDDEN] == [True]
    assert any(thread.reply_count == 0 for thread in opened)
    assert [thread.slow_minutes for thread in opened if thread.slow_minutes] == [15]
    assert len([thread for thread in opened if thread.members_only and thread.asking_only]) == 1
    acts = set(session().scalars(select(LogEntry.act)))
    kept = {
        "lock",
        "unlock",
        "pin",
        "hide_reply",
        "hold_reply",
        "restore_reply",
        "hide_revision",
        "hide_thread",
        "fold_reply",
    }
    moved = {
        "move_reply",
        "retheme_reply",
        "split_thread",
        "merge_thread",
        "retitle_thread",
        "arrange_thread",
        "set_pace",
    }
    decided = {"find_nothing", "note_reply", "remove_reply", "pause_member", "reverse_appeal"}
    assert acts == kept | moved | decided | {"give_role", "appoint", "import_essay"}


def _replies(replies, essay_thread):
    assert len(replies) == REPLIES
    assert {reply.state for reply in replies} == {STANDING, FOLDED, WITHDRAWN, HIDDEN, REMOVED}
    assert {reply.state_reason == REWORKED for reply in replies if reply.state == FOLDED} == {True, False}
    assert {reply.kind for reply in replies} == set(KINDS)
    assert all(reply.state_reason for reply in replies if reply.state == HIDDEN)
    taken = [reply for reply in replies if reply.state == WITHDRAWN]
    assert {bool(reply.source): due(reply.state_at, clock.now()) for reply in taken} == {True: False, False: True}
    assert any(reply.source and reply.author.name == "ada" for reply in taken)
    assert any(reply.edited_at and reply.state == STANDING for reply in replies)
    assert {bool(revision.hidden_reason) for revision in session().scalars(select(Revision))} == {True, False}
    assert any(
        reply.answered_revision < session().get_one(Reply, reply.answers_id).revision
        for reply in replies
        if reply.answers_id
    )
    assert [reply.thread.locked for reply in replies if reply.as_staff] == [True]
    assert max(reply.answer_count for reply in replies) == LONG
    assert any(reply.answers_id != reply.root_id for reply in replies), "no answer to an answer"
    voices = session().execute(
        select(Tally.passage_id, func.sum(Tally.replies))
        .where(Tally.thread_id == essay_thread.id)
        .group_by(Tally.passage_id)
    )
    heard = {passage: voices for passage, voices in voices if passage}
    assert 1 in heard.values()
    assert max(heard.values()) > 9
    assert len(heard) < 4, "every passage of the test essay has a voice"


def _words(edition):
    assert edition == 2
    placed = select(Placement.state).where(Placement.edition == edition)
    assert set(session().scalars(placed)) == {PLACED, MOVED, ORPHAN}


def _order(members, opened, replies):
    merged = select(LogEntry.reply_id).where(LogEntry.act == "merge_thread", LogEntry.reply_id.is_not(None))
    opening = session().scalar(merged)  # it stands among the replies since the merge, with the moment of its writing
    for rows in (
        [member for member in members if member.name],
        opened,
        [reply for reply in replies if reply.id != opening],
        everything(LogEntry),
    ):
        moments = [getattr(row, "created_at", None) or row.at for row in rows]
        assert in_order(moments)
        assert max(moments) <= clock.now()
    span = replies[-1].created_at - replies[0].created_at
    assert 40 < span.days < 61
    joined = {member.id: member.created_at for member in members}
    assert all(joined[reply.author_id] <= reply.created_at for reply in replies)
    for reply in replies:
        assert reply.created_at <= (reply.edited_at or reply.created_at)
        assert reply.created_at <= (reply.state_at or reply.created_at)
        assert reply.root_id is None or reply.id > reply.answers_id
    by_latest = sorted((t for t in opened if t.reply_count), key=lambda thread: thread.activity)
    assert in_order([thread.latest_at for thread in by_latest])


def _counts(threads, replies):
    standing = [reply for reply in replies if reply.state == STANDING]
    for thread in threads:
        assert thread.reply_count == sum(reply.thread_id == thread.id for reply in standing)
    unseen = {thread.id for thread in threads if thread.state != STANDING or thread.members_only}
    for theme in everything(Theme):
        assert theme.thread_count == sum(t.theme_id == theme.id and t.id not in unseen for t in threads)
        shown = [reply for reply in standing if reply.thread_id not in unseen]
        assert theme.reply_count == sum(reply.theme_id == theme.id for reply in shown)


def _drafts():
    begun, ada = everything(Draft), session().scalars(select(Member).where(Member.name == "ada")).one()
    assert {draft.member_id for draft in begun} == {ada.id}
    assert ada.draft_count == len(begun) == 7
    assert {parse(draft.target).kind for draft in begun} == {THREAD, ANSWER, EDIT, NEW}
    around = [draft.thread for draft in begun if draft.thread]
    assert {"locked" if thread.locked else thread.state for thread in around} == {STANDING, "locked", HIDDEN}


def _citings(replies):
    fates = {reply.id: set(re.findall(r'data-say="(\w+)"', reply.html)) for reply in replies}
    noted = session().scalars(select(Citing.reply_id)).all()
    assert set().union(*fates.values()) == {EDITED, GONE, OTHER}
    assert [reply for reply in noted if not fates[reply]], "nothing is cited as it stands"
    assert session().scalar(select(func.count()).select_from(Mention)) > 5


def _readers():
    muted = {(mute.muter_id, mute.muted_id) for mute in session().scalars(select(Mute))}
    ids = {member.name: member.id for member in everything(Member)}
    assert muted == {(ids[who], ids[whom]) for who, whom in MUTED.items()}
    ties = session().scalars(select(Tie).where(Tie.member_id == ids["ada"])).all()
    assert {tie.level for tie in ties if tie.scope == THEME} == {FOLLOW, MUTE}
    news = notices.newest(ids["ada"])
    assert {row.muted for row in news} == {True, False}
    assert {row.since for row in news} == {True, False}


def _notices():
    ada = session().scalars(select(Member).where(Member.name == "ada")).one()
    told = [(notice.kind, bool(notice.read_at)) for notice in everything(Notice) if notice.member_id == ada.id]
    assert {kind for kind, read in told if not read} >= {ANSWERED, MENTIONED, DECIDED}
    assert {kind for kind, read in told if read} >= {ANSWERED, FOLLOWED, THEMED, OPENED}
    assert ada.notice_count > 2
    assert everything(Telling) == []


def _all(model):
    return session().scalars(select(model)).all()


def _cases():
    cases = everything(Case)
    kinds = {(case.kind, case.outcome) for case in cases}
    assert kinds >= {("reply", ""), ("thread", ""), ("profile", ""), ("reply", ACTED), ("reply", NOTHING)}
    assert {bool(case.claimed_by_id) for case in cases if case.state == "open"} == {True, False}
    assert any(case.urgent for case in cases)
    assert {("reword", "mended"), ("stand_by", ""), ("", "")} <= {(one.answer, one.case.outcome) for one in _all(Mend)}
    assert [mend for mend in _all(Mend) if mends.state(mend) == ASKED and mend.case.author.name == "ada"]
    made = everything(Decision)
    assert {one.kind for one in made} >= {"nothing", "note", "fold", "hide", "remove", "pause"}
    assert {one.found for one in made} == {"flags", "own"}
    assert {bool(one.undone_at) for one in made} == {True, False}
    last = next(iter(sums.summed()))
    said = measures.report(sums.of(last))
    for group in ("notices_by_reason", "decisions_by_kind"):
        assert [cell.number for cell in said[group].values() if cell.number], f"{last} has a picture of {group}"
    assert {one.outcome for one in everything(Appeal)} == {"", "reversed"}
    assert {"ada", "bruno"} <= {flag.member.name for flag in everything(Flag) if flag.member}


def test_the_people_of_the_demo_could_have_registered():
    assert len(NAMES) == len(set(map(skeleton, NAMES))) == 40
    assert [name for name in NAMES if name_fault(name)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_demo_has_something_to_say_in_every_language(locale):
    said, other = read(locale), read("en")
    assert {name: len(texts) for name, texts in said.items()} == {name: len(texts) for name, texts in other.items()}
    assert len(said["threads"]) == THREADS
    assert all(text for texts in said.values() for text in texts)
    reasons = ("hide", "restore", "lock", "unlock", "pin", "conceal", "abouts")
    assert max(len(text) for name in reasons for text in said[name]) <= 300
