"""Every fully answered scenario, sorted by what comes out; one sample of each.

The bitsets of a goal split the whole answer space into blocks within which verdict, routes,
guidance and readiness are the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.model.answers import Answer, Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario

TODAY = date(2026, 11, 22)


class Kind(NamedTuple):
    """Goals that come out alike: the products of a family that a metric counts alike."""

    family: str
    metric: str
    measured: str


@dataclass(frozen=True)
class Outcome:
    """A block of scenarios with one result: how many they are, and one of them."""

    product: str
    metric: str
    verdict: Verdict
    scenarios: int
    sample: Scenario

    def __str__(self) -> str:
        return f"{self.product}, {self.metric}: {self.verdict} ({self.scenarios})"


def kinds_of_goals(rulebook: Rulebook, day: date = TODAY) -> dict[Kind, tuple[str, ...]]:
    """Every kind of goal with all its products."""
    goals = Goals(rulebook, day)
    found: dict[Kind, tuple[str, ...]] = {}
    for metric in rulebook.metrics:
        for product in rulebook.products:
            (state,) = goals.states({}, (product.id,), (metric.id,))
            measured = state.measured.measured if state.measured else ""
            kind = Kind(product.family, metric.id, measured)
            found[kind] = (*found.get(kind, ()), product.id)
    return found


def goal_states(rulebook: Rulebook, day: date = TODAY) -> Iterator[GoalState]:
    """The state of one goal of each kind, over all completions."""
    goals = Goals(rulebook, day)
    for kind, (product, *_) in kinds_of_goals(rulebook, day).items():
        yield from goals.states({}, (product,), (kind.metric,))


def distinct_outcomes(rulebook: Rulebook, day: date = TODAY) -> Iterator[Outcome]:
    """One sample of each distinct outcome."""
    for state in goal_states(rulebook, day):
        situation = state.situation
        for base, bits in state.base_verdicts().items():
            for block in _split(bits, _features(state)):
                good = base in ("automatic", "action_needed")
                readiness = situation.readiness(state.metric)
                if not good:
                    readiness = {None: situation.readiness_space.full}
                for ready, ready_bits in readiness.items():
                    if not ready_bits:
                        continue
                    axes = {
                        **situation.space.any_in(block),
                        **situation.readiness_space.any_in(ready_bits),
                    }
                    yield Outcome(
                        product=state.product,
                        metric=state.metric,
                        verdict=ready or base,
                        scenarios=block.bit_count() * ready_bits.bit_count(),
                        sample=Scenario(
                            as_of=day,
                            answers={
                                "products": (state.product,),
                                "metrics": (state.metric,),
                                **answers_with(rulebook, axes),
                            },
                        ),
                    )


def answers_with(rulebook: Rulebook, axes: Mapping[str, str]) -> dict[str, Answer]:
    """Answers to every question; axes that are not given take their first choice."""
    full = {axis: choices[-1] for axis, choices in all_axes(rulebook).items()} | dict(axes)
    answers: dict[str, Answer] = {}
    for question in rulebook.questions:
        if question.id in full:
            answers[question.id] = full[question.id]
        elif any(axis.startswith(f"{question.id}.") for axis in full):
            yes = tuple(
                c.id for c in question.choices if full.get(f"{question.id}.{c.id}") == "yes"
            )
            answers[question.id] = yes or ("none",)
    return answers


def _features(state: GoalState) -> Iterator[int]:
    for association in state.credit:
        for route in (
            state.in_place(association),
            state.route(association),
            state.route_worth_trying(association),
        ):
            yield route
            for _, guided in state.situation.guidance_standing[association]:
                yield route & guided


def _split(bits: int, features: Iterable[int]) -> list[int]:
    blocks = [bits]
    for feature in features:
        blocks = [part for block in blocks for part in (block & feature, block & ~feature) if part]
    return blocks
