"""The cases: who sees them, in which order, who takes them, and what happens when two moderators do so at once."""

import pytest
from sqlalchemy import select

from forum.accounts.actions import roles
from forum.accounts.models import Member
from forum.core.db import session
from forum.core.rules import Refused
from forum.moderation.actions import flagging, handling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Case
from forum.moderation.queries import cases as queries
from forum.threads.actions import changing
from tests import make
from tests.together import at_once


@pytest.fixture
def flagged(cast, thread):
    """Return a function that writes something of someone's and has it flagged: the case."""

    def made(by=None, reason="wounds", who=None):
        reply = make.reply(by or cast.ada, thread, "You are all the same.")
        flagging.flag(reply, Complaint(reason, quietly=True), by=who or cast.bruno)
        make.unlimited()
        return session().scalars(select(Case).where(Case.reply_id == reply.id)).one()

    return made


def test_only_moderators_see_cases_and_never_their_own(cast, flagged, visitor, browser_of):
    case, own = flagged(), flagged(by=cast.carla)
    for client in (browser_of(cast.ada), browser_of(cast.elena)):
        for path in ("/moderation/cases", f"/moderation/cases/{case.id}"):
            assert client.get(path).status_code == 403
    assert visitor.get("/moderation/cases").status_code == 303
    carla = browser_of(cast.carla)
    listed = carla.get("/moderation/cases").text
    assert f'"/moderation/cases/{case.id}"' in listed
    assert f'"/moderation/cases/{own.id}"' not in listed
    assert carla.get(f"/moderation/cases/{own.id}").status_code == 403
    assert "bruno" in browser_of(cast.dario).get(f"/moderation/cases/{own.id}").text


def test_of_two_who_take_or_close_a_case_at_once_the_second_is_told(app, cast, flagged):
    case_id, ids, told = flagged().id, (cast.carla.id, cast.dario.id), []

    def doing(act):
        def done(by):
            def run():
                try:
                    act(session().get_one(Case, case_id), by=session().get_one(Member, by))
                except Refused as refused:
                    told.append(refused.sentence)

            return run

        return [done(by) for by in ids]

    at_once(app, *doing(handling.claim))
    assert [sentence.endswith("is looking after this case.") for sentence in told] == [True]
    session().rollback()
    case = session().get_one(Case, case_id)
    handling.release(case, by=case.claimed_by)
    told.clear()
    at_once(app, *doing(lambda case, by: make.decided(case, "nothing", by)))
    assert [sentence.endswith("has decided about this meanwhile, as you see here.") for sentence in told] == [True]


def test_whoever_has_a_part_in_a_case_stays_out_of_it_unless_they_moderate_alone(cast, flagged):
    case = flagged(who=cast.carla)
    answered = flagged()
    make.answer(cast.carla, answered.reply)
    for one, sentence in ((case, "flagged this yourself"), (answered, "written here yourself")):
        with pytest.raises(Refused, match=sentence):
            handling.claim(one, by=cast.carla)
        handling.claim(one, by=cast.dario)
        handling.release(one, by=cast.dario)
    roles.give_role(cast.ada, "admin", by=None)
    roles.give_role(cast.dario, "member", by=None)
    assert not queries.desk(flagged(by=cast.bruno, who=cast.elena), cast.carla).alone
    handling.claim(case, by=cast.carla)  # the only other one is its author
    assert case.claimed_by_id == cast.carla.id


def test_who_took_a_case_and_left_it_for_a_day_keeps_nobody_from_it(cast, flagged, later):
    case = flagged()
    handling.claim(case, by=cast.carla)
    with pytest.raises(Refused, match="carla is looking after"):
        make.decided(case, "nothing", cast.dario)
    later(hours=25)
    make.decided(case, "nothing", cast.dario)
    assert case.outcome == "nothing"


def test_the_list_is_narrowed_and_says_what_waits_too_long(cast, flagged, browser_of, later):
    old, urgent = flagged(), flagged(reason="threat")
    later(hours=30)
    new = flagged(reason="spam")
    make.unlimited()
    carla = browser_of(cast.carla)

    def shown(query=""):
        page = carla.get(f"/moderation/cases{query}").text
        return [number for number in (old.id, urgent.id, new.id) if f'"/moderation/cases/{number}"' in page], page

    assert shown()[0] == [old.id, urgent.id, new.id]
    assert shown()[1].count("waits too long") == 1, "the urgent one, after a day"
    assert shown("?reason=spam")[0] == [new.id]
    assert shown("?age=day")[0] == [old.id, urgent.id]
    assert shown("?mine=1")[0] == []
    assert shown("?state=closed&reason=nonsense&age=nonsense&state=x")[0] == []
    handling.claim(new, by=cast.carla)
    assert shown("?mine=1")[0] == [new.id]
    assert "taken by carla" in shown()[1]


def test_the_list_comes_page_by_page_the_oldest_first(cast, flagged, browser_of, monkeypatch):
    monkeypatch.setattr(queries, "SIZE", 2)
    ids = [flagged().id for _number in range(5)]
    carla, address, found = browser_of(cast.carla), "/moderation/cases", []
    while address:
        page = carla.get(address).text
        found += [number for number in ids if f'"/moderation/cases/{number}"' in page]
        address = page.partition('rel="next" href="')[2].partition('"')[0]
    assert found == ids


def test_a_case_shows_the_text_in_its_place_what_changed_and_what_is_known(cast, thread, flagged, browser_of, later):
    past = flagged()
    make.decided(past, "hide", cast.dario)
    root = make.reply(cast.elena, thread, "What came before.")
    reply = make.answer(cast.ada, root, "Quinces, all of you.")
    make.answer(cast.elena, reply, "What came after.")
    flagging.flag(reply, Complaint("wounds", words="all of you", line="Me too."), by=cast.bruno)
    changing.edit(reply, kind="asking", source="Apples, all of you.", by=cast.ada)
    case = session().scalars(select(Case).where(Case.reply_id == reply.id)).one()
    carla = browser_of(cast.carla)
    path = f"/moderation/cases/{case.id}"
    carla.post(f"{path}/notes", data={"text": "I know this tone."})
    assert carla.post(f"{path}/notes", data={"text": ""}).status_code == 422
    page = carla.get(path).text
    told = ("What came before.", "Apples", "What came after.", "Quinces", "Me too.", "I know this tone.")
    assert [words for words in told if words not in page] == []
    assert "1 of 1 led to something" in page
    assert f'"/moderation/cases/{past.id}"' in page
    later(days=400)
    assert f'"/moderation/cases/{past.id}"' not in carla.get(path).text


def test_after_closing_a_case_one_is_led_to_the_next_that_waits(cast, flagged, browser_of):
    first, second, third = flagged(), flagged(by=cast.carla), flagged()
    carla = browser_of(cast.carla)
    answer = carla.post(f"/moderation/cases/{first.id}/decisions", data={"kind": "nothing"})
    assert answer.location == f"/moderation/cases/{third.id}", f"{second.id} is about carla herself"
    assert carla.post(f"/moderation/cases/{third.id}/decisions").status_code == 422
    assert carla.post(f"/moderation/cases/{third.id}/claim").status_code == 303
    assert carla.post(f"/moderation/cases/{third.id}/release").status_code == 303
    decided = {"kind": "hide", "facts": "So it is."}
    assert carla.post(f"/moderation/cases/{third.id}/decisions", data=decided).location == "/moderation/cases"


def test_a_case_costs_so_many_statements_however_much_there_is(cast, flagged, browser_of, statements):
    carla, case = browser_of(cast.carla), flagged()
    asked = []
    for turn in range(2):
        for path in ("/moderation/cases", f"/moderation/cases/{case.id}"):
            with statements() as found:
                assert carla.get(path).status_code == 200
            asked.append(len(found))
        for number in range(5):
            make.answer(cast.ada, case.reply)
            other = flagged(who=cast.elena)
            handling.note(other, f"Note {number}", by=cast.dario)
        if not turn:
            flagging.flag(case.reply, Complaint("spam"), by=cast.elena)
    assert asked[:2] == asked[2:]
    assert asked[0] <= 5
    assert asked[1] <= 17
