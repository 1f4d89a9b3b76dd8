"""The print pack: a PDF of each chosen customer, nothing overwritten, what is left out named."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.files import write_new
from nca_wizard.history.store import Draft
from nca_wizard.sentences import as_written
from nca_wizard.ui import pack_work
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.pack_desk import PackDesk
from nca_wizard.ui.program import Program
from tests.ui.lists import found
from tests.ui.results import samples
from tests.ui.walking import bench_of, desks_of

FIRST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)

# As the test platform says when a menu opens.
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person wants them."""
    folder = tmp_path / "pack"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


def keep(program: Program, *names: str) -> None:
    for name in names:
        bench_of(program).history.finish(None, Customer(name=name), samples()["osu-trap"], FIRST)


def history_page(qtbot: QtBot, program: Program) -> HistoryPage:
    desks_of(program).histories.show_history()
    page = program.window.page
    assert isinstance(page, HistoryPage)
    return found(qtbot, page)


def menu_of(page: HistoryPage) -> QMenu:
    page._offer_lines_menu(QPoint())
    return page.table.findChildren(QMenu)[-1]


def pack(qtbot: QtBot, program: Program) -> str:
    """Choose every line and save a PDF of each; what is said at the end."""
    page = history_page(qtbot, program)
    page.table.selectAll()
    menu = menu_of(page)
    [action] = [one for one in menu.actions() if one.text() == "Save a PDF of each…"]
    action.trigger()
    menu.close()
    desk = desks_of(program).packing
    qtbot.waitUntil(lambda: program.window.said != "", timeout=20_000)
    qtbot.waitUntil(lambda: has_ended(desk), timeout=60_000)
    qtbot.wait(50)
    return program.window.said


def has_ended(desk: PackDesk) -> bool:
    return desk._work is None or desk._work.has_ended


def test_each_customer_gets_a_page_of_its_own(qtbot: QtBot, program: Program, folder: Path) -> None:
    keep(program, "Contoso AB", "Fabrikam", "Contoso AB")
    day = samples()["osu-trap"].rulebook.as_of.isoformat()
    kept = folder / f"Fabrikam {day}.pdf"
    kept.write_bytes(b"mine")

    said = pack(qtbot, program)

    assert said == f"Saved 3 PDFs in {folder}."
    assert program.window.tone == "ok"
    assert kept.read_bytes() == b"mine"
    written = sorted(path.name for path in folder.iterdir())
    assert written == [
        f"Contoso AB {day} (2).pdf",
        f"Contoso AB {day}.pdf",
        f"Fabrikam {day} (2).pdf",
        f"Fabrikam {day}.pdf",
    ]
    for name in written[:3]:
        assert (folder / name).read_bytes().startswith(b"%PDF-")


def test_of_one_customer_the_newest_chosen_result_is_printed(
    qtbot: QtBot, program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(program, "Contoso AB")
    history = bench_of(program).history
    again = replace(Draft({"name": "Contoso"}, {}, "5"), case_id=history.evaluations()[0].case_id)
    draft = history.save_draft(again, FIRST)
    history.finish(draft.id, Customer(name="Contoso (new)"), samples()["osu-trap"], FIRST)
    assert len(history.evaluations()) == 2
    rows = [history.evaluations()[place] for place in (1, 0)]
    desks_of(program).packing.ask(rows)
    qtbot.waitUntil(lambda: program.window.said.startswith("Saved"), timeout=60_000)

    assert program.window.said == f"Saved 1 PDF in {folder}."
    [path] = folder.iterdir()
    assert path.name.startswith("Contoso (new)")


def test_what_was_only_begun_is_named_as_left_out(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    keep(program, "Contoso AB")
    bench_of(program).history.save_draft(Draft({"name": "Nord"}, {}, "2"), FIRST)

    said = pack(qtbot, program)

    assert said == f"Saved 1 PDF in {folder}. Left out, as only begun: “Nord”."


def test_nothing_but_what_was_begun_asks_for_no_folder(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    for name in ("Nord", "Süd"):
        bench_of(program).history.save_draft(Draft({"name": name}, {}, "2"), FIRST)

    assert pack(qtbot, program) == "A case that was only begun has no page yet."
    assert list(folder.iterdir()) == []


def test_a_disk_that_takes_no_more_says_how_many_are_there(
    qtbot: QtBot, program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(program, "Contoso AB", "Fabrikam", "Nord")

    def refuse_the_second(path: Path, content: bytes) -> None:
        if list(folder.iterdir()):
            raise CannotWrite(as_written("The disk is full."))
        write_new(path, content)

    monkeypatch.setattr(pack_work, "write_new", refuse_the_second)
    said = pack(qtbot, program)

    assert said == f"Saved 1 PDF in {folder}. The disk is full."
    assert program.window.tone == "warn"


def test_cancelled_what_is_saved_stays(
    qtbot: QtBot, program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(program, "Contoso AB", "Fabrikam", "Nord")
    desk = desks_of(program).packing

    def cancel_after_one(path: Path, content: bytes) -> None:
        write_new(path, content)
        desk.cancel()

    monkeypatch.setattr(pack_work, "write_new", cancel_after_one)

    assert pack(qtbot, program) == f"Saved 1 PDF in {folder}. The others were cancelled."


def test_one_line_alone_is_printed_as_ever(qtbot: QtBot, program: Program) -> None:
    keep(program, "Contoso AB", "Fabrikam")
    page = history_page(qtbot, program)
    page.table.selectRow(0)
    menu = menu_of(page)

    assert "Save a PDF of each…" not in [one.text() for one in menu.actions()]
    menu.close()
