"""What the register adds up to: the newest evaluation of each customer, counted.

Only what was entered here is in it, and what was done about it: what somebody decided not to do
does not count with the plan, and what was done counts when Microsoft's portal confirms it. Points
are what these customers bring for the products that count, up to the most the metric gives; what
is measured over all customers together has none.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from nca_wizard.history.evaluations import NEWEST, Read, document_from
from nca_wizard.rules.model.answers import Verdict

if TYPE_CHECKING:
    from nca_wizard.rules.model.book import Metric

Standing = Verdict | Literal["done", "not_doing"]
"""A verdict, or where everything that was planned for the goal was done (but is not confirmed), or
nothing of it will be."""

MOST_TELLING: tuple[Standing, ...] = (
    "action_needed",
    "not_yet",
    "depends",
    "unclear",
    "done",
    "automatic",
    "not_doing",
    "no_route",
    "not_measured",
    "not_covered",
)
"""Each customer is counted once: by the first of these that any of its goals has."""


@dataclass(frozen=True, slots=True)
class MetricTotal:
    """One metric over all customers. A workload of a customer counts once, by its best goal."""

    metric: str
    counted: Mapping[Standing, int]
    """How it stands -> how many workloads of customers stand so."""
    points: int | None
    """For what counts already; None where points are not given for each product."""
    points_with_plan: int | None
    """For what counts or would with the planned actions, done or still to be done."""
    most: int | None

    @property
    def counts(self) -> int:
        """Workloads that count already."""
        return self.counted.get("automatic", 0)

    @property
    def done(self) -> int:
        """Workloads for which all was done and that are not confirmed yet."""
        return self.counted.get("done", 0)

    @property
    def could_count(self) -> int:
        """Workloads that count already or would with the planned actions."""
        return self.counts + self.done + self.counted.get("action_needed", 0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of action, who has to act, and for how many customers. English content."""

    action: str
    association: str
    title: str
    who: str
    to_do: int
    in_progress: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    customers: int
    by_standing: Mapping[Standing, int]
    """How it stands -> how many customers, in the order of MOST_TELLING; together all of them that
    have a goal."""
    metrics: tuple[MetricTotal, ...]
    waiting: tuple[Waiting, ...]
    """The most customers first."""
    with_open_questions: int


def portfolio(read: Read, metrics: "Sequence[Metric]") -> Portfolio:
    """Count the register; `metrics` are those of today's rulebook."""
    # Many customers have the same goals: what each set of them comes to is worked out once.
    rows = read(
        f"""
        SELECT goals, {_SETTLED} AS states, count(*) AS customers,
            sum(open_questions > 0) AS with_open_questions
        FROM evaluations JOIN documents ON evaluation_id = evaluations.id
        WHERE evaluations.id IN ({NEWEST}) GROUP BY goals, states
        """  # noqa: S608  ours
    )
    by_standing: Counter[Standing] = Counter()
    counted: dict[str, Counter[Standing]] = {metric.id: Counter() for metric in metrics}
    for row in rows:
        best = _best_by_workload(json.loads(row["goals"]), json.loads(row["states"]))
        telling = _first(MOST_TELLING, best.values())
        if telling is not None:
            by_standing[telling] += row["customers"]
        for (metric, _), standing in best.items():
            if metric in counted:
                counted[metric][standing] += row["customers"]
    return Portfolio(
        customers=sum(row["customers"] for row in rows),
        by_standing={one: by_standing[one] for one in MOST_TELLING if by_standing[one]},
        metrics=tuple(_total(metric, counted[metric.id]) for metric in metrics),
        waiting=tuple(_waiting(read)),
        with_open_questions=sum(row["with_open_questions"] for row in rows),
    )


# Where nothing was settled there is no need to look at the actions.
_SETTLED = """
    CASE WHEN evaluations.id IN (
        SELECT evaluation_id FROM action_states WHERE state IN ('done', 'not_doing')
    ) THEN (
        SELECT json_group_array(json_array(state, json(covers))) FROM action_states
        WHERE action_states.evaluation_id = evaluations.id
    ) ELSE '[]' END
"""
_BEST_FIRST: tuple[Standing, ...] = (
    "automatic",
    "done",
    *(one for one in MOST_TELLING if one not in ("automatic", "done", "not_doing")),
    "not_doing",
)


def _best_by_workload(
    goals: Iterable[Sequence[str]], states: Iterable[tuple[str, Sequence[Sequence[str]]]]
) -> dict[tuple[str, str], Standing]:
    """Several products can be one workload, which Microsoft counts once for each customer."""
    best: dict[tuple[str, str], Standing] = {}
    states_of: dict[tuple[str, str], set[str]] = {}
    for state, covers in states:
        for product, metric in covers:
            states_of.setdefault((product, metric), set()).add(state)
    for product, metric, verdict, workload in goals:
        key = (metric, workload or product)
        here = _standing(cast("Verdict", verdict), states_of.get((product, metric), set()))
        best[key] = _first(_BEST_FIRST, [here, best.get(key, here)]) or here
    return best


def _standing(verdict: Verdict, states: set[str]) -> Standing:
    """What became of a goal, by the states of the actions that cover it."""
    if verdict in ("action_needed", "not_yet") and states == {"not_doing"}:
        return "not_doing"
    if verdict == "action_needed" and "done" in states and states <= {"done", "not_doing"}:
        return "done"
    return verdict


def _first(order: Sequence[Standing], standings: Iterable[Standing]) -> Standing | None:
    found = set(standings)
    return next((one for one in order if one in found), None)


def _total(metric: "Metric", counted: Counter[Standing]) -> MetricTotal:
    counts = counted["automatic"]
    each = metric.points.each if metric.points else None
    most = metric.points.most if metric.points else None

    def points(workloads: int) -> int | None:
        return None if each is None or most is None else min(each * workloads, most)

    return MetricTotal(
        metric=metric.id,
        counted=dict(counted),
        points=points(counts),
        points_with_plan=points(counts + counted["done"] + counted["action_needed"]),
        most=most,
    )


def _waiting(read: Read) -> list[Waiting]:
    rows = read(
        f"""
        SELECT action, association, max(evaluation_id) AS example,
            sum(state = 'to_do') AS to_do, sum(state = 'in_progress') AS in_progress
        FROM action_states WHERE state IN ('to_do', 'in_progress') AND evaluation_id IN ({NEWEST})
        GROUP BY action, association ORDER BY count(*) DESC, action
        """  # noqa: S608  ours
    )
    return [_waiting_for(row, read) for row in rows]


def _waiting_for(row: sqlite3.Row, read: Read) -> Waiting:
    [example] = read("SELECT recommendation FROM documents WHERE evaluation_id = ?", row["example"])
    plan = document_from(example["recommendation"], read)["plan"]
    [planned] = [one for one in plan if one["guidance"] == row["action"]][:1]
    return Waiting(
        action=row["action"],
        association=row["association"],
        title=planned["title"]["for_us"],
        who=planned["who"]["for_us"],
        to_do=row["to_do"],
        in_progress=row["in_progress"],
    )
