"""The words of a passage on its page: those that are to be replied to, and those that a reply quotes."""

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from forum.core.text import legible
from forum.essays.anchors import quoted
from forum.essays.models import PassageText
from forum.threads import queries
from forum.threads.actions.quoting import LONGEST, WordsLost, span_of
from forum.threads.forms import ReplyForm
from forum.threads.models import Thread

SELECTED = ("exact", "prefix", "suffix")
MOST = LONGEST + 1  # enough to see that it is too much
type_of_marks = dict[int, tuple[int, int]]  # by the passage's id, where its marked words begin and end


def ask(form: ReplyForm) -> None:
    """Put into the form of a passage what a reader selected to reply to, as the address has it."""
    if form.passage.data:
        for name in SELECTED:  # not by keywords: WTForms has another use for `prefix`
            form[name].data = legible(request.args.get(name, "")[:MOST])


def let_go(form: ReplyForm) -> None:
    """Make it a reply that quotes no words."""
    form.exact.data = form.prefix.data = form.suffix.data = ""


def gone(form: ReplyForm, passage: PassageText | None) -> str | None:
    """Return the sentence for a form whose words went with their passage; it is for the essay from then on."""
    if passage or not form.quote:
        return None
    let_go(form)
    return _("The passage that you quote is no longer in the text. Your reply would now stand under the whole text.")


def marked(thread: Thread, passage: PassageText | None, form: ReplyForm | None) -> tuple[type_of_marks, str | None]:
    """Return which words are marked, and the sentence that says why those in the form are not.

    A form whose words cannot be found is from then on for the whole passage.
    """
    if passage and form and form.quote:
        try:
            start, end = span_of(passage["text"], form.quote)
        except WordsLost as lost:
            let_go(form)
            return {}, lost.sentence
        whole = quoted(passage["text"], start, end)
        form.exact.data, form.prefix.data, form.suffix.data = whole.exact, whole.prefix, whole.suffix
        return {passage["id"]: (start, end)}, None
    reply_id = request.args.get("words", "")
    if not (reply_id.isascii() and reply_id.isdecimal() and len(reply_id) < 10):  # noqa: PLR2004 (ids are smaller)
        return {}, None
    words = queries.words_of(int(reply_id), thread, current_user)
    return {words.passage_id: (words.start, words.end)} if words else {}, None
