import ctypes
import errno
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from nca_wizard import errors
from nca_wizard.errors import (
    BadInput,
    CannotWrite,
    KnownFault,
    NoDisplay,
    NoSuchFile,
    RulebookFault,
    UsageFault,
)
from nca_wizard.paths import resources
from nca_wizard.sentences import Sentence, as_written
from nca_wizard.texts import Texts


def fault_in_use(message: str = "seven") -> ValueError:
    def slot() -> None:
        raise ValueError(message)

    try:
        slot()
    except ValueError as fault:
        return fault
    raise AssertionError


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Windows shows in message boxes."""
    shown: list[str] = []
    user = SimpleNamespace(MessageBoxW=lambda *arguments: shown.append(arguments[1]))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    return shown


@pytest.mark.parametrize(
    ("fault", "exit_code"),
    [
        (UsageFault, 64),
        (BadInput, 65),
        (NoSuchFile, 66),
        (NoDisplay, 69),
        (RulebookFault, 70),
        (CannotWrite, 73),
    ],
)
def test_a_known_fault_is_said_in_its_own_sentence(
    fault: type[KnownFault],
    exit_code: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = errors.last_resort(
        fault(as_written("The disk is full.")), version="1", log_folder=tmp_path
    )

    assert code == exit_code
    assert capsys.readouterr().err == "The disk is full.\n"
    assert list(tmp_path.iterdir()) == []


def test_stopping_the_program_is_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = errors.last_resort(KeyboardInterrupt(), version="1", log_folder=tmp_path)

    assert code == 130
    assert capsys.readouterr().err == ""


def test_an_unforeseen_fault_leaves_a_report_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = errors.last_resort(fault_in_use(), version="0.1.0", log_folder=tmp_path / "log")

    log = tmp_path / "log" / errors.LOG_NAME
    said = capsys.readouterr().err
    assert code == 70
    assert str(log) in said
    assert said.count("\n") == 1
    assert "ValueError: seven" in log.read_text()
    assert "NCA Wizard 0.1.0" in log.read_text()


def test_a_window_is_given_the_sentence_and_the_report(tmp_path: Path) -> None:
    shown: list[tuple[str, str]] = []

    errors.last_resort(
        fault_in_use(),
        version="1",
        log_folder=tmp_path,
        show=lambda sentence, report: shown.append((sentence, report)),
    )

    [(sentence, report)] = shown
    assert sentence.startswith("Something went wrong")
    assert "fault_in_use" in report


def test_a_log_that_cannot_be_written_does_not_hide_the_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_the_way = tmp_path / "log"
    in_the_way.write_text("a file where the folder should be")

    code = errors.last_resort(fault_in_use(), version="1", log_folder=in_the_way)

    assert code == 70
    assert "No report could be written" in capsys.readouterr().err


def test_old_reports_make_room_for_new_ones(tmp_path: Path) -> None:
    for number in range(8):
        errors.write_report(f"{number} " + "x" * 500_000, tmp_path)

    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == [errors.LOG_NAME, *(f"{errors.LOG_NAME}.{number}" for number in (1, 2, 3))]
    assert " 7 xxx" in (tmp_path / errors.LOG_NAME).read_text()[:60]


def test_a_program_without_streams_stays_silent_and_alive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)

    code = errors.last_resort(BadInput(as_written("No.")), version="1", log_folder=tmp_path)

    assert code == 65


def test_the_hook_reports_what_nothing_else_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    errors.install_hook(version="1", log_folder=tmp_path)
    fault = fault_in_use("from a slot")

    sys.excepthook(ValueError, fault, fault.__traceback__)

    assert "from a slot" in capsys.readouterr().err
    assert "from a slot" in (tmp_path / errors.LOG_NAME).read_text()


def test_on_windows_a_program_without_streams_says_it_in_a_message_box(
    boxes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)

    errors.say("There is no file contoso.ncacase.")

    assert boxes == ["There is no file contoso.ncacase."]


def test_with_a_stream_there_is_no_message_box(
    boxes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    errors.say("There is no file contoso.ncacase.")

    assert boxes == []
    assert capsys.readouterr().err == "There is no file contoso.ncacase.\n"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "permission denied"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(9999, "Something rare"), "Something rare"),
    ],
)
def test_what_the_system_says_is_said_in_our_words_where_it_is_usual(
    fault: OSError, said: str
) -> None:
    assert str(errors.reason(fault)) == said


def test_a_file_that_another_program_has_open_is_told_from_one_that_is_locked_away() -> None:
    fault = PermissionError(errno.EACCES, "Access is denied")
    # As Windows gives it.
    vars(fault)["winerror"] = 32

    assert str(errors.reason(fault)) == "another program has it open"


def test_a_fault_is_said_in_the_readers_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    german = Texts.load("de", resources() / "locale")

    errors.last_resort(
        CannotWrite(Sentence("Not saved: the disk is full. Your answers stay in this window.")),
        version="1",
        log_folder=tmp_path,
        texts=german,
    )
    errors.last_resort(fault_in_use(), version="1", log_folder=tmp_path, texts=german)

    known, unforeseen = capsys.readouterr().err.splitlines()
    assert known == (
        "Nicht gespeichert: Der Datenträger ist voll. Ihre Antworten bleiben in diesem Fenster."
    )
    assert unforeseen.startswith("Etwas ist schiefgegangen")
