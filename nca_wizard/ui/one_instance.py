"""Who is first with a data folder, and where the first can be reached.

    place = meeting_place(folder.root)      None where nothing at all can be locked
    place.is_ours()                         True: this process is first, until it ends

The lock file alone decides: on Windows two servers can have the same name. It is not in the data
folder, which may be write-protected or on another computer, but where this person's processes on
this computer meet, in a folder nobody else can read or write. Where a system has no such folder
the data folder holds the lock after all: the first cannot be reached then, but the second knows
that it is one. Where that cannot be written either, two windows do each other no harm.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QDir, QLockFile

# What the address of a local socket holds on macOS is 103 bytes, on Linux 107.
_LONGEST_ADDRESS = 103


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """`address` is the name of the first one's server: a path, on Windows the name of a pipe.

    It is "" where nobody can be reached.
    """

    address: str
    _lock: QLockFile

    def is_ours(self) -> bool:
        """Whether this process is first. What a killed one left behind does not count."""
        return self._lock.isLocked() or self._lock.tryLock(0)

    def leave(self) -> None:
        """Let another one be first."""
        self._lock.unlock()


def meeting_place(data_folder: Path) -> MeetingPlace | None:
    """Where all processes of this person with this data folder meet."""
    name = _name_of(data_folder)
    for folder in _folders():
        address = _address(folder / f"{name}.socket")
        if len(os.fsencode(address)) <= _LONGEST_ADDRESS and _is_private(folder):
            lock = _lock_in(folder, name)
            if lock is not None:
                return MeetingPlace(address, lock)
    with suppress(OSError):
        data_folder.mkdir(parents=True, exist_ok=True)
    lock = _lock_in(data_folder, "nca-wizard")
    return MeetingPlace("", lock) if lock is not None else None


def _lock_in(folder: Path, name: str) -> QLockFile | None:
    """The lock, ours if nobody has it; None where there can be none."""
    lock = QLockFile(str(folder / f"{name}.lock"))
    # However long the window stays open: only the end of its process frees the lock.
    lock.setStaleLockTime(0)
    lock.tryLock(0)
    usable = (QLockFile.LockError.NoError, QLockFile.LockError.LockFailedError)
    return lock if lock.error() in usable else None


def _name_of(data_folder: Path) -> str:
    """The same however the folder is spelled, and short however long its path is."""
    return _short(os.path.normcase(data_folder.resolve()))


def _short(text: str) -> str:
    sha256 = QCryptographicHash.Algorithm.Sha256
    digest = QCryptographicHash.hash(os.fsencode(text), sha256)
    return bytes(digest.toHex().data()).decode()[:16]


def _address(socket: Path) -> str:
    if sys.platform == "win32":
        # Pipes are the whole computer's: the folder in the name tells people and sessions apart.
        return f"nca-wizard-{_short(str(socket))}"
    return str(socket)


def _folders() -> Iterator[Path]:
    """Where processes of one person may meet, the best first."""
    if sys.platform == "win32":
        # Each person has a folder for temporary files of their own.
        yield Path(QDir.tempPath()) / "nca-wizard"
    else:
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        if runtime.startswith("/"):
            yield Path(runtime) / "nca-wizard"
        for shared in (QDir.tempPath(), "/tmp"):  # noqa: S108  a folder in it is ours or not used
            yield Path(shared) / f"nca-wizard-{os.getuid()}"


def _is_private(folder: Path) -> bool:
    """Make the folder; whether nobody else can put anything into it."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if sys.platform == "win32":
            return True
        # Not followed: in a shared folder somebody else may have put a link under our name.
        status = folder.lstat()
    except OSError:
        return False
    return folder.is_dir() and status.st_uid == os.getuid() and not status.st_mode & 0o077
