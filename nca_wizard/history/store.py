"""What is kept: drafts until they are finished, and evaluations, which are never edited.

    case        a customer as one keeps coming back to it
      evaluation   one frozen recommendation for it, with the customer as it was then
    draft       an interview under way; it may belong to a case

Nothing here asks the clock: times are passed in, aware of their time zone, and come back in UTC.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, cast

from nca_wizard.customer import Customer
from nca_wizard.history.database import DamagedHistory, Database
from nca_wizard.history.folding import fold, search_column, search_words, without_umlauts
from nca_wizard.history.interning import interned, restored, texts_named_in
from nca_wizard.rules.model import Answer, Answers, Recommendation

__all__ = ["DamagedHistory", "Draft", "EvaluationRow", "History", "StoredEvaluation"]

# The questions whose answers the list shows.
_CHANNEL = "channel"
_PRODUCTS = "products"


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview under way. `customer` holds the fields as typed, not yet cleaned or checked.

    `id` and `saved_at` are None until it is saved. `case_id` is the case it will add an
    evaluation to, None for a new case.
    """

    customer: Mapping[str, str]
    answers: Answers
    page: str
    as_of: date | None = None
    case_id: int | None = None
    id: int | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One line of the list; read without touching the recommendation itself.

    `channel_said` and `products_said` are the answers in words, `actions_said` the associations
    of the plan by name; all are English content, translated where they are shown.
    """

    id: int
    case_id: int
    customer_name: str
    domain: str
    as_of: date
    evaluated_at: datetime
    rulebook_version: str
    channel_said: str
    products_said: str
    verdicts: Mapping[str, int]
    """Verdict -> how many goals have it, in the order of the goals."""
    actions: int
    actions_said: tuple[str, ...]
    open_questions: int


@dataclass(frozen=True, slots=True)
class StoredEvaluation:
    """A recommendation as it was given, and for whom."""

    id: int
    case_id: int
    customer: Customer
    recommendation: Recommendation
    evaluated_at: datetime


class History:
    """The history of this computer.

    Any method may raise DamagedHistory; those that write raise CannotWrite with a sentence when
    the disk is full, the history is read-only (see `read_only`) or another program is writing.
    Then nothing of that act is stored, and everything stored before is whole.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> "History":
        """Open the history at `path`, or make it, folder included.

        Where it cannot be written it opens all the same, with `read_only` and a `notice`.
        Raises DamagedHistory.
        """
        return cls(Database.open(path))

    @property
    def read_only(self) -> bool:
        """Whether every attempt to save will raise CannotWrite."""
        return self._database.read_only

    @property
    def notice(self) -> str:
        """Why it is read-only, for the person; empty when it is not."""
        return self._database.notice

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> "History":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- Drafts -----------------------------------------------------------------------------

    def save_draft(self, draft: Draft, at: datetime) -> Draft:
        """Store `draft` and return it as stored; it is on the disk when this returns.

        The first save gives it an id. A draft that was finished or discarded meanwhile is
        stored again under its id, which no other draft ever gets. One that another window
        saved meanwhile stays as that window left it: this one becomes a draft of its own.
        """
        with self._database.writing() as connection:
            stored = connection.execute(
                "SELECT saved_at FROM drafts WHERE id = ?", (draft.id,)
            ).fetchone()
            if stored and draft.saved_at and stored["saved_at"] != _stamp(draft.saved_at):
                draft = replace(draft, id=None)
            cursor = connection.execute(
                """
                INSERT INTO drafts (id, case_id, customer, answers, page, as_of, saved_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    case_id = excluded.case_id, customer = excluded.customer,
                    answers = excluded.answers, page = excluded.page,
                    as_of = excluded.as_of, saved_at = excluded.saved_at
                """,
                (
                    draft.id,
                    draft.case_id,
                    json.dumps(dict(draft.customer)),
                    json.dumps(_plain_answers(draft.answers)),
                    draft.page,
                    draft.as_of.isoformat() if draft.as_of else None,
                    _stamp(at),
                ),
            )
            draft_id = cursor.lastrowid if draft.id is None else draft.id
        return replace(draft, id=draft_id, saved_at=at.astimezone(UTC))

    def drafts(self) -> list[Draft]:
        """All drafts, the one saved last first."""
        rows = self._database.read("SELECT * FROM drafts ORDER BY saved_at DESC, id DESC")
        return [_draft_from(row) for row in rows]

    def draft(self, draft_id: int) -> Draft:
        """The draft with this id; KeyError if there is none."""
        rows = self._database.read("SELECT * FROM drafts WHERE id = ?", draft_id)
        if not rows:
            raise KeyError(draft_id)
        return _draft_from(rows[0])

    def discard_draft(self, draft_id: int) -> None:
        """Remove the draft; one that is not there is no fault."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))

    # --- Evaluations ------------------------------------------------------------------------

    def finish(
        self,
        draft_id: int | None,
        customer: Customer,
        recommendation: Recommendation,
        at: datetime,
    ) -> int:
        """Store the evaluation, remove its draft, and return the evaluation's id: all or nothing.

        It joins the case of the draft, or begins a new case. KeyError if there is no such draft;
        None stands for an evaluation that never was a draft.
        """
        document, texts = interned(recommendation.model_dump(mode="json"))
        with self._database.writing() as connection:
            case_id = None
            if draft_id is not None:
                case_id = _case_of(connection, draft_id)
                connection.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))
            if case_id is None:
                case_id = connection.execute(
                    "INSERT INTO cases (begun_at) VALUES (?)", (_stamp(at),)
                ).lastrowid
            connection.executemany(
                "INSERT OR IGNORE INTO texts (hash, text) VALUES (?, ?)", texts.items()
            )
            columns = {
                "case_id": case_id,
                "evaluated_at": _stamp(at),
                **_headline(customer, recommendation),
                "customer": customer.model_dump_json(),
                "recommendation": json.dumps(document, ensure_ascii=False),
            }
            places = ", ".join(f":{name}" for name in columns)
            evaluation_id = connection.execute(
                f"INSERT INTO evaluations ({', '.join(columns)}) VALUES ({places})",  # noqa: S608  names of columns, none from outside
                columns,
            ).lastrowid
        return cast("int", evaluation_id)

    def evaluations(self, search: str = "", limit: int | None = None) -> list[EvaluationRow]:
        """The evaluations in which every word of `search` stands, newest first.

        Looks through customer name, domain, note, products and associations; neither case nor
        accents matter, and no sign in `search` has a special meaning.
        """
        return self._rows(*_matching(search), limit=limit)

    def evaluations_of(self, case_id: int) -> list[EvaluationRow]:
        """All evaluations of one case, newest first."""
        return self._rows("case_id = ?", (case_id,))

    def evaluations_named(self, customer_name: str) -> list[EvaluationRow]:
        """All evaluations of customers of this name, newest first."""
        return self._rows("folded_name = ?", (fold(customer_name),))

    def count(self, search: str = "") -> int:
        """How many evaluations `evaluations(search)` lists."""
        condition, values = _matching(search)
        rows = self._database.read(
            f"SELECT count(*) AS found FROM evaluations WHERE {condition}",  # noqa: S608  conditions are ours
            *values,
        )
        return cast("int", rows[0]["found"])

    def evaluation(self, evaluation_id: int) -> StoredEvaluation:
        """The evaluation with this id, whole, without any rulebook; KeyError if there is none."""
        rows = self._database.read("SELECT * FROM evaluations WHERE id = ?", evaluation_id)
        if not rows:
            raise KeyError(evaluation_id)
        row = rows[0]
        try:
            return StoredEvaluation(
                id=row["id"],
                case_id=row["case_id"],
                customer=Customer.model_validate_json(row["customer"]),
                recommendation=self._recommendation(row["recommendation"]),
                evaluated_at=datetime.fromisoformat(row["evaluated_at"]),
            )
        except (ValueError, KeyError) as fault:
            raise self._database.unreadable(
                f"The evaluation for {row['customer_name']} of {row['as_of']}"
            ) from fault

    def _recommendation(self, stored: str) -> Recommendation:
        """ValueError when it is none (pydantic's faults are such), KeyError without its texts."""
        document = json.loads(stored)
        rows = self._database.read(
            "SELECT hash, text FROM texts WHERE hash IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(texts_named_in(document))),
        )
        texts = {row["hash"]: row["text"] for row in rows}
        return Recommendation.model_validate(restored(document, texts))

    def _rows(
        self, condition: str, values: tuple[Any, ...], limit: int | None = None
    ) -> list[EvaluationRow]:
        rows = self._database.read(
            f"""
            SELECT id, case_id, customer_name, domain, as_of, evaluated_at, rulebook_version,
                   channel_said, products_said, verdicts, actions, actions_said, open_questions
            FROM evaluations WHERE {condition}
            ORDER BY evaluated_at DESC, id DESC LIMIT ?
            """,  # noqa: S608  conditions are ours
            *values,
            # To SQLite a negative limit is none.
            -1 if limit is None else limit,
        )
        return [
            EvaluationRow(
                **{
                    **dict(row),
                    "as_of": date.fromisoformat(row["as_of"]),
                    "evaluated_at": datetime.fromisoformat(row["evaluated_at"]),
                    "verdicts": json.loads(row["verdicts"]),
                    "actions_said": tuple(json.loads(row["actions_said"])),
                }
            )
            for row in rows
        ]


def _case_of(connection: sqlite3.Connection, draft_id: int) -> int | None:
    row = connection.execute("SELECT case_id FROM drafts WHERE id = ?", (draft_id,)).fetchone()
    if row is None:
        raise KeyError(draft_id)
    return cast("int | None", row["case_id"])


def _headline(customer: Customer, recommendation: Recommendation) -> dict[str, str | int]:
    """What the list shows and the search looks through, by column."""
    products = _said(recommendation, _PRODUCTS)
    names = recommendation.names
    planned = [names.get(action.association, action.association) for action in recommendation.plan]
    there = [names.get(have.association, have.association) for have in recommendation.in_place]
    titles = [action.title.for_us for action in recommendation.plan]
    verdicts = Counter(goal.verdict for goal in recommendation.goals)
    return {
        "as_of": recommendation.rulebook.as_of.isoformat(),
        "rulebook_version": recommendation.rulebook.version,
        "customer_name": customer.name,
        "domain": customer.domain,
        "channel_said": _said(recommendation, _CHANNEL),
        "products_said": products,
        "verdicts": json.dumps(verdicts),
        "actions": len(recommendation.plan),
        "actions_said": json.dumps(list(dict.fromkeys(planned))),
        "open_questions": len(recommendation.open_questions),
        "folded_name": fold(customer.name),
        "folded": search_column(
            [customer.name, customer.domain, customer.note, products, *planned, *titles, *there]
        ),
    }


def _said(recommendation: Recommendation, question: str) -> str:
    return ", ".join(
        one.text.for_us
        for answered in recommendation.said
        if answered.question == question
        for one in answered.said
    )


def _matching(search: str) -> tuple[str, tuple[str, ...]]:
    """A condition and its values: every word stands in the folded column, in either spelling."""
    # instr, not LIKE: it is as fast, knows no wildcards to escape and no longest pattern.
    conditions = ["TRUE"]
    values: list[str] = []
    for word in search_words(search):
        spellings = list(dict.fromkeys([word, without_umlauts(word)]))
        conditions.append(f"({' OR '.join(['instr(folded, ?)'] * len(spellings))})")
        values += spellings
    return " AND ".join(conditions), tuple(values)


def _draft_from(row: sqlite3.Row) -> Draft:
    return Draft(
        id=row["id"],
        customer=json.loads(row["customer"]),
        answers={
            question: _frozen(answer) for question, answer in json.loads(row["answers"]).items()
        },
        page=row["page"],
        as_of=date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        case_id=row["case_id"],
        saved_at=datetime.fromisoformat(row["saved_at"]),
    )


def _plain_answers(answers: Answers) -> dict[str, Any]:
    return {
        question: dict(answer) if isinstance(answer, Mapping) else answer
        for question, answer in answers.items()
    }


def _frozen(answer: str | list[str] | dict[str, str]) -> Answer:
    return tuple(answer) if isinstance(answer, list) else answer


def _stamp(moment: datetime) -> str:
    """UTC, always as long, so that text order is the order of time. ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
