"""The margin opens beside the text, and its links lead to the same words without JavaScript."""

from playwright.sync_api import expect

from tests.browser.conftest import ESSAY, say


def test_a_margin_opens_and_closes_without_losing_the_reading_place(context, people):
    page = context(storage_state=people["ada"]).new_page()
    page.goto(f"{ESSAY}?passage=p9")
    say(page, "Beside the ninth.")
    page.wait_for_url("**#r*")
    reader = context(viewport={"width": 1280, "height": 800}).new_page()
    reader.goto(f"{ESSAY}#p9")
    link = reader.locator("#p9 .margin a")
    link.focus()
    reader.keyboard.press("Enter")
    panel = reader.locator("#p9 .beside")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("Beside the ninth.")
    expect(reader.locator("#p9 .words")).to_be_in_viewport()
    assert reader.evaluate("new Set([...document.querySelectorAll('[id]')].map((e) => e.id)).size") == reader.evaluate(
        "document.querySelectorAll('[id]').length"
    )
    reader.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(link).to_be_focused()
    plain = context(javascript=False).new_page()
    plain.goto(f"{ESSAY}#p9")
    plain.click("#p9 .margin a")
    expect(plain.locator("#talk")).to_contain_text("Beside the ninth.")
