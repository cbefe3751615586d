"""The sums of a month, for the tests of the page that shows them."""

from forum.moderation.measures import APPEALED, HOURS, LABELS, MENDED, REVERSED, TIMED


def a_month(**groups: list[int]) -> dict[str, int]:
    """Return the sums of a month, with those of a group (in the order of its labels) put in the place of its own."""
    numbers = {
        "notices_by_reason": [3, 2, 1, 1, 8, 6],
        "notices_by_source": [15, 6],
        "decisions_by_kind": [9, 2, 0, 1, 6, 1, 1, 1, 0],
        "decisions_by_finder": [12, 5, 4],
        **groups,
    }
    cells = {
        f"{group}.{key}": number
        for group, of_group in numbers.items()
        for key, number in zip(LABELS[group], of_group, strict=True)
    }
    return cells | {MENDED: 2, TIMED: 14, HOURS: 7, APPEALED: 5, REVERSED: 1}
