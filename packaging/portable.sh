#!/bin/sh
# Packs the bundle for Linux systems without dpkg: dist/nca-wizard-VERSION-linux-MACHINE.tar.xz.
# XZ_LEVEL (0 to 9, 6 unless set) trades time for size.
set -eu

cd -- "$(dirname -- "$0")/.."
version=$(dist/bundle/nca-wizard/nca-wizard --version)
name="nca-wizard-${version##* }-linux-$(uname -m)"
rm -rf build/portable dist/nca-wizard-*-linux-*.tar.xz
mkdir -p "build/portable/$name"
cp -a dist/bundle/nca-wizard/. "build/portable/$name/"
cp LICENSE packaging/portable/README.txt "build/portable/$name/"
tar -C build/portable --sort=name --owner=0 --group=0 --numeric-owner \
    --mtime="@${SOURCE_DATE_EPOCH:-0}" -I "xz -T0 -${XZ_LEVEL:-6}" \
    -cf "dist/$name.tar.xz" "$name"
printf '%s\n' "dist/$name.tar.xz"
