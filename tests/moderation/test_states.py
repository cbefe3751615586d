"""What each place shows of a reply, in each state it can have, to each reader. Who may do what in each state stands in the tables
of the rules (tests/rules_table.py)."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from forum.core.db import session
from forum.moderation.actions import removing
from forum.threads.actions import arranging, changing, keeping
from forum.threads.arrangement import NONE
from forum.waiting import actions as waiting
from tests import make
from tests.cast import person
from tests.moderation.deciding import case_of
from tests.threads.sending import FROM_HERE

WORD = "quincequince"
IN_FOLD = re.compile(r'<details class="folded">.*?</details>', re.DOTALL)
STATES = ("waiting", "standing", "folded", "hidden", "withdrawn", "removed", "members only")
READERS = {
    "visitor": "others",
    "bruno": "others",
    "elena": "told",
    "ada": "author",
    "carla": "staff",
    "dario": "staff",
}
QUOTES = "bruno"  # in whose own text the words stand, too: as he wrote it, it is his to have
# Of the words: "o" they are open, "f" behind a fold, "-" not there. In the order of STATES. In the last one, the reply stands in a
# thread for members only, of which "others" tells what members see.
TABLE = {
    "/threads/{thread}": "                   others -of---o  author -of---o  staff -ofo--o",
    "/threads/{thread}?order=newest": "      others -of---o  author -of---o  staff -ofo--o",
    "/threads/{thread}?passage=p2": "        others -of----  author -of----  staff -ofo---",
    "/threads/{thread}?theme=mistrust": "    others -of---o  author -of---o  staff -ofo--o",
    "/replies/{reply}": "                    others -of---o  author -of---o  staff -ofo--o",
    "/replies/{reply}/answers": "            others -of---o  author -ofo--o  staff -ofo--o",
    "/replies/{reply}/revisions": "          others -o----o  author -o----o  staff -ooo--o",
    "/replies/{reply}/return": "             others -------  author ----o--  staff -------",
    "/replies/{quoting}/answers": "          others -o-----  author -o-----  staff -o-----",
    "/moderation/replies/{reply}/flag": "    others -of---o  author -------  staff -of---o",
    "/moderation/cases/{case}": "            others -------  author -------  staff -ofo-o-",
    "/moderation/flags": "                   others -------  author -------  staff -------",
    "/moderation/log": "                     others -------  author -------  staff -------",
    "/waiting": "                            others -------  author o------  staff o------",
    "/waiting/{waits}": "                          others -------  author o------  staff o------",
    "/": "                                   others -------  author -------  staff -------",
    "/threads": "                            others -------  author -------  staff -------",
    "/themes/mistrust": "                    others -o----o  author -o----o  staff -o----o",
    "/members/ada": "                        others -o----o  author -o----o  staff -o----o",
    "/search?q=quincequ*": "                 others -o----o  author -o----o  staff -o----o",
    "/threads/{number}/arrivals?after=0": "  others -------  author -------  staff -------",
    "/feeds/forum.atom": "                   others -o-----  author -o-----  staff -o-----",
    "/feeds/threads/{number}.atom": "        others -o-----  author -o-----  staff -o-----",
    "/feeds/themes/mistrust.atom": "         others -o-----  author -o-----  staff -o-----",
    "/feeds/members/ada.atom": "             others -o-----  author -o-----  staff -o-----",
    "/sitemap.xml": "                        others -------  author -------  staff -------",
    "/notices": "                           others -------  author -------  staff -------  told -o----o",
    "/drafts": "                             others -------  author -------  staff -------",
    "the export": "                          others -------  author ooooooo  staff -------",
}


@pytest.fixture
def clients(cast, visitor, browser_of):
    return {"visitor": visitor, **{name: browser_of(getattr(cast, name)) for name in READERS if name != "visitor"}}


def quoting(by, thread, reply):
    return make.reply(by, thread, f"> [ada](/replies/{reply.id}):\n>\n> @elena You are {WORD} all.\n\nAm I?").id


def through_all(app, cast, thread):
    """Lead a reply through STATES; yield each, with what the addresses are made of."""
    at = {"thread": f"{thread.id}-{thread.slug}", "number": thread.id, "reply": 0, "quoting": 0, "case": 0}
    app.config["NEWCOMERS"] = "wait"
    waits = waiting.reply(thread, make.words(f"@elena You are {WORD} all.", passage=2), by=cast.ada, form_key="first")
    at["waits"] = waits.id
    yield "waiting", at
    reply = waiting.approve(waits, by=cast.carla)
    app.config["NEWCOMERS"] = "open"
    farid = person("farid")
    session().commit()
    case = case_of(reply, farid, "spam")
    at |= {"reply": reply.id, "quoting": quoting(cast.bruno, thread, reply), "case": case.id}
    yield "standing", at
    keeping.fold_reply(reply, reason="Too hot.", by=cast.carla)
    yield "folded", at
    keeping.hide_reply(reply, reason="No.", by=cast.carla)
    yield "hidden", at
    keeping.restore_reply(reply, reason="Yes.", by=cast.carla)
    changing.withdraw(reply, by=cast.ada)
    yield "withdrawn", at
    changing.bring_back(reply, by=cast.ada)
    removing.remove(reply, reason="No.", by=cast.carla)
    yield "removed", at
    own = make.thread(farid)
    reply = make.reply(cast.ada, own, f"@elena You are {WORD} all.")
    arranging.arrange(own, {**NONE, "members_only": True}, reason="Among us.", by=cast.carla)
    at |= {"thread": f"{own.id}-{own.slug}", "number": own.id, "reply": reply.id, "case": 0}
    at["quoting"] = quoting(cast.bruno, thread, reply)
    yield "members only", at


def shown(client, path):
    """Return how a page shows WORD, wherever it stands: in its text, in what it tells link previews, in its feed."""
    make.unlimited()
    answer = client.get(path, follow_redirects=path.startswith("/replies/"))
    if answer.status_code != 200 or WORD not in answer.text:
        return "-"
    return "o" if WORD in IN_FOLD.sub("", answer.text) else "f"


def exported(client):
    make.unlimited()
    answer = client.post("/rights/download", headers=FROM_HERE, buffered=True)
    if answer.status_code != 200:
        return "-"
    with ZipFile(BytesIO(answer.data)) as file:
        return "o" if WORD in file.read("data.json").decode() else "-"


def _told(row, reader):
    return row.get(reader, row["others"])


def test_every_place_shows_every_reader_what_the_state_of_a_reply_lets_it(app, cast, thread, clients, monkeypatch):
    monkeypatch.setitem(app.config, "NEWCOMERS", "wait")  # put back afterwards, whatever it is on the way
    wanted = {place: dict(zip(*[iter(row.split())] * 2, strict=True)) for place, row in TABLE.items()}
    for number, (state, at) in enumerate(through_all(app, cast, thread)):
        assert state == STATES[number]
        for name, client in clients.items():
            outside = state == "members only" and name == "visitor"
            places = [place for place in TABLE if (place, name) != ("the export", QUOTES)]
            found = {p: exported(client) if p == "the export" else shown(client, p.format(**at)) for p in places}
            assert found == {p: "-" if outside else _told(wanted[p], READERS[name])[number] for p in places}, (
                state,
                name,
            )
