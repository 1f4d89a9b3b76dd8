"""From the second start on the first page shows before the rules are read, and is the same.

Whatever is asked on it then is done; what it showed wrongly is put right.
"""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from nca_wizard.errors import CannotWrite, RulebookFault
from nca_wizard.history.follow_ups import FollowUps
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.sentences import as_written
from nca_wizard.settings import load_settings, save_settings
from nca_wizard.ui import app as app_module
from nca_wizard.ui import program as program_module
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.labels import Label
from nca_wizard.ui.problem_page import ProblemPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.start_page import StartPage
from nca_wizard.updates import label_file, store
from nca_wizard.updates.container import KEY_FILE
from tests.ui.walking import bench_of, desks_of, session_of
from tests.updates.making import KEY, Maker

Start = Callable[[], Program]


@pytest.fixture
def opened(
    qtbot: QtBot, qapp: QApplication, start: Start, tmp_path: Path, clock: Clock
) -> Iterator[Start]:
    """The program, started again after it was used; its front shows and nothing else is there."""
    program = start()
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    result = bench.result
    assert result is not None
    assert result.finished.case_id is not None
    bench.history.follow_ups.add(result.finished.case_id, "Call", clock().date())
    bench.new_case()
    session_of(program).set_field("name", "R&D <b>Nord</b>")
    session_of(program).accept()
    program.window.close()
    QApplication.processEvents()
    programs: list[Program] = []

    def again() -> Program:
        program = Program(qapp, DataFolder(tmp_path / "data"), clock)
        programs.append(program)
        program.window.show()
        page = program.show_front()
        assert isinstance(page, StartPage)
        assert program.desks is None
        return program

    yield again
    for program in programs:
        program.window.close()


def picture(program: Program) -> QImage:
    QApplication.processEvents()
    return program.window.grab().toImage()


def press(program: Program, name: str) -> None:
    QApplication.processEvents()
    page = program.window.page
    assert page is not None
    next(one for one in page.findChildren(QPushButton) if one.accessibleName() == name).click()


def words(program: Program) -> list[str]:
    page = program.window.page
    assert page is not None
    return [label.text() for label in page.findChildren(Label)]


def test_it_does_not_change_when_the_rules_are_there(opened: Start) -> None:
    program = opened()
    page, before = program.window.page, picture(program)

    program.load()

    assert program.window.page is page
    assert picture(program) == before
    assert bench_of(program).history.count() == 1


def test_the_first_start_of_all_waits_for_the_rules(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: Clock
) -> None:
    program = Program(qapp, DataFolder(tmp_path / "data"), clock)
    qtbot.addWidget(program.window)
    program.window.show()

    assert program.show_front() is None
    assert program.window.page is None
    program.load()
    assert isinstance(program.window.page, StartPage)


def test_so_does_one_that_begins_with_a_customer_looking_on(
    qtbot: QtBot, qapp: QApplication, opened: Start, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "data" / "settings.json"
    save_settings(replace(load_settings(file).settings, meeting_at_start=True), file)
    program = Program(qapp, DataFolder(tmp_path / "data"), clock)
    qtbot.addWidget(program.window)
    program.window.show()

    assert program.show_front() is None
    assert program.window.page is None


ASKED = {
    "Start a new case": CasePage,
    "Open: Contoso AB (Sample)": ResultPage,
    "Continue: R&D <b>Nord</b>": CasePage,
    "Open history": HistoryPage,
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_before_the_rules_are_there_is_done(opened: Start, name: str) -> None:
    program = opened()

    press(program, name)

    assert isinstance(program.window.page, ASKED[name])


def test_a_command_of_the_menus_too(opened: Start) -> None:
    program = opened()

    program.window.do("step1")
    program.window.do("meeting")

    assert bench_of(program).in_meeting
    assert program.window.windowTitle().endswith("Meeting mode")


def test_what_is_due_can_be_done_and_undone_before_the_rules_are_there(opened: Start) -> None:
    program = opened()

    press(program, "Done: Contoso AB (Sample), Call")
    assert program.desks is None
    assert "Nothing is due any more this week." in words(program)
    program.load()
    program.window.undo_requested.emit()

    assert bench_of(program).history.follow_ups.due(program._clock().date())
    assert "Call" in words(program)


def test_a_file_handed_over_before_the_rules_are_there_opens_with_them(opened: Start) -> None:
    program = opened()

    program.open_file(resources() / "sample" / "scenario-b.ncacase")
    assert isinstance(program.window.page, StartPage)
    program.load()

    assert isinstance(program.window.page, CheckPage)


def test_closed_before_the_rules_are_there_it_leaves_nothing_open(
    opened: Start, tmp_path: Path
) -> None:
    program = opened()
    press(program, "Done: Contoso AB (Sample), Call")

    program.window.close()

    # SQLite takes its log away with the last connection.
    assert not list((tmp_path / "data").glob("history.sqlite-*"))
    with History.open(tmp_path / "data" / "history.sqlite") as history:
        assert history.follow_ups.due(program._clock().date()) == []


def test_asked_before_it_is_painted_the_start_comes_to_its_end_all_the_same(
    opened: Start, qapp: QApplication, tmp_path: Path, clock: Clock
) -> None:
    program = Program(qapp, DataFolder(tmp_path / "data"), clock)
    start = app_module._Start(qapp, program, None, None)  # type: ignore[arg-type]
    program.window.show()
    frozen = gc.get_freeze_count()
    gc.disable()
    try:
        start.show_page()
        program.window.do("meeting")
        assert gc.isenabled()
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()
        gc.enable()
    assert bench_of(program).in_meeting
    QApplication.processEvents()
    assert bench_of(program).in_meeting
    program.window.close()


def test_the_size_of_the_text_chosen_on_it_is_kept(opened: Start, tmp_path: Path) -> None:
    program = opened()

    program.window.do("&Larger text")
    program.load()

    assert bench_of(program).settings.text_size == 110
    assert load_settings(tmp_path / "data" / "settings.json").settings.text_size == 110
    program.theme.set_text_size(100)


def test_a_file_dropped_on_it_opens(opened: Start) -> None:
    program = opened()

    program.window.file_dropped.emit(resources() / "sample" / "scenario-b.ncacase")

    assert isinstance(program.window.page, CheckPage)


def test_a_command_that_the_rules_close_is_not_done(
    opened: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, title: str, *_: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    program = opened()

    program.window.do("update")

    assert program.desks is not None
    assert not program.window.is_enabled("update")
    assert not asked


def test_what_cannot_be_undone_on_it_says_why(
    opened: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite(as_written("The disk is full."))

    program = opened()
    press(program, "Done: Contoso AB (Sample), Call")
    monkeypatch.setattr(FollowUps, "set_done", refuse)
    program.window.undo_requested.emit()

    assert program.window.said == "The disk is full."
    assert program.desks is None


def test_a_drive_that_goes_away_before_the_rules_are_there_is_waited_for(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: Clock
) -> None:
    folder = DataFolder(tmp_path / "drive", usual=tmp_path / "usual")
    folder.backups.mkdir(parents=True)
    first = Program(qapp, folder, clock)
    first.window.show()
    first.load()
    QApplication.processEvents()
    first.window.close()
    program = Program(qapp, folder, clock)
    program.window.show()
    program.show_front()
    assert isinstance(program.window.page, StartPage)
    folder.root.rename(tmp_path / "unplugged")
    press(program, "Start a new case")

    assert isinstance(program.window.page, ProblemPage)
    assert not program.window.menuBar().actions()
    (tmp_path / "unplugged").rename(folder.root)
    program.window.page.try_again_requested.emit()
    assert isinstance(program.window.page, StartPage)
    press(program, "Start a new case")
    assert isinstance(program.window.page, CasePage)
    program.window.close()


def test_rules_that_turn_out_faulty_take_its_place(
    opened: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise RulebookFault(as_written("credit.toml: is empty."))

    program = opened()
    monkeypatch.setattr(store, "BookStore", refuse)
    press(program, "Start a new case")

    assert isinstance(program.window.page, ProblemPage)
    assert "credit.toml: is empty." in " ".join(words(program))
    assert not program.window.menuBar().actions()
    assert program.desks is None
    with History.open(tmp_path / "data" / "history.sqlite") as history:
        assert not history.read_only


def test_a_label_that_turns_out_wrong_is_replaced(
    opened: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = label_file.kept_label

    def older(folder: Path, build: Path) -> label_file.ActiveLabel | None:
        label = kept(folder, build)
        return label and replace(label, book=replace(label.book, version="2025.01"))

    monkeypatch.setattr(label_file, "kept_label", older)
    program = opened()
    assert any(said.startswith("Rules 2025.01") for said in words(program))
    program.load()

    assert any(said.startswith("Rules 2026.11") for said in words(program))
    assert program.window.status.startswith("Rules 2026.11")
    press(program, "Start a new case")
    assert isinstance(program.window.page, CasePage)


def test_a_history_that_cannot_be_opened_shows_no_front(
    qtbot: QtBot, qapp: QApplication, opened: Start, tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "data" / "history.sqlite").write_bytes(b"no database at all" * 100)
    program = Program(qapp, DataFolder(tmp_path / "data"), clock)
    qtbot.addWidget(program.window)
    program.window.show()

    assert program.show_front() is None
    program.load()
    assert isinstance(program.window.page, ProblemPage)


def test_what_is_to_be_said_at_the_start_is_said_on_it_and_can_be_acted_on(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    risky = tmp_path / "OneDrive"
    first = Program(qapp, DataFolder(risky, risky), clock)
    first.window.show()
    first.load()
    QApplication.processEvents()
    first.window.close()
    program = Program(qapp, DataFolder(risky, risky), clock)
    qtbot.addWidget(program.window)
    program.window.show()
    asked: list[str] = []

    def ask(_parent: object, title: str, _folder: str) -> str:
        asked.append(title)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    program.show_front()
    assert "two computers can damage it" in program.window.said
    notice = program.window._bars[0]
    next(one for one in notice.findChildren(QPushButton) if one.text() == "Move…").click()

    assert asked == ["Move your data to"]


def test_with_imported_rules_it_speaks_their_words(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build = tmp_path / "build"
    build.mkdir()
    for part in resources().iterdir():
        (build / part.name).symlink_to(part)
    (build / KEY_FILE).write_text(bytes(KEY.verify_key).hex(), encoding="ascii")
    monkeypatch.setattr(program_module, "resources", lambda: build)
    rules = tmp_path / "data" / "rules"
    rules.mkdir(parents=True)
    caption = {"de": {"Customer": "Wer es ist"}}
    (rules / "00000002.ncarules").write_bytes(Maker(resources(), KEY).update(translations=caption))
    settings = tmp_path / "data" / "settings.json"
    save_settings(replace(load_settings(settings).settings, language="de"), settings)
    first = Program(qapp, DataFolder(tmp_path / "data"), clock)
    first.window.show()
    first.load()
    bench_of(first).new_case()
    session_of(first).set_field("name", "Nord")
    first.window.close()
    QApplication.processEvents()

    program = Program(qapp, DataFolder(tmp_path / "data"), clock)
    qtbot.addWidget(program.window)
    program.window.show()
    program.show_front()

    assert "Schritt 1 von 5, Wer es ist" in words(program)
    assert program.window.status.startswith("Regeln 2026.12")
    program.load()
    assert desks_of(program).bench._rulebook.version == "2026.12"
