#!/bin/sh
# Opens the window. Where none can be shown the sample customer is evaluated in the terminal and
# its page is written as a PDF.
set -u

cd -- "$(dirname -- "$0")/.." || exit
sample=resources/sample/scenario-b.ncacase
page=build/scenario-b.pdf
no_display=69

.venv/bin/nca-wizard
status=$?
[ "$status" -eq "$no_display" ] || exit "$status"

printf '\nHere is the sample customer in the terminal instead.\n\n'
mkdir -p build
.venv/bin/nca-wizard evaluate "$sample" || exit
.venv/bin/nca-wizard print "$sample" --copy customer --paper a4 --out "$page" --force >/dev/null || exit
printf '\nThe page for this customer: %s\n' "$PWD/$page"
