"""What was done stays done, can be undone, and is not taken for what still has to be done."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from nca_wizard.customer import Customer
from nca_wizard.history.store import Draft, History
from nca_wizard.rules.model.results import Recommendation

DAY = date(2026, 11, 23)


@pytest.fixture
def evaluation(history: History, recommendation: Recommendation, noon: datetime) -> int:
    return history.finish(None, Customer(name="Contoso"), recommendation, noon)


def again(history: History, case_id: int, recommendation: Recommendation, at: datetime) -> int:
    draft = history.save_draft(Draft({}, {}, "check", case_id=case_id), at)
    return history.finish(draft.id, Customer(name="Contoso"), recommendation, at)


def test_at_first_everything_is_to_do(history: History, evaluation: int) -> None:
    [progress] = history.actions.of(evaluation)
    [row] = history.evaluations()

    assert (progress.state, progress.day, progress.ticked) == ("to_do", None, frozenset())
    assert row.state == "to_do"


def test_a_state_outlives_the_program_and_gives_back_the_one_before(
    history: History, path: Path, evaluation: int
) -> None:
    assert history.actions.set_state(evaluation, "g1", "in_progress", DAY) == ("to_do", None)
    assert history.evaluations()[0].state == "in_progress"
    assert history.actions.set_state(evaluation, "g1", "done", DAY) == ("in_progress", DAY)
    history.close()

    with History.open(path) as later:
        [progress] = later.actions.of(evaluation)
        [row] = later.evaluations()
    assert (progress.state, progress.day) == ("done", DAY)
    assert (row.state, row.actions_begun, row.actions_settled) == ("done", 1, 1)


def test_an_action_that_is_not_planned_and_a_state_that_is_none_are_refused(
    history: History, evaluation: int
) -> None:
    with pytest.raises(KeyError):
        history.actions.set_state(evaluation, "g2", "done", DAY)
    with pytest.raises(ValueError, match="dnoe"):
        history.actions.set_state(evaluation, "g1", "dnoe", DAY)  # type: ignore[arg-type]


def test_a_tick_outlives_the_program_and_can_be_undone_and_redone(
    history: History, path: Path, evaluation: int, noon: datetime
) -> None:
    assert history.actions.tick(evaluation, "g1", "poe", noon) is False
    history.actions.tick(evaluation, "g1", "po", noon)
    assert history.actions.tick(evaluation, "g1", "po", noon, on=False) is True
    history.close()

    with History.open(path) as later:
        assert later.actions.of(evaluation)[0].ticked == {"poe"}
        later.actions.tick(evaluation, "g1", "po", noon)
        assert later.actions.tick(evaluation, "g1", "po", noon) is True
        assert later.actions.of(evaluation)[0].ticked == {"poe", "po"}


def test_evaluating_again_takes_along_what_was_done(
    history: History, recommendation: Recommendation, evaluation: int, noon: datetime
) -> None:
    history.actions.set_state(evaluation, "g1", "done", DAY)
    history.actions.tick(evaluation, "g1", "poe", noon)
    case_id = history.evaluation(evaluation).case_id

    second = again(history, case_id, recommendation, noon + timedelta(days=1))

    [progress] = history.actions.of(second)
    assert (progress.state, progress.day) == ("done", DAY)
    assert progress.ticked == {"poe"}
    history.actions.set_state(second, "g1", "to_do", None)
    assert history.actions.of(evaluation)[0].state == "done"


def test_an_action_that_has_more_to_cover_is_to_do_again(
    history: History, recommendation: Recommendation, evaluation: int, noon: datetime
) -> None:
    history.actions.set_state(evaluation, "g1", "done", DAY)
    case_id = history.evaluation(evaluation).case_id
    [action] = recommendation.plan
    more = action.model_copy(update={"covers": (*action.covers, ("power_apps", "usage_growth"))})

    second = again(history, case_id, recommendation.model_copy(update={"plan": (more,)}), noon)

    assert history.actions.of(second)[0].state == "to_do"


def test_another_case_takes_nothing_along(
    history: History, made: Callable[..., Recommendation], evaluation: int, noon: datetime
) -> None:
    history.actions.set_state(evaluation, "g1", "done", DAY)

    other = history.finish(None, Customer(name="Contoso"), made(), noon)

    assert history.actions.of(other)[0].state == "to_do"


def test_a_note_is_kept_with_the_case_and_found(
    history: History, path: Path, recommendation: Recommendation, evaluation: int, noon: datetime
) -> None:
    case_id = history.evaluation(evaluation).case_id
    assert history.set_note(case_id, "Call Ms Grüße\u200b\r\nin May") == ""
    again(history, case_id, recommendation, noon + timedelta(days=1))
    assert history.count("gruesse may") == 2
    assert history.set_note(case_id, "Called") == "Call Ms Grüße\nin May"
    history.close()

    with History.open(path) as later:
        assert later.case(case_id).note == "Called"
        assert later.count("gruesse") == 0
        assert later.count("called") == 2
        assert later.count("contoso") == 2
        with pytest.raises(KeyError):
            later.set_note(99, "x")


def test_a_customer_that_is_renamed_is_found_by_the_new_name_only(
    history: History, recommendation: Recommendation, evaluation: int
) -> None:
    case_id = history.evaluation(evaluation).case_id
    history.set_note(case_id, "Call in May")

    assert history.rename(case_id, "  Fabrikam ") == "Contoso"

    assert history.count("contoso") == 0
    assert [row.customer_name for row in history.evaluations("fabrikam may")] == ["Fabrikam"]
    assert history.evaluation(evaluation).customer.name == "Fabrikam"
    assert history.evaluation(evaluation).recommendation == recommendation
    assert history.case(case_id).customer_name == "Fabrikam"
    with pytest.raises(ValueError, match=r"^$"):
        history.rename(case_id, "  ")
