from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from random import Random

from forum.core import clock

DAYS = 59


class Days:
    """So many moments of the last sixty days, in order, mostly of evenings."""

    def __init__(self, rng: Random, count: int) -> None:
        machine = clock.now()
        midnight = datetime.combine(machine.date(), time(), machine.tzinfo)
        before = (timedelta(days=rng.randrange(DAYS), hours=rng.triangular(0, 17, 3)) for _ in range(count))
        self.moments = sorted(midnight - distance for distance in before)
        self.shown = self.moments[0]

    @contextmanager
    def lived(self) -> Iterator[Iterator[datetime]]:
        """Yield the moments; as they are gone through, the forum's clock shows the one that was taken last.

        So whatever the actions stamp is right by itself, and nobody writes more often than they may.
        """
        machine, clock.now = clock.now, lambda: self.shown
        try:
            yield self._taken()
        finally:
            clock.now = machine

    def _taken(self) -> Iterator[datetime]:
        for moment in self.moments:
            self.shown = moment
            yield moment
