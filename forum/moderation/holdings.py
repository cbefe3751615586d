from datetime import timedelta

from flask_babel import lazy_gettext as _l

from forum.core.holdings import EMPTIED, GOES, STAYS, YEAR, Holding, hold, of_nobody
from forum.core.log import LogEntry
from forum.moderation.actions import forgetting, handling
from forum.moderation.models import Appeal, Case, Decision, Flag, Mend, MonthlySum, Note
from forum.moderation.queries import held

hold(
    Holding(
        key="log",
        group="house",
        tables=(LogEntry,),
        people={"log_entries.actor_id": STAYS, "log_entries.member_id": STAYS},
        title=_l("The log"),
        what=_l(
            "What moderators, facilitators and admins do: the act, the reply, thread or member that it was done to, the reason, "
            "and who did it. The public log shows their role and a mark, and names no member."
        ),
        why=_l("So that those who keep this place answer for it: no entry can be changed or deleted unnoticed."),
        until=_l(
            "For good. Words that name someone who should not be named can be taken out: write to those who keep this place."
        ),
        fields={
            "number": _l("Number"),
            "at": _l("When"),
            "act": _l("What was done"),
            "role": _l("By whom"),
            "reason": _l("Reason"),
            "detail": _l("More"),
            "until": _l("Until"),
            "place": _l("Where"),
        },
        told=held.log,
        leaving=_l(
            "Entries stay, with the number of an account that is empty then. Those about a thread of yours may hold a title that it "
            "had before."
        ),
    )
)
hold(
    Holding(
        key="flags",
        group="writing",
        tables=(Flag,),
        people={"flags.member_id": EMPTIED},
        also={"flags.member_id": ("name", "email", "line", "ground", "receipt")},
        steps=(forgetting.unname,),
        title=_l("What you flag"),
        what=_l(
            "Your reason, the words you marked, your line, and when. Of something unlawful also why it is so, and a name and an "
            "e-mail address if they are given. Only you and moderators see it. A report without an account is found only by the "
            "secret address of its receipt."
        ),
        why=_l("So that a moderator can look at it, and you can see what became of it."),
        until=_l("For %(time)s after the case was closed. That something was flagged, and for which reason, stays."),
        fields={
            "reason": _l("Reason"),
            "words": _l("Words that you marked"),
            "line": _l("Your line"),
            "ground": _l("Why it is against the law"),
            "name": _l("Your name"),
            "email": _l("Your e-mail address"),
            "at": _l("When"),
            "place": _l("Where"),
            "outcome": _l("What came of it"),
        },
        told=held.of_flags,
        leaving=_l("That something was flagged stays, and for which reason. Who you are and what you said of it goes."),
        lasts=timedelta(days=90),
        purge=forgetting.forget_persons,
    )
)
hold(
    Holding(
        key="cases",
        group="house",
        tables=(Case,),
        people={"cases.author_id": EMPTIED, "cases.member_id": GOES, "cases.claimed_by_id": EMPTIED},
        also={"cases.claimed_by_id": ("claimed_at",)},
        steps=(handling.leave,),
        title=_l("What others flag of yours"),
        what=_l(
            "The words as they stood when they were flagged, when that was, and what came of it. Moderators see it."
        ),
        why=_l("So that a moderator can decide, and you can say that they were wrong."),
        until=_l(
            "The words for %(time)s after the case was closed, or until then where you have them erased. That there was a case "
            "stays."
        ),
        fields={
            "opened": _l("Opened"),
            "closed": _l("Closed"),
            "outcome": _l("What came of it"),
            "place": _l("Where"),
            "wordings": _l("The words as they stood"),
        },
        told=held.of_cases,
        leaving=_l(
            "It stays without your name, and of words that you take along only until an open case is closed. What was flagged of "
            "your profile goes."
        ),
        lasts=timedelta(days=183),
        purge=forgetting.forget_wordings,
    )
)
hold(
    Holding(
        key="mends",
        group="house",
        tables=(Mend,),
        people={"mends.asked_by_id": EMPTIED, "mends.against_by_id": EMPTIED},
        title=_l("What you are asked to mend"),
        what=_l(
            "That words of yours landed badly, what you answered, and why, if you stand by them. Moderators see it."
        ),
        why=_l("So that you can mend it before anyone decides."),
        until=_l(
            "Your reason for %(time)s after the case was closed, or until then where you have the words erased. That you were "
            "asked, and how you answered, stays with the case."
        ),
        fields={
            "asked_at": _l("Asked"),
            "answer": _l("Your answer"),
            "answered_at": _l("Answered"),
            "reason": _l("Your reason"),
            "place": _l("Where"),
        },
        told=held.of_mends,
        leaving=_l("It stays with the case, without your name."),
        lasts=timedelta(days=183),
        purge=forgetting.forget_answers,
    )
)
hold(
    Holding(
        key="case_notes",
        group="house",
        tables=(Note,),
        people={"case_notes.by_id": EMPTIED},
        title=_l("Notes between moderators"),
        what=_l("What a moderator tells the others about a case, and when. Only moderators see it."),
        why=_l("So that several can look after a case."),
        until=_l("For as long as the case."),
        fields={"case": _l("Case"), "text": _l("Text"), "at": _l("When")},
        told=held.of_notes,
        leaving=_l("They stay without your name."),
    )
)
hold(
    Holding(
        key="decisions",
        group="house",
        tables=(Decision,),
        people={
            "decisions.by_id": EMPTIED,
            "decisions.author_id": EMPTIED,
            "decisions.member_id": EMPTIED,
            "decisions.undone_by_id": EMPTIED,
        },
        title=_l("What was decided about you"),
        what=_l(
            "What a moderator decided about your texts or about you: the kind, the rule, what happened, from when until when, and "
            "whether it was taken back. You and moderators see it; whoever flagged it is told the kind."
        ),
        why=_l("So that you know why and can appeal, and so that it can be taken back."),
        until=_l("For good; what happened, in words, for %(time)s, and for as long as a ban lasts."),
        fields={
            "kind": _l("What was decided"),
            "by": _l("By whom"),
            "rule": _l("By which rule"),
            "facts": _l("What happened"),
            "note": _l("Note beside the reply"),
            "scope": _l("What it covers"),
            "at": _l("When"),
            "until": _l("Until"),
            "undone_at": _l("Taken back"),
            "undone_reason": _l("Reason"),
            "place": _l("Where"),
        },
        told=held.of_decisions,
        also={"decisions.author_id": ("facts",)},
        leaving=_l("It stays without your name, and without the words on what happened."),
        lasts=YEAR,
        purge=forgetting.forget_facts,
    )
)
hold(
    Holding(
        key="appeals",
        group="house",
        tables=(Appeal,),
        people={"appeals.by_id": EMPTIED, "appeals.decided_by_id": EMPTIED},
        also={"appeals.by_id": ("text", "reasons")},
        title=_l("What you appealed against"),
        what=_l(
            "Your paragraph, when you wrote it, what was decided about it and why. You and moderators see it; of an appeal of whoever "
            "flagged something, its author learns nothing."
        ),
        why=_l("So that another moderator looks at it again."),
        until=_l("That there was an appeal stays for good; the words for %(time)s after it was decided."),
        fields={
            "text": _l("Text"),
            "at": _l("When"),
            "outcome": _l("What came of it"),
            "reasons": _l("Reason"),
            "decided": _l("Decided"),
            "place": _l("Where"),
        },
        told=held.of_appeals,
        leaving=_l("It stays without your name, and without its words."),
        lasts=YEAR,
        purge=forgetting.forget_appeals,
    )
)
of_nobody(MonthlySum)
