"""Copies of the history in `backups/`: made, listed, thinned out, and put in its place.

    history-20261122T090000Z.sqlite                     a backup; the time is in UTC
    history-20261122T101500Z-before-restore.sqlite      what was there before one was put back
    history-schema-1.sqlite                             before it was brought up to date
    ../history-damaged-20261122T101500Z.sqlite          a damaged history, kept beside the new one

None of them is older than 30 days. Of the first kind one is kept for each of the last 7 days that
have one, and one for each of the 3 weeks before.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from nca_wizard.errors import CannotWrite, KnownFault, reason
from nca_wizard.history.connecting import (
    APPLICATION_ID,
    DAMAGE,
    address,
    code,
    connect,
    is_sound,
    log_of,
    pragma,
    schema_version,
    untouched,
    why,
)
from nca_wizard.history.database import damaged
from nca_wizard.history.migrating import BACKUPS, copied_whole
from nca_wizard.history.schema import MIGRATIONS
from nca_wizard.history.values import Backup
from nca_wizard.sentences import Sentence

DAILY = 7
WEEKLY = 3
KEPT = timedelta(days=30)

_TIME = "%Y%m%dT%H%M%SZ"
_STAMP = re.compile(r"-(\d{8}T\d{6}Z)")
_BEFORE_RESTORE = "-before-restore"
_DAMAGED = "-damaged-"
_RESTORING = ".restoring"


class Backups:
    """The backups of the history at `path`. Any thread may use it; nothing is held open."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self.folder = self._path.parent / BACKUPS

    def all(self) -> list[Backup]:
        """Every copy that is a history and can be opened, the newest first."""
        found = [backup for path in self._copies() if (backup := _described(path)) is not None]
        return sorted(found, key=lambda backup: backup.made_at, reverse=True)

    def due(self, now: datetime) -> bool:
        """Whether today has no backup yet, in the time zone of `now`."""
        return not any(
            _made_at(path).astimezone(now.tzinfo).date() == now.date()
            for path in self._copies()
            if _is_regular(path)
        )

    def last_good(self) -> Backup | None:
        """The newest backup that is whole; reads it from end to end."""
        return next(
            (backup for backup in self.all() if _is_sound(backup.path) and _is_ours(backup.path)),
            None,
        )

    def back_up(self, now: datetime) -> Backup:
        """Copy the history, read the copy through, and remove what is kept no longer.

        Raises CannotWrite, DamagedHistory, KnownFault.
        """
        made = self._copy(self._path, now, "")
        self.thin_out(now)
        return made

    def thin_out(self, now: datetime) -> None:
        """Remove what is kept no longer. Raises CannotWrite."""
        regular = [backup for backup in self.all() if _is_regular(backup.path)]
        kept = _worth_keeping(regular, now)
        for path in (*self._copies(), *self._damaged()):
            too_old = _made_at(path) < now - KEPT
            if too_old or (_is_regular(path) and path not in kept):
                _remove(path)

    def remove_all_but(self, kept: Backup) -> None:
        """Remove every other copy of the history, the damaged ones too. Raises CannotWrite."""
        unfinished = self.folder.glob("*.unfinished*")
        for path in (*self._copies(), *self._damaged(), *self._restoring(), *unfinished):
            if path != kept.path:
                _remove(path)

    def remove_leftovers(self) -> None:
        """Remove what a restoring that was killed left behind; for when no other can be under way.

        What cannot be removed now is removed another time.
        """
        for path in self._restoring():
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def restore(self, backup: Backup, now: datetime) -> Path | None:
        """Put `backup` in the place of the history, which no window may have open.

        What was there is kept, as a backup, or beside it if it is damaged; returns where, None if
        there was nothing. Raises CannotWrite, DamagedHistory, KnownFault; then all is as before.
        """
        restored = self._path.with_name(f"{self._path.stem}{_RESTORING}")
        try:
            self._copy_out(backup.path, restored)
            kept = self._keep_the_present(now)
            restored.replace(self._path)
        except OSError as fault:
            raise CannotWrite(_not_put_back(fault)) from fault
        finally:
            with suppress(OSError):
                restored.unlink(missing_ok=True)
        return kept

    # --- Restoring, step by step ------------------------------------------------------------

    def _copy_out(self, backup: Path, place: Path) -> None:
        with _faults_said(_not_put_back, backup):
            with closing(untouched(backup)) as source:
                if schema_version(source) > len(MIGRATIONS):
                    raise KnownFault(
                        Sentence(
                            "%(name)s was made by a newer version of NCA Wizard.", name=backup.name
                        )
                    )
                whole = copied_whole(source, place)
            if not whole:
                raise damaged(backup)

    def _keep_the_present(self, now: datetime) -> Path | None:
        if not self._path.exists():
            return None
        # Asked before anything of it is changed: a damaged file is kept byte for byte.
        if not _is_sound(self._path):
            return self._keep_the_damaged(now)
        try:
            with closing(connect(str(self._path))) as present:
                # Only whoever is alone can do without a log, and a log must not outlive its file.
                present.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as fault:
            if code(fault) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise CannotWrite(
                    Sentence(
                        "The backup was not put back: another window has the history open. "
                        "Close it and try again."
                    )
                ) from fault
            raise CannotWrite(_not_put_back(fault)) from fault
        return self._copy(self._path, now, _BEFORE_RESTORE).path

    def _keep_the_damaged(self, now: datetime) -> Path:
        aside = self._path.with_name(
            f"{self._path.stem}{_DAMAGED}{now.astimezone(UTC):{_TIME}}{self._path.suffix}"
        )
        shutil.copyfile(self._path, aside)
        log = log_of(self._path)
        if log.exists():
            shutil.copyfile(log, log_of(aside))
            log.unlink()
        self._path.with_name(f"{self._path.name}-shm").unlink(missing_ok=True)
        return aside

    # --- Copying ----------------------------------------------------------------------------

    def _copy(self, path: Path, now: datetime, mark: str) -> Backup:
        name = f"{path.stem}-{now.astimezone(UTC):{_TIME}}{mark}"
        unfinished = self.folder / f"{name}.unfinished"
        place = self.folder / f"{name}{path.suffix}"
        try:
            with _faults_said(_not_made, path):
                self.folder.mkdir(mode=0o700, exist_ok=True)
                with closing(connect(address(path, "mode=ro"), uri=True)) as source:
                    # One and the same state is copied and counted, whatever is saved meanwhile.
                    source.execute("BEGIN")
                    whole = copied_whole(source, unfinished)
                    if not whole and not is_sound(source):
                        raise damaged(path)
                if not whole:
                    raise CannotWrite(
                        Sentence("No backup was made: the copy differs from the history.")
                    )
                unfinished.replace(place)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        made = _described(place)
        if made is None:
            raise CannotWrite(
                Sentence("No backup was made: %(path)s cannot be opened.", path=place)
            )
        return made

    def _copies(self) -> list[Path]:
        return sorted(self.folder.glob(f"{self._path.stem}-*{self._path.suffix}"))

    def _restoring(self) -> list[Path]:
        """Half a history on its way into place, with what SQLite keeps beside it."""
        return sorted(self._path.parent.glob(f"{self._path.stem}{_RESTORING}*"))

    def _damaged(self) -> list[Path]:
        return sorted(self._path.parent.glob(f"{self._path.stem}{_DAMAGED}*"))


@contextmanager
def _faults_said(said: Callable[[sqlite3.Error | OSError], Sentence], path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as fault:
        if isinstance(fault, sqlite3.Error) and code(fault) in DAMAGE:
            raise damaged(path) from fault
        raise CannotWrite(said(fault)) from fault


def _not_made(fault: sqlite3.Error | OSError) -> Sentence:
    return Sentence("No backup was made: %(why)s.", why=why(fault))


def _not_put_back(fault: sqlite3.Error | OSError) -> Sentence:
    return Sentence("The backup could not be put back: %(why)s.", why=why(fault))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise CannotWrite(
            Sentence("%(path)s could not be removed: %(why)s.", path=path, why=reason(fault))
        ) from fault


# --- Which to keep --------------------------------------------------------------------------


def _is_regular(path: Path) -> bool:
    return _STAMP.search(path.name) is not None and _BEFORE_RESTORE not in path.name


def _made_at(path: Path) -> datetime:
    """By its name; a copy that is not named by its time was never changed since it was made."""
    named = _STAMP.search(path.name)
    if named is None:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)


def _worth_keeping(backups: Sequence[Backup], now: datetime) -> set[Path]:
    """Of backups from the newest on: the last of each of the last days and weeks."""
    days: dict[date, Path] = {}
    weeks: dict[tuple[int, int], Path] = {}
    for backup in backups:
        day = backup.made_at.astimezone(now.tzinfo).date()
        week = day.isocalendar()[:2]
        if day in days or len(days) < DAILY:
            days.setdefault(day, backup.path)
        elif week in weeks or len(weeks) < WEEKLY:
            weeks.setdefault(week, backup.path)
    return {*days.values(), *weeks.values()}


# --- What a copy holds ----------------------------------------------------------------------


def _is_sound(path: Path) -> bool:
    try:
        with closing(untouched(path)) as connection:
            return is_sound(connection)
    except (sqlite3.DatabaseError, OSError):
        return False


def _is_ours(path: Path) -> bool:
    """Whether this program can read its schema."""
    with closing(untouched(path)) as connection:
        return schema_version(connection) <= len(MIGRATIONS)


def _described(path: Path) -> Backup | None:
    """None for a file that is no history, or one too damaged to be counted."""
    try:
        with closing(untouched(path)) as connection:
            if pragma(connection, "application_id") != APPLICATION_ID:
                return None
            columns = {row["name"] for row in connection.execute("PRAGMA table_info(cases)")}
            # The first version had no deleted cases.
            there = "deleted_at IS NULL" if "deleted_at" in columns else "TRUE"
            counted = connection.execute(
                f"""
                SELECT
                    (SELECT count(*) FROM cases WHERE {there}) AS cases,
                    (SELECT count(*) FROM evaluations
                        WHERE case_id IN (SELECT id FROM cases WHERE {there})) AS evaluations,
                    (SELECT count(*) FROM drafts WHERE {there}) AS drafts,
                    (SELECT max(as_of) FROM evaluations
                        WHERE case_id IN (SELECT id FROM cases WHERE {there})) AS newest
                """  # noqa: S608  ours
            ).fetchone()
        return Backup(
            path=path,
            made_at=_made_at(path),
            bytes=path.stat().st_size,
            cases=counted["cases"],
            evaluations=counted["evaluations"],
            drafts=counted["drafts"],
            newest=date.fromisoformat(counted["newest"]) if counted["newest"] else None,
        )
    except (sqlite3.Error, OSError):
        return None
