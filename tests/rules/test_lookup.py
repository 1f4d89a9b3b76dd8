"""The plain answer by lookup, against the bits it stands in for and against enumeration."""

import random
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product as every_combination

import pytest

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.judging import judge, result_of
from nca_wizard.rules.model.answers import UNKNOWN, Answer, Answers
from nca_wizard.rules.model.book import Impossible, Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.planning import routes_of
from nca_wizard.rules.proof import days_that_matter
from nca_wizard.rules.proof_tables import tables_of
from nca_wizard.rules.situation import ACCESS_VALUES
from tests.content import brute_force
from tests.content.outcomes import TODAY, answers_with
from tests.content.test_brute_force import random_answers


def fully_known(rulebook: Rulebook, seed: int, count: int) -> Iterator[Answers]:
    """Scenarios in which every question is answered, some of them product by product."""
    draw = random.Random(seed)
    products = [product.id for product in rulebook.products]
    metrics = [metric.id for metric in rulebook.metrics]
    for _ in range(count):
        axes = {axis: draw.choice(choices) for axis, choices in all_axes(rulebook).items()}
        chosen = tuple(draw.sample(products, draw.choice((1, 2, 3))))
        answers: dict[str, Answer] = {
            "products": chosen,
            "metrics": tuple(draw.sample(metrics, draw.choice((1, 2, 3)))),
            **answers_with(rulebook, axes),
        }
        for question, asked in (("channel", "channel_by_product"), ("revenue", "revenue")):
            if draw.random() < 0.3:
                answers[question] = "mixed"
                answers[asked] = {p: draw.choice(all_axes(rulebook)[question]) for p in chosen}
        yield answers


def some_days(rulebook: Rulebook) -> tuple[date, ...]:
    """Today, every day on which something changes, and a day outside the horizon."""
    return (TODAY, *days_that_matter(rulebook), date(1999, 1, 1))


def differs(state: GoalState, goals: Goals, answers: Answers) -> str:
    """What the lookup says otherwise than the bits, "" if nothing."""
    lookup = goals.lookup
    said = lookup.said(answers, state.product)
    if said is None:
        return "not looked up"
    plain = lookup.plain(said, state.product, state.metric)
    access = {
        association.id: value
        for association in goals.rulebook.associations
        for value in ACCESS_VALUES
        if state.situation.access(association.id, value)
    }
    expected = (state.verdict, access, {a: state.counts(a) for a in state.credit})
    if plain != expected:
        return f"{plain} instead of {expected}"
    routes = lookup.routes(said, state.product, state.metric)
    slow = routes_of(goals.rulebook, state)
    return "" if routes == slow else f"{routes} instead of {slow}"


@pytest.mark.parametrize("chunk", range(4))
def test_looked_up_answers_are_those_of_the_bits(rulebook: Rulebook, chunk: int) -> None:
    days = some_days(rulebook)
    all_goals = [Goals(rulebook, day) for day in days]
    seen = set()
    for number, answers in enumerate(fully_known(rulebook, seed=chunk, count=400)):
        goals = all_goals[number % len(days)]
        judgement = judge(goals, answers)
        for state in judgement.states:
            seen.add(state.verdict)
            assert differs(state, goals, answers) == "", (goals.day, answers)

        result = result_of(goals, answers)
        assert (result.verdicts, result.plan) == (judgement.verdicts, judgement.plan), answers

    assert len(seen) == 7, "every verdict but `depends`, which nothing known can be"


def test_each_association_is_looked_up_in_every_scenario_of_its_own(rulebook: Rulebook) -> None:
    """All of its space, on every day, the other answers at random, against the proved tables."""
    draw = random.Random(0)
    axes = all_axes(rulebook)
    looked_up = 0
    for association, table in tables_of(rulebook).access.items():
        for stretch in table.stretches:
            goals = Goals(rulebook, stretch.days.first)
            for own in every_combination(*table.space.axes.values()):
                chosen = dict(zip(table.space.axes, own, strict=True))
                others = {axis: draw.choice(choices) for axis, choices in axes.items()}
                said = goals.lookup.said(answers_with(rulebook, {**others, **chosen}), "sales")
                assert said is not None
                here = table.space.where({axis: (choice,) for axis, choice in chosen.items()})
                value = next(v for v, bits in stretch.by_value.items() if bits & here)

                assert goals.lookup.access(said)[association] == value, (association, chosen)
                looked_up += 1

    assert looked_up >= sum(table.space.size for table in tables_of(rulebook).access.values())


def test_readiness_is_looked_up_in_every_scenario_of_its_own(rulebook: Rulebook) -> None:
    table = tables_of(rulebook).readiness
    through_us = {axis: choices[0] for axis, choices in all_axes(rulebook).items()}
    metrics = [metric.id for metric in rulebook.metrics]
    found = set()
    for days in table.stretches:
        goals = Goals(rulebook, days.days.first)
        for own in every_combination(*table.space.axes.values()):
            chosen = {**through_us, **dict(zip(table.space.axes, own, strict=True))}
            answers = answers_with(rulebook, chosen)
            for state in goals.states(answers, ("sales",), metrics):
                found.add(state.verdict)
                assert differs(state, goals, answers) == "", (days.days, answers)

    assert found >= {"automatic", "not_yet", "unclear"}


def test_looked_up_verdicts_are_those_of_enumeration(rulebook: Rulebook) -> None:
    days = some_days(rulebook)
    for number, answers in enumerate(fully_known(rulebook, seed=99, count=150)):
        scenario = Scenario(as_of=days[number % len(days)], answers=answers)
        products, metrics = answers["products"], answers["metrics"]
        assert isinstance(products, tuple)
        assert isinstance(metrics, tuple)
        goals = [(product, metric) for product in products for metric in metrics]
        slow = brute_force.BruteForce(rulebook, scenario, goals)

        lookup = Goals(rulebook, scenario.as_of).lookup
        for product, metric in goals:
            said = lookup.said(answers, product)
            assert said is not None
            assert lookup.verdict(said, product, metric) == slow.verdict((product, metric))


@pytest.mark.parametrize("chunk", range(2))
def test_a_result_is_the_same_however_much_is_known(rulebook: Rulebook, chunk: int) -> None:
    draw = random.Random(chunk)
    goals = Goals(rulebook, TODAY)
    for _ in range(200):
        answers = random_answers(rulebook, draw)
        judgement, result = judge(goals, answers), result_of(goals, answers)

        assert (result.verdicts, result.plan) == (judgement.verdicts, judgement.plan), answers


def known_answers(rulebook: Rulebook) -> dict[str, Answer]:
    return dict(answers_with(rulebook, {axis: c[0] for axis, c in all_axes(rulebook).items()}))


def test_nothing_is_looked_up_where_an_answer_that_matters_is_not_known(
    rulebook: Rulebook,
) -> None:
    lookup = Goals(rulebook, TODAY).lookup
    known = known_answers(rulebook)
    unanswered: Mapping[str, tuple[Answer, ...]] = {
        "channel": (UNKNOWN, "mixed"),
        "our_part": (UNKNOWN, (), (UNKNOWN,)),
        "revenue": (UNKNOWN, {}, {"power_apps": "from_500"}, {"sales": UNKNOWN}),
    }

    assert lookup.said(known, "sales") is not None
    for question, answers in unanswered.items():
        assert lookup.said({q: a for q, a in known.items() if q != question}, "sales") is None
        for answer in answers:
            assert lookup.said({**known, question: answer}, "sales") is None, (question, answer)


def test_several_choices_mean_the_same_in_any_order(rulebook: Rulebook) -> None:
    lookup = Goals(rulebook, TODAY).lookup
    known = known_answers(rulebook)
    choices = ("us_dpor", "other_cpor", "us_cpor_osa")

    one, other = (
        lookup.said({**known, "incumbent": given}, "sales") for given in (choices, choices[::-1])
    )

    assert one == other != lookup.said({**known, "incumbent": ("none",)}, "sales")


def test_answers_that_cannot_occur_together_are_not_looked_up(rulebook: Rulebook) -> None:
    impossible = Impossible(
        id="i", when={"cloud": ("china",), "channel": ("web_direct",)}, because="b"
    )
    book = rulebook.model_copy(update={"impossible": (impossible,)})
    lookup = Goals(book, TODAY).lookup
    known = known_answers(rulebook)

    assert lookup.said({**known, "cloud": "china"}, "sales") is not None
    assert lookup.said({**known, "cloud": "china", "channel": "web_direct"}, "sales") is None


def test_what_is_remembered_does_not_grow_with_the_scenarios(rulebook: Rulebook) -> None:
    lookup = Goals(rulebook, TODAY).lookup
    found = {}
    for answers in fully_known(rulebook, seed=7, count=3_000):
        said = lookup.said(answers, next(iter(answers["products"])))
        assert said is not None
        found[id(lookup.access(said))] = lookup.access(said)

    assert 50 < len(found) == len({tuple(access.items()) for access in found.values()}) < 600
