#!/bin/sh
# Sees to it that the Debian packages for the named purposes (run, test, build, check) are installed:
# installs them as root, names the command to type to anyone else. Does nothing on other systems.
set -eu

command -v dpkg-query >/dev/null 2>&1 || exit 0

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

missing_of() {
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null |
        sed -n 's/^installed //p')
    for purpose in "$@"; do
        sed -n "s/^$purpose: *//p" "$here/debian-packages.txt"
    done | tr ' ' '\n' | while read -r names; do
        # shellcheck disable=SC2086  # one word for each name
        if ! printf '%s\n' "$installed" | grep -qxF "$(printf '%s' "$names" | tr '|' '\n')"; then
            printf '%s\n' "$names"
        fi
    done
}

# Of several names the one this release knows; the first if it knows none.
known_name() {
    for name in $(printf '%s' "$1" | tr '|' ' '); do
        if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    printf '%s\n' "${1%%|*}"
}

missing=$(missing_of "$@")
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    apt-get update -q
    packages=$(for names in $missing; do known_name "$names"; done)
    # shellcheck disable=SC2086  # one argument for each package
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
else
    packages=$(for names in $missing; do known_name "$names"; done | tr '\n' ' ')
    printf 'Some system packages are missing. Please run this, then the same command again:\n' >&2
    printf 'sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n' "${packages% }" >&2
    exit 1
fi
