"""How a history file is reached: connections, whole transactions, and what its header says."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from nca_wizard.errors import reason
from nca_wizard.sentences import Sentence
from nca_wizard.texts import N_

APPLICATION_ID = 0x4E434157
"""In the header of every history ("NCAW"), so that another program's database is told apart."""

SECONDS_TO_WAIT = 3.0

DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
NOT_OUR_FAULT = frozenset(
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


_REASONS = {
    sqlite3.SQLITE_PERM: N_("permission denied"),
    sqlite3.SQLITE_BUSY: N_("another program is using it"),
    sqlite3.SQLITE_LOCKED: N_("another program is using it"),
    sqlite3.SQLITE_READONLY: N_("it is write-protected"),
    sqlite3.SQLITE_IOERR: N_("the disk reports a fault"),
    sqlite3.SQLITE_FULL: N_("the disk is full"),
    sqlite3.SQLITE_CANTOPEN: N_("it cannot be opened"),
}


def why(fault: sqlite3.Error | OSError) -> Sentence | str:
    """What went wrong, to follow a colon."""
    if isinstance(fault, OSError):
        return reason(fault)
    known = _REASONS.get(code(fault))
    return Sentence(known) if known else str(fault)


def connect(place: str, *, uri: bool = False, any_thread: bool = False) -> sqlite3.Connection:
    """Open `place`. With `any_thread` it may be used by another thread, one at a time."""
    # Transactions are begun and ended by us alone.
    connection = sqlite3.connect(
        place,
        uri=uri,
        isolation_level=None,
        timeout=SECONDS_TO_WAIT,
        check_same_thread=not any_thread,
    )
    connection.row_factory = sqlite3.Row
    return connection


def address(path: Path, options: str) -> str:
    """`path` as SQLite reads it with options."""
    # With an empty host in front, drive letters and network shares are read as paths too.
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place))}?{options}"


def untouched(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """Open an existing file without changing it or anything beside it."""
    if not has_log(path):
        place = address(path, "mode=ro&immutable=1")
        return connect(place, uri=True, any_thread=any_thread)
    # After a crash the last rows stand only in the log, which `immutable` would not read.
    connection = connect(address(path, "mode=ro"), uri=True, any_thread=any_thread)
    try:
        schema_version(connection)
    except sqlite3.OperationalError:
        # Reading the log needs a folder that can be written.
        connection.close()
        return copy_in_memory(path, any_thread=any_thread)
    return connection


def has_log(path: Path) -> bool:
    """Whether rows may stand in the write-ahead log alone."""
    log = log_of(path)
    return log.is_file() and log.stat().st_size > 0


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def copy_in_memory(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A copy of the file and its log, for where neither can be opened in place."""
    memory = connect(":memory:", any_thread=any_thread)
    with TemporaryDirectory(prefix="nca-wizard-") as folder:
        copy = Path(folder, path.name)
        shutil.copyfile(path, copy)
        if has_log(path):
            shutil.copyfile(log_of(path), log_of(copy))
        with closing(connect(str(copy))) as source:
            # A database in memory cannot have a log.
            source.execute("PRAGMA journal_mode = DELETE")
            source.backup(memory)
    return memory


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """On the disk when the block ends, undone when anything is raised."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After a full disk SQLite has already gone back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def schema_version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has seen; 0 for an empty one."""
    return pragma(connection, "user_version")


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """A setting of the connection or the file that is a number."""
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def code(fault: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the fault is not SQLite's."""
    value: int = getattr(fault, "sqlite_errorcode", 0)
    return value & 0xFF


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether every page of the file is whole; reads all of it."""
    row = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return bool(row[0] == "ok")


def contents(connection: sqlite3.Connection) -> dict[str, int]:
    """What must be equal in a copy: the version, and how many rows each table has."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    found = {"version": schema_version(connection)}
    for table in tables:
        count = f'SELECT count(*) FROM "{table["name"]}"'  # noqa: S608  our own tables
        found[f"rows of {table['name']}"] = connection.execute(count).fetchone()[0]
    return found
