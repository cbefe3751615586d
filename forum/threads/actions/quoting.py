"""A reply to the words of a passage: finding them while it is written."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete

from forum.core.db import session
from forum.essays import queries as essays
from forum.essays.anchors import PLACED, Quote, locate, quoted
from forum.threads.models import Anchor, Placement, Reply, Thread
from forum.threads.places import place

LONGEST = 600  # characters of quoted words


class WordsLost(Exception):  # noqa: N818 (it is an answer, not a fault)
    """The quoted words cannot be found; `sentence` says so, in the reader's language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def span_of(text: str, quote: Quote) -> tuple[int, int]:
    """Return where a reader's selection stands in a passage. Raises WordsLost."""
    if len(quote.exact) > LONGEST:
        raise WordsLost(
            _(
                "You selected more than %(most)s characters. Your reply would now stand under the whole passage.",
                most=LONGEST,
            )
        )
    span = locate(text, quote)
    if span is None:
        raise WordsLost(
            _("The words that you selected cannot be found here. Your reply would now stand under the whole passage.")
        )
    return span


def stand(reply: Reply, thread: Thread, quote: Quote | None) -> None:
    """Give a new reply its place along the essay, and its anchor if it quotes words; inside a transaction.

    Raises WordsLost.
    """
    if reply.passage_id is None or reply.root_id is not None or thread.essay is None:
        return
    edition = essays.current(thread.essay)
    texts = {passage["id"]: (index, passage["text"]) for index, passage in enumerate(edition.content)}
    index, text = texts.get(reply.passage_id, (None, ""))
    start = 0
    if quote and quote.exact:
        start, end = span_of(text, quote)
        words = quoted(text, start, end)
        anchor = Anchor(
            reply_id=reply.id,
            thread_id=thread.id,
            essay_id=thread.essay.id,
            edition=edition.number,
            passage_id=reply.passage_id,
            start=start,
            end=end,
            exact=words.exact,
            prefix=words.prefix,
            suffix=words.suffix,
        )
        session().add(anchor)
        session().flush()
        session().add(_placement(anchor))
    reply.place = place(index, start)


def _placement(anchor: Anchor) -> Placement:
    return Placement(
        reply_id=anchor.reply_id,
        edition=anchor.edition,
        state=PLACED,
        passage_id=anchor.passage_id,
        start=anchor.start,
        end=anchor.end,
    )


def forget(reply_ids: Sequence[int]) -> None:
    """Take away what replies quoted, with their words; inside a transaction."""
    for table in (Placement, Anchor):
        session().execute(delete(table).where(table.reply_id.in_(reply_ids)))
