# make report   set everything up and build the newest report into output/
# make test     set everything up and run every check and test
# make pages    all pages of the newest report as pictures, for the eye
# make bench    measure speed as ratios against a plain docxtpl + pyplot script
# make bench-checks   how many planted errors the rules find, and that they raise no false alarm
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: report test pages bench bench-checks clean

report: $(VENV)/.report
	$(BIN)/python build.py

test: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

pages: report
	$(BIN)/python -m disclosure.contact_sheet

bench: $(VENV)/.test
	$(BIN)/python -m bench.run

bench-checks: $(VENV)/.test
	$(BIN)/python -m bench.checks

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更新的版本" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.report: $(VENV)/.venv pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.test: $(VENV)/.report
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) output/.cache .mypy_cache .ruff_cache .pytest_cache
