"""A list goes into the history: columns, preview, run, what was rejected, one undo."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.exchange import lists
from nca_wizard.history.imports import Imports
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.sentences import as_written
from nca_wizard.ui.app import Program
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.import_columns import guessed, to_remember
from nca_wizard.ui.import_page import ImportPage
from nca_wizard.ui.lists_desk import ListsDesk
from tests.ui.results import words_on
from tests.ui.walking import bench_of

Evaluated = Iterable[tuple[Customer, Recommendation]]
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
    qtbot.waitUntil(lambda: "Row 4: channel:" in words_on(page))
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

    def once(self: Imports, import_id: int, evaluated: Evaluated, at: datetime) -> list[int]:
        calls.append(1)
        if len(calls) > 1:
            raise CannotWrite(as_written("Not saved: the disk is full."))
        return add(self, import_id, evaluated, at)

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


def test_show_in_the_history_shows_it(program: Program, opened: ImportPage, qtbot: QtBot) -> None:
    run(program, qtbot).show_button.click()

    assert isinstance(program.window.page, HistoryPage)


def test_remembered_columns_are_for_the_same_headings_only() -> None:
    table = lists.Table(("Firma", "Kanal"), (), as_written(""))
    other = lists.Table(("Firma", "Name"), (), as_written(""))
    fields = {"name": "Customer name", "channel": "Channel"}
    kept = to_remember(table, {"name": 0, "channel": 1}, "")

    assert guessed(table, fields, kept) == {"name": 0, "channel": 1}
    assert guessed(other, fields, kept) == {"name": 1}
    assert guessed(table, fields, "not JSON") == {}
