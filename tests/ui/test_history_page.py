"""The history page: what it lists, finds, filters, sorts and opens."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.history.search import Query
from nca_wizard.history.store import Draft, History
from nca_wizard.ui.history_columns import Columns
from nca_wizard.ui.history_lines import COLUMNS
from nca_wizard.ui.history_menus import columns_menu
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.history_view import ListView
from nca_wizard.ui.preview import PreviewPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.widgets import PrimaryButton
from tests.ui.lists import column, found, listed, search_for
from tests.ui.results import T, samples, themed
from tests.ui.walking import bench_of, desks_of

FIRST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
KEPT = {
    "Contoso AB": "osu-trap",
    "Møller & Söhne": "scenario-a",
    "<b>Evil</b>": "channel-not-known",
}
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ids(history: History) -> list[int]:
    """Three cases, a day apart, the last one newest."""
    return [
        history.finish(None, Customer(name=name), samples()[case], FIRST + timedelta(days=day))
        for day, (name, case) in enumerate(KEPT.items())
    ]


@pytest.mark.usefixtures("ids")
def test_the_newest_stands_first_in_short_words(qtbot: QtBot, history: History) -> None:
    page = listed(qtbot, history)

    assert column(page, "customer") == ["<b>Evil</b>", "Møller & Söhne", "Contoso AB"]
    assert column(page, "date") == ["3 Nov 2026", "2 Nov 2026", "1 Nov 2026"]
    assert column(page, "channel") == ["not known yet", "CSP, direct bill", "EA"]
    assert column(page, "products")[2] == "Business Central"
    assert column(page, "actions") == [
        "depends, 1 to find out",
        "counts by itself",
        "CPOR RevRec, CPOR OSU",
    ]
    assert column(page, "state") == ["–", "–", "0 of 2 done"]
    assert set(column(page, "rules")) == {"now"}


def test_what_was_begun_stands_among_the_others(qtbot: QtBot, history: History) -> None:
    draft = Draft({"name": "Nord"}, {"channel": "web_direct", "products": ("sales",)}, "4")
    kept = history.save_draft(draft, FIRST)
    page = listed(qtbot, history)

    assert column(page, "state") == ["draft, step 4"]
    assert column(page, "channel") == ["Web Direct"]
    assert page.open_button.accessibleName() == "Continue"
    assert page.print_button.isHidden()
    with qtbot.waitSignal(page.open_requested) as opened:
        page.open_button.click()
    assert opened.args == [-(kept.id or 0)]


def test_older_rules_and_what_is_done_are_named(
    qtbot: QtBot, history: History, ids: list[int]
) -> None:
    old = samples()["osu-trap"]
    book = old.rulebook.model_copy(update={"version": "2025.01"})
    evaluation = history.finish(
        None, Customer(name="Old"), old.model_copy(update={"rulebook": book}), FIRST
    )
    first, second = history.actions.of(evaluation)
    history.actions.set_state(evaluation, first.action, "done", FIRST.date())
    page = listed(qtbot, history)
    place = column(page, "customer").index("Old")

    assert column(page, "rules")[place] == "older"
    assert column(page, "state")[place] == "1 of 2 done"
    history.actions.set_state(evaluation, second.action, "not_doing", FIRST.date())
    page.refresh()
    assert column(found(qtbot, page), "state")[place] == "done"


@pytest.mark.usefixtures("ids")
def test_typing_finds_names_and_says_how_many(qtbot: QtBot, history: History) -> None:
    page = listed(qtbot, history)

    assert search_for(qtbot, page, "moller") == ["Møller & Söhne"]
    assert page.counted.text() == "1 of 3"
    assert len(search_for(qtbot, page, "")) == 3
    assert page.counted.text() == ""


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    ("wanted", "others"),
    [
        ("O'Brien", []), ("C++", []), ('"', ["Contoso AB"]), ("*", []), ("%", []), ("_", []),
        ("AND", []), ("<b>", ["<b>Evil</b>"]),
    ],
)  # fmt: skip
def test_no_sign_in_a_search_is_special(
    qtbot: QtBot, history: History, wanted: str, others: list[str]
) -> None:
    name = f"x{wanted}y"
    history.finish(None, Customer(name=name), samples()["scenario-a"], FIRST + timedelta(days=9))
    page = listed(qtbot, history)

    assert search_for(qtbot, page, wanted) == [name, *others]


@pytest.mark.usefixtures("ids")
def test_only_the_last_of_what_was_typed_is_shown(qtbot: QtBot, history: History) -> None:
    page = listed(qtbot, history)
    shown: list[int] = []
    page.model.modelReset.connect(lambda: shown.append(page.model.rowCount()))
    for typed in ("m", "mo", "mol", "nobody", "con"):
        page.search.setText(typed)
    found(qtbot, page)

    assert column(page, "customer") == ["Contoso AB"]
    assert shown == [1]


@pytest.mark.usefixtures("ids")
def test_nothing_found_says_so_and_clears(qtbot: QtBot, history: History) -> None:
    page = listed(qtbot, history)

    search_for(qtbot, page, "contso")
    assert page.table.isHidden()
    assert page.empty.said == "Nothing found for “contso”"
    page.empty.clear_button.click()
    found(qtbot, page)
    assert page.table.isVisible()
    assert page.search.hasFocus()


def test_an_empty_history_offers_a_new_case(qtbot: QtBot, history: History) -> None:
    page = listed(qtbot, history)

    assert page.empty.start_button.hasFocus()
    assert page.search.isHidden()
    assert page.open_button.isHidden()
    assert page.print_button.isHidden()
    assert page.back_button.isVisible()
    with qtbot.waitSignal(page.new_case_requested):
        page.empty.start_button.click()
    with qtbot.assertNotEmitted(page.print_requested):
        QTest.keyClick(page, Qt.Key.Key_P, CONTROL)
    with qtbot.assertNotEmitted(page.open_requested):
        QTest.keyClick(page, Qt.Key.Key_Return)


@pytest.mark.usefixtures("ids")
def test_filters_narrow_the_list_and_say_so_when_they_hide_all(
    qtbot: QtBot, history: History
) -> None:
    page = listed(qtbot, history)
    page.filters_button.click()
    filters = page.filters
    filters.channel.pick("enterprise_agreement")
    filters.changed.emit()
    assert column(found(qtbot, page), "customer") == ["Contoso AB"]
    assert page.counted.text() == "1 of 3"
    filters.state.pick("done")
    filters.changed.emit()
    found(qtbot, page)

    assert page.empty.said == "3 cases, none in “EA, Done”."
    assert page.filters_button.accessibleName() == "Filters (2)"
    page.empty.reset_button.click()
    assert len(column(found(qtbot, page), "customer")) == 3
    assert page.filters_button.accessibleName() == "Filters"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(association="cpor_osu"), ["Contoso AB"]),
        (Query(verdict="automatic"), ["Møller & Söhne"]),
        (Query(year=2026), ["<b>Evil</b>", "Møller & Söhne", "Contoso AB"]),
        (Query(year=2020), []),
        (Query(other_rules_than=samples()["scenario-a"].rulebook.version), []),
        (Query(newest_per_customer=True, search="contoso"), ["Contoso AB"]),
    ],
)
@pytest.mark.usefixtures("ids")
def test_what_was_asked_for_before_is_shown_again(
    qtbot: QtBot, history: History, query: Query, wanted: list[str]
) -> None:
    page = listed(qtbot, history, ListView(query, filters_open=True))

    assert column(page, "customer") == wanted
    assert page.filters.narrowed(Query(search=query.search)) == query
    assert page.filters.isVisible()


@pytest.mark.usefixtures("ids")
def test_a_heading_sorts_and_sorts_the_other_way_round(qtbot: QtBot, history: History) -> None:
    page = listed(qtbot, history)
    page.table.sort_requested.emit("customer")
    assert column(found(qtbot, page), "customer") == ["<b>Evil</b>", "Contoso AB", "Møller & Söhne"]
    assert page.model.heading("customer") == "Customer ↑"
    page.table.sort_requested.emit("customer")

    assert column(found(qtbot, page), "customer")[0] == "Møller & Söhne"
    assert page.model.heading("customer") == "Customer ↓"
    assert page.model.heading("date") == "Date"


def test_enter_and_a_double_click_open_the_line(
    qtbot: QtBot, history: History, ids: list[int]
) -> None:
    page = listed(qtbot, history)
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


def test_enter_opens_what_is_found_even_before_it_is(
    qtbot: QtBot, history: History, ids: list[int]
) -> None:
    page = listed(qtbot, history)

    page.search.setText("moller")
    with qtbot.waitSignal(page.open_requested) as opened:
        QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.args == [ids[1]]


@pytest.mark.usefixtures("ids")
def test_tab_leaves_the_table_and_down_comes_back_from_the_search(
    qtbot: QtBot, history: History
) -> None:
    page = listed(qtbot, history)
    page.table.setFocus()

    QTest.keyClick(page.table, Qt.Key.Key_Tab)
    assert not page.table.hasFocus()
    page.focus_search()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()


@pytest.mark.usefixtures("ids")
def test_names_are_read_out_and_tips_show_them_to_the_letter(
    qtbot: QtBot, history: History
) -> None:
    page = listed(qtbot, history)
    first = page.model.index(0, 0)

    tip = page.model.data(first, Qt.ItemDataRole.ToolTipRole)
    assert tip == "<p>&lt;b&gt;Evil&lt;/b&gt;</p>"
    read = page.model.data(first, Qt.ItemDataRole.AccessibleTextRole)
    assert read is not None
    assert read.startswith("<b>Evil</b>, 3 Nov 2026, ")
    page.filters_button.click()
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget


@pytest.fixture
def theme() -> Theme:
    return themed()


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    ("width", "text"), [(760, 100), (760, 150), (760, 200), (1000, 100), (1366, 200)]
)
def test_the_columns_fill_the_table_and_no_heading_is_cut(
    qtbot: QtBot, history: History, theme: Theme, width: int, text: int
) -> None:
    theme.set_text_size(text)
    try:
        page = listed(qtbot, history, size=(width, 520))
        table = page.table
        header = table.horizontalHeader()
        shown = [place for place in range(len(COLUMNS)) if not table.isColumnHidden(place)]

        used = sum(table.columnWidth(place) for place in shown)
        assert table.viewport().width() - 7 <= used <= table.viewport().width()
        assert shown[0] == 0
        for place in shown:
            heading = page.model.heading(COLUMNS[place])
            room = table.columnWidth(place) - 20
            assert header.fontMetrics().horizontalAdvance(heading) <= room
        if COLUMNS.index("date") in shown:
            day = table.fontMetrics().horizontalAdvance("30 Nov 2026")
            assert table.columnWidth(COLUMNS.index("date")) >= day + 20
    finally:
        theme.set_text_size(100)


@pytest.mark.usefixtures("ids")
def test_a_pulled_heading_takes_from_the_next_and_is_told(qtbot: QtBot, history: History) -> None:
    page = listed(qtbot, history, size=(1300, 600))
    table = page.table
    before = table.columnWidth(0)
    with qtbot.waitSignal(page.view_changed) as told:
        table.horizontalHeader().resizeSection(0, before + 40)

    assert abs(table.columnWidth(0) - before - 40) <= 2
    view = told.args[0]
    assert view.columns.shares["customer"] > Columns().shares["customer"]
    total = sum(table.columnWidth(place) for place in range(len(COLUMNS)))
    assert total <= table.viewport().width()


@pytest.mark.usefixtures("ids")
def test_the_menu_hides_and_shows_columns(qtbot: QtBot, history: History) -> None:
    page = listed(qtbot, history)
    menu = columns_menu(T, page.table, "date", lambda _key: None)
    actions = {action.text(): action for action in menu.actions()}
    assert "Customer" not in actions
    actions["Products"].trigger()

    assert page.table.isColumnHidden(COLUMNS.index("products"))
    assert page.view.columns.hidden == {"products"}


def test_the_preview_says_what_the_line_is_about(
    qtbot: QtBot, history: History, ids: list[int]
) -> None:
    page = listed(qtbot, history)
    page.table.select(ids[0])

    assert page.preview.title.text() == "Contoso AB, 1 Nov 2026"
    version = samples()["osu-trap"].rulebook.version
    assert page.preview.line.text() == (
        f"CPOR RevRec, CPOR OSU · 0 of 2 done · EA · Business Central · rules {version}"
    )
    page.table.selectAll()
    assert page.preview.title.text() == "3 cases chosen"
    assert sorted(page.table.chosen_ids()) == sorted(ids)


def test_the_buttons_open_print_delete_and_go_back(
    qtbot: QtBot, history: History, ids: list[int]
) -> None:
    page = listed(qtbot, history)

    visible = [button for button in page.findChildren(PrimaryButton) if button.isVisible()]
    assert visible == [page.open_button]
    with qtbot.waitSignal(page.open_requested) as opened:
        page.open_button.click()
    assert opened.args == [ids[2]]
    page.table.select(page.model.ids[1])
    with qtbot.waitSignal(page.print_requested) as printed:
        page.print_button.click()
    assert printed.args == [ids[1]]
    with qtbot.waitSignal(page.print_requested) as printed:
        QTest.keyClick(page.search, Qt.Key.Key_P, CONTROL)
    assert printed.args == [ids[1]]
    with qtbot.waitSignal(page.delete_requested) as deleted:
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert deleted.args == [[ids[1]]]
    with qtbot.waitSignal(page.back_requested):
        page.back_button.click()


def test_lines_far_down_are_known_when_they_come_into_sight(qtbot: QtBot, history: History) -> None:
    for number in range(150):
        history.finish(
            None,
            Customer(name=f"Customer {number:03}"),
            samples()["scenario-a"],
            FIRST + timedelta(minutes=number),
        )
    page = listed(qtbot, history)
    last = page.model.index(149, 0)
    assert page.model.data(last) is None
    page.table.scrollToBottom()

    qtbot.waitUntil(lambda: page.model.data(last) == "Customer 000")


P = TypeVar("P", bound=QWidget)


def shown(program: Program, kind: type[P]) -> P:
    page = program.window.page
    assert isinstance(page, kind)
    return page


def test_printing_from_the_history_shows_the_preview_and_back_the_result(
    qtbot: QtBot, program: Program
) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    shown(program, ResultPage)
    desks_of(program).histories.show_history()
    field = found(qtbot, shown(program, HistoryPage)).search
    QTest.keyClick(field, Qt.Key.Key_P, CONTROL)

    preview = shown(program, PreviewPage)
    assert program.window.windowTitle().startswith("Contoso AB (Sample)")
    preview.back_button.click()
    shown(program, ResultPage)
    desks_of(program).histories.show_history()
    shown(program, HistoryPage).back_button.click()
    shown(program, ResultPage)
    bench.show_start()
    desks_of(program).histories.show_history()
    shown(program, HistoryPage).back_button.click()
    shown(program, StartPage)
