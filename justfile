# Every check of the project. `just check` is what CI runs; run it before a commit.

set shell := ["bash", "-euo", "pipefail", "-c"]

bin := justfile_directory() / ".venv/bin"
export PATH := bin + ":" + env_var("PATH")

# Show the recipes
default:
    @just --list

# Install the package itself, editable, beside the pinned requirements, which have to fit together and be the ones that are here
install:
    @python -c 'import awen_ref, awen_schema, awen_conformance' 2>/dev/null || pip install --quiet --no-deps --no-build-isolation --editable .
    @pip check --quiet
    @python docs/tools/installed.py

# Everything that CI holds, the tests last
check: install format lint types layers generated docs test

# Formatting, without changing anything
format:
    ruff format --check .

# Static rules
lint:
    ruff check .

# Types, tests included
types:
    mypy

# Layers and forbidden imports
layers:
    lint-imports --no-cache

# generated/ and the examples are what their sources make of them
generated:
    python schema/generate.py --check
    python examples/make.py --check
    python conformance/make_cases.py --check
    python conformance/make_registers.py --check
    python conformance/make_manifest.py --check
    python docs/tools/reliability.py --check

# The site, strictly and offline
docs:
    mkdocs build --strict

# Tests that belong to every change
test *arguments:
    pytest -q -n 2 {{ arguments }}

# Check everything, build the packages, write the papers of a delivery into dist/delivery
deliver:
    python docs/tools/delivery.py

# Long campaigns
check-slow:
    pytest -q -m slow

# One campaign whole (kill, flips, fuzz, coverage_fuzz, differential, secrecy, bounds, planted, requirements, mutants); its figures go to the site
campaign name *arguments:
    python -m campaigns.{{ name }} {{ arguments }} --out campaigns/results/{{ name }}.json
    python docs/tools/reliability.py

# Mend what can be mended by tools
fix:
    ruff check --fix .
    ruff format .
    python schema/generate.py
    python docs/tools/blocks.py
    python docs/tools/untested.py

# Pin the requirements anew, with hashes
pin:
    uv pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --output-file requirements/dev.txt

# Known vulnerabilities of the pinned requirements, as PyPI tells them; needs the network, and its JSON service
audit:
    uvx pip-audit --requirement requirements/dev.txt --require-hashes --disable-pip --strict --progress-spinner off

# Performance beside peers; prints tables, asserts nothing
bench:
    for script in benchmarks/*.py; do PYTHONPATH=. python "$script"; done
