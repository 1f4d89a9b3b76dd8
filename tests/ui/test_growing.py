"""A long list: some of it at first, more when asked for, and the focus goes on with it."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.ui.growing import GrowingList
from tests.ui.results import T


class Entry(QWidget):
    """A number to press."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QPushButton(str(number), self)
        QVBoxLayout(self).addWidget(self.button)


def entry(number: int) -> Callable[[QWidget], QWidget]:
    return lambda parent: Entry(number, parent)


def shown_list(qtbot: QtBot, count: int, at_once: int, first: int = 0) -> GrowingList:
    grown = GrowingList(T, [entry(n) for n in range(count)], at_once, "Numbers", first=first)
    qtbot.addWidget(grown)
    grown.show()
    settle()
    return grown


def settle() -> None:
    for _ in range(30):
        QApplication.processEvents()


def numbers(grown: GrowingList) -> list[str]:
    return [one.button.text() for one in grown.shown if isinstance(one, Entry)]


def test_a_short_list_is_shown_whole_and_offers_no_more(qtbot: QtBot) -> None:
    grown = shown_list(qtbot, 3, 5)

    assert numbers(grown) == ["0", "1", "2"]
    assert grown.more_button.isHidden()


def test_a_list_without_entries_offers_nothing(qtbot: QtBot) -> None:
    grown = shown_list(qtbot, 0, 5)

    assert numbers(grown) == []
    assert grown.more_button.isHidden()


def test_a_long_list_grows_when_asked_until_it_is_whole(qtbot: QtBot) -> None:
    grown = shown_list(qtbot, 8, 4, first=2)
    assert len(numbers(grown)) == 2
    assert grown.more_button.text() == "Show 4 more"
    assert grown.more_button.accessibleName() == "Show 4 more: Numbers"

    grown.more_button.click()
    settle()
    assert len(numbers(grown)) == 6
    assert grown.more_button.text() == "Show 2 more"

    grown.more_button.click()
    settle()
    assert numbers(grown) == [str(number) for number in range(8)]
    assert grown.more_button.isHidden()


def test_the_focus_goes_on_at_the_first_new_entry(qtbot: QtBot) -> None:
    grown = shown_list(qtbot, 4, 2)
    with qtbot.waitActive(grown):
        grown.activateWindow()

    grown.more_button.click()
    settle()

    third = grown.shown[2]
    assert isinstance(third, Entry)
    assert third.button.hasFocus()


def test_it_is_made_an_entry_at_a_time_so_that_the_window_never_waits(qtbot: QtBot) -> None:
    grown = GrowingList(T, [entry(number) for number in range(10)], 10, "Numbers")
    qtbot.addWidget(grown)

    assert len(grown.shown) == 1
