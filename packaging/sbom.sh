#!/bin/sh
# Writes dist/nca-wizard-VERSION.cdx.json, the bill of materials: what requirements.lock holds, as
# CycloneDX. Qt and the other libraries inside the Python packages are under About, Licences.
set -eu

cd -- "$(dirname -- "$0")/.."
env=build/release-env
"$(sh packaging/find_python.sh)" -m venv --clear "$env"
bin=$env/bin
[ -d "$bin" ] || bin=$env/Scripts
"$bin/python" -m pip --disable-pip-version-check --no-input -q \
    install --require-hashes -r requirements-release.lock
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
mkdir -p dist
"$bin/cyclonedx-py" requirements requirements.lock --pyproject pyproject.toml \
    --mc-type application --output-reproducible --output-format JSON \
    --output-file "dist/nca-wizard-$version.cdx.json"
printf '%s\n' "dist/nca-wizard-$version.cdx.json"
