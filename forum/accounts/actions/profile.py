from forum.accounts.models import Member
from forum.core.db import transaction


def edit_profile(member: Member, *, about: str, locale: str) -> None:
    with transaction():
        member.about = about
        member.locale = locale
