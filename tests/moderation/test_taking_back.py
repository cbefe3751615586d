"""Who takes a decision back by restoring or unlocking what it hid or locked."""

from sqlalchemy import select

from forum.core.db import session
from forum.moderation.actions import flagging
from forum.moderation.actions.flagging import Complaint
from forum.moderation.models import Decision
from forum.moderation.queries import flags
from forum.threads.models import HIDDEN, STANDING
from tests import make
from tests.moderation.deciding import case_of


def test_nobody_takes_back_by_the_quick_way_what_they_may_not_take_back(cast, house, own, browser_of):
    told = make.reply(cast.carla, own, "I will come by, too.")
    talk = make.thread(cast.carla, title="What I saw")
    ways = {f"/replies/{told.id}/restore": case_of(told, cast.bruno), f"/threads/{talk.id}-{talk.slug}/unlock": None}
    make.decided(ways[f"/replies/{told.id}/restore"], "hide", cast.dario)
    flagging.flag(talk, Complaint("wounds"), by=cast.bruno)
    make.unlimited()
    make.decided(flags.open_case(flags.target(talk, cast.dario)), "lock", cast.dario)
    for path in ways:
        kept = browser_of(cast.carla).post(path, data={"reason": "It was fine, I think."})
        assert kept.status_code == 403, path
        assert browser_of(cast.elena).post(path, data={"reason": "It was fine."}).status_code == 403, path
    session().expire_all()
    assert (told.state, talk.locked) == (HIDDEN, True)
    assert [one.undone_at for one in session().scalars(select(Decision))] == [None, None]
    for path in ways:
        assert browser_of(cast.dario).post(path, data={"reason": "I was wrong."}).status_code == 303, path
    session().expire_all()
    assert (told.state, talk.locked) == (STANDING, False)
    assert all(one.undone_at for one in session().scalars(select(Decision)))
