# make play   sets everything up and opens the app
# make test   sets everything up and runs lint, types and tests
# Both share one virtual environment, .venv, made once by make install.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# scikit-learn makes NLTK slow to load, so that training has an environment of its own.
TRAIN := .venv-train

.PHONY: help install play test library lint types format snapshots endure train clean

help:
	@echo "make play       set up, then open the app"
	@echo "make test       set up, then run lint, types and tests"
	@echo "make library    check, test and simulate everything that ships"
	@echo "make install    set up .venv only"
	@echo "make format     format the code"
	@echo "make snapshots  renew the pictures the screen tests compare with"
	@echo "make endure     kill, starve and damage real attempts, at length (an hour)"
	@echo "make train      train the light model anew, in .venv-train"
	@echo "make clean      remove .venv and everything built"

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make play PYTHON=python3.12"; exit 2; }
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV) || \
		{ echo "The venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

play: $(STAMP)
	@$(BIN)/roleplay

test: lint types
	$(BIN)/python -m pytest -n auto

library: $(STAMP)
	$(BIN)/roleplay check scenarios rubrics docs/cookbook.yaml
	$(BIN)/roleplay test scenarios
	for scenario in scenarios/*/*.yaml; do $(BIN)/roleplay simulate $$scenario -n 200 || exit 1; done

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

snapshots: $(STAMP)
	$(BIN)/python -m pytest tests/tui --snapshot-update

endure: $(STAMP)
	$(BIN)/python -m benchmarks.endure.kills
	$(BIN)/python -m benchmarks.endure.faults
	$(BIN)/python -m benchmarks.endure.flips
	ROLEPLAY_EXAMPLES=2000 $(BIN)/python -m pytest tests/store/test_machine.py -n 0 --hypothesis-show-statistics

$(TRAIN)/.installed: pyproject.toml constraints.txt
	@test -d $(TRAIN) || $(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	@touch $@

train: $(TRAIN)/.installed
	$(TRAIN)/bin/python -m simulator.language.compile
	$(TRAIN)/bin/python -m benchmarks.train

clean:
	rm -rf $(VENV) $(TRAIN) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
