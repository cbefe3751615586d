"""All that is kept of a member, in one file."""

from typing import IO

from flask_babel import gettext as _

from forum.accounts.models import Member
from forum.core import clock, holdings, i18n, limits, site
from forum.core.db import transaction
from forum.core.rules import require
from forum.rights.packing import Cover, Section, packed


def download(*, by: Member) -> IO[bytes]:
    """Return an open zip file with all that is kept of a member. Raises Refused or TooOften."""
    require("download", by)
    with transaction(public=False):
        limits.check("download", str(by.id))
        limits.count("download", str(by.id))
    cover = Cover(
        title=_("What %(forum)s keeps of %(name)s", forum=site.name(), name=by.name),
        about=_(
            "Everything that is kept of you, as of today. The same stands in data.json, for programs to read. "
            "Of others there is nothing here but what you quoted yourself, and the addresses of what you answered."
        ),
        nothing=_("Nothing."),
        language=i18n.locale(),
    )
    sections = [
        Section(
            key=holding.key,
            title=str(holding.title),
            about=str(holding.what),
            fields={name: str(words) for name, words in holding.fields.items()},
            records=holding.told(by.id),
        )
        for _title, group in holdings.grouped()
        for holding in group
        if holding.told
    ]
    return packed(cover, sections, clock.now())
