"""How long a reply is called mended, before it is called edited as any other."""

from datetime import datetime, timedelta

from forum.core import clock

FADES = timedelta(days=30)


def lately(mended_at: datetime | None) -> bool:
    return mended_at is not None and clock.now() < mended_at + FADES
