"""Sentences that a moderator can begin the facts of a decision with, in the language that they moderate in."""

from flask_babel import lazy_gettext as _l

PHRASES = {
    "group": _l("It speaks of a whole group of people as if they were all alike."),
    "caricature": _l("It makes a caricature of what someone said, and answers that."),
    "person": _l("It attacks a person instead of taking up what they say."),
    "slur": _l("It uses a slur."),
    "sexual": _l("It makes a sexual remark about someone."),
    "threat": _l("It threatens someone."),
    "exposes": _l("It names someone, or tells something of them that others should not know."),
    "pressing": _l("It presses someone who does not want to answer."),
    "spam": _l("It is advertising, or has nothing to do with the theme."),
    "flood": _l("The same was written many times, so that others had no room."),
    "unlawful": _l("It is against the law, as far as we can judge."),
    "again": _l("It was not the first time, and it had been said before."),
    "rest": _l("The conversation turned so heated that it needs a rest."),
}
