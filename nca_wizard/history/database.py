"""Opens the history file, brings it up to date, and writes to it whole transactions at a time.

There are three ways to open it:

    to write      as usual; an older schema is copied to backups/ and brought up to date
    untouched     a newer program made it: read as it is, not one byte changed
    not saving    it, its folder or its disk cannot be written: read as it is, or from memory;
                  where it cannot even be read, an empty one in memory
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from nca_wizard import __version__
from nca_wizard.errors import CannotWrite, KnownFault, reason
from nca_wizard.history.connecting import (
    APPLICATION_ID,
    DAMAGE,
    NOT_OUR_FAULT,
    address,
    code,
    connect,
    copy_in_memory,
    pragma,
    schema_version,
    transaction,
    untouched,
    why,
)
from nca_wizard.history.migrating import Migrations, keep_a_copy, migrate
from nca_wizard.history.schema import MIGRATIONS
from nca_wizard.history.values import Backup
from nca_wizard.sentences import Sentence

_ROOM_TO_OPEN = 64 * 1024
_CHECKED_WHEN_OPENED = 32 * 1024 * 1024
"""Bytes, some thousands of cases. A larger file would keep the window waiting; it is read through
with each backup instead."""


class DamagedHistory(KnownFault):
    """The file is there and is no history that can be read. It is left as it is.

    `backup` is the last good one, where the history could not even be opened.
    """

    def __init__(self, sentence: Sentence, backup: Backup | None = None) -> None:
        super().__init__(sentence)
        self.backup = backup


class Database:
    """An open history file. `notice` says why it is `read_only`."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        notice: Sentence | None = None,
        newer: bool = False,
    ) -> None:
        self.path = path
        self.notice = notice
        self._connection = connection
        self._newer = newer
        self._file = _file_at(path)

    @classmethod
    def open(
        cls, path: Path, migrations: Migrations = MIGRATIONS, made_by: str = __version__
    ) -> "Database":
        """Open `path` or make it. `made_by` is the version of this program.

        Raises DamagedHistory.
        """
        path = path.absolute()
        try:
            return cls._opened(path, migrations, made_by)
        except (sqlite3.Error, OSError) as fault:
            connection = connect(":memory:")
            migrate(connection, migrations, made_by)
            return cls(path, connection, notice=_cannot_be_read(path, fault))

    @classmethod
    def _opened(cls, path: Path, migrations: Migrations, made_by: str) -> "Database":
        try:
            version = _stored_version(path)
            if version > len(migrations):
                connection = untouched(path)
                notice = _made_by_newer(connection, made_by)
                return cls(path, connection, notice=notice, newer=True)
            try:
                return cls(path, _to_write(path, migrations, made_by))
            except CannotWrite as fault:
                connection = _not_saving(path, version, migrations, made_by)
                return cls(path, connection, notice=fault.sentence)
        except sqlite3.DatabaseError as fault:
            if code(fault) in DAMAGE:
                raise damaged(path) from fault
            raise

    @property
    def read_only(self) -> bool:
        return self.notice is not None

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on the disk when the block ends, undone when anything is raised.

        Raises CannotWrite, DamagedHistory.
        """
        self.check_it_can_be_written()
        try:
            with transaction(self._connection):
                yield self._connection
        except sqlite3.Error as fault:
            raise writing_fault(self.path, fault) from fault

    def check_it_can_be_written(self) -> None:
        """Raises CannotWrite where every attempt to save must fail."""
        if self.notice is not None:
            raise CannotWrite(self.notice)
        # SQLite would go on writing into a file that nobody finds any more.
        if _file_at(self.path) != self._file:
            raise CannotWrite(
                Sentence(
                    "Not saved: the history that was opened is no longer at %(path)s; it was "
                    "moved, replaced or taken away. Your answers stay in this window. "
                    "Put it back, or start again.",
                    path=self.path,
                )
            )

    def read(self, statement: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a SELECT. Raises DamagedHistory, KnownFault."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as fault:
            raise self.reading_fault(fault) from fault

    def reading_fault(self, fault: sqlite3.Error) -> Exception:
        """What to raise instead of `fault`; itself where the fault is ours."""
        if self._newer and code(fault) == sqlite3.SQLITE_ERROR:
            return self.unreadable(Sentence("This part of the history"))
        return _reading_fault(self.path, fault)

    def reader(self) -> sqlite3.Connection:
        """A second connection that only reads, for another thread, one thread at a time.

        Raises DamagedHistory, KnownFault.
        """
        [place] = [row["file"] for row in self.read("PRAGMA database_list") if row["seq"] == 0]
        try:
            if not place:
                memory = connect(":memory:", any_thread=True)
                self._connection.backup(memory)
                return memory
            if self.read_only:
                return untouched(self.path, any_thread=True)
            return connect(address(self.path, "mode=ro"), uri=True, any_thread=True)
        except sqlite3.Error as fault:
            raise self.reading_fault(fault) from fault

    def compact(self) -> None:
        """Write the file anew without what was deleted, and empty its log.

        Raises CannotWrite, DamagedHistory.
        """
        self.check_it_can_be_written()
        try:
            self._connection.execute("VACUUM")
            [busy, *_] = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as fault:
            raise writing_fault(self.path, fault) from fault
        if busy:
            raise CannotWrite(
                Sentence(
                    "What was deleted is not yet gone from the disk: another window has the "
                    "history open. Close it and try again."
                )
            )

    def unreadable(self, what: Sentence) -> KnownFault:
        """The fault to raise where `what` is stored in a form this program does not know."""
        if self._newer and self.notice is not None:
            return KnownFault(
                Sentence("%(what)s cannot be shown here. %(why)s", what=what, why=self.notice)
            )
        return DamagedHistory(
            Sentence(
                "%(what)s is damaged in the history %(path)s; it was left as it is.",
                what=what,
                path=self.path,
            )
        )


# --- Opening --------------------------------------------------------------------------------


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file stands at `path`, None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _stored_version(path: Path) -> int:
    """The schema version of the file, 0 when there is none; refuses what is not ours."""
    if not path.is_file() or path.stat().st_size == 0:
        return 0
    with closing(untouched(path)) as connection:
        version = schema_version(connection)
        is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        if is_empty and version == 0:
            return 0
        if pragma(connection, "application_id") != APPLICATION_ID or version == 0:
            raise DamagedHistory(
                Sentence(
                    "%(path)s is not a history of NCA Wizard; it was left as it is.", path=path
                )
            )
        to_check = path.stat().st_size <= _CHECKED_WHEN_OPENED
        if to_check and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise damaged(path)
    return version


def _to_write(path: Path, migrations: Migrations, made_by: str) -> sqlite3.Connection:
    """Raises CannotWrite when the file, its folder or its disk does not let us."""
    try:
        # What customers say is nobody else's business on a shared computer.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotWrite(
            Sentence(
                "Not saved: %(folder)s cannot be made (%(why)s). Your answers stay in this window.",
                folder=path.parent,
                why=reason(fault),
            )
        ) from fault
    # Asked first, because the attempt would leave an empty log beside the file.
    if path.exists() and not os.access(path, os.W_OK):
        raise CannotWrite(_cannot_be_written(path))
    try:
        connection = connect(str(path))
    except sqlite3.Error as fault:
        raise writing_fault(path, fault) from fault
    try:
        _set_up(connection)
        _make_sure_it_can_be_written(connection)
        if 0 < schema_version(connection) < len(migrations):
            keep_a_copy(connection, path)
        migrate(connection, migrations, made_by)
    except sqlite3.Error as fault:
        connection.close()
        raise writing_fault(path, fault) from fault
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    # FULL: an answer is on the disk, not only with the operating system, before the next page.
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _make_sure_it_can_be_written(connection: sqlite3.Connection) -> None:
    """SQLite opens what is write-protected without a word; only a change tells."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as fault:
        # Somebody else is writing, so it can be written.
        if code(fault) == sqlite3.SQLITE_BUSY:
            return
        raise
    try:
        connection.execute(f"PRAGMA user_version = {schema_version(connection)}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _not_saving(
    path: Path, version: int, migrations: Migrations, made_by: str
) -> sqlite3.Connection:
    if version == len(migrations):
        return untouched(path)
    # Older, or not there: what can be shown of it is shown from memory.
    connection = copy_in_memory(path) if version else connect(":memory:")
    migrate(connection, migrations, made_by)
    return connection


def _made_by_newer(connection: sqlite3.Connection, ours: str) -> Sentence:
    with suppress(sqlite3.Error):
        row = connection.execute(
            "SELECT made_by FROM schema_versions ORDER BY version DESC LIMIT 1"
        ).fetchone()
        if row is not None:
            return Sentence(
                "This history was made by version %(theirs)s. You have %(ours)s. "
                "It was opened read-only.",
                theirs=row["made_by"],
                ours=ours,
            )
    return Sentence(
        "This history was made by a newer version. You have %(ours)s. It was opened read-only.",
        ours=ours,
    )


# --- Faults ---------------------------------------------------------------------------------


def damaged(path: Path) -> DamagedHistory:
    return DamagedHistory(
        Sentence("The history in %(path)s is damaged; it was left as it is.", path=path)
    )


def _cannot_be_read(path: Path, fault: sqlite3.Error | OSError) -> Sentence:
    """The notice over a history in memory; raises `fault` again where it is ours."""
    if isinstance(fault, sqlite3.Error) and code(fault) not in NOT_OUR_FAULT:
        raise fault
    return Sentence(
        "Not saved: the history in %(path)s cannot be read (%(why)s). "
        "Your answers stay in this window.",
        path=path,
        why=why(fault),
    )


def _reading_fault(path: Path, fault: sqlite3.Error) -> Exception:
    kind = code(fault)
    if kind in DAMAGE:
        return damaged(path)
    if kind in NOT_OUR_FAULT:
        return KnownFault(
            Sentence("The history in %(path)s cannot be read: %(why)s.", path=path, why=why(fault))
        )
    return fault


def writing_fault(path: Path, fault: sqlite3.Error) -> Exception:
    """What to raise instead of `fault`; itself where the fault is ours."""
    kind = code(fault)
    if kind in DAMAGE:
        return damaged(path)
    if kind == sqlite3.SQLITE_FULL or (kind == sqlite3.SQLITE_IOERR and _disk_is_full(path)):
        return CannotWrite(
            Sentence("Not saved: the disk is full. Your answers stay in this window.")
        )
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return CannotWrite(
            Sentence(
                "Not saved: another program is writing to the history. "
                "Your answers stay in this window. Try again."
            )
        )
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return CannotWrite(_cannot_be_written(path))
    if kind in NOT_OUR_FAULT:
        return CannotWrite(
            Sentence(
                "Not saved: %(path)s cannot be written (%(why)s). "
                "Your answers stay in this window.",
                path=path,
                why=why(fault),
            )
        )
    return fault


def _disk_is_full(path: Path) -> bool:
    """SQLite says only "I/O error" when there is no room for the index of its log."""
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _ROOM_TO_OPEN
    return False


def _cannot_be_written(path: Path) -> Sentence:
    return Sentence(
        "Not saved: %(path)s cannot be written. Your answers stay in this window.", path=path
    )
