"""What happens at once, with real threads and connections of their own: writers queue, so a rule that said yes stays true."""

from datetime import timedelta
from threading import local

from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import clock
from forum.core.db import session
from forum.core.log import LogEntry
from forum.core.rules import Refused
from forum.threads.actions import changing, erasing, keeping, opening, replying
from forum.threads.erasing import KEPT
from forum.threads.models import Anchor, Reply, Thread
from tests import make
from tests.cast import person
from tests.threads.test_counting import counted, kept
from tests.together import at_once

WRITERS = 12
EACH = 3


def replies() -> int:
    return session().execute(select(func.count()).select_from(Reply)).scalar_one()


def replier(thread_id: int, member_id: int, form_key: str, text: str = "At once."):
    """Return an act that writes a reply, knowing of everything only the id: as much as a request knows."""

    def write() -> int:
        thread, by = session().get_one(Thread, thread_id), session().get_one(Member, member_id)
        return replying.reply(thread, make.words(text), by=by, form_key=form_key).id

    return write


def answerer(reply_id: int, member_id: int, form_key: str):
    def write() -> int:
        answered, by = session().get_one(Reply, reply_id), session().get_one(Member, member_id)
        return replying.answer(answered, make.words("At once."), by=by, form_key=form_key).id

    return write


def writers() -> list[int]:
    ids = [person(f"writer{n}").id for n in range(WRITERS)]
    session().commit()
    return ids


def test_no_reply_slips_in_behind_a_lock(app, cast, thread):
    thread_id, carla_id = thread.id, cast.carla.id

    def insist(member_id):
        def write():
            for turn in range(EACH):
                replier(thread_id, member_id, f"turn{turn}", f"Turn {turn}.")()

        return write

    def lock():
        keeping.lock(session().get_one(Thread, thread_id), reason="Enough.", by=session().get_one(Member, carla_id))

    done = at_once(app, *map(insist, writers()), lock)
    assert all(answer is None or isinstance(answer, Refused) for answer in done)
    entry = session().execute(select(LogEntry)).scalar_one()
    newest = session().scalar(select(func.max(Reply.id))) or 0
    assert newest == entry.after_reply_id
    assert session().get_one(Thread, thread_id).reply_count == replies()
    refused = [answer for answer in done if isinstance(answer, Refused)]
    assert replies() >= EACH * (WRITERS - len(refused))
    assert all("Enough." in refusal.sentence for refusal in refused)


def test_no_answer_slips_in_behind_a_hidden_reply(app, cast, thread):
    root = make.reply(cast.ada, thread)
    root_id, carla_id = root.id, cast.carla.id

    def hide():
        keeping.hide_reply(session().get_one(Reply, root_id), reason="Off.", by=session().get_one(Member, carla_id))

    done = at_once(app, *(answerer(root_id, member_id, "one") for member_id in writers()), hide)
    assert all(answer is None or isinstance(answer, int | Refused) for answer in done)
    entry = session().execute(select(LogEntry)).scalar_one()
    assert session().scalar(select(func.max(Reply.id))) == entry.after_reply_id


def test_answers_given_at_once_have_numbers_of_their_own(app, cast, thread):
    root = make.reply(cast.ada, thread)
    root_id = root.id
    at_once(app, *(answerer(root_id, member_id, "one") for member_id in writers()))
    numbers = session().scalars(select(Reply.number).where(Reply.root_id == root_id).order_by(Reply.id)).all()
    assert list(numbers) == list(range(1, WRITERS + 1))
    assert session().get_one(Reply, root_id).answer_count == WRITERS


def test_one_form_sent_six_times_at_once_is_one_reply(app, cast, thread):
    ids = at_once(app, *[replier(thread.id, cast.ada.id, "same")] * 6)
    assert len(set(ids)) == replies() == make.essay_thread().reply_count == 1


def test_two_forms_with_the_same_words_at_once_are_two_replies(app, cast, thread):
    ids = at_once(app, *(replier(thread.id, cast.ada.id, key) for key in ("one", "two")))
    assert len(set(ids)) == replies() == 2


def test_one_form_sent_six_times_at_once_opens_one_thread(app, cast):
    ada_id = cast.ada.id

    def open_thread() -> int:
        ada = session().get_one(Member, ada_id)
        return opening.open_thread(make.theme(), title="Once", source="Only once.", by=ada, form_key="same").id

    assert len(set(at_once(app, *[open_thread] * 6))) == 1
    assert make.theme().thread_count == 1


def test_a_reply_withdrawn_and_hidden_at_once_is_subtracted_once(app, cast, thread):
    reply = make.reply(cast.ada, thread)
    reply_id, ada_id, carla_id = reply.id, cast.ada.id, cast.carla.id

    def withdraw():
        changing.withdraw(session().get_one(Reply, reply_id), by=session().get_one(Member, ada_id))

    def hide():
        keeping.hide_reply(session().get_one(Reply, reply_id), reason="Off.", by=session().get_one(Member, carla_id))

    at_once(app, withdraw, hide, withdraw, hide)
    assert (make.essay_thread().reply_count, make.theme().reply_count) == (0, 0)
    assert session().get_one(Reply, reply_id).state == "withdrawn"


def test_whatever_is_done_at_once_to_a_reply_that_is_taken_back_the_counts_hold(app, cast, thread):
    reply = make.reply(cast.ada, thread, "Taken back.", passage=1, quote="both banks")
    reply_id, ada_id, carla_id = reply.id, cast.ada.id, cast.carla.id

    def act(does):
        return lambda: does(session().get_one(Reply, reply_id), by=session().get_one(Member, ada_id))

    def hide():
        keeping.hide_reply(session().get_one(Reply, reply_id), reason="Off.", by=session().get_one(Member, carla_id))

    answers = [answerer(reply_id, member_id, "one") for member_id in writers()[:3]]
    mine = [act(does) for does in (changing.withdraw, changing.bring_back)] * 3
    done = at_once(app, *mine, hide, *answers, lambda: list(erasing.erase()))
    assert [raised for raised in done if isinstance(raised, Exception) and not isinstance(raised, Refused)] == []
    assert done[-1] == []
    assert kept() == counted()
    reply = session().get_one(Reply, reply_id)
    assert (reply.source, reply.answer_count) == ("Taken back.", sum(isinstance(one, int) for one in done))
    assert reply.state_reason or reply.state != "hidden"


def test_what_is_brought_back_at_the_last_moment_is_whole_or_erased(app, cast, thread, monkeypatch):
    reply = make.reply(cast.ada, thread, "Taken back.", passage=1, quote="both banks")
    changing.withdraw(reply, by=cast.ada)
    reply_id, ada_id, end, of_this_thread = reply.id, cast.ada.id, reply.state_at + KEPT, local()
    monkeypatch.setattr(clock, "now", lambda: of_this_thread.at)

    def bring_back():
        of_this_thread.at = end - timedelta(seconds=1)
        changing.bring_back(session().get_one(Reply, reply_id), by=session().get_one(Member, ada_id))

    def erase():
        of_this_thread.at = end
        return sum(erasing.erase())

    returned, *erased = at_once(app, bring_back, erase, erase)
    came_back = not isinstance(returned, Refused)
    reply = session().get_one(Reply, reply_id)
    assert sum(erased) == (not came_back)
    assert (reply.state, reply.source) == (("standing", "Taken back.") if came_back else ("withdrawn", ""))
    assert bool(session().get(Anchor, reply_id)) == came_back
    assert kept() == counted()


def test_a_thread_locked_at_once_by_two_has_one_lock(app, cast, thread):
    thread_id = thread.id

    def lock(member_id):
        return lambda: keeping.lock(
            session().get_one(Thread, thread_id), reason="Enough.", by=session().get_one(Member, member_id)
        )

    done = at_once(app, lock(cast.carla.id), lock(cast.dario.id))
    assert sum(isinstance(answer, Refused) for answer in done) == 1
    assert session().execute(select(func.count()).select_from(LogEntry)).scalar_one() == 1
