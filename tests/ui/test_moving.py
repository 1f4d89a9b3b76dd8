"""The data folder moved from the settings, and a start without the drive it is on."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nca_wizard.history import moving as moving_module
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder
from nca_wizard.settings import load_settings
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.confirm import Confirm
from nca_wizard.ui.labels import Label
from nca_wizard.ui.moving import MovingPage
from nca_wizard.ui.one_instance import MeetingPlace, meeting_place
from nca_wizard.ui.problem_page import ProblemPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.settings_page import SettingsPage
from nca_wizard.ui.start_page import StartPage
from tests.ui.results import words_on
from tests.ui.walking import bench_of, desks_of, session_of


@pytest.fixture(autouse=True)
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The usual folder of this user. Where processes meet is not in it: see `test_second_start`."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **_named: tmp_path / "usual")
    with tempfile.TemporaryDirectory(prefix="nca") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        yield tmp_path / "usual"


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    drive = tmp_path / "drive"
    drive.mkdir()
    return drive


@pytest.fixture
def own(qapp: QApplication, clock: Clock, usual: Path) -> Iterator[Callable[[], Program]]:
    """Start the program on the folder of this user."""
    started: list[Program] = []

    def start() -> Program:
        program = Program(qapp, DataFolder.of_this_user(), clock)
        program.window.show()
        program.load()
        started.append(program)
        return program

    yield start
    for program in started:
        program.window.close()


def begin(program: Program, name: str) -> None:
    """A case that waits on the first page."""
    bench_of(program).new_case()
    session_of(program).set_field("name", name)
    bench_of(program).show_start()


def ask(program: Program, picked: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    """Press "Move…" in the settings and pick a folder."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(picked))
    bench_of(program).show_settings()
    page = program.window.page
    assert isinstance(page, SettingsPage)
    page.data.move_button.click()
    return page


def confirm(program: Program) -> Confirm:
    return program.window.findChildren(Confirm)[-1]


def moved(
    qtbot: QtBot, program: Program, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> SettingsPage:
    ask(program, picked, monkeypatch)
    confirm(program).accept()
    return settled(qtbot, program)


def settled(qtbot: QtBot, program: Program) -> SettingsPage:
    """The settings, when the window goes on."""
    qtbot.waitUntil(lambda: program.workbench is None, timeout=20_000)
    qtbot.waitUntil(lambda: isinstance(program.window.page, SettingsPage), timeout=20_000)
    page = program.window.page
    assert isinstance(page, SettingsPage)
    return page


def test_the_window_goes_on_in_the_new_folder_and_the_next_start_finds_it(
    qtbot: QtBot,
    own: Callable[[], Program],
    usual: Path,
    drive: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = own()
    begin(program, "Contoso")
    page = ask(program, drive, monkeypatch)
    asked = confirm(program)
    assert str(drive / "NCA Wizard") in words_on(asked)
    assert asked.do_button.accessibleName() == "Move"
    asked.accept()
    page = settled(qtbot, program)

    assert str(drive / "NCA Wizard") in words_on(page)
    assert program.window.said == f"Your data is in {drive / 'NCA Wizard'} from now on."
    assert program.window.tone == "ok"
    assert [path.name for path in usual.iterdir()] == ["moved-to.json"]
    page.colours.rows["dark"].click()
    begin(program, "Fabrikam")
    program.window.close()
    again = own()
    assert isinstance(again.window.page, StartPage)
    assert "Contoso" in words_on(again.window.page)
    assert "Fabrikam" in words_on(again.window.page)
    assert load_settings(drive / "NCA Wizard" / "settings.json").settings.colours == "dark"
    assert [path.name for path in usual.iterdir()] == ["moved-to.json"]

    moved(qtbot, again, usual, monkeypatch)
    assert again._folder.root == usual
    assert not (usual / "moved-to.json").exists()
    assert list(drive.iterdir()) == []


def test_a_second_start_finds_the_window_wherever_its_folder_is(
    qtbot: QtBot,
    own: Callable[[], Program],
    usual: Path,
    drive: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = own()
    begin(program, "Contoso")
    program.listen(first_at(usual))

    moved(qtbot, program, drive, monkeypatch)

    now = meeting_place(drive / "NCA Wizard")
    assert now is not None
    assert not now.is_ours()
    assert Path(now.address).exists()
    left = first_at(usual)
    left.leave()

    # Where it could not go, it is found where it was.
    refuse(monkeypatch)
    moved(qtbot, program, usual, monkeypatch)
    assert not now.is_ours()
    left = first_at(usual)
    left.leave()
    reception = program._reception
    assert reception is not None
    reception.leave_the_first()


def first_at(folder: Path) -> MeetingPlace:
    """Be first there."""
    place = meeting_place(folder)
    assert place is not None
    assert place.is_ours()
    return place


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(moving_module, "_copy", full)


def test_what_cannot_be_moved_stays_in_use_and_says_why(
    qtbot: QtBot,
    own: Callable[[], Program],
    usual: Path,
    drive: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = own()
    begin(program, "Contoso")
    refuse(monkeypatch)
    moved(qtbot, program, drive, monkeypatch)

    assert program.window.said == "Nothing was moved: the disk is full."
    assert program.window.tone == "warn"
    begin(program, "Fabrikam")
    with History.open(usual / "history.sqlite") as history:
        assert len(history.drafts()) == 2


def test_while_it_is_moved_the_window_neither_closes_nor_opens_anything(
    qtbot: QtBot,
    own: Callable[[], Program],
    drive: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = own()
    ask(program, drive, monkeypatch)
    confirm(program).accept()
    qtbot.waitUntil(lambda: isinstance(program.window.page, MovingPage))

    assert not program.window.close()
    assert program.window.said == "Wait until everything is moved."
    assert program.window.menuBar().actions() == []
    qtbot.waitUntil(lambda: isinstance(program.window.page, SettingsPage), timeout=20_000)
    assert program.window.close()


def test_a_risky_place_is_said_first(
    own: Callable[[], Program], drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = own()
    cloud = drive / "OneDrive - Contoso"
    cloud.mkdir()
    ask(program, cloud, monkeypatch)
    asked = confirm(program)

    assert "two computers can damage it" in words_on(asked)
    for label in asked.findChildren(Label):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert asked.do_button.accessibleName() == "Move all the same"
    asked.reject()
    assert list(cloud.iterdir()) == []


def test_a_folder_it_cannot_go_to_is_refused_before_anything_is_asked(
    own: Callable[[], Program], usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = own()
    ask(program, usual, monkeypatch)

    assert program.window.said == f"Your data is in {usual} already."
    assert program.window.findChildren(Confirm) == []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    desks_of(program).moving.ask()
    assert program.window.findChildren(Confirm) == []


def test_a_folder_that_was_named_for_this_start_is_not_moved(program: Program) -> None:
    bench_of(program).show_settings()
    page = program.window.page
    assert isinstance(page, SettingsPage)

    assert not page.data.move_button.isEnabled()
    assert "--data-dir" in words_on(page.data)
    assert "--data-dir" in page.data.move_button.accessibleDescription()


def test_without_its_drive_nothing_is_made_until_it_is_connected(
    qtbot: QtBot,
    own: Callable[[], Program],
    usual: Path,
    drive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = own()
    bench_of(program).take_settings(load_settings(usual / "settings.json").settings)
    begin(program, "Contoso")
    page = moved(qtbot, program, drive, monkeypatch)
    page.colours.rows["dark"].click()
    program.window.close()
    drive.rename(tmp_path / "unplugged")

    program = own()
    problem = program.window.page
    assert isinstance(problem, ProblemPage)
    assert "is not there. Connect the drive and try again." in words_on(problem)
    assert problem.primary is problem.try_button
    problem.try_button.click()
    assert program.window.said == "It is still not there."
    assert program.window.page is problem
    program.window.close()
    assert not drive.exists()
    assert [path.name for path in usual.iterdir()] == ["moved-to.json"]

    program = own()
    problem = program.window.page
    assert isinstance(problem, ProblemPage)
    shutil.move(tmp_path / "unplugged", drive)
    problem.try_button.click()
    assert isinstance(program.window.page, StartPage)
    assert "Contoso" in words_on(program.window.page)
    assert bench_of(program).settings.colours == "dark"


def test_a_drive_that_is_taken_away_meanwhile_gets_no_empty_folder_either(
    qtbot: QtBot,
    own: Callable[[], Program],
    drive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = own()
    page = moved(qtbot, program, drive, monkeypatch)
    drive.rename(tmp_path / "unplugged")
    page.colours.rows["dark"].click()

    assert "Connect the drive" in program.window.said
    desks_of(program).keeping.tidy()
    program.window.close()
    assert not drive.exists()


def test_a_file_that_names_no_folder_is_shown_as_the_problem_it_is(
    own: Callable[[], Program], usual: Path
) -> None:
    usual.mkdir()
    (usual / "moved-to.json").write_text(json.dumps({"folder": "relative"}))
    problem = own().window.page

    assert isinstance(problem, ProblemPage)
    assert "cannot be read" in words_on(problem)
    assert [path.name for path in usual.iterdir()] == ["moved-to.json"]
