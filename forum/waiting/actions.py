"""Letting a reply wait, and deciding about it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask import current_app, has_request_context
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, select, update

from forum.accounts.models import Member
from forum.accounts.rules import kept_silent
from forum.core import clock, i18n, limits, log
from forum.core.db import session, transaction
from forum.core.holdings import Leaver
from forum.core.rules import Refused, refusal, require
from forum.essays.anchors import Quote
from forum.threads import pauses
from forum.threads.actions import replying
from forum.threads.actions.keeping import role_of
from forum.threads.actions.mentioning import written
from forum.threads.citations import without
from forum.threads.form_keys import once
from forum.threads.models import Reply, Thread
from forum.threads.signals import answering, posted
from forum.threads.terms import Saying
from forum.threads.unnaming import holds_names, unnamed
from forum.waiting import queries
from forum.waiting.models import APPROVED, FIRST, INFLOW, REFUSED, WAITING, Waiting

FIRST_DAY = {"reply": "first-day-reply", "thread": "first-day-thread"}


class FirstDay(limits.TooOften):
    """A limit of the first day."""

    @property
    def sentence(self) -> str:
        hours = -(-self.wait // 3600)
        when = ngettext("in %(num)s hour", "in %(num)s hours", hours)
        return _(
            "On their first day here everyone writes a little, so that there is time to read. You can go on %(when)s.",
            when=when,
        )


def reply(thread: Thread, words: replying.Words, *, by: Member, form_key: str, draft: int = 0) -> Reply | Waiting:
    """Write a reply, or let it wait for a moderator where its author is new. Raises what replying.reply raises."""
    if known := queries.of_form(by.id, once(form_key, words.source)):
        return known
    if why := queries.cause(by, written(words.source).html, thread):
        return hold(thread, None, words, by=by, form_key=form_key, draft=draft, why=why)
    return replying.reply(thread, words, by=by, form_key=form_key, draft=draft)


def answer(answered: Reply, words: replying.Words, *, by: Member, form_key: str, draft: int = 0) -> Reply | Waiting:
    """Answer a reply, or let the answer wait."""
    if known := queries.of_form(by.id, once(form_key, words.source)):
        return known
    asked: dict[str, Any] = {"by": by, "form_key": form_key, "draft": draft}
    if why := queries.cause(by, written(words.source).html, answered.thread):
        return hold(answered.thread, answered, words, **asked, why=why)
    if words.kind != "differing":
        return replying.answer(answered, words, **asked)
    with transaction():  # whoever differs at the same moment queues behind
        known = replying.of_form(by, once(form_key, words.source))
        if known is None and queries.day_for(answered, by, words.kind):
            return hold(answered.thread, answered, words, **asked, why=INFLOW)
        return replying.answer(answered, words, **asked)


def hold(
    thread: Thread,
    answered: Reply | None,
    words: replying.Words,
    *,
    by: Member,
    form_key: str,
    draft: int,
    why: str,
) -> Waiting:
    key, html = once(form_key, words.source), written(words.source).html
    with transaction(public=False):
        posted.send(by, draft=draft)
        if known := queries.of_form(by.id, key):  # sent twice at once
            return known
        if answered:
            require("answer", by, answered)
        else:
            require("reply", by, thread)
            require("speak", by, Saying(thread, words.kind))
        pauses.check(thread, by)
        answering.send(answered or thread, by=by)
        require("wait_once_more", by, queries.count(by.id, WAITING))
        slow_down("reply", by)
        quote = words.quote or Quote("")
        made = Waiting(
            author_id=by.id,
            thread_id=thread.id,
            answers_id=answered.id if answered else None,
            theme_id=words.theme_id,
            passage_id=words.passage_id,
            edition=words.edition,
            kind=words.kind,
            source=words.source,
            html=html,
            exact=quote.exact,
            prefix=quote.prefix,
            suffix=quote.suffix,
            form_key=form_key,
            key=key,
            cause=why,
            release_at=queries.day_for(answered, by, words.kind) if answered and why == INFLOW else None,
            written_at=clock.now(),
        )
        session().add(made)
        _recount(by.id)
        return made


def slow_down(what: str, by: Member) -> None:
    """Count a reply or thread of someone's first day here, per account and per network; inside a transaction. Raises FirstDay."""
    if clock.now() - by.created_at >= queries.DAY:
        return
    counted = [(FIRST_DAY[what], str(by.id))]
    if has_request_context():
        counted.append(("first-day-network", limits.network()))
    for act, key in counted:
        try:
            limits.check(act, key)
        except limits.TooOften as often:
            raise FirstDay(often.wait) from None
        limits.count(act, key)


def approve(one: Waiting, *, by: Member) -> Reply:
    """Let a reply stand: it is written now, by its author. Raises Refused where its place has gone meanwhile (locked, say)."""
    with transaction():
        require("decide_waiting", by, one)
        if kept_silent(one.author):
            raise Refused("decide_waiting", _("Its author is paused or banned. It cannot stand as long as that lasts."))
        made = _let_stand(one)
        log.record("approve_reply", by.id, role_of(by))
        return made


def _let_stand(one: Waiting) -> Reply:
    quote = Quote(one.exact, one.prefix, one.suffix) if one.exact else None
    words = replying.Words(one.theme_id, one.kind, one.source, one.passage_id, one.edition, quote)
    if one.answered is not None:
        made = replying.answer(one.answered, words, by=one.author, form_key=one.form_key, waited=True)
    else:
        made = replying.reply(one.thread, words, by=one.author, form_key=one.form_key, waited=True)
    one.reply_id = made.id
    _decide(one, APPROVED)
    return made


def release(number: int) -> None:
    """Let a reply stand whose day has come; where its place has gone meanwhile, give it back with the reason."""
    try:
        with transaction():
            if one := _due(number):
                _let_stand(one)
    except limits.TooOften:
        return  # its author is writing much just now: it is tried again
    except Refused:
        _give_back(number)


def _due(number: int) -> Waiting | None:
    """Return what another server has not released meanwhile; whoever is paused or banned waits on."""
    one = session().get(Waiting, number)
    waits = one and one.state == WAITING and one.cause == INFLOW and not kept_silent(one.author)
    return one if waits else None


def _give_back(number: int) -> None:
    with transaction(public=False):
        one = _due(number)
        if one and one.answered:
            with i18n.speaking(one.author.locale or current_app.config["LOCALE"]):
                one.reason = refusal("answer", one.author, one.answered) or _("This answer cannot stand any more.")
            _decide(one, REFUSED)


def refuse(one: Waiting, *, reason: str, by: Member) -> None:
    """Give a reply back to its author, with a reason. Nobody else has seen it."""
    with transaction():
        require("decide_waiting", by, one)
        one.reason = reason
        _decide(one, REFUSED)
        log.record("refuse_reply", by.id, role_of(by), reason=reason)


def _decide(one: Waiting, state: str) -> None:
    one.state, one.decided_at = state, clock.now()
    if state == APPROVED:
        one.source = one.html = one.exact = one.prefix = one.suffix = ""  # its words stand in the reply now
    _recount(one.author_id)


def take_back(one: Waiting, *, by: Member) -> None:
    """Let its author take away what waits, or what was refused; nothing of it stays."""
    with transaction(public=False):
        require("take_back_waiting", by, one)
        session().delete(one)
        _recount(by.id)


def forget(before: datetime) -> int:
    """Take away what was decided before; return how much it was."""
    old = Waiting.decided_at < before
    if session().scalar(select(Waiting.id).where(old).limit(1)) is None:
        return 0
    with transaction(public=False):
        authors = session().scalars(select(Waiting.author_id).where(old)).all()
        session().execute(delete(Waiting).where(old).execution_options(synchronize_session=False))
        for author_id in set(authors):
            _recount(author_id)
        return len(authors)


def follow(source_id: int, into_id: int) -> None:
    """Let what waits in a merged thread wait where it stands now."""
    session().execute(update(Waiting).where(Waiting.thread_id == source_id).values(thread_id=into_id))


def erase(reply_ids: Collection[int]) -> None:
    """Let words that were erased be gone from what waits and cites them; inside a transaction."""
    for one in session().scalars(select(Waiting).where(Waiting.source.contains("](/replies/"))):
        source = without(one.source, reply_ids)
        if source != one.source:
            one.source, one.html = source, written(source).html


def unname(leaver: Leaver) -> bool:
    """Take the name of someone who left out of what waits; inside a transaction."""
    for one in session().scalars(select(Waiting).where(holds_names(Waiting.source))):
        source = unnamed(one.source, leaver.name_key)
        if source != one.source:
            one.source, one.html = source, written(source).html
    return False


def hold_back(by: Member) -> None:
    """Raise Refused for whoever is to reply first: a thread cannot wait."""
    if queries.cause(by, "") == FIRST:
        sentence = _(
            "Before you open a thread, please reply somewhere: a moderator reads the first reply of everyone who is new."
        )
        raise Refused("open_thread", sentence)


def keep_links_out(by: Member, html: str, act: str) -> None:
    """Raise Refused where a text has links and its author is too new for them: what is open or changed cannot wait."""
    if queries.links(html) and queries.cause(by, html):
        raise Refused(act, _("Links can stand in your texts once a first reply of yours has stood here for a day."))


def _recount(author_id: int) -> None:
    """Let a member know how many of their replies wait, or were refused and not taken away yet."""
    session().flush()
    waiting = queries.count(author_id, WAITING, REFUSED)
    session().execute(update(Member).where(Member.id == author_id).values(waiting_count=waiting))
