"""The program as a whole: killed, started again, opened with a file, broken."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nca_wizard.errors import OUR_FAULT, CannotWrite
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.sentences import as_written
from nca_wizard.ui import application
from nca_wizard.ui import program as program_module
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.fault_dialog import FaultDialog
from nca_wizard.ui.problem_page import ProblemPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.widgets import Label
from tests.ui.walking import about_of, bench_of, session_of

TO_STEP_3 = """
import sys
from pathlib import Path
from nca_wizard.paths import DataFolder
from nca_wizard.ui.program import Program
from nca_wizard.ui.clock import now
from nca_wizard.ui.application import make_application

app = make_application()
program = Program(app, DataFolder(Path(sys.argv[1])), now)
program.window.show()
program.load()
bench = program.workbench
bench.new_case()
page = program.window.page
page.fields["name"].set_text("R&D <b>Söhne</b> 東京")
page.fields["note"].set_text("two\\nlines")
bench.go_on()
for answers in ({"channel": 4}, {"cloud": 1, "subscription": 5}):
    for question, number in answers.items():
        program.window.page.blocks[question].row_of_number(number).click()
    bench.go_on()
program.window.page.blocks["products"].group.rows["business_central"].click()
from PySide6.QtCore import QTimer
QTimer.singleShot(1500, lambda: print("typed", flush=True))
app.exec()
"""


def test_killed_in_step_3_the_next_start_offers_continue_with_every_answer(
    start: Callable[[], Program], tmp_path: Path, checkout: Path
) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", TO_STEP_3, str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=checkout,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "typed\n"
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()

    program = start()

    page = program.window.page
    assert isinstance(page, StartPage)
    shown = [label.text() for label in page.findChildren(Label)]
    assert "R&D <b>Söhne</b> 東京" in shown
    assert "Step 3 of 5, Products" in shown
    page.continue_requested.emit(1)
    session = session_of(program)
    assert session.page == "3"
    assert session.fields["note"] == "two\nlines"
    assert dict(session.answers) == {
        "channel": "enterprise_agreement",
        "cloud": "commercial",
        "subscription": "active_paid",
        "products": ("business_central",),
    }


def test_the_first_start_has_one_primary_button_and_no_lists(program: Program) -> None:
    page = program.window.page
    assert isinstance(page, StartPage)
    shown = [label.text() for label in page.findChildren(Label)]

    assert "No cases yet" in shown
    assert "Continue" not in shown
    assert "Recent" not in shown


def test_closing_the_window_keeps_the_open_case(
    program: Program, start: Callable[[], Program]
) -> None:
    bench_of(program).new_case()
    session_of(program).set_field("name", "Contoso")

    program.window.close()

    again = start()
    page = again.window.page
    assert isinstance(page, StartPage)
    assert "Contoso" in [label.text() for label in page.findChildren(Label)]


def test_what_cannot_be_saved_stays_in_the_window_until_it_is_closed_twice(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite(as_written("The disk is full."))

    bench = bench_of(program)
    bench.new_case()
    session_of(program).set_field("name", "Contoso")
    monkeypatch.setattr(History, "save_draft", refuse)

    bench.show_start()
    assert session_of(program).fields["name"] == "Contoso"
    assert program.window.said == "Not saved: The disk is full."
    assert program.window.status.startswith("Not saved: The disk is full.")

    assert not program.window.close()
    assert program.window.close()


def test_a_case_file_dropped_on_the_window_opens(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "case.ncacase"
    shutil.copy(resources() / "sample" / "scenario-b.ncacase", path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])

    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    program.window.dropEvent(drop)

    assert isinstance(program.window.page, CheckPage)


def test_save_case_as_writes_what_opening_reads(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bench = bench_of(program)
    bench.open_sample()
    before = dict(session_of(program).in_play())
    chosen = str(tmp_path / "mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))

    bench.save_case_as()

    assert "mine.ncacase" in program.window.said
    bench.open_file(tmp_path / "mine.ncacase")
    assert dict(session_of(program).answers) == before
    assert session_of(program).customer.name == "Contoso AB (Sample)"

    # A name the dialog did not ask about is never written over.
    bench.save_case_as()
    assert "there already" in program.window.said


def test_faulty_rules_turn_the_window_into_the_problem_page(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clock: Callable[[], object],
) -> None:
    broken = tmp_path / "resources"
    shutil.copytree(resources(), broken)
    questions = broken / "rules" / "questions.toml"
    text = questions.read_text(encoding="utf-8")
    questions.write_text(text.replace("heading =", "headin =", 1), encoding="utf-8")
    monkeypatch.setattr(program_module, "resources", lambda: broken)

    program = Program(qapp, DataFolder(tmp_path / "data"), clock)  # type: ignore[arg-type]
    qtbot.addWidget(program.window)
    program.window.show()
    program.load()

    page = program.window.page
    assert isinstance(page, ProblemPage)
    assert any("headin" in label.text() for label in page.findChildren(Label))


def test_the_last_resort_saves_shows_a_report_and_ends_with_our_fault(
    program: Program, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bench_of(program).new_case()
    session_of(program).set_field("name", "Contoso")
    shown: list[FaultDialog] = []
    ended: list[int] = []

    def remember(dialog: FaultDialog) -> int:
        shown.append(dialog)
        return 0

    monkeypatch.setattr(FaultDialog, "exec", remember)
    monkeypatch.setattr(QApplication, "exit", ended.append)
    fault = RuntimeError("broken")

    program.last_resort(RuntimeError, fault, None)

    assert ended == [OUR_FAULT]
    assert session_of(program).draft_id is not None
    assert (tmp_path / "data" / "log" / "nca-wizard.log").exists()
    (dialog,) = shown
    dialog.copy()
    assert "RuntimeError: broken" in qapp.clipboard().text()


def test_about_says_version_rules_and_where_the_data_is(
    program: Program, tmp_path: Path, qapp: QApplication
) -> None:
    with about_of(program) as box:
        box.copy()

        copied = qapp.clipboard().text()
        assert str(tmp_path / "data") in copied
        assert "2026.11" in copied
        assert any("not affiliated" in label.text() for label in box.findChildren(Label))


def test_on_windows_the_taskbar_is_told_who_it_is_before_any_window_shows(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    shell = SimpleNamespace(SetCurrentProcessExplicitAppUserModelID=told.append)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(shell32=shell), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    shown_by_then: list[list[str]] = []

    def make(_arguments: list[str]) -> QApplication:
        shown_by_then.append(list(told))
        return qapp

    monkeypatch.setattr(application, "Application", make)

    application.make_application()

    assert shown_by_then == [[application.APP_ID]]


@pytest.mark.parametrize(
    ("risk", "said"),
    [
        (None, "Data: this laptop only"),
        ("network", "Data: on a network drive"),
        ("synchronised", "Data: in a synchronised folder"),
    ],
)
def test_the_status_line_says_where_the_data_is(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch, risk: str | None, said: str
) -> None:
    found = (risk, as_written("Your history is somewhere else.")) if risk else None
    monkeypatch.setattr("nca_wizard.history.place.risk_of", lambda *_all: found)

    assert said in start().window.status_line.said
