"""What can be undone: said until it is closed, by a button and by Ctrl+Z."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nca_wizard.errors import CannotWrite
from nca_wizard.sentences import as_written
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.panels import Notice
from nca_wizard.ui.program import Program
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.undoing import Undoing
from nca_wizard.ui.widgets import LinkButton, TextField
from tests.ui.results import T, themed


class Deeds:
    """Counts what was undone and done again."""

    def __init__(self, undoing: Undoing) -> None:
        self.undoing = undoing
        self.said: list[str] = []

    def do(self, name: str) -> None:
        self.undoing.done(
            f"Deleted {name}.",
            lambda: self.said.append(f"undo {name}"),
            lambda: self.said.append(f"redo {name}"),
        )


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    themed()
    window = MainWindow(T)
    window.add_editing("&Edit")
    qtbot.addWidget(window)
    window.show_page(StartPage(T, [], [], "Rules"))
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


@pytest.fixture
def deeds(window: MainWindow) -> Deeds:
    return Deeds(Undoing(T, window))


def buttons(window: MainWindow) -> tuple[LinkButton, LinkButton]:
    """Undo and Close."""
    found = {button.text(): button for button in window.undo_bar.findChildren(LinkButton)}
    return found["Undo"], found["Close"]


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)


def test_the_bar_names_what_was_done_and_stays_on_other_pages(
    window: MainWindow, deeds: Deeds
) -> None:
    deeds.do("Contoso")
    window.show_page(StartPage(T, [], [], "Rules"))

    assert window.undo_bar.isVisible()
    assert window.undo_bar.sentence == "Deleted Contoso."
    assert window.undo_bar.tone == "plain"


def test_its_buttons_undo_and_close(window: MainWindow, deeds: Deeds) -> None:
    deeds.do("Contoso")
    buttons(window)[0].click()

    assert deeds.said == ["undo Contoso"]
    assert window.undo_bar.isHidden()
    deeds.do("Fabrikam")
    buttons(window)[1].click()
    assert window.undo_bar.isHidden()


def test_ctrl_z_undoes_the_last_first_and_ctrl_y_does_it_again(
    window: MainWindow, deeds: Deeds
) -> None:
    deeds.do("1")
    deeds.do("2")
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Z, Qt.Key.Key_Z, Qt.Key.Key_Y):
        press(window, key)

    assert deeds.said == ["undo 2", "undo 1", "redo 1"]
    assert window.undo_bar.sentence == "Deleted 1."


def test_in_a_text_field_ctrl_z_undoes_the_typing(
    qtbot: QtBot, window: MainWindow, deeds: Deeds
) -> None:
    field = TextField("Name")
    window.show_page(field)
    deeds.do("Contoso")
    field.take_focus()
    QTest.keyClicks(field.edit, "abc")
    press(window, Qt.Key.Key_Z)

    assert field.text() == ""
    assert deeds.said == []


def test_what_cannot_be_undone_is_told_and_stays(
    qtbot: QtBot, window: MainWindow, deeds: Deeds
) -> None:
    def fail() -> None:
        raise CannotWrite(as_written("Not saved: the disk is full."))

    deeds.undoing.done("Deleted Contoso.", fail, fail)
    with qtbot.waitSignal(deeds.undoing.failed) as failed:
        press(window, Qt.Key.Key_Z)

    assert failed.args == [as_written("Not saved: the disk is full.")]
    assert window.undo_bar.isVisible()


def test_what_was_forgotten_is_no_longer_offered(window: MainWindow, deeds: Deeds) -> None:
    deeds.do("Contoso")
    deeds.undoing.forget()
    press(window, Qt.Key.Key_Z)

    assert deeds.said == []
    assert window.undo_bar.isHidden()


def test_the_bar_undoes_what_it_names_whatever_was_done_quietly_since(
    window: MainWindow, deeds: Deeds
) -> None:
    deeds.do("Contoso")
    deeds.undoing.done_quietly("Ticked.", lambda: deeds.said.append("untick"), lambda: None)

    assert window.undo_bar.sentence == "Deleted Contoso."
    buttons(window)[0].click()
    press(window, Qt.Key.Key_Z)

    assert deeds.said == ["undo Contoso", "untick"]
    assert window.undo_bar.sentence == ""


def test_what_was_undone_by_its_key_is_said_and_can_be_done_again(
    window: MainWindow, deeds: Deeds
) -> None:
    deeds.do("Contoso")
    press(window, Qt.Key.Key_Z)

    assert window.undo_bar.sentence == "Undone: Deleted Contoso."
    offered = [one for one in window.undo_bar.findChildren(LinkButton) if one.isVisible()]
    assert {one.text() for one in offered} == {"Redo", "Close"}
    next(one for one in offered if one.text() == "Redo").click()
    assert deeds.said == ["undo Contoso", "redo Contoso"]
    assert window.undo_bar.sentence == "Deleted Contoso."


def test_what_was_done_quietly_is_named_when_it_is_undone_from_another_page(
    window: MainWindow, deeds: Deeds
) -> None:
    deeds.undoing.done_quietly("Ticked.", lambda: deeds.said.append("untick"), lambda: None)
    window.show_page(StartPage(T, [], [], "Rules"))
    press(window, Qt.Key.Key_Z)

    assert deeds.said == ["untick"]
    assert window.undo_bar.sentence == "Undone: Ticked."


def test_at_twice_the_text_size_the_bar_takes_the_room_of_the_status_line(
    window: MainWindow, deeds: Deeds
) -> None:
    theme = themed()
    window.resize(760, 520)
    deeds.do("Contoso")
    assert window.status_line.isVisible()
    theme.set_text_size(200)
    try:
        assert window.status_line.isHidden()
        buttons(window)[1].click()
        assert window.status_line.isVisible()
    finally:
        theme.set_text_size(100)


def test_a_screen_reader_reads_what_is_said_where_it_stands(program: Program) -> None:
    central = program.window.centralWidget()
    assert central is not None
    middle = QAccessible.queryAccessibleInterface(central)
    read = [middle.child(place).object() for place in range(middle.childCount())]

    said, page, undo, status = read
    assert (undo, status) == (program.window.undo_bar, program.window.status_line)
    assert isinstance(said, Notice)
    assert program.window.page is not None
    assert page is program.window.page.parentWidget()
