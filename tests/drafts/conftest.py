import pytest


@pytest.fixture
def place(thread):
    return f"/threads/{thread.id}-{thread.slug}"
