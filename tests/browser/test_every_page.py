"""What holds on every page, for every kind of reader: nothing for axe to find, nothing that sticks out, nothing from elsewhere."""

import sqlite3
from contextlib import closing

import pytest

from tests.browser.conftest import AXE, ESSAY, RULES, open_thread, say
from tests.moderation.months import a_month

PUBLIC = [
    "/", ESSAY, f"{ESSAY}?theme=mistrust", f"{ESSAY}?passage=p15", "/threads", "/threads?theme=mistrust", "/themes/mistrust",
    "/commitments/themes/mistrust", "/members/ada", "/moderation/log", "/moderation/transparency", "/moderation/report",
    "/search", "/search?q=men+women",
    "/about", "/rules", "/rules/versions", "/privacy", "/help", "/nothing-here",
]  # fmt: skip
FLAG = "/moderation/members/carla/flag"
DOOR = ["/login", "/register"]
MEMBERS = [
    *PUBLIC,
    "/settings",
    "/settings/factor",
    "/rights/leave",
    "/drafts",
    "/notices",
    "/notices/levels",
    "/threads/new",
    "/waiting",
    "/moderation/flags",
    "/commitments",
    "/commitments/new/mistrust",
    "/moderation/decisions",
    FLAG,
]
STAFF = [
    *[path for path in MEMBERS if path != FLAG],
    "/moderation/cases",
    "/moderation/members/bruno/decide",
    "/register/waiting",
    "/moderation/appeals",
    "/moderation/log/full",
    f"{ESSAY}/lock",
    f"{ESSAY}/pin",
    f"{ESSAY}/settings",
]
ADMIN = [
    *STAFF,
    "/rules/edit",
    "/members",
    "/essays/import",
    "/pages/help/it",
    "/members/bruno",
    "/practices",
    "/help/safety/it",
]
READERS = {None: [*PUBLIC, *DOOR], "ada": MEMBERS, "carla": STAFF, "dario": ADMIN}


@pytest.fixture(scope="module")
def lived_in(chromium, server, people):
    """Let something be on the pages: a month in numbers, replies, answers, a stub, a fold, a mend, a locked and pinned thread."""
    with closing(sqlite3.connect(server.instance / "forum.db", timeout=10)) as rows, rows:
        rows.executemany("INSERT INTO monthly_sums VALUES ('2026-10', ?, ?)", a_month().items())
    profile = chromium.new_context(base_url=server.url, storage_state=people["carla"])
    page = profile.new_page()
    page.goto(f"{ESSAY}?passage=p15")
    say(
        page,
        "A first voice, with a [link](https://example.org) and\n\n> a quotation\n\n- and a list",
        kind="differing",
    )
    reply = page.url.split("#r")[1]
    page.goto(f"/replies/{reply}/answers")
    say(page, "An answer with a very long word: " + "a" * 300)
    page.goto(f"/replies/{int(reply) + 1}/hide")
    page.select_option("[name=rule]", "expose")
    page.fill("[name=reason]", "It names someone.")
    page.click("main form button")
    page.goto(f"/replies/{reply}/answers")
    say(page, "An answer that is folded.")
    page.goto(f"/replies/{page.url.split('#r')[1]}/fold")
    page.fill("[name=reason]", "It makes a caricature of some.")
    page.click("main form button")
    page.goto(f"/replies/{reply}/answers")
    say(page, "An answer that is taken back.")
    taken = page.url.split("#r")[1]
    page.goto(f"/replies/{taken}/withdraw")
    page.click("main form button")
    path = open_thread(page, "A thread with quite a long title that has to find its place on a small screen, too")
    for act in ("lock", "pin"):
        page.goto(f"{path}/{act}")
        page.fill("[name=reason]", "A reason that everyone can read.")
        page.click("main form button")
    profile.close()
    profile = chromium.new_context(base_url=server.url, storage_state=people["ada"])
    page = profile.new_page()
    page.goto(f"/moderation/replies/{reply}/flag")
    page.check("[value=wounds]")
    page.fill("[name=words]", "a quotation")
    page.click("main form button")
    profile.close()
    return [
        path,
        f"/replies/{reply}/answers",
        f"/replies/{reply}/edit",
        f"/replies/{reply}/withdraw",
        f"/replies/{taken}/return",
        f"{path}/unlock",
        f"/brake/{reply}",
        f"/moderation/replies/{reply}/mend",
    ]


def pages(who, more):
    own = more if who == "carla" else more[:2]
    return [*READERS[who], *own]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", READERS, ids=str)
def test_axe_finds_nothing(context, people, lived_in, who, scheme):
    page = context(color_scheme=scheme, storage_state=people.get(who)).new_page()
    for path in pages(who, lived_in):
        page.goto(path)
        results = AXE.run(page, options=RULES)
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"


@pytest.mark.parametrize("locale", ["en", "it"])
@pytest.mark.parametrize("width", [320, 360, 640, 1280])
def test_nothing_sticks_out(context, people, lived_in, width, locale):
    page = context(viewport={"width": width, "height": 800}, locale=locale, storage_state=people["dario"]).new_page()
    for path in pages("dario", lived_in):
        page.goto(path)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{path} is {beyond} px wider than {width}"


@pytest.mark.parametrize("name", ["Polarizzazione", "Unberechenbarkeiten"])
def test_a_long_name_of_a_theme_stays_in_its_card(context, name):
    page = context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(ESSAY)
    page.locator(".rail .theme").first.evaluate("(theme, name) => { theme.textContent = name; }", name)
    beyond = page.locator(".rail").first.evaluate("(card) => card.scrollWidth - card.clientWidth")
    assert beyond <= 0


def test_a_page_asks_nothing_of_anyone_else_and_breaks_no_policy(context, people, lived_in, server):
    page = context(storage_state=people["dario"]).new_page()
    said, foreign = [], []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("request", lambda request: None if request.url.startswith(server.url) else foreign.append(request.url))
    for path in pages("dario", lived_in):
        page.goto(path)
    assert foreign == []
    assert [line for line in said if "404" not in line] == []


def test_a_thread_page_loads_light(context, lived_in):
    page = context().new_page()
    sizes = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(sum(request.sizes()[k] for k in ("responseBodySize", "responseHeadersSize"))),
    )
    page.goto(ESSAY, wait_until="networkidle")
    assert len(sizes) <= 6
    assert sum(sizes) <= 45_000
