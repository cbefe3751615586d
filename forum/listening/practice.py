from flask_babel import lazy_gettext as _l

from forum.practices.names import practice

KEY = practice(
    "listening",
    _l("Here, listening"),
    _l(
        "At the foot of an essay, members can say that they are there without writing. No name is shown, and no number."
    ),
)
