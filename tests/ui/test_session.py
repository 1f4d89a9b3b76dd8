"""The open case, without a screen."""

import random
import sys
from datetime import date

import pytest

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.history.store import History
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.model.answers import UNKNOWN, Answer
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.sentences import as_written
from nca_wizard.ui.case_values import customer_of, fields_of
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.steps import CHECK, CUSTOMER
from tests.ui.walking import SCENARIO_B


def some_answer(session: CaseSession, question: Question, dice: random.Random) -> Answer:
    """An answer this question takes, "I don't know yet" now and then."""
    choices = [choice.id for choice in question.choices]
    if dice.random() < 0.2:
        return UNKNOWN
    if question.kind == "several":
        together = [choice.id for choice in question.choices if not choice.alone]
        drawn = dice.sample(together, min(2, len(together)))
        return tuple(choice for choice in choices if choice in drawn)
    products = session.answers.get("products")
    if question.kind == "by_product" or (
        question.kind == "one_or_by_product" and dice.random() < 0.5
    ):
        chosen = products if isinstance(products, tuple) else ()
        by_product = {product: dice.choice(choices) for product in chosen if product != UNKNOWN}
        return by_product or dice.choice(choices)
    return dice.choice(choices)


def answer_page(session: CaseSession, dice: random.Random) -> None:
    if session.page == CUSTOMER:
        session.set_field("name", "Contoso AB")
    for question in session.questions(session.page):
        if question.id not in session.answers:
            session.answer(question.id, some_answer(session, question, dice))


def all_answered(book: Rulebook, history: History, clock: Clock) -> CaseSession:
    answers: dict[str, Answer] = {
        question: chosen if book.question(question).kind == "several" else chosen[0]
        for question, chosen in SCENARIO_B.items()
    }
    return CaseSession.of_answers(
        Engine(book), history, clock, fields={"name": "Contoso AB"}, answers=answers
    )


def test_the_session_needs_no_qt() -> None:
    import subprocess

    program = (
        "import sys, nca_wizard.ui.session, nca_wizard.ui.words;"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("seed", range(8))
def test_back_and_continue_anywhere_leave_every_answer_as_it_was(
    book: Rulebook, history: History, clock: Clock, seed: int
) -> None:
    dice = random.Random(seed)
    session = CaseSession.new(Engine(book), history, clock)
    for _ in range(200):
        before = dict(session.answers)
        if dice.random() < 0.35 and session.can_go_back():
            session.back()
            assert dict(session.answers) == before
            continue
        if session.page == CHECK:
            session.change(dice.choice(session.pages()))
            assert session.returning
            continue
        answer_page(session, dice)
        answered = dict(session.answers)
        assert session.accept() == (), (session.page, session.answers)
        assert dict(session.answers) == answered
        assert session.page in (CHECK, *session.pages())
        assert session.is_saved


def test_every_accepted_answer_is_on_the_disk_before_the_next_page(
    book: Rulebook, history: History, clock: Clock
) -> None:
    dice = random.Random(1)
    session = CaseSession.new(Engine(book), history, clock)
    while session.page != CHECK:
        answer_page(session, dice)
        assert session.accept() == ()

        (draft,) = history.drafts()
        assert dict(draft.answers) == dict(session.answers)
        assert draft.page == session.page
        assert draft.customer["name"] == "Contoso AB"


def test_an_empty_case_is_never_saved(book: Rulebook, history: History, clock: Clock) -> None:
    session = CaseSession.new(Engine(book), history, clock, track="smb")

    session.save()

    assert session.answers == {"track": "smb"}
    assert history.drafts() == []


def test_only_the_track_is_preselected(book: Rulebook, history: History, clock: Clock) -> None:
    assert CaseSession.new(Engine(book), history, clock).answers == {}


def test_a_channel_changed_and_changed_back_restores_parked_answers(
    book: Rulebook, history: History, clock: Clock
) -> None:
    session = all_answered(book, history, clock)
    before = dict(session.answers)
    in_play = dict(session.in_play())

    session.answer("channel", "csp_direct_bill")
    assert set(session.in_play()) <= {q.id for q in session.visible_questions()}
    session.answer("channel", "enterprise_agreement")

    assert dict(session.answers) == before
    assert dict(session.in_play()) == in_play


def test_change_returns_to_check_in_one_step(
    book: Rulebook, history: History, clock: Clock
) -> None:
    session = all_answered(book, history, clock)
    assert session.page == CHECK

    session.change("4")
    assert session.accept() == ()

    assert session.page == CHECK


def test_a_newly_needed_question_is_asked_before_check(
    book: Rulebook, history: History, clock: Clock
) -> None:
    session = all_answered(book, history, clock)

    session.change("2")
    session.answer("channel", "mixed")
    session.accept()
    assert session.page == "3b"

    session.answer("channel_by_product", {"business_central": "enterprise_agreement"})
    session.accept()
    assert session.page == CHECK


def test_the_name_is_needed_and_too_long_a_text_is_not_cut(
    book: Rulebook, history: History, clock: Clock
) -> None:
    session = CaseSession.new(Engine(book), history, clock)
    assert [problem.where for problem in session.accept()] == ["name"]

    session.set_field("name", "x" * 134)
    (problem,) = session.accept()

    assert str(problem.sentence) == ("Customer name must be 120 characters or fewer (you have 134)")
    assert session.fields["name"] == "x" * 134


def test_none_and_another_choice_cannot_both_be_sent_on(
    book: Rulebook, history: History, clock: Clock
) -> None:
    session = all_answered(book, history, clock)
    session.answer("our_part", ("implements", "none"))
    session.change("5")

    assert [problem.where for problem in session.accept()] == ["our_part"]
    assert session.unusable_page() == "5"


def test_finishing_moves_the_case_into_the_history(
    book: Rulebook, history: History, clock: Clock
) -> None:
    session = all_answered(book, history, clock)
    session.set_field("note", "secret")
    session.save()

    finished = session.finish(Engine(book).recommend)

    assert finished.evaluation is not None
    assert history.drafts() == []
    stored = history.evaluation(finished.evaluation)
    assert stored.recommendation == finished.recommendation
    assert stored.customer.name == "Contoso AB"


def test_a_second_evaluation_joins_the_case_of_the_first(
    book: Rulebook, history: History, clock: Clock
) -> None:
    first = all_answered(book, history, clock).finish(Engine(book).recommend)
    assert first.case_id is not None
    again = CaseSession.of_answers(
        Engine(book),
        history,
        clock,
        fields=fields_of(first.customer),
        answers=first.recommendation.answers,
        case_id=first.case_id,
    )

    second = again.finish(Engine(book).recommend)

    assert second.case_id == first.case_id
    assert len(history.evaluations_of(first.case_id)) == 2


def test_a_disk_that_is_full_keeps_the_answers_here_and_says_so(
    book: Rulebook, history: History, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite(as_written("Not saved: the disk is full."))

    session = all_answered(book, history, clock)
    monkeypatch.setattr(history, "save_draft", refuse)

    session.set_field("name", "Fabrikam")
    assert not session.save()
    assert not session.is_saved
    assert str(session.not_saved) == "Not saved: the disk is full."

    finished = session.finish(Engine(book).recommend)
    assert finished.evaluation is None
    assert str(finished.not_saved) == "Not saved: the disk is full."
    assert finished.recommendation.goals


def test_a_draft_of_other_rules_loses_only_what_they_do_not_know(
    book: Rulebook, history: History, clock: Clock
) -> None:
    session = all_answered(book, history, clock)
    session.set_field("domain", "contoso.com")
    session.save()
    (draft,) = history.drafts()
    from dataclasses import replace

    odd = replace(draft, answers={**draft.answers, "gone": "x", "cloud": "moon"}, page="9z")

    resumed = CaseSession(Engine(book), history, clock, odd)

    assert set(resumed.forgotten) == {"gone", "cloud"}
    assert resumed.page == "2b"
    assert resumed.answers["channel"] == "enterprise_agreement"


def test_the_day_to_evaluate_for_is_today_unless_chosen(
    book: Rulebook, history: History, clock: Clock
) -> None:
    session = all_answered(book, history, clock)
    assert session.as_of == clock().date()

    session.evaluate_for(date(2026, 11, 1))

    assert session.finish(Engine(book).recommend).recommendation.rulebook.as_of == date(2026, 11, 1)


def test_fields_and_customer_say_the_same() -> None:
    customer = Customer(name="R&D <b>Söhne</b> 東京", domain="contoso.com", note="a\nb")

    assert customer_of(fields_of(customer)) == customer
