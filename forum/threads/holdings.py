from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from forum.core import site
from forum.core.holdings import GOES, NOBODY, Holding, hold, of_nobody, rows
from forum.essays.models import Passage
from forum.themes.models import Theme
from forum.threads.actions import erasing, leaving
from forum.threads.erasing import KEPT
from forum.threads.models import Anchor, Citing, Mention, Placement, Reply, Revision, Seeking, Tally, Thread
from forum.threads.wording import spelled


def _address(reply_id: int | None) -> str:
    return site.absolute(f"/replies/{reply_id}") if reply_id else ""


def _replies(member_id: int) -> Iterator[Mapping[str, Any]]:
    """Of others there is nothing but the address of what was answered, and what the words themselves quote."""
    asked = (
        select(Reply, Theme.key.label("theme"), Passage.key.label("passage"), Anchor.exact)
        .join(Theme, Theme.id == Reply.theme_id)
        .outerjoin(Passage, Passage.id == Reply.passage_id)
        .outerjoin(Anchor, Anchor.reply_id == Reply.id)
        .where(Reply.author_id == member_id)
    )
    for row in rows(asked, Reply.id):
        reply = row[0]
        yield {
            "address": _address(reply.id),
            "thread": site.absolute(f"/threads/{reply.thread_id}"),
            "answers": _address(reply.answers_id),
            "theme": row.theme,
            "kind": reply.kind,
            "passage": row.passage or "",
            "edition": reply.edition,
            "words": row.exact or "",
            "text": reply.source,
            "written": reply.created_at,
            "changed": reply.edited_at,
            "change": reply.edit_reason,
            "state": reply.state,
            "reason": spelled(reply.state_reason),
            "state_since": reply.state_at,
        }


def _revisions(member_id: int) -> Iterator[Mapping[str, Any]]:
    theirs = select(Reply.id).where(Reply.author_id == member_id)
    for reply in rows(theirs.where(Reply.revision > 0), Reply.id):
        asked = select(Revision).where(Revision.reply_id == reply.id)
        for row in rows(asked, Revision.number):
            earlier = row[0]
            yield {
                "address": _address(reply.id),
                "number": earlier.number,
                "kind": earlier.kind,
                "text": earlier.source,
                "written": earlier.written_at,
                "change": earlier.reason,
                "reason": earlier.hidden_reason,
            }


def _threads(member_id: int) -> Iterator[Mapping[str, Any]]:
    for row in rows(select(Thread).where(Thread.author_id == member_id), Thread.id):
        thread = row[0]
        yield {
            "address": site.absolute(f"/threads/{thread.id}"),
            "title": thread.title,
            "text": thread.source,
            "written": thread.created_at,
            "changed": thread.edited_at,
            "state": thread.state,
            "reason": spelled(thread.state_reason),
        }


def _mentions(member_id: int) -> Iterator[Mapping[str, Any]]:
    """Where others mention them; whom they mention stands in their own words."""
    asked = select(Mention.reply_id, Mention.thread_id).where(Mention.member_id == member_id)
    for row in rows(asked, Mention.id):
        yield {"place": _address(row.reply_id) or site.absolute(f"/threads/{row.thread_id}")}


TEXT = {"address": _l("Address"), "text": _l("Text"), "written": _l("Written"), "reason": _l("Why it was hidden")}

hold(
    Holding(
        key="replies",
        group="writing",
        tables=(Reply, Anchor, Placement, Citing),
        people={"replies.author_id": NOBODY},
        title=_l("Your replies"),
        what=_l(
            "Your words, their theme and kind, the passage and the edition that you were reading, the words of it that you "
            "selected and the replies that you quoted, when you wrote and last changed it, and a fingerprint of the form, so "
            "that sending it twice makes one reply. Everyone can read what you write, search engines too. If a moderator hides "
            "it, the reason is stored with it, and only you and the moderators see the words."
        ),
        why=_l("So that others can read and answer you."),
        until=_l("Until you withdraw it."),
        fields={
            **TEXT,
            "thread": _l("Thread"),
            "answers": _l("Answer to"),
            "theme": _l("Theme"),
            "kind": _l("How it speaks"),
            "passage": _l("Passage"),
            "edition": _l("Edition"),
            "words": _l("Words that you selected"),
            "changed": _l("Changed"),
            "change": _l("Why you changed it"),
            "state": _l("State"),
            "state_since": _l("Since"),
        },
        told=_replies,
        leaving=_l(
            "Your words go with you at once, and a line stays in the place of each, so that the answers keep theirs; or they stay "
            "without your name."
        ),
        steps=(leaving.replies,),
    )
)
hold(
    Holding(
        key="revisions",
        group="writing",
        tables=(Revision,),
        title=_l("What your replies said before"),
        what=_l(
            "Each earlier wording, with your reason if you gave one, where you changed a reply later than a quarter of an hour "
            "after writing it, or after somebody answered. Everyone can read it."
        ),
        why=_l("So that nobody's answer stands under words that they did not answer."),
        until=_l("As long as the reply."),
        fields={**TEXT, "number": _l("Number"), "kind": _l("How it speaks"), "change": _l("Why you changed it")},
        told=_revisions,
        leaving=_l("It goes or stays with the reply."),
        otherwise=NOBODY,
    )
)
hold(
    Holding(
        key="withdrawn",
        group="writing",
        tables=(Reply,),
        within="replies",
        title=_l("What you withdrew"),
        what=_l(
            "The words, which nobody else sees any more, moderators included. What goes with them: what the reply said before, "
            "which words it was about, whom it mentioned, and its words where others quoted them with a link. A line with the "
            "times stays, so that the answers keep their place."
        ),
        why=_l("So that you can bring it back."),
        until=_l("For %(time)s."),
        leaving=_l("It goes at once."),
        lasts=KEPT,
        purge=lambda _before: sum(erasing.erase()),
        prompt=True,
    )
)
hold(
    Holding(
        key="threads",
        group="writing",
        tables=(Thread,),
        people={"threads.author_id": NOBODY},
        steps=(leaving.threads,),
        title=_l("Threads that you opened"),
        what=_l("The title, the opening text, when you wrote and last changed it. Everyone can read it."),
        why=_l("So that others can talk with you about it."),
        until=_l("As long as the thread. To take a whole one away, write to those who keep this place."),
        fields={**TEXT, "title": _l("Title"), "changed": _l("Changed"), "state": _l("State")},
        told=_threads,
        leaving=_l(
            "Title and opening text go or stay as your replies do. The thread stays where others have written in it."
        ),
    )
)
hold(
    Holding(
        key="mentions",
        group="writing",
        tables=(Mention,),
        people={"mentions.member_id": GOES},
        steps=(leaving.mentions,),
        title=_l("Who was mentioned"),
        what=_l(
            "That a text of yours mentions somebody by an @ before their name, or that another's text mentions you."
        ),
        why=_l("So that who is mentioned is told of it once and no more."),
        until=_l("As long as the text."),
        fields={"place": _l("Where")},
        told=_mentions,
        leaving=_l(
            "It goes, and in what others wrote “a former member” stands in the place of your name with an @, and over your words "
            "where they are quoted. What they say of you in words of their own stays."
        ),
    )
)
of_nobody(Tally, Seeking)
