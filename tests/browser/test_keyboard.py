"""By keyboard alone."""

from playwright.sync_api import expect

from tests.browser.conftest import ESSAY


def focused(page):
    return page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_the_first_stop_skips_to_the_text(context):
    page = context().new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_reply_is_written_and_sent_without_a_mouse(context, people):
    page = context(storage_state=people["ada"]).new_page()
    page.goto(f"{ESSAY}?passage=p14#write")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "radio" in focused(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert "textarea" in focused(page)
    page.keyboard.type("Without a mouse.")
    page.keyboard.press("Tab")
    assert "button" in focused(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**#r*")
    assert "article" in focused(page)


def test_focus_goes_to_what_is_wrong(context, people):
    page = context(storage_state=people["ada"]).new_page()
    page.goto(f"{ESSAY}?passage=p14")
    page.click("#write button:not([name])")
    expect(page.locator("#problems")).to_be_focused()
    page.click("#problems a >> nth=0")
    assert "kind" in page.url


def test_focus_can_be_seen(context):
    page = context().new_page()
    page.goto("/login")
    page.focus("input[name=login]")
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(width.removesuffix("px")) >= 2
