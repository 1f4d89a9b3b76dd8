"""Backups, the bin and how long cases are kept, from the window."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.history.store import Draft, History
from nca_wizard.paths import DataFolder
from nca_wizard.ui.backups_page import BackupsPage
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.confirm import Confirm
from nca_wizard.ui.deleted_page import DeletedPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.settings_page import SettingsPage
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.widgets import Button
from tests.ui.conftest import NOON
from tests.ui.results import samples, words_on
from tests.ui.walking import bench_of, desks_of

FIRST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Program]:
    """A program whose window may be replaced by another."""
    program = Program(qapp, DataFolder(tmp_path / "data"), clock)
    program.window.show()
    program.load()
    yield program
    program.window.close()


@pytest.fixture
def kept(program: Program) -> History:
    history = bench_of(program)._history
    for day, name in enumerate(["Contoso AB", "Fabrikam"]):
        history.finish(None, Customer(name=name), samples()["osu-trap"], FIRST + timedelta(day))
    history.save_draft(Draft({"name": "Nord"}, {}, "2"), FIRST)
    return history


def press(page: QWidget, text: str) -> None:
    next(
        button
        for button in page.findChildren(Button)
        if button.text() == text and not button.isHidden()
    ).click()


def confirm(program: Program) -> Confirm:
    page = program.window.page
    assert page is not None
    return page.findChildren(Confirm)[-1]


def deleted_page(program: Program) -> DeletedPage:
    desks_of(program).keeping.show_deleted()
    page = program.window.page
    assert isinstance(page, DeletedPage)
    return page


def backups_page(qtbot: QtBot, program: Program, count: int) -> BackupsPage:
    page = program.window.page
    assert isinstance(page, BackupsPage)
    qtbot.waitUntil(lambda: len(page.rows) == count)
    return page


def backed_up(qtbot: QtBot, program: Program, history: History) -> None:
    desks_of(program).keeping.tidy()
    qtbot.waitUntil(lambda: bool(history.backups.all()))


def test_what_is_deleted_is_listed_and_restored(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    histories = desks_of(program).histories
    histories.delete(cases=[1])
    histories.delete(drafts=[1])
    page = deleted_page(program)
    qtbot.waitUntil(lambda: page.rows is not None and len(page.rows.shown) == 2)
    words = words_on(page)
    assert "Contoso AB" in words
    assert "1 evaluation · deleted on 22 Nov 2026, gone for good on 22 Dec 2026" in words
    assert "not yet evaluated · deleted on 22 Nov 2026" in words
    press(deleted_page(program), "Restore")

    assert len(kept.bin.deleted()) == 1
    assert program.window.undo_bar.sentence.startswith("Restored “")
    program.window.undo_requested.emit()
    assert len(kept.bin.deleted()) == 2


def test_restored_by_keys_one_after_the_other(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    for case in (1, 2):
        desks_of(program).histories.delete(cases=[case])
    page = deleted_page(program)
    qtbot.waitUntil(lambda: page.rows is not None and len(page.rows.shown) == 2)
    with qtbot.waitActive(program.window):
        program.window.activateWindow()

    for left in (1, 0):
        showing = program.window.page
        assert showing is not None
        buttons = [one for one in showing.findChildren(Button) if one.text() == "Restore"]
        buttons[-1].setFocus()
        buttons[-1].click()
        assert len(kept.bin.deleted()) == left
        focused = program.window.focusWidget()
        assert isinstance(focused, Button) == bool(left)
        if isinstance(focused, Button):
            assert focused.accessibleName().startswith("Restore: ")


def test_what_has_gone_meanwhile_is_no_fault_of_who_restores_it(
    program: Program, kept: History, tmp_path: Path
) -> None:
    desks_of(program).histories.delete(cases=[1])
    page = deleted_page(program)
    with History.open(tmp_path / "data" / "history.sqlite") as other:
        other.bin.delete_for_good(NOON, cases=[1])

    press(page, "Restore")

    assert kept.bin.deleted() == []
    assert "Nothing is deleted." in words_on(deleted_page(program))


def test_all_are_restored_at_once_and_undone_as_one(program: Program, kept: History) -> None:
    desks_of(program).histories.delete(cases=[1, 2], drafts=[1])
    press(deleted_page(program), "&Restore all")

    assert kept.bin.deleted() == []
    assert len(kept.drafts()) == 1
    assert program.window.undo_bar.sentence == "Restored 3 cases."
    program.window.undo_requested.emit()
    assert len(kept.bin.deleted()) == 3


def test_for_good_says_what_it_does_and_then_does_it(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    backed_up(qtbot, program, kept)
    desks_of(program).histories.delete(cases=[1])
    press(deleted_page(program), "Delete for good…")
    asked = confirm(program)
    assert "Delete “Contoso AB” for good?" in words_on(asked)
    assert "every backup" in words_on(asked)
    assert asked.cancel_button.hasFocus() or not asked.isActiveWindow()
    asked.reject()
    assert kept.bin.deleted()
    press(deleted_page(program), "Delete for good…")
    confirm(program).accept()

    qtbot.waitUntil(lambda: program.window.said == "Deleted for good.")
    assert kept.bin.deleted() == []
    assert program.window.undo_bar.isHidden()
    assert [backup.cases for backup in kept.backups.all()] == [1]
    for path in program._folder.root.rglob("*"):
        assert path.is_dir() or b"Contoso" not in path.read_bytes()


def test_nothing_deleted_says_so(program: Program) -> None:
    assert "Nothing is deleted." in words_on(deleted_page(program))


def test_once_a_day_there_is_a_backup_without_being_asked(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    keeping = desks_of(program).keeping
    backed_up(qtbot, program, kept)
    keeping.tidy()
    keeping.finish()

    [backup] = kept.backups.all()
    assert (backup.cases, backup.evaluations, backup.drafts) == (2, 2, 1)


def test_a_short_session_has_its_backup_when_the_window_closes(
    program: Program, kept: History
) -> None:
    assert kept.backups.due(NOON)
    program.window.close()

    [backup] = kept.backups.all()
    assert (backup.cases, backup.evaluations) == (2, 2)


def test_a_day_that_has_its_backup_gets_no_other_when_the_window_closes(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    backed_up(qtbot, program, kept)
    before = [(one.path, one.path.stat().st_mtime_ns) for one in kept.backups.all()]
    program.window.close()

    assert [(one.path, one.path.stat().st_mtime_ns) for one in kept.backups.all()] == before


def test_half_of_a_history_on_its_way_back_is_gone_after_the_next_start(
    start: Callable[[], Program], program: Program
) -> None:
    left = [program._folder.root / f"history.restoring{ending}" for ending in ("", "-journal")]
    program.window.close()
    for path in left:
        path.write_bytes(b"Contoso")

    start()

    assert not any(path.exists() for path in left)


def test_cases_not_evaluated_for_long_go_to_the_bin_and_can_be_brought_back(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    long_ago = FIRST.replace(year=2023)
    kept.finish(None, Customer(name="Old"), samples()["osu-trap"], long_ago)
    bench = bench_of(program)
    bench.take_settings(replace(bench.settings, keep_cases="24_months"))
    with qtbot.waitSignal(program.window.undo_bar.shown):
        desks_of(program).keeping.tidy()

    assert [one.customer_name for one in kept.bin.deleted()] == ["Old"]
    assert "1 case" in program.window.undo_bar.sentence
    program.window.undo_requested.emit()
    assert kept.bin.deleted() == []


def test_settings_say_when_the_last_backup_was_made_and_make_one(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    bench_of(program).show_settings()
    page = program.window.page
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: page.last_backup.text() == "There are no backups yet.")
    press(page, "Back &up now")

    qtbot.waitUntil(lambda: "1 is kept." in page.last_backup.text())
    assert (program.window.said, program.window.tone) == ("Backed up.", "ok")
    assert kept.backups.all()[0].cases == 2


def test_a_backup_is_put_back_after_it_showed_what_it_holds(
    qtbot: QtBot, program: Program, kept: History
) -> None:
    backed_up(qtbot, program, kept)
    kept.finish(None, Customer(name="Later"), samples()["osu-trap"], FIRST)
    desks_of(program).keeping.show_backups()
    page = backups_page(qtbot, program, 1)
    assert "2 cases, 2 evaluations and 1 begun" in words_on(page)
    press(page, "Put back…")
    asked = confirm(program)
    assert "2 cases, 2 evaluations and 1 begun" in words_on(asked)
    before = program.window
    asked.accept()
    qtbot.waitUntil(lambda: program.window is not before)

    assert isinstance(program.window.page, StartPage)
    assert program.window.tone == "ok"
    assert "is used from now on. What was there before is kept as" in program.window.said
    history = bench_of(program)._history
    assert history.count() == 2
    assert sorted(backup.cases for backup in history.backups.all()) == [2, 3]
