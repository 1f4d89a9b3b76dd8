"""What is due comes from the rules, on the right day, and can be done, put off and undone."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from nca_wizard.customer import Customer
from nca_wizard.history.follow_ups import OWN
from nca_wizard.history.store import History
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend

MONDAY = date(2026, 11, 23)
FAR = date(2030, 1, 1)


@pytest.fixture(scope="module")
def claim(rulebook: Rulebook) -> Recommendation:
    """One claim to file, as the rules that ship say."""
    return recommend(
        rulebook,
        Scenario(
            as_of=date(2026, 11, 22),
            answers={
                "channel": "enterprise_agreement",
                "products": ("sales",),
                "metrics": ("net_customer_adds",),
                "cloud": "commercial",
                "subscription": "active_paid",
                "our_part": ("influenced_purchase",),
                "incumbent": ("none",),
                "customer_names_us": "no",
            },
        ),
    )


@pytest.fixture
def evaluation(history: History, claim: Recommendation, noon: datetime) -> int:
    return history.finish(None, Customer(name="Contoso"), claim, noon)


def kinds(history: History) -> list[tuple[str, date]]:
    return [(one.kind, one.shown_on) for one in history.follow_ups.due(FAR)]


def test_a_claim_that_was_filed_is_followed_up_with_its_source(
    history: History, claim: Recommendation, evaluation: int
) -> None:
    assert [action.guidance for action in claim.plan] == ["cpor-revrec"]

    made = history.follow_ups.plan(evaluation, "done", MONDAY, "cpor-revrec")

    assert len(made) == 2
    assert kinds(history) == [
        ("claim-approved", date(2026, 12, 18)),
        ("claim-shows", date(2027, 1, 20)),
    ]
    [first, _] = history.follow_ups.due(FAR)
    assert (first.customer_name, first.action) == ("Contoso", "cpor-revrec")
    assert first.title == "Look whether the claim is approved"
    assert [cite.weight for cite in first.cites] == ["inferred", "disputed"]


def test_only_what_belongs_to_the_event_and_the_action_is_made(
    history: History, evaluation: int
) -> None:
    assert history.follow_ups.plan(evaluation, "done", MONDAY, "dpor-set") == []
    assert history.follow_ups.plan(evaluation, "new_subscription", MONDAY) == []
    history.follow_ups.plan(evaluation, "subscription_ends", date(2027, 3, 31))
    history.follow_ups.plan(evaluation, "sent_back", MONDAY)

    assert kinds(history) == [
        ("claim-answer", date(2026, 12, 11)),
        ("claim-renewal", date(2027, 3, 31)),
    ]


def test_what_happens_on_another_day_moves_what_is_open(history: History, evaluation: int) -> None:
    [first] = history.follow_ups.plan(evaluation, "subscription_ends", date(2027, 3, 31))
    history.follow_ups.snooze(first, date(2027, 6, 1))

    assert history.follow_ups.plan(evaluation, "subscription_ends", date(2027, 4, 30)) == []
    assert kinds(history) == [("claim-renewal", date(2027, 4, 30))]
    history.follow_ups.set_done(first, date(2027, 4, 30))
    assert len(history.follow_ups.plan(evaluation, "subscription_ends", date(2028, 4, 30))) == 1


def test_what_is_due_is_overdue_or_up_to_the_day_and_outlives_the_program(
    history: History, path: Path, evaluation: int
) -> None:
    case_id = history.evaluation(evaluation).case_id
    for days in (-3, 0, 6, 7):
        history.follow_ups.add(case_id, f"Call\n{days}", MONDAY + timedelta(days=days))
    history.close()

    with History.open(path) as later:
        found = later.follow_ups.due(MONDAY + timedelta(days=6))
    assert [one.title for one in found] == ["Call -3", "Call 0", "Call 6"]
    assert {one.kind for one in found} == {OWN}


def test_what_is_done_or_put_off_says_what_was_before(history: History, evaluation: int) -> None:
    case_id = history.evaluation(evaluation).case_id
    one = history.follow_ups.add(case_id, "Call", MONDAY)

    assert history.follow_ups.snooze(one, date(2026, 12, 1)) is None
    assert history.follow_ups.due(MONDAY) == []
    assert history.follow_ups.snooze(one, None) == date(2026, 12, 1)
    assert len(history.follow_ups.due(MONDAY)) == 1
    assert history.follow_ups.set_done(one, MONDAY) is None
    assert history.follow_ups.due(FAR) == []
    assert history.follow_ups.set_done(one, None) == MONDAY
    assert history.follow_ups.of_case(case_id)[0].done_on is None
    history.follow_ups.remove([one])
    assert history.follow_ups.of_case(case_id) == []
    with pytest.raises(KeyError):
        history.follow_ups.set_done(one, MONDAY)
    with pytest.raises(KeyError):
        history.follow_ups.add(99, "Call", MONDAY)
    with pytest.raises(KeyError):
        history.follow_ups.plan(99, "done", MONDAY)


def test_what_is_due_for_a_deleted_case_comes_back_with_it(
    history: History, evaluation: int, noon: datetime
) -> None:
    case_id = history.evaluation(evaluation).case_id
    history.follow_ups.add(case_id, "Call", MONDAY)

    history.bin.delete(noon, cases=[case_id])
    assert history.follow_ups.due(FAR) == []
    history.bin.restore(cases=[case_id])

    assert len(history.follow_ups.due(FAR)) == 1


def test_what_is_due_for_a_case_that_is_gone_is_gone(
    history: History, path: Path, evaluation: int, noon: datetime
) -> None:
    case_id = history.evaluation(evaluation).case_id
    history.follow_ups.add(case_id, "Ask Ms Hushhush", MONDAY)

    history.bin.delete_for_good(noon, cases=[case_id])

    assert history.follow_ups.due(FAR) == []
    assert b"Hushhush" not in path.read_bytes()
