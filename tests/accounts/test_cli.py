"""What the host does with people at the terminal."""

import re

import pytest

from forum.accounts import queries
from forum.core import log
from tests.accounts.second_factor import set_up
from tests.cast import PASSWORD

pytestmark = pytest.mark.one_database


@pytest.fixture
def terminal(app):
    """Return a function that runs `forum member …` and returns (exit code, what it printed)."""
    runner = app.test_cli_runner()

    def run(*words):
        done = runner.invoke(args=["member", *words])
        return done.exit_code, done.output.strip()

    return run


def test_the_host_gives_a_role(cast, terminal):
    assert terminal("role", "Ada", "moderator") == (0, "ada is moderator now.")
    assert queries.named("ada").role == "moderator"


@pytest.mark.parametrize("words", [["role", "nobody", "admin"], ["reset-link", "nobody"], ["remove-factor", "nobody"]])
def test_somebody_who_is_not_here_is_named(cast, terminal, words):
    assert terminal(*words) == (1, "Error: Nobody here is called 'nobody'.")


def test_the_host_too_leaves_one_admin(cast, terminal):
    code, said = terminal("role", "dario", "member")
    assert code == 1
    assert said == "Error: This is the last admin. Make someone else an admin first."
    assert queries.named("dario").administers


def test_a_role_that_there_is_not_is_refused(cast, terminal):
    assert terminal("role", "ada", "owner")[0] == 2


def test_the_links_lead_in(app, cast, terminal, visitor, monkeypatch):
    monkeypatch.setitem(app.config, "ADDRESS", "https://forum.example")
    for words, path in ((["reset-link", "ada"], "/reset/"), (["invite"], "/register?invite=")):
        code, said = terminal(*words)
        assert (code, said.startswith(f"https://forum.example{path}")) == (0, True)
        assert visitor.get(said.removeprefix("https://forum.example")).status_code == 200


def test_without_an_address_a_link_leads_to_this_machine(cast, terminal):
    assert re.fullmatch(r"http://127\.0\.0\.1:5000/register\?invite=[\w-]{43}", terminal("invite")[1])


def test_the_host_takes_away_a_second_factor_that_was_lost_and_the_log_says_so(cast, terminal, visitor):
    assert terminal("remove-factor", "ada") == (1, "Error: ada has no second factor.")
    set_up(cast.ada)
    assert terminal("remove-factor", "Ada") == (0, "ada logs in with the password alone now.")
    assert queries.factor(cast.ada) is None
    assert queries.recovery_codes_left(cast.ada) == 0
    assert visitor.post("/login", data={"login": "ada", "password": PASSWORD}).location == "/"
    assert "took away the second factor that a member had lost" in visitor.get("/moderation/log").text
    assert log.verify().broken is None
