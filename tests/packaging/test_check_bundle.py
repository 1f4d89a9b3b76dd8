import sys
from pathlib import Path

import pytest

from check_bundle import EXPECTED, faults_of_self_check

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")

SOUND = """\
rules: rulebook 2026.11, 186 rules, every scenario has exactly one answer
history: an evaluation was written into a temporary folder and read back the same
page: a PDF for screen readers, 35,178 bytes
updates: a signature was made and verified; rules updates are on
languages: English (November 2026), Deutsch (November 2026)
names: sorted as in German and Swedish
window: shown once, 1000 x 680, drawn by offscreen
"""


def program_that_says(folder: Path, said: str, *, complains: str = "", code: int = 0) -> Path:
    path = folder / "nca-wizard"
    complaint = f"echo '{complains}' >&2\n" if complains else ""
    path.write_text(f"#!/bin/sh\ncat <<'END'\n{said}END\n{complaint}exit {code}\n")
    path.chmod(0o755)
    return path


def test_a_sound_program_has_no_faults(tmp_path: Path) -> None:
    assert faults_of_self_check(program_that_says(tmp_path, SOUND)) == []


def test_a_warning_of_qt_is_a_fault(tmp_path: Path) -> None:
    program = program_that_says(tmp_path, SOUND, complains="QFont: no such face")

    assert faults_of_self_check(program) == ["unexpected: QFont: no such face"]


def test_a_check_that_failed_is_a_fault(tmp_path: Path) -> None:
    broken = SOUND.replace("updates: a signature was made and verified; rules", "updates: FAILED:")

    faults = faults_of_self_check(program_that_says(tmp_path, broken, code=70))

    assert faults == [
        "unexpected: updates: FAILED: updates are on",
        f"missing: {EXPECTED[3]}",
        "exit code 70",
    ]
