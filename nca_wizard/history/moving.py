"""Moves the whole data folder elsewhere, so that a kill at any moment loses nothing.

    target = destination(folder, picked)        or CannotWrite with why not there
    moved = move(folder, target)                the history is closed, nobody else writes

Everything is copied beside its new place, reaches the disk, is compared and put into its place.
Then one small file in the usual folder is replaced, and with it the new folder is the one in use;
only after that is anything deleted. Moving back removes that file instead.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from nca_wizard.errors import CannotWrite, reason
from nca_wizard.files import free_name, write_whole
from nca_wizard.history.connecting import code, connect, why
from nca_wizard.paths import APP_NAME, MOVED_TO, DataFolder
from nca_wizard.sentences import Sentence

_UNFINISHED = ".nca-wizard-moving"
_SPARE = 10_000_000
"""Bytes that are to be left where everything goes."""
_MEGABYTE = 1_000_000
_INSIDE = DataFolder(Path())
"""What is in a data folder, seen from there."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The folder in use from now on, and what could not be deleted from the old one."""

    folder: DataFolder
    left: tuple[Path, ...]


def destination(folder: DataFolder, picked: Path) -> Path:
    """Where everything would be: in a folder of its own in `picked`, or where it usually is.

    Raises CannotWrite with why it cannot go there.
    """
    here, there = folder.root.resolve(), picked.resolve()
    usual = folder.usual.resolve() if folder.usual is not None else None
    target = folder.usual if usual in (there, there / APP_NAME) else picked / APP_NAME
    if target is None:
        raise AssertionError("a folder that was named for one start is not moved")
    if here in (there, target.resolve()):
        raise CannotWrite(Sentence("Your data is in %(folder)s already.", folder=folder.root))
    if here in there.parents:
        raise CannotWrite(
            Sentence("%(folder)s is inside your data folder. Choose another one.", folder=picked)
        )
    for place in (picked, target):
        if DataFolder(place).history.exists():
            raise CannotWrite(
                Sentence(
                    "There is a history in %(folder)s already, and it is not replaced. "
                    "Choose another folder.",
                    folder=place,
                )
            )
    try:
        _check_it_is_free(target)
        with tempfile.TemporaryFile(dir=target if target.is_dir() else picked):
            pass
        _check_there_is_room(folder.root, picked)
    except OSError as fault:
        raise CannotWrite(
            Sentence("%(folder)s cannot be written: %(why)s.", folder=picked, why=reason(fault))
        ) from fault
    return target


def _check_it_is_free(target: Path) -> None:
    # In the usual folder may be reports of when the present one was not there.
    if any(file.parts[0] != str(_INSIDE.log) for file in _files(target)):
        raise CannotWrite(
            Sentence("%(folder)s is not empty. Choose another folder.", folder=target)
        )


def _check_there_is_room(root: Path, picked: Path) -> None:
    needed = sum((root / file).stat().st_size for file in _files(root)) + _SPARE
    free = shutil.disk_usage(picked).free
    if free < needed:
        raise CannotWrite(
            Sentence(
                "There is no room in %(folder)s: %(needed)s MB are needed, %(free)s MB are free.",
                folder=picked,
                needed=needed // _MEGABYTE + 1,
                free=free // _MEGABYTE,
            )
        )


def move(folder: DataFolder, target: Path) -> Moved:
    """Move everything to `target`, which `destination` gave.

    Raises CannotWrite; then the old folder is whole and in use, and nothing is left behind.
    """
    placed: list[Path] = []
    unfinished = (target if target.is_dir() else target.parent) / _UNFINISHED
    try:
        _make_sure_nobody_else_has_it_open(folder.history)
        _remove(unfinished)
        files = _files(folder.root)
        for file in files:
            _copy(folder.root / file, unfinished / file)
        _compare(folder.root, unfinished, files)
        _put_in_place(unfinished, target, files, placed)
        _point_to(folder, target)
    except (OSError, sqlite3.Error, CannotWrite) as fault:
        for path in placed:
            _remove(path)
        _remove(unfinished)
        if isinstance(fault, CannotWrite):
            raise
        raise CannotWrite(Sentence("Nothing was moved: %(why)s.", why=why(fault))) from fault
    return Moved(DataFolder(target, folder.usual), _deleted_but(folder.root, files))


def _files(root: Path) -> list[Path]:
    """Every file below `root`, from there; none where there is no such folder."""

    def refuse(fault: OSError) -> None:
        if not isinstance(fault, FileNotFoundError):
            raise fault

    found = [
        Path(folder, name).relative_to(root)
        for folder, _, names in os.walk(root, onerror=refuse)
        for name in names
    ]
    return sorted(file for file in found if file.parts[0] not in (MOVED_TO, _UNFINISHED))


def _make_sure_nobody_else_has_it_open(history: Path) -> None:
    if not history.is_file():
        raise CannotWrite(Sentence("Nothing was moved: %(path)s is not there.", path=history))
    try:
        with closing(connect(str(history))) as opened:
            # Only whoever is alone can do without a log, and the log need not be moved.
            opened.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as fault:
        if code(fault) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        raise CannotWrite(
            Sentence(
                "Nothing was moved: another window has the history open. Close it and try again."
            )
        ) from fault


def _copy(source: Path, to: Path) -> None:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source.open("rb") as read, to.open("xb") as written:
        shutil.copyfileobj(read, written, _MEGABYTE)
        written.flush()
        os.fsync(written.fileno())
    # Backups and kept histories are told apart by their times.
    shutil.copystat(source, to)


def _compare(root: Path, copied: Path, files: Sequence[Path]) -> None:
    for file in files:
        if _digest(root / file) != _digest(copied / file):
            raise CannotWrite(
                Sentence("Nothing was moved: the copy of %(path)s differs.", path=root / file)
            )


def _digest(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _put_in_place(
    unfinished: Path, target: Path, files: Sequence[Path], placed: list[Path]
) -> None:
    """Under its name all at once, or file by file where there is a folder already."""
    for folder, _, _ in os.walk(unfinished):
        _sync(Path(folder))
    if not target.is_dir():
        unfinished.rename(target)
        placed.append(target)
        _sync(target.parent)
        return
    # The history last: a folder without one is not taken for one that is in use.
    for file in sorted(files, key=lambda file: file == _INSIDE.history):
        to = target / file
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        to = free_name(to) if to.exists() else to
        (unfinished / file).rename(to)
        placed.append(to)
        _sync(to.parent)
    _remove(unfinished)


def _point_to(folder: DataFolder, target: Path) -> None:
    """From here on the new folder is the one in use."""
    if folder.usual is None:
        raise AssertionError("a folder that was named for one start is not moved")
    pointer = folder.usual / MOVED_TO
    if target == folder.usual:
        pointer.unlink()
    else:
        # Escaped, as names that are no text can be too.
        write_whole(pointer, json.dumps({"folder": str(target)}).encode(), make_folder=True)
    _sync(folder.usual)


def _deleted_but(root: Path, files: Sequence[Path]) -> tuple[Path, ...]:
    """Delete these and the folders they were in; what is left of them."""
    # The history first: what is left is then not taken for one.
    for file in sorted(files, key=lambda file: file != _INSIDE.history):
        with suppress(OSError):
            (root / file).unlink()
    for folder, _, _ in os.walk(root, topdown=False):
        with suppress(OSError):
            Path(folder).rmdir()
    return tuple(root / file for file in files if (root / file).exists())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have the names in `folder` reach the disk, where the system knows such a thing."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
