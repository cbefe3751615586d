"""A pause counts down on the page, keeps what is being written, and says when it is over; without a script the time stands there."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_thread, say


@pytest.fixture
def slow(context, people):
    """A thread in which a minute lies between two replies of one person; return its address."""
    page = context(storage_state=people["carla"], locale="en").new_page()
    path = open_thread(page, "Slowly, please")
    page.goto(f"{path}/settings")
    page.select_option("[name=slow_minutes]", "1")
    page.fill("[name=reason]", "So that everyone can read.")
    page.click("main form button")
    expect(page.get_by_text("1 minute between two replies of the same person").first).to_be_visible()
    return path


def test_a_pause_counts_down_and_says_when_it_is_over(context, people, slow):
    page = context(storage_state=people["bruno"], locale="en").new_page()
    page.goto(slow)
    say(page, "The first.")
    page.wait_for_url("**#r*")
    page.clock.install()
    page.goto(slow)
    pause = page.locator(".pause")
    expect(pause).to_contain_text("Still 0:")
    page.fill("[name=body]", "The second.")
    page.clock.run_for(61_000)
    expect(pause).to_have_text("You can go on now.")
    expect(pause).to_have_role("status")
    expect(page.locator("[name=body]")).to_have_value("The second.")


def test_without_a_script_the_time_stands_there_and_a_refused_text_comes_back(context, people, slow):
    page = context(storage_state=people["bruno"], locale="en", javascript=False).new_page()
    page.goto(slow)
    say(page, "The first.")
    page.goto(slow)
    expect(page.locator(".pause time")).to_be_visible()
    say(page, "The second.")
    expect(page.get_by_role("alert")).to_contain_text("You can go on from")
    expect(page.locator("[name=body]")).to_have_value("The second.")
