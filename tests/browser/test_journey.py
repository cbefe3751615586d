"""The main job, end to end, in a real browser: with JavaScript and without, in English and Italian."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ESSAY, PASSWORD, fill, open_thread, register, say

WAYS = [(True, "en"), (False, "en"), (True, "it"), (False, "it")]


@pytest.fixture(params=WAYS, ids=["script-en", "plain-en", "script-it", "plain-it"])
def way(request):
    script, locale = request.param
    return {"javascript": script, "locale": locale}


def test_a_visitor_reads_without_a_cookie(context, way):
    profile = context(**way)
    page = profile.new_page()
    page.goto("/")
    page.click("main a[href^='/threads/1']")
    expect(page.locator(".passage")).to_have_count(24)
    expect(page.locator("html")).to_have_attribute("lang", way["locale"])
    page.click("#p15 .number")
    expect(page.locator("blockquote.words")).to_be_visible()
    page.goto("/themes/mistrust")
    expect(page.locator(".passages li")).to_have_count(6)
    assert profile.cookies() == []


def test_someone_registers_logs_out_and_logs_in_by_name_and_by_address(context, way, people, server):
    name = f"guest{way['javascript']}{way['locale']}".lower()
    page = context(**way).new_page()
    page.goto("/register")
    expect(page.locator("[name=website]")).to_be_hidden()
    register(page, server, name)
    if way["javascript"]:
        expect(page.locator(".note")).to_contain_text(name)
    else:
        expect(page).to_have_url(re.compile("/register/outside$"))
        _let_in(context(storage_state=people["carla"]).new_page(), name)
        page.reload()
        expect(page.locator(".note")).to_have_count(0)
    for login in (name, f"{name}@example.org"):
        page.click("header form[method=post] button")
        page.goto("/login?next=/rules")
        fill(page, login=login, password=PASSWORD)
        page.click("main form button")
        expect(page).to_have_url(re.compile("/rules$"))


def _let_in(page, name):
    page.goto("/register/waiting")
    page.click(f"main li a:has-text('{name}')")
    page.click("main form[action$='/admit'] button")
    expect(page.locator(".note").first).to_contain_text(name)


def test_a_member_replies_to_a_passage_and_lands_on_the_reply(context, way, people):
    page = context(**way, storage_state=people["ada"]).new_page()
    page.goto(f"{ESSAY}?passage=p15")
    say(page, f"I sat **there** for a year. {way}", kind="lived")
    expect(page).to_have_url(re.compile(r"#r\d+$"))
    anchor = page.url.split("#")[1]
    reply = page.locator(f"#{anchor}")
    expect(reply).to_be_in_viewport()
    expect(reply.locator("strong")).to_have_text("there")
    assert page.evaluate("document.activeElement.id") == anchor if way["javascript"] else True
    page.goto(f"/replies/{anchor[1:]}")
    expect(page.locator(f"#{anchor}")).to_be_visible()


def test_a_member_answers_edits_withdraws_and_brings_back(context, way, people):
    page = context(**way, storage_state=people["bruno"]).new_page()
    page.goto(ESSAY)
    say(page, "A thought of mine.")
    anchor = page.url.split("#")[1]
    page.click(f"#{anchor} a[href$='/answers#write']")
    say(page, "And another.", kind="asking")
    answer = page.url.split("#")[1]
    expect(page.locator(f".answers #{answer}")).to_be_visible()
    page.click(f"#{answer} a[href$='/edit']")
    page.fill("textarea[name=body]", "Said better.")
    page.click("form.write button:not([name])")
    expect(page.locator(f"#{answer} .prose")).to_have_text("Said better.")
    page.click(f"#{answer} a[href$='/withdraw']")
    page.click("main form button")
    expect(page.locator(f"#{answer} .stub")).to_be_visible()
    expect(page.locator(f"#{answer} .prose")).to_have_count(0)
    page.click(f"#{answer} a[href$='/return']")
    page.click("main form button")
    expect(page.locator(f"#{answer} .prose")).to_have_text("Said better.")


def test_a_preview_shows_the_text_and_keeps_it(context, way, people):
    page = context(**way, storage_state=people["ada"]).new_page()
    page.goto(ESSAY)
    page.fill("#write textarea", "Perhaps *this*.")
    if not way["javascript"]:
        page.click("#write button[name=preview]")
        expect(page.locator("[data-preview] em")).to_be_in_viewport()
    expect(page.locator("[data-preview] em")).to_have_text("this")
    expect(page.locator("#write textarea")).to_have_value("Perhaps *this*.")


def test_a_thread_is_locked_refuses_is_pinned_and_opens_again(context, way, people):
    keeper = context(**way, storage_state=people["carla"]).new_page()
    path = open_thread(keeper, f"A bench {way['javascript']} {way['locale']}")
    writer = context(**way, storage_state=people["ada"]).new_page()
    writer.goto(path)
    writer.check("#write input[value=lived]")
    writer.fill("#write textarea", "Written before the lock.")

    keeper.goto(f"{path}/lock")
    keeper.fill("[name=reason]", "We sleep over it.")
    keeper.click("main form button")
    expect(keeper.locator("#opening .state").first).to_contain_text("We sleep over it.")

    writer.click("#write button:not([name])")
    expect(writer.locator(".closed")).to_contain_text("We sleep over it.")
    expect(writer.locator(".closed")).to_be_in_viewport()
    expect(writer.locator("#write textarea")).to_have_value("Written before the lock.")

    keeper.goto(f"{path}/pin")
    keeper.fill("[name=reason]", "Begin here.")
    keeper.select_option("[name=scope]", "forum")
    keeper.click("main form button")
    keeper.goto("/threads")
    expect(keeper.locator(".threads").first).to_contain_text("Begin here.")
    for act in ("unpin", "unlock"):
        keeper.goto(f"{path}/{act}")
        keeper.fill("[name=reason]", "It is time.")
        keeper.click("main form button")
    expect(keeper.locator(".entry h3")).to_have_count(4)

    writer.goto(path)
    say(writer, "Written after it.")
    expect(writer.locator(".reply .prose").last).to_have_text("Written after it.")
    writer.goto("/moderation/log")
    expect(writer.locator(".log")).to_contain_text("We sleep over it.")
    expect(writer.locator(".log")).not_to_contain_text("carla")


def test_what_was_written_outlives_the_session(context, way, people):
    page = context(**way).new_page()
    page.goto("/login")
    fill(page, login="ada", password=PASSWORD)
    page.click("main form button")
    page.goto(f"{ESSAY}?passage=p3")
    page.select_option("#write select[name=theme]", index=1)
    page.check("#write input[value=asking]")
    page.fill("#write textarea", "Do not lose me.")
    page.context.clear_cookies()
    page.click("#write button:not([name])")
    expect(page.locator("#kept-body")).to_have_value("Do not lose me.")
    page.fill("#login", "ada")
    page.fill("#password", PASSWORD)
    page.click("main form button")
    expect(page.locator("#kept-body")).to_have_value("Do not lose me.")
    page.click("main form.write button")
    expect(page).to_have_url(re.compile(r"#r\d+$"))


def test_an_admin_imports_a_new_edition_and_replies_stay(context, way, people):
    page = context(**way, storage_state=people["dario"]).new_page()
    page.goto("/essays/import")
    title = f"On Bridges {way['javascript']} {way['locale']}"
    page.fill(
        "[name=text]",
        f"{title}\n\n- Fiamma\n- Mar 3\n\nOne bank alone builds nothing.\n\nTwo build a bridge.\n\nComments",
    )
    page.click("main form button[name=look]")
    expect(page.locator(".taken")).to_contain_text("Fiamma")
    page.fill("[name=themes]", "Banks | Which bank is yours? | 1-2")
    page.click("main form button[name=publish]")
    expect(page.locator(".passage")).to_have_count(2)
