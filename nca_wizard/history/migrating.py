"""Brings an older history up to date, after a copy of it was kept."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from nca_wizard.errors import CannotWrite
from nca_wizard.history.connecting import (
    APPLICATION_ID,
    connect,
    contents,
    is_sound,
    schema_version,
    transaction,
    why,
)
from nca_wizard.sentences import Sentence

Step = str | Callable[[sqlite3.Connection], None]
"""A statement, or what no statement can do."""
Migrations = Sequence[Sequence[Step]]

BACKUPS = "backups"


def migrate(connection: sqlite3.Connection, migrations: Migrations, made_by: str) -> None:
    """Take every step that is missing, each in a transaction of its own."""
    # A table that is made anew would lose its references; they are checked at the end instead.
    connection.execute("PRAGMA foreign_keys = OFF")
    while schema_version(connection) < len(migrations):
        with transaction(connection):
            # Read again: another program may have been faster.
            version = schema_version(connection)
            if version < len(migrations):
                _step(connection, migrations[version], version + 1, made_by)
    connection.execute("PRAGMA foreign_keys = ON")


def _step(
    connection: sqlite3.Connection, steps: Sequence[Step], version: int, made_by: str
) -> None:
    for step in steps:
        if isinstance(step, str):
            connection.execute(step)
        else:
            step(connection)
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise sqlite3.IntegrityError(f"schema version {version} leaves a reference to nothing")
    connection.execute("INSERT INTO schema_versions VALUES (?, ?)", (version, made_by))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


def keep_a_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the file to backups/ and make sure the copy is whole. Raises CannotWrite."""
    version = schema_version(connection)
    folder = path.parent / BACKUPS
    unfinished = folder / f"{path.stem}-schema-{version}.unfinished"
    try:
        folder.mkdir(exist_ok=True)
        if not copied_whole(connection, unfinished):
            raise CannotWrite(
                Sentence(
                    "Not saved: the history has to be brought up to date, but its copy in "
                    "%(folder)s differs from it. Your answers stay in this window.",
                    folder=folder,
                )
            )
        unfinished.rename(free_name(folder, f"{path.stem}-schema-{version}", path.suffix))
    except (sqlite3.Error, OSError) as fault:
        raise CannotWrite(
            Sentence(
                "Not saved: the history has to be brought up to date, but no copy of it could be "
                "kept in %(folder)s (%(why)s). Your answers stay in this window.",
                folder=folder,
                why=why(fault),
            )
        ) from fault


def copied_whole(source: sqlite3.Connection, place: Path) -> bool:
    """Copy a history to `place`, in the place of what is there; whether it is whole and equal."""
    place.unlink(missing_ok=True)
    with closing(connect(str(place))) as copy:
        source.backup(copy)
        # One file without a log beside it can be kept and opened anywhere.
        copy.execute("PRAGMA journal_mode = DELETE")
        return is_sound(copy) and contents(copy) == contents(source)


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A name nothing has yet: `stem`, else `stem-2` and so on."""
    name = folder / f"{stem}{suffix}"
    number = 1
    while name.exists():
        number += 1
        name = folder / f"{stem}-{number}{suffix}"
    return name
