from flask_babel import lazy_gettext as _l

from forum.practices.names import practice

KEY = practice(
    "commitments",
    _l("One thing, elsewhere"),
    _l(
        "At the foot of a theme, members note for themselves what they want to do elsewhere, and may tell later what came of it."
    ),
)
