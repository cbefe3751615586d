"""The server's processes: who is replaced, who goes along, and what is left after all of them were killed."""

import os
import signal
import threading
import urllib.parse
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from subprocess import run

import pytest

from tests.page_forms import forms
from tests.serving import served

pytestmark = pytest.mark.one_database
ESSAY = "/threads/1-a-dream-of-dialogue-between-the-sexes"


def children(pid: int) -> set[int]:
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def until(holds) -> None:
    """Return as soon as something holds."""
    for _try in range(200):
        if holds():
            return
        run(["sleep", "0.05"], check=True)
    raise AssertionError("it never came to hold")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def says(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def test_one_that_dies_is_replaced_and_all_end_with_their_parent(tmp_path):
    with served(tmp_path) as forum:
        parent = forum.process.pid
        until(lambda: len(children(parent)) == 2)
        first = children(parent)
        killed, stays = first
        os.kill(killed, signal.SIGKILL)
        until(lambda: len(children(parent)) == 2 and killed not in children(parent))
        assert stays in children(parent)
        second = children(parent)
        assert "Dream" in says(forum.url)
        forum.process.terminate()
        assert forum.process.wait(timeout=15) == 0
        until(lambda: not any(map(alive, first | second)))


class Admin:
    """The first admin of a served forum, who writes without a browser."""

    def __init__(self, forum) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.url = forum.url
        self.acknowledged: list[str] = []
        path = forum.welcome.removeprefix(self.url)
        person = {"name": "dario", "email": "dario@example.org", "password": "a small brass lamp"}
        self.send(next(form for form in forms(self.get(path), path) if form.action == path), **person)

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=10) as answer:
            return answer.read().decode()

    def send(self, form, **fields: str) -> str:
        data = urllib.parse.urlencode({**form.fields, **fields}).encode()
        request = urllib.request.Request(self.url + form.action, data, {"Origin": self.url})
        with self.opener.open(request, timeout=10) as answer:
            return answer.geturl()

    def write_until_killed(self) -> None:
        number = 0
        try:
            while True:
                number += 1
                form = next(form for form in forms(self.get(ESSAY), ESSAY) if form.action.endswith("/replies"))
                landed = self.send(form, body=f"Spoken {number}.", kind="thinking", theme="mistrust")
                if "#r" in landed or "/replies/" in landed or landed.startswith(self.url + "/threads/1"):
                    self.acknowledged.append(f"Spoken {number}.")
        except (OSError, HTTPException):
            return


def test_no_reply_that_was_acknowledged_is_lost_when_they_are_killed_and_none_outlives_the_parent(tmp_path):
    with served(tmp_path) as forum:
        admin = Admin(forum)
        writer = threading.Thread(target=admin.write_until_killed)
        writer.start()
        until(lambda: len(admin.acknowledged) >= 3 or not writer.is_alive())
        killed, left = children(forum.process.pid)
        for pid in (killed, forum.process.pid):
            os.kill(pid, signal.SIGKILL)
        until(lambda: not alive(left))
        writer.join()
    assert len(admin.acknowledged) >= 3
    with served(tmp_path) as forum:
        page = says(f"{forum.url}{ESSAY}?order=written")
        assert [words for words in admin.acknowledged if words not in page] == []
