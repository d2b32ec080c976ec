# `make` lists what there is. Everything that is made stays in this folder: packages in .venv/,
# data in var/ (or TRUSTBOOK_DATA_DIR).

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
export PORT

VENV := .venv
PY := $(VENV)/bin/python
TEMPLATES = $(shell find templates -name '*.html')

# For packages to be installed as locked, without a cache in the home folder.
PIP := $(PY) -m pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes

# Tests and checks see none of the settings of a deployment, and their temporary files go when
# they end.
SCRATCH := $(CURDIR)/$(VENV)/scratch
ALONE := env $(addprefix -u ,TRUSTBOOK_PRODUCTION TRUSTBOOK_DEBUG TRUSTBOOK_DATA_DIR \
	TRUSTBOOK_CONTENT_DIR TRUSTBOOK_LEGAL_DIR TRUSTBOOK_MASTER_KEYS TRUSTBOOK_PROXIES \
	TRUSTBOOK_LEDGER TRUSTBOOK_BACKUP_DIR TRUSTBOOK_BACKUP_KEYS_DIR TRUSTBOOK_EXIT_URL \
	TRUSTBOOK_SOURCE_URL \
	SECRET_KEY SECRET_KEY_FALLBACKS ALLOWED_HOSTS DATABASE_URL KEYS_DATABASE_URL EMAIL_URL \
	DJANGO_SETTINGS_MODULE PORT) \
	TMPDIR=$(SCRATCH) XDG_CACHE_HOME=$(SCRATCH)
CHECKED := $(ALONE) TRUSTBOOK_DATA_DIR=$(SCRATCH)/data $(PY)
TESTED := $(ALONE) $(PY)

# What PostgreSQL need not repeat: no database in it, pages that other tests ask for there as well,
# or a PostgreSQL of its own.
WITHOUT_DATABASE := tests/lessons $(wildcard tests/lib/test_*.py tests/test_*.py) \
	tests/privacy/test_markdown.py tests/privacy/test_workbook.py tests/twins \
	tests/exercises/fhir tests/exercises/care/test_pasted.py tests/exercises/test_releases.py \
	$(addprefix tests/accounts/test_,leaving.py discreet.py devices.py passwords.py resting.py \
	settings_page.py mails.py) \
	$(addprefix tests/access/test_,addresses.py afterwards.py care_afterwards.py care_states.py \
	headers.py help.py pages.py sessions.py states.py)
# What SQLite need not: it takes more of what nobody should send.
STRICTER := tests/access/test_garbage.py
WITH_THEIR_OWN := tests/canary tests/durability tests/servers

say = @echo "==> $(1)"

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run test prove bench pictures install lint format lock venv scratch

help: ## lists these
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 20

run: $(VENV)/.runtime ## trustbook on this machine, at http://localhost:8000 (PORT=… elsewhere)
	$(call say,Bringing the databases up to date)
	@$(PY) manage.py prepare
	@exec $(PY) manage.py serve

test: lint scratch ## everything that must hold, on SQLite and on PostgreSQL
	$(call say,Tests on SQLite)
	@$(TESTED) -m pytest -q -n $(WORKERS) --dist worksteal -m "not browser and not prove" \
		$(addprefix --ignore=,$(STRICTER))
	$(call say,Tests in a real browser)
	@$(TESTED) -m pytest -q -n $(WORKERS) --dist worksteal -m "browser and not prove"
	$(call say,Tests on PostgreSQL)
	@$(TESTED) -m tests.with_postgres $(PY) -m pytest -q -n $(WORKERS) --dist worksteal -m "not browser and not prove" \
		$(addprefix --ignore=,$(WITHOUT_DATABASE) $(WITH_THEIR_OWN))
	@rm -rf $(SCRATCH)
	$(call say,All tests passed)

prove: $(VENV)/.development scratch ## the long proofs
	$(call say,Long proofs on SQLite and on PostgreSQL)
	@$(TESTED) -m pytest -q -m prove
	@rm -rf $(SCRATCH)
	$(call say,All proofs hold)

bench: $(VENV)/.development scratch ## how fast pages and saves are, against their floors
	$(call say,Measuring)
	@$(TESTED) -m tests.bench
	@rm -rf $(SCRATCH)

pictures: $(VENV)/.development scratch ## the pictures of the README, from the running program
	$(call say,Taking pictures)
	@$(TESTED) -m tests.pictures
	@rm -rf $(SCRATCH)

lint: $(VENV)/.development scratch ## style, types, imports between rooms, migrations, content
	$(call say,Style of the code)
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet . || { echo "Run: make format"; exit 1; }
	$(call say,Style of the templates)
	@$(VENV)/bin/djade --check --target-version 5.2 $(TEMPLATES) || { echo "Run: make format"; exit 1; }
	$(call say,Types)
	@$(ALONE) $(PY) -m mypy --no-error-summary
	$(call say,Imports between rooms)
	@$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()" --no-cache \
		>$(SCRATCH)/imports || { cat $(SCRATCH)/imports; exit 1; }
	$(call say,Settings$(COMMA) models$(COMMA) content$(COMMA) migrations)
	@$(CHECKED) manage.py check
	@$(CHECKED) manage.py makemigrations --check --dry-run

format: $(VENV)/.development ## puts code and templates into shape
	$(call say,Formatting)
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .
	@$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES) || true

install: $(VENV)/.development ## all packages, into .venv/ and nowhere else
	$(call say,Everything is installed in $(VENV)/)

lock: ## anew the exact versions and hashes of all packages (needs uv)
	@command -v uv >/dev/null || { echo "uv is not here; its own site says how to install it."; exit 1; }
	$(call say,Locking)
	@uv pip compile $(LOCK) -o requirements.txt
	@uv pip compile $(LOCK) --group dev -o requirements-dev.txt

LOCK := --quiet --generate-hashes --universal --no-header --no-annotate --no-emit-index-url \
	--no-emit-find-links $(UPGRADE) pyproject.toml
COMMA := ,

# What is installed is the newer of lock and stamp; a venv of a Python that is gone is made anew.
$(VENV)/.runtime: requirements.txt | venv
	$(call say,Installing the packages of requirements.txt into $(VENV)/)
	@$(PIP) -r $<
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt | venv
	$(call say,Installing the packages of requirements-dev.txt into $(VENV)/)
	@$(PIP) -r $<
	@touch $(VENV)/.runtime $@

venv:
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
		echo "==> Making $(VENV)/"; \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
			|| { echo "trustbook needs Python 3.11 or newer as $(PYTHON); PYTHON=… names another."; exit 1; }; \
		$(PYTHON) -m venv --clear $(VENV) \
			|| { echo "This Python cannot make a venv. On Debian: apt-get install python3-venv"; exit 1; }; \
	}

scratch: | venv
	@rm -rf $(SCRATCH) && mkdir -p $(SCRATCH)
