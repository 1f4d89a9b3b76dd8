"""Another language acts at once, on everything that is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from nca_wizard.paths import DataFolder
from nca_wizard.settings import load_settings
from nca_wizard.texts import choose_language
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.program import Program
from nca_wizard.ui.settings_page import SettingsPage


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Program]:
    """A program whose window may be replaced by another."""
    program = Program(qapp, DataFolder(tmp_path / "data"), clock)
    program.window.show()
    program.load()
    yield program
    program.window.close()


def choose(qtbot: QtBot, program: Program, language: str) -> None:
    """Choose a language on the settings page."""
    assert program.workbench is not None
    program.workbench.show_settings()
    before, page = program.window, program.window.page
    assert isinstance(page, SettingsPage)
    page.language.pick(language)
    page.language.activated.emit(0)
    qtbot.waitUntil(lambda: program.window is not before)


def words_on(program: Program) -> list[str]:
    page = program.window.page
    assert page is not None
    return [label.text() for label in page.findChildren(QLabel)]


def test_the_window_speaks_the_chosen_language_at_once(qtbot: QtBot, program: Program) -> None:
    choose(qtbot, program, "de")

    assert "Einstellungen" in words_on(program)
    assert "Abbrechen" in QApplication.translate("QPlatformTheme", "Cancel")
    assert program.window.isVisible()


def test_it_can_be_changed_back(qtbot: QtBot, program: Program) -> None:
    choose(qtbot, program, "de")
    choose(qtbot, program, "en")

    assert "Settings" in words_on(program)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_choice_is_kept_for_the_next_start(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    choose(qtbot, program, "de")

    kept = load_settings(tmp_path / "data" / "settings.json").settings.language
    assert choose_language(kept, ["de", "en"]) == kept == "de"


@pytest.mark.parametrize("language", ["en", "de"])
def test_in_a_menu_every_command_has_a_letter_of_its_own(
    qtbot: QtBot, program: Program, language: str
) -> None:
    if language != "en":
        choose(qtbot, program, language)
    menus = program.window.menuBar().actions()

    for texts in ([menu.text() for menu in menus], *map(commands_in, menus)):
        letters = [text[text.index("&") + 1].casefold() for text in texts if "&" in text]
        assert len(letters) == len(texts), texts
        assert len(set(letters)) == len(letters), texts


def commands_in(menu: QAction) -> list[str]:
    held = menu.menu()
    assert isinstance(held, QMenu)
    return [action.text() for action in held.actions() if not action.isSeparator()]
