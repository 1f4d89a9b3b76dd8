"""A newer build over an older one, and an older one over a newer: nothing is lost.

`stored/` holds a settings file as version 0.1.0 wrote it; it is never edited.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nca_wizard.paths import DataFolder
from nca_wizard.settings import load_settings
from nca_wizard.ui import window_place
from nca_wizard.ui.program import Program
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.theme import DARK
from nca_wizard.ui.widgets import Label
from tests.history.test_schema import earlier_history

STORED = Path(__file__).parent / "stored"
PLACE = QRect(20, 60, 770, 540)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """Of the `start` fixture."""
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    return folder


def test_a_newer_build_keeps_cases_settings_and_the_place_of_the_window(
    start: Callable[[], Program], data: DataFolder
) -> None:
    earlier_history(1, data.history)
    shutil.copy(STORED / "settings-0.1.0.json", data.settings)

    program = start()

    page = program.window.page
    assert isinstance(page, StartPage)
    shown = [label.text() for label in page.findChildren(Label)]
    # In the language that was chosen.
    assert "Zuletzt" in shown
    assert "R&D <b>Söhne</b> 東京" in shown
    assert program.theme.colours == DARK
    assert program.window.geometry() == PLACE
    assert program.window.said == ""
    program.window.close()
    assert load_settings(data.settings).settings.partner.company == "R&D <b>Söhne</b> 東京"


def test_an_older_build_opens_a_newer_history_read_only_and_says_so(
    start: Callable[[], Program], data: DataFolder
) -> None:
    start().window.close()
    with closing(sqlite3.connect(data.history)) as newer:
        newer.execute("PRAGMA journal_mode = DELETE")
        newer.execute("INSERT INTO schema_versions VALUES (99, '2.3')")
        newer.execute("PRAGMA user_version = 99")
        newer.commit()
    before = data.history.read_bytes()

    program = start()

    assert program.window.said.startswith("This history was made by version 2.3. You have ")
    assert program.window.said.endswith("It was opened read-only.")
    program.window.close()
    assert data.history.read_bytes() == before


def test_the_window_opens_where_it_was_closed(start: Callable[[], Program]) -> None:
    program = start()
    program.window.setGeometry(PLACE)
    program.window.close()

    assert start().window.geometry() == PLACE


def test_a_window_closed_full_size_opens_full_size(start: Callable[[], Program]) -> None:
    program = start()
    program.window.showMaximized()
    program.window.close()

    assert start().window.isMaximized()


def test_a_place_on_a_screen_that_is_gone_becomes_one_that_can_be_seen(
    start: Callable[[], Program], qapp: QApplication
) -> None:
    program = start()
    program.window.setGeometry(QRect(QPoint(7000, 5000), PLACE.size()))
    program.window.close()

    seen = start().window.geometry()

    assert qapp.primaryScreen().geometry().intersects(seen)
    assert seen.size() == PLACE.size()


@pytest.mark.parametrize("place", ["", "rubbish", "AAAA", "ü"])
def test_a_place_that_makes_no_sense_is_the_usual_one(
    qtbot: QtBot, program: Program, place: str
) -> None:
    before = program.window.geometry()

    window_place.restore(program.window, place)

    assert program.window.geometry() == before


def test_where_nothing_can_be_written_the_window_closes_all_the_same(
    start: Callable[[], Program], data: DataFolder
) -> None:
    program = start()
    data.settings.unlink(missing_ok=True)
    data.settings.mkdir()

    assert program.window.close()


def test_closing_keeps_the_settings_of_a_newer_build(
    start: Callable[[], Program], data: DataFolder
) -> None:
    newer = {"format": "nca-wizard-settings", "version": 2, "density": "wide"}
    data.settings.write_text(json.dumps(newer))

    start().window.close()

    written = json.loads(data.settings.read_text())
    assert newer.items() <= written.items()
    assert written["window"]
