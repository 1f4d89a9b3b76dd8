"""What came together from a list: written a batch at a time, undone as one.

    import_id = history.imports.begin("customers.xlsx", at)
    history.imports.add(import_id, [(customer, recommendation), ...], at)    as often as needed
    history.imports.undo(import_id, at)

A batch is one transaction: whatever stops the import, the rows that are there are whole.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from nca_wizard.customer import Customer, clean
from nca_wizard.history.database import Database
from nca_wizard.history.evaluations import add_evaluation, begin_case, stamp
from nca_wizard.rules.model.results import Recommendation


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

    def add(
        self, import_id: int, evaluated: Iterable[tuple[Customer, Recommendation]], at: datetime
    ) -> list[int]:
        """Write a case for each, all or none, and return the ids of the evaluations."""
        with self._database.writing() as connection:
            return [
                add_evaluation(
                    connection, begin_case(connection, at, import_id), customer, recommendation, at
                )
                for customer, recommendation in evaluated
            ]

    def cases(self, import_id: int) -> list[int]:
        """The ids of its cases, deleted or not."""
        rows = self._database.read("SELECT id FROM cases WHERE import_id = ?", import_id)
        return [row["id"] for row in rows]

    def undo(self, import_id: int, at: datetime) -> list[int]:
        """Delete its cases that are still there, and return them: restoring them is redo."""
        with self._database.writing() as connection:
            rows = connection.execute(
                "SELECT id FROM cases WHERE import_id = ? AND deleted_at IS NULL", (import_id,)
            ).fetchall()
            connection.execute(
                "UPDATE cases SET deleted_at = ? WHERE import_id = ? AND deleted_at IS NULL",
                (stamp(at), import_id),
            )
        return [row["id"] for row in rows]
