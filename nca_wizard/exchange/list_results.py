"""What comes out for each row of a list: verdicts, plan, what to do, or why it was rejected.

Plain answers, at some 50 microseconds a row. Reasons and sources are worked out for a case when
somebody opens it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nca_wizard.exchange.list_rows import Accepted, Columns, Rejected, Vocabulary, read_row
from nca_wizard.exchange.lists import Row, Table
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.judging import goals_of, result_of
from nca_wizard.rules.model.answers import Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.planning import PlannedAction

REJECTED = "rejected"
RESULT_HEADINGS = ("verdicts", "plan", "what_to_do", REJECTED)


@dataclass(frozen=True, slots=True)
class Judged:
    """One accepted row and what holds for it. `verdicts` go by (product, metric)."""

    accepted: Accepted
    verdicts: tuple[tuple[str, str, Verdict], ...]
    actions: tuple[PlannedAction, ...]

    @property
    def plan(self) -> tuple[str, ...]:
        """The associations to get, in order; one that is only worth trying ends in a `?`."""
        return tuple(
            one.association if one.certainty == "sure" else f"{one.association}?"
            for one in self.actions
        )

    @property
    def what_to_do(self) -> str:
        """The plan in English words."""
        return "; ".join(one.guidance.title.for_us for one in self.actions)


def judge_row(goals: Goals, accepted: Accepted) -> Judged:
    """What holds for an accepted row on the day of `goals`."""
    found = result_of(goals, accepted.answers)
    products, metrics = goals_of(goals.rulebook, accepted.answers)
    pairs = [(product, metric) for product in products for metric in metrics]
    verdicts = tuple(
        (product, metric, verdict)
        for (product, metric), verdict in zip(pairs, found.verdicts, strict=True)
    )
    return Judged(accepted, verdicts, found.plan.actions)


def judge_list(
    goals: Goals, vocabulary: Vocabulary, columns: Columns, table: Table
) -> list[Judged | Rejected]:
    """Every row of a list, in its order."""
    results: list[Judged | Rejected] = []
    for row in table.rows:
        read = read_row(vocabulary, columns, row)
        results.append(read if isinstance(read, Rejected) else judge_row(goals, read))
    return results


def as_table(
    table: Table, results: Sequence[Judged | Rejected]
) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: those of the list, and what came out. Reasons are in English.

    A result that stood in the list already is left out, so that a corrected list can be
    evaluated again as it is.
    """
    kept = [place for place, heading in enumerate(table.headings) if heading not in RESULT_HEADINGS]
    headings = [table.headings[place] for place in kept]
    rows = [[*([_row_of(one).cells[place] for place in kept]), *_cells(one)] for one in results]
    return [*headings, *RESULT_HEADINGS], rows


def as_json(book: Rulebook, as_of: date, results: Sequence[Judged | Rejected]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "rulebook": {
            "version": book.version,
            "as_of": as_of.isoformat(),
            "hash": book.hash,
        },
        "customers": [_one_as_json(one) for one in results if isinstance(one, Judged)],
        "rejected": [
            {"row": one.row.number, "reason": str(one.why), "cells": list(one.row.cells)}
            for one in results
            if isinstance(one, Rejected)
        ],
    }


def _one_as_json(one: Judged) -> dict[str, Any]:
    return {
        "row": one.accepted.row.number,
        "customer": one.accepted.customer.model_dump(exclude_defaults=True),
        "answers": dict(one.accepted.answers),
        "goals": [
            {"product": product, "metric": metric, "verdict": verdict}
            for product, metric, verdict in one.verdicts
        ],
        "plan": [
            {
                "association": action.association,
                "certainty": action.certainty,
                "covers": [list(pair) for pair in action.covers],
                "title": action.guidance.title.for_us,
            }
            for action in one.actions
        ],
    }


def _row_of(one: Judged | Rejected) -> Row:
    return one.row if isinstance(one, Rejected) else one.accepted.row


def _cells(one: Judged | Rejected) -> list[str]:
    if isinstance(one, Rejected):
        return ["", "", "", str(one.why)]
    verdicts = [f"{product}/{metric}={verdict}" for product, metric, verdict in one.verdicts]
    return [";".join(verdicts), ";".join(one.plan), one.what_to_do, ""]
