"""Names that are offered while one types, by keyboard and by pointer."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import open_thread, say


@pytest.fixture
def writing(context, people):
    """Return a page on which carla writes a reply, in a thread where nobody but bruno and ada spoke."""
    page = context(storage_state=people["carla"]).new_page()
    path = open_thread(page, "Who is here?")
    for name in ("ada", "bruno"):
        other = context(storage_state=people[name]).new_page()
        other.goto(path)
        say(other, f"I am {name}.")
        other.wait_for_url("**#r*")
    page.goto(path)
    expect(page.locator("#write textarea[aria-controls]")).to_be_visible()  # names are offered from now on
    page.fill("#write textarea", "")  # the test before may have saved a draft in leaving
    return page


def test_a_name_is_chosen_with_the_arrow_keys(writing):
    text, options = writing.locator("#write textarea"), writing.locator(".listbox li")
    text.press_sequentially("I heard @")
    expect(options).to_have_count(2)
    expect(writing.locator(".listbox + [role=status]")).to_contain_text("2")
    assert [v["id"] for v in Axe().run(writing, "#write").response["violations"]] == []
    text.press_sequentially("b")
    expect(options).to_have_text(["bruno"])
    text.press("ArrowDown")
    expect(text).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    text.press("Enter")
    expect(text).to_have_value("I heard @bruno ")
    expect(options).to_have_count(0)
    text.press("Enter")
    text.press_sequentially("and @a")
    options.first.click()
    expect(text).to_have_value("I heard @bruno \nand @ada ")
    expect(text).to_be_focused()
    expect(writing.locator(".preview a[href='/members/ada']")).to_be_visible()


def test_escape_closes_the_list_and_it_stays_closed_for_this_word(writing):
    text, options = writing.locator("#write textarea"), writing.locator(".listbox li")
    text.press_sequentially("@b")
    expect(options).to_have_count(1)
    text.press("Escape")
    expect(options).to_have_count(0)
    with writing.expect_response("**/threads/preview"):
        text.press_sequentially("r")
    expect(options).to_have_count(0)
    text.press("Enter")
    expect(text).to_have_value("@br\n")
    text.press_sequentially("@b")
    expect(options).to_have_count(1)


def test_an_e_mail_address_is_no_mention(writing):
    text = writing.locator("#write textarea")
    with writing.expect_response("**/threads/preview"):
        text.press_sequentially("carla@b")
    expect(writing.locator(".listbox li")).to_have_count(0)
