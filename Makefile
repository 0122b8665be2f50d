.DEFAULT_GOAL := help
.PHONY: help run test quarter lint format lock clean
PYTHON ?= python3
DATA ?= data
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

help: ## say what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## install, start the embedded stack, issue the sample if it is not there yet
	@$(BIN)/directives up --data $(DATA) --sample

test: $(VENV)/.development ## install and run all tests
	$(BIN)/pytest

quarter: $(VENV)/.runtime ## live four months of a city in some minutes, and count them
	@$(BIN)/directives simulate examples/four-months.yaml --svg quarter.svg

lint: $(VENV)/.development ## format, rules, types, import rules, deployment files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict deploy examples

format: $(VENV)/.development ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## renew requirements/*.txt (needs uv)
	cd requirements && for set in runtime development; do \
	  uv pip compile --quiet --upgrade --generate-hashes --no-header --universal \
	    --python-version 3.11 $$set.in --output-file $$set.txt || exit 1; done

clean: ## remove what was installed and built; the data directory stays
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/bin/pip
	$(PIP) --require-hashes --requirement requirements/runtime.txt
	$(PIP) --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements/development.txt pyproject.toml | $(VENV)/bin/pip
	$(PIP) --require-hashes --requirement requirements/development.txt
	$(PIP) --no-deps --no-index --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime
