"""A forum as `make run` serves it, and Chromium in front of it."""

import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from forum.accounts import proof
from tests.browsers import CHROMIUM, FLAGS
from tests.serving import COMMAND, environment, served

PASSWORD = "a small brass lamp"
AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium was not found"))


@dataclass(frozen=True, slots=True)
class Forum:
    url: str
    welcome: str
    instance: Path

    def command(self, *arguments: str) -> str:
        """Run the `forum` command on this forum; return what it prints."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=environment(self.instance),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forum]:
    instance = tmp_path_factory.mktemp("served")
    with served(instance) as forum:
        assert forum.welcome
        yield Forum(forum.url, forum.welcome, instance)
        forum.process.send_signal(signal.SIGINT)
        assert forum.process.wait(timeout=15) == 0


@pytest.fixture(autouse=True)
def afresh(server: Forum) -> None:
    """Let the forum forget how often anyone did anything, and what they began to write: all tests write as the same few people."""
    with closing(sqlite3.connect(server.instance / "forum.db", timeout=10)) as rows, rows:
        rows.execute("DELETE FROM attempts")
        rows.execute("DELETE FROM drafts")
        rows.execute("UPDATE members SET draft_count = 0")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, server: Forum) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a fresh browser profile: `javascript`, `locale`, `viewport`, `color_scheme`."""
    opened: list[BrowserContext] = []

    def make(*, javascript: bool = True, **options) -> BrowserContext:
        made = chromium.new_context(base_url=server.url, java_script_enabled=javascript, **options)
        made.set_default_timeout(10_000)
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def people(chromium: Browser, server: Forum) -> dict[str, dict]:
    """Register the cast once, through the pages; return each one's cookies, as Playwright keeps them."""
    states = {}
    for name in ("dario", "carla", "ada", "bruno", "elena"):
        profile = chromium.new_context(base_url=server.url, locale="en")
        page = profile.new_page()
        page.goto(server.welcome if name == "dario" else "/register")
        register(page, server, name)
        page.wait_for_selector(f"header a[href='/members/{name}']")
        states[name] = profile.storage_state()
        profile.close()
    server.command("member", "role", "carla", "moderator")
    return states


def register(page: Page, server: Forum, name: str) -> None:
    """Fill in the form of registration and send it; it was opened a minute ago, so that nobody has to wait for that."""
    key = (server.instance / "secret_key").read_text().strip()
    opened = proof.stamp(key, datetime.now(UTC) - timedelta(minutes=1))
    page.locator("main [name=stamp]").evaluate("(field, stamp) => { field.value = stamp; }", opened)
    fill(page, name=name, email=f"{name}@example.org", password=PASSWORD)
    page.click("main form button")


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"main [name={name}]", value)


ESSAY = "/threads/1-a-dream-of-dialogue-between-the-sexes"


def say(page: Page, body: str, *, kind: str = "thinking") -> None:
    """Fill the reply form on a page and send it."""
    theme = page.locator("#write select[name=theme]")
    if theme.count():
        theme.select_option(index=1)
    page.check(f"#write input[name=kind][value={kind}]")
    page.fill("#write textarea[name=body]", body)
    page.click("#write button:not([name])")


def open_thread(page: Page, title: str, theme: str = "mistrust") -> str:
    """Open a thread through its form; return its path."""
    page.goto(f"/threads/new?theme={theme}")
    page.fill("main [name=title]", title)
    page.fill("main [name=body]", "Come and sit.")
    page.click("main form.write button:not([name])")
    page.wait_for_url("**/threads/*-*")
    return page.url.split("/", 3)[3].join(("/", ""))
