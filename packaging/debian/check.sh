#!/bin/sh
# Whether the program in the package in dist still checks itself, and whether Debian's own tools
# have nothing to say against the package.
set -eu

cd -- "$(dirname -- "$0")/../.."
unpacked=build/unpacked
rm -rf "$unpacked"
dpkg-deb -x dist/nca-wizard_*.deb "$unpacked"
build/package-env/bin/python packaging/check_bundle.py "$unpacked/usr/lib/nca-wizard"
stated=$(dpkg-deb -f dist/nca-wizard_*.deb Version)
said=$("$unpacked/usr/bin/nca-wizard" --version)
if [ "$said" != "NCA Wizard $stated" ]; then
    printf 'The package is of version %s, its program says %s.\n' "$stated" "$said" >&2
    exit 1
fi
share=$unpacked/usr/share
desktop-file-validate "$share"/applications/*.desktop
appstreamcli validate --no-net "$share"/metainfo/*.xml
man --local-file --warnings "$share"/man/man1/*.1.gz 2>&1 >/dev/null | (! grep .)
# CI is root.
lintian --allow-root --fail-on error,warning --tag-display-limit 0 dist/nca-wizard_*.deb
