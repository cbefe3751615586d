"""What was on the screen is not new any more; what was not, is. With JavaScript and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_thread, say

SEEN = "**/notices/seen"


@pytest.fixture
def talk(context, people):
    """Return the path of a thread with a few long replies by ada, and a function that writes one more."""
    page = context(storage_state=people["ada"]).new_page()
    path = open_thread(page, "A long talk")

    def write(text):
        page.goto(path)
        say(page, "\n\n".join([text] * 12))
        page.wait_for_url("**#r*")

    for number in range(3):
        write(f"Voice {number}.")
    return path, write


def test_only_what_was_on_the_screen_is_seen(context, people, talk):
    path, write = talk
    reader = context(storage_state=people["bruno"], viewport={"width": 700, "height": 500}).new_page()
    with reader.expect_request(SEEN):
        reader.goto(f"{path}?order=written")
    for number in (3, 4):
        write(f"Voice {number}.")
    reader.goto(f"{path}?order=written")
    news = reader.locator(".since")
    expect(news).to_contain_text("5 that you have not seen yet.")
    expect(reader.locator(".reply .new")).to_have_count(5)
    with reader.expect_request(SEEN):
        reader.locator("article.reply").nth(1).scroll_into_view_if_needed()
        news.locator("a").click()
    expect(reader.locator("article.reply").first).to_be_in_viewport()
    expect(reader.locator(".reply .new")).to_have_count(5)
    # Leaving the page tells what was seen since the last pause.
    reader.locator("article.reply").last.scroll_into_view_if_needed()
    reader.evaluate("new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))")
    reader.goto("/")
    expect(reader.locator(".news")).to_contain_text("A long talk")
    reader.goto(f"{path}?order=written")
    left = reader.locator(".reply .new").count()
    assert 0 < left < 5


def test_without_javascript_a_page_counts_as_it_was_served(context, people, talk):
    path, write = talk
    reader = context(javascript=False, storage_state=people["carla"]).new_page()
    reader.goto(path, wait_until="networkidle")
    expect(reader.locator(".since")).to_have_count(0)
    write("Voice 3.")
    reader.goto(path, wait_until="networkidle")
    expect(reader.locator(".since")).to_contain_text("1 new since you were here.")
    expect(reader.locator(".reply .new")).to_have_count(1)
    reader.goto(path)
    expect(reader.locator(".since")).to_have_count(0)
