"""What a test needs of drafts."""

from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.db import session
from forum.drafts import actions
from forum.drafts.models import Draft
from forum.drafts.targets import Target
from tests.threads.sending import FROM_HERE, form_of

SCRIPT = {"Accept": "application/json", **FROM_HERE}


def begin(by: Member, target: Target, body: str = "I begin.", known: int = 0, **fields: str) -> Draft:
    """Keep a draft, as a form would."""
    draft = actions.keep(target, {"body": body, **fields}, known=known, by=by)
    assert draft
    return draft


def drafts(of: Member | None = None) -> list[Draft]:
    """Return what is kept, by anyone or by a member, in the order in which it was begun."""
    session().rollback()
    kept = select(Draft).order_by(Draft.id)
    return list(session().scalars(kept.where(Draft.member_id == of.id) if of else kept))


def bodies(of: Member | None = None) -> list[str]:
    return [draft.fields["body"] for draft in drafts(of)]


def begun(client, page, **filled):
    """Fill in a form and press its button to save a draft."""
    form = form_of(page, *filled)
    return client.post("/drafts", data={**form.fields, **filled, "keep": "1"}, headers=FROM_HERE)


def by_script(client, page, **filled):
    form = form_of(page, *filled)
    return client.post("/drafts", data={**form.fields, **filled}, headers=SCRIPT)
