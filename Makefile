# Commands of this repository; nothing but Python 3.11+ and make is assumed. uv is used where it is installed, because
# it is quicker; pip does the same otherwise. Both install exactly what requirements/*.txt pins, by version and hash.
#
#   make run    the service with its demo site        make lint   formatter, linter, types, import rules
#   make test   the whole suite                       make bench  the benchmarks (JSON under build/bench/)
#
# PORT, HOST, COMMENTS_DATA_DIR and every COMMENTS_* setting are passed on, from the environment or as `make run PORT=9000`.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
PYTEST_ARGS ?=
WIDGET := comments_service/widget

# $(call create,FOLDER) and $(call install,FOLDER) work on any environment.
ifdef UV
create = uv venv --quiet --allow-existing --python $(PYTHON) $(1)
install = uv pip install --quiet --python $(1)/bin/python
else
create = $(PYTHON) -m venv $(1)
install = $(1)/bin/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: help run test bench lint format docs widget widget-check lock screenshots clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#   //p' Makefile

run: $(VENV)/.for-run
	@exec $(BIN)/comments-service run --demo

test: $(VENV)/.for-tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

bench: $(VENV)/.for-tests build/isso/.for-isso build/rivals/.for-rivals
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

lint: $(VENV)/.for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m tests.architecture.written_pages --check

# What can be put right by a program.
format: $(VENV)/.for-tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The pages that are written by a program: settings, API description, list of decisions.
docs: $(VENV)/.for-tests
	$(BIN)/python -m tests.architecture.written_pages

screenshots: $(VENV)/.for-tests
	$(BIN)/python -m docs.screenshots

# Needs Node 20.11 or later; the built bundle is committed, so nothing else here does.
widget: $(WIDGET)/node_modules/.package-lock.json
	cd $(WIDGET) && npm run --silent build

widget-check: $(WIDGET)/node_modules/.package-lock.json
	cd $(WIDGET) && npm run --silent check

$(WIDGET)/node_modules/.package-lock.json: $(WIDGET)/package-lock.json
	cd $(WIDGET) && npm ci --silent
	@touch $@

# Pins everything anew (needs uv). Versions and hashes only: no index and no download address gets into the files.
# The others take their versions from tests.txt: what runs is what was tested. server.txt is for the container image.
LOCK := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock:
	echo 'setuptools>=77' | $(LOCK) pyproject.toml - --all-extras --output-file requirements/tests.txt
	echo 'setuptools>=77' | $(LOCK) pyproject.toml - --constraint requirements/tests.txt --output-file requirements/run.txt
	echo 'setuptools>=77' | $(LOCK) pyproject.toml - --extra postgresql --extra redis --constraint requirements/tests.txt \
		--output-file requirements/server.txt
	printf '%s\n' isso==0.14.0 gunicorn | $(LOCK) - --constraint requirements/tests.txt --no-emit-package misaka \
		--output-file requirements/isso.txt
	printf '%s\n' alt-profanity-check better-profanity glin-profanity | $(LOCK) - --output-file requirements/rivals.txt

clean:
	rm -rf $(VENV) build test-results *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The environment: built once, brought up to date when the pins or the package's own metadata change. The stamp is
# written last, so an installation that broke off is taken up again.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; set PYTHON=/path/to/python3"; exit 1; }
	$(call create,$(VENV))

$(VENV)/.for-%: requirements/%.txt pyproject.toml | $(BIN)/python
	@echo "Installing the pinned packages (requirements/$*.txt) into $(VENV) …"
	@test -n "$(UV)" || $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	$(call install,$(VENV)) --require-hashes -r requirements/$*.txt
	$(call install,$(VENV)) --no-deps --no-build-isolation --editable .
	@touch $@

# Isso, for comparison, in an environment of its own: its pins must not decide ours. Its second Markdown renderer
# (misaka) is left out: Isso does not load it by default, and it would need a C compiler.
build/isso/.for-isso: requirements/isso.txt | $(BIN)/python
	@echo "Installing Isso (requirements/isso.txt) into build/isso …"
	$(call create,build/isso)
	$(call install,build/isso) --no-deps --require-hashes -r requirements/isso.txt
	@touch $@

# Other classifiers, for comparison, likewise: one of them wants its own version of scikit-learn.
build/rivals/.for-rivals: requirements/rivals.txt | $(BIN)/python
	@echo "Installing other classifiers (requirements/rivals.txt) into build/rivals …"
	$(call create,build/rivals)
	$(call install,build/rivals) --require-hashes -r requirements/rivals.txt
	@touch $@
