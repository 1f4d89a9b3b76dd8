"""The moments of a start, as `make bench-start` hears them of the program itself."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from nca_wizard.paths import resources
from nca_wizard.ui.told_start import ASKED_FOR

LABEL = Path("rules", "label.json")


def moments(checkout: Path, data: Path, *arguments: str | Path) -> list[str]:
    """The first three things that a program says which is started."""
    running = subprocess.Popen(
        [sys.executable, "-m", "nca_wizard", "--data-dir", str(data), *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=checkout,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", ASKED_FOR: "1"},
    )
    assert running.stdout is not None
    said = [running.stdout.readline().strip() for _ in range(3)]
    running.send_signal(signal.SIGTERM)
    running.communicate()
    return said


def test_the_first_page_is_usable_before_everything_is_ready_from_the_second_start_on(
    checkout: Path, tmp_path: Path
) -> None:
    assert moments(checkout, tmp_path) == ["painted", "ready", "usable"]
    assert (tmp_path / LABEL).is_file()

    assert moments(checkout, tmp_path) == ["painted", "usable", "ready"]


def test_a_case_that_was_double_clicked_shows_no_other_page_first(
    checkout: Path, tmp_path: Path
) -> None:
    moments(checkout, tmp_path)
    sample = resources() / "sample" / "scenario-b.ncacase"

    assert moments(checkout, tmp_path, sample) == ["painted", "ready", "usable"]
