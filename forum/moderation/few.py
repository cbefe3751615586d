"""Which numbers can be shown, so that none below FEW can be worked out from those beside it.

Breakdowns of one total (by reason, by source, the total itself) are equations: with all numbers of both but one, that one is known.
So the first of them is shown, its small numbers as small; of the others as many as leave each small number free, from 0 to
below FEW. Of the rest nothing is said, not even which are small.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

FEW = 5
_ENDLESS = 10**12
Breakdown = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown in the place of a number: itself, that it is `small`, or nothing."""

    number: int | None = None
    small: bool = False

    @property
    def least(self) -> int:
        return self.number or 0

    @property
    def most(self) -> int:
        return self.number if self.number is not None else FEW - 1 if self.small else _ENDLESS


SMALL, KEPT_BACK = Shown(small=True), Shown()
Said = list[dict[str, Shown]]


def shown(first: Breakdown, *others: Breakdown) -> Said:
    """Return what is shown of breakdowns of one total. Of two others that cannot both be shown, it is the earlier."""
    told, kept_back = [*map(_told, others)], [*map(_kept_back, others)]
    places = range(len(others))
    for size in range(len(others), 0, -1):
        for chosen in combinations(places, size):
            if _leaves_free([_told(first), *(told[place] for place in chosen)]):
                return [_told(first), *(told[place] if place in chosen else kept_back[place] for place in places)]
    return [_told(first), *kept_back]


def _told(numbers: Breakdown) -> dict[str, Shown]:
    return {key: alone(number) for key, number in numbers.items()}


def _kept_back(numbers: Breakdown) -> dict[str, Shown]:
    return dict.fromkeys(numbers, KEPT_BACK)


def alone(number: int) -> Shown:
    """Return what is shown of a number that is part of no sum."""
    return SMALL if number < FEW else Shown(number)


def _leaves_free(said: Said) -> bool:
    return all(room == (0, FEW - 1) for room in rooms(said))


def rooms(said: Said) -> list[tuple[int, int]]:
    """Return the least and the most that each number which is not shown can be, by all that is shown."""
    sums = [_sums(one) for one in said]
    least, most = max(low for low, _high in sums), min(high for _low, high in sums)
    return [
        (max(cell.least, least - (high - cell.most)), min(cell.most, most - (low - cell.least)))
        for one, (low, high) in zip(said, sums, strict=True)
        for cell in one.values()
        if cell.number is None
    ]


def _sums(one: Mapping[str, Shown]) -> tuple[int, int]:
    return sum(cell.least for cell in one.values()), sum(cell.most for cell in one.values())
