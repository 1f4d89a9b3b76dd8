"""What is due: when to come back to a customer, and what for.

They are made from the follow-ups that stand with the actions of a recommendation, on the day on
which something happened; the seller may add others. Finding one done or putting it off returns
what was there before, which is what undo sets again.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from nca_wizard.cleaning import clean
from nca_wizard.history.database import Database
from nca_wizard.history.evaluations import CASE_NOT_DELETED, NOT_TAKEN_BACK, evaluation_from
from nca_wizard.rules.days import due_on
from nca_wizard.rules.model.answers import FollowUpAfter

if TYPE_CHECKING:
    from nca_wizard.rules.model.reasons import Cited
    from nca_wizard.rules.model.results import PlannedFollowUp

OWN = "own"
"""The kind of a follow-up that the seller added."""

_OPEN = f"""
    SELECT follow_ups.*, (
        SELECT customer_name FROM evaluations
        WHERE evaluations.case_id = follow_ups.case_id AND {NOT_TAKEN_BACK}
        ORDER BY evaluated_at DESC, id DESC LIMIT 1
    ) AS customer_name
    FROM follow_ups
"""  # noqa: S608  ours
_SHOWN = "coalesce(snoozed_until, due)"


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """One thing to come back for. `kind` is an id of the rulebook's follow-ups, or `OWN`.

    `title` is English content of the rulebook, or what the seller typed. `due` is the day itself;
    `shown_on` is later if it was put off.
    """

    id: int
    case_id: int
    customer_name: str
    kind: str
    action: str
    title: str
    cites_stored: str
    """As JSON."""
    due: date
    snoozed_until: date | None
    done_on: date | None

    @property
    def cites(self) -> "tuple[Cited, ...]":
        """What it rests on; empty where the seller added it."""
        from nca_wizard.rules.model.reasons import Cited

        return tuple(Cited.model_validate(one) for one in json.loads(self.cites_stored))

    @property
    def shown_on(self) -> date:
        return self.snoozed_until or self.due

    @property
    def is_own(self) -> bool:
        """Whether the seller added it."""
        return self.kind == OWN


def last_day_of_week(today: date) -> date:
    """The last day of the week that begins today, as a seller plans: any seven days on end."""
    return today + timedelta(days=6)


class FollowUps:
    """The follow-ups of a history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, until: date) -> list[DueFollowUp]:
        """What is open and due by this day, overdue included, the earliest first."""
        rows = self._database.read(
            f"""
            {_OPEN} WHERE done_on IS NULL AND deleted_at IS NULL AND {_SHOWN} <= ?
                AND {CASE_NOT_DELETED}
            ORDER BY {_SHOWN}, due, id
            """,
            until.isoformat(),
        )
        return [_from(row) for row in rows]

    def of_case(self, case_id: int) -> list[DueFollowUp]:
        """All of one case, the open ones first, each by day."""
        rows = self._database.read(
            f"{_OPEN} WHERE case_id = ? AND deleted_at IS NULL "
            f"ORDER BY done_on IS NOT NULL, {_SHOWN}, id",
            case_id,
        )
        return [_from(row) for row in rows]

    def plan(
        self, evaluation_id: int, after: FollowUpAfter, day: date, action: str = ""
    ) -> list[int]:
        """Make what is to be followed up after this happened on `day`, and return the new ids.

        For one `action` (its guidance id), planned or in place, or for all of the evaluation. An
        open one of the same kind is moved to the new day instead and is not among the ids.
        KeyError if there is no such evaluation.
        """
        rows = self._database.read(
            """
            SELECT * FROM evaluations JOIN documents ON documents.evaluation_id = evaluations.id
            WHERE evaluations.id = ?
            """,
            evaluation_id,
        )
        if not rows:
            raise KeyError(evaluation_id)
        evaluation = evaluation_from(rows[0], self._database.read)
        found = [
            (one.guidance, follow_up)
            for one in (*evaluation.recommendation.plan, *evaluation.recommendation.in_place)
            if action in ("", one.guidance)
            for follow_up in one.follow_ups
            if follow_up.after == after
        ]
        with self._database.writing() as connection:
            made = [
                _plan(connection, evaluation.case_id, guidance, follow_up, day)
                for guidance, follow_up in found
            ]
        return [one for one in made if one is not None]

    def add(self, case_id: int, title: str, due: date) -> int:
        """Add one of the seller's own; KeyError if there is no such case."""
        with self._database.writing() as connection:
            if not connection.execute("SELECT 1 FROM cases WHERE id = ?", (case_id,)).fetchone():
                raise KeyError(case_id)
            return _insert(connection, case_id, OWN, "", clean(title), "[]", due)

    def remove(self, ids: list[int]) -> None:
        """Remove them, as undo of `plan` and `add` does."""
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM follow_ups WHERE id = ?", [(one,) for one in ids])

    def put_back(self, follow_ups: Iterable[DueFollowUp]) -> None:
        """Let these be due when they were due before `plan` moved them."""
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE follow_ups SET due = ?, snoozed_until = ? WHERE id = ?",
                [
                    (
                        one.due.isoformat(),
                        one.snoozed_until.isoformat() if one.snoozed_until else None,
                        one.id,
                    )
                    for one in follow_ups
                ],
            )

    def set_done(self, follow_up_id: int, day: date | None) -> date | None:
        """Done on this day, or open again with None; returns the day before. KeyError without."""
        return self._set("done_on", follow_up_id, day)

    def snooze(self, follow_up_id: int, until: date | None) -> date | None:
        """Show it again on this day, or when it is due with None; returns the day before."""
        return self._set("snoozed_until", follow_up_id, until)

    def _set(self, column: str, follow_up_id: int, day: date | None) -> date | None:
        with self._database.writing() as connection:
            row = connection.execute(
                f"SELECT {column} AS before FROM follow_ups WHERE id = ?",  # noqa: S608  ours
                (follow_up_id,),
            ).fetchone()
            if row is None:
                raise KeyError(follow_up_id)
            connection.execute(
                f"UPDATE follow_ups SET {column} = ? WHERE id = ?",  # noqa: S608  ours
                (day.isoformat() if day else None, follow_up_id),
            )
        return date.fromisoformat(row["before"]) if row["before"] else None


def _plan(
    connection: sqlite3.Connection,
    case_id: int,
    action: str,
    follow_up: "PlannedFollowUp",
    day: date,
) -> int | None:
    due = due_on(follow_up, day)
    moved = connection.execute(
        """
        UPDATE follow_ups SET due = ?, snoozed_until = NULL
        WHERE case_id = ? AND kind = ? AND action = ? AND done_on IS NULL AND deleted_at IS NULL
        """,
        (due.isoformat(), case_id, follow_up.id, action),
    ).rowcount
    if moved:
        return None
    return _insert_planned(connection, case_id, action, follow_up, due)


def plan_imported(
    connection: sqlite3.Connection,
    case_id: int,
    planned: "Iterable[tuple[str, PlannedFollowUp]]",
    day: date,
    import_id: int,
) -> None:
    """The same for what a list says happens on `day`; what is planned already stays."""
    for action, follow_up in planned:
        is_there = connection.execute(
            """
            SELECT 1 FROM follow_ups WHERE case_id = ? AND kind = ? AND action = ?
                AND done_on IS NULL AND deleted_at IS NULL
            """,
            (case_id, follow_up.id, action),
        ).fetchone()
        if is_there is None:
            due = due_on(follow_up, day)
            made = _insert_planned(connection, case_id, action, follow_up, due)
            connection.execute(
                "UPDATE follow_ups SET import_id = ? WHERE id = ?", (import_id, made)
            )


def _insert_planned(
    connection: sqlite3.Connection,
    case_id: int,
    action: str,
    follow_up: "PlannedFollowUp",
    due: date,
) -> int:
    cites = json.dumps([one.model_dump(mode="json") for one in follow_up.cites])
    return _insert(connection, case_id, follow_up.id, action, follow_up.title.for_us, cites, due)


def _insert(
    connection: sqlite3.Connection,
    case_id: int,
    kind: str,
    action: str,
    title: str,
    cites: str,
    due: date,
) -> int:
    cursor = connection.execute(
        """
        INSERT INTO follow_ups (case_id, kind, action, title, cites, due)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        (case_id, kind, action, title, cites, due.isoformat()),
    )
    return cast("int", cursor.lastrowid)


def _from(row: sqlite3.Row) -> DueFollowUp:
    return DueFollowUp(
        id=row["id"],
        case_id=row["case_id"],
        customer_name=row["customer_name"],
        kind=row["kind"],
        action=row["action"],
        title=row["title"],
        cites_stored=row["cites"],
        due=date.fromisoformat(row["due"]),
        snoozed_until=_day(row["snoozed_until"]),
        done_on=_day(row["done_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
