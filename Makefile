# besshi on one machine: `make run` reads the archive, `make test` checks the code.
# Needs Python 3.11 or newer, git and make. Packages come from two locks: requirements.lock has what
# running needs, requirements-dev.lock that and what tests, checks and notebooks need.

PYTHON ?= python3
UV := uv==0.13.9
PARALLEL := -n 2 --dist worksteal
# DVC and the tests start `besshi` by its name.
IN_VENV := PATH="$(CURDIR)/.venv/bin:$$PATH"
LOCKS := requirements.lock requirements-dev.lock requirements-audit.lock \
	benchmarks/requirements.lock tools/fuzz-requirements.lock tools/recogniser/requirements.lock
# Compiling every module takes longer than downloading it, and most are never imported.
INSTALL := .venv/bin/python -m pip install --quiet --quiet --no-compile --require-hashes
export DVC_NO_ANALYTICS := 1
export ORT_DISABLE_TELEMETRY := 1

CHECKED := besshi.py pipeline tests benchmarks tools notebooks
# What only the system can give the tests: a browser to drive, and more fonts to set type in.
SYSTEM_PACKAGES := chromium libatomic1 fonts-ipafont

.PHONY: help setup setup-dev run test check lint system-packages notebooks fresh compare \
	bench-quality bench scale hostile mutate fuzz sensitivity recogniser audit kills full-disk lock clean
.DELETE_ON_ERROR:

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

setup: .venv/installed  ## install besshi and what running needs into .venv

setup-dev: .venv/installed-dev  ## install what tests, checks and notebooks need besides

# DVC's own messages go to stdout, errors and besshi's messages to stderr. Where a score misses
# its floor the records are written all the same, so the summary says what there is, and what is
# there is counted again.
run: setup  ## read raw_pdfs and write parsed: only what changed is done again
	@$(IN_VENV) dvc repro > /dev/null; status=$$?; \
		$(IN_VENV) besshi summary parsed && \
		$(IN_VENV) besshi verify parsed --pdfs raw_pdfs --recount && \
		{ [ $$status -eq 0 ] || { echo 'besshi: a stage of `make run` failed; the messages' \
			'above say what changed and what to do. What could be read is in parsed.' >&2; exit 1; }; }

test: lint system-packages  ## check everything: style, types, imports, all tests
	$(IN_VENV) pytest $(PARALLEL)

check: lint  ## check in under a minute, while editing: all but slow, browser and cluster tests
	$(IN_VENV) pytest $(PARALLEL) -m "not slow and not browser and not cluster"

lint: setup-dev
	$(IN_VENV) ruff check $(CHECKED)
	$(IN_VENV) ruff format --check $(CHECKED)
	$(IN_VENV) mypy
	$(IN_VENV) lint-imports

system-packages:
	@tools/install_system_packages.sh $(SYSTEM_PACKAGES)

notebooks: setup-dev  ## open the notebooks in JupyterLab
	$(IN_VENV) jupyter lab notebooks

fresh:  ## run the README's two commands in a bare Debian root (needs root and debootstrap)
	@tools/fresh.sh $(ARGS)

compare: setup-dev .venv-bench/installed  ## score all tools on the frozen set (ARGS="TOOL …")
	@$(IN_VENV) python -m benchmarks make
	@$(IN_VENV) python -m benchmarks compare $(ARGS)

bench-quality: setup-dev  ## score besshi on the frozen set of 100 annexes
	@$(IN_VENV) python -m benchmarks make
	@$(IN_VENV) python -m benchmarks run besshi --out .bench/besshi.jsonl
	@$(IN_VENV) python -m benchmarks score .bench/besshi.jsonl

bench: setup-dev .venv-bench/installed  ## measure speed and memory (ARGS="ROW --pages N N N")
	@$(IN_VENV) python -m benchmarks.speed $(ARGS)

scale: setup-dev  ## measure what many annexes cost (ARGS="STEP … --annexes N")
	@$(IN_VENV) python -m benchmarks.scale $(ARGS)

hostile: setup-dev  ## run besshi over all hostile files (ARGS="WORD …")
	@$(IN_VENV) python -m tools.hostile.trial $(ARGS)

mutate: setup-dev  ## run besshi over 1,000 PDFs changed at random (ARGS="N SEED")
	@$(IN_VENV) python -m tools.mutate $(ARGS)

fuzz: setup-dev  ## fuzz what reads a page's content, guided by coverage (ARGS=SECONDS)
	@.venv/bin/python -m pip install --quiet --quiet --require-hashes -r tools/fuzz-requirements.lock
	@$(IN_VENV) python -m tools.fuzz $(ARGS)

sensitivity: setup-dev  ## move each judged threshold and see what changes (ARGS="--seed S --scans")
	@$(IN_VENV) python -m tools.sensitivity $(ARGS)

# Which torch: builds for a CPU and for each GPU differ, so no lock can name one (docs/recogniser.md).
TORCH ?= torch==2.13.0

recogniser: .venv-recogniser/installed  ## make, train and measure the recogniser (ARGS="smoke")
	@PATH="$(CURDIR)/.venv-recogniser/bin:$$PATH" python -m tools.recogniser $(ARGS)

# It sees what .venv has, below what it has itself.
.venv-recogniser/installed: tools/recogniser/requirements.lock .venv/installed-dev
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet --quiet --require-hashes -r $<
	@$(@D)/bin/python -m pip install --quiet --quiet $(TORCH)
	@.venv/bin/python -c 'import numpy, pathlib; print(pathlib.Path(numpy.__file__).parents[1])' \
		> "$$($(@D)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/venv.pth"
	@touch $@

.venv-bench/installed: benchmarks/requirements.lock
.venv-audit/installed: requirements-audit.lock
.venv-bench/installed .venv-audit/installed:
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install --quiet --quiet --require-hashes -r $<
	@touch $@

audit: .venv-audit/installed  ## look for known vulnerabilities of all locked packages (osv.dev)
	@.venv-audit/bin/pip-audit --strict --vulnerability-service osv \
		--disable-pip --require-hashes $(LOCKS:%=--requirement %)

kills: setup-dev  ## kill commands at random moments and compare what the next completes (ARGS=200)
	@$(IN_VENV) python -m tools.kills $(ARGS)

LOCK = .venv-lock/bin/uv pip compile --no-config --quiet $(UPGRADE) --python-version 3.11 \
	--universal --fork-strategy fewest --generate-hashes --no-annotate \
	--custom-compile-command 'make lock' --output-file

full-disk: setup-dev  ## run besshi onto disks of few kilobytes and compare what the next completes
	@$(IN_VENV) unshare --map-root-user --mount python -m tools.full_disk

lock:  ## write the *.lock files (newest versions: make lock UPGRADE=--upgrade)
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --quiet $(UV)
	$(LOCK) requirements-dev.lock --all-extras pyproject.toml requirements-build.in
	$(LOCK) requirements.lock --constraint requirements-dev.lock \
		--extra ocr --extra pipeline --extra query pyproject.toml requirements-build.in
	$(LOCK) requirements-audit.lock requirements-audit.in
	$(LOCK) benchmarks/requirements.lock benchmarks/requirements.in
	$(LOCK) tools/fuzz-requirements.lock tools/fuzz-requirements.in
	$(LOCK) tools/recogniser/requirements.lock --constraint requirements-dev.lock \
		tools/recogniser/requirements.in

clean:  ## remove what was installed and written, but not DVC's cache
	rm -rf .venv .venv-lock .venv-bench .venv-audit .venv-recogniser .bench dvc_plots \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	[ ! -d parsed ] || find parsed -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	find pipeline tests benchmarks tools -name __pycache__ -prune -exec rm -rf {} +

# The copies say which locks are installed: a checkout that only touches a file installs nothing.
.venv/requirements.lock: requirements.lock
	@cmp -s $< $@ || $(MAKE) --no-print-directory environment
	@cp $< $@

.venv/requirements-dev.lock: requirements-dev.lock .venv/installed
	@cmp -s $< $@ || { echo 'installing the packages of $<' >&2; $(INSTALL) -r $<; }
	@cp $< $@

.PHONY: environment
environment:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"besshi needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip' 2> /dev/null || { \
		echo 'Python has no ensurepip; on Debian: apt-get install python3-venv' >&2; exit 1; }
	@echo 'installing the packages of requirements.lock into .venv (about a minute)' >&2
	@$(PYTHON) -m venv --clear .venv
	@$(INSTALL) -r requirements.lock

# Two steps: the locked packages take a minute, besshi itself a second.
.venv/installed: .venv/requirements.lock pyproject.toml
	@.venv/bin/python -m pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: .venv/requirements-dev.lock
	@touch $@
