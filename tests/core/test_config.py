import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from forum.core import config
from forum.core.config import SETTINGS, Misconfigured, configuration, database_url, secret_key, setting


@pytest.fixture
def host(monkeypatch, tmp_path):
    """Return a function that sets FORUM_… variables and reads the configuration."""
    monkeypatch.setenv("FORUM_INSTANCE", str(tmp_path / "instance"))

    def configured(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(f"FORUM_{name}", value)
        return configuration()

    return configured


def test_a_key_is_made_once_and_nobody_else_can_read_it(tmp_path):
    key = secret_key(tmp_path / "new" / "instance")
    path = tmp_path / "new" / "instance" / "secret_key"
    assert len(key) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret_key(path.parent) == key
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_a_loose_umask_makes_no_loose_key(tmp_path):
    before = os.umask(0)
    try:
        secret_key(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_no_two_forums_have_one_key(tmp_path):
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "other")


def test_threads_that_start_at_once_get_one_key(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: secret_key(tmp_path), range(8)))
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_get_one_key(tmp_path):
    code = "import sys, pathlib; from forum.core.config import secret_key; print(secret_key(pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=config.CHECKOUT) for _ in range(3)]
    keys = {process.communicate()[0] for process in started}
    assert len(keys) == 1
    assert len(keys.pop().strip()) == 64


@pytest.mark.parametrize("held", ["", "\n", "secret", "x" * 31, "change me please"])
def test_a_key_that_can_be_guessed_is_refused(tmp_path, held):
    (tmp_path / "secret_key").write_text(held)
    with pytest.raises(Misconfigured, match="holds no usable key; delete it"):
        secret_key(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOCALE", "de", "FORUM_LOCALE must be one of en, it, not 'de'."),
        ("REGISTRATION", "opened", "FORUM_REGISTRATION must be one of open, approve, invite, closed, not 'opened'."),
        ("REPLY_LENGTH", "99", "FORUM_REPLY_LENGTH must be a number from 100 to 20000, not '99'."),
        ("REPLY_LENGTH", "20001", "FORUM_REPLY_LENGTH must be a number from 100 to 20000, not '20001'."),
        ("REPLY_LENGTH", "many", "FORUM_REPLY_LENGTH must be a number from 100 to 20000, not 'many'."),
        ("REPLY_LENGTH", "-5", "FORUM_REPLY_LENGTH must be a number from 100 to 20000, not '-5'."),
        ("REPLY_LENGTH", "\u00b2", "FORUM_REPLY_LENGTH must be a number from 100 to 20000, not '\u00b2'."),
        ("TRUSTED_PROXIES", "yes", "FORUM_TRUSTED_PROXIES must be a number from 0 to 10, not 'yes'."),
        ("URL", "forum.example", "FORUM_URL must begin with http:// or https://, not 'forum.example'."),
        ("TIMEZONE", "Rome", "FORUM_TIMEZONE must be a zone such as Europe/Rome, not 'Rome'."),
        ("TIMEZONE", "../etc/passwd", "FORUM_TIMEZONE must be a zone such as Europe/Rome, not '../etc/passwd'."),
        ("TIMEZONE", "Europe", "FORUM_TIMEZONE must be a zone such as Europe/Rome, not 'Europe'."),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_would_do(host, name, value, said):
    with pytest.raises(Misconfigured) as fault:
        host(**{name: value})
    assert str(fault.value) == said


def test_without_any_setting_a_forum_can_start(host, tmp_path):
    found = host()
    assert found["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/instance/forum.db"
    assert (found["LOCALE"], found["REGISTRATION"], found["REPLY_LENGTH"], found["TRUSTED_PROXIES"]) == (
        "en",
        "open",
        5000,
        0,
    )
    assert (found["SESSION_COOKIE_NAME"], found["SESSION_COOKIE_SECURE"]) == ("forum", False)


def test_blanks_around_a_setting_count_as_nothing(host):
    assert host(LOCALE="  ", REPLY_LENGTH=" 700 ")["REPLY_LENGTH"] == 700


@pytest.mark.parametrize(("url", "secure"), [("https://forum.example/", True), ("http://forum.example", False)])
def test_an_address_with_tls_makes_cookies_secure(host, url, secure):
    found = host(URL=url)
    assert found["URL"] == url.rstrip("/")
    for cookie in ("SESSION", "REMEMBER"):
        assert found[f"{cookie}_COOKIE_SECURE"] == secure
        assert found[f"{cookie}_COOKIE_NAME"].startswith("__Host-") == secure
        assert found[f"{cookie}_COOKIE_HTTPONLY"]
        assert found[f"{cookie}_COOKIE_SAMESITE"] == "Lax"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_usual_addresses_of_postgresql_are_understood(monkeypatch, scheme):
    monkeypatch.setenv("FORUM_DATABASE_URL", f"{scheme}://ada:x@db/forum")
    assert database_url(Path()) == "postgresql+psycopg://ada:x@db/forum"


def test_a_setting_that_is_not_listed_is_an_error():
    with pytest.raises(StopIteration):
        setting("FORUM_NOTHING")


def test_every_setting_is_named_like_the_others_and_says_what_it_does():
    assert len({one.name for one in SETTINGS}) == len(SETTINGS)
    for one in SETTINGS:
        assert one.name.startswith("FORUM_")
        assert one.meaning.endswith(".")


def test_the_command_says_what_is_wrong_and_not_where_it_broke(tmp_path):
    settings = {**os.environ, "FORUM_INSTANCE": str(tmp_path), "FORUM_LOCALE": "xx"}
    command = [sys.executable, "-m", "forum.cli", "rules"]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, cwd=config.CHECKOUT, check=False)
    assert done.returncode != 0
    assert "FORUM_LOCALE must be one of en, it, not 'xx'." in done.stderr
    assert "Traceback" not in done.stderr
