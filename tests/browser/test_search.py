"""Finding a reply from the header, and within a thread, with and without JavaScript, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ESSAY, open_thread, say


@pytest.fixture(scope="module")
def said(chromium, server, people):
    """Let ada say a word twice, in two threads; return the path of the second one."""
    profile = chromium.new_context(base_url=server.url, storage_state=people["ada"])
    page = profile.new_page()
    page.goto(ESSAY)
    say(page, "A *perché* beside the weathercock, said in the essay's thread.")
    page.wait_for_url(re.compile("#r"))
    path = open_thread(page, "On roofs")
    say(page, "The weathercock turns, and nobody asks it anything.")
    page.wait_for_url(re.compile("#r"))
    profile.close()
    return path


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_finds_a_reply_from_the_header_by_keyboard(context, said, javascript):
    page = context(javascript=javascript, locale="en").new_page()
    page.goto("/")
    page.get_by_role("searchbox", name="Search the forum").focus()
    page.keyboard.type("PERCHE weather*")
    page.keyboard.press("Enter")
    expect(page.locator(".findings mark")).to_have_text(["perché", "weathercock"])
    page.locator(".findings a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/threads/1-.*#r\d+"))
    expect(page.locator("article:target")).to_contain_text("perché beside the weathercock")


def test_a_search_in_a_thread_stays_there_and_its_address_can_be_passed_on(context, said):
    page = context(javascript=False, locale="en").new_page()
    page.goto(said)
    page.get_by_role("searchbox", name="Search in this thread").fill("weathercock")
    page.get_by_role("search", name="Search in this thread").get_by_role("button").click()
    expect(page.locator(".findings h2")).to_have_text(["ada in On roofs"])
    other = context(locale="it").new_page()
    other.goto(page.url)
    expect(other.locator(".findings h2")).to_have_text(["ada in On roofs"])
    expect(other.locator("h1")).to_have_text("Cerca")
