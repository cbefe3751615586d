"""One thing, elsewhere, as people walk through it: noted, answered, told of, asked about; with and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import fill

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORDS = {
    "en": ("It went badly", "Unsigned", "When a joke happens among my colleagues, I will ask what was meant."),
    "it": ("È andata male", "Senza firma", "Quando tra colleagues capita a joke, io ask what was meant."),
}


def clear(page, javascript):
    """Let axe find nothing; it is a script itself."""
    if javascript:
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def in_language(page, locale):
    page.goto(f"/language/{locale}?next=/commitments")


@pytest.mark.parametrize("locale", ["en", "it"])
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_one_thing_is_noted_answered_told_and_asked_about(context, people, locale, javascript):
    badly, unsigned, sentence = WORDS[locale]
    ada = context(javascript=javascript, locale=locale, storage_state=people["ada"]).new_page()
    in_language(ada, locale)
    ada.goto("/themes/mistrust#elsewhere")
    ada.fill("#elsewhere [name=when]", "a joke")
    ada.fill("#elsewhere [name=among]", "colleagues")
    ada.click("#elsewhere button")
    assert ada.input_value("main [name=among]") == "colleagues"
    clear(ada, javascript)
    fill(ada, will="ask what was meant.")
    ada.click("main form.commit button")
    ada.wait_for_selector(".noted")
    noted = ada.locator(".noted li").first
    assert noted.locator("h2").inner_text() == sentence
    clear(ada, javascript)
    noted.get_by_role("button", name=badly).click()
    ada.locator(".noted li").first.locator("a.button").click()
    clear(ada, javascript)
    fill(ada, tried="I asked.", happened=f"Silence, in {locale}.", otherwise="I would wait.")
    ada.check("main [name=door]")
    ada.click("main form.write button")
    ada.wait_for_selector(".field-note")
    place = ada.url.partition("#")[0]
    bruno = context(javascript=javascript, locale=locale, storage_state=people["bruno"]).new_page()
    bruno.goto(place)
    assert bruno.locator(".field-note").first.locator(".who").inner_text().startswith(unsigned)
    clear(bruno, javascript)
    bruno.fill("main [name=question]", "What was the joke?")
    bruno.click("#write button")
    bruno.wait_for_selector(".asked")
    clear(bruno, javascript)
    ada.goto("/commitments")
    assert "What was the joke?" in ada.inner_text(".noted li >> nth=0")
    ada.locator(".noted li").first.locator(".discard button").click()
    assert bruno.goto(place).status == 404
    in_language(ada, "en")
