"""A forum large enough to measure: written in bulk, with the counts that the forum itself would have kept."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from forum.accounts.models import Member
from forum.core import clock, markdown
from forum.core.db import session
from forum.essays import queries as essays
from forum.themes.models import Theme
from forum.threads.actions.turns import retake_turns
from forum.threads.models import KINDS, Reply, Tally, Thread, drawn
from forum.threads.places import NOWHERE, place

MEMBERS, THREADS, REPLIES, LONG, LONGEST = 200, 200, 20_000, 2_000, 100_000
TEXT = """I have thought about **this** since I read it, and I am not sure that I can say it well.

> You wrote that nobody had asked you anything.

- First, I was there, and I did not ask either.
- Then I told myself that it was *tact*.

What I would do today is small: sit beside you, say nothing for a while, and ask one question that I do not know the answer
to. There is more of it at [this page](https://example.org/listening), which says it better than I do. `Listening` is not a
word that I trust without seeing it done, and I would rather be told that I got it wrong than be thanked for meaning well."""


def fill(*, large: bool) -> dict[str, int]:
    """Fill a seeded forum; return the ids of the threads that are measured."""
    draw, html = random.Random(7), markdown.render(TEXT)
    members, themes = _members(), session().scalars(select(Theme.id).order_by(Theme.id)).all()
    passages = [p["id"] for p in essays.all_current()[0][1].content]
    essay = session().execute(select(Thread.id).where(Thread.essay_id.is_not(None))).scalar_one()
    threads = _threads(draw, members, themes, THREADS + 3)
    found = {"essay": essay, "fifty": threads[0], "long": threads[1], "longest": threads[2]}
    sizes = {essay: 400, threads[0]: 50, threads[1]: LONG}
    rest = (REPLIES - sum(sizes.values())) // (len(threads) - 3)
    sizes |= dict.fromkeys(threads[3:], rest)
    if large:
        sizes[threads[2]] = LONGEST
    for thread, size in sizes.items():
        places = passages if thread == essay else [None]
        _replies(draw, thread, size, members, themes, places, html)
    retake_turns(members)
    _count()
    session().commit()
    return found


def _members() -> list[int]:
    at = clock.now()
    rows = [
        {"name": f"member{n}", "name_key": f"member-{n}", "email": "", "email_key": "", "password_hash": "", "role": "member",
         "locale": "", "about": "", "created_at": at} for n in range(MEMBERS)
    ]  # fmt: skip
    session().execute(insert(Member), rows)
    return list(session().scalars(select(Member.id)))


def _threads(draw: random.Random, members: list[int], themes: Any, count: int) -> list[int]:
    at = clock.now() - timedelta(days=400)
    rows = [
        {"title": f"Thread {n} about what was heard", "theme_id": draw.choice(themes), "author_id": draw.choice(members),
         "html": markdown.render(TEXT), "source": TEXT, "renderer": 1, "created_at": at, "latest_at": at, "activity": n + 10}
        for n in range(count)
    ]  # fmt: skip
    session().execute(insert(Thread), rows)
    return list(session().scalars(select(Thread.id).where(Thread.essay_id.is_(None)).order_by(Thread.id)))


def _replies(
    draw: random.Random, thread: int, size: int, members: list[int], themes: Any, places: Any, html: str
) -> None:
    at = clock.now() - timedelta(days=300)
    own = session().scalar(select(Thread.theme_id).where(Thread.id == thread))
    spots = [draw.choice(list(enumerate(places))) for _ in range(size)]
    rows = [
        {"thread_id": thread, "theme_id": own or draw.choice(themes),
         "passage_id": spots[n][1], "place": place(spots[n][0]) if spots[n][1] else NOWHERE,
         "author_id": draw.choice(members), "kind": draw.choice(KINDS), "source": TEXT, "html": html,
         "renderer": markdown.RENDERER, "draw": drawn(), "created_at": at + timedelta(minutes=n)} for n in range(size)
    ]  # fmt: skip
    session().execute(insert(Reply), rows)


def _count() -> None:
    grouped = select(Reply.thread_id, Reply.theme_id, func.coalesce(Reply.passage_id, 0), func.count()).group_by(
        Reply.thread_id, Reply.theme_id, Reply.passage_id
    )
    session().execute(insert(Tally).from_select(["thread_id", "theme_id", "passage_id", "replies"], grouped))
    for model, column in ((Thread, Tally.thread_id), (Theme, Tally.theme_id)):
        total = select(func.coalesce(func.sum(Tally.replies), 0)).where(column == model.id).scalar_subquery()
        session().execute(update(model).values(reply_count=total))
    threads = select(func.count()).where(Thread.theme_id == Theme.id).scalar_subquery()
    session().execute(update(Theme).values(thread_count=threads))
