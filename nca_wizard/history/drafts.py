"""How a draft is written down and read back, exactly as typed."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from nca_wizard.history.evaluations import stamp
from nca_wizard.history.values import Draft
from nca_wizard.rules.model.answers import Answer, Answers


def write_draft(
    connection: sqlite3.Connection, draft: Draft, at: datetime, import_id: int | None = None
) -> int | None:
    """Store `draft` under its id, or a new one; returns the id.

    If its case was deleted for good meanwhile, it becomes the draft of a new one. `import_id` is
    for one that came in a file: whoever goes on with it makes it a draft like any other.
    """
    cursor = connection.execute(
        """
        INSERT INTO drafts (id, case_id, customer, answers, page, as_of, saved_at, import_id)
        VALUES (?, (SELECT id FROM cases WHERE id = ?), ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            case_id = excluded.case_id, customer = excluded.customer,
            answers = excluded.answers, page = excluded.page,
            as_of = excluded.as_of, saved_at = excluded.saved_at, deleted_at = NULL,
            import_id = excluded.import_id
        """,
        (
            draft.id,
            draft.case_id,
            json.dumps(dict(draft.customer)),
            json.dumps(plain_answers(draft.answers)),
            draft.page,
            draft.as_of.isoformat() if draft.as_of else None,
            stamp(at),
            import_id,
        ),
    )
    return cursor.lastrowid if draft.id is None else draft.id


def draft_from(row: sqlite3.Row) -> Draft:
    return Draft(
        id=row["id"],
        customer=json.loads(row["customer"]),
        answers=answers_from(json.loads(row["answers"])),
        page=row["page"],
        as_of=date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        case_id=row["case_id"],
        saved_at=datetime.fromisoformat(row["saved_at"]),
    )


def plain_answers(answers: Answers) -> dict[str, Any]:
    """Answers as JSON takes them."""
    return {
        question: dict(answer) if isinstance(answer, Mapping) else answer
        for question, answer in answers.items()
    }


def answers_from(plain: Mapping[str, str | list[str] | dict[str, str]]) -> Answers:
    return {question: _frozen(answer) for question, answer in plain.items()}


def _frozen(answer: str | list[str] | dict[str, str]) -> Answer:
    return tuple(answer) if isinstance(answer, list) else answer
