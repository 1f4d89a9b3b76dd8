"""The problem page: what is wrong, to copy, to look at, and a way out."""

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from nca_wizard.ui.problem_page import ProblemPage
from tests.ui.results import T, words_on

TITLE = "The rules could not be read"
SENTENCE = "access.toml: entry 3 (dpor-ea-only): when.channel: unknown choice 'eas'."


def page_of(qtbot: QtBot, details: str, folder: Path | None = None) -> ProblemPage:
    page = ProblemPage(T, TITLE, SENTENCE, details, folder)
    qtbot.addWidget(page)
    page.show()
    return page


def test_it_says_what_is_wrong_and_where(qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(qtbot, str(tmp_path))

    words = words_on(page)
    assert page.accessibleName() == TITLE
    assert SENTENCE in words
    assert str(tmp_path) in words
    assert "Nothing was changed or deleted." in words


def test_details_are_copied_whole(qtbot: QtBot) -> None:
    page = page_of(qtbot, "line 1\nline 2")

    page.copy_button.click()
    assert QGuiApplication.clipboard().text() == f"{TITLE}\n{SENTENCE}\nline 1\nline 2"
    assert page.folder_button.isHidden()


def test_the_folder_is_shown(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    page = page_of(qtbot, "anything", tmp_path)

    page.folder_button.click()
    assert [Path(one) for one in shown] == [tmp_path]


def test_quit_is_the_one_primary_button(qtbot: QtBot) -> None:
    page = page_of(qtbot, "")

    assert page.primary is page.quit_button
    with qtbot.waitSignal(page.quit_requested):
        page.quit_button.click()
