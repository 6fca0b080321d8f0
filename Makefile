# Everything a contributor or a CI machine runs. `make` alone lists the targets.
# GNU make 3.81 (macOS) is enough. Nothing here is installed outside $(VENV).

SHELL  := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.stockade-setup
UV     := $(BIN)/uv
LOCK   := requirements/dev.lock
BOOT   := requirements/bootstrap.lock
# `make test ARGS="-k surrogate"`, `make run ARGS="--port 9000"`.
ARGS   ?=
# Two workers: a file stays on one, so that a module's fixtures are built once.
WORKERS ?= 2

export UV_NO_PROGRESS := 1

.PHONY: help setup run test check fix bench docs lock release clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## create .venv with exactly the locked packages

# The stamp is older than the lock or the project file after either changed; then the environment is
# synced again. Otherwise make stops here without starting a process.
$(STAMP): $(LOCK) $(BOOT) pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) not found; install Python 3.11 or newer, or say make PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: Stockade needs Python 3.11 or newer, but $(PYTHON) is $$($(PYTHON) -V 2>&1); say make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "error: $(PYTHON) has no venv module; install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@cmp -s $(BOOT) $(VENV)/.stockade-bootstrap || { $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(BOOT) && cp $(BOOT) $(VENV)/.stockade-bootstrap; }
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes $(LOCK)
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## set up, fetch the on-device model once, and serve on http://127.0.0.1:8400
	@$(BIN)/stockade local install
	@$(BIN)/stockade serve $(ARGS)

test: setup ## set up and run every test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: setup ## format, lint, types, import contracts, lock freshness
	@$(BIN)/ruff format --check --quiet . || { echo "error: not formatted; run make fix" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python .ci/lock_fresh.py

fix: setup ## format, and repair what the linter can repair
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

bench: setup ## print every published figure beside its peer
	@$(BIN)/python -m bench $(ARGS)

docs: setup ## build the documentation into site/ and check every link
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file docs/.site/mkdocs.yml
	@$(BIN)/python docs/.site/links.py site

# Pins that still satisfy pyproject.toml are kept; `make lock ARGS=--upgrade` moves them. Releases younger
# than a week are not considered: most malicious uploads are found and removed within days.
lock: ## resolve pyproject.toml into requirements/*.lock, with hashes
	@test -x $(UV) || $(MAKE) --no-print-directory setup
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --all-extras --group dev --exclude-newer "7 days" --custom-compile-command "make lock" \
	    $(ARGS) -o $(LOCK) pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --exclude-newer "7 days" --custom-compile-command "make lock" \
	    $(ARGS) -o $(BOOT) requirements/bootstrap.in

# Same commit, same bytes: the archive's clock is the commit's, and the build tool is the locked one.
release: setup ## build wheel and source archive into dist/, reproducibly
	@rm -rf dist
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(UV) build --quiet --python $(BIN)/python --no-build-isolation --no-create-gitignore --out-dir dist .
	@cd dist && for f in *; do $(abspath $(BIN))/python -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest() + "  " + sys.argv[1])' "$$f"; done

clean: ## remove what the other targets made, .venv included
	@rm -rf $(VENV) site dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	@find src tests docs bench -name __pycache__ -type d -prune -exec rm -rf {} +
