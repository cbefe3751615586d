"""What a form and its draft know of each other: the draft fills the form, and the form says which draft it goes on with."""

from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask_login import current_user
from wtforms import SelectField

from forum.core.forms import Form
from forum.drafts import queries
from forum.drafts.forms import sequence
from forum.drafts.models import Draft
from forum.drafts.targets import Target, in_thread, parse


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What a form carries: what a draft of it is for, and the number of the one that it goes on with, 0 for none.

    `id` and `changed_at` are those of the draft that the form was filled with.
    """

    target: str
    sequence: int = 0
    id: int = 0
    changed_at: datetime | None = None


def restore(form: Form, target: Target) -> FormDraft:
    """Fill a form that is opened with what the reader has begun; one that was sent holds what they wrote last."""
    if form.is_submitted():
        return FormDraft(str(parse(request.form.get("draft", "")) or target), sent())
    return _fill(form, target, queries.at(target, current_user) if current_user.draft_count else None)


def to_thread(form: Form, thread_id: int) -> FormDraft:
    """The same for a reply to a thread.

    What was begun for another passage, or other words of it, is filled in where the address names the draft (`?draft=5`).
    """
    target = in_thread(thread_id, form["passage"].data or "", form["exact"].data or "")
    asked = request.args.get("draft", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 10 and current_user.draft_count:  # noqa: PLR2004 (as any key)
        draft = queries.own(int(asked), current_user)
        if draft and draft.thread_id == thread_id and not form.is_submitted():
            return _fill(form, target, draft)
    return restore(form, target)


def sent() -> int:
    """Return the number of the draft that the form of this request goes on with, 0 for none."""
    return sequence(request.form)


def _fill(form: Form, target: Target, draft: Draft | None) -> FormDraft:
    if draft is None:
        return FormDraft(str(target))
    for name, value in draft.fields.items():
        # The passage is that of the page; a choice may be offered no more.
        if name in form and name != "passage" and _fits(form[name], value):
            form[name].data = value
    return FormDraft(draft.target, draft.sequence, draft.id, draft.changed_at)


def _fits(field: object, value: str) -> bool:
    return not isinstance(field, SelectField) or value in {choice.value for choice in field.choices or ()}
