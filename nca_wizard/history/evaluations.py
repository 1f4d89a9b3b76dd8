"""How an evaluation is written down and read back: its line in the list, its document."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from nca_wizard.history.folding import NOTE_BEGINS, fold, search_column
from nca_wizard.history.interning import Json, as_json, hashes_in, interned, restored
from nca_wizard.history.translated import translated
from nca_wizard.history.values import EvaluationRow, StoredEvaluation
from nca_wizard.rules.model.answers import MIXED, Answers

# Read to show the first page, so what makes a document of it is loaded with the first document.
if TYPE_CHECKING:
    from nca_wizard.customer import Customer
    from nca_wizard.rules.model.results import Action, Goal, PlannedFollowUp, Recommendation

# The questions whose answers the list shows.
_CHANNEL = "channel"
_CHANNEL_BY_PRODUCT = "channel_by_product"
_PRODUCTS = "products"

Read = Callable[..., list[sqlite3.Row]]

ROW = """
    evaluations.id, evaluations.case_id, customer_name, domain, as_of, evaluated_at,
    rulebook_version, channel_said, products_said, verdicts, actions, actions_said, open_questions,
    channels,
    (SELECT count(*) FROM action_states WHERE evaluation_id = evaluations.id
        AND state <> 'to_do') AS actions_begun,
    (SELECT count(*) FROM action_states WHERE evaluation_id = evaluations.id
        AND state IN ('done', 'not_doing')) AS actions_settled
"""
"""The columns of `row_from`."""

CASE_NOT_DELETED = "case_id NOT IN (SELECT id FROM cases WHERE deleted_at IS NOT NULL)"
NOT_TAKEN_BACK = """evaluations.id NOT IN (
    SELECT evaluation_id FROM imported_evaluations WHERE taken_back_at IS NOT NULL
)"""
"""Not added to a customer by an import that was undone."""
NOT_DELETED = f"{CASE_NOT_DELETED} AND {NOT_TAKEN_BACK}"

# With max() SQLite takes the other columns from the row that has the greatest.
NEWEST = f"""
    SELECT id FROM (
        SELECT id, max(evaluated_at) FROM evaluations WHERE {NOT_DELETED} GROUP BY folded_name
    )
"""  # noqa: S608  ours
"""The newest evaluation of each customer; a customer is who has the same name, folded."""


def stamp(moment: datetime) -> str:
    """UTC, always as long, so that text order is the order of time. ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


# --- Writing --------------------------------------------------------------------------------


def begin_case(
    connection: sqlite3.Connection, at: datetime, import_id: int | None = None, note: str = ""
) -> int:
    """A new case without an evaluation, which has to follow in the same transaction."""
    cursor = connection.execute(
        "INSERT INTO cases (begun_at, import_id, note) VALUES (?, ?, ?)",
        (stamp(at), import_id, note),
    )
    return cast("int", cursor.lastrowid)


@dataclass(frozen=True, slots=True)
class Written:
    """A recommendation as it is stored, whoever it is for."""

    columns: Mapping[str, str | int]
    searched: tuple[str, ...]
    goals: str
    document: str
    texts: Mapping[str, str]
    """By hash; the document names them."""
    actions: tuple[tuple[str, str, str], ...]
    """Guidance id, association, what it covers."""
    renewals: "tuple[tuple[str, PlannedFollowUp], ...]"
    """Guidance id of what is planned or in place, and what follows when the subscription ends."""


def written(recommendation: "Recommendation") -> Written:
    """What is stored of it, ready for one customer or for many."""
    document, texts = interned(recommendation.model_dump(mode="json"))
    names = recommendation.names
    products = _said(recommendation, _PRODUCTS)
    planned = [names.get(action.association, action.association) for action in recommendation.plan]
    there = [names.get(have.association, have.association) for have in recommendation.in_place]
    titles = [action.title.for_us for action in recommendation.plan]
    searched = [*products, *planned, *titles, *there]
    return Written(
        columns={
            "as_of": recommendation.rulebook.as_of.isoformat(),
            "rulebook_version": recommendation.rulebook.version,
            "channel_said": ", ".join(_said(recommendation, _CHANNEL)),
            "products_said": ", ".join(products),
            "verdicts": json.dumps(Counter(goal.verdict for goal in recommendation.goals)),
            "actions": len(recommendation.plan),
            "actions_said": json.dumps(list(dict.fromkeys(planned))),
            "open_questions": len(recommendation.open_questions),
            "channels": as_json(list(_channels(recommendation.answers))),
        },
        searched=(*searched, *translated(searched)),
        goals=as_json([_goal(goal) for goal in recommendation.goals]),
        document=as_json(document),
        texts=texts,
        actions=tuple(
            (action.guidance, action.association, _covers(action)) for action in recommendation.plan
        ),
        renewals=tuple(
            (action.guidance, follow_up)
            for action in (*recommendation.plan, *recommendation.in_place)
            for follow_up in action.follow_ups
            if follow_up.after == "subscription_ends"
        ),
    )


def add_evaluation(
    connection: sqlite3.Connection,
    case_id: int,
    customer: "Customer",
    evaluated: Written,
    at: datetime,
) -> int:
    """Write a new evaluation of the case; all its actions are still to be done."""
    connection.executemany(
        "INSERT OR IGNORE INTO texts (hash, text) VALUES (?, ?)", evaluated.texts.items()
    )
    note = connection.execute("SELECT note FROM cases WHERE id = ?", (case_id,)).fetchone()["note"]
    columns = {
        "case_id": case_id,
        "evaluated_at": stamp(at),
        **evaluated.columns,
        **named(customer, evaluated, note),
    }
    evaluation_id = connection.execute(
        f"INSERT INTO evaluations ({', '.join(columns)}) "  # noqa: S608  names of columns, none from outside
        f"VALUES ({', '.join(f':{name}' for name in columns)})",
        columns,
    ).lastrowid
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?)",
        (evaluation_id, evaluated.goals, customer.model_dump_json(), evaluated.document),
    )
    connection.executemany(
        """
        INSERT OR IGNORE INTO action_states (evaluation_id, action, association, covers)
        VALUES (?, ?, ?, ?)
        """,
        [(evaluation_id, *action) for action in evaluated.actions],
    )
    return cast("int", evaluation_id)


def _goal(goal: "Goal") -> Json:
    return [goal.product, goal.metric, goal.verdict, goal.workload]


def _covers(action: "Action") -> str:
    return as_json([list(goal) for goal in action.covers])


def named(customer: "Customer", evaluated: Written, note: str) -> dict[str, str]:
    """Who it is for, and what the search looks through, by column."""
    searched = [customer.name, customer.domain, customer.note, *evaluated.searched]
    return {
        "customer_name": customer.name,
        "domain": customer.domain,
        "folded_name": fold(customer.name),
        "folded": search_column(searched) + NOTE_BEGINS + search_column([note]),
    }


def _channels(answers: Answers) -> list[str]:
    by_product = answers.get(_CHANNEL_BY_PRODUCT, {})
    found = list(by_product.values()) if isinstance(by_product, Mapping) else []
    channel = answers.get(_CHANNEL)
    if isinstance(channel, str):
        found.append(channel)
    return sorted(set(found) - {MIXED})


def _said(recommendation: "Recommendation", question: str) -> list[str]:
    return [
        one.text.for_us
        for answered in recommendation.said
        if answered.question == question
        for one in answered.said
    ]


# --- Reading --------------------------------------------------------------------------------


def row_from(row: sqlite3.Row) -> EvaluationRow:
    """A line of the list from the columns `ROW`."""
    return EvaluationRow(
        **{
            **dict(row),
            "as_of": date.fromisoformat(row["as_of"]),
            "evaluated_at": datetime.fromisoformat(row["evaluated_at"]),
            "verdicts": json.loads(row["verdicts"]),
            "actions_said": tuple(json.loads(row["actions_said"])),
            "channels": tuple(json.loads(row["channels"])),
        }
    )


def evaluation_from(row: sqlite3.Row, read: Read) -> StoredEvaluation:
    """The evaluation from a row of evaluations and documents joined.

    ValueError when it is none (pydantic's faults are such), KeyError without its texts.
    """
    from nca_wizard.customer import Customer
    from nca_wizard.rules.model.results import Recommendation

    customer = Customer.model_validate_json(row["customer"])
    return StoredEvaluation(
        id=row["id"],
        case_id=row["case_id"],
        customer=customer.model_copy(update={"name": row["customer_name"]}),
        recommendation=Recommendation.model_validate(document_from(row["recommendation"], read)),
        evaluated_at=datetime.fromisoformat(row["evaluated_at"]),
    )


def document_from(stored: str, read: Read) -> Any:
    """A stored document with its texts and parts back in place; KeyError if one is missing."""
    kept: dict[str, str] = {}
    wanted = hashes_in(stored)
    while wanted:
        rows = read(
            "SELECT hash, text FROM texts WHERE hash IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(wanted)),
        )
        found = {row["hash"]: row["text"] for row in rows}
        kept |= found
        wanted = set().union(*map(hashes_in, found.values())) - kept.keys()
    return restored(json.loads(stored), kept)
