"""Help for the page that shows: what it is for, every key there is, and the words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.settings import Settings, save_settings
from nca_wizard.ui.help_dialog import HelpDialog
from nca_wizard.ui.labels import Label, spoken
from nca_wizard.ui.program import Program
from tests.ui.results import words_on
from tests.ui.test_meeting import WORDS, seen
from tests.ui.walking import bench_of


@contextmanager
def help_of(program: Program) -> Iterator[HelpDialog]:
    """What F1 shows, as long as it is open."""
    QTest.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_F1)
    [dialog] = program.window.findChildren(HelpDialog)
    try:
        yield dialog
    finally:
        dialog.close()
        dialog.deleteLater()
        QApplication.sendPostedEvents(dialog, 0)


def test_it_says_what_the_page_is_for(program: Program, book: Rulebook) -> None:
    bench_of(program).new_case()
    page = book.pages[0]
    with help_of(program) as dialog:
        assert page.heading in words_on(dialog)
        assert page.why in words_on(dialog)


@pytest.mark.parametrize("show", ["show_start", "show_settings"])
def test_pages_that_ask_nothing_say_what_they_are_for_too(program: Program, show: str) -> None:
    getattr(bench_of(program), show)()
    why = getattr(program.window.page, "why")  # noqa: B009  each kind of page has its own
    assert why

    with help_of(program) as dialog:
        assert why in words_on(dialog)


def test_it_names_every_key_of_the_menus_whatever_they_are(program: Program) -> None:
    program.window.add_command("&Tools", "Do something &new", lambda: None, "Ctrl+Alt+K")
    actions = [
        action
        for menu in program.window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if not action.shortcut().isEmpty()
    ]
    assert len(actions) > 30

    with help_of(program) as dialog:
        said = words_on(dialog).splitlines()
        for action in actions:
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            assert key in said
            assert spoken(action.text()) in said
        assert "Ctrl+Alt+K" in said
        for key in ("Enter", "1 to 9", "Tab, Shift+Tab", "Esc", "F6", "F8"):
            assert key in said


def test_it_says_the_words_in_full(program: Program, book: Rulebook) -> None:
    assert len(book.associations) == 6
    with help_of(program) as dialog:
        said = words_on(dialog)
        for association in book.associations:
            assert association.name in said
            assert association.full_name in said
        for choice in book.question("metrics").choices:
            assert choice.label in said
            assert choice.hint in said


def test_in_a_meeting_it_has_nothing_of_ours(program: Program) -> None:
    program.window.do("meeting")
    with help_of(program) as dialog:
        said = list(seen(dialog))

    assert "New case" in said
    assert "Compare…" not in said
    assert "Associations" not in said
    assert not [text for text in said if WORDS.search(text)]


def test_it_fits_into_the_smallest_window_with_the_largest_text_in_german(
    start: Callable[[], Program], tmp_path: Path, qapp: QApplication
) -> None:
    settings = Settings(language="de", text_size=200)
    save_settings(settings, tmp_path / "data" / "settings.json")
    program = start()
    program.window.resize(760, 520)
    QApplication.processEvents()
    try:
        with help_of(program) as dialog:
            QApplication.processEvents()
            assert program.window.width() >= dialog.width()
            assert program.window.height() >= dialog.height()
            for label in dialog.findChildren(Label):
                needed = label.heightForWidth(label.width())
                assert label.height() >= needed, label.text()
                longest = max(label.text().split() or [""], key=len)
                assert label.fontMetrics().horizontalAdvance(longest) <= label.width() + 1, longest
            bar = dialog._scroll.verticalScrollBar()
            QTest.keyClick(dialog, Qt.Key.Key_End)
            assert bar.value() == bar.maximum() > 0
            QTest.keyClick(dialog, Qt.Key.Key_PageUp)
            assert bar.value() < bar.maximum()
    finally:
        program.theme.set_text_size(100)
