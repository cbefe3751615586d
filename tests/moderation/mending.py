"""What is flagged as wounding and to be mended, for tests."""

import re

from sqlalchemy import select

from forum.core.db import session
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Mend
from tests import make

WORDS = "You are all the same, as ever."
NOTICE = "Words of yours landed badly"


def flag(of, by, reason="wounds", **more):
    make.unlimited()
    flagging.flag(of, Complaint(reason, **more), by=by)


def last():
    return session().scalars(select(Mend).order_by(Mend.case_id.desc())).first()


def place(of):
    return f"/moderation/replies/{of.id}/mend"


def listed(client, state="open"):
    return f'"/moderation/cases/{last().case_id}"' in client.get(f"/moderation/cases?state={state}").text


def plain(page):
    return " ".join(re.sub("<[^>]*>", " ", page).split())
