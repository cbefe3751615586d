"""Draws the pictures that stand in the README, of a forum filled by `forum demo`: `make screenshots`."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browsers import CHROMIUM, FLAGS, wait_for

TOP = Path(__file__).resolve().parents[1]
FOLDER = TOP / "static" / "pictures"
ESSAY = "/threads/1-a-dream-of-dialogue-between-the-sexes"
PASSWORD = "a small brass lamp"
SCREENS = {"light": {"width": 1100, "height": 760}, "dark": {"width": 390, "height": 760}}
PAGES = {
    "home": "/",
    "essay": f"{ESSAY}#p13",
    "theme": "/themes/mistrust",
    "reply": f"{ESSAY}?passage=p15#write",
    "elsewhere": "/themes/allyship#field-notes",
}
FOR_MEMBERS = {"reply", "elsewhere"}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="forum-pictures-") as instance, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "forum.cli"]
        environment = {**os.environ, "FORUM_INSTANCE": instance}
        subprocess.run([*command, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*command, "run", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                _draw(browser, f"http://127.0.0.1:{port}")
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=10)


def _draw(browser: Browser, url: str) -> None:
    member = browser.new_context(base_url=url, locale="en")
    page = member.new_page()
    page.goto("/login", timeout=20_000)
    page.fill("[name=login]", "ada")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_selector("a[href='/members/ada']")
    state = member.storage_state()
    for scheme, screen in SCREENS.items():
        for name, path in PAGES.items():
            signed_in = {"storage_state": state} if name in FOR_MEMBERS else {}
            context = browser.new_context(base_url=url, locale="en", viewport=screen, color_scheme=scheme, **signed_in)
            page = context.new_page()
            page.goto(path)
            page.screenshot(path=FOLDER / f"{name}-{scheme}.png")
            context.close()


if __name__ == "__main__":
    main()
