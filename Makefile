# What people do with this repository. `make` alone says it.
#
# Every target sets up what it needs on a machine that has Python 3.11 or newer (with pip or venv) and make.
# PYTHON=…  another Python     ARGS=…  more for the program or for pytest     JOBS=…  test processes

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check format bench chaos manifests lock clean

PYTHON ?=
ARGS ?=
# One more than there are cores: some tests wait for processes, browsers and servers.
JOBS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
BIN := .venv/bin
export PYTHON
export UV_PYTHON_DOWNLOADS := never
# Images of Python set it. Then everything is compiled anew at each start: the tests take twice as long.
unexport PYTHONDONTWRITEBYTECODE

help: ## say what there is
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

setup: .venv/.setup ## make .venv from requirements.lock; nothing to do when it is current

setup-dev: .venv/.setup-dev ## the same with the tools for tests and checks

demo: .venv/.setup ## start Inkthread on this machine and say where to look
	@exec $(BIN)/inkthread demo $(ARGS)

test: .venv/.setup-dev ## run the whole test suite (under 5 minutes on 2 cores)
	@$(BIN)/pytest -n $(JOBS) --dist worksteal $(ARGS)

check: .venv/.setup-dev ## lint, format, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/.setup-dev ## put the code into its format and fix what can be fixed safely
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: .venv/.setup-dev ## measure, and write the table in docs/benchmarks.md
	@$(BIN)/python -m tests.benchmarks $(ARGS)

chaos: .venv/.setup-dev ## the long kill and load runs
	@$(BIN)/pytest -m chaos -p no:xdist --timeout 1800 $(ARGS)

# One resolution for every platform. Nothing in these files says where packages are fetched from.
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
  --custom-compile-command "make lock"

manifests: .venv/.setup-dev ## write what Slack has to be told about the app
	@$(BIN)/python -m adapters.slack.manifest > deploy/slack/manifest.socket.json
	@$(BIN)/python -m adapters.slack.manifest https://inkthread.example.com > deploy/slack/manifest.http.json

lock: .venv/.setup-dev ## resolve the locks again (UPGRADE=1: to the newest versions)
	@$(COMPILE) $(if $(UPGRADE),--upgrade) --group bootstrap --output-file requirements-uv.lock
	@$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group build --group bootstrap \
	  --constraint requirements-uv.lock --output-file requirements.lock
	@$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group build --group bootstrap --group dev \
	  --constraint requirements.lock --output-file requirements-dev.lock
	@! grep -nE '^--|://' requirements*.lock || { echo "A lock names a host: take that line out." >&2; exit 1; }

clean: ## remove .venv and what the tools remember; the pictures in .inkthread stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build

.venv/.setup: requirements.lock requirements-uv.lock pyproject.toml deploy/make_venv.sh
	@deploy/make_venv.sh runtime

.venv/.setup-dev: requirements-dev.lock requirements-uv.lock pyproject.toml deploy/make_venv.sh
	@deploy/make_venv.sh dev
