# Newsroom from the command line. Needs Python 3.12 or newer, make and git.
# Paths are relative, and .venv's programs are called through its Python: their own
# first lines hold an absolute path, which a moved or deeply nested checkout breaks.

PORT ?= 8000
# One more than the cores of a small machine: a test in the browser mostly waits.
JOBS ?= 3
ARGS ?=
# Quotes of the record that bench-search makes.
SIZE ?= 100000

PYTHON_HERE = .venv/bin/python
MANAGE = $(PYTHON_HERE) manage.py
SITE = SITE_URL="$${SITE_URL:-http://localhost:$(PORT)}"
STATIC = $${NEWSROOM_VAR:-var}/static/staticfiles.json

.PHONY: help run stop demo test lint check bench score drill drill-crash drill-mutants
.PHONY: bench-pages bench-proxy bench-search drill-desk handbook languages lock validate
.PHONY: port venv venv-dev venv-validate venv-bench database static welcome

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

# The prerequisites are steps in their order, so never two at once.
.NOTPARALLEL:

run: port venv database static welcome ## install, migrate, load the demo, serve; PORT=8000
	@echo "Newsroom is at http://localhost:$(PORT)"
	@echo "Ctrl-C stops the web server\
	$$([ -n "$${DATABASE_URL:-}" ] || echo '; make stop stops the database')."
	@exec env $(SITE) $(PYTHON_HERE) -m gunicorn newsroom.wsgi \
		--bind 127.0.0.1:$(PORT) --worker-class gthread --workers 2 --threads 4 \
		--log-level warning --no-control-socket

stop: ## stop the embedded database; the data stays
	@if [ -x $(PYTHON_HERE) ]; then $(MANAGE) db stop; \
	else echo "Nothing to stop: .venv is missing, so nothing was started here."; fi

demo: venv database ## load the demo: an invented country and its statements
	@$(MANAGE) demo

test: venv-dev ## run the tests, in a real browser too; ARGS="-k words" picks some
	@.ci/browser
	@$(PYTHON_HERE) -m pytest -n $(JOBS) -m "not long" $(ARGS)

lint: venv-dev ## check style, templates, types and missing migrations
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	find templates statements -name '*.html' -exec .venv/bin/djade --check {} +
	$(PYTHON_HERE) -m mypy
	$(MANAGE) makemigrations --check --dry-run

check: lint ## everything: lint, all tests and those that take long
	@.ci/browser
	@$(PYTHON_HERE) -m pytest -n $(JOBS) $(ARGS)

bench: venv-dev ## time what is timed, one thing after another
	@$(PYTHON_HERE) -m pytest -n 0 tests/benchmarks $(ARGS)

bench-pages: venv-dev ## what readers' pages cost; PEER=FOLDER of a Wagtail project beside
	@PEER="$(PEER)" SIZES="$(SIZES)" $(PYTHON_HERE) -m pytest -n 0 -o faulthandler_timeout=0 \
		tests/benchmarks/test_pages.py $(ARGS)

bench-search: venv-dev venv-bench ## the search beside its peers; SIZE=100000, CORPUS=FILES of statements
	@$(PYTHON_HERE) -m tests.benchmarks.search --size $(SIZE) \
		$(if $(CORPUS),--corpus $(CORPUS)) $(ARGS)

validate: venv-dev venv-validate static ## judge the readers' site by the standards; CORPUS=FILE adds statements
	@.ci/browser
	@.ci/java
	@CORPUS="$(CORPUS)" $(PYTHON_HERE) -m pytest -n 0 tests/validate/site.py $(ARGS)

bench-proxy: venv-dev static ## a cached page behind the documented nginx, and a file beside it
	@.ci/nginx
	@$(PYTHON_HERE) -m pytest -n 0 tests/validate/proxy.py $(ARGS)

score: venv-dev ## how good detection is, beside the best published; ARGS=--errors lists
	@$(PYTHON_HERE) -m tests.detection.score $(ARGS)

drill: drill-crash drill-mutants drill-desk ## all drills: break the program, and see that it holds

drill-crash: venv-dev ## kill a worker between any two statements of a save, 200 times
	@$(PYTHON_HERE) -m tests.drills.crash $(ARGS)

drill-mutants: venv-dev ## take away every guard in turn: a test must notice each
	@$(PYTHON_HERE) -m tests.drills.mutants $(ARGS)

drill-desk: venv-dev ## every page of the desk: faults, policy, phone; ARGS=--pictures=DIR
	@.ci/browser
	@$(PYTHON_HERE) -m pytest -n 0 tests/browser/test_every_page.py $(ARGS)

handbook: venv-dev ## take the pictures of the editors' handbook anew, in Chromium
	@.ci/browser
	@$(PYTHON_HERE) -m pytest -n 0 -s tests/browser/handbook.py $(ARGS)

languages: venv-dev ## gather readers' sentences, compile their translations, list the unread
	@$(PYTHON_HERE) -m tests.languages

lock: venv-dev ## compile the requirements files anew; ARGS=--upgrade for new versions
	$(PYTHON_HERE) -m uv pip compile --quiet --universal --generate-hashes \
		--no-header $(ARGS) pyproject.toml -o requirements.txt
	$(PYTHON_HERE) -m uv pip compile --quiet --universal --generate-hashes \
		--no-header $(ARGS) pyproject.toml --group dev -o requirements-dev.txt
	$(PYTHON_HERE) -m uv pip compile --quiet --universal --generate-hashes \
		--no-header $(ARGS) --group validate -c requirements-dev.txt \
		-o requirements-validate.txt
	$(PYTHON_HERE) -m uv pip compile --quiet --universal --generate-hashes \
		--no-header $(ARGS) --group bench -c requirements-dev.txt \
		-o requirements-bench.txt

# The steps that the targets above are made of.

port:
	@.ci/port "$(PORT)"

venv:
	@.ci/venv requirements.txt

venv-dev:
	@.ci/venv requirements-dev.txt

venv-validate:
	@.ci/venv requirements-validate.txt

venv-bench:
	@.ci/venv requirements-bench.txt

database:
	@if [ -n "$${DATABASE_URL:-}" ]; then $(MANAGE) migrate --verbosity 0; \
	else $(MANAGE) db start --migrate; fi

static:
	@if [ ! -f "$(STATIC)" ] || [ -n "$$(find requirements.txt newsroom/settings.py \
		statements/static -newer "$(STATIC)" | head -n 1)" ]; then \
		$(MANAGE) collectstatic --no-input --verbosity 0; fi

# Only into a database of our own: the demo is no guest in anybody else's.
welcome:
	@[ -n "$${DATABASE_URL:-}" ] || $(SITE) $(MANAGE) demo --if-empty
