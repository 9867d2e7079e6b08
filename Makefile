# Everything a person types. `make` alone lists it.
# Each target makes .venv when it is missing or out of date (tools/ready.sh); nothing else is installed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test check bench torture language ready

BIN := .venv/bin
ARGS ?=
# Tests start the program some eighty times: compiled once for all, also where the surroundings forbid it.
COMPILED := env -u PYTHONDONTWRITEBYTECODE
# `make language LANG=sat`: the language of the terminal is called LANG too and is not meant.
ifneq ($(origin LANG),command line)
LANGUAGE_CODE :=
else
LANGUAGE_CODE := $(LANG)
override LANG := C.UTF-8
endif
PO := coop/locale/$(LANGUAGE_CODE)/LC_MESSAGES/coop.po

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: ready ## a running system with lived-in, invented data (PORT, COOP_HOME, COOP_DEMO_SIZE)
	@exec $(BIN)/coop demo $(ARGS)

test: ready ## every test (ARGS="-k price" for some)
	@for one in chromium-headless-shell chromium chromium-browser google-chrome; do \
	  command -v $$one >/dev/null && exit 0; done; \
	  echo "browser journeys not run: there is no Chromium on this machine"
	@$(COMPILED) $(BIN)/python -m pytest -n auto $(ARGS)

check: ready ## format, lint, imports, types, and the rules of the house
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(COMPILED) $(BIN)/python -m pytest tests/house $(ARGS)

bench: ready ## measure what the README claims, on this machine
	@$(BIN)/python -I tools/beside.py
	@exec $(BIN)/python -m benchmarks $(ARGS)

torture: ready ## kill the power, fill the disk, race two clerks: the slow tests
	@exec $(BIN)/python -m pytest -m torture $(ARGS)

language: ready ## begin or refresh a translation: make language LANG=sat
	@test -n "$(LANGUAGE_CODE)" || { echo "Which language? make language LANG=sat" >&2; exit 2; }
	@$(BIN)/pybabel -q extract -F babel.cfg -k say:1 --add-location=file --sort-by-file \
	  --project=abhrak -o .venv/coop.pot .
	@if [ -f $(PO) ]; then \
	  $(BIN)/pybabel -q update -N --no-wrap --ignore-obsolete --ignore-pot-creation-date \
	    -D coop -i .venv/coop.pot -d coop/locale -l $(LANGUAGE_CODE); \
	else \
	  $(BIN)/pybabel -q init --no-wrap -D coop -i .venv/coop.pot -d coop/locale -l $(LANGUAGE_CODE); \
	fi
	@echo "translate $(PO), then: make test"

ready:
	@sh tools/ready.sh
