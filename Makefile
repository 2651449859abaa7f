# besshi on one machine: `make run` reads the archive, `make test` checks the code.
# Needs Python 3.11 or newer, git and make; everything else comes from requirements.lock.

PYTHON ?= python3
UV := uv==0.13.9
# DVC and the tests start `besshi` by its name.
IN_VENV := PATH="$(CURDIR)/.venv/bin:$$PATH"
LOCKS := requirements.lock requirements-audit.lock \
	benchmarks/requirements.lock tests/hostile/requirements.lock
export DVC_NO_ANALYTICS := 1

.PHONY: help setup run test compare bench hostile mutate fuzz audit kills full-disk lock clean
.DELETE_ON_ERROR:

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

setup: .venv/installed  ## install besshi and what it needs into .venv

# DVC's own messages go to stdout, errors and besshi's messages to stderr. Where a score misses
# its floor the records are written all the same, so the summary says what there is.
run: setup  ## read raw_pdfs and write parsed: only what changed is done again
	@$(IN_VENV) dvc repro > /dev/null; status=$$?; \
		$(IN_VENV) besshi summary parsed && exit $$status

test: setup  ## check style, types, imports and behaviour
	$(IN_VENV) ruff check pipeline tests benchmarks notebooks docs
	$(IN_VENV) ruff format --check pipeline tests benchmarks notebooks docs
	$(IN_VENV) mypy
	$(IN_VENV) lint-imports
	$(IN_VENV) pytest

compare: setup .venv-bench/installed  ## score other tools on the same annexes (ARGS=FOLDER …)
	@$(IN_VENV) python -m benchmarks.compare $(ARGS)

bench: setup .venv-bench/installed  ## measure speed and memory (ARGS="ROW --pages N N N")
	@$(IN_VENV) python -m benchmarks.speed $(ARGS)

hostile: setup  ## run besshi over all hostile files (ARGS="WORD …")
	@$(IN_VENV) python -m tests.hostile.trial $(ARGS)

mutate: setup  ## run besshi over 1,000 PDFs changed at random (ARGS="N SEED")
	@$(IN_VENV) python -m tests.hostile.mutate $(ARGS)

fuzz: setup  ## fuzz what reads a page's content, guided by coverage (ARGS=SECONDS)
	@.venv/bin/python -m pip install --quiet --quiet --require-hashes -r tests/hostile/requirements.lock
	@$(IN_VENV) python -m tests.hostile.fuzz $(ARGS)

.venv-bench/installed: benchmarks/requirements.lock
.venv-audit/installed: requirements-audit.lock
.venv-bench/installed .venv-audit/installed:
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet --quiet --require-hashes -r $<
	@touch $@

audit: .venv-audit/installed  ## look for known vulnerabilities of all locked packages (osv.dev)
	@.venv-audit/bin/pip-audit --strict --vulnerability-service osv \
		--disable-pip --require-hashes $(LOCKS:%=--requirement %)

kills: setup  ## kill commands at random moments and compare what the next completes (ARGS=200)
	@$(IN_VENV) python -m tests.kills $(ARGS)

LOCK = .venv-lock/bin/uv pip compile --no-config --quiet $(UPGRADE) --python-version 3.11 \
	--universal --fork-strategy fewest --generate-hashes --no-annotate \
	--custom-compile-command 'make lock' --output-file

full-disk: setup  ## run besshi onto disks of few kilobytes and compare what the next completes
	@$(IN_VENV) unshare --map-root-user --mount python -m tests.full_disk

lock:  ## write the *.lock files (newest versions: make lock UPGRADE=--upgrade)
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --quiet $(UV)
	$(LOCK) requirements.lock --all-extras pyproject.toml requirements-build.in
	$(LOCK) requirements-audit.lock requirements-audit.in
	$(LOCK) benchmarks/requirements.lock benchmarks/requirements.in
	$(LOCK) tests/hostile/requirements.lock tests/hostile/requirements.in

clean:  ## remove what was installed and written, but not DVC's cache
	rm -rf .venv .venv-lock .venv-bench .venv-audit dvc_plots \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	[ ! -d parsed ] || find parsed -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	find pipeline tests -name __pycache__ -prune -exec rm -rf {} +

# The copy says which lock is installed: a checkout that only touches the file installs nothing.
.venv/requirements.lock: requirements.lock
	@cmp -s $< $@ || $(MAKE) --no-print-directory packages
	@cp $< $@

.PHONY: packages
packages:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"besshi needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@echo 'installing the packages of requirements.lock into .venv (about a minute)' >&2
	@$(PYTHON) -m venv --clear .venv
	@.venv/bin/python -m pip install --quiet --quiet --require-hashes -r requirements.lock

# Two steps: the locked packages take a minute, besshi itself a second.
.venv/installed: .venv/requirements.lock pyproject.toml
	@.venv/bin/python -m pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@touch $@
