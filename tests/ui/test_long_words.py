"""A word longer than its line breaks; nothing of it is cut, said or stored otherwise."""

import pytest
from PySide6.QtGui import QAccessible, QFontMetrics
from pytestqt.qtbot import QtBot

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.ui.breaking_label import BreakingLabel
from nca_wizard.ui.customer_page import CustomerPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.widgets import Label
from tests.ui.test_pages import settle, walk_pages

LONG = "Donaudampfschifffahrt" * 4
NAMES = (LONG[:80], f"AB {LONG[:80]} GmbH", "W" * 120, "東" * 80, "שלום" * 20)


@pytest.mark.parametrize("size", [(760, 520), (1000, 680)])
@pytest.mark.parametrize("name", NAMES)
def test_a_long_word_is_shown_whole_beside_the_questions_and_on_check(
    program: Program, book: Rulebook, name: str, size: tuple[int, int]
) -> None:
    program.window.resize(*size)
    seen = 0
    for page in walk_pages(program, book, name):
        settle()
        if isinstance(page, CustomerPage):
            continue
        for label in page.findChildren(BreakingLabel):
            if label.text() != name or not label.isVisible():
                continue
            seen += 1
            metrics = QFontMetrics(label.font())
            lines = label.shown_lines()
            assert "".join(lines) == name
            assert all(
                metrics.horizontalAdvance(line.rstrip()) <= label.width() + 1 for line in lines
            )
            assert label.height() >= label.heightForWidth(label.width())
            assert label.height() >= len(lines) * metrics.height()
            holder = label.parentWidget()
            assert holder is not None
            assert label.geometry().right() <= holder.width()
    assert seen


def test_a_text_whose_words_fit_looks_like_any_label(program: Program, qtbot: QtBot) -> None:
    text = "Contoso AB and its daughters\nin two lines"
    breaking, usual = BreakingLabel(text), Label(text)
    for label in (breaking, usual):
        qtbot.addWidget(label)
        label.resize(120, usual.heightForWidth(120))
    assert breaking.heightForWidth(120) == usual.heightForWidth(120)
    assert breaking.grab().toImage() == usual.grab().toImage()


def test_what_a_screen_reader_says_is_the_text_itself(program: Program, qtbot: QtBot) -> None:
    label = BreakingLabel(LONG)
    qtbot.addWidget(label)
    label.resize(100, 300)

    said = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
    assert said == LONG
    assert len(label.shown_lines()) > 1


def test_a_long_word_is_painted_in_the_colour_of_the_text(program: Program, qtbot: QtBot) -> None:
    label = BreakingLabel("W" * 60)
    qtbot.addWidget(label)
    label.resize(100, label.heightForWidth(100))
    image = label.grab().toImage()
    colours = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }
    assert program.theme.colours.text.upper() in colours
