"""How hot an exchange is (a reply with its answers), and the pause that each of its people makes then before answering again.

Speed makes it hot: the answers of one hour. That they all come from the same two counts up to twice, each open case half as much
again. Without speed there is no heat: two who write to each other slowly are left alone. The numbers are choices, and no
measurement of others is known.
"""

from collections import Counter
from collections.abc import Sequence

STEPS = ((12, 2), (18, 5), (30, 15), (60, 60))  # from which heat on, how many minutes
MINUTES = (0, *(minutes for _least, minutes in STEPS))
LATEST = 10  # answers of which it is asked whose they are
FEW = 4  # of so few, two people always have most
TWO = 0.8  # the share from which on two people are said to be among themselves
MOST_CASES = 4  # that count


def share(authors: Sequence[int]) -> float:
    """Return how much of the latest answers, newest first, is by the two who wrote most of them: 0 where they are few."""
    latest = authors[:LATEST]
    if len(latest) < FEW:
        return 0.0
    return sum(count for _author, count in Counter(latest).most_common(2)) / len(latest)


def heat(answers: int, cases: int, of_two: float) -> float:
    """Return the heat of so many answers within an hour, so many open cases, and that share of two people."""
    return answers * (1 + 2 * max(0.0, of_two - 0.5)) * (1 + min(cases, MOST_CASES) / 2)


def pause(answers: int, cases: int, of_two: float) -> int:
    """Return the pause in minutes, one of MINUTES."""
    now = heat(answers, cases, of_two)
    return max((minutes for least, minutes in STEPS if now >= least), default=0)
