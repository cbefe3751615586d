from forum.accounts.models import Member
from forum.brake import actions
from forum.threads.models import Reply, Thread
from forum.threads.signals import answering


@answering.connect
def brake(what: Reply | Thread, *, by: Member, waited: bool = False) -> None:
    """Let nobody answer again before their pause is over; what has waited has made its own."""
    if isinstance(what, Reply) and not waited:
        actions.check(what, by)
