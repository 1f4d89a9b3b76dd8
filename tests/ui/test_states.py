"""What stands where there is nothing to show, or something went wrong: each with a way on.

Empty lists are tried in `test_history_page`, comparing one line in `test_comparing`, printers and
files in `test_preview` and `test_saving`, a newer history in `test_upgrade`, a second start in
`test_second_start`.
"""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nca_wizard.errors import CannotWrite
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder
from nca_wizard.sentences import as_written
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.panels import Notice
from nca_wizard.ui.program import Program
from nca_wizard.ui.widgets import Label, LinkButton
from tests.ui.results import themed
from tests.ui.walking import bench_of, desks_of, session_of


def offered(window: MainWindow) -> list[str]:
    """The buttons of what is said above the page."""
    [notice] = [
        one
        for one in window.findChildren(Notice)
        if one.isVisible() and one.sentence == window.said
    ]
    return [one.text() for one in notice.findChildren(LinkButton) if one.isVisible()]


def press(window: MainWindow, text: str) -> None:
    next(one for one in window.findChildren(LinkButton) if one.text() == text).click()


@pytest.mark.parametrize("leave", ["show_start", "close"])
def test_a_case_that_is_not_saved_can_be_saved_elsewhere(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, leave: str
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite(as_written("Not saved: the disk is full."))

    bench_of(program).new_case()
    session_of(program).set_field("name", "Contoso")
    monkeypatch.setattr(History, "save_draft", refuse)
    bench_of(program).show_start() if leave == "show_start" else program.window.close()
    assert "Save elsewhere…" in offered(program.window)
    elsewhere = str(tmp_path / "stick.ncacase")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (elsewhere, ""))
    press(program.window, "Save elsewhere…")

    assert "Contoso" in Path(elsewhere).read_text(encoding="utf-8")
    assert program.window.said == f"Saved as {elsewhere}"


def test_a_customer_who_looks_on_sees_no_folder(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite(as_written("Not saved: the disk is full."))

    bench_of(program).new_case()
    session_of(program).set_field("name", "Contoso")
    program.window.do("meeting")
    session_of(program).set_field("domain", "contoso.example")
    monkeypatch.setattr(History, "save_draft", refuse)
    bench_of(program).show_start()

    assert program.window.said.startswith("Not saved")
    assert "Save elsewhere…" not in offered(program.window)


def test_a_synchronised_folder_can_be_left_at_once(
    qapp: QApplication, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    risky = tmp_path / "OneDrive"
    program = Program(qapp, DataFolder(risky, risky), clock)
    program.window.show()
    program.load()
    asked: list[str] = []

    def ask(_parent: object, title: str, _folder: str) -> str:
        asked.append(title)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    assert "two computers can damage it" in program.window.said
    press(program.window, "Move…")
    program.window.close()

    assert asked == ["Move your data to"]


def test_one_that_was_named_for_this_start_is_only_told(
    qapp: QApplication, clock: Clock, tmp_path: Path
) -> None:
    program = Program(qapp, DataFolder(tmp_path / "OneDrive"), clock)
    program.window.show()
    program.load()
    assert "two computers can damage it" in program.window.said
    assert "Move…" not in offered(program.window)
    program.window.close()


def test_a_rules_update_that_is_refused_says_which_rules_are_still_used(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    damaged = tmp_path / "rules.ncarules"
    damaged.write_bytes(b"not signed at all")
    desks_of(program).rules.preview(damaged)

    qtbot.waitUntil(lambda: program.window.said != "")
    assert program.window.said.endswith("The rules 2026.11 are still used.")


def test_the_buttons_of_a_notice_leave_its_sentence_room(qtbot: QtBot) -> None:
    themed()
    notice = Notice("Close")
    qtbot.addWidget(notice)
    notice.say("A sentence that needs some room. " * 4, "Do something about it")
    notice.show()
    close = notice.findChildren(LinkButton)[0]
    for width, is_below in ((900, False), (360, True)):
        notice.resize(width, notice.heightForWidth(width))
        qtbot.waitUntil(lambda: (close.y() > notice.height() // 2) == is_below)  # noqa: B023  at once
        assert notice.findChildren(Label)[0].width() * 2 > width
