"""What holds for every page, whoever added it."""

import re

from forum import FEATURES
from tests.house.tree import TOP, modules

# By their names, which are their paths.
TEMPLATES = {
    str(file.relative_to(TOP / "templates")): file.read_text() for file in sorted((TOP / "templates").rglob("*.html"))
}
SOURCE = "\n".join(f.read_text() for f in (TOP / "forum").rglob("*.py"))
TEMPLATE_SOURCE = "\n".join(TEMPLATES.values())
# Words of a URL that are not the folder's, for people's sake; the README explains them.
FRIENDLY = {
    "accounts": {"login", "logout", "register", "settings", "members", "reset", "welcome", "language"},
    "threads": {"replies"},
    "pages": {"", "about", "privacy", "help", "patterns", "robots.txt", "favicon.ico"},
    "search": {"opensearch.xml"},
    "feeds": {"sitemap.xml"},
    "assets": {"static"},
}


def test_every_endpoint_says_who_may_knock(forum):
    undeclared = [name for name, view in forum.view_functions.items() if not hasattr(view, "access")]
    assert undeclared == []


def test_the_first_word_of_an_address_names_its_folder(forum):
    for rule in forum.url_map.iter_rules():
        feature, first = rule.endpoint.partition(".")[0], rule.rule.strip("/").split("/")[0]
        assert first == feature or first in FRIENDLY[feature], f"{rule.rule} lives in {feature}"


def test_addresses_are_lower_case_with_hyphens_and_typed(forum):
    for rule in forum.url_map.iter_rules():
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.-]*", fixed), rule.rule


def test_every_state_change_is_a_post(forum):
    verbs = {
        "lock",
        "unlock",
        "pin",
        "unpin",
        "hide",
        "restore",
        "withdraw",
        "return",
        "edit",
        "end",
        "mute",
        "unmute",
        "role",
        "logout",
        "read",
        "flag",
        "claim",
        "release",
        "close",
    }
    for rule in forum.url_map.iter_rules():
        if rule.rule.rsplit("/", 1)[-1] in verbs:
            assert "POST" in rule.methods, rule.rule


def test_every_page_has_a_title():
    for name, source in TEMPLATES.items():
        if "{% extends" in source and "layouts" not in name.split("/"):
            assert "{% block title %}" in source, name


def test_every_template_is_used():
    assert [name for name in TEMPLATES if f'"{name}"' not in SOURCE and f'"{name}"' not in TEMPLATE_SOURCE] == []


def test_no_text_stands_outside_the_translations():
    for name, source in TEMPLATES.items():
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", source, flags=re.DOTALL)
        assert re.findall(r"[A-Za-z]{3,}", text) == [], name


def test_no_script_and_no_style_is_inline():
    for name, source in TEMPLATES.items():
        assert not re.search(r"\son[a-z]+=|style=|<script(?![^>]*\ssrc=)|<style", source), name


def test_every_feature_has_its_folders():
    for feature in FEATURES:
        assert (TOP / "templates" / feature).is_dir()
        assert (TOP / "tests" / feature).is_dir()
        assert f"forum.{feature}" in modules()


def test_nothing_of_the_seed_essay_is_in_code():
    words = re.compile(r"gender|sexes|feminis|patriarch|polariz|allyship|mistrust|withdrawal\b", re.IGNORECASE)
    for name, text in {str(f.relative_to(TOP)): f.read_text() for f in (TOP / "forum").rglob("*.py")}.items():
        assert not words.search(text), name
    for folder in ("templates", "static"):
        for file in (TOP / folder).rglob("*.*"):
            assert file.suffix == ".png" or not words.search(file.read_text()), file
