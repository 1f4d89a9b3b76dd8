"""What came together from a list or a file: written a batch at a time, undone as one.

    import_id = history.imports.begin("customers.xlsx", at)
    history.imports.add(import_id, [Coming(customer, written(recommendation)), ...], at)
    taken_back = history.imports.undo(import_id, at)
    history.imports.redo(taken_back)

A batch is one transaction: whatever stops the import, the rows that are there are whole.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from nca_wizard.cleaning import clean
from nca_wizard.history.actions import carry_over
from nca_wizard.history.database import Database
from nca_wizard.history.evaluations import Written, add_evaluation, begin_case, stamp
from nca_wizard.history.follow_ups import plan_imported

if TYPE_CHECKING:
    from nca_wizard.customer import Customer

_OF_IMPORT = {
    "cases": "SELECT id FROM cases WHERE import_id = ? AND deleted_at IS NULL",
    "drafts": "SELECT id FROM drafts WHERE import_id = ? AND deleted_at IS NULL",
    # Those of cases that came go and come back with their case.
    "follow_ups": "SELECT id FROM follow_ups WHERE import_id = ? AND deleted_at IS NULL "
    "AND case_id NOT IN (SELECT id FROM cases WHERE cases.import_id = follow_ups.import_id)",
    "evaluations": "SELECT evaluation_id AS id FROM imported_evaluations "
    "WHERE import_id = ? AND taken_back_at IS NULL",
}
_SET = {
    "cases": "UPDATE cases SET deleted_at = ? WHERE id IN (SELECT value FROM json_each(?))",
    "drafts": "UPDATE drafts SET deleted_at = ? WHERE id IN (SELECT value FROM json_each(?))",
    "follow_ups": "UPDATE follow_ups SET deleted_at = ? "
    "WHERE id IN (SELECT value FROM json_each(?))",
    "evaluations": "UPDATE imported_evaluations SET taken_back_at = ? "
    "WHERE evaluation_id IN (SELECT value FROM json_each(?))",
}


@dataclass(frozen=True, slots=True)
class Coming:
    """One evaluation. `case_id` is the case it is added to, None for a new one; on the day the
    subscription ends there is something to be followed up."""

    customer: "Customer"
    evaluated: Written
    case_id: int | None = None
    subscription_ends: date | None = None


TakenBack = dict[str, list[int]]
"""What an undo took back, by kind: `cases` and `drafts` that came, `evaluations` that were added
to cases that were there, and the `follow_ups` of those."""


class Imports:
    """The imports of a history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, source: str, at: datetime) -> int:
        """Begin an import from `source`, a file's name, and return its id."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO imports (imported_at, source) VALUES (?, ?)",
                (stamp(at), clean(source)),
            )
            return cast("int", cursor.lastrowid)

    def add(self, import_id: int, coming: Iterable[Coming], at: datetime) -> list[int]:
        """Write these, all or none, and return the ids of the evaluations."""
        made = []
        with self._database.writing() as connection:
            for one in coming:
                case_id = one.case_id or begin_case(connection, at, import_id)
                evaluation_id = add_evaluation(connection, case_id, one.customer, one.evaluated, at)
                if one.case_id is not None:
                    connection.execute(
                        "INSERT INTO imported_evaluations VALUES (?, ?, NULL)",
                        (evaluation_id, import_id),
                    )
                    carry_over(connection, case_id, evaluation_id)
                if one.subscription_ends is not None:
                    renewals, ends = one.evaluated.renewals, one.subscription_ends
                    plan_imported(connection, case_id, renewals, ends, import_id)
                made.append(evaluation_id)
        return made

    def cases(self, import_id: int) -> list[int]:
        """The ids of the cases it made, deleted or not."""
        rows = self._database.read("SELECT id FROM cases WHERE import_id = ?", import_id)
        return [row["id"] for row in rows]

    def undo(self, import_id: int, at: datetime) -> TakenBack:
        """Take back what came and is still there, and nothing else."""
        with self._database.writing() as connection:
            taken_back = {
                kind: [row["id"] for row in connection.execute(statement, (import_id,))]
                for kind, statement in _OF_IMPORT.items()
            }
            for kind, ids in taken_back.items():
                connection.execute(_SET[kind], (stamp(at), json.dumps(ids)))
        return taken_back

    def redo(self, taken_back: TakenBack) -> None:
        """Bring back what an undo took back."""
        with self._database.writing() as connection:
            for kind, ids in taken_back.items():
                connection.execute(_SET[kind], (None, json.dumps(ids)))
