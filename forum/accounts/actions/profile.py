from forum.accounts.models import Member
from forum.core.db import transaction


def edit_profile(member: Member, *, about: str, locale: str, follows_own: bool) -> None:
    with transaction():
        member.about = about
        member.locale = locale
        member.follows_own = follows_own
