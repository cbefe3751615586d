from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock, limits
from forum.core.db import session, transaction
from forum.core.markdown import RENDERER
from forum.core.rules import require
from forum.essays.anchors import Quote
from forum.threads import pauses
from forum.threads.actions.citing import cite
from forum.threads.actions.counting import count
from forum.threads.actions.mentioning import mention, written
from forum.threads.actions.quoting import stand
from forum.threads.actions.turns import is_new, take_turn
from forum.threads.form_keys import once
from forum.threads.models import Reply, Thread
from forum.threads.signals import answering, posted, replied
from forum.threads.terms import Saying


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said: where it belongs (theme, perhaps a passage and words of it), how it speaks, and its Markdown."""

    theme_id: int
    kind: str
    source: str
    passage_id: int | None = None
    edition: int = 0
    quote: Quote | None = None


def reply(thread: Thread, words: Words, *, by: Member, form_key: str, draft: int = 0, waited: bool = False) -> Reply:
    """Write a reply of the first level. The same form with the same words gives the reply it made the first time.

    One that `waited` has made its pause. Raises Refused (locked a moment ago, say), TooOften or WordsLost.
    """
    key = once(form_key, words.source)
    text = written(words.source)  # before anyone has to wait for it
    with transaction() as pulse:
        posted.send(by, draft=draft)
        if known := of_form(by, key):
            return known
        require("reply", by, thread)
        require("speak", by, Saying(thread, words.kind))
        if not waited:
            pauses.check(thread, by)
        answering.send(thread, by=by, waited=waited)
        made = Reply(thread_id=thread.id, as_staff=thread.shut, html=text.html)
        _write(made, thread, words, by, key, pulse)
        mention(made, text.mentioned, by)
        return made


def answer(answered: Reply, words: Words, *, by: Member, form_key: str, draft: int = 0, waited: bool = False) -> Reply:
    """Answer a reply, on the second level: an answer to an answer stands beside it and names whom it answers."""
    key, text = once(form_key, words.source), written(words.source)
    with transaction() as pulse:
        posted.send(by, draft=draft)
        if known := of_form(by, key):
            return known
        require("answer", by, answered)
        if not waited:
            pauses.check(answered.thread, by)
        answering.send(answered, by=by, waited=waited)
        root = session().get_one(Reply, answered.root_id or answered.id)
        root.answer_count += 1
        made = Reply(
            thread_id=root.thread_id,
            root_id=root.id,
            answers_id=answered.id,
            answered_revision=answered.revision,
            number=root.answer_count,
            as_staff=answered.thread.shut,
            html=text.html,
        )
        _write(made, answered.thread, words, by, key, pulse)
        mention(made, text.mentioned, by)
        if root.first_answered_at is None and root.author_id != by.id:
            root.first_answered_at = made.created_at
        return made


def of_form(by: Member, key: str) -> Reply | None:
    return session().scalar(select(Reply).where(Reply.author_id == by.id, Reply.form_key == key))


def _write(made: Reply, thread: Thread, words: Words, by: Member, key: str, pulse: int) -> None:
    limits.check("reply", str(by.id))
    limits.count("reply", str(by.id))
    made.theme_id, made.passage_id, made.edition = words.theme_id, words.passage_id, words.edition
    made.kind, made.source, made.renderer = words.kind, words.source, RENDERER
    made.author_id, made.form_key, made.created_at = by.id, key, clock.now()
    made.newcomer = is_new(by.id)
    if made.root_id is None:
        take_turn(made)
    session().add(made)
    session().flush()
    stand(made, thread, words.quote)
    cite(made)
    count(made, 1)
    thread.activity, thread.latest_at = pulse, made.created_at
    replied.send(made)
