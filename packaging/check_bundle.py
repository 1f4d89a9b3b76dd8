"""Checks a frozen program as it lies there.

It checks itself and says not a line more than expected, and every file in it is on the list of
licences.

    python packaging/check_bundle.py FOLDER

FOLDER is the bundle, or where a package has put it.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import check_licences

# What `--self-check` says on a machine without a display.
EXPECTED = (
    r"rules: rulebook \d{4}\.\d+, \d+ rules, every scenario has exactly one answer",
    r"history: an evaluation was written into a temporary folder and read back the same",
    r"page: a PDF for screen readers, [\d,]+ bytes",
    r"updates: a signature was made and verified; rules updates are (on|off, .+)",
    r"languages: English \(.+\)(, \w+ \(.+\))+",
    r"names: sorted as in German and Swedish",
    r"window: shown once, \d+ x \d+, drawn by offscreen",
)


def faults_of_self_check(program: Path) -> list[str]:
    """What `program --self-check` says wrong: a line too many, too few, or another exit code."""
    with tempfile.TemporaryDirectory() as home:
        finished = subprocess.run(
            [str(program), "--self-check"],
            env=_bare_environment(home),
            cwd=home,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    said = finished.stdout.splitlines() + finished.stderr.splitlines()
    unexpected = [line for line in said if not any(re.fullmatch(one, line) for one in EXPECTED)]
    missing = [one for one in EXPECTED if not any(re.fullmatch(one, line) for line in said)]
    return [
        *(f"unexpected: {line}" for line in unexpected),
        *(f"missing: {pattern}" for pattern in missing),
        *([f"exit code {finished.returncode}"] if finished.returncode else []),
    ]


def _bare_environment(home: str) -> Mapping[str, str]:
    """Only what an operating system itself needs to start a program, with UTF-8 as all have it."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
    return (
        kept
        | dict.fromkeys(names, home)
        | {
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
        }
    )


def program_in(folder: Path) -> Path:
    """The executable with a console."""
    return folder / ("nca-wizard.exe" if sys.platform == "win32" else "nca-wizard")


def main(arguments: list[str]) -> int:
    """Say what is wrong, one fault a line, or that nothing is."""
    folder = Path(arguments[0]).absolute()
    faults = check_licences.faults(folder) + faults_of_self_check(program_in(folder))
    for fault in faults:
        print(f"{folder}: {fault}", file=sys.stderr)
    if not faults:
        print(f"{folder}: every file has its licence; {len(EXPECTED)} checks passed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
