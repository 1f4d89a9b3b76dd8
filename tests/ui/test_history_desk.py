"""Deleting, undoing and renaming in the list of cases, and finding it as it was left."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.history.store import Draft, History
from nca_wizard.paths import DataFolder
from nca_wizard.settings import load_settings
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.widgets import LinkButton
from tests.ui.lists import column, found
from tests.ui.results import samples
from tests.ui.walking import bench_of, desks_of

FIRST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def kept(program: Program) -> History:
    """Three customers, the second evaluated twice, and one that was begun."""
    history = bench_of(program)._history
    rec = samples()["osu-trap"]
    for day, name in enumerate(["Contoso AB", "Møller", "Fabrikam"]):
        history.finish(None, Customer(name=name), rec, FIRST + timedelta(days=day))
    draft = Draft({"name": "Møller"}, {}, "2", case_id=2)
    again = history.save_draft(draft, FIRST)
    history.finish(again.id, Customer(name="Møller"), rec, FIRST + timedelta(days=9))
    history.save_draft(Draft({"name": "Nord"}, {}, "2"), FIRST - timedelta(days=1))
    return history


def history_page(qtbot: QtBot, program: Program) -> HistoryPage:
    desks_of(program).histories.show_history()
    return page_of(qtbot, program)


def page_of(qtbot: QtBot, program: Program) -> HistoryPage:
    page = program.window.page
    assert isinstance(page, HistoryPage)
    return found(qtbot, page)


def delete(qtbot: QtBot, program: Program, page: HistoryPage) -> str:
    """Press Del; what the bar says then."""
    page.table.setFocus()
    with qtbot.waitSignal(program.window.undo_bar.shown):
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
    found(qtbot, page)
    return program.window.undo_bar.sentence


@pytest.mark.usefixtures("kept")
def test_a_deleted_customer_is_named_and_ctrl_z_brings_it_back_in_place(
    qtbot: QtBot, program: Program
) -> None:
    page = history_page(qtbot, program)
    before = column(page, "customer")
    assert before == ["Møller", "Fabrikam", "Møller", "Contoso AB", "Nord"]
    page.table.select(page.model.ids[1])
    assert delete(qtbot, program, page) == "Deleted “Fabrikam”."
    assert column(page, "customer") == ["Møller", "Møller", "Contoso AB", "Nord"]
    assert page.deleted_button.text() == "Deleted (1)"
    QTest.keyClick(page.table, Qt.Key.Key_Z, CONTROL)

    assert column(page_of(qtbot, program), "customer") == before
    assert page.table.currentIndex().row() == 1
    assert program.window.undo_bar.sentence == "Undone: Deleted “Fabrikam”."
    assert page.deleted_button.isHidden()


@pytest.mark.usefixtures("kept")
def test_after_a_deletion_the_line_that_took_its_place_is_chosen(
    qtbot: QtBot, program: Program
) -> None:
    page = history_page(qtbot, program)
    page.table.select(page.model.ids[1])
    delete(qtbot, program, page)
    assert page.table.currentIndex().row() == 1
    page.table.select(page.model.ids[-1])
    delete(qtbot, program, page)

    assert page.table.currentIndex().row() == len(page.model.ids) - 1


@pytest.mark.usefixtures("kept")
def test_select_all_chooses_every_line_of_the_list(qtbot: QtBot, program: Program) -> None:
    page = history_page(qtbot, program)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_A, CONTROL)

    assert len(page.table.chosen_ids()) == 5


@pytest.mark.usefixtures("kept")
def test_all_evaluations_of_a_customer_go_and_the_bar_says_so(
    qtbot: QtBot, program: Program
) -> None:
    page = history_page(qtbot, program)
    page.table.select(page.model.ids[0])

    assert delete(qtbot, program, page) == "Deleted “Møller” with all its 2 evaluations."
    assert column(page, "customer") == ["Fabrikam", "Contoso AB", "Nord"]


@pytest.mark.usefixtures("kept")
def test_many_go_at_once_and_come_back_at_once(qtbot: QtBot, program: Program) -> None:
    page = history_page(qtbot, program)
    page.table.selectAll()
    said = delete(qtbot, program, page)

    assert said == "Deleted 4 cases: “Møller”, “Fabrikam”, “Contoso AB” and more."
    assert page.empty.said == "All cases are deleted."
    bar = program.window.undo_bar
    next(one for one in bar.findChildren(LinkButton) if one.text() == "Undo").click()
    assert len(column(page_of(qtbot, program), "customer")) == 5
    assert len(page.table.chosen_ids()) == 5


@pytest.mark.usefixtures("kept")
def test_in_the_search_field_ctrl_z_undoes_the_typing(qtbot: QtBot, program: Program) -> None:
    page = history_page(qtbot, program)
    page.table.select(page.model.ids[1])
    delete(qtbot, program, page)
    page.search.setFocus()
    QTest.keyClicks(page.search, "con")
    QTest.keyClick(page.search, Qt.Key.Key_Z, CONTROL)

    assert page.search.text() == ""
    assert "Fabrikam" not in column(found(qtbot, page), "customer")


def test_what_was_begun_is_deleted_on_the_first_page_and_comes_back(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    bench = bench_of(program)
    bench.show_start()
    page = program.window.page
    assert isinstance(page, StartPage)
    draft_id = kept.drafts()[0].id
    assert draft_id is not None
    page.delete_requested.emit(draft_id)

    assert program.window.undo_bar.sentence == "Deleted “Nord”."
    assert kept.drafts() == []
    assert isinstance(program.window.page, StartPage)
    program.window.undo_requested.emit()
    assert [draft.id for draft in kept.drafts()] == [draft_id]


def test_f2_renames_the_customer_and_ctrl_z_takes_it_back(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    page = history_page(qtbot, program)
    page.table.select(page.model.ids[1])
    with qtbot.waitSignal(program.window.undo_bar.shown):
        page.model.setData(page.model.index(1, 0), "Fabrikam & Co")

    assert program.window.undo_bar.sentence == "Renamed “Fabrikam” to “Fabrikam & Co”."
    assert column(found(qtbot, page), "customer")[1] == "Fabrikam & Co"
    program.window.undo_requested.emit()
    assert column(found(qtbot, page), "customer")[1] == "Fabrikam"
    with qtbot.waitSignal(page.rename_requested):
        page.model.setData(page.model.index(1, 0), "x" * 200)
    qtbot.waitUntil(lambda: "120" in program.window.said)
    assert kept.case(3).customer_name == "Fabrikam"


@pytest.mark.usefixtures("kept")
def test_the_list_is_found_as_it_was_left(qtbot: QtBot, program: Program) -> None:
    page = history_page(qtbot, program)
    page.search.setText("moll")
    found(qtbot, page)
    page.table.select(page.model.ids[1])
    bench_of(program).show_start()
    page = history_page(qtbot, program)

    assert page.search.text() == "moll"
    assert page.table.currentIndex().row() == 1


@pytest.mark.usefixtures("kept")
def test_columns_and_order_are_kept_for_the_next_start(qtbot: QtBot, program: Program) -> None:
    page = history_page(qtbot, program)
    page.table.sort_requested.emit("customer")
    page.table.sort_requested.emit("customer")
    page.table.show_columns(page.table.columns.toggled("rules"))
    desks_of(program).finish()

    settings = load_settings(DataFolder(program._folder.root).settings).settings
    assert settings.history_sort == "-customer"
    assert "-rules:" in settings.history_columns


@pytest.mark.usefixtures("kept")
def test_enter_after_a_new_name_opens_nothing(qtbot: QtBot, program: Program) -> None:
    page = history_page(qtbot, program)
    page.table.select(page.model.ids[1])
    page.table.setFocus()
    page.table.rename_current()
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Fabrikam Nord")

    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Fabrikam Nord" in program.window.undo_bar.sentence)

    assert program.window.page is page


def test_in_large_text_the_filters_scroll_and_leave_the_list_its_room(
    qtbot: QtBot, program: Program
) -> None:
    bench_of(program).open_sample()
    bench_of(program).go_on()
    program.theme.set_text_size(200)
    program.window.resize(760, 520)
    desks_of(program).histories.show_history()
    page = program.window.page
    assert isinstance(page, HistoryPage)
    qtbot.waitUntil(page.table.isVisible)
    page.filters_button.click()
    QApplication.processEvents()

    assert page.filters.height() < 0.5 * page.height()
    assert page.table.height() >= page.table.rowHeight(0)
    for control in (page.filters.channel, page.filters.reset_button, page.search):
        assert control.height() >= control.sizeHint().height()
    assert page.filters.y() > page.search.geometry().bottom()
    page.filters.reset_button.setFocus()
    QApplication.processEvents()
    button, shown = page.filters.reset_button, page.filters.rect()
    assert shown.contains(QRect(button.mapTo(page.filters, QPoint()), button.size()))
    program.theme.set_text_size(100)
