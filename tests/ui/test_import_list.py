"""A list goes into the history: columns, preview, run, what was rejected, one undo."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.exchange import lists
from nca_wizard.history.imports import Coming, Imports
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.sentences import as_written
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.import_columns import guessed, to_remember
from nca_wizard.ui.import_page import ImportPage
from nca_wizard.ui.lists_desk import ListsDesk
from nca_wizard.ui.program import Program
from tests.ui.conftest import NOON
from tests.ui.lists import column, found
from tests.ui.results import samples, words_on
from tests.ui.walking import bench_of

LIST = """Company;Channel;products;Remarks
Contoso;Enterprise Agreement;sales;=1+1
;Web Direct;sales;nobody
Fabrikam;EAS;sales;
Northwind;web_direct;power_bi;x
"""


def desk_of(program: Program) -> ListsDesk:
    found = program.window.findChild(ListsDesk)
    assert found is not None
    return found


def page_of(program: Program) -> ImportPage:
    page = program.window.page
    assert isinstance(page, ImportPage)
    return page


@pytest.fixture
def opened(program: Program, tmp_path: Path, qtbot: QtBot) -> ImportPage:
    path = tmp_path / "customers.csv"
    path.write_bytes(LIST.encode("cp1252"))
    return open_list(program, path, qtbot)


def open_list(program: Program, path: Path, qtbot: QtBot) -> ImportPage:
    before = program.window.page
    desk_of(program).open_list(path)
    qtbot.waitUntil(lambda: program.window.page is not before)
    return page_of(program)


def run(program: Program, qtbot: QtBot) -> ImportPage:
    page = page_of(program)
    page.form.boxes["name"].pick("0")
    page.run.click()
    qtbot.waitUntil(page.cancel.isHidden, timeout=20_000)
    return page


@pytest.fixture
def recommended() -> Recommendation:
    return samples()["scenario-b"]


def names(program: Program) -> list[str]:
    return [row.customer_name for row in bench_of(program).history.evaluations()]


def test_what_was_found_out_about_the_file_is_said(opened: ImportPage) -> None:
    assert "Separator “;”, text UTF-8, 4 rows" in words_on(opened)


def test_columns_are_guessed_by_id_and_by_name(opened: ImportPage) -> None:
    assert opened.form.columns() == {"channel": 1, "products": 2}
    assert "Enterprise Agreement | Web Direct | EAS" in words_on(opened.form)


def test_without_a_name_column_it_does_not_run_and_says_which(
    program: Program, opened: ImportPage
) -> None:
    opened.run.click()

    assert opened.form.error.text() == "Choose the column that has the customer name"
    assert opened.form.boxes["name"].hasFocus()
    assert names(program) == []


def test_the_preview_says_how_each_row_will_be_read(opened: ImportPage) -> None:
    box = opened.form.boxes["name"]
    box.pick("0")
    box.activated.emit(box.currentIndex())

    said = words_on(opened.preview)
    assert "Contoso" in said
    assert "Row 3 will be rejected" in said
    assert '"EAS" is none of' in said


def test_counts_add_up_and_every_accepted_row_is_a_case(
    program: Program, opened: ImportPage, qtbot: QtBot
) -> None:
    page = run(program, qtbot)

    assert "2 evaluated, 2 not. 2 + 2 = 4 rows." in words_on(page)
    qtbot.waitUntil(lambda: "Row 4: Channel:" in words_on(page))
    assert sorted(names(program)) == ["Contoso", "Northwind"]
    rows = bench_of(program).history.evaluations()
    assert {row.as_of for row in rows} == {date(2026, 11, 22)}


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(
    program: Program, opened: ImportPage, qtbot: QtBot
) -> None:
    run(program, qtbot)
    assert program.window.undo_bar.sentence == "Imported 2 customers from “customers.csv”."

    program.window.do("&Undo")
    assert names(program) == []

    program.window.do("&Redo")
    assert sorted(names(program)) == ["Contoso", "Northwind"]


def test_rejected_rows_are_saved_with_reasons_and_imported_once_corrected(
    program: Program, opened: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    run(program, qtbot)
    saved = tmp_path / "rejected.csv"
    desk_of(program).save_rejected(saved)

    table = lists.read(saved)
    assert table.headings == ("Company", "Channel", "products", "Remarks", "rejected")
    assert [row.cells[3] for row in table.rows] == ["nobody", ""]
    assert table.rows[0].cells[4] == "Enter the customer's name"

    saved.write_text(
        saved.read_text("utf-8-sig").replace("EAS", "web_direct").replace("\n,", "\nAdatum,"),
        encoding="utf-8",
    )
    again = open_list(program, saved, qtbot)
    assert again.form.columns() == {"name": 0, "channel": 1, "products": 2}
    again.run.click()
    qtbot.waitUntil(again.cancel.isHidden, timeout=20_000)

    assert sorted(names(program)) == ["Adatum", "Contoso", "Fabrikam", "Northwind"]


def test_a_file_that_is_there_stays_where_the_dialog_did_not_ask(
    program: Program,
    opened: ImportPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(program, qtbot)
    mine = tmp_path / "mine.csv"
    mine.write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all: (str(tmp_path / "mine"), ""))

    desk_of(program).ask_where_to_save()

    assert mine.read_text() == "mine"
    assert "is there already" in program.window.said


def test_cancel_keeps_what_is_done_and_one_undo_removes_it(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "many.csv"
    lists.write(path, ("name",), [(f"Customer {number}",) for number in range(4_000)])
    page = open_list(program, path, qtbot)
    page.run.click()
    qtbot.waitUntil(lambda: bool(names(program)), timeout=20_000)

    page.cancel.click()
    qtbot.waitUntil(page.cancel.isHidden, timeout=1_000)

    done = len(names(program))
    assert 0 < done < 4_000
    assert f"{done} evaluated, 0 not." in words_on(page)
    assert f"Cancelled: {4_000 - done} rows were not looked at." in words_on(page)
    page.undo.click()
    assert names(program) == []


def test_leaving_the_page_stops_the_run_and_what_is_done_can_be_undone(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "many.csv"
    lists.write(path, ("name",), [(f"Customer {number}",) for number in range(4_000)])
    open_list(program, path, qtbot).run.click()
    qtbot.waitUntil(lambda: bool(names(program)), timeout=20_000)

    bench_of(program).show_start()
    qtbot.waitUntil(lambda: "Imported" in program.window.undo_bar.sentence, timeout=5_000)

    program.window.setFocus()
    program.window.do("&Undo")
    assert names(program) == []


def test_a_full_disk_says_so_and_keeps_what_was_written(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, calls = Imports.add, list[int]()

    def once(self: Imports, import_id: int, coming: Iterable[Coming], at: datetime) -> list[int]:
        calls.append(1)
        if len(calls) > 1:
            raise CannotWrite(as_written("Not saved: the disk is full."))
        return add(self, import_id, coming, at)

    monkeypatch.setattr(Imports, "add", once)
    path = tmp_path / "many.csv"
    lists.write(path, ("name",), [(f"Customer {number}",) for number in range(60)])
    page = open_list(program, path, qtbot)
    page.run.click()
    qtbot.waitUntil(lambda: "disk is full" in program.window.said, timeout=20_000)

    assert "25 evaluated, 0 not." in words_on(page)
    assert len(names(program)) == 25


def test_what_is_no_list_is_refused_in_a_sentence(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(bytes(range(256)) * 20)
    desk_of(program).open_list(path)

    qtbot.waitUntil(lambda: "is not a list" in program.window.said)


def test_more_rows_than_one_import_takes_are_refused(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "many.csv"
    lists.write(path, ("name",), [(f"C{number}",) for number in range(10_001)])
    page = open_list(program, path, qtbot)

    page.run.click()

    assert "10,001 rows is more than one import takes (10,000)" in page.form.error.text()


def test_show_in_the_history_shows_what_was_imported_until_the_filter_is_reset(
    program: Program, opened: ImportPage, qtbot: QtBot, recommended: Recommendation
) -> None:
    bench_of(program).history.finish(None, Customer(name="Earlier"), recommended, NOON)
    run(program, qtbot).show_button.click()

    page = program.window.page
    assert isinstance(page, HistoryPage)
    assert sorted(column(found(qtbot, page), "customer")) == ["Contoso", "Northwind"]
    assert page.filters.imported.isVisible()
    page.filters.reset_button.click()
    assert sorted(column(found(qtbot, page), "customer")) == ["Contoso", "Earlier", "Northwind"]


@pytest.fixture
def again(program: Program, tmp_path: Path, qtbot: QtBot) -> ImportPage:
    """A list was imported, and another with one more customer is to be."""
    for number, listed in enumerate((["Contoso", "Fabrikam"], ["contoso", "FABRIKAM", "Adatum"])):
        path = tmp_path / f"list {number}.csv"
        lists.write(path, ("name", "products"), [(name, "sales") for name in listed])
        page = open_list(program, path, qtbot)
        if not number:
            page.run.click()
            qtbot.waitUntil(page.cancel.isHidden, timeout=20_000)
    qtbot.waitUntil(page.known.isVisible)
    return page


@pytest.mark.parametrize(
    ("choice", "kept", "said"),
    [
        ("add", {"Contoso": 2, "Fabrikam": 2, "Adatum": 1}, "3 evaluated, 0 not. 3 + 0 = 3 rows."),
        (
            "leave_out",
            {"Contoso": 1, "Fabrikam": 1, "Adatum": 1},
            "1 evaluated, 2 here already and left out, 0 not. 1 + 2 + 0 = 3 rows.",
        ),
        (
            "new",
            {"Contoso": 1, "Fabrikam": 1, "contoso": 1, "FABRIKAM": 1, "Adatum": 1},
            "3 evaluated, 0 not. 3 + 0 = 3 rows.",
        ),
    ],
)
def test_customers_that_are_here_already_are_counted_and_it_is_asked_what_to_do(
    program: Program,
    again: ImportPage,
    qtbot: QtBot,
    choice: str,
    kept: dict[str, int],
    said: str,
) -> None:
    assert "2 customers are here already" in words_on(again.known)
    assert "contoso and FABRIKAM" in words_on(again.known)
    assert again.known.choice == "add"
    again.known.group.rows[choice].click()
    again.run.click()
    qtbot.waitUntil(again.cancel.isHidden, timeout=20_000)

    history = bench_of(program).history
    cases = {row.case_id for row in history.evaluations()}
    oldest = [history.evaluations_of(case)[-1].customer_name for case in cases]
    assert {
        name: len(history.evaluations_of(case)) for name, case in zip(oldest, cases, strict=True)
    } == kept
    assert said in words_on(again)
    again.undo.click()
    assert sorted(names(program)) == ["Contoso", "Fabrikam"]


def test_an_imported_evaluation_is_explained_when_it_is_opened(
    program: Program, opened: ImportPage, qtbot: QtBot, book: Rulebook
) -> None:
    run(program, qtbot)
    history = bench_of(program).history
    [row] = [one for one in history.evaluations() if one.customer_name == "Contoso"]
    [stored] = history._database.read(
        "SELECT json_extract(recommendation, '$.explained') AS it FROM documents "
        "WHERE evaluation_id = ?",
        row.id,
    )
    found = history.evaluation(row.id).recommendation

    assert not stored["it"]
    assert found == recommend(book, Scenario(as_of=date(2026, 11, 22), answers=found.answers))
    assert found.explained


def test_undo_on_the_page_takes_back_the_import_and_not_what_was_deleted_since(
    program: Program, opened: ImportPage, qtbot: QtBot, recommended: Recommendation
) -> None:
    history = bench_of(program).history
    history.finish(None, Customer(name="Earlier"), recommended, NOON)
    page = run(program, qtbot)
    [earlier] = history.evaluations("earlier")
    assert program.desks is not None
    program.desks.histories.delete(cases=[earlier.case_id])

    page.undo.click()

    assert names(program) == []
    program.window.do("&Undo")
    assert names(program) == ["Earlier"]


def test_the_undo_button_goes_once_the_import_was_undone_otherwise(
    program: Program, opened: ImportPage, qtbot: QtBot
) -> None:
    page = run(program, qtbot)
    qtbot.waitUntil(page.undo.isVisible)
    program.window.do("&Undo")
    assert page.undo.isHidden()

    program.window.do("&Redo")
    assert page.undo.isVisible()


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_dropped_list_opens_the_import(
    program: Program, tmp_path: Path, qtbot: QtBot, ending: str
) -> None:
    path = tmp_path / f"dropped{ending}"
    lists.write(path, ("name",), [("Contoso",)])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place, kind = QPointF(50, 50), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(place.toPoint(), kind, data, buttons, keys),
        QDropEvent(place, kind, data, buttons, keys),
    ):
        QApplication.sendEvent(program.window, event)

    qtbot.waitUntil(lambda: isinstance(program.window.page, ImportPage))
    assert page_of(program).form.columns() == {"name": 0}


def test_remembered_columns_are_for_the_same_headings_only() -> None:
    table = lists.Table(("Firma", "Kanal"), (), as_written(""))
    other = lists.Table(("Firma", "Name"), (), as_written(""))
    fields = {"name": "Customer name", "channel": "Channel"}
    kept = to_remember(table, {"name": 0, "channel": 1}, "")

    assert guessed(table, fields, kept) == {"name": 0, "channel": 1}
    assert guessed(other, fields, kept) == {"name": 1}
    assert guessed(table, fields, "not JSON") == {}
