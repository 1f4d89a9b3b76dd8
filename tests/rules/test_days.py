"""Days are counted as the programme's texts count them."""

from datetime import date

import pytest

from nca_wizard.rules.days import due_on, shown_by, working_days_after
from nca_wizard.rules.model.book import Rulebook


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 30), 14, date(2026, 12, 18)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 29), 5, date(2026, 12, 4)),
    ],
)
def test_working_days_leave_out_weekends(day: date, count: int, expected: date) -> None:
    assert working_days_after(day, count) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 25), date(2026, 4, 20)),
        (date(2026, 4, 15), date(2026, 5, 20)),
        (date(2026, 12, 18), date(2027, 1, 20)),
        (date(2026, 1, 31), date(2026, 2, 20)),
        (date(2026, 2, 1), date(2026, 3, 20)),
    ],
)
def test_a_refresh_has_surely_seen_it_by_the_twentieth_of_the_next_month(
    day: date, expected: date
) -> None:
    assert shown_by(day, 20) == expected


@pytest.mark.parametrize(
    ("follow_up", "happened", "due"),
    [
        ("claim-approved", date(2026, 11, 23), date(2026, 12, 18)),
        ("claim-shows", date(2026, 11, 23), date(2027, 1, 20)),
        ("claim-answer", date(2026, 11, 20), date(2026, 12, 10)),
        ("claim-renewal", date(2027, 3, 31), date(2027, 3, 31)),
        ("dpor-shows", date(2026, 11, 23), date(2026, 12, 20)),
        ("dpor-renewal", date(2027, 3, 31), date(2027, 3, 31)),
        ("dpor-new-subscription", date(2026, 11, 23), date(2026, 11, 23)),
        ("sale-shows", date(2026, 11, 23), date(2026, 12, 20)),
        ("pal-shows", date(2026, 11, 23), date(2026, 12, 20)),
    ],
)
def test_each_follow_up_is_due_when_its_source_says(
    rulebook: Rulebook, follow_up: str, happened: date, due: date
) -> None:
    [found] = [one for one in rulebook.follow_ups if one.id == follow_up]

    assert due_on(found, happened) == due


def test_every_follow_up_has_a_day_worked_out_by_hand(rulebook: Rulebook) -> None:
    [mark] = [
        mark
        for mark in test_each_follow_up_is_due_when_its_source_says.pytestmark  # type: ignore[attr-defined]
        if mark.name == "parametrize"
    ]

    assert [one.id for one in rulebook.follow_ups] == [case[0] for case in mark.args[1]]


def test_what_a_metric_is_worth_is_what_the_designation_page_says(rulebook: Rulebook) -> None:
    assert {
        metric.id: (metric.points.each, metric.points.most)
        for metric in rulebook.metrics
        if metric.points
    } == {"net_customer_adds": (3, 15), "usage_growth": (None, 30), "deployments": (4, 20)}
