# Nghị Trường. `make run` needs Python 3.11 and make; the other targets install what they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv/bin

.PHONY: help run test check bench bench-large soak omr leaks fuzz html messages migrations lock format

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 14

run:  ## the demo on http://127.0.0.1:8000 (PORT= changes it), until Ctrl-C
	@$(PYTHON) tools/run.py

test:  ## everything, on SQLite and on PostgreSQL, with a real broker, worker and browser
	@$(PYTHON) tools/run_tests.py

check:  ## lint, types, import contracts, templates, migrations, translations, deployment check
	@$(PYTHON) tools/check.py

bench:  ## speed as ratios against ceilings measured in the same run; writes bench.json
	@$(PYTHON) tools/bench.py

bench-large:  ## search over two million made-up resolutions (RESOLUTIONS= says another number)
	@$(PYTHON) tools/bench_large.py

soak:  ## 200 kills of a real worker while it publishes (KILLS= changes it)
	@KILLS=$(or $(KILLS),200) $(VENV)/python -m pytest tests/broker/test_publication_kills.py -q

omr:  ## 20,000 marks at normal and 5,000 at hard quality through the reader (SEED= changes the papers)
	@$(VENV)/python tools/omr.py $(or $(SEED),20000)

leaks:  ## a crawl for private words that the wrong reader sees (LEAKS=deep for every role and link)
	@LEAKS=$(or $(LEAKS),1) $(VENV)/python -m pytest tests/leaks -q -p no:cacheprovider

fuzz:  ## 20,000 odd requests to every address as every role, on PostgreSQL (COUNT= SEED= ONLY=numbers)
	@$(PYTHON) tools/fuzz.py $(or $(COUNT),20000) $(or $(SEED),20261125) $(ONLY)

html:  ## the Nu Html Checker over every page of the demo (needs Java and npm, or VNU_JAR=)
	@$(PYTHON) tools/validate_html.py

messages:  ## collect interface strings into locale/ and compile them
	@$(PYTHON) tools/messages.py

migrations:  ## write migrations; NAME=add_something is required
	@DEBUG=1 $(VENV)/python manage.py makemigrations -n $(or $(NAME),$(error say NAME=add_something))

lock:  ## compile requirements*.in to requirements*.txt with hashes
	@$(VENV)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links -p 3.11 requirements.in -o requirements.txt
	@$(VENV)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links -p 3.11 -c requirements.txt requirements-dev.in -o requirements-dev.txt
	@$(VENV)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links -p 3.11 -c requirements-dev.txt requirements-scan.in -o requirements-scan.txt

format:  ## format Python and templates
	@$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format --quiet .
	@git ls-files 'templates/*.html' | xargs $(VENV)/djade --target-version 5.2
