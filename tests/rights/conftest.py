"""One admin of whom there is something in everything that is kept."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from forum.accounts.actions import muting, roles, tickets
from forum.accounts.models import ADMITTED, PROOF, Admission
from forum.commitments.actions.committing import Words
from forum.commitments.actions.telling import Told
from forum.core.db import session
from forum.drafts import actions as drafts
from forum.drafts.targets import in_thread
from forum.essays.actions import publish
from forum.listening import actions as listening
from forum.moderation.actions import appealing, flagging, handling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case, Flag, Mend, Note
from forum.notices.actions import levels, seeing
from forum.pages import actions as house
from forum.rules import actions as rules
from forum.rules import queries as rules_queries
from forum.threads.actions import changing, keeping
from forum.threads.citations import quotation
from forum.threads.models import Reply, Thread
from forum.waiting import actions as waiting
from forum.waiting.models import FIRST
from tests import make
from tests.accounts.second_factor import set_up
from tests.cast import PASSWORD
from tests.commitments.noted import commitment, note, signed


@pytest.fixture
def dario(cast, thread, browser_of):
    """An admin of whom there is something of everything; bruno's and carla's words stand beside it."""
    muting.mute(cast.carla, by=cast.dario)
    roles.appoint(cast.dario, make.theme().id, by=cast.dario)
    tickets.invite(cast.dario)
    opened = make.thread(cast.dario, title="Marmalade", text="Quinces <b>first</b>.")
    reply = make.aged(make.reply(cast.dario, thread, "Persimmons, five.", passage=1, quote="both banks"))
    asked = make.reply(cast.bruno, opened, "Medlars? @dario")
    make.answer(cast.dario, asked, "Sloes.")
    for word in ("Persimmons, six.", "Persimmons, seven."):
        changing.edit(reply, kind="lived", source=word, by=cast.dario, reason="I counted.")
    changing.withdraw(make.reply(cast.dario, thread, "Rowan."), by=cast.dario)
    keeping.hide_reply(make.reply(cast.dario, thread, "Barberries."), reason="Too sour.", by=cast.carla)
    drafts.keep(in_thread(thread.id), {"body": "Cornelian cherries"}, known=0, by=cast.dario)
    seeing.see(cast.dario.id, "thread", opened.id, [asked.id])
    levels.choose("thread", opened.id, "mute", by=cast.dario)
    drafts.keep(in_thread(thread.id), {"body": "Hawthorn"}, known=0, by=cast.bruno)
    keeping.lock(opened, reason="We eat.", by=cast.dario)
    publish(replace(make.ESSAY, note="anew"), by=cast.dario, into=thread.essay)
    rules.begin()
    known = rules_queries.version()
    rules.change({**known.sources, "en": known.sources["en"] + "\nOurs."}, note="One more.", known=1, by=cast.dario)
    waiting.hold(thread, None, make.words("Whortleberries."), by=cast.dario, form_key="a form", draft=0, why=FIRST)
    flagging.flag(asked, Complaint("wounds", line="It hurts."), by=cast.dario)
    flagging.flag(reply, Complaint("wounds", line="Not this."), by=cast.bruno)
    for case in session().scalars(select(Case)).all():
        handling.note(case, "I know them." if case.author_id == cast.bruno.id else "Hm.", by=cast.carla)
        make.decided(case, "nothing", cast.carla)
    mine = session().scalars(select(Flag).where(Flag.member_id == cast.dario.id)).one()
    appealing.appeal_as_reporter(mine, "Please look again.", by=cast.dario)
    session().add(Note(case_id=case.id, by_id=cast.dario.id, text="I leave it to you.", at=case.opened_at))
    session().add(Admission(member_id=cast.dario.id, cause=PROOF, state=ADMITTED, asked_at=case.opened_at))
    session().commit()
    house.edit("about", "en", "Ours.", by=cast.dario)
    commitment(cast.dario, Words("azaroles", "azaroles", "azaroles"))
    note(cast.dario, Told("Loquats.", "Loquats.", ""))
    note(cast.dario, signed())
    listening.listen(thread, by=cast.dario)
    _app, codes = set_up(cast.dario)
    client = browser_of(cast.dario)
    client.code = codes[0]
    return client


@pytest.fixture
def entangled(app, dario, cast, thread):
    """Dario's browser, where others have to do with him in each way that there is."""
    own, _answer = session().scalars(select(Reply).where(Reply.author_id == cast.dario.id).order_by(Reply.id).limit(2))
    roles.give_role(cast.elena, "admin", by=cast.dario)
    roles.give_role(cast.dario, "admin", by=cast.elena)
    roles.dismiss(cast.dario, make.theme().id, by=cast.elena)
    roles.appoint(cast.dario, make.theme().id, by=cast.elena)
    muting.mute(cast.dario, by=cast.ada)
    tickets.reset_ticket(cast.dario)
    citing = make.aged(make.reply(cast.ada, thread, quotation("dario wrote", own.id, own.source) + "Five, then?"))
    changing.edit(citing, kind="thinking", source=f"{citing.source}\nDare I say so, @dario?", by=cast.ada)
    once = make.aged(make.reply(cast.ada, thread, quotation("dario wrote", own.id, own.source) + "Six?"))
    changing.edit(once, kind="asking", source="Six, I think.", by=cast.ada)
    make.answer(cast.bruno, own, "As @Dario says: `@dario`.")
    make.thread(cast.ada, title="A bowl", text="For @dario, and for all.")
    cited = quotation("dario wrote", own.id, own.source)
    drafts.keep(in_thread(thread.id), {"body": f"{cited}Oh, @dario!"}, known=0, by=cast.ada)
    waiting.hold(thread, None, make.words(f"{cited}I thank @dario."), by=cast.ada, form_key="hers", draft=0, why=FIRST)
    flagging.flag(cast.dario, Complaint("spam"), by=cast.bruno)
    flagging.flag(citing, Complaint("wounds", words="@dario"), by=cast.bruno)
    mend = session().scalars(select(Mend).order_by(Mend.case_id.desc()).limit(1)).one()
    mend.asked_by_id = mend.against_by_id = cast.dario.id
    session().commit()
    handling.claim(session().scalars(select(Case).where(Case.reply_id == citing.id)).one(), by=cast.dario)
    opened = session().scalars(select(Thread).where(Thread.title == "Marmalade")).one()
    flagging.flag(opened, Complaint("spam"), by=cast.bruno)
    case = session().scalars(select(Case).where(Case.thread_id == opened.id)).one()
    decision = make.decided(case, "nothing", cast.carla, facts="dario counts.")
    flag = session().scalars(select(Flag).where(Flag.case_id == case.id)).one()
    appealing.appeal_as_reporter(flag, "As I say.", by=cast.bruno).decided_by_id = cast.dario.id
    decision.by_id = decision.undone_by_id = decision.member_id = cast.dario.id
    session().commit()
    app.test_client().post("/login", data={"login": "dario", "password": PASSWORD})  # and no code yet
    return dario
