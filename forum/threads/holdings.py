from flask_babel import lazy_gettext as _l

from forum.core.holdings import EMPTIED, GOES, NOBODY, Holding, hold, of_nobody
from forum.threads.actions import erasing
from forum.threads.erasing import KEPT
from forum.threads.models import Anchor, Citing, Mention, Placement, Reply, Revision, Seeking, Tally, Thread

hold(
    Holding(
        key="replies",
        group="writing",
        tables=(Reply, Anchor, Placement, Citing),
        people={"replies.author_id": NOBODY},
        title=_l("Your replies"),
        what=_l(
            "Your words, their theme and kind, the passage and the edition that you were reading, the words of it that you "
            "selected and the replies that you quoted, when you wrote and last changed it, and a fingerprint of the form, so "
            "that sending it twice makes one reply. Everyone can read what you write, search engines too. If a moderator hides "
            "it, the reason is stored with it, and only you and the moderators see the words."
        ),
        why=_l("So that others can read and answer you."),
        until=_l("Until you withdraw it."),
        leaving=_l("You choose: your words go with you, or they stay without your name."),
    )
)
hold(
    Holding(
        key="revisions",
        group="writing",
        tables=(Revision,),
        title=_l("What your replies said before"),
        what=_l(
            "Each earlier wording, with your reason if you gave one, where you changed a reply later than a quarter of an hour "
            "after writing it, or after somebody answered. Everyone can read it."
        ),
        why=_l("So that nobody's answer stands under words that they did not answer."),
        until=_l("As long as the reply."),
        leaving=_l("It goes or stays with the reply."),
    )
)
hold(
    Holding(
        key="withdrawn",
        group="writing",
        tables=(Reply,),
        title=_l("What you withdrew"),
        what=_l(
            "The words, which nobody else sees any more, moderators included. What goes with them: what the reply said before, "
            "which words it was about, whom it mentioned, and its words where others quoted them with a link. A line with the "
            "times stays, so that the answers keep their place."
        ),
        why=_l("So that you can bring it back."),
        until=_l("For %(time)s."),
        leaving=_l("It goes at once."),
        lasts=KEPT,
        purge=lambda _before: sum(erasing.erase()),
        prompt=True,
    )
)
hold(
    Holding(
        key="threads",
        group="writing",
        tables=(Thread,),
        people={"threads.author_id": EMPTIED},
        title=_l("Threads that you opened"),
        what=_l("The title, the opening text, when you wrote and last changed it. Everyone can read it."),
        why=_l("So that others can talk with you about it."),
        until=_l("As long as the thread. To take a whole one away, write to those who keep this place."),
        leaving=_l("You choose, as with your replies. The thread stays where others have written in it."),
    )
)
hold(
    Holding(
        key="mentions",
        group="writing",
        tables=(Mention,),
        people={"mentions.member_id": GOES},
        title=_l("Who was mentioned"),
        what=_l(
            "That a text of yours mentions somebody by an @ before their name, or that another's text mentions you."
        ),
        why=_l("So that who is mentioned is told of it once and no more."),
        until=_l("As long as the text."),
        leaving=_l("It goes, and your name with an @ is taken out of what others wrote."),
    )
)
of_nobody(Tally, Seeking)
