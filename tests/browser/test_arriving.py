"""A page that stands open says that something new came; it puts nothing there by itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_thread, say

HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PLACE = "[scrollY, document.querySelectorAll('.reply').length, document.activeElement.id]"


@pytest.mark.parametrize("who", [None, "bruno"], ids=str)
def test_an_open_page_says_what_came_and_leads_there(context, people, who):
    writer = context(storage_state=people["ada"]).new_page()
    path = open_thread(writer, f"Who comes by {who}")

    def write(text):
        writer.goto(path)
        say(writer, text)
        writer.wait_for_url("**#r*")

    write("\n\n".join(["The first."] * 30))
    reader = context(storage_state=people.get(who), viewport={"width": 360, "height": 640}, locale="en").new_page()
    asked = []
    reader.on("response", lambda answer: asked.append(answer.status) if "/arrivals" in answer.url else None)
    reader.clock.install()
    reader.goto(f"{path}?order=newest", wait_until="networkidle")
    reader.evaluate("scrollTo(0, 300)")
    before = reader.evaluate(PLACE)

    def wait(minutes):
        reader.clock.run_for(minutes * 60_000)

    line = reader.locator(".arrivals")
    with reader.expect_response("**/arrivals?*"):
        wait(1)
    expect(line).to_be_empty()
    write("The second.")
    with reader.expect_response(lambda answer: "/arrivals" in answer.url and answer.status == 200):
        wait(2)
    expect(line).to_have_text("1 new reply: show")
    expect(line).to_be_in_viewport()
    assert reader.evaluate(PLACE) == before

    reader.evaluate(HIDE, True)
    reader.wait_for_load_state("networkidle")
    count = len(asked)
    write("The third.")
    wait(60)
    assert len(asked) == count
    with reader.expect_response("**/arrivals?*"):
        reader.evaluate(HIDE, False)
    expect(line).to_have_text("2 new replies: show")
    assert reader.evaluate(PLACE) == before
    line.locator("a").click()
    reader.wait_for_url("**order=newest#r*")
    expect(reader.locator(".reply:target .prose")).to_have_text("The second.")
    expect(reader.locator(".reply:target")).to_be_in_viewport()
