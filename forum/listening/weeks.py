"""How many listen, in a word: told anew once a week, so that nobody who comes or goes can be seen in it."""

from datetime import date, timedelta

LASTS = timedelta(days=30)
SOME, MANY = "some", "many"
FROM_SOME, FROM_MANY = 5, 25


def word(count: int) -> str:
    return MANY if count >= FROM_MANY else SOME if count >= FROM_SOME else ""


def week(day: date) -> int:
    """Return the number of a day's week, from Monday to Sunday."""
    return (day.toordinal() - 1) // 7
