"""Bits against enumeration: scenarios drawn at random, unknown answers and all."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.proof import days_that_matter
from nca_wizard.rules.recommendation import recommend
from tests.content import brute_force

HOW_MANY = 2000
CHUNKS = 8
MOST_COMPLETIONS = 96


def random_scenarios(rulebook: Rulebook, chunk: int) -> Iterator[Scenario]:
    """Scenarios with a few unknown answers each, on days around every change of the rules."""
    draw = random.Random(chunk)
    days = [
        day + timedelta(days=draw.choice((-1, 0, 1)))
        for day in (*days_that_matter(rulebook), rulebook.last_day)
    ]
    made = 0
    while made < HOW_MANY // CHUNKS:
        answers = random_answers(rulebook, draw)
        products = answers["products"]
        assert isinstance(products, tuple)
        most = max(brute_force.how_many(rulebook, answers, product) for product in products)
        if most > MOST_COMPLETIONS:
            continue
        made += 1
        # Half of them today's rules, half somewhere in their history.
        day = date(2026, 11, 22) if draw.random() < 0.5 else draw.choice(days)
        yield Scenario(as_of=day, answers=answers)


def random_answers(rulebook: Rulebook, draw: random.Random) -> dict[str, Answer]:
    """Each question answered three times out of four; products and metrics always."""
    all_products = [product.id for product in rulebook.products]
    products = tuple(draw.sample(all_products, draw.choice((1, 1, 2, 3))))
    metrics = [metric.id for metric in rulebook.metrics]
    answers: dict[str, Answer] = {
        "products": products,
        "metrics": tuple(draw.sample(metrics, draw.choice((1, 2, 3)))),
    }
    for question in rulebook.questions:
        if question.id in answers or draw.random() < 0.25:
            continue
        choices = [choice.id for choice in question.choices]
        if question.kind == "by_product" or (
            question.kind == "one_or_by_product" and draw.random() < 0.3
        ):
            answers[question.id] = {
                p: draw.choice(choices) for p in products if draw.random() < 0.8
            }
        elif question.kind == "several":
            together = [choice.id for choice in question.choices if not choice.alone]
            some = tuple(c for c in together if draw.random() < 0.3)
            answers[question.id] = some or ("none",)
        else:
            answers[question.id] = draw.choice(choices)
    return answers


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_verdicts_plan_and_open_questions_agree_with_enumeration(
    rulebook: Rulebook, chunk: int
) -> None:
    for scenario in random_scenarios(rulebook, chunk):
        got = recommend(rulebook, scenario)

        goals = [(goal.product, goal.metric) for goal in got.goals]
        slow = brute_force.BruteForce(rulebook, scenario, goals)
        assert [goal.verdict for goal in got.goals] == [slow.verdict(goal) for goal in goals], (
            scenario
        )
        covers, cheapest, tries = slow.plans()
        planned = {action.association for action in got.plan}
        others = {frozenset(alternative.associations) for alternative in got.alternatives}
        assert any(planned == cover | tries and others == covers - {cover} for cover in cheapest), (
            scenario
        )
        asked = {(question.question, question.product) for question in got.open_questions}
        assert asked == slow.questions_that_matter(), scenario
