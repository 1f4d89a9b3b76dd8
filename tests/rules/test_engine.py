"""One engine for many scenarios answers as a new one would."""

import random
from datetime import date

from nca_wizard.rules.engine import Engine
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.interview import Interview
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from tests.content.outcomes import TODAY
from tests.content.test_brute_force import random_answers

DAYS = (TODAY, date(2022, 9, 1), date(2023, 3, 15), date(1999, 1, 1))


def test_nothing_remembered_changes_a_recommendation(rulebook: Rulebook) -> None:
    draw = random.Random(11)
    engine = Engine(rulebook)
    scenarios = [
        Scenario(as_of=DAYS[number % len(DAYS)], answers=random_answers(rulebook, draw))
        for number in range(24)
    ]

    first = [engine.recommend(scenario) for scenario in scenarios]
    again = [engine.recommend(scenario) for scenario in reversed(scenarios)]

    assert first == again[::-1] == [recommend(rulebook, scenario) for scenario in scenarios]


def test_without_explanations_the_facts_are_the_same(rulebook: Rulebook) -> None:
    draw = random.Random(14)
    engine = Engine(rulebook)
    for number in range(24):
        day = DAYS[number % len(DAYS)]
        scenario = Scenario(as_of=day, answers=random_answers(rulebook, draw))
        plain, whole = engine.recommend_plainly(scenario), engine.recommend(scenario)

        facts = "answers said names preparations plan in_place alternatives cautions reviews_due"
        for fact in (*facts.split(), "rulebook", "points"):
            assert getattr(plain, fact) == getattr(whole, fact)
        assert [one.verdict for one in plain.goals] == [one.verdict for one in whole.goals]
        assert {(one.question, one.product) for one in plain.open_questions} == {
            (one.question, one.product) for one in whole.open_questions
        }
        assert (plain.ways, plain.would_change, plain.why_not) == ((), (), ())
        assert (plain.explained, whole.explained) == (False, True)


def test_an_interview_is_that_of_its_answers_and_its_day(rulebook: Rulebook) -> None:
    draw = random.Random(12)
    engine = Engine(rulebook)
    for number in range(12):
        answers, day = random_answers(rulebook, draw), DAYS[number % len(DAYS)]

        assert engine.interview(answers, day).visible == Interview(rulebook, answers, day).visible


def test_situations_are_forgotten_before_they_fill_the_memory(rulebook: Rulebook) -> None:
    draw = random.Random(13)
    situations = Goals(rulebook, TODAY).situations
    kept = situations.of_product({}, "sales")
    assert situations.of_product({}, "sales") is kept

    for _ in range(2_500):
        situations.of_product(random_answers(rulebook, draw), "sales")

    room = sum(1_000 + situation.space.size for situation in situations._known.values())
    assert 1_000_000 < room <= 2_000_000
    assert situations.of_product({}, "sales") is not kept
