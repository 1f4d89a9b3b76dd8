"""The keyboard map, key by key: each does what it says on the page it is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.ui.buttons import Button
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.compare_page import ComparePage
from nca_wizard.ui.customer_page import CustomerPage
from nca_wizard.ui.help_dialog import HelpDialog
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.meeting_start import MeetingStartPage
from nca_wizard.ui.preview import PreviewPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.settings_page import SettingsPage
from nca_wizard.ui.start_page import StartPage
from tests.ui.lists import found
from tests.ui.results import samples
from tests.ui.walking import bench_of, desks_of, session_of

FIRST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@dataclass
class Stage:
    """The program on a page, and the folders somebody was asked for."""

    program: Program
    qtbot: QtBot
    asked: list[str]

    @property
    def page(self) -> object:
        return self.program.window.page

    @property
    def focused(self) -> object:
        return QApplication.focusWidget()

    @property
    def names(self) -> list[str]:
        """Who is in the history."""
        rows = bench_of(self.program).history.evaluations()
        return sorted(row.customer_name for row in rows)

    def press(self, keys: str) -> None:
        QTest.keySequence(QApplication.focusWidget() or self.program.window, QKeySequence(keys))
        QApplication.processEvents()


@pytest.fixture
def stage(program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A program with two customers, that asks nobody for a file."""
    asked: list[str] = []

    def ask(_parent: object, title: str, *_: object, **_named: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    for name in ("Contoso AB", "Fabrikam"):
        bench_of(program).history.finish(None, Customer(name=name), samples()["osu-trap"], FIRST)
    bench_of(program).show_start()
    return Stage(program, qtbot, asked)


# --- The pages ----------------------------------------------------------------------------------


def at_start(_stage: Stage) -> None:
    """The first page shows already."""


def at_an_empty_case(stage: Stage) -> None:
    bench_of(stage.program).new_case()


def at_a_name(stage: Stage) -> None:
    at_an_empty_case(stage)
    session_of(stage.program).set_field("name", "Nord")


def at_step_2(stage: Stage) -> None:
    bench_of(stage.program).new_case()
    session_of(stage.program).set_field("name", "Nord")
    bench_of(stage.program).go_on()


def at_a_problem(stage: Stage) -> None:
    bench_of(stage.program).new_case()
    bench_of(stage.program).go_on()


def at_check(stage: Stage) -> None:
    bench_of(stage.program).open_sample()


def at_a_result(stage: Stage) -> None:
    bench_of(stage.program).open_evaluation(1)


def at_the_preview(stage: Stage) -> None:
    at_a_result(stage)
    bench_of(stage.program).print_result()


def at_settings(stage: Stage) -> None:
    bench_of(stage.program).show_settings()


def at_backups(stage: Stage) -> None:
    desks_of(stage.program).keeping.show_backups()


def at_the_history(stage: Stage) -> None:
    desks_of(stage.program).histories.show_history()
    page = stage.page
    assert isinstance(page, HistoryPage)
    found(stage.qtbot, page)
    page.table.setFocus()
    page.table.selectRow(0)


def at_two_lines(stage: Stage) -> None:
    at_the_history(stage)
    page = stage.page
    assert isinstance(page, HistoryPage)
    page.table.selectAll()


def at_a_search(stage: Stage) -> None:
    at_the_history(stage)
    page = stage.page
    assert isinstance(page, HistoryPage)
    page.search.setText("conto")
    found(stage.qtbot, page)


def at_what_was_deleted(stage: Stage) -> None:
    desks_of(stage.program).histories.delete(cases=[1])


def at_what_was_brought_back(stage: Stage) -> None:
    at_what_was_deleted(stage)
    stage.program.window.undo_requested.emit()


# --- What is to be seen -------------------------------------------------------------------------


def shows(kind: type) -> Callable[[Stage], bool]:
    return lambda stage: isinstance(stage.page, kind)


def asks(title: str) -> Callable[[Stage], bool]:
    return lambda stage: stage.asked == [title]


def is_sized(percent: int) -> Callable[[Stage], bool]:
    return lambda stage: stage.program.theme.text_size == percent


def has_step(page_id: str) -> Callable[[Stage], bool]:
    def has(stage: Stage) -> bool:
        session = bench_of(stage.program).session
        return session is not None and session.page == page_id

    return has


def knows(*names: str) -> Callable[[Stage], bool]:
    return lambda stage: stage.names == list(names)


def focuses_the_panel(stage: Stage) -> bool:
    page = stage.page
    return isinstance(page, CasePage) and stage.focused in page.panel.findChildren(Button)


def focuses_the_bar(stage: Stage) -> bool:
    return isinstance(stage.page, CasePage) and stage.focused is stage.page.primary


def focuses_the_name(stage: Stage) -> bool:
    return isinstance(stage.page, CustomerPage) and stage.page.fields["name"].edit.hasFocus()


def focuses_the_search(stage: Stage) -> bool:
    return isinstance(stage.page, HistoryPage) and stage.page.search.hasFocus()


def has_no_search(stage: Stage) -> bool:
    return (
        focuses_the_search(stage)
        and isinstance(stage.focused, QLineEdit)
        and (stage.focused.text() == "")
    )


def edits_a_name(stage: Stage) -> bool:
    return isinstance(stage.focused, QLineEdit) and isinstance(stage.page, HistoryPage)


def has_left_the_table(stage: Stage) -> bool:
    return isinstance(stage.page, HistoryPage) and not stage.page.table.hasFocus()


def chose_the_first(stage: Stage) -> bool:
    return session_of(stage.program).answers.get("channel") == "csp_direct_bill"


def shows_help(stage: Stage) -> bool:
    dialogs = stage.program.window.findChildren(HelpDialog)
    for dialog in dialogs:
        dialog.close()
    return len(dialogs) == 1


def is_closed(stage: Stage) -> bool:
    return not stage.program.window.isVisible()


MAP: Mapping[tuple[str, Callable[[Stage], None]], Callable[[Stage], bool]] = {
    ("Return", at_start): shows(CustomerPage),
    ("Return", at_check): shows(ResultPage),
    ("Return", at_the_history): shows(ResultPage),
    ("Alt+B", at_step_2): has_step("1"),
    ("Alt+B", at_settings): shows(StartPage),
    ("Alt+Left", at_step_2): has_step("1"),
    ("Alt+Left", at_a_result): shows(CheckPage),
    ("Alt+Left", at_the_preview): shows(ResultPage),
    ("Alt+Left", at_settings): shows(StartPage),
    ("Alt+Left", at_backups): shows(SettingsPage),
    ("Alt+Left", at_the_history): shows(StartPage),
    ("Alt+C", at_an_empty_case): lambda stage: stage.program.window.windowTitle().startswith(
        "Error"
    ),
    ("Tab", at_the_history): has_left_the_table,
    ("Shift+Tab", at_the_history): has_left_the_table,
    ("1", at_step_2): chose_the_first,
    ("Esc", at_an_empty_case): shows(StartPage),
    ("Esc", at_a_search): has_no_search,
    ("F1", at_a_result): shows_help,
    ("F2", at_the_history): edits_a_name,
    ("F6", at_step_2): focuses_the_panel,
    ("Shift+F6", at_step_2): focuses_the_bar,
    ("F8", at_a_problem): focuses_the_name,
    ("Ctrl+1", at_a_result): has_step("1"),
    ("Ctrl+5", at_a_result): has_step("5"),
    ("Ctrl++", at_start): is_sized(110),
    ("Ctrl+=", at_start): is_sized(110),
    ("Ctrl+-", at_settings): is_sized(100),
    ("Ctrl+0", at_settings): is_sized(100),
    ("Ctrl+,", at_a_result): shows(SettingsPage),
    ("Ctrl+N", at_a_result): shows(CustomerPage),
    ("Ctrl+Shift+N", at_a_result): shows(CustomerPage),
    ("Ctrl+Shift+N", at_the_history): shows(CustomerPage),
    ("Ctrl+Shift+N", at_start): shows(HistoryPage),
    ("Ctrl+O", at_start): asks("Open a case file"),
    ("Ctrl+S", at_a_name): lambda stage: stage.program.window.status.startswith("Saved 12:00"),
    ("Ctrl+P", at_a_result): shows(PreviewPage),
    ("Ctrl+P", at_the_history): shows(PreviewPage),
    ("Ctrl+E", at_start): asks("Export"),
    ("Ctrl+F", at_start): focuses_the_search,
    ("Ctrl+F", at_the_history): focuses_the_search,
    ("Ctrl+H", at_a_result): shows(HistoryPage),
    ("Ctrl+Z", at_what_was_deleted): knows("Contoso AB", "Fabrikam"),
    ("Ctrl+Y", at_what_was_brought_back): knows("Fabrikam"),
    ("Ctrl+Shift+Z", at_what_was_brought_back): knows("Fabrikam"),
    ("Del", at_two_lines): knows(),
    ("Ctrl+D", at_two_lines): shows(ComparePage),
    ("Ctrl+D", at_a_result): shows(HistoryPage),
    ("Ctrl+Shift+M", at_a_result): lambda stage: bench_of(stage.program).in_meeting,
    ("Ctrl+Shift+M", at_start): shows(MeetingStartPage),
    ("Ctrl+W", at_step_2): shows(StartPage),
    ("Ctrl+Q", at_step_2): is_closed,
}


@pytest.mark.parametrize(("keys", "go"), MAP, ids=[f"{keys} {go.__name__}" for keys, go in MAP])
def test_each_key_does_what_the_map_says(
    stage: Stage, keys: str, go: Callable[[Stage], None]
) -> None:
    go(stage)
    if keys in ("Ctrl+-", "Ctrl+0"):
        stage.program.theme.larger_text()
    is_so = MAP[keys, go]
    assert not is_so(stage)

    stage.press(keys)

    # An access key presses its button for a moment, and lists are looked up beside the window.
    stage.qtbot.waitUntil(lambda: is_so(stage), timeout=5000)


def test_no_key_of_the_menus_is_missing_in_the_map(stage: Stage) -> None:
    in_menus = {key for key, _ in stage.program.window.keys}
    # What a text field does, tried with the fields; and what the map leaves to the menus.
    others = {"Ctrl+X", "Ctrl+C", "Ctrl+V", "Ctrl+A", "Alt+Home", "Ctrl+Shift+S"}
    same = {"Ctrl+2", "Ctrl+3", "Ctrl+4"}

    assert in_menus == {keys for keys, _ in MAP} & in_menus | others | same


def test_no_key_stands_for_two_commands(stage: Stage) -> None:
    window = stage.program.window
    keys = [
        key.toString()
        for action in window.findChildren(QAction)
        for key in action.shortcuts()
        if action.parent() is window
    ]

    assert sorted(keys) == sorted(set(keys))


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_esc_closes_the_answers_that_opened_above_a_narrow_page(stage: Stage) -> None:
    at_step_2(stage)
    stage.program.window.resize(760, 520)
    QApplication.processEvents()
    stage.press("F6")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)

    assert QApplication.activePopupWidget() is None
    assert session_of(stage.program).page == "2"
