from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC, aware; the one place that asks the machine, so that a test can set it."""
    return datetime.now(UTC)
