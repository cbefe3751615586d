"""From a flag to an appeal that is right, as five people walk it: with JavaScript and without, in English and Italian."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AXE, RULES, open_thread, say

SMALL, LARGE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
WAYS = {
    "script-en": ({"javascript": True, "locale": "en", "viewport": LARGE, "color_scheme": "light"}, "hide"),
    "plain-en": ({"javascript": False, "locale": "en", "viewport": SMALL, "color_scheme": "light"}, "remove"),
    "script-it": ({"javascript": True, "locale": "it", "viewport": SMALL, "color_scheme": "dark"}, "remove"),
    "plain-it": ({"javascript": False, "locale": "it", "viewport": LARGE, "color_scheme": "dark"}, "hide"),
}
NAMES = re.compile(r"\b(ada|bruno|carla|dario|elena)\b", re.IGNORECASE)
MARKED = "such people never listen"
SAID = f"I have learned that *{MARKED}*, and I stay away."
STANDS = "I say what I have learned, and name nobody."
FACTS = "You wrote of all of them what may be true of one."
APPEAL = "I wrote of three people whom I know, and of nobody else."
REASONS = "You are right: the words before it say of whom you speak."
MARK = """(text) => {
  const words = text.querySelector("em");
  getSelection().selectAllChildren(words);
}"""


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def way(request):
    return request.param


@pytest.fixture
def five(context, way, people, server):
    """Return a page for each of the five; nobody was asked to mend anything within a day."""
    with closing(sqlite3.connect(server.instance / "forum.db", timeout=10)) as rows, rows:
        rows.execute("UPDATE mends SET asked_at = datetime(asked_at, '-2 days') || '.000000'")
    return {name: context(**way[0], storage_state=state).new_page() for name, state in people.items()}


def look(page, path=""):
    """Go somewhere, or stay; there is nothing for axe to find, and nothing sticks out."""
    if path:
        page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0, f"{page.url} is {beyond} px too wide"
    # Axe is a script that waits for timers, which do not run without JavaScript: the same pages are looked at in the other two ways.
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        found = AXE.run(page, options=RULES)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def send(page, **fields):
    """Fill the form in the middle of a page and send it."""
    for name, value in fields.items():
        page.fill(f"main [name={name}]", value)
    page.click("main form.write button:not([name])")


def told(page, href):
    """Open one's notices and follow the latest one that leads to such a place."""
    look(page, "/notices")
    page.locator(f".notices .told a[href*='{href}']").first.click()
    look(page)


def last_entry(page):
    page.goto("/moderation/log")
    entry = page.locator(".log li").first
    return int(entry.get_attribute("id")[1:]) if entry.count() else 0


def test_a_flag_is_answered_decided_appealed_and_reversed(five, way, server):
    ada, bruno, carla, dario, elena = (five[name] for name in ("ada", "bruno", "carla", "dario", "elena"))
    script, act = way[0]["javascript"], way[1]
    thread = open_thread(elena, f"Whom do you trust, {way[0]['locale']} {script}")
    ada.goto(thread)
    say(ada, SAID)
    id_ = ada.url.split("#r")[1]
    reply, permalink = f"#r{id_}", f"/replies/{id_}"
    elena.goto(permalink)
    shown = elena.locator(f"{reply} .about, {reply} .prose")
    as_it_was = shown.all_inner_texts()
    assert MARKED in as_it_was[1]
    before = last_entry(elena)

    _flag(bruno, permalink, id_, script=script)
    _stand_by(ada, id_)
    look(bruno, "/moderation/flags")
    expect(bruno.locator("main")).not_to_contain_text(STANDS)
    case = _speak_against(dario, permalink)
    _decide(carla, case, act)

    look(bruno, "/moderation/flags")
    receipt = bruno.locator(".drafts li").first
    expect(receipt.locator(f"a[href='{permalink}']")).to_be_visible()
    expect(receipt.locator(".state")).to_have_count(1)
    assert not re.search("carla|dario", receipt.inner_text())

    look(elena, permalink)
    expect(elena.locator(f"{reply} .stub")).to_be_visible()
    expect(elena.locator(reply)).not_to_contain_text(MARKED)
    look(elena, "/moderation/log")
    entry = elena.locator(".log li").first
    expect(entry).to_have_id(f"e{before + 1}")
    expect(entry.locator(".reason")).to_be_visible()
    assert not NAMES.search(elena.locator(".log").inner_text())

    statement = _appeal(ada)
    _reverse(carla, dario)

    look(elena, permalink)
    assert shown.all_inner_texts() == as_it_was
    told(ada, statement)
    expect(ada.locator("main")).to_contain_text(REASONS)
    assert not re.search("bruno|carla|dario", ada.locator("main").inner_text())
    ada.goto(permalink)
    expect(ada.locator(f"{reply} .prose em")).to_have_text(MARKED)
    look(bruno, "/moderation/flags")
    expect(bruno.locator(".drafts li").first).not_to_contain_text(REASONS)
    look(elena, "/moderation/log")
    assert [entry.get_attribute("id") for entry in elena.locator(".log li").all()[:3]] == [
        f"e{before + number}" for number in (3, 2, 1)
    ]
    assert not NAMES.search(elena.locator(".log").inner_text())
    assert re.search(rf"ok +log: {before + 3} entries, one chain", server.command("doctor"))


def _flag(bruno, permalink, id_, *, script):
    bruno.goto(permalink)
    bruno.click(f"#r{id_} a[href='/moderation/replies/{id_}/flag']")
    look(bruno)
    if script:
        bruno.locator("main blockquote").evaluate(MARK)
        expect(bruno.locator("[name=words]")).to_have_value(MARKED)
    else:
        bruno.fill("[name=words]", MARKED)
    bruno.check("[name=reason][value=wounds]")
    send(bruno)
    expect(bruno).to_have_url(re.compile("/moderation/flags$"))
    look(bruno)
    bruno.goto(f"{permalink}/answers")
    expect(bruno.locator("#write textarea")).to_have_count(0)


def _stand_by(ada, id_):
    told(ada, f"/moderation/replies/{id_}/mend")
    expect(ada.locator("main .marked")).to_have_text(MARKED)
    assert not re.search("bruno", ada.locator("main").inner_text())
    ada.check("[name=answer][value=stand_by]")
    send(ada, reason=STANDS)
    expect(ada.locator(f"#r{id_} .prose em")).to_have_text(MARKED)


def _speak_against(dario, permalink):
    """Say as the first of two moderators that it cannot stay; return the address of the case."""
    look(dario, "/moderation/cases")
    dario.locator(".cases li", has=dario.locator(f"a[href='{permalink}']")).locator("h2 a").click()
    look(dario)
    expect(dario.locator("main")).to_contain_text(STANDS)
    case = "/".join(("", *dario.url.split("/")[3:]))
    dario.check("[name=kind][value=hide]")
    dario.click(f"form[action='{case}/against'] button")
    expect(dario).to_have_url(re.compile("/moderation/cases$"))
    return case


def _decide(carla, case, act):
    look(carla, case)
    carla.click(f"form[action='{case}/claim'] button")
    look(carla)
    carla.check(f"[name=kind][value={act}]")
    send_in(carla, f"{case}/decisions")
    expect(carla.locator("#problems")).to_be_visible()
    look(carla)
    carla.select_option("[name=rule]", "answer")
    carla.fill("[name=facts]", FACTS)
    send_in(carla, f"{case}/decisions")
    look(carla)
    look(carla, case)


def send_in(page, action):
    page.click(f"form[action^='{action}'] button:not([name])")


def _appeal(ada):
    """Read the statement of reasons and appeal; return its address."""
    told(ada, "/moderation/decisions/")
    statement = "/".join(("", *ada.url.split("/")[3:]))
    expect(ada.locator(".statement")).to_contain_text(FACTS)
    expect(ada.locator(".statement a[href^='/rules']")).to_be_visible()
    assert not re.search("bruno|carla|dario", ada.locator("main").inner_text())
    send(ada, text=APPEAL)
    expect(ada).to_have_url(re.compile(f"{statement}#appeal$"))
    expect(ada.locator("main")).to_contain_text(APPEAL)
    look(ada)
    return statement


def _reverse(carla, dario):
    look(dario, "/moderation/cases")
    dario.click("main a[href='/moderation/appeals']")
    look(dario)
    dario.locator(".cases h2 a").last.click()
    look(dario)
    expect(dario.locator("main")).to_contain_text(APPEAL)
    look(carla, dario.url)
    expect(carla.locator("main form")).to_have_count(0)
    dario.check("[name=outcome][value=reversed]")
    send(dario, reasons=REASONS)
    expect(dario).to_have_url(re.compile("/moderation/appeals(#problems)?$"))
    look(dario)
