"""Selecting words of a passage, which needs a real browser."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import ESSAY, say

SELECT = """([id, from, to]) => {
  const range = document.createRange();
  const text = document.querySelector(`#${id} .words`).lastChild;
  range.setStart(text, from);
  range.setEnd(text, to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_words_are_selected_replied_to_and_found_again(context, people):
    page = context(storage_state=people["ada"]).new_page()
    page.goto(ESSAY)
    offer = page.locator(".quote-offer")
    page.evaluate(SELECT, ["p4", 3, 20])
    expect(page.locator("#p4 .quote-offer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(offer).to_have_count(0)
    page.locator("#p15 .words").dblclick(position={"x": 200, "y": 50})
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#p15 .quote-offer")).to_be_visible()
    selected = page.evaluate("String(getSelection())").strip()
    page.keyboard.press("Tab")
    expect(offer).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#write .quoted")).to_contain_text(selected)
    say(page, "About these words.")
    expect(page).to_have_url(re.compile(r"#r\d+$"))
    quoted = page.locator(f"#{page.url.split('#')[1]} .quoted a")
    expect(quoted).to_contain_text(selected)
    quoted.click()
    expect(page.locator("#p15 mark")).to_be_in_viewport()
    expect(page.locator("#p15 mark")).to_contain_text(selected)


def test_a_selection_over_two_passages_offers_nothing(context, people):
    page = context(storage_state=people["ada"]).new_page()
    page.goto(ESSAY)
    page.evaluate(SELECT, ["p4", 3, 20])
    expect(page.locator(".quote-offer")).to_be_visible()
    page.evaluate("getSelection().extend(document.querySelector('#p6 .words').lastChild, 9)")
    expect(page.locator(".quote-offer")).to_have_count(0)
