"""What was done about an evaluation: the state of each planned action, the evidence at hand.

Each setter returns what was there before, which is what undo sets again.
"""

import json
import sqlite3
from datetime import date, datetime
from typing import cast

from nca_wizard.history.database import Database
from nca_wizard.history.evaluations import NOT_TAKEN_BACK, stamp
from nca_wizard.history.values import ActionProgress, ActionState

_STATES = frozenset({"to_do", "in_progress", "done", "not_doing"})


class Actions:
    """The action states and evidence ticks of a history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, evaluation_id: int) -> list[ActionProgress]:
        """Where each planned action of the evaluation stands."""
        ticked: dict[str, set[str]] = {}
        for row in self._database.read(
            "SELECT action, evidence FROM evidence_ticks WHERE evaluation_id = ?", evaluation_id
        ):
            ticked.setdefault(row["action"], set()).add(row["evidence"])
        rows = self._database.read(
            "SELECT * FROM action_states WHERE evaluation_id = ?", evaluation_id
        )
        return [
            ActionProgress(
                action=row["action"],
                association=row["association"],
                state=row["state"],
                day=date.fromisoformat(row["day"]) if row["day"] else None,
                ticked=frozenset(ticked.get(row["action"], ())),
            )
            for row in rows
        ]

    def set_state(
        self, evaluation_id: int, action: str, state: ActionState, day: date | None
    ) -> tuple[ActionState, date | None]:
        """Set state and day, and return those before; KeyError if there is no such action."""
        if state not in _STATES:
            raise ValueError(f"'{state}' is no state of an action")
        with self._database.writing() as connection:
            before = _state_of(connection, evaluation_id, action)
            connection.execute(
                """
                UPDATE action_states SET state = ?, day = ?
                WHERE evaluation_id = ? AND action = ?
                """,
                (state, day.isoformat() if day else None, evaluation_id, action),
            )
        return before

    def tick(
        self, evaluation_id: int, action: str, evidence: str, at: datetime, *, on: bool = True
    ) -> bool:
        """Tick a piece of evidence, or take the tick back; returns whether it was ticked."""
        key = (evaluation_id, action, evidence)
        with self._database.writing() as connection:
            was = connection.execute(
                """
                DELETE FROM evidence_ticks
                WHERE evaluation_id = ? AND action = ? AND evidence = ?
                """,
                key,
            ).rowcount
            if on:
                connection.execute(
                    "INSERT INTO evidence_ticks VALUES (?, ?, ?, ?)", (*key, stamp(at))
                )
        return bool(was)


def _state_of(
    connection: sqlite3.Connection, evaluation_id: int, action: str
) -> tuple[ActionState, date | None]:
    row = connection.execute(
        "SELECT state, day FROM action_states WHERE evaluation_id = ? AND action = ?",
        (evaluation_id, action),
    ).fetchone()
    if row is None:
        raise KeyError(action)
    day = date.fromisoformat(row["day"]) if row["day"] else None
    return cast("ActionState", row["state"]), day


def carry_over(connection: sqlite3.Connection, case_id: int, evaluation_id: int) -> None:
    """Take states and ticks from the evaluation before into this new one of the same case.

    Only for an action that is to cover nothing it did not cover then: a claim that was approved
    for Sales is still to be made for Power Apps.
    """
    before = connection.execute(
        f"""
        SELECT id FROM evaluations WHERE case_id = ? AND id <> ? AND {NOT_TAKEN_BACK}
        ORDER BY evaluated_at DESC, id DESC LIMIT 1
        """,  # noqa: S608  ours
        (case_id, evaluation_id),
    ).fetchone()
    if before is None:
        return
    rows = "SELECT action, covers, state, day FROM action_states WHERE evaluation_id = ?"
    then = {row["action"]: row for row in connection.execute(rows, (before["id"],))}
    for row in connection.execute(rows, (evaluation_id,)).fetchall():
        old = then.get(row["action"])
        if old is None or not _goals(row) <= _goals(old):
            continue
        connection.execute(
            "UPDATE action_states SET state = ?, day = ? WHERE evaluation_id = ? AND action = ?",
            (old["state"], old["day"], evaluation_id, row["action"]),
        )
        connection.execute(
            """
            INSERT INTO evidence_ticks
            SELECT ?, action, evidence, ticked_at FROM evidence_ticks
            WHERE evaluation_id = ? AND action = ?
            """,
            (evaluation_id, before["id"], row["action"]),
        )


def _goals(row: sqlite3.Row) -> set[tuple[str, str]]:
    return {(product, metric) for product, metric in json.loads(row["covers"])}
