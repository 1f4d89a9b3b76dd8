"""Answers in, verdicts and plan out: what everything else explains, and is tried out many times."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nca_wizard.rules.axes import answered_apart, metrics_of, products_of
from nca_wizard.rules.evaluation import Goals, GoalState, OfProduct
from nca_wizard.rules.model.answers import Answers, Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.planning import Plan, make_plan, plan_of, routes_of


@dataclass(frozen=True)
class Result:
    """Verdicts, one for each goal in order, and plan; not how they come about."""

    verdicts: tuple[Verdict, ...]
    plan: Plan


@dataclass(frozen=True)
class Judgement:
    """Verdicts and plan of one set of answers, without the words."""

    states: tuple[GoalState, ...]
    plan: Plan

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict of each goal, in order."""
        return tuple(state.verdict for state in self.states)


def judge(goals: Goals, answers: Answers) -> Judgement:
    """The verdicts and the plan; no goals while the products are not known."""
    rulebook = goals.rulebook
    products, metrics = goals_of(rulebook, answers)
    states = goals.states(answers, products, metrics)
    usual = goals.states(answers, products, metrics, assumed=rulebook.usual.axes)
    return Judgement(states, make_plan(rulebook, states, usual))


def result_of(goals: Goals, answers: Answers) -> Result:
    """What `judge` finds, without the states."""
    products, metrics = goals_of(goals.rulebook, answers)
    of_each = _of_each(goals, answers, products, metrics)
    return Result(
        tuple(verdict for one in of_each for verdict in one.verdicts),
        plan_of(
            goals.rulebook,
            [(product, metric) for product in products for metric in metrics],
            [routes for one in of_each for routes in one.routes],
            [routes for one in of_each for routes in one.usual_routes],
        ),
    )


def _of_each(
    goals: Goals, answers: Answers, products: Sequence[str], metrics: Sequence[str]
) -> list[OfProduct]:
    """What is found for each product, once for those that are alike.

    It is remembered: whoever tries out answers changes one product's and leaves the others'.
    """
    known = goals.found_with(
        tuple(item for item in answers.items() if not isinstance(item[1], Mapping)), metrics
    )
    apart = answered_apart(answers)
    keys = [(goals.kind_of(product), apart(product)) for product in products]
    new: dict[object, dict[object, str]] = {}
    for key, product in zip(keys, products, strict=True):
        if key not in known:
            new.setdefault(key[1], {})[key] = product
    for alike in new.values():
        found = _found(goals, answers, tuple(alike.values()), metrics)
        known.update(zip(alike, found, strict=True))
    return [known[key] for key in keys]


def _found(
    goals: Goals, answers: Answers, products: Sequence[str], metrics: Sequence[str]
) -> Iterator[OfProduct]:
    """What is found for products that are asked alike, by lookup where everything is known."""
    rulebook, lookup = goals.rulebook, goals.lookup
    said = lookup.said(answers, products[0])
    if said is not None:
        for product in products:
            routes = [lookup.routes(said, product, metric) for metric in metrics]
            verdicts = [lookup.verdict(said, product, metric) for metric in metrics]
            yield OfProduct(verdicts, routes, routes)
        return
    states = goals.states(answers, products, metrics)
    usual = goals.states(answers, products, metrics, assumed=rulebook.usual.axes)
    for first in range(0, len(states), len(metrics)):
        here = slice(first, first + len(metrics))
        yield OfProduct(
            [state.verdict for state in states[here]],
            [routes_of(rulebook, state) for state in states[here]],
            [routes_of(rulebook, state) for state in usual[here]],
        )


def goals_of(rulebook: Rulebook, answers: Answers) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The products and the metrics of the goals: all metrics while they are not known."""
    products = products_of(rulebook, answers) or ()
    return products, metrics_of(rulebook, answers) or tuple(one.id for one in rulebook.metrics)
