"""The README is a promise: what it must name, it names."""

import re

import pytest

from forum import FEATURES
from forum.core.config import SETTINGS
from tests.house.test_pages import FRIENDLY
from tests.house.tree import TOP

README = (TOP / "README.md").read_text()
MAKEFILE = (TOP / "Makefile").read_text()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.name)
def test_every_setting_stands_there_with_its_default(setting):
    row = next((line for line in README.splitlines() if line.startswith(f"| `{setting.name}`")), "")
    assert setting.meaning in row
    assert f"`{setting.default}`" in row or not setting.default


def test_every_target_of_make_stands_there():
    for target in re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE):
        assert f"make {target}" in README or target == "help", target


def test_every_command_stands_there(forum):
    for name in forum.cli.commands:
        assert f"forum {name}" in README, name


def test_every_feature_and_every_friendly_address_stands_there():
    for feature in FEATURES:
        assert f"`{feature}`" in README, feature
    for words in FRIENDLY.values():
        for word in words - {""}:
            assert f"/{word}" in README, word


def test_every_dependency_stands_there_with_its_reason():
    listed = re.findall(
        r'^    "([a-z0-9-]+)', (TOP / "pyproject.toml").read_text().split("[project.optional")[0], re.MULTILINE
    )
    for name in listed:
        assert f"| {name} |" in README, name


def test_no_address_and_no_machine_stands_in_the_pinned_versions():
    lines = (TOP / "constraints.txt").read_text().splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.!+]+", line) for line in lines)
