"""Which questions are asked, against enumeration: those that some completion makes matter."""

import random
from collections.abc import Iterator

import pytest

from nca_wizard.rules.interview import ALWAYS_ASKED, Interview
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.rules.model.values import Scenario
from tests.content.brute_force import BruteForce, Completion, Outcome
from tests.content.small_books import PRODUCTS, random_scenario, small_book

BOOKS = 120
CHUNKS = 4


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_question_is_asked_exactly_where_some_completion_makes_it_matter(
    rulebook: Rulebook, chunk: int
) -> None:
    skipped = asked = 0
    for seed in range(chunk, BOOKS, CHUNKS):
        book = small_book(rulebook, seed)
        scenario = random_scenario(book, random.Random(seed))
        visible = Interview(book, scenario.answers, scenario.as_of).visible
        expected = tuple(_asked(book, scenario))

        assert visible == expected, (seed, scenario)
        asked += len(visible)
        skipped += len(book.questions) - len(visible)
    assert asked > skipped > 10


def _asked(book: Rulebook, scenario: Scenario) -> Iterator[str]:
    """The questions in order, each judged by the answers to those asked before it."""
    before: dict[str, object] = {}
    for question in book.questions:
        if question.id in ALWAYS_ASKED or _matters(book, scenario, before, question):
            yield question.id
            if question.id in scenario.answers:
                before[question.id] = scenario.answers[question.id]


def _matters(
    book: Rulebook, scenario: Scenario, before: dict[str, object], question: Question
) -> bool:
    products = scenario.answers.get("products", PRODUCTS)
    metrics = [metric.id for metric in book.metrics]
    answers: Answers = {**before}  # type: ignore[dict-item]  # what was answered, unchanged
    goals = [(product, metric) for product in products for metric in metrics]
    slow = BruteForce(book, scenario.model_copy(update={"answers": answers}), goals)
    for goal in goals:
        results: dict[tuple[str, ...], set[object]] = {}
        for completion, outcome in slow.outcomes[goal]:
            others = tuple(
                choice
                for axis, choice in completion.items()
                if axis.partition(".")[0] != question.id
            )
            shown = frozenset(_cautions(book, goal, completion, outcome))
            result = (outcome.verdict, outcome.routes, outcome.tries, shown)
            results.setdefault(others, set()).add(result)
        if any(len(different) > 1 for different in results.values()):
            return True
    return False


def _cautions(
    book: Rulebook, goal: tuple[str, str], completion: Completion, outcome: Outcome
) -> Iterator[str]:
    """The cautions about this goal and a route in use, or about every goal."""
    in_use = {association for association, _ in (*outcome.routes, *outcome.tries)}
    in_use |= outcome.in_place
    for rule in book.cautions:
        about = not rule.association or in_use & set(rule.association)
        if about and all(completion[axis] in wanted for axis, wanted in rule.when.items()):
            yield rule.id
