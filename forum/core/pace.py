"""How often one may ask for what costs a little and writes nothing: counted in this process's memory, since a GET leaves no rows."""

from collections import Counter
from threading import Lock
from time import monotonic

from forum.core.limits import TooOften


class Pace:
    """At most `most` times within `seconds`, for each of those who ask."""

    def __init__(self, most: int, seconds: int) -> None:
        self.most, self.seconds = most, seconds
        self.turn, self.asked = 0, Counter[int]()
        self.lock = Lock()

    def keep(self, who: int) -> None:
        """Raise TooOften when they ask faster than that."""
        turn = int(monotonic() // self.seconds)
        with self.lock:
            if turn != self.turn:
                self.turn, self.asked = turn, Counter()
            self.asked[who] += 1
            if self.asked[who] > self.most:
                raise TooOften(self.seconds)
