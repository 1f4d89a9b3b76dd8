"""Cases as data that goes to another computer or comes from one, whole and as they were stored.

    {"texts": {hash: text}, "cases": [...], "drafts": [...]}

Nothing is evaluated again, and nothing that is there is replaced: what is taken in becomes cases
of their own, all together undone like an import.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from nca_wizard.customer import Customer, problems
from nca_wizard.errors import BadInput
from nca_wizard.history.database import Database
from nca_wizard.history.drafts import answers_from, write_draft
from nca_wizard.history.evaluations import (
    NOT_DELETED,
    NOT_TAKEN_BACK,
    add_evaluation,
    begin_case,
    stamp,
    written,
)
from nca_wizard.history.folding import fold
from nca_wizard.history.interning import hashes_in, restored
from nca_wizard.history.values import ActionState, Draft
from nca_wizard.rules.model.reasons import Cited
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.sentences import Sentence, as_written

Known = Literal["new", "same_name", "same"]
"""Whether a case is here already: not at all, one of that name, this very one."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Action(_Kept):
    action: str
    state: ActionState
    day: date | None


class _Tick(_Kept):
    action: str
    evidence: str
    ticked_at: AwareDatetime


class _Evaluation(_Kept):
    evaluated_at: AwareDatetime
    customer: Customer
    recommendation: Recommendation
    actions: tuple[_Action, ...]
    ticks: tuple[_Tick, ...]


class _FollowUp(_Kept):
    kind: str
    action: str
    title: str
    cites: tuple[Cited, ...]
    due: date
    snoozed_until: date | None
    done_on: date | None


class _Case(_Kept):
    begun_at: AwareDatetime
    note: str
    evaluations: tuple[_Evaluation, ...]
    follow_ups: tuple[_FollowUp, ...]


class _Draft(_Kept):
    customer: Mapping[str, str]
    answers: Mapping[str, str | list[str] | dict[str, str]]
    page: str
    as_of: date | None
    saved_at: AwareDatetime
    case: int | None
    """Its place among the cases."""


@dataclass(frozen=True, slots=True)
class IncomingCase:
    """A case that could be taken in. `days` are those of the cases of that name that are here."""

    customer_name: str
    evaluations: int
    newest: date
    known: Known
    days: tuple[date, ...]
    content: _Case
    place: int
    """Its place in the file."""


@dataclass(frozen=True, slots=True)
class IncomingDraft:
    """A draft that could be taken in. `is_here` is one with the same customer and answers."""

    content: _Draft
    is_here: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came, looked through and compared with what is here."""

    cases: tuple[IncomingCase, ...]
    drafts: tuple[IncomingDraft, ...]

    def new_only(self) -> "Incoming":
        """The same without the cases of customers and the drafts that are here already."""
        return Incoming(
            tuple(case for case in self.cases if case.known == "new"),
            tuple(draft for draft in self.drafts if not draft.is_here),
        )


class Transfer:
    """What a history gives away and takes in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- Out --------------------------------------------------------------------------------

    def export(self, case_ids: Sequence[int] | None = None) -> dict[str, Any]:
        """These cases, or without `case_ids` all there is with its drafts, as JSON takes it.

        What is deleted is left out.
        """
        rows = self._database.read(
            "SELECT id, begun_at, note FROM cases WHERE deleted_at IS NULL ORDER BY id"
        )
        wanted = None if case_ids is None else set(case_ids)
        chosen = [row for row in rows if wanted is None or row["id"] in wanted]
        cases = [self._case(row) for row in chosen]
        places = {row["id"]: place for place, row in enumerate(chosen)}
        return {
            "texts": self._texts(json.dumps(cases)),
            "cases": cases,
            "drafts": self._drafts(places) if case_ids is None else [],
        }

    def _case(self, row: sqlite3.Row) -> dict[str, Any]:
        read = self._database.read
        evaluations = read(
            f"""
            SELECT * FROM evaluations JOIN documents ON evaluation_id = id
            WHERE case_id = ? AND {NOT_TAKEN_BACK} ORDER BY evaluated_at, id
            """,  # noqa: S608  ours
            row["id"],
        )
        follow_ups = read(
            "SELECT * FROM follow_ups WHERE case_id = ? AND deleted_at IS NULL ORDER BY id",
            row["id"],
        )
        return {
            "begun_at": row["begun_at"],
            "note": row["note"],
            "evaluations": [self._evaluation(one) for one in evaluations],
            "follow_ups": [
                {
                    **{key: one[key] for key in _FollowUp.model_fields},
                    "cites": json.loads(one["cites"]),
                }
                for one in follow_ups
            ],
        }

    def _evaluation(self, row: sqlite3.Row) -> dict[str, Any]:
        actions = self._database.read(
            "SELECT action, state, day FROM action_states WHERE evaluation_id = ?", row["id"]
        )
        ticks = self._database.read(
            "SELECT action, evidence, ticked_at FROM evidence_ticks WHERE evaluation_id = ?",
            row["id"],
        )
        return {
            "evaluated_at": row["evaluated_at"],
            "customer": {**json.loads(row["customer"]), "name": row["customer_name"]},
            "recommendation": json.loads(row["recommendation"]),
            "actions": [dict(one) for one in actions],
            "ticks": [dict(one) for one in ticks],
        }

    def _texts(self, stored: str) -> dict[str, str]:
        every = {
            row["hash"]: row["text"] for row in self._database.read("SELECT hash, text FROM texts")
        }
        reached: dict[str, str] = {}
        wanted = hashes_in(stored) & every.keys()
        while wanted:
            reached |= {one: every[one] for one in wanted}
            wanted = set().union(*(hashes_in(every[one]) for one in wanted)) & every.keys()
            wanted -= reached.keys()
        return reached

    def _drafts(self, places: Mapping[int, int]) -> list[dict[str, Any]]:
        rows = self._database.read("SELECT * FROM drafts WHERE deleted_at IS NULL ORDER BY id")
        return [
            {
                "customer": {
                    # Half a sign, which a window may let somebody type, is no text.
                    field: typed.encode(errors="ignore").decode()
                    for field, typed in json.loads(row["customer"]).items()
                },
                "answers": json.loads(row["answers"]),
                "page": row["page"],
                "as_of": row["as_of"],
                "saved_at": row["saved_at"],
                "case": places.get(row["case_id"]),
            }
            for row in rows
        ]

    # --- In ---------------------------------------------------------------------------------

    def look_through(self, document: Mapping[str, Any]) -> Incoming:
        """What `document` holds, compared with what is here. Raises BadInput."""
        texts = document.get("texts", {})
        cases: list[_Case] = []
        drafts: list[_Draft] = []
        try:
            for written in document.get("cases", ()):
                evaluations = [
                    {**one, "recommendation": restored(one["recommendation"], texts)}
                    for one in written["evaluations"]
                ]
                cases.append(_Case.model_validate({**written, "evaluations": evaluations}))
            drafts += [_Draft.model_validate(one) for one in document.get("drafts", ())]
        except (ValidationError, KeyError, TypeError, AttributeError, ValueError) as fault:
            raise BadInput(
                Sentence(
                    "Case %(number)d cannot be read: %(why)s. Ask for the file again.",
                    number=len(cases) + 1,
                    why=_told(fault),
                )
            ) from fault
        found = [self._compared(case, place) for place, case in enumerate(cases)]
        here = [(one["customer"], one["answers"]) for one in self._drafts({})]
        return Incoming(
            tuple(found),
            tuple(IncomingDraft(one, (one.customer, one.answers) in here) for one in drafts),
        )

    def _compared(self, case: _Case, place: int) -> IncomingCase:
        if not case.evaluations:
            raise BadInput(
                Sentence(
                    "Case %(number)d has no evaluation. Ask for the file again.", number=place + 1
                )
            )
        for one in case.evaluations:
            for problem in problems(one.customer):
                raise BadInput(
                    Sentence(
                        "Case %(number)d has a fault: %(problem)s.",
                        number=place + 1,
                        problem=problem.sentence,
                    )
                )
        newest = max(case.evaluations, key=lambda one: one.evaluated_at)
        rows = self._database.read(
            f"""
            SELECT as_of, evaluated_at FROM evaluations
            WHERE folded_name = ? AND {NOT_DELETED} ORDER BY evaluated_at DESC
            """,  # noqa: S608  ours
            fold(newest.customer.name),
        )
        known: Known = "same_name" if rows else "new"
        if stamp(newest.evaluated_at) in {row["evaluated_at"] for row in rows}:
            known = "same"
        return IncomingCase(
            customer_name=newest.customer.name,
            evaluations=len(case.evaluations),
            newest=newest.recommendation.rulebook.as_of,
            known=known,
            days=tuple(date.fromisoformat(row["as_of"]) for row in rows),
            content=case,
            place=place,
        )

    def take_in(self, incoming: Incoming, source: str, at: datetime) -> int:
        """Add all of it, all or nothing, and return the id of the import; nothing is replaced."""
        with self._database.writing() as connection:
            import_id = connection.execute(
                "INSERT INTO imports (imported_at, source) VALUES (?, ?)", (stamp(at), source)
            ).lastrowid
            ids = {
                one.place: _add_case(connection, one.content, import_id) for one in incoming.cases
            }
            for draft in incoming.drafts:
                _add_draft(connection, draft.content, ids, import_id)
        return import_id or 0


def _add_case(connection: sqlite3.Connection, case: _Case, import_id: int | None) -> int:
    case_id = begin_case(connection, case.begun_at, import_id, case.note)
    for evaluation in case.evaluations:
        evaluation_id = add_evaluation(
            connection,
            case_id,
            evaluation.customer,
            written(evaluation.recommendation),
            evaluation.evaluated_at,
        )
        connection.executemany(
            "UPDATE action_states SET state = ?, day = ? WHERE evaluation_id = ? AND action = ?",
            [
                (one.state, _written(one.day), evaluation_id, one.action)
                for one in evaluation.actions
            ],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO evidence_ticks VALUES (?, ?, ?, ?)",
            [
                (evaluation_id, one.action, one.evidence, stamp(one.ticked_at))
                for one in evaluation.ticks
            ],
        )
    connection.executemany(
        """
        INSERT INTO follow_ups (case_id, kind, action, title, cites, due, snoozed_until, done_on)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [_follow_up_row(case_id, one) for one in case.follow_ups],
    )
    return case_id


def _follow_up_row(case_id: int, one: _FollowUp) -> tuple[int | str | None, ...]:
    cites = json.dumps([cite.model_dump(mode="json") for cite in one.cites])
    days = (_written(one.due), _written(one.snoozed_until), _written(one.done_on))
    return (case_id, one.kind, one.action, one.title, cites, *days)


def _add_draft(
    connection: sqlite3.Connection, draft: _Draft, ids: Mapping[int, int], import_id: int | None
) -> None:
    write_draft(
        connection,
        Draft(
            customer=draft.customer,
            answers=answers_from(draft.answers),
            page=draft.page,
            as_of=draft.as_of,
            case_id=None if draft.case is None else ids.get(draft.case),
        ),
        draft.saved_at,
        import_id,
    )


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _told(fault: Exception) -> Sentence:
    if isinstance(fault, ValidationError):
        first = fault.errors()[0]
        return as_written(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    if isinstance(fault, KeyError):
        return Sentence("a part of it is missing")
    return Sentence("it is put together wrongly")
