"""What those who keep threads move: replies between themes and threads, threads into each other, a title.

Ids stay, so every link to a reply leads to where it stands now. An entry stands in both threads.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, update

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session, transaction
from forum.core.markdown import RENDERER
from forum.core.rules import require
from forum.themes.models import Theme
from forum.threads.actions.counting import recount
from forum.threads.actions.keeping import record
from forum.threads.actions.mentioning import hand_over, written
from forum.threads.actions.turns import retake_turns
from forum.threads.models import MERGED, Reply, Thread
from forum.threads.places import NOWHERE
from forum.threads.signals import merged, moved, opened, reworded
from forum.threads.terms import Passing


def move_reply(reply: Reply, *, into: Thread, theme: Theme, reason: str, by: Member) -> None:
    """Move a reply with the answers under it to a theme, in its thread or another one.

    An answer becomes a reply of the first level there, with the answers that followed it.
    """
    with transaction() as pulse:
        require("move_reply", by, reply)
        require("reply", by, into)
        source, was_answer = reply.thread, reply.root_id is not None
        require("pass_on", by, Passing(source, into))
        if source.id == into.id and theme.id == reply.theme_id and not was_answer:
            return
        if was_answer:
            _lift(reply)
        _relocate(_with_answers([reply.id]), source, into, theme.id)
        _settle(source, into, pulse)
        if source.id == into.id:
            record("retheme_reply", into, by, reason, reply_id=reply.id, theme_id=theme.id, detail=theme.name)
        else:
            record("move_reply", source, by, reason, reply_id=reply.id, detail=f"to {into.id}")
            record("move_reply", into, by, reason, reply_id=reply.id, detail=f"from {source.id}")
        moved.send(into, replies=[reply.id], source=source)


def split_thread(
    source: Thread, replies: Sequence[int], *, title: str, theme: Theme, reason: str, by: Member
) -> Thread:
    """Give some replies of the first level, with their answers, a thread of their own under a theme.

    Ids that are not of this thread's first level are passed over. At least one has to be.
    """
    with transaction() as pulse:
        require("split_thread", by, source)
        require("open_thread", by, theme)
        first = select(Reply.id).where(Reply.thread_id == source.id, Reply.root_id.is_(None), Reply.id.in_(replies))
        ids = list(session().scalars(first))
        at = clock.now()
        made = Thread(
            theme_id=theme.id,
            title=title,
            split_from_id=source.id,
            members_only=source.members_only,
            created_at=at,
            latest_at=at,
            activity=pulse,
            html="",
        )
        session().add(made)
        session().flush()
        _relocate(_with_answers(ids), source, made, theme.id)
        _settle(source, made, pulse)
        record("split_thread", source, by, reason, detail=f"to {made.id}")
        record("split_thread", made, by, reason, detail=f"from {source.id}")
        opened.send(made)
        moved.send(made, replies=ids, source=source)
        return made


def merge_thread(source: Thread, *, into: Thread, reason: str, by: Member) -> None:
    """Move all that stands in a thread into another one; its opening text becomes a reply there, its address leads there."""
    with transaction() as pulse:
        require("merge_thread", by, source)
        require("reply", by, into)
        require("pass_on", by, Passing(source, into))
        opening = _opening(source)
        record("merge_thread", source, by, reason, detail=f"to {into.id}")
        _relocate(Reply.thread_id == source.id, source, into, into.theme_id)
        source.state, source.merged_into_id, source.pin_scope = MERGED, into.id, ""
        source.source = source.html = ""
        session().execute(update(Thread).where(Thread.merged_into_id == source.id).values(merged_into_id=into.id))
        _settle(source, into, pulse)
        record("merge_thread", into, by, reason, reply_id=opening, detail=f"from {source.id}")
        merged.send(into, source=source)


def retitle_thread(thread: Thread, *, title: str, reason: str, by: Member) -> None:
    with transaction():
        require("retitle_thread", by, thread)
        if title == thread.title:
            return
        record("retitle_thread", thread, by, reason, detail=thread.title)
        thread.title = title
        reworded.send(thread)


def _opening(source: Thread) -> int | None:
    """Let a thread's opening text stand as a reply, so that it can be moved; return its id."""
    if source.author_id is None or source.theme_id is None or not source.source:
        return None
    made = Reply(
        thread_id=source.id,
        theme_id=source.theme_id,
        author_id=source.author_id,
        kind="thinking",
        source=source.source,
        html=written(source.source).html,
        renderer=RENDERER,
        created_at=source.created_at,
        edited_at=source.edited_at,
    )
    session().add(made)
    session().flush()
    hand_over(source, made)
    return made.id


def _lift(reply: Reply) -> None:
    """Make an answer a reply of the first level, with the answers to it, and the answers to those, under it."""
    root_id = reply.root_id
    reply.place = session().execute(select(Reply.place).where(Reply.id == root_id)).scalar_one()
    family, rest = {reply.id}, session().scalars(select(Reply).where(Reply.root_id == root_id).order_by(Reply.id)).all()
    for answer in rest:
        if answer.answers_id in family:
            family.add(answer.id)
            answer.root_id = reply.id
    reply.root_id, reply.answers_id = None, None
    session().flush()
    for root in session().scalars(select(Reply).where(Reply.id.in_([root_id, reply.id]))):
        _number(root)


def _number(root: Reply) -> None:
    """Number the answers under a reply anew, from 1 and as written."""
    root.number, root.first_answered_at = 0, None
    answers = session().scalars(select(Reply).where(Reply.root_id == root.id).order_by(Reply.id)).all()
    root.answer_count = len(answers)
    for number, answer in enumerate(answers, 1):
        answer.number = number
        if root.first_answered_at is None and answer.author_id != root.author_id:
            root.first_answered_at = answer.created_at


def _with_answers(roots: Sequence[int]) -> ColumnElement[bool]:
    return or_(Reply.id.in_(roots), Reply.root_id.in_(roots))


def _relocate(which: ColumnElement[bool], source: Thread, into: Thread, theme_id: int | None) -> None:
    """Let replies and their answers stand in `into`: under a theme, or (None) under that which they have."""
    session().flush()
    authors = session().scalars(select(Reply.author_id).where(which, Reply.root_id.is_(None)).distinct()).all()
    change: dict[str, int | None] = {"thread_id": into.id}
    if theme_id is not None:
        change["theme_id"] = theme_id
    if source.id != into.id:
        change["passage_id"], change["place"] = None, NOWHERE  # a passage is one of the text that was left
    session().execute(update(Reply).where(which).values(change), execution_options={"synchronize_session": False})
    session().expire_all()
    retake_turns(authors)


def _settle(source: Thread, into: Thread, pulse: int) -> None:
    """Let the counts follow what was moved; where it stands now, something is new."""
    recount({source.id, into.id})
    into.activity, into.latest_at = pulse, clock.now()
