"""Explanations by bits against enumeration: small books drawn at random, and the shipped one."""

import random
from collections.abc import Iterator
from itertools import islice, product

import pytest

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.reasons import (
    Failed,
    FailedAnswer,
    ForOthers,
    NotInForce,
    Overridden,
    WhyNot,
)
from nca_wizard.rules.model.results import Goal, Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.proof import days_that_matter
from nca_wizard.rules.recommendation import recommend
from tests.content import brute_explanations as slow
from tests.content.brute_force import completions
from tests.content.outcomes import TODAY, answers_with
from tests.content.small_books import random_scenario, small_book
from tests.content.test_brute_force import random_scenarios

BOOKS = 60
SHIPPED = 120
KNOWN = 120
MANY_WAYS = 3
CHUNKS = 6
SCENARIOS = 4


def cases(shipped: Rulebook, chunk: int) -> Iterator[tuple[Rulebook, Scenario]]:
    """Small books, each with a few scenarios."""
    for seed in range(chunk, BOOKS, CHUNKS):
        book = small_book(shipped, seed)
        draw = random.Random(seed)
        for _ in range(SCENARIOS):
            scenario = random_scenario(book, draw)
            if can_occur(book, scenario):
                yield book, scenario


def can_occur(book: Rulebook, scenario: Scenario) -> bool:
    """Whether the answers leave each product a scenario that is not declared impossible."""
    products = scenario.answers["products"]
    return all(any(completions(book, scenario.answers, product)) for product in products)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_explanations_agree_with_enumeration_on_small_books(rulebook: Rulebook, chunk: int) -> None:
    for book, scenario in cases(rulebook, chunk):
        got = recommend(book, scenario)

        agrees_with_enumeration(book, scenario, got)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_explanations_agree_with_enumeration_on_the_shipped_book(
    rulebook: Rulebook, chunk: int
) -> None:
    for scenario in islice(random_scenarios(rulebook, chunk), SHIPPED // CHUNKS):
        got = recommend(rulebook, scenario)

        tells_what_is_possible(rulebook, scenario, got)
        settles_most(rulebook, scenario, got)
        if len(got.goals) == 1 and not got.open_questions:
            finds_every_way(rulebook, scenario, got)
        for goal in got.goals:
            forces_the_verdict(rulebook, scenario, goal)


def one_goal_known(book: Rulebook, chunk: int) -> Iterator[Scenario]:
    """Every answer known, one goal, today and on days gone by; what counts already is left out."""
    draw = random.Random(1_000 + chunk)
    days = [*days_that_matter(book)[-4:], TODAY, TODAY]
    while True:
        day = draw.choice(days)
        answers: dict[str, Answer] = {
            **answers_with(book, {a: draw.choice(some) for a, some in all_axes(book).items()}),
            "products": (draw.choice(("sales", "power_apps", "customer_insights", "finance")),),
            "metrics": (draw.choice(book.metrics).id,),
            "subscription": draw.choice(("active_paid", "active_paid", "trial")),
            # Of many who are associated already, little is left to change.
            "incumbent": draw.choice((("none",), ("none",), ("other_dpor",), ("other_cpor",))),
        }
        scenario = Scenario(as_of=day, answers=answers)
        if can_occur(book, scenario):
            yield scenario


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_way_on_the_shipped_book_is_found_where_all_is_known(
    rulebook: Rulebook, chunk: int
) -> None:
    with_many = 0
    for scenario in islice(one_goal_known(rulebook, chunk), KNOWN // CHUNKS):
        got = recommend(rulebook, scenario)

        finds_every_way(rulebook, scenario, got)
        with_many += got.ways_found >= MANY_WAYS

    assert with_many >= KNOWN // CHUNKS // 3


def agrees_with_enumeration(book: Rulebook, scenario: Scenario, got: Recommendation) -> None:
    tells_what_is_possible(book, scenario, got)
    settles_most(book, scenario, got)
    finds_every_way(book, scenario, got)
    for goal in got.goals:
        key = (goal.product, goal.metric)
        if goal.verdict == "depends":
            assert goal.forced_by == ()
        else:
            forced = slow.forcing_sets(book, scenario, key)
            assert goal.forced_by_sets == len(forced)
            assert {frozenset(one) for one in goal.forced_by} <= forced
            assert len(goal.forced_by) == min(len(forced), 6)


def forces_the_verdict(book: Rulebook, scenario: Scenario, goal: Goal) -> None:
    """No sample tells against a set; sparing one answer of each set, there is one that does.

    So no set is too small, none too large, and none is missing. The whole book has too many
    scenarios to try each.
    """
    key = (goal.product, goal.metric)
    known = slow.known_questions(book, scenario, goal.product)
    draw = random.Random(repr(scenario))

    def others(kept: frozenset[str], tries: int) -> Iterator[str]:
        answers = slow.only(scenario, tuple(kept), goal.product)
        for _ in range(tries):
            (verdict,) = slow.verdicts(book, slow.completed(book, answers, draw), key)
            yield verdict

    for questions in goal.forced_by:
        axes = frozenset(slow.axis_of(question) for question in questions)
        assert set(others(axes, 60)) == {goal.verdict}, (scenario, key, questions)
    if goal.forced_by_sets != len(goal.forced_by) or goal.verdict == "depends":
        return
    for spared in product(*goal.forced_by):
        kept = frozenset(known) - {slow.axis_of(question) for question in spared}
        assert any(verdict != goal.verdict for verdict in others(kept, 3000)), (scenario, spared)


def finds_every_way(book: Rulebook, scenario: Scenario, got: Recommendation) -> None:
    every_way: set[slow.Tried] = set()
    for goal in got.goals:
        key = (goal.product, goal.metric)
        ways = {
            slow.Tried(frozenset((s.question, s.product, s.choice) for s in w.steps), w.from_day)
            for w in got.ways
            if key in w.goals
        }
        expected = slow.ways(book, scenario, key)
        every_way |= expected
        assert ways <= expected, (scenario, key)
        assert len(ways) >= min(len(expected), 5), (scenario, key)
    assert got.ways_found == len(every_way), scenario


def tells_what_is_possible(book: Rulebook, scenario: Scenario, got: Recommendation) -> None:
    for place, goal in enumerate(got.goals):
        key = (goal.product, goal.metric)
        assert set(goal.could_be) == slow.verdicts(book, scenario, key), scenario
        listed = {one.rule: plainly(one) for one in (got.why_not[at] for at in goal.why_not)}
        covered = goal.verdict != "not_covered"
        assert listed == (slow.listed_otherwise(book, scenario.as_of, key) if covered else {})
        for finding in goal.findings:
            told = {one.rule: plainly(one) for one in (got.why_not[at] for at in finding.why_not)}
            # Outside the horizon no rule is said to stand or not to.
            expected = (
                slow.why_not(book, scenario, key, finding.association)
                if goal.verdict != "not_covered"
                else {}
            )
            assert told == expected, scenario
            for one in (got.why_not[at] for at in finding.why_not):
                if isinstance(one, Failed) and len(one.failed) == 1:
                    about = (goal.product, finding.association)
                    assert one.at_best == tuple(
                        slow.best_with(book, scenario, about, _axis(one.failed[0]), choice)
                        for choice in one.failed[0].wanted
                    ), (scenario, one)
            far = [
                (
                    got.why_not[at].kind == "for_others",
                    got.why_not[at].kind == "cannot_occur",
                    len(getattr(got.why_not[at], "failed", ())),
                )
                for at in finding.why_not
            ]
            assert far == sorted(far), scenario
        for question in got.open_questions:
            for reply in question.leads_to:
                asked = (question.question, question.product, reply.choice)
                possible = slow.verdicts_with(book, scenario, key, *asked)
                assert set(reply.could_be[place]) == possible, (scenario, asked)


def settles_most(book: Rulebook, scenario: Scenario, got: Recommendation) -> None:
    """The first open question is marked, alone, and no other leaves less uncertain."""
    if not got.open_questions:
        return
    marked = [question.settles_most for question in got.open_questions]
    assert marked == [True] + [False] * (len(marked) - 1)
    goals = [(goal.product, goal.metric) for goal in got.goals]
    left = [
        slow.left_uncertain(book, scenario, goals, question.question, question.product)
        for question in got.open_questions
        if question.question not in ("products", "metrics")
    ]
    assert not left or left[0] <= min(left) + 1e-6, scenario


def plainly(one: WhyNot) -> tuple[object, ...]:
    """Why a rule does not stand, as the enumeration says it."""
    if isinstance(one, Overridden):
        return one.kind, set(one.by)
    if isinstance(one, NotInForce):
        return one.kind, one.first_day, one.last_day, _failed(one.failed)
    if isinstance(one, ForOthers):
        return one.kind, bool(one.families), bool(one.metrics)
    if isinstance(one, Failed):
        return one.kind, _failed(one.failed)
    return (one.kind,)


def _failed(failed: tuple[FailedAnswer, ...]) -> frozenset[object]:
    return frozenset(
        (
            _axis(one),
            one.given,
            frozenset(one.wanted),
        )
        for one in failed
    )


def _axis(one: FailedAnswer) -> str:
    return ".".join(filter(None, (slow.axis_of(one.question), one.choice)))
