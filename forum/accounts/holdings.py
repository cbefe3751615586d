from flask_babel import lazy_gettext as _l

from forum.accounts.actions import entering, tickets
from forum.accounts.models import Facilitation, LoginSession, Member, Mute, Ticket
from forum.core.holdings import DAY, EMPTIED, GOES, Holding, hold

hold(
    Holding(
        key="profile",
        group="account",
        tables=(Member,),
        title=_l("You"),
        what=_l(
            "Your name, which need not be the one on your papers; your e-mail address; your password, only as a fingerprint "
            "(argon2id) out of which it cannot be read again; the line about you, the language of your pages, your role, the "
            "day you registered. Everyone sees the name, the line, the day and the role; no page shows the address to anyone."
        ),
        why=_l("So that you can log in, and others know whom they talk with. The forum sends no mail."),
        until=_l("As long as you have an account."),
        leaving=_l("It goes. Where the log has your number, an empty row with that number stays."),
    )
)
hold(
    Holding(
        key="sessions",
        group="account",
        tables=(LoginSession,),
        people={"sessions.member_id": GOES},
        title=_l("Where you are logged in"),
        what=_l(
            "Browser and system in two words, such as “Firefox, Linux”, since when, and until when. The cookie that keeps you "
            "logged in carries a secret, of which only a fingerprint is stored."
        ),
        why=_l("So that you can stay logged in, and end each login from your settings."),
        until=_l("Until you log out, or end it, or it runs out: after 7 days, or after 60 if you asked to stay."),
        leaving=_l("It goes at once, everywhere."),
        lasts=DAY,
        purge=lambda _before: entering.expire(),
    )
)
hold(
    Holding(
        key="tickets",
        group="account",
        tables=(Ticket,),
        people={"tickets.member_id": GOES, "tickets.made_by_id": EMPTIED},
        title=_l("One-time links"),
        what=_l(
            "For an invitation or a new password: a fingerprint of the link, whom it is for, who made it, and until when."
        ),
        why=_l("So that whoever holds the link gets in by it, once."),
        until=_l("Until it is used or has run out, and at most a day more."),
        leaving=_l("Those for you go; invitations that you gave stay good, and nobody knows any more whose they were."),
        lasts=DAY,
        purge=lambda _before: tickets.expire(),
    )
)
hold(
    Holding(
        key="mutes",
        group="account",
        tables=(Mute,),
        people={"mutes.muter_id": GOES, "mutes.muted_id": GOES},
        title=_l("Whom you have muted"),
        what=_l("Their names. Only you see the list, and nobody is told."),
        why=_l("So that their words are folded for you."),
        until=_l("Until you end it, in your settings."),
        leaving=_l("It goes, and so does what others had muted of you."),
    )
)
hold(
    Holding(
        key="facilitations",
        group="account",
        tables=(Facilitation,),
        people={"facilitations.member_id": GOES},
        title=_l("Themes that you look after"),
        what=_l("Which ones. Everyone sees it on your page."),
        why=_l("So that you may lock and pin their threads."),
        until=_l("As long as you look after them."),
        leaving=_l("It goes."),
    )
)
