"""A window on real rules, with its own data folder and a clock that stands."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.program import Program

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_dialog_left_open(qapp: QApplication) -> Iterator[None]:
    """A dialog that outlives its test keeps every later window of the process waiting."""
    yield
    assert QApplication.activeModalWidget() is None


@pytest.fixture(autouse=True)
def _qt_speaks_english_again(qapp: QApplication) -> Iterator[None]:
    """Qt's own words stay in the language of the last program otherwise."""
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return rulebooks.load(resources())


@pytest.fixture
def clock() -> Clock:
    return lambda: NOON


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History.open(tmp_path / "history.sqlite") as opened:
        yield opened


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: Clock) -> Callable[[], Program]:
    """Start the program, again and again on the same data folder."""

    def started() -> Program:
        program = Program(qapp, DataFolder(tmp_path / "data"), clock)
        qtbot.addWidget(program.window)
        program.window.show()
        with qtbot.waitActive(program.window):
            program.window.activateWindow()
        # From the second start on the first page shows before the rules are read.
        program.show_front()
        program.load()
        return program

    return started


@pytest.fixture
def program(start: Callable[[], Program]) -> Program:
    return start()
