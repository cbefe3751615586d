"""The orders in which a conversation can be read: what of them needs no database.

Fair turn is explained to readers in one sentence (templates/threads/_orders.html): everyone is heard once before anyone is heard
twice. It needs no votes, and nobody gains a place by writing more. Its draw turns with the day rather than with the
reader, so that a page can be kept, shared, and paged through.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

FAIR, WRITTEN, NEWEST, ALONG = "fair", "written", "newest", "along"
ORDERS = (FAIR, WRITTEN, NEWEST)
OF_ESSAYS = (*ORDERS, ALONG)  # of the conversation about a whole essay: along its text, too
DRAWS = 2**31  # a reply's draw is one of so many, given to it for good when it is written
LONELY_AFTER, LONELY_UNTIL = timedelta(hours=48), timedelta(days=14)
LONELY = 20  # first voices that stand before all others, at most
HOUR = timedelta(hours=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Order:
    """An order, and the whole hour as of which it is drawn: the links of a page keep it, so the next page is of the same draw.

    `offered` names the orders that there are where this one was asked for.
    """

    name: str
    at: datetime
    offered: tuple[str, ...] = ORDERS

    @property
    def hour(self) -> int:
        """Return `at` as an address gives it: hours since 1970."""
        return (self.at - EPOCH) // HOUR

    def first_draw(self, scope: str) -> int:
        """Return with which draw the turns of a scope ("thread 7") begin on this day; the lower ones come after the highest."""
        seed = f"{self.at.date().isoformat()} {scope}".encode()
        return int.from_bytes(blake2b(seed, digest_size=4).digest()) % DRAWS


def chosen(name: str | None, hour: str | None, now: datetime, offered: tuple[str, ...] = ORDERS) -> Order:
    """Return the order that an address asks for; what is not offered, or lies ahead or long ago, is fair turn as of now."""
    latest = (now - EPOCH) // HOUR
    asked = int(hour) if hour and hour.isascii() and hour.isdecimal() and len(hour) < 9 else latest  # noqa: PLR2004
    if not latest - 30 * 24 <= asked <= latest:
        asked = latest
    return Order(name if name in offered else FAIR, EPOCH + asked * HOUR, offered)


AS_WRITTEN = Order(WRITTEN, EPOCH)
