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
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from nca_wizard import __version__
from nca_wizard.errors import CannotWrite, KnownFault, reason
from nca_wizard.history.schema import MIGRATIONS

Migrations = Sequence[Sequence[str]]

APPLICATION_ID = 0x4E434157
"""In the header of every history ("NCAW"), so that another program's database is told apart."""

BACKUPS = "backups"
_SECONDS_TO_WAIT = 3.0
_ROOM_TO_OPEN = 64 * 1024
_YOURS_STAY = "Your answers stay in this window."


class DamagedHistory(KnownFault):
    """The file is there and is no history that can be read. It is left as it is."""


class Database:
    """An open history file. `notice` says why it is `read_only`."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, *, notice: str = "", newer: bool = False
    ) -> None:
        self.path = path
        self.notice = notice
        self._connection = connection
        self._newer = newer

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
            connection = _connect(":memory:")
            _migrate(connection, migrations, made_by)
            return cls(path, connection, notice=_cannot_be_read(path, fault))

    @classmethod
    def _opened(cls, path: Path, migrations: Migrations, made_by: str) -> "Database":
        try:
            version = _stored_version(path)
            if version > len(migrations):
                connection = _untouched(path)
                notice = _made_by_newer(connection, made_by)
                return cls(path, connection, notice=notice, newer=True)
            try:
                return cls(path, _to_write(path, migrations, made_by))
            except CannotWrite as fault:
                connection = _not_saving(path, version, migrations, made_by)
                return cls(path, connection, notice=fault.sentence)
        except sqlite3.DatabaseError as fault:
            if _code(fault) in _DAMAGE:
                raise _damaged(path) from fault
            raise

    @property
    def read_only(self) -> bool:
        return bool(self.notice)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on the disk when the block ends, undone when anything is raised.

        Raises CannotWrite, DamagedHistory.
        """
        if self.read_only:
            raise CannotWrite(self.notice)
        try:
            with _transaction(self._connection):
                yield self._connection
        except sqlite3.Error as fault:
            raise _writing_fault(self.path, fault) from fault

    def read(self, statement: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a SELECT. Raises DamagedHistory, KnownFault."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as fault:
            if self._newer and _code(fault) == sqlite3.SQLITE_ERROR:
                raise self.unreadable("It") from fault
            raise _reading_fault(self.path, fault) from fault

    def unreadable(self, what: str) -> KnownFault:
        """The fault to raise where `what` is stored in a form this program does not know."""
        if self._newer:
            return KnownFault(f"{what} cannot be shown here. {self.notice}")
        return DamagedHistory(
            f"{what} is damaged in the history {self.path}; it was left as it is."
        )


# --- Opening --------------------------------------------------------------------------------


def _connect(place: str, *, uri: bool = False) -> sqlite3.Connection:
    # Transactions are begun and ended by us alone.
    connection = sqlite3.connect(place, uri=uri, isolation_level=None, timeout=_SECONDS_TO_WAIT)
    connection.row_factory = sqlite3.Row
    return connection


def _stored_version(path: Path) -> int:
    """The schema version of the file, 0 when there is none; refuses what is not ours."""
    if not path.is_file() or path.stat().st_size == 0:
        return 0
    with closing(_untouched(path)) as connection:
        version = _schema_version(connection)
        is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        if is_empty and version == 0:
            return 0
        if _pragma(connection, "application_id") != APPLICATION_ID or version == 0:
            raise DamagedHistory(f"{path} is not a history of NCA Wizard; it was left as it is.")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise _damaged(path)
    return version


def _untouched(path: Path) -> sqlite3.Connection:
    """Open an existing file without changing it or anything beside it."""
    if not _has_log(path):
        return _connect(_address(path, "mode=ro&immutable=1"), uri=True)
    # After a crash the last rows stand only in the log, which `immutable` would not read.
    connection = _connect(_address(path, "mode=ro"), uri=True)
    try:
        _schema_version(connection)
    except sqlite3.OperationalError:
        # Reading the log needs a folder that can be written.
        connection.close()
        return _copy_in_memory(path)
    return connection


def _has_log(path: Path) -> bool:
    log = _log_of(path)
    return log.is_file() and log.stat().st_size > 0


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _address(path: Path, options: str) -> str:
    # With an empty host in front, drive letters and network shares are read as paths too.
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place))}?{options}"


def _copy_in_memory(path: Path) -> sqlite3.Connection:
    """A copy of the file and its log, for where neither can be opened in place."""
    memory = _connect(":memory:")
    with TemporaryDirectory(prefix="nca-wizard-") as folder:
        copy = Path(folder, path.name)
        shutil.copyfile(path, copy)
        if _has_log(path):
            shutil.copyfile(_log_of(path), _log_of(copy))
        with closing(_connect(str(copy))) as source:
            # A database in memory cannot have a log.
            source.execute("PRAGMA journal_mode = DELETE")
            source.backup(memory)
    return memory


def _to_write(path: Path, migrations: Migrations, made_by: str) -> sqlite3.Connection:
    """Raises CannotWrite when the file, its folder or its disk does not let us."""
    try:
        # What customers say is nobody else's business on a shared computer.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotWrite(
            f"Not saved: {path.parent} cannot be made ({reason(fault)}). {_YOURS_STAY}"
        ) from fault
    # Asked first, because the attempt would leave an empty log beside the file.
    if path.exists() and not os.access(path, os.W_OK):
        raise CannotWrite(_cannot_be_written(path))
    try:
        connection = _connect(str(path))
    except sqlite3.Error as fault:
        raise _writing_fault(path, fault) from fault
    try:
        _set_up(connection)
        _make_sure_it_can_be_written(connection)
        if 0 < _schema_version(connection) < len(migrations):
            _keep_a_copy(connection, path)
        _migrate(connection, migrations, made_by)
    except sqlite3.Error as fault:
        connection.close()
        raise _writing_fault(path, fault) from fault
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
        if _code(fault) == sqlite3.SQLITE_BUSY:
            return
        raise
    try:
        connection.execute(f"PRAGMA user_version = {_schema_version(connection)}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _not_saving(
    path: Path, version: int, migrations: Migrations, made_by: str
) -> sqlite3.Connection:
    if version == len(migrations):
        return _untouched(path)
    # Older, or not there: what can be shown of it is shown from memory.
    connection = _copy_in_memory(path) if version else _connect(":memory:")
    _migrate(connection, migrations, made_by)
    return connection


def _made_by_newer(connection: sqlite3.Connection, ours: str) -> str:
    theirs = "a newer version"
    with suppress(sqlite3.Error):
        row = connection.execute(
            "SELECT made_by FROM schema_versions ORDER BY version DESC LIMIT 1"
        ).fetchone()
        if row is not None:
            theirs = f"version {row['made_by']}"
    return f"This history was made by {theirs}. You have {ours}. It was opened read-only."


# --- Bringing up to date --------------------------------------------------------------------


def _migrate(connection: sqlite3.Connection, migrations: Migrations, made_by: str) -> None:
    # A table that is made anew would lose its references; they are checked at the end instead.
    connection.execute("PRAGMA foreign_keys = OFF")
    while _schema_version(connection) < len(migrations):
        with _transaction(connection):
            # Read again: another program may have been faster.
            version = _schema_version(connection)
            if version < len(migrations):
                _step(connection, migrations[version], version + 1, made_by)
    connection.execute("PRAGMA foreign_keys = ON")


def _step(
    connection: sqlite3.Connection, statements: Sequence[str], version: int, made_by: str
) -> None:
    for statement in statements:
        connection.execute(statement)
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise sqlite3.IntegrityError(f"schema version {version} leaves a reference to nothing")
    connection.execute("INSERT INTO schema_versions VALUES (?, ?)", (version, made_by))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


def _keep_a_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the file to backups/ and make sure the copy is whole. Raises CannotWrite."""
    version = _schema_version(connection)
    folder = path.parent / BACKUPS
    unfinished = folder / f"{path.stem}-schema-{version}.unfinished"
    try:
        folder.mkdir(exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with closing(_connect(str(unfinished))) as copy:
            connection.backup(copy)
            # One file without a log beside it can be kept and opened anywhere.
            copy.execute("PRAGMA journal_mode = DELETE")
            if _contents(copy) != _contents(connection):
                raise CannotWrite(
                    f"Not saved: the history has to be brought up to date, but its copy in "
                    f"{folder} differs from it. {_YOURS_STAY}"
                )
        unfinished.rename(_free_name(folder, f"{path.stem}-schema-{version}", path.suffix))
    except (sqlite3.Error, OSError) as fault:
        why = reason(fault) if isinstance(fault, OSError) else str(fault)
        raise CannotWrite(
            f"Not saved: the history has to be brought up to date, but no copy of it could be "
            f"kept in {folder} ({why}). {_YOURS_STAY}"
        ) from fault


def _contents(connection: sqlite3.Connection) -> dict[str, object]:
    """What must be equal in a copy: soundness, version, and how many rows each table has."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    contents: dict[str, object] = {
        "version": _schema_version(connection),
        "sound": connection.execute("PRAGMA integrity_check(1)").fetchone()[0],
    }
    for table in tables:
        count = f'SELECT count(*) FROM "{table["name"]}"'  # noqa: S608  our own tables
        contents[f"rows of {table['name']}"] = connection.execute(count).fetchone()[0]
    return contents


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    name = folder / f"{stem}{suffix}"
    number = 1
    while name.exists():
        number += 1
        name = folder / f"{stem}-{number}{suffix}"
    return name


# --- Statements and their faults ------------------------------------------------------------


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After a full disk SQLite has already gone back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _schema_version(connection: sqlite3.Connection) -> int:
    return _pragma(connection, "user_version")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _code(fault: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the fault is not SQLite's."""
    code: int = getattr(fault, "sqlite_errorcode", 0)
    return code & 0xFF


def _damaged(path: Path) -> DamagedHistory:
    return DamagedHistory(f"The history in {path} is damaged; it was left as it is.")


def _cannot_be_read(path: Path, fault: sqlite3.Error | OSError) -> str:
    """The notice over a history in memory; raises `fault` again where it is ours."""
    if isinstance(fault, sqlite3.Error) and _code(fault) not in _NOT_OUR_FAULT:
        raise fault
    why = reason(fault) if isinstance(fault, OSError) else str(fault)
    return f"Not saved: the history in {path} cannot be read ({why}). {_YOURS_STAY}"


def _reading_fault(path: Path, fault: sqlite3.Error) -> Exception:
    code = _code(fault)
    if code in _DAMAGE:
        return _damaged(path)
    if code in _NOT_OUR_FAULT:
        return KnownFault(f"The history in {path} cannot be read: {fault}.")
    return fault


def _writing_fault(path: Path, fault: sqlite3.Error) -> Exception:
    """What to raise instead of `fault`; itself where the fault is ours."""
    code = _code(fault)
    if code in _DAMAGE:
        return _damaged(path)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _disk_is_full(path)):
        return CannotWrite(f"Not saved: the disk is full. {_YOURS_STAY}")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return CannotWrite(
            f"Not saved: another program is writing to the history. {_YOURS_STAY} Try again."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return CannotWrite(_cannot_be_written(path))
    if code in _NOT_OUR_FAULT:
        return CannotWrite(f"Not saved: {path} cannot be written ({fault}). {_YOURS_STAY}")
    return fault


def _disk_is_full(path: Path) -> bool:
    """SQLite says only "I/O error" when there is no room for the index of its log."""
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _ROOM_TO_OPEN
    return False


def _cannot_be_written(path: Path) -> str:
    return f"Not saved: {path} cannot be written. {_YOURS_STAY}"


_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NOT_OUR_FAULT = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_AUTH,
    }
)
