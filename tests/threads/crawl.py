"""Everything that a reader can ask for: each page's address with everything that stands in the database, and every link."""

import re
from html import unescape
from itertools import product

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.accounts.models import Member
from forum.commitments.models import Commitment, FieldNote
from forum.core.config import LOCALES
from forum.core.db import session
from forum.drafts.models import Draft
from forum.moderation.models import Appeal, Case, Decision, Flag
from forum.themes.models import Theme
from forum.threads.models import Reply, Thread

LINK = re.compile(r'href="(/[^"#]*)')
# A language stays chosen; style sheets and doors say nothing of anyone.
LEFT_OUT = ("/static/", "/language/", "/favicon.ico", "/login", "/register")


def addresses(app: Flask) -> set[str]:
    """Return the address of every page, for each thread, reply, theme and member there is."""
    known = {
        "reference": [str(key) for key in session().scalars(select(Thread.id))],
        "thread_id": [str(key) for key in session().scalars(select(Thread.id))],
        "reply_id": [str(key) for key in session().scalars(select(Reply.id))],
        "key": list(session().scalars(select(Theme.key))),
        "name": [*session().scalars(select(Member.name)), "about", "rules", "privacy", "help"],
        "locale": list(LOCALES),
        "token": ["nobody-knows"],
        "edition": ["1"],
        "number": ["0", "1"],
        "case_id": [str(key) for key in session().scalars(select(Case.id))],
        "commitment_id": [str(key) for key in session().scalars(select(Commitment.id))],
        "note_id": [str(key) for key in session().scalars(select(FieldNote.id))],
        "appeal_id": [str(key) for key in session().scalars(select(Appeal.id))],
        "flag_id": [str(key) for key in session().scalars(select(Flag.id))],
        "decision_id": [str(key) for key in session().scalars(select(Decision.id))],
        "draft_id": [str(key) for key in session().scalars(select(Draft.id))],
    }
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.rule.startswith(LEFT_OUT):
            names = sorted(rule.arguments)
            for values in product(*(known[name] for name in names)):
                path = rule.rule
                for name, value in zip(names, values, strict=True):
                    path = re.sub(rf"<(\w+:)?{name}>", value, path)
                found.add(path)
    return found


def crawl(client: FlaskClient, start: set[str]) -> dict[str, str]:
    """Return what this reader is shown at each address, and at each that is linked from there or redirected to."""
    waiting, seen = sorted(start), {}
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(LEFT_OUT):
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        seen[address] = answer.text + answer.headers.get("Location", "")
        waiting += [unescape(link) for link in LINK.findall(answer.text)]
        if 300 <= answer.status_code < 400 and answer.headers["Location"].startswith("/"):
            waiting.append(answer.headers["Location"].partition("#")[0])
    return seen
