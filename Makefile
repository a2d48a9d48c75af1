# The same words on a laptop and in CI.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
MANAGE := $(BIN)/python manage.py
PORT ?= 8000
export PORT
# Settings under which `check --deploy` must be clean.
DEPLOYED := SITE_URL=https://community.example.org DEMO=0 DEBUG=0

.PHONY: demo test check bench lock vendor messages format

demo: $(STAMP) ## the demo community on http://localhost:$(PORT)
	@DEMO=1 $(MANAGE) demo
	@DEMO=1 $(MANAGE) serve

test: $(STAMP) ## the whole suite; browser tests where a Chromium is found
	$(BIN)/python -m pytest -q -n 2
	$(BIN)/python -m pytest -q -m e2e tests/browser

check: $(STAMP) ## format, lint, types, translations, migrations, settings, then the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --check --lint --quiet templates
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) translations --check
	$(DEPLOYED) $(MANAGE) check --deploy --fail-level WARNING
	$(MAKE) test

bench: $(STAMP) ## ratios, without network
	$(BIN)/python -m tests.bench

format: $(STAMP)
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/djlint --reformat --quiet templates

messages: $(STAMP) ## bring the translations up to date with the sources
	$(MANAGE) translations

lock: ## exact versions with hashes, from pyproject.toml; needs uv
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml -o requirements.txt
	uv pip compile --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header -q --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

$(STAMP): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python has no venv module. On Debian: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $(STAMP)
