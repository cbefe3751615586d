from forum.core.db import session, transaction
from forum.moderation.models import MonthlySum
from forum.moderation.queries import sums


def sum_up() -> int:
    """Keep the sums of each month that is over, once; return how many months these were. Several processes may do it at once."""
    if not sums.missing():
        return 0
    with transaction():
        missing = sums.missing()
        for month in missing:
            session().add_all(
                MonthlySum(month=str(month), measure=measure, number=number)
                for measure, number in sums.count(month).items()
            )
    return len(missing)
