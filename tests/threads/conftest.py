from collections.abc import Callable, Iterator

import pytest

from forum.threads import stream


@pytest.fixture
def sized(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return a function that sets how much stands on a page: `sized(SIZE=4)`. Statements are put together anew for it."""

    def sized(**sizes: int) -> None:
        for name, size in sizes.items():
            monkeypatch.setattr(stream, name, size)
        stream.statement.cache_clear()

    yield sized
    monkeypatch.undo()
    stream.statement.cache_clear()
