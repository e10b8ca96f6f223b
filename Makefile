# The ways into Pulje. `make demo` and `make test` need nothing but Python 3.11 and make; what they install, they
# install once. ARGS goes to the command behind the target: `make demo ARGS=--no-serve`.

PYTHON ?= python3
VENV := .venv/bin
MANAGE := $(VENV)/python manage.py
PIP := $(VENV)/python -m pip install --quiet --disable-pip-version-check --require-hashes
SERVERS := $(VENV)/python tests/servers.py

ROOMS := jobs municipalities correspondence programmes networks absence gatherings reporting
# These rooms must also hold on the embedded default: SQLite and the polling worker.
EMBEDDED := $(wildcard tests/jobs tests/correspondence tests/reporting tests/absence/test_*.py)
# A file stays with one process, for the sake of what its tests share; the order is that of tests/conftest.py.
SHARED := --numprocesses 2 --dist loadfile --no-loadscope-reorder --durations 25
SOURCES := config $(ROOMS) tests $(wildcard benchmarks) manage.py
# One measure, or several: make benchmarks MEASURES=report_pdf
MEASURES ?= $(filter-out __init__,$(basename $(notdir $(wildcard benchmarks/*.py))))
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po */locale/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format messages compiled benchmarks lock system-run system-test

help: ## Show this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: system-run .venv/runtime.stamp node_modules/.stamp $(CATALOGUES:.po=.mo) ## Load both programmes, make the reports, serve at localhost:8000
	$(MANAGE) demo $(ARGS)

test: system-test .venv/development.stamp node_modules/.stamp $(CATALOGUES:.po=.mo) ## Run the suite on the embedded default, then whole on PostgreSQL and Redis
	env -u DATABASE_URL -u REDIS_URL $(VENV)/pytest $(SHARED) $(EMBEDDED) $(ARGS)
	$(SERVERS) $(VENV)/pytest $(SHARED) $(ARGS)

check: system-run .venv/development.stamp node_modules/.stamp $(CATALOGUES:.po=.mo) ## Check format, lint, types, imports, migrations, templates, translations
	$(VENV)/ruff format --check $(SOURCES)
	$(VENV)/ruff check $(SOURCES)
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(VENV)/djlint --check templates
	$(VENV)/djlint --quiet --lint templates
	config/translations.sh

format: .venv/development.stamp ## Put code and templates in the form that `make check` asks for
	$(VENV)/ruff check --fix $(SOURCES)
	$(VENV)/ruff format $(SOURCES)
	-$(VENV)/djlint --quiet --reformat templates

messages: system-run .venv/runtime.stamp ## Gather the texts of every room into its catalogues
	$(MANAGE) makemessages -l nb -l nn
	$(MAKE) compiled

compiled: $(CATALOGUES:.po=.mo)

benchmarks: system-test .venv/development.stamp node_modules/.stamp ## Measure the speed figures of the README
	$(SERVERS) sh -ec 'for name in $(MEASURES); do $(VENV)/python -m benchmarks.$$name; done'

COMPILE := $(VENV)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml
lock: .venv/development.stamp ## Renew the locks: ARGS=--upgrade for newer versions
	$(COMPILE) $(ARGS) --output-file requirements/runtime.txt
	$(COMPILE) $(ARGS) --group dev --constraint requirements/runtime.txt --output-file requirements/development.txt
	npm install --package-lock-only

system-run system-test: system-%:
	@PYTHON=$(PYTHON) config/system.sh $(patsubst run,run,$*)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/%.stamp: requirements/%.txt | .venv/bin/python
	$(PIP) --requirement $<
	@touch $@

node_modules/.stamp: package-lock.json .npmrc
	npm ci --silent
	@touch $@

%.mo: %.po
	msgfmt --check-format --output-file=$@ $<
