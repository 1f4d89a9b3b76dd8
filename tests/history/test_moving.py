"""The data folder moved elsewhere: refused with a reason, or moved whole."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.history.moving import destination, move
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder
from nca_wizard.rules.model.results import Recommendation

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STEPS = ("fsync", "mkdir", "rename", "replace", "unlink", "rmdir")
"""What `os` does on the way, each of them a moment to be stopped at."""


@pytest.fixture
def folder(
    tmp_path: Path, recommendation: Recommendation, monkeypatch: pytest.MonkeyPatch
) -> DataFolder:
    """The folder of this user, with everything that can be in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    folder = DataFolder.of_this_user()
    with History.open(folder.history) as history:
        history.finish(None, Customer(name="Contoso AB"), recommendation, NOON)
        history.backups.back_up(NOON)
    folder.settings.write_text('{"colours": "dark"}')
    for path, text in ((folder.log, "nca-wizard.log"), (folder.rules, "used.json")):
        path.mkdir()
        (path / text).write_text(text)
    (folder.root / "Notizen für später.txt").write_text("not ours, and still not lost")
    return folder


@pytest.fixture
def picked(tmp_path: Path) -> Path:
    picked = tmp_path / "drive é"
    picked.mkdir()
    return picked


def contents(root: Path) -> dict[str, bytes]:
    """Every file with what is in it; of a history, which changes as it is opened, its customers."""
    return {
        str(path.relative_to(root)): b"" if path.name == "history.sqlite" else path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(("moved-to.json", "-wal", "-shm"))
    }


def customers(folder: DataFolder) -> list[str]:
    with History.open(folder.history) as history:
        return [row.customer_name for row in history.evaluations()]


def moved_to(folder: DataFolder, picked: Path) -> DataFolder:
    return move(folder, destination(folder, picked)).folder


def test_everything_is_in_the_new_folder_and_found_by_the_next_start(
    folder: DataFolder, picked: Path
) -> None:
    before = contents(folder.root)
    moved = move(folder, destination(folder, picked))

    assert moved.folder.root == picked / "NCA Wizard"
    assert moved.left == ()
    assert DataFolder.of_this_user() == moved.folder
    assert moved.folder.absence() is None
    assert contents(moved.folder.root) == before
    assert customers(moved.folder) == ["Contoso AB"]
    assert [path.name for path in folder.root.iterdir()] == ["moved-to.json"]
    assert [path.name for path in picked.iterdir()] == ["NCA Wizard"]


def test_on_and_back_again_leaves_no_trace_of_the_way(
    folder: DataFolder, picked: Path, tmp_path: Path
) -> None:
    before = contents(folder.root)
    second = tmp_path / "second"
    second.mkdir()
    there = moved_to(moved_to(folder, picked), second)
    assert DataFolder.of_this_user().root == second / "NCA Wizard"
    assert list(picked.iterdir()) == []
    # A report from when the drive was not connected.
    folder.log.mkdir()
    (folder.log / "nca-wizard.log").write_text("meanwhile")

    back = moved_to(there, folder.root)

    assert DataFolder.of_this_user() == back == folder
    assert contents(back.root) == {
        **before,
        "log/nca-wizard.log": b"meanwhile",
        "log/nca-wizard (2).log": b"nca-wizard.log",
    }
    assert customers(back) == ["Contoso AB"]
    assert list(second.iterdir()) == []


def test_the_usual_folder_is_meant_by_the_one_it_is_in_too(
    folder: DataFolder, picked: Path
) -> None:
    there = moved_to(folder, picked)

    assert destination(there, folder.root.parent) == folder.root


def a_history_in(place: str) -> Callable[[Path], None]:
    def make(picked: Path) -> None:
        (picked / place).mkdir(exist_ok=True)
        History.open(picked / place / "history.sqlite").close()

    return make


def write_protected(picked: Path) -> None:
    picked.chmod(0o500)


def something_else(picked: Path) -> None:
    (picked / "NCA Wizard").mkdir()
    (picked / "NCA Wizard" / "letter.txt").write_text("mine")


@pytest.mark.parametrize(
    ("prepare", "why"),
    [
        (a_history_in("."), "There is a history in"),
        (a_history_in("NCA Wizard"), "There is a history in"),
        (something_else, "NCA Wizard is not empty"),
        pytest.param(
            write_protected,
            "cannot be written: permission denied",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere"),
        ),
        (Path.rmdir, "cannot be written: there is no such file or folder"),
    ],
)
def test_where_it_cannot_go_it_says_why(
    folder: DataFolder, picked: Path, prepare: Callable[[Path], None], why: str
) -> None:
    prepare(picked)
    before = contents(picked)

    with pytest.raises(CannotWrite, match=why):
        destination(folder, picked)

    assert contents(picked) == before


def test_it_goes_neither_where_it_is_nor_inside_itself(folder: DataFolder, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder.root)
    for same in (folder.root, folder.root.parent, link):
        with pytest.raises(CannotWrite, match="already"):
            destination(folder, same)
    with pytest.raises(CannotWrite, match="inside your data folder"):
        destination(folder, folder.backups)


def test_a_disk_without_room_is_refused_with_how_much_is_missing(
    folder: DataFolder, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = type("Usage", (), {"free": 5_000_000})
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)

    with pytest.raises(CannotWrite, match=r"There is no room .*: 11 MB are needed, 5 MB are free"):
        destination(folder, picked)


def test_a_history_that_somebody_else_has_open_stays_where_it_is(
    folder: DataFolder, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nca_wizard.history.connecting.SECONDS_TO_WAIT", 0.1)
    target = destination(folder, picked)
    with History.open(folder.history), pytest.raises(CannotWrite, match="another window"):
        move(folder, target)

    assert DataFolder.of_this_user() == folder
    assert list(picked.iterdir()) == []
    assert customers(folder) == ["Contoso AB"]


def test_a_copy_that_differs_is_not_used(
    folder: DataFolder, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copyfileobj

    def damage(read: Any, written: Any, length: int) -> None:
        copy(read, written, length)
        if read.name.endswith("used.json"):
            written.write(b"x")

    monkeypatch.setattr(shutil, "copyfileobj", damage)
    before = contents(folder.root)

    with pytest.raises(CannotWrite, match=r"the copy of .*used\.json differs"):
        moved_to(folder, picked)

    assert DataFolder.of_this_user() == folder
    assert contents(folder.root) == before
    assert list(picked.iterdir()) == []


def test_what_cannot_be_deleted_is_named(
    folder: DataFolder, picked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == folder.settings:
            raise PermissionError
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    moved = move(folder, destination(folder, picked))

    assert moved.left == (folder.settings,)
    assert customers(moved.folder) == ["Contoso AB"]


class Way:
    """A folder, where it is to go, and how everything was before."""

    def __init__(self, folder: DataFolder, picked: Path, kept: Path) -> None:
        self.folder = folder
        self.picked = picked
        self.target = destination(folder, picked)
        self.before = contents(folder.root)
        self._kept = kept
        self._places = [place for place in (folder.root, folder.usual, picked) if place]
        for number, place in enumerate(self._places):
            shutil.copytree(place, kept / str(number))

    def begin_again(self) -> None:
        """Put everything back to how it was before."""
        for number, place in enumerate(self._places):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(self._kept / str(number), place)

    def in_use(self) -> DataFolder:
        """The folder the next start would use, in which nothing is lost."""
        used = DataFolder.of_this_user()
        assert used.absence() is None
        assert self.before.items() <= contents(used.root).items()
        assert customers(used) == ["Contoso AB"]
        return used


@pytest.fixture(params=["away", "back"])
def way(request: pytest.FixtureRequest, folder: DataFolder, picked: Path, tmp_path: Path) -> Way:
    if request.param == "away":
        return Way(folder, picked, tmp_path / "kept")
    return Way(moved_to(folder, picked), folder.root, tmp_path / "kept")


@contextmanager
def stopped(at: int, stop: Callable[[], None]) -> Iterator[list[str]]:
    """Before the `at`-th of all these calls of `os`, stop; what was called."""
    called: list[str] = []

    def counted(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def acted(*given: Any, **named: Any) -> Any:
            called.append(name)
            if len(called) == at:
                stop()
            return act(*given, **named)

        return acted

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, counted(name, getattr(os, name)))
        yield called


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_at_any_moment_nothing_is_lost(way: Way) -> None:
    used: list[Path] = []
    ended = -1
    while ended != 0:
        way.begin_again()
        child = os.fork()
        if child == 0:
            with stopped(len(used) + 1, lambda: os._exit(9)):
                move(way.folder, way.target)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        used.append(way.in_use().root)

    assert len(used) > 20
    # The old one up to one moment, the new one from then on.
    assert list(dict.fromkeys(used)) == [way.folder.root, way.target]
    assert used == sorted(used, key=lambda root: root == way.target)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_what_a_killed_one_began_is_no_hindrance(folder: DataFolder, picked: Path) -> None:
    target = destination(folder, picked)
    child = os.fork()
    if child == 0:
        with stopped(9, lambda: os._exit(9)):
            move(folder, target)
        os._exit(0)
    os.waitpid(child, 0)
    assert len(list(picked.iterdir())) == 1

    assert customers(moved_to(folder, picked)) == ["Contoso AB"]
    assert [path.name for path in picked.iterdir()] == ["NCA Wizard"]


def test_a_fault_at_any_moment_leaves_one_folder_whole_and_no_leftovers(way: Way) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    refused = 0
    for at in count(1):
        way.begin_again()
        with stopped(at, full) as called:
            try:
                now = move(way.folder, way.target).folder
            except CannotWrite:
                refused += 1
                now = way.folder
        assert way.in_use() == now
        if now == way.folder:
            assert destination(way.folder, way.picked) == way.target
            assert not list(way.picked.glob(".nca*"))
        if len(called) < at:
            break

    assert refused > 10


def test_a_backup_is_as_old_in_the_new_folder(folder: DataFolder, picked: Path) -> None:
    folder.backups.mkdir(exist_ok=True)
    kept = folder.backups / "history-schema-2.sqlite"
    kept.touch()
    os.utime(kept, (1_000_000_000, 1_000_000_000))

    moved = moved_to(folder, picked)

    assert (moved.backups / kept.name).stat().st_mtime == 1_000_000_000
