"""Drafts in a real browser: kept by themselves, in two windows at once, over the end of a session, and without JavaScript."""

import re
from itertools import count

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import ESSAY, PASSWORD, fill, open_thread, say

PASSAGES = count(5)
SAVED = re.compile("Saved as a draft")


@pytest.fixture
def place():
    """A passage that no other test here writes about."""
    return f"{ESSAY}?passage=p{next(PASSAGES)}"


def write(page, words: str) -> None:
    page.fill("#write textarea[name=body]", words)


def state(page):
    return page.locator(".draft-state [role=status]")


def begin(page, place: str, words: str) -> None:
    """Open a thread, write, and wait until this is saved."""
    page.goto(place)
    go_on(page, words)


def go_on(page, words: str) -> None:
    with page.expect_response("**/drafts"):
        write(page, words)
    expect(state(page)).to_have_text(SAVED)


def finds(page, place: str, words: str) -> bool:
    """Return whether a form is filled with a draft; the last one that a page sends may arrive after the next page is asked for."""
    for _look in range(20):
        page.goto(place)
        if page.input_value("#write textarea[name=body]") == words:
            return True
    return False


def test_what_is_written_is_saved_by_itself_and_found_again(context, people, place):
    profile = context(storage_state=people["ada"])
    page = profile.new_page()
    page.goto(place)
    page.check("#write input[value=asking]")
    write(page, "Half a thought")
    expect(state(page)).to_have_text(SAVED, timeout=2_500)
    page.goto("/")
    page.click("header a[href='/drafts']")
    expect(page.locator(".drafts")).to_contain_text("Half a thought")
    page.locator(".drafts li", has_text="Half a thought").locator("a.button").click()
    expect(page.locator("#write textarea[name=body]")).to_have_value("Half a thought")
    expect(page.locator("#write input[value=asking]")).to_be_checked()
    expect(page.locator(".draft-note")).to_contain_text("Your draft of")
    go_on(page, "Half a thought, or two thirds")
    write(page, "Half a thought, or less")
    page.click(".draft-note button")
    expect(page.locator("#write textarea[name=body]")).to_have_value("")
    expect(page.locator(".draft-note")).to_have_count(0)


def test_what_is_written_in_the_last_moment_is_saved_when_the_page_is_left(context, people, place):
    page = context(storage_state=people["ada"]).new_page()
    page.goto(place)
    write(page, "In the last moment")
    page.goto("/rules")
    assert finds(page, place, "In the last moment")


def test_sending_takes_the_draft_along(context, people, place):
    page = context(storage_state=people["bruno"]).new_page()
    begin(page, place, "Said at once")
    say(page, "Said at last")
    expect(page).to_have_url(re.compile(r"#r\d+$"))
    page.goto(place)
    expect(page.locator("#write textarea[name=body]")).to_have_value("")
    expect(page.locator(".draft-note")).to_have_count(0)
    page.goto("/drafts")
    expect(page.locator("main")).not_to_contain_text("Said at")


def test_a_save_under_way_does_not_come_back_as_a_draft_of_what_was_sent(context, people, place):
    page = context(storage_state=people["bruno"]).new_page()
    page.goto(place)
    held: list[Route] = []
    page.route("**/drafts", lambda route: held.append(route))  # noqa: PLW0108 (Playwright wants a function of its own)
    with page.expect_request("**/drafts"):
        write(page, "Sent while it is saved")
    say(page, "Sent while it is saved")
    expect(page).to_have_url(re.compile(re.escape(place) + "$"))
    held[0].continue_()
    expect(page).to_have_url(re.compile(r"#r\d+$"))
    page.goto(place)
    expect(page.locator("#write textarea[name=body]")).to_have_value("")
    expect(page.locator(".draft-note")).to_have_count(0)


def test_what_was_written_before_the_script_came_is_saved_too(context, people, place):
    page = context(storage_state=people["ada"]).new_page()

    def late(route: Route) -> None:
        page.locator("#write textarea[name=body]").evaluate("(text) => { text.value = 'Written early' }")
        route.continue_()

    page.route("**/behaviours/draft*.js", late)
    with page.expect_response("**/drafts"):
        page.goto(place)
    expect(state(page)).to_have_text(SAVED)


def test_of_two_windows_the_older_one_overwrites_nothing_and_shows_both_texts(context, people, place):
    profile = context(storage_state=people["ada"])
    first, second = profile.new_page(), profile.new_page()
    begin(first, place, "As it began")
    begin(second, place, "Written on in the second window")
    write(first, "Written in the first window")
    newer = first.locator("[data-newer]")
    expect(newer.locator("textarea")).to_have_value("Written on in the second window")
    expect(first.locator("#write textarea[name=body]")).to_have_value("Written in the first window")
    second.reload()
    expect(second.locator("#write textarea[name=body]")).to_have_value("Written on in the second window")
    newer.locator("[data-mine]").click()
    expect(newer).to_be_empty()
    expect(state(first)).to_have_text(SAVED)
    second.reload()
    expect(second.locator("#write textarea[name=body]")).to_have_value("Written in the first window")


def test_whoever_goes_on_with_the_other_text_finds_it_in_the_form(context, people, place):
    profile = context(storage_state=people["ada"])
    first, second = profile.new_page(), profile.new_page()
    begin(first, place, "As it began")
    begin(second, place, "The other text")
    write(first, "Mine")
    first.locator("[data-newer] a").click()
    expect(first.locator("#write textarea[name=body]")).to_have_value("The other text")


def test_without_a_script_a_button_saves_and_an_older_window_is_told(context, people, place):
    profile = context(storage_state=people["bruno"], javascript=False)
    first, second = profile.new_page(), profile.new_page()
    first.goto(place)
    second.goto(place)
    for page, words in ((second, "Kept by the button"), (first, "Kept too late")):
        write(page, words)
        page.click("#write button[name=keep]")
    expect(second.locator(".note")).to_contain_text("Your draft is saved.")
    expect(first.locator("#newer")).to_have_value("Kept by the button")
    expect(first.locator("#kept-body")).to_have_value("Kept too late")
    first.click("main form.write button")
    expect(first.locator(".drafts")).to_contain_text("Kept too late")
    first.goto(place)
    expect(first.locator("#write textarea[name=body]")).to_have_value("Kept too late")
    say(first, "And sent.")
    first.goto("/drafts")
    expect(first.locator("main")).not_to_contain_text("Kept too late")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_draft_outlives_the_session(context, people, place, javascript):
    page = context(javascript=javascript, locale="en").new_page()
    page.goto("/login")
    fill(page, login="ada", password=PASSWORD)
    page.click("main form button")
    page.goto(place)
    page.context.clear_cookies()
    write(page, "Do not lose me.")
    if javascript:
        expect(state(page)).to_contain_text("You were logged out meanwhile")
    page.click("#write button[name=keep]")
    page.fill("#login", "ada")
    page.fill("#password", PASSWORD)
    page.click("main form button")
    expect(page.locator("#kept-body")).to_have_value("Do not lose me.")
    page.click("main form.write button")
    expect(page.locator(".drafts")).to_contain_text("Do not lose me.")
    page.goto(place)
    expect(page.locator("#write textarea[name=body]")).to_have_value("Do not lose me.")


def test_a_draft_is_written_on_while_its_thread_is_locked(context, people):
    page, keeper = (context(storage_state=people[name]).new_page() for name in ("ada", "carla"))
    place = open_thread(keeper, "A bench to sleep over")
    begin(page, place, "Before the lock")
    keeper.goto(f"{place}/lock")
    keeper.fill("[name=reason]", "We sleep over it.")
    keeper.click("main form button")
    go_on(page, "Before the lock, and after")
    page.goto("/drafts")
    begun = page.locator(".drafts li", has_text="Before the lock, and after")
    expect(begun).to_contain_text("We sleep over it.")
    begun.locator("a.button").click()
    expect(page.locator("#body")).to_have_value("Before the lock, and after")
