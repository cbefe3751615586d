"""Finding the words that replies quote in a new edition: few at once, many in steps that can be taken up again.

What an anchor says of its own edition never changes, so each is carried from there, never from where it was put last.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, func, insert, not_, select, update

from forum.core.db import session, transaction
from forum.essays import queries as essays
from forum.essays.anchors import Span
from forum.essays.models import Essay, PassageText
from forum.essays.moving import Move
from forum.threads.models import Anchor, Placement, Reply, Seeking, Thread
from forum.threads.places import NOWHERE, PASSAGE, place

FEW = 2_000  # are placed while the edition is published
BATCH = 500


def begin(thread: Thread, essay: Essay) -> None:
    """Let a thread's replies follow a new edition of its essay; inside the transaction that publishes it."""
    carrier = _Carrier(essay)
    _stand(thread, carrier.new)
    session().execute(delete(Seeking).where(Seeking.thread_id == thread.id))
    total = session().scalar(select(func.count()).select_from(_waiting(thread.id, essay.edition_number, 0).subquery()))
    if not total:
        return
    if total <= FEW:
        carrier.carry(session().execute(_waiting(thread.id, essay.edition_number, 0)).all())
    else:
        session().add(Seeking(thread_id=thread.id, edition=essay.edition_number, total=total))


def _stand(thread: Thread, content: Sequence[PassageText]) -> None:
    """Give replies the places that their passages have now; those with words keep how far into theirs they are."""
    index_of = {passage["id"]: index for index, passage in enumerate(content)}
    first = and_(Reply.thread_id == thread.id, Reply.root_id.is_(None))
    spoken_of = select(Reply.passage_id).where(first, Reply.passage_id.is_not(None)).distinct()
    for passage_id in session().scalars(spoken_of).all():
        index = index_of.get(passage_id or 0)
        its = update(Reply).where(first, Reply.passage_id == passage_id)
        if index is None:
            its = its.where(Reply.place != NOWHERE).values(place=NOWHERE)
        else:
            there = Reply.place.between(place(index), place(index + 1) - 1)
            its = its.where(not_(there)).values(place=place(index) + Reply.place % PASSAGE)
        session().execute(its.execution_options(synchronize_session=False))


def _waiting(thread_id: int, edition: int, after: int) -> Select[*tuple[Any, ...]]:
    """Return the anchors of a thread that have no placement in an edition, by their replies, after one of them."""
    there = and_(Placement.reply_id == Anchor.reply_id, Placement.edition == edition)
    return (
        select(
            Anchor.reply_id,
            Anchor.edition,
            Anchor.passage_id,
            Anchor.start,
            Anchor.end,
            Reply.passage_id.label("stands_under"),
            Reply.place,
        )
        .join(Reply, Reply.id == Anchor.reply_id)
        .outerjoin(Placement, there)
        .where(Anchor.thread_id == thread_id, Anchor.reply_id > after, Placement.reply_id.is_(None))
        .order_by(Anchor.reply_id)
    )


def go_on() -> Iterator[tuple[int, int]]:
    """Place what is waiting in any thread, batch after batch; yield (done, total) after each.

    Each batch is a transaction of its own, so this can be broken off anywhere, and done by several processes at once.
    """
    carrier: _Carrier | None = None
    while waiting := session().execute(_SOUGHT).first():
        essay, seeking = waiting
        if carrier is None or (carrier.essay_id, carrier.edition) != (essay.id, seeking.edition):
            carrier = _Carrier(essay)
        if told := _batch(seeking.thread_id, carrier):
            yield told
    session().rollback()


_SOUGHT = (
    select(Essay, Seeking)
    .join(Thread, Thread.essay_id == Essay.id)
    .join(Seeking, Seeking.thread_id == Thread.id)
    .order_by(Seeking.thread_id)
    .limit(1)
)


def _batch(thread_id: int, carrier: "_Carrier") -> tuple[int, int] | None:
    with transaction():
        seeking = session().get(Seeking, thread_id)
        if seeking is None or seeking.edition != carrier.edition:
            return None  # another process has ended it, or the next edition came
        batch = session().execute(_waiting(thread_id, carrier.edition, seeking.reached).limit(BATCH)).all()
        carrier.carry(batch)
        seeking.done += len(batch)
        if len(batch) < BATCH:
            session().delete(seeking)
            return seeking.total, seeking.total
        seeking.reached = batch[-1].reply_id
        return min(seeking.done, seeking.total), seeking.total


class _Carrier:
    """Carries anchors into the current edition of an essay; each older edition is compared with it once."""

    def __init__(self, essay: Essay) -> None:
        self.essay_id, self.edition = essay.id, essay.edition_number
        self.new = essays.current(essay).content
        self.index_of = {passage["id"]: index for index, passage in enumerate(self.new)}
        self.moves: dict[int, tuple[Move, dict[int, int]]] = {}

    def carry(self, anchors: Sequence[Row[*tuple[Any, ...]]]) -> None:
        """Write the placements of anchors, and the new places of their replies; inside a transaction."""
        self._compare({anchor.edition for anchor in anchors} - set(self.moves))
        found = [self._placement(anchor) for anchor in anchors]
        if found:
            session().execute(insert(Placement), found)
        moved = [
            {"its": anchor.reply_id, "there": there}
            for anchor, placement in zip(anchors, found, strict=True)
            if (there := self._place(anchor, placement)) != anchor.place
        ]
        if moved:
            its = update(Reply.__table__).where(Reply.__table__.c.id == bindparam("its"))
            session().connection().execute(its.values(place=bindparam("there")), moved)

    def _compare(self, numbers: set[int]) -> None:
        for number, old in essays.contents(self.essay_id, *numbers).items():
            move = Move([passage["text"] for passage in old], [passage["text"] for passage in self.new])
            self.moves[number] = (move, {passage["id"]: index for index, passage in enumerate(old)})

    def _placement(self, anchor: Row[*tuple[Any, ...]]) -> dict[str, Any]:
        move, index_of = self.moves[anchor.edition]
        placing = move.place(Span(index_of[anchor.passage_id], anchor.start, anchor.end))
        span = placing.span
        return {
            "reply_id": anchor.reply_id,
            "edition": self.edition,
            "state": placing.state,
            "passage_id": self.new[span.passage]["id"] if span else None,
            "start": span.start if span else 0,
            "end": span.end if span else 0,
        }

    def _place(self, anchor: Row[*tuple[Any, ...]], placement: dict[str, Any]) -> int:
        """Return where a reply stands along the essay: at its words, or at its passage when they are gone.

        One that was moved to another thread stands under no passage any more.
        """
        if anchor.stands_under is None:
            return NOWHERE
        passage_id = placement["passage_id"] or anchor.stands_under
        return place(self.index_of.get(passage_id), placement["start"])
