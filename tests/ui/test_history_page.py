"""The history page: what it lists, finds and opens."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.history.store import History
from nca_wizard.ui.app import Program
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.preview import PreviewPage
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.widgets import PrimaryButton
from tests.ui.results import T, samples, themed
from tests.ui.walking import bench_of, desks_of

FIRST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
KEPT = {
    "Contoso AB": "osu-trap",
    "Møller & Söhne": "scenario-a",
    "<b>Evil</b>": "channel-not-known",
}


@pytest.fixture
def ids(history: History) -> list[int]:
    """Three cases, a day apart, the last one newest."""
    return [
        history.finish(None, Customer(name=name), samples()[case], FIRST + timedelta(days=day))
        for day, (name, case) in enumerate(KEPT.items())
    ]


def page_of(qtbot: QtBot, history: History) -> HistoryPage:
    themed()
    page = HistoryPage(T, history)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    page.take_focus()
    return page


def column(page: HistoryPage, number: int) -> list[str]:
    model = page.model
    return [str(model.data(model.index(row, number))) for row in range(model.rowCount())]


@pytest.mark.usefixtures("ids")
def test_the_newest_stands_first_with_what_came_out(qtbot: QtBot, history: History) -> None:
    page = page_of(qtbot, history)

    assert column(page, 0) == ["<b>Evil</b>", "Møller & Söhne", "Contoso AB"]
    assert column(page, 1) == ["3 Nov 2026", "2 Nov 2026", "1 Nov 2026"]
    assert column(page, 2)[2] == "Enterprise Agreement"
    assert column(page, 3)[2] == "Business Central"
    assert column(page, 4) == [
        "depends, 1 to find out",
        "counts by itself",
        "CPOR RevRec, CPOR OSU",
    ]
    assert set(column(page, 5)) == {samples()["scenario-a"].rulebook.version}


@pytest.mark.usefixtures("ids")
def test_typing_finds_names_and_says_how_many(qtbot: QtBot, history: History) -> None:
    page = page_of(qtbot, history)

    page.search.set_text("moller")
    assert column(page, 0) == ["Møller & Söhne"]
    assert page.counted.text() == "1 of 3"
    page.search.set_text("")
    assert len(column(page, 0)) == 3
    assert page.counted.text() == ""


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("wanted", ["O'Brien", "C++", '"', "*", "AND", "%", "<b>"])
def test_no_sign_in_a_search_is_special(qtbot: QtBot, history: History, wanted: str) -> None:
    page = page_of(qtbot, history)

    page.search.set_text(wanted)
    assert set(column(page, 0)) <= set(KEPT)


@pytest.mark.usefixtures("ids")
def test_nothing_found_says_so_and_clears(qtbot: QtBot, history: History) -> None:
    page = page_of(qtbot, history)

    page.search.set_text("contso")
    assert page.table.isHidden()
    assert page.empty.isVisible()
    page.clear_button.click()
    assert page.table.isVisible()
    assert page.search.text() == ""
    assert page.search.edit.hasFocus()


def test_an_empty_history_offers_a_new_case(qtbot: QtBot, history: History) -> None:
    page = page_of(qtbot, history)

    assert page.start_button.isVisible()
    assert page.search.isHidden()
    with qtbot.waitSignal(page.new_case_requested):
        page.start_button.click()


def test_enter_and_a_double_click_open_the_row(
    qtbot: QtBot, history: History, ids: list[int]
) -> None:
    page = page_of(qtbot, history)
    page.table.setFocus()

    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_requested) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [ids[1]]
    cell = page.table.visualRect(page.model.index(2, 0)).center()
    with qtbot.waitSignal(page.open_requested) as opened:
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
        QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert opened.args == [ids[0]]


@pytest.mark.usefixtures("ids")
def test_tab_leaves_the_table_and_ctrl_f_goes_to_the_search(qtbot: QtBot, history: History) -> None:
    page = page_of(qtbot, history)
    page.table.setFocus()

    QTest.keyClick(page.table, Qt.Key.Key_Tab)
    assert not page.table.hasFocus()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.edit.hasFocus()


@pytest.mark.usefixtures("ids")
def test_names_are_read_out_and_tips_show_them_to_the_letter(
    qtbot: QtBot, history: History
) -> None:
    page = page_of(qtbot, history)
    first = page.model.index(0, 0)

    tip = page.model.data(first, Qt.ItemDataRole.ToolTipRole)
    assert tip == "<p>&lt;b&gt;Evil&lt;/b&gt;</p>"
    read = page.model.data(first, Qt.ItemDataRole.AccessibleTextRole)
    assert read is not None
    assert read.startswith("<b>Evil</b>, 3 Nov 2026, ")
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("width", [760, 1000, 1366])
def test_the_columns_fill_the_table_and_days_are_never_cut(
    qtbot: QtBot, history: History, width: int
) -> None:
    page = page_of(qtbot, history)
    page.resize(width, 520)
    qtbot.wait(1)
    table = page.table

    used = sum(table.columnWidth(column) for column in range(6) if not table.isColumnHidden(column))
    assert table.viewport().width() - 6 <= used <= table.viewport().width()
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance("30 Nov 2026") + 20


def test_the_search_field_leads_into_the_list_and_opens_its_row(
    qtbot: QtBot, history: History, ids: list[int]
) -> None:
    page = page_of(qtbot, history)
    field = page.search.edit
    assert field.hasFocus()

    page.search.set_text("moller")
    with qtbot.waitSignal(page.open_requested) as opened:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert opened.args == [ids[1]]
    page.search.set_text("")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_requested) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Enter)
    assert opened.args == [ids[1]]


def test_the_buttons_open_print_and_go_back(qtbot: QtBot, history: History, ids: list[int]) -> None:
    page = page_of(qtbot, history)

    assert page.findChildren(PrimaryButton) == [page.start_button, page.open_button]
    assert page.start_button.isHidden()
    with qtbot.waitSignal(page.open_requested) as opened:
        page.open_button.click()
    assert opened.args == [ids[2]]
    page.table.selectRow(1)
    with qtbot.waitSignal(page.print_requested) as printed:
        page.print_button.click()
    assert printed.args == [ids[1]]
    with qtbot.waitSignal(page.print_requested) as printed:
        QTest.keyClick(page.search.edit, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert printed.args == [ids[1]]
    with qtbot.waitSignal(page.back_requested):
        page.back_button.click()


def test_nothing_listed_leaves_nothing_to_open(qtbot: QtBot, history: History) -> None:
    page = page_of(qtbot, history)

    assert page.open_button.isHidden()
    assert page.print_button.isHidden()
    assert page.back_button.isVisible()
    with qtbot.assertNotEmitted(page.print_requested):
        QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    with qtbot.assertNotEmitted(page.open_requested):
        QTest.keyClick(page, Qt.Key.Key_Return)


P = TypeVar("P", bound=QWidget)


def shown(program: Program, kind: type[P]) -> P:
    page = program.window.page
    assert isinstance(page, kind)
    return page


def test_printing_from_the_history_shows_the_preview_and_back_the_result(program: Program) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    shown(program, ResultPage)
    desks_of(program).histories.show_history()

    field = shown(program, HistoryPage).search.edit
    QTest.keyClick(field, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = shown(program, PreviewPage)
    assert program.window.windowTitle().startswith("Contoso AB (Sample)")
    preview.back_button.click()
    shown(program, ResultPage)
    desks_of(program).histories.show_history()
    shown(program, HistoryPage).back_button.click()
    shown(program, StartPage)
