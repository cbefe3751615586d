import pytest

from forum.rules import actions as rules
from tests import make


@pytest.fixture
def house(app):
    """Let the forum have the rules that come along."""
    rules.begin()


@pytest.fixture
def own(cast):
    return make.thread(cast.bruno)


@pytest.fixture
def reply(cast, own):
    return make.reply(cast.ada, own, "I will come by.")
