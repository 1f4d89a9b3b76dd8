"""What was deleted: brought back within 30 days, or gone from the disk without a trace.

delete, restore          a case or a draft goes out of sight and comes back
delete_for_good          gone from the history, its log, its texts and every backup
clean_up                 the same for what was deleted 30 days ago; also ends what a crash
                         left half done
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from nca_wizard.history.backups import Backups
from nca_wizard.history.database import Database
from nca_wizard.history.evaluations import NOT_DELETED, NOT_TAKEN_BACK, stamp
from nca_wizard.history.interning import hashes_in

KEPT = timedelta(days=30)

Kind = Literal["case", "draft"]


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deleted case or draft. `gone_on` is when it goes for good by itself."""

    kind: Kind
    id: int
    customer_name: str
    deleted_at: datetime
    gone_on: datetime
    evaluations: int


class Bin:
    """The deleted cases and drafts of a history."""

    def __init__(self, database: Database, backups: Backups) -> None:
        self._database = database
        self._backups = backups

    def delete(
        self, at: datetime, *, cases: Iterable[int] = (), drafts: Iterable[int] = ()
    ) -> None:
        """Put cases and drafts out of sight; what is deleted already stays as it is."""
        self._mark(stamp(at), "IS NULL", cases, drafts)

    def restore(self, *, cases: Iterable[int] = (), drafts: Iterable[int] = ()) -> None:
        """Bring deleted cases and drafts back to where they were."""
        self._mark(None, "IS NOT NULL", cases, drafts)

    def _mark(
        self, deleted_at: str | None, where: str, cases: Iterable[int], drafts: Iterable[int]
    ) -> None:
        with self._database.writing() as connection:
            for table, ids in (("cases", cases), ("drafts", drafts)):
                connection.executemany(
                    f"UPDATE {table} SET deleted_at = ? WHERE id = ? AND deleted_at {where}",  # noqa: S608  ours
                    [(deleted_at, one) for one in ids],
                )

    def deleted(self) -> list[Deleted]:
        """What can be brought back, the last deleted first."""
        rows = self._database.read(
            f"""
            SELECT 'case' AS kind, cases.id AS id, deleted_at, count(*) AS evaluations,
                customer_name, max(evaluated_at)
            FROM cases JOIN evaluations ON case_id = cases.id
            WHERE deleted_at IS NOT NULL AND {NOT_TAKEN_BACK} GROUP BY cases.id
            UNION ALL
            SELECT 'draft', id, deleted_at, 0, coalesce(json_extract(customer, '$.name'), ''), ''
            FROM drafts WHERE deleted_at IS NOT NULL
            ORDER BY deleted_at DESC, kind, id DESC
            """  # noqa: S608  ours
        )
        found = []
        for row in rows:
            deleted_at = datetime.fromisoformat(row["deleted_at"])
            found.append(
                Deleted(
                    kind=row["kind"],
                    id=row["id"],
                    customer_name=row["customer_name"].strip(),
                    deleted_at=deleted_at,
                    gone_on=deleted_at + KEPT,
                    evaluations=row["evaluations"],
                )
            )
        return found

    def outdated(self, months: int, now: datetime) -> list[int]:
        """The ids of cases last evaluated so many months ago or more, with nothing left to do.

        For who keeps cases for a time only: to be given to `delete`.
        """
        years, month = divmod(now.month - 1 - months, 12)
        # The first of the month: every month has one, and a few days more are no harm.
        before = now.replace(year=now.year + years, month=month + 1, day=1)
        rows = self._database.read(
            f"""
            SELECT case_id FROM evaluations
            WHERE {NOT_DELETED}
                AND case_id NOT IN (
                    SELECT case_id FROM follow_ups WHERE done_on IS NULL AND deleted_at IS NULL
                )
                AND case_id NOT IN (SELECT case_id FROM drafts WHERE case_id IS NOT NULL)
            GROUP BY case_id HAVING max(evaluated_at) < ? ORDER BY case_id
            """,  # noqa: S608  ours
            stamp(before),
        )
        return [row["case_id"] for row in rows]

    def delete_for_good(
        self,
        now: datetime,
        *,
        cases: Iterable[int] = (),
        drafts: Iterable[int] = (),
        evaluations: Iterable[int] = (),
    ) -> None:
        """Remove cases, drafts and single evaluations, deleted before or not, from everything in
        the data folder.

        Afterwards there is one backup, made now: the older ones held them too, and so did the
        copies of a damaged history. Raises CannotWrite; what is not done then, `clean_up` does.
        """
        with self._database.writing() as connection:
            _remove(connection, list(cases), list(drafts), list(evaluations))
            connection.execute("INSERT INTO purges VALUES (?)", (stamp(now),))
        self._leave_no_trace(now)

    def clean_up(self, now: datetime) -> None:
        """Delete for good what was deleted, or taken back with an import, 30 days ago. Does
        nothing if there is nothing to do.

        For when the program is idle: it writes the whole history anew. Raises CannotWrite.
        """
        old = [one for one in self.deleted() if one.gone_on <= now]
        taken_back = self._database.read(
            "SELECT evaluation_id FROM imported_evaluations WHERE taken_back_at <= ?",
            stamp(now - KEPT),
        )
        if old or taken_back:
            self.delete_for_good(
                now,
                cases=[one.id for one in old if one.kind == "case"],
                drafts=[one.id for one in old if one.kind == "draft"],
                evaluations=[row["evaluation_id"] for row in taken_back],
            )
        elif self._database.read("SELECT 1 FROM purges LIMIT 1"):
            self._leave_no_trace(now)

    def _leave_no_trace(self, now: datetime) -> None:
        self._database.compact()
        self._backups.remove_all_but(self._backups.back_up(now))
        with self._database.writing() as connection:
            connection.execute("DELETE FROM purges")


def _remove(
    connection: sqlite3.Connection, cases: list[int], drafts: list[int], evaluations: list[int]
) -> None:
    of_cases = json.dumps(cases)
    rows = connection.execute(
        "SELECT id FROM evaluations WHERE case_id IN (SELECT value FROM json_each(?))", (of_cases,)
    )
    of_evaluations = json.dumps([*evaluations, *(row["id"] for row in rows)])
    for table, column, wanted in (
        ("evidence_ticks", "evaluation_id", of_evaluations),
        ("action_states", "evaluation_id", of_evaluations),
        ("documents", "evaluation_id", of_evaluations),
        ("imported_evaluations", "evaluation_id", of_evaluations),
        ("evaluations", "id", of_evaluations),
        ("follow_ups", "case_id", of_cases),
        ("drafts", "case_id", of_cases),
        ("drafts", "id", json.dumps(drafts)),
        ("cases", "id", of_cases),
    ):
        connection.execute(
            f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",  # noqa: S608  ours
            (wanted,),
        )
    connection.execute(
        """
        DELETE FROM follow_ups WHERE deleted_at IS NOT NULL
            AND import_id NOT IN (SELECT import_id FROM imported_evaluations)
        """
    )
    connection.execute(
        """
        DELETE FROM imports WHERE id NOT IN (
            SELECT import_id FROM cases WHERE import_id IS NOT NULL
            UNION SELECT import_id FROM drafts WHERE import_id IS NOT NULL
            UNION SELECT import_id FROM follow_ups WHERE import_id IS NOT NULL
            UNION SELECT import_id FROM imported_evaluations
        )
        """
    )
    _remove_unused_texts(connection)


def _remove_unused_texts(connection: sqlite3.Connection) -> None:
    used: set[str] = set()
    for row in connection.execute("SELECT recommendation FROM documents"):
        used |= hashes_in(row["recommendation"])
    texts = connection.execute("SELECT hash, text FROM texts").fetchall()
    names = {row["hash"]: hashes_in(row["text"]) for row in texts}
    reached: set[str] = set()
    while used:
        reached |= used
        used = set().union(*(names.get(one, set()) for one in used)) - reached
    connection.executemany(
        "DELETE FROM texts WHERE hash = ?", [(one,) for one in names.keys() - reached]
    )
