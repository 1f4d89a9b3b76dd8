"""The overview: a mark and a word in every cell, for eyes, ears and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from nca_wizard.report import wording
from nca_wizard.ui.overview import Overview, OverviewCell
from nca_wizard.ui.result_page import ResultPage
from tests.ui.results import T, samples, shown, words_on

WITH_GOALS = tuple(name for name, rec in samples().items() if rec.goals)


def overview_of(page: ResultPage) -> Overview:
    return page.findChildren(Overview)[0]


@pytest.mark.parametrize("name", WITH_GOALS)
def test_each_cell_shows_its_mark_and_its_word(qtbot: QtBot, name: str) -> None:
    recommendation = samples()[name]
    page = shown(qtbot, recommendation)

    told = [[cell.text() for cell in line] for line in overview_of(page).cells]
    assert told == [
        [f"{cell.mark}  {cell.word}" for cell in row.cells]
        for row in wording.association_rows(T, recommendation)
    ]


@pytest.mark.parametrize("name", WITH_GOALS)
def test_a_screen_reader_hears_association_goal_and_word(qtbot: QtBot, name: str) -> None:
    recommendation = samples()[name]
    page = shown(qtbot, recommendation)

    for row, line in zip(
        wording.association_rows(T, recommendation), overview_of(page).cells, strict=True
    ):
        for cell in line:
            heard = QAccessible.queryAccessibleInterface(cell).text(QAccessible.Text.Name)
            assert heard.startswith(f"{row.name}, ")
            assert heard.endswith(f": {cell.cell.word}")


def test_the_claim_to_file_is_heard_as_do_this(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["osu-trap"])

    names = [cell.accessibleName() for line in overview_of(page).cells for cell in line]
    assert "CPOR RevRec, Net customer adds: do this" in names
    assert "CPOR OSU, Net customer adds: does not count" in names


def test_unclear_disputed_depends_and_not_measured_have_words_of_their_own(qtbot: QtBot) -> None:
    words = set()
    for name in ("copilot-studio", "channel-not-known"):
        page = shown(qtbot, samples()[name])
        words |= {cell.cell.word for line in overview_of(page).cells for cell in line}

    assert {"unclear", "disputed", "depends", "not measured"} <= words


def test_tab_stops_once_and_arrows_move_between_cells(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["osu-trap"])
    cells = overview_of(page).cells
    with qtbot.waitActive(page):
        page.activateWindow()
    cells[0][0].setFocus()

    QTest.keyClick(cells[0][0], Qt.Key.Key_Down)
    assert page.focusWidget() is cells[1][0]
    QTest.keyClick(cells[1][0], Qt.Key.Key_Right)
    assert page.focusWidget() is cells[1][1]
    QTest.keyClick(cells[1][1], Qt.Key.Key_Up)
    QTest.keyClick(cells[0][1], Qt.Key.Key_Up)
    assert page.focusWidget() is cells[0][1]
    stops = [
        cell for line in cells for cell in line if cell.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == [cells[0][1]]
    QTest.keyClick(cells[0][1], Qt.Key.Key_Tab)
    assert not isinstance(page.focusWidget(), OverviewCell)


def test_associations_in_use_are_bold(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["osu-trap"])

    bold = {
        label.text()
        for label in overview_of(page).findChildren(QLabel)
        if not isinstance(label, OverviewCell) and label.font().bold()
    }
    assert bold == {"CPOR RevRec", "CPOR OSU"}


@pytest.mark.parametrize("width", [760, 1000])
def test_many_columns_scroll_inside_the_overview_beside_level_names(
    qtbot: QtBot, width: int
) -> None:
    page = shown(qtbot, samples()["every product"])
    page.resize(width, 600)
    qtbot.wait(1)
    overview = overview_of(page)
    area = overview.findChildren(QScrollArea)[0]

    assert overview.width() <= page.width()
    assert area.verticalScrollBar().maximum() == 0
    names = {
        label.text(): label
        for label in overview.findChildren(QLabel)
        if not isinstance(label, OverviewCell)
    }
    for line in overview.cells:
        name = names[line[0].accessibleName().partition(",")[0]]
        level = name.mapTo(page, name.rect().center()).y()
        assert abs(level - line[0].mapTo(page, line[0].rect().center()).y()) <= 2


def test_the_cell_in_focus_is_scrolled_into_sight(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["every product"])
    page.resize(760, 600)
    with qtbot.waitActive(page):
        page.activateWindow()
    overview = overview_of(page)
    last = overview.cells[0][-1]
    area = overview.findChildren(QScrollArea)[0]

    last.setFocus()
    left = last.mapTo(area.viewport(), last.rect().topLeft()).x()
    assert 0 <= left <= area.viewport().width() - last.width()


def test_products_left_out_of_a_heading_are_listed_on_request(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["every product"])
    verdict = page.cards[0]
    more = [one for one in verdict.findChildren(QPushButton) if one.text() == "All products"]
    assert "Remote Assist" not in words_on(overview_of(page))

    more[0].click()
    assert "Remote Assist" in words_on(verdict)


def test_one_column_stays_beside_its_names(qtbot: QtBot) -> None:
    page = shown(qtbot, samples()["scenario-b"])
    qtbot.wait(1)

    assert overview_of(page).cells[0][0].width() <= 300
