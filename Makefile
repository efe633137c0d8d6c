# lekti's few words for developers and first-time users. `make` alone lists them.
# Needs: make and Python 3.11 or newer. Choose: PYTHON=python3.12, VENV=folder.
VENV ?= .venv
BIN = $(VENV)/bin
ENVIRONMENT = @PYTHON="$(PYTHON)" tools/environment.sh
unexport PYTHONPATH PYTHONHOME
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check verify bench bench-peers bench-quotes docs lock judges clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\): .*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

demo: ## run the index case and say where its report is
	$(ENVIRONMENT) "$(VENV)" runtime
	@"$(BIN)/lekti" run index --out out --force
	@echo "The report: $(CURDIR)/out/report.html"

test: ## run the tests; what is skipped is listed with its reason
	$(ENVIRONMENT) "$(VENV)" runtime test judges petab
	@"$(BIN)/python" -m pytest -ra -m "not slow"

check: ## formatting, types, import contracts, tests, docs
	$(ENVIRONMENT) "$(VENV)" runtime test judges petab dev
	"$(BIN)/ruff" format --check .
	"$(BIN)/ruff" check .
	"$(BIN)/pyright" --pythonpath "$(BIN)/python"
	"$(BIN)/lint-imports"
	"$(BIN)/python" -m pytest -ra -m "not slow"
	"$(BIN)/mkdocs" build --strict

verify: ## the long proofs
	$(ENVIRONMENT) "$(VENV)" runtime test judges petab
	@"$(BIN)/python" -m pytest -ra -m slow

bench: ## measure speed
	$(ENVIRONMENT) "$(VENV)" runtime test
	@"$(BIN)/python" -m pytest -ra benchmarks

bench-peers: ## compare speed with other simulators; installs them into .venv-peers
	$(ENVIRONMENT) "$(VENV)" runtime test judges petab
	@"$(BIN)/python" -m benchmarks.install
	@"$(BIN)/python" -m benchmarks.speed

bench-quotes: ## check thousands of wrong and right quotes; installs a peer into .venv-peers
	$(ENVIRONMENT) "$(VENV)" runtime
	@"$(BIN)/python" -m benchmarks.quotes

docs: ## write the pages made from the model and build the documentation into site/
	$(ENVIRONMENT) "$(VENV)" runtime test dev
	@"$(BIN)/python" tools/command_page.py
	@"$(BIN)/python" -m tools.module_pages
	@"$(BIN)/python" -m tools.treatment_table
	@"$(BIN)/python" -m tools.identifiability_page
	@"$(BIN)/mkdocs" build --strict
	@echo "The documentation: $(CURDIR)/site/index.html"

lock: ## pin the newest fitting versions where pyproject.toml changed; UPGRADE=1 moves all
	$(ENVIRONMENT) "$(VENV)" runtime
	@"$(BIN)/python" -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet uv
	@.venv-lock/bin/python tools/lock.py $(if $(UPGRADE),--upgrade)

judges: ## try again to install libRoadRunner, COPASI and petab for the tests
	$(ENVIRONMENT) --again "$(VENV)" runtime judges petab

clean: ## remove what was built; keeps .venv and out/
	rm -rf build dist site .pytest_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
