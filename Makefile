# `make run` opens the wizard, `make test` passes the tests; both set up .venv first.

catalogues := $(wildcard resources/locale/*/LC_MESSAGES/nca_wizard.po)
set_up := pyproject.toml packaging/set_up.sh
bin := .venv/bin
package_python := build/package-env/bin/python
ifeq ($(OS),Windows_NT)
package_python := build/package-env/Scripts/python.exe
endif

# Two installations at once into one .venv would spoil it.
.NOTPARALLEL:

workflows := $(wildcard .github/workflows/*.yml)

.PHONY: run test lint format lock texts licences bench-rules bench-history bench-start bench-size \
    check-offline bundle package package-windows package-macos sbom check-all packages-run \
    packages-test packages-build packages-check

run: .venv/ready-to-run .venv/catalogues
	@sh packaging/run.sh

test: lint
	$(bin)/pytest -n auto --dist loadfile --cov --cov-report=term

lint: .venv/ready-to-develop .venv/catalogues
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/check-jsonschema --builtin-schema vendor.github-workflows $(workflows)

format: .venv/ready-to-develop
	$(bin)/ruff check --fix
	$(bin)/ruff format

# After a text has changed: brings the catalogues up to date and says what is untranslated.
texts: .venv/ready-to-develop
	$(bin)/python packaging/extract_texts.py

# For whoever changes the rules: proved, all of them on one page, and held against the examples.
rules: .venv/ready-to-develop .venv/catalogues
	$(bin)/nca-wizard proof resources
	@$(bin)/python packaging/rules_table.py
	$(bin)/pytest -q tests/content/test_examples.py tests/content/test_outcome_list.py

# About seven minutes: every small mistake in the rules must be noticed by somebody.
mutate: .venv/ready-to-develop
	PYTHONPATH=. $(bin)/python packaging/mutate.py

# A minute: two other engines must give the same answers; then everybody's time, and our aims.
bench-rules: .venv/ready-to-develop
	@PYTHONPATH=. $(bin)/python packaging/bench/rules.py

# Some minutes: 100,000 customers beside ten, and the list beside plain SQLite.
bench-history: .venv/ready-to-develop
	@PYTHONPATH=. $(bin)/python packaging/bench/history.py

# Two minutes: how long the window takes to show and to be of use, and what that costs.
bench-start: .venv/ready-to-develop .venv/catalogues
	@PYTHONPATH=.:packaging $(bin)/python packaging/bench/start.py $(PROGRAM)

# What takes the space, largest first, and whether it is more than it may be.
bench-size:
	@PYTHONPATH=packaging $(package_python) packaging/bench/size.py

# Every function where making a network socket is death; PROGRAM=... is a packaged one.
check-offline: .venv/ready-to-develop .venv/catalogues
	@PYTHONPATH=. $(bin)/python packaging/check_offline.py $(PROGRAM)

# Extras stay in: where a lock names only `coverage`, the pip of Debian 12 looks for the newest
# `coverage[toml]` and stops for want of its hash.
lock_command = $(bin)/uv pip compile --quiet --universal --no-strip-extras --generate-hashes \
    --no-header --python-version 3.11 --no-emit-index-url --no-emit-find-links

# The second and third lock keep to the versions of the first.
lock: .venv/ready-to-develop
	$(lock_command) pyproject.toml --group build -o requirements.lock
	$(lock_command) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(lock_command) --group package -c requirements.lock -o requirements-package.lock

# What is shown under About, Licences, from packaging/licences.toml and the packages themselves.
licences: build/package-env/ready
	@$(package_python) packaging/licences.py

# The program as one folder that needs no Python, in dist/bundle; it must check itself to get there.
bundle: build/package-env/ready
	@$(package_python) packaging/bundle.py

# The same tree gives the same bytes in every file. Outside a checkout they begin with zip archives.
bundle package package-windows sbom: export SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>&- || echo 315532800)

# Everything that can be handed out, in dist: a Debian package and a folder to unpack anywhere.
package: bundle
	@PYTHONPATH=.:packaging $(package_python) packaging/debian/build.py
	@sh packaging/portable.sh
	@sh packaging/debian/check.sh

# On Windows the installer, in dist. Elsewhere one to look at, built and tried under wine.
ifeq ($(OS),Windows_NT)
package-windows: bundle
	@$(package_python) packaging/windows/installer.py dist/bundle/nca-wizard dist
else
package-windows: .venv/ready-to-develop .venv/catalogues packages-check
	@PYTHONPATH=packaging $(bin)/python packaging/windows/check_in_wine.py
endif

# On macOS alone: the disk image, in dist.
package-macos: bundle
	@sh packaging/macos/disk_image.sh

# What the bundle is made of, for machines to read, in dist.
sbom: bundle
	@PYTHONPATH=. $(package_python) packaging/sbom.py

# What takes too long for every change, or needs root: an hour before a release.
check-all: test mutate package bench-size package-windows packages-check
	@PYTHONPATH=. $(bin)/python packaging/check_offline.py --strict
	@PYTHONPATH=. $(bin)/python packaging/check_offline.py --strict dist/bundle/nca-wizard/nca-wizard
	@sh packaging/debian/check_installed.sh bookworm
	@sh packaging/debian/check_installed.sh trixie

packages-run:
	@sh packaging/debian_packages.sh run

packages-test:
	@sh packaging/debian_packages.sh run test

packages-build:
	@sh packaging/debian_packages.sh run build

packages-check:
	@sh packaging/debian_packages.sh check

# Looking for system packages comes first and is no reason to install anything again.
.venv/ready-to-run: requirements.lock $(set_up) | packages-run
	@sh packaging/set_up.sh requirements.lock
	@touch $@

# What develops can run too, with the same versions.
.venv/ready-to-develop: requirements-dev.lock $(set_up) | packages-test
	@sh packaging/set_up.sh requirements-dev.lock
	@touch .venv/ready-to-run $@

build/package-env/ready: requirements.lock requirements-package.lock packaging/package_env.sh \
    | packages-build
	@sh packaging/package_env.sh
	@touch $@

.venv/catalogues: $(catalogues) packaging/compile_catalogues.py | .venv/ready-to-run
	@$(bin)/python packaging/compile_catalogues.py
	@touch $@
