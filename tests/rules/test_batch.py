"""Many scenarios at once have the verdicts that each has alone."""

import random
from collections.abc import Sequence

import pytest

from nca_wizard.rules.batch import verdicts_of
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.judging import judge
from nca_wizard.rules.model.answers import UNKNOWN, Answer, Answers
from nca_wizard.rules.model.book import Impossible, Rulebook
from tests.content.outcomes import TODAY
from tests.content.test_brute_force import random_answers
from tests.rules.test_lookup import fully_known


def by_question(rows: Sequence[Answers]) -> dict[str, list[Answer]]:
    questions = dict.fromkeys(question for row in rows for question in row)
    return {question: [row.get(question, UNKNOWN) for row in rows] for question in questions}


def test_rows_known_and_unknown_have_the_verdicts_they_have_alone(rulebook: Rulebook) -> None:
    draw = random.Random(5)
    goals = Goals(rulebook, TODAY)
    rows: list[Answers] = [*fully_known(rulebook, seed=5, count=1_500)]
    rows += [random_answers(rulebook, draw) for _ in range(100)]
    rows += [{}, {"products": ("sales",)}]
    draw.shuffle(rows)

    found = list(verdicts_of(goals, by_question(rows)))

    assert found == [judge(goals, row).verdicts for row in rows]


def test_a_question_that_no_row_answers_may_be_left_out(rulebook: Rulebook) -> None:
    goals = Goals(rulebook, TODAY)
    rows = [
        {question: answer for question, answer in row.items() if question != "cloud"}
        for row in fully_known(rulebook, seed=6, count=40)
    ]

    found = list(verdicts_of(goals, by_question(rows)))

    assert found == [judge(goals, row).verdicts for row in rows]
    assert list(verdicts_of(goals, {"channel": ["web_direct"]})) == [()]
    assert list(verdicts_of(goals, {})) == []


def test_what_cannot_occur_is_judged_as_it_is_alone(rulebook: Rulebook) -> None:
    impossible = Impossible(id="i", when={"cloud": ("china",)}, because="b")
    goals = Goals(rulebook.model_copy(update={"impossible": (impossible,)}), TODAY)
    rows = list(fully_known(rulebook, seed=8, count=60))

    found = list(verdicts_of(goals, by_question(rows)))

    assert found == [judge(goals, row).verdicts for row in rows]
    assert any("depends" in verdicts for verdicts in found)


def test_lists_of_different_lengths_are_refused(rulebook: Rulebook) -> None:
    answers = {"channel": ["web_direct"], "cloud": ["commercial", "china"]}

    with pytest.raises(ValueError, match=r"different lengths: \[1, 2\]"):
        list(verdicts_of(Goals(rulebook, TODAY), answers))
