# Everything that is done with this forum, by name. `make` alone lists it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 5000
INSTANCE ?=
VENV := .venv
BIN := $(VENV)/bin
FORUM := $(if $(INSTANCE),FORUM_INSTANCE="$(INSTANCE)" )$(BIN)/forum
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
.DEFAULT_GOAL := help
.PHONY: help run test test-quick check dev demo bench screenshots translations wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/ready: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the forum needs (once)…"
	@$(PIP) -e .
	@touch $@

$(VENV)/ready-test: $(VENV)/ready
	@echo "Installing what the tests need (once)…"
	@$(PIP) -e '.[test]'
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready-test
	@echo "Installing what the checks need (once)…"
	@$(PIP) -e '.[test,dev]'
	@touch $@

run: $(VENV)/ready ## serve the forum (PORT=5055 INSTANCE=/some/dir for another one)
	@$(FORUM) run --port $(PORT)

test: $(VENV)/ready-test ## the whole suite: SQLite, PostgreSQL and a browser where they are found
	@$(BIN)/python -m pytest -n auto

test-quick: $(VENV)/ready-test ## the suite without the browser
	@$(BIN)/python -m pytest -n auto -m "not browser"

check: $(VENV)/ready-dev ## format, lint, types, templates, translations, spelling, and the tests of the house itself
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/codespell forum templates static tests README.md CHANGELOG.md Makefile
	@$(BIN)/python -m pytest -q tests/house

dev: $(VENV)/ready ## serve for development: reloads on change, shows /patterns
	@$(FORUM) dev --port $(PORT)

demo: $(VENV)/ready ## fill an empty forum with a living conversation (INSTANCE=/some/dir)
	@$(FORUM) demo

bench: $(VENV)/ready-test ## measure the pages against a bare Flask view (LARGE=1 adds a thread of 100,000)
	@$(BIN)/python -m tests.bench $(if $(LARGE),--large)

screenshots: $(VENV)/ready-test ## draw the pictures that stand in the README
	@$(BIN)/python -m tests.screenshots

translations: $(VENV)/ready ## collect the sentences to translate, and compile what is translated
	@$(BIN)/python -m tests.translations

wheel: $(VENV)/ready ## build the wheel into dist/
	@$(BIN)/python -m pip wheel --quiet --no-deps -w dist .

clean: ## remove what was installed and built; instance/ stays
	@rm -rf $(VENV) dist build .ruff_cache .mypy_cache .hypothesis *.egg-info
