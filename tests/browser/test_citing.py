"""Selecting words of a reply to quote them, which needs a real browser."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import ESSAY, say

SELECT = """([id, from, to]) => {
  const range = document.createRange();
  const text = document.querySelector(`#${id} .prose p`).firstChild;
  range.setStart(text, from);
  range.setEnd(text, to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_words_of_a_reply_are_selected_and_quoted_with_a_link_back(context, people):
    page = context(storage_state=people["ada"]).new_page()
    page.goto(f"{ESSAY}?passage=p9")
    say(page, "The ladder leans on the quince.")
    reply = page.url.split("#")[1]
    page.evaluate(SELECT, [reply, 4, 10])
    expect(page.locator(".quote-offer")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".quote-offer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/replies/{reply[1:]}/answers\?quote=ladder#write$"))
    body = page.locator("#write textarea")
    expect(body).to_have_value(f"> [ada wrote](/replies/{reply[1:]}):\n>\n> ladder\n\n")
    body.press("Control+End")
    page.keyboard.type("Which one?")
    page.evaluate(SELECT, [reply, 24, 30])
    page.locator(".quote-offer").click()
    expect(body).to_be_focused()
    assert body.input_value().count("> [ada wrote]") == 2
    page.keyboard.type("That one.")
    page.check("[name=kind][value=asking]")
    page.click("#write form button >> nth=0")
    answer = page.locator(f"#{page.url.split('#')[1]}")
    expect(answer.locator("blockquote")).to_have_count(2)
    expect(answer.locator("blockquote").last).to_contain_text("quince")
    answer.locator("blockquote a").first.click()
    expect(page.locator(f"#{reply}")).to_be_in_viewport()
