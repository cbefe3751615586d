"""What flags and cases are called, in the reader's language."""

from flask_babel import lazy_gettext as _l

WOUNDS, CARICATURE, EXPOSES, THREAT, SPAM, UNLAWFUL = "wounds", "caricature", "exposes", "threat", "spam", "unlawful"
# As whoever flags says it.
REASONS = {
    WOUNDS: _l("It wounds"),
    CARICATURE: _l("It makes a caricature of me, or of people like me"),
    EXPOSES: _l("It names or exposes someone"),
    THREAT: _l("A threat, a slur or a sexual remark"),
    SPAM: _l("Advertising, or nothing to do with the theme"),
    UNLAWFUL: _l("It is against the law"),
}
# As a list of cases says it.
SHORT = {
    WOUNDS: _l("wounds"),
    CARICATURE: _l("caricature"),
    EXPOSES: _l("exposes someone"),
    THREAT: _l("threat or slur"),
    SPAM: _l("off the theme"),
    UNLAWFUL: _l("unlawful"),
}
HURTS = frozenset({WOUNDS, CARICATURE})  # what its author can mend
AT_ONCE = frozenset({EXPOSES, THREAT})  # what hides a reply until a moderator has looked at it
URGENT = AT_ONCE | {UNLAWFUL}

FLAGS, OWN = "flags", "own"  # what led to a decision
BINDING_NOBODY = frozenset({"nothing", "ask"})  # kinds of decisions that take nothing from anyone
UPHELD, REVERSED = "upheld", "reversed"  # what came of an appeal
NOTHING, ACTED, MENDED, TAKEN_BACK = "nothing", "acted", "mended", "taken_back"
RIGHT = frozenset({ACTED, MENDED, TAKEN_BACK})  # of a case in which whoever flagged something was right
OUTCOMES = {
    NOTHING: _l("A moderator looked at it, and it stands as it is."),
    ACTED: _l("A moderator looked at it and did something about it."),
    MENDED: _l("Its author has reworked it."),
    TAKEN_BACK: _l("Its author has taken it back."),
}

REWORD, ADD, TAKE_BACK, STAND_BY = (
    "reword",
    "add",
    "take_back",
    "stand_by",
)  # what an author answers who is asked to mend
# How it stands with a mend, as moderators are told.
ASKED, SILENT, STOOD_BY, REWORKED, BROUGHT_BACK = "asked", "silent", "stood_by", "reworked", "brought_back"
MENDS = {
    ASKED: _l("its author is asked to mend it"),
    SILENT: _l("no answer to the mend"),
    STOOD_BY: _l("its author stands by it"),
    REWORKED: _l("reworked by its author"),
    BROUGHT_BACK: _l("taken back by its author, and brought back"),
}

JUDGED = {
    UPHELD: _l("Another moderator looked at it again, and the decision stands."),
    REVERSED: _l("Another moderator looked at it again and took the decision back: all is as it was."),
}
