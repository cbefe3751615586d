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

NOTHING, ACTED = "nothing", "acted"
OUTCOMES = {
    NOTHING: _l("A moderator looked at it, and it stands as it is."),
    ACTED: _l("A moderator looked at it and did something about it."),
}
