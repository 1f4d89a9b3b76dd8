#!/bin/sh
# Makes .venv and installs the program into it from the lock file named first: nothing without a
# hash is installed, and nothing outside .venv.
set -eu

lock=$1
cd -- "$(dirname -- "$0")/.."
python=$(sh packaging/find_python.sh)

# A .venv whose Python has gone, after an upgrade of the system, is made anew.
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    "$python" -m venv --clear .venv
fi
printf 'Installing into .venv from %s; the first time this loads some 150 MB.\n' "$lock"
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input -q "$@"; }
pip install --require-hashes -r "$lock"
# A lock cannot hold the project itself. Editable, so that the checkout is what runs.
pip install --no-deps --no-build-isolation --editable .
