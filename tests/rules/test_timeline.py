"""On which days the stages of an action begin and end."""

from collections.abc import Sequence
from datetime import date

import pytest

from nca_wizard.rules.model.results import PlannedStage
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.timeline import Span, timeline

MONDAY = date(2026, 11, 23)
CHRISTMAS = (date(2026, 12, 24), date(2026, 12, 25))


def stage(
    least: int | None = None,
    most: int | None = None,
    *,
    days: int | None = None,
    end_of_month: bool = False,
    by: int | None = None,
) -> PlannedStage:
    return PlannedStage(
        title=Text(for_us="x", for_customer="x"),
        working_days_min=least,
        working_days_max=most,
        days_max=days,
        until_end_of_month=end_of_month,
        until_day_of_month=by,
        cites=(),
    )


SUBMITTED, REVIEW, REFRESH = stage(0, 5), stage(0, 14), stage(by=20)


def ends(
    stages: Sequence[PlannedStage], start: date, free: Sequence[date] = ()
) -> list[tuple[date, date | None]]:
    found = timeline(stages, start, free)
    assert found is not None
    return [(one.ends.earliest, one.ends.latest) for one in found.stages]


def test_a_claim_from_the_day_it_is_filed_to_the_first_day_it_can_show() -> None:
    assert ends([SUBMITTED, REVIEW, REFRESH], MONDAY) == [
        (MONDAY, date(2026, 11, 30)),
        (MONDAY, date(2026, 12, 18)),
        (date(2026, 12, 20), date(2027, 1, 20)),
    ]


def test_holidays_are_no_working_days() -> None:
    late = date(2026, 12, 21)

    assert ends([stage(5, 5)], late)[0][1] == date(2026, 12, 28)
    assert ends([stage(5, 5)], late, CHRISTMAS)[0][1] == date(2026, 12, 30)


@pytest.mark.parametrize("start", [date(2026, 11, 21), date(2026, 11, 22)])
def test_what_starts_on_a_weekend_begins_on_monday(start: date) -> None:
    assert ends([SUBMITTED], start) == [(MONDAY, date(2026, 11, 30))]


def test_what_starts_on_a_holiday_begins_on_the_next_working_day() -> None:
    assert ends([stage(0, 1)], CHRISTMAS[0], CHRISTMAS) == [
        (date(2026, 12, 28), date(2026, 12, 29))
    ]


@pytest.mark.parametrize(
    ("added", "earliest", "latest"),
    [
        # Microsoft's own example, then what it leaves open.
        (date(2026, 3, 25), date(2026, 4, 20), date(2026, 4, 20)),
        (date(2026, 4, 15), date(2026, 4, 20), date(2026, 5, 20)),
        (date(2026, 4, 20), date(2026, 5, 20), date(2026, 5, 20)),
        (date(2026, 12, 31), date(2027, 1, 20), date(2027, 1, 20)),
    ],
)
def test_a_refresh_shows_it_on_the_next_20th_or_the_one_after(
    added: date, earliest: date, latest: date
) -> None:
    assert ends([REFRESH], added) == [(earliest, latest)]


def test_days_of_the_calendar_count_weekends_too() -> None:
    assert ends([stage(days=30)], MONDAY) == [(MONDAY, date(2026, 12, 23))]


def test_use_is_counted_at_the_end_of_the_month_and_may_show_a_month_later() -> None:
    assert ends([stage(end_of_month=True, days=31)], date(2027, 2, 3)) == [
        (date(2027, 2, 28), date(2027, 3, 31))
    ]


def test_where_nobody_says_how_long_no_latest_day_is_invented() -> None:
    found = timeline([stage(), REFRESH], MONDAY)

    assert found is not None
    assert found.stages[0].ends == Span(MONDAY, None)
    assert found.shows == Span(date(2026, 12, 20), None)
    assert found.last_day == date(2026, 12, 20)


def test_at_least_so_many_days_is_open_at_the_end() -> None:
    assert ends([stage(3)], MONDAY) == [(date(2026, 11, 26), None)]


def test_without_stages_there_is_no_timeline() -> None:
    assert timeline((), MONDAY) is None
