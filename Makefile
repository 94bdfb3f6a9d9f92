# make run: practise. make test: lint, types and all tests. Each does its own set-up and is quick the second time.
# A particular Python for the first set-up: make run PYTHON=python3.12
.PHONY: help run coach test check lock bench lab
export PYTHON

help:
	@echo "make run     practise: set up, then open the practice page"
	@echo "make coach   the same, and language models may word the coach's answers"
	@echo "make test    lint, types and all tests"
	@echo "make check   lint, format and types only"
	@echo "make lab     notebooks in JupyterLab"
	@echo "make bench   how fast it hears, as ratios"
	@echo "make lock    resolve pyproject.toml into requirements/*.lock"

run:
	@tools/setup.sh run
	@tools/run.sh

coach:
	@tools/setup.sh coach
	@tools/run.sh

test: check
	@.venv/bin/python -m pytest -rs

check:
	@tools/setup.sh test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/shellcheck tools/*.sh .ci/run

lab:
	@tools/setup.sh test
	@.venv/bin/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks

bench:
	@tools/setup.sh run
	@.venv/bin/python benchmarks/imports.py
	@.venv/bin/python benchmarks/hop.py

lock:
	@tools/setup.sh build
	@tools/lock.sh
