#!/bin/sh
# Prints the name of a Python that is new enough; python3 itself wherever it is.
set -eu

for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        printf '%s\n' "$candidate"
        exit 0
    fi
done
found=$(python3 -c 'import sys; print("the python3 found here is %d.%d" % sys.version_info[:2])' 2>/dev/null) ||
    found='none was found here'
printf 'NCA Wizard needs Python 3.11 or newer; %s.\n' "$found" >&2
exit 1
