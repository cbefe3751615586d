"""Here, listening, as someone presses it and takes it back; with and without scripts, in both languages."""

import pytest

from tests.browser.test_commitments import clear, in_language

WORDS = {
    "en": ("I am here, listening", "You are here until", "Take it back"),
    "it": ("Sono qui, in ascolto", "Sei qui fino al", "Revoca"),
}


@pytest.mark.parametrize("locale", ["en", "it"])
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_someone_is_here_and_takes_it_back(context, people, locale, javascript):
    button, here, back = WORDS[locale]
    ada = context(javascript=javascript, locale=locale, storage_state=people["ada"]).new_page()
    in_language(ada, locale)
    ada.goto("/threads/1")
    foot = ada.locator("#listening")
    foot.get_by_role("button", name=button).click()
    foot.get_by_role("button", name=back).wait_for()
    assert here in foot.inner_text()
    clear(ada, javascript)
    foot.get_by_role("button", name=back).click()
    foot.get_by_role("button", name=button).wait_for()
    clear(ada, javascript)
