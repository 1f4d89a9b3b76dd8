"""Who is first, and what becomes of a second start. The other start is a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from nca_wizard.paths import resources
from nca_wizard.ui import one_instance
from nca_wizard.ui.application import Application
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.hand_over import Request, decoded, encoded
from nca_wizard.ui.one_instance import MeetingPlace, meeting_place
from nca_wizard.ui.program import Program
from nca_wizard.ui.start_page import StartPage

SAYS_IT_IS_SECOND = """
import sys
from pathlib import Path
from nca_wizard.paths import DataFolder
from nca_wizard.ui import app, hand_over, one_instance

hand_over.PATIENCE_MS = 300
say = app.Program.say_it_is_second
folder, *files = map(Path, sys.argv[1:])

def say_and_close(program):
    say(program)
    print(program.window.said)
    print(program.window.windowTitle())
    program.window.close()

app.Program.say_it_is_second = say_and_close
sys.exit(app.run(DataFolder(folder), files[0] if files else None))
"""
NO_PLACE = """
from nca_wizard.ui import one_instance
one_instance._folders = lambda: iter(())
"""
SAYS_WHAT_IT_OPENS = """
import sys
from pathlib import Path
from nca_wizard.paths import DataFolder
from nca_wizard.ui import app

open_file = app.Program.open_file

def open_and_say(program, path):
    open_file(program, path)
    print(program.window.windowTitle())
    program.window.close()

app.Program.open_file = open_and_say
sys.exit(app.run(DataFolder(Path(sys.argv[1])), None))
"""
SECOND = "NCA Wizard is open already, but that window does not answer."
AS_ANYBODY = ("setpriv", "--bounding-set=-dac_override") if os.getuid() == 0 else ()
"""Root that a write-protected folder stops, as it stops everybody else."""

SAMPLE = resources() / "sample" / "scenario-b.ncacase"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    # Not tmp_path, which may be longer than the address of a socket.
    with tempfile.TemporaryDirectory(prefix="nca") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of the `start` fixture, too."""
    return tmp_path / "data"


@pytest.fixture
def other(checkout: Path) -> Iterator[Start]:
    """Start the program in a process of its own."""
    processes = []

    def started(
        *arguments: object, code: str = "", before: Sequence[str] = ()
    ) -> "subprocess.Popen[str]":
        what = ["-c", code] if code else ["-m", "nca_wizard"]
        process = subprocess.Popen(
            [*before, sys.executable, *what, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=checkout,
        )
        processes.append(process)
        return process

    yield started
    for process in processes:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture
def first(start: Callable[[], Program], data: Path) -> Iterator[Program]:
    """A window that is open and hears of second starts."""
    program = start()
    place = place_of(data)
    assert place.is_ours()
    program.listen(place)
    yield program
    place.leave()


def place_of(data: Path) -> MeetingPlace:
    place = meeting_place(data)
    assert place is not None
    return place


def ended(qtbot: QtBot, process: "subprocess.Popen[str]") -> int:
    """The exit code, while the window in this process goes on living."""
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    return process.returncode


def listening(qtbot: QtBot, data: Path) -> Path:
    """The socket of a first start in another process, once it is there."""
    place = meeting_place(data)
    assert place is not None
    place.leave()
    path = Path(place.address)
    qtbot.waitUntil(path.exists, timeout=20_000)
    return path


def test_a_second_start_opens_its_file_in_the_window_that_is_open(
    qtbot: QtBot, first: Program, other: Start, data: Path, tmp_path: Path
) -> None:
    case = tmp_path / "Übersicht für 東京 & Co.ncacase"
    shutil.copy(SAMPLE, case)

    second = other("--data-dir", data, case)

    assert ended(qtbot, second) == 0
    qtbot.waitUntil(lambda: isinstance(first.window.page, CheckPage), timeout=20_000)
    assert "Contoso AB" in first.window.windowTitle()
    assert second.communicate()[0] == ""


def test_a_second_start_without_a_file_raises_the_window_and_leaves_the_page(
    qtbot: QtBot, first: Program, other: Start, data: Path
) -> None:
    first.window.showMinimized()

    second = other("--data-dir", data)

    assert ended(qtbot, second) == 0
    qtbot.waitUntil(lambda: not first.window.isMinimized(), timeout=20_000)
    assert isinstance(first.window.page, StartPage)


def test_another_data_folder_is_another_window(
    qtbot: QtBot, first: Program, other: Start, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "Daten für später"
    apart = other("--data-dir", elsewhere)

    listening(qtbot, elsewhere)

    assert apart.poll() is None


def test_after_kill_9_a_new_start_is_first_and_is_found(
    qtbot: QtBot, other: Start, data: Path
) -> None:
    killed = other("--data-dir", data)
    left_behind = listening(qtbot, data)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert left_behind.exists()

    again = other("--data-dir", data)
    # Found by a third start, whichever of the two was there sooner.
    qtbot.waitUntil(lambda: not place_is_free(data), timeout=20_000)
    third = other("--data-dir", data)

    assert ended(qtbot, third) == 0
    assert again.poll() is None


def place_is_free(data: Path) -> bool:
    place = place_of(data)
    free = place.is_ours()
    place.leave()
    return free


def test_two_starts_at_once_leave_one_window(qtbot: QtBot, other: Start, data: Path) -> None:
    both = [other("--data-dir", data), other("--data-dir", data)]

    qtbot.waitUntil(lambda: any(one.poll() is not None for one in both), timeout=20_000)

    codes = [one.poll() for one in both]
    assert sorted(codes, key=str) == [0, None]


def test_where_nobody_takes_the_file_the_second_opens_it_and_says_so(
    other: Start, data: Path
) -> None:
    # First, but without a server: as a window that hangs.
    place = place_of(data)
    assert place.is_ours()

    second = other(data, SAMPLE, code=SAYS_IT_IS_SECOND)

    said, title = second.communicate(timeout=30)[0].splitlines()
    assert second.returncode == 0
    assert said.startswith(SECOND)
    assert title.startswith("Contoso AB")


def test_a_first_that_cannot_listen_is_told_of_by_the_second(
    start: Callable[[], Program], other: Start, data: Path
) -> None:
    place = place_of(data)
    assert place.is_ours()
    # Something that is no socket, and that nobody may take away.
    Path(place.address, "in the way").mkdir(parents=True)
    start().listen(place)

    second = other(data, code=SAYS_IT_IS_SECOND)

    assert second.communicate(timeout=30)[0].startswith(SECOND)
    place.leave()


def test_where_nobody_can_be_reached_the_second_says_so_and_the_first_does_not(
    qtbot: QtBot, other: Start, data: Path
) -> None:
    first = other(data, code=NO_PLACE + SAYS_IT_IS_SECOND)
    qtbot.waitUntil((data / "history.sqlite").exists, timeout=20_000)

    second = other(data, code=NO_PLACE + SAYS_IT_IS_SECOND)

    assert second.communicate(timeout=30)[0].startswith(SECOND)
    assert first.poll() is None


def test_a_file_is_handed_over_with_a_write_protected_folder_whose_name_is_not_plain(
    qtbot: QtBot, other: Start, runtime: Path
) -> None:
    folder = runtime / "Daten für später"
    folder.mkdir()
    case = shutil.copy(SAMPLE, runtime / "Müller & Söhne.ncacase")
    folder.chmod(0o555)
    first = other(folder, code=SAYS_WHAT_IT_OPENS, before=AS_ANYBODY)
    listening(qtbot, folder)

    second = other("--data-dir", folder, case, before=AS_ANYBODY)

    assert ended(qtbot, second) == 0
    assert "Contoso AB" in first.communicate(timeout=30)[0]
    assert list(folder.iterdir()) == []


def test_junk_from_another_process_is_ignored(qtbot: QtBot, first: Program, data: Path) -> None:
    address = place_of(data).address
    junk = [
        b"GET / HTTP/1.1\r\n\r\n",
        b"nca-wizard/2\0/etc/passwd\0\0",
        b"nca-wizard/1\0not/absolute\0\0",
        b"nca-wizard/1\0/a\0b\0c\0",
        b"nca-wizard/1\0" + b"x" * 200_000,
    ]

    for message in junk:
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(address)
            # The end of a long message may be refused before it is sent.
            stranger.setblocking(False)
            stranger.send(message)
            hung_up: list[bytes] = []
            qtbot.waitUntil(lambda s=stranger, h=hung_up: heard(s, h), timeout=2000)  # type: ignore[misc]

            assert hung_up == [b""], message[:30]
    assert isinstance(first.window.page, StartPage)


def heard(stranger: socket.socket, into: list[bytes]) -> bool:
    try:
        into.append(stranger.recv(100))
    except BlockingIOError:
        return False
    except ConnectionResetError:
        into.append(b"")
    return True


def test_a_request_survives_the_way_and_is_whole_or_nothing() -> None:
    request = Request(Path("/a b/ü\udcff\n東京.ncacase"), "token-1")
    message = encoded(request)

    assert decoded(message) == request
    assert all(decoded(message[:length]) is None for length in range(len(message)))
    assert decoded(encoded(Request())) == Request()


def test_a_file_waits_until_the_dialog_before_the_window_is_closed(
    qtbot: QtBot, program: Program
) -> None:
    dialog = QMessageBox(program.window)
    dialog.setModal(True)
    dialog.show()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)

    program.answer(Request(SAMPLE))
    qtbot.wait(300)
    assert isinstance(program.window.page, StartPage)

    dialog.close()
    qtbot.waitUntil(lambda: isinstance(program.window.page, CheckPage), timeout=20_000)


def test_a_file_that_macos_wants_opened_is_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    heard_of: list[Path] = []
    # There is one application, made by pytest: the method is what can be tried here.
    app = QCoreApplication.instance()
    assert app is not None

    class Stub:
        class file_opened:  # noqa: N801
            emit = staticmethod(heard_of.append)

    event: QEvent = QFileOpenEvent(QUrl.fromLocalFile("/cases/a b.ncacase"))
    assert Application.event(Stub(), event)  # type: ignore[arg-type]

    assert heard_of == [Path("/cases/a b.ncacase")]


def test_the_place_is_the_same_however_the_folder_is_spelled(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.mkdir()
    link = tmp_path / "link"
    link.symlink_to(data)

    addresses = {place_of(path).address for path in (data, link, data / ".." / data.name)}

    assert len(addresses) == 1


def test_nothing_is_put_into_the_data_folder(tmp_path: Path) -> None:
    assert place_of(tmp_path).is_ours()

    assert list(tmp_path.iterdir()) == []


def test_a_runtime_folder_with_a_path_too_long_for_a_socket_is_passed_over(
    runtime: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = runtime / ("x" * 120)
    long.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))

    place = place_of(data)

    assert len(place.address) <= 103
    assert place.is_ours()


def test_a_place_that_others_can_write_to_or_own_is_not_used(
    runtime: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all = runtime / "nca-wizard"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)

    assert not place_of(data).address.startswith(f"{open_to_all}/")

    open_to_all.chmod(0o700)
    assert place_of(data).address.startswith(f"{open_to_all}/")
    somebody_else = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: somebody_else)
    monkeypatch.setattr(one_instance, "_folders", lambda: iter([open_to_all]))
    assert place_of(data).address == ""
