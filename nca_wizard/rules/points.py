"""What a customer can add to the score, and the consumption that takes. Points, never money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from nca_wizard.rules.model.answers import Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Goal, MetricPoints, PlannedFloor, PlannedRate
from nca_wizard.rules.reasons import Reasons

_SURE: frozenset[Verdict] = frozenset({"automatic", "action_needed"})
_NOT_SETTLED: frozenset[Verdict] = frozenset({"not_yet", "unclear", "depends"})
_BY_USE = frozenset({"usage_growth", "deployments"})
"""The metrics whose workloads are weighed by their use."""


def points_of(
    rulebook: Rulebook, goals: Sequence[Goal], day: date, reasons: Reasons
) -> tuple[MetricPoints, ...]:
    """What each metric that was chosen is worth, as far as the texts of that day say."""
    chosen = {goal.metric for goal in goals}
    return tuple(
        _points(
            rulebook, metric_id, [one for one in goals if one.metric == metric_id], day, reasons
        )
        for metric_id in (metric.id for metric in rulebook.metrics)
        if metric_id in chosen and _is_known(rulebook, metric_id, day)
    )


def _is_known(rulebook: Rulebook, metric_id: str, day: date) -> bool:
    points = rulebook.metric(metric_id).points
    return points is not None and points.effective_from <= day <= rulebook.last_day


def _points(
    rulebook: Rulebook, metric_id: str, goals: Sequence[Goal], day: date, reasons: Reasons
) -> MetricPoints:
    points = rulebook.metric(metric_id).points
    if points is None:
        raise AssertionError("asked only where points are known")
    sure = _workloads(goals, _SURE)
    possible = tuple(one for one in _workloads(goals, _NOT_SETTLED) if one not in sure)
    return MetricPoints(
        metric=metric_id,
        each=points.each,
        most=points.most,
        sure=sure,
        possible=possible,
        floors=tuple(
            PlannedFloor(track=one.track, least=one.least, cites=reasons.cited(one.cites))
            for one in points.floors
        ),
        rates=tuple(
            PlannedRate(
                workload=one.workload,
                per=one.per,
                value=one.value,
                cites=reasons.cited(one.cites),
            )
            for one in rulebook.rates
            if metric_id in _BY_USE and one.workload in (*sure, *possible) and one.in_force_on(day)
        ),
        cites=reasons.cited(points.cites),
    )


def _workloads(goals: Sequence[Goal], verdicts: frozenset[Verdict]) -> tuple[str, ...]:
    """Each once, in the order of the goals. What no list names has no workload."""
    found = [goal.workload for goal in goals if goal.verdict in verdicts and goal.workload]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Added:
    """Points at most: `sure` if the plan is done, `possible` if all that is open turns out well.

    What other customers add counts towards the same most, which is not known here.
    """

    sure: int
    possible: int


def added(points: MetricPoints) -> Added | None:
    """What this customer can add at most; None where all customers are measured together."""
    if points.each is None:
        return None
    return Added(
        min(points.each * len(points.sure), points.most),
        min(points.each * (len(points.sure) + len(points.possible)), points.most),
    )


# --- The calculator ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Consumption:
    """The monthly consumption value of so many users or profiles, held against a floor.

    `missing` is how many more of them it takes to reach it.
    """

    value: Decimal
    least: int
    missing: int

    @property
    def reaches_the_floor(self) -> bool:
        return self.missing == 0


def consumption(count: int, rate: PlannedRate, floor: PlannedFloor) -> Consumption:
    """What `count` active users or profiles bring. ValueError for fewer than none."""
    if count < 0:
        raise ValueError(f"there cannot be {count} users")
    return Consumption(count * rate.value, floor.least, max(0, smallest_count(rate, floor) - count))


def smallest_count(rate: PlannedRate, floor: PlannedFloor) -> int:
    """How many active users or profiles reach the floor."""
    return int((floor.least / rate.value).to_integral_value(ROUND_CEILING))
