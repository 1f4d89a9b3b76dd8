import gc
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import nca_wizard
from nca_wizard import __main__ as program
from nca_wizard.paths import DataFolder

Opened = list[tuple[DataFolder, Path | None]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Which window would have opened."""
    calls: Opened = []

    def run(folder: DataFolder, case_file: Path | None) -> int:
        calls.append((folder, case_file))
        return 0

    window = ModuleType("nca_wizard.ui.app")
    window.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, "nca_wizard.ui.app", window)
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    yield calls
    # The window would have done so.
    gc.enable()


def test_without_arguments_the_window_opens_on_the_persons_own_data(opened: Opened) -> None:
    assert program.main([]) == 0

    assert opened == [(DataFolder.of_this_user(), None)]


def test_a_case_file_opens_in_the_window(opened: Opened, tmp_path: Path) -> None:
    case = tmp_path / "contoso.ncacase"
    case.write_text("{}")

    program.main(["--data-dir", str(tmp_path), str(case)])

    assert opened == [(DataFolder(tmp_path), case)]


def test_a_data_folder_is_the_same_from_every_place(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    program.main(["--data-dir", "data"])

    assert opened == [(DataFolder(tmp_path / "data"), None)]


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--version"]) == 0

    assert capsys.readouterr().out == f"NCA Wizard {nca_wizard.__version__}\n"


def test_the_version_is_the_one_that_is_packaged(checkout: Path) -> None:
    project = (checkout / "pyproject.toml").read_text(encoding="utf-8")

    assert f'\nversion = "{nca_wizard.__version__}"\n' in project


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--help"]) == 0

    said = capsys.readouterr().out
    assert all(f"nca-wizard {command}" in said for command in program.COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "sentence"),
    [
        (["--nonsense"], 64, "--nonsense"),
        (["--data-dir"], 64, "--data-dir"),
        (["evalute"], 64, "'evalute' is neither a command nor a file"),
        (["one", "two"], 64, "two"),
        (["gone.ncacase"], 66, "There is no file gone.ncacase."),
        (["."], 64, "is a folder"),
    ],
)
def test_a_line_that_makes_no_sense_is_answered_in_one_sentence(
    arguments: list[str],
    exit_code: int,
    sentence: str,
    opened: Opened,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert program.main(arguments) == exit_code

    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert opened == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="always has a display")
@pytest.mark.parametrize("display", ["", ":4099"])
def test_without_a_display_there_is_one_sentence_and_no_abort(display: str) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "DISPLAY": display}

    finished = subprocess.run(
        [sys.executable, "-m", "nca_wizard"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 69
    assert finished.stdout == ""
    assert finished.stderr.startswith("NCA Wizard cannot open its window here: ")
    assert finished.stderr.count("\n") == 1


def test_a_command_is_passed_on_without_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[list[str]] = []
    command_line = ModuleType("nca_wizard.cli")

    def main(argv: list[str]) -> int:
        received.append(argv)
        return 2

    command_line.__dict__["main"] = main
    monkeypatch.setitem(sys.modules, "nca_wizard.cli", command_line)
    monkeypatch.setattr(nca_wizard, "cli", command_line, raising=False)

    assert program.main(["evaluate", "x.ncacase"]) == 2

    assert received == [["evaluate", "x.ncacase"]]


def test_what_nobody_foresaw_is_reported_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(_arguments: list[str]) -> int:
        raise ZeroDivisionError("of course")

    monkeypatch.setattr(program, "_dispatch", break_down)

    assert program.main([]) == 70

    assert "of course" in capsys.readouterr().err
    assert (DataFolder.of_this_user().log / "nca-wizard.log").exists()


def test_a_reader_that_stops_reading_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_no_more(_arguments: list[str]) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(program, "_dispatch", read_no_more)
    monkeypatch.setattr(sys, "stdout", io.StringIO())

    assert program.main([]) == 0


# What a windowed program on Windows starts with. The window closes as soon as it is of use.
WITHOUT_STREAMS = """
import sys
sys.stdin = sys.stdout = sys.stderr = sys.__stdin__ = sys.__stdout__ = sys.__stderr__ = None
from PySide6.QtCore import QTimer
from nca_wizard.__main__ import main
from nca_wizard.ui.program import Program

load = Program.load

def load_and_close(program, case_file=None):
    load(program, case_file)
    QTimer.singleShot(0, program.window.close)

Program.load = load_and_close
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        ([], 0),
        (["SAMPLE"], 0),
        (["--help"], 0),
        (["--version"], 0),
        (["--self-check"], 0),
        (["--nonsense"], 64),
        (["gone.ncacase"], 66),
        (["evaluate", "SAMPLE"], 0),
        (["evaluate", "SAMPLE", "--json"], 0),
        (["evaluate", "--help"], 0),
        (["evaluate", "--nonsense"], 64),
        (["evaluate", "gone.ncacase"], 66),
        (["print", "SAMPLE", "--copy", "customer", "--paper", "a4", "--out", "page.pdf"], 0),
        (["questions"], 0),
        (["proof"], 0),
        (["compare-rules", "RESOURCES", "RESOURCES"], 0),
        (["import-rules", "SAMPLE"], 65),
        (["rules"], 0),
    ],
)
def test_a_program_without_streams_does_the_same(
    arguments: list[str], exit_code: int, checkout: Path, tmp_path: Path
) -> None:
    resources = checkout / "resources"
    sample = resources / "sample" / "scenario-b.ncacase"
    names = {"SAMPLE": str(sample), "RESOURCES": str(resources)}

    finished = subprocess.run(
        [sys.executable, "-c", WITHOUT_STREAMS, *(names.get(one, one) for one in arguments)],
        cwd=tmp_path,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(checkout)},
        capture_output=True,
        check=False,
    )

    assert finished.returncode == exit_code
    # Python itself would complain here, as of what a window's slot raises.
    assert finished.stderr == b""


def test_a_letter_the_terminal_lacks_does_not_end_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(shown, encoding="ascii"))

    assert program.main(["東京.ncacase"]) == 66

    assert shown.getvalue() == b"There is no file ??.ncacase.\n"


@pytest.mark.parametrize(("terminal", "encoding"), [(False, "utf-8"), (True, "cp1252")])
def test_on_windows_a_file_gets_every_letter_and_a_terminal_its_own(
    terminal: bool, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(shown, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdout", shown)

    program.main(["--version"])

    assert shown.encoding == encoding


def test_an_old_python_can_read_the_guard_that_turns_it_away(checkout: Path) -> None:
    guard = (checkout / "nca_wizard" / "__init__.py").read_text(encoding="ascii")

    # What Python 2 and early 3 cannot parse, they cannot refuse politely.
    assert not re.search(r"""\bf["']|:=|^\s*match\b|->|import annotations""", guard, re.MULTILINE)
    assert guard.index("sys.version_info < (3, 11)") < guard.index("__version__")
