# journeykit: the commands of a clone. A machine needs Python 3.11 or newer, make, and a way to
# the Python package index; everything else is installed into .venv, in the locked versions.

PYTHON ?= python3
# Where `make demo` writes, and what is added to `make test`, `make bench` and `make wheelhouse`.
OUT ?= reports
PYTEST_ARGS ?=
WORKERS ?= auto
EXTRAS ?=

VENV := .venv
WORDS := templates/languages
BIN := $(VENV)/bin
LOCK := .ci/constraints.txt
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python -c $(LOCK) --build-constraints $(LOCK)
PYTEST := $(BIN)/python -m pytest
# The parts whose numbers and promises people rely on.
GUARDED := journeykit/model/*,journeykit/measure/*,journeykit/check/*,journeykit/store/*
OWN_TESTS := $(foreach part,model measure check store,tests/$(part) journeykit/$(part))
FAULTS := tests/store/faults
SIDE_BY_SIDE := -n $(WORKERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# With it each process compiles all that it imports anew, a second or two.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test lab lint bench lock languages wheelhouse clean browser
.DELETE_ON_ERROR:

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1: /p' Makefile | sed 's/: /\t/' | expand -t 18

demo: $(VENV)/.with-runtime  ## build the airport workshop and its report in reports/
	$(BIN)/journeykit demo --out $(OUT)

lab: $(VENV)/.with-runtime  ## open JupyterLab on the workbook
	$(BIN)/journeykit lab

# Tracing doubles the time of a test, so only the tests of the guarded parts are traced, and of
# these not the many faults of the store.
test: lint browser  ## check everything that a change must pass
	$(PYTEST) $(OWN_TESTS) --ignore $(FAULTS) $(SIDE_BY_SIDE) --cov --cov-report= $(PYTEST_ARGS)
	$(BIN)/python -m coverage report --skip-covered --include '$(GUARDED)' --fail-under 95
	$(PYTEST) --ignore tests/benchmarks $(addprefix --ignore ,$(filter-out tests/store,$(OWN_TESTS))) \
		--ignore-glob 'tests/store/test_*' $(SIDE_BY_SIDE) $(PYTEST_ARGS)

lint: $(VENV)/.with-dev  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.with-dev  ## measure speed and limits, and try the long fault tests and every case
	$(PYTEST) tests/benchmarks -s $(PYTEST_ARGS)
	$(PYTEST) -m full --ignore tests/benchmarks $(SIDE_BY_SIDE) $(PYTEST_ARGS)

lock: $(VENV)/.with-dev  ## pin the newest versions that fit pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-header --no-annotate \
		--all-extras --group dev --overrides .ci/lock-overrides.txt pyproject.toml -o $(LOCK)

languages: $(VENV)/.with-dev  ## read the words of the code into templates/languages, and compile them
	PYTHONPATH=.ci $(BIN)/pybabel --quiet extract -F .ci/babel.cfg -c Translators: --sort-by-file --no-location \
		-k word -k say -k say_count:1,2 -o $(WORDS).pot journeykit templates
	for code in de fr es zh; do \
		$(BIN)/pybabel --quiet update -N --no-wrap --ignore-obsolete --ignore-pot-creation-date \
			-i $(WORDS).pot -o $(WORDS)/$$code.po -l $$code || exit 1; \
	done
	$(BIN)/python .ci/compile_words.py $(WORDS)/*.po
	rm $(WORDS).pot

wheelhouse: $(VENV)/.with-runtime  ## collect all wheels for an installation without a network
	$(BIN)/python -m pip wheel --quiet -c $(LOCK) --wheel-dir wheelhouse '.$(if $(EXTRAS),[$(EXTRAS)])'
	@echo "On the other machine: pip install --no-index --find-links wheelhouse journeykit"

clean:  ## remove what the other commands made, the environment too
	rm -rf $(VENV) $(OUT) wheelhouse dist build .coverage .coverage.* .hypothesis \
		.mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

browser:
	@.ci/browser

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
		echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "journeykit needs Python 3.11 or newer, and $(PYTHON) is older: make PYTHON=/path/to/a/newer/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.with-uv: $(VENV)/.made $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c $(LOCK) uv
	@touch $@

$(VENV)/.with-runtime: $(VENV)/.with-uv pyproject.toml
	$(INSTALL) -e .
	@touch $@

$(VENV)/.with-dev: $(VENV)/.with-runtime
	$(INSTALL) -e '.[clv,text,duckdb,warehouse]' --group dev
	@touch $@
