#!/bin/sh
# Makes build/package-env, the environment the program is frozen in: what the two lock files named
# here hold and nothing else, so that nothing of a developer's gets into a package.
set -eu

cd -- "$(dirname -- "$0")/.."
"$(sh packaging/find_python.sh)" -m venv --clear build/package-env
for python in build/package-env/bin/python build/package-env/Scripts/python.exe; do
    [ -x "$python" ] && break
done
"$python" -m pip --disable-pip-version-check --no-input -q \
    install --require-hashes -r requirements.lock -r requirements-package.lock
