#!/bin/sh
# Whether the package in dist is one that Debian's own tools have nothing to say against.
set -eu

cd -- "$(dirname -- "$0")/../.."
share=build/deb/usr/share
desktop-file-validate "$share"/applications/*.desktop
appstreamcli validate --no-net "$share"/metainfo/*.xml
man --local-file --warnings "$share"/man/man1/*.1.gz 2>&1 >/dev/null | (! grep .)
# CI is root.
lintian --allow-root --fail-on error,warning --tag-display-limit 0 dist/nca-wizard_*.deb
