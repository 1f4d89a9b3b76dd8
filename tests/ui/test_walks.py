"""Random walks through the window: what it shows at the end is what the rules say."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from nca_wizard.report import wording
from nca_wizard.rules.interview import Interview
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.texts import Texts
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.steps import CHECK
from tests.ui.test_session import answer_page, some_answer
from tests.ui.walking import bench_of, session_of


@pytest.mark.parametrize("seed", range(6))
def test_after_any_walk_with_back_and_change_the_result_is_what_the_rules_say(
    start: Callable[[], Program], rulebook: Rulebook, seed: int
) -> None:
    dice = random.Random(seed)
    program = start()
    bench = bench_of(program)
    bench.new_case()
    changes = 0
    while changes < 6:
        session = session_of(program)
        if session.page != CHECK:
            if dice.random() < 0.25 and session.can_go_back():
                bench.go_back()
                continue
            answer_page(session, dice)
            bench.go_on()
            continue
        asked = Interview(rulebook, session.answers, session.as_of)
        assert session.pages() == asked.pages
        # A change of mind: another answer to one question, which may open or close others.
        question = rulebook.question(dice.choice(asked.visible))
        bench.change(question.page)
        session.answer(question.id, some_answer(session, question, dice))
        changes += 1
        answer_page(session, dice)
        bench.go_on()
    session = session_of(program)
    while session.page != CHECK:
        answer_page(session, dice)
        bench.go_on()
    in_play = Interview(rulebook, session.answers, session.as_of).answers_in_play
    expected = recommend(rulebook, Scenario(as_of=session.as_of, answers=in_play))

    bench.go_on()

    page = program.window.page
    assert isinstance(page, ResultPage)
    assert bench.result is not None
    assert bench.result.finished.recommendation == expected
    shown = [label.text() for label in page.findChildren(QLabel)]
    assert wording.headline(Texts.load("en"), expected) in shown
