"""Keys 1 to 9: they answer the question one is at, and never one that is out of sight."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.ui.program import Program
from nca_wizard.ui.question_block import ChoicesBlock
from nca_wizard.ui.question_page import QuestionPage
from nca_wizard.ui.widgets import Expander
from tests.ui.test_pages import settle, walk_pages
from tests.ui.walking import Keyboard


@pytest.fixture
def blocks(program: Program, book: Rulebook) -> Sequence[ChoicesBlock]:
    """The first page with two questions that both begin at 1."""
    for page in walk_pages(program, book):
        if not isinstance(page, QuestionPage):
            continue
        found = [block for block in page.blocks.values() if isinstance(block, ChoicesBlock)]
        numbered = [block for block in found if block.row_of_number(1) is not None]
        if len(numbered) > 1:
            settle()
            return numbered
    raise AssertionError("no page has two numbered questions")


def page_of(block: ChoicesBlock) -> QuestionPage:
    page = block.parent()
    while not isinstance(page, QuestionPage):
        assert page is not None
        page = page.parent()
    return page


def scroll(block: ChoicesBlock, to_end: bool) -> None:
    bar = page_of(block).scrolled.verticalScrollBar()
    bar.setValue(bar.maximum() if to_end else 0)
    settle()


def test_a_number_belongs_to_the_question_whose_help_has_the_focus(
    program: Program, qtbot: QtBot, blocks: Sequence[ChoicesBlock]
) -> None:
    first, second = blocks[:2]
    second.findChildren(Expander)[0].setFocus()
    settle()

    Keyboard(program).press(Qt.Key.Key_2)

    assert first.answer() is None
    row = second.row_of_number(2)
    assert row is not None
    assert row.isChecked()


def test_a_number_chooses_nothing_out_of_sight(
    program: Program, blocks: Sequence[ChoicesBlock]
) -> None:
    program.window.resize(760, 520)
    first = blocks[0]
    page = page_of(first)
    assert page.primary is not None
    page.primary.setFocus()
    scroll(first, to_end=True)
    row = first.row_of_number(1)
    assert row is not None
    assert row.visibleRegion().isEmpty()

    Keyboard(program).press(Qt.Key.Key_1)
    Keyboard(program).press(Qt.Key.Key_2)

    assert first.answer() is None


def test_what_a_number_chooses_is_scrolled_into_sight(
    program: Program, blocks: Sequence[ChoicesBlock]
) -> None:
    program.window.resize(760, 520)
    first = blocks[0]
    row = first.row_of_number(1)
    assert row is not None
    row.setFocus()
    settle()
    bar = page_of(first).scrolled.verticalScrollBar()
    bar.setValue(row.height() + 30)
    settle()

    Keyboard(program).press(Qt.Key.Key_1)
    settle()

    assert row.isChecked()
    assert row.visibleRegion().boundingRect().height() == row.height()


def test_a_question_scrolled_away_leaves_its_numbers_to_the_one_in_sight(
    program: Program, blocks: Sequence[ChoicesBlock]
) -> None:
    program.window.resize(760, 520)
    first, second = blocks[:2]
    first.take_focus()
    settle()
    scroll(first, to_end=True)
    assert QApplication.focusWidget() is first.row_of_number(1)
    in_sight = [n for n in range(1, 10) if _shown(second, n)]
    assert in_sight

    Keyboard(program).press(Qt.Key(Qt.Key.Key_0 + in_sight[0]))

    assert first.answer() is None
    row = second.row_of_number(in_sight[0])
    assert row is not None
    assert row.isChecked()


def test_a_number_that_stands_once_on_the_page_chooses_its_row_and_shows_it(
    program: Program, book: Rulebook
) -> None:
    program.window.resize(760, 520)
    page = next(
        page
        for page in walk_pages(program, book)
        if isinstance(page, QuestionPage) and "subscription" in page.blocks
    )
    settle()
    block = page.blocks["subscription"]
    row = block.row_of_number(6)
    assert row is not None
    assert row.visibleRegion().isEmpty()
    keyboard = Keyboard(program)

    keyboard.press(Qt.Key.Key_6)
    settle()

    assert row.isChecked()
    assert row.visibleRegion().boundingRect().height() == row.height()


def _shown(block: ChoicesBlock, number: int) -> bool:
    row = block.row_of_number(number)
    return row is not None and row.visibleRegion().boundingRect().height() == row.height()
