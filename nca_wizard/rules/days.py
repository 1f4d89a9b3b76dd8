"""Which day it is after so many working days, and when a follow-up is due."""

from collections.abc import Container
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nca_wizard.rules.model.results import PlannedFollowUp
    from nca_wizard.rules.model.rules import FollowUp

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, free: Container[date] = ()) -> bool:
    """Whether it is neither a weekend nor one of the `free` days."""
    return day.weekday() < _SATURDAY and day not in free


def working_days_after(day: date, count: int, free: Container[date] = ()) -> date:
    """`count` working days after `day`. Weekends and `free` days are left out."""
    while count > 0:
        day += _ONE_DAY
        if is_working_day(day, free):
            count -= 1
    return day


def working_day_from(day: date, free: Container[date] = ()) -> date:
    """`day` itself if it is a working day, else the next one."""
    while not is_working_day(day, free):
        day += _ONE_DAY
    return day


def end_of_month(day: date) -> date:
    """The last day of its month."""
    return _next_month(day) - _ONE_DAY


def next_on(day: date, day_of_month: int) -> date:
    """The first day after `day` with this number, as early as a refresh can see it."""
    this_month = day.replace(day=day_of_month)
    return this_month if this_month > day else shown_by(day, day_of_month)


def shown_by(day: date, day_of_month: int) -> date:
    """That day of the following month: by then a refresh has surely seen what was so on `day`."""
    return _next_month(day).replace(day=day_of_month)


def due_on(follow_up: "FollowUp | PlannedFollowUp", day: date, free: Container[date] = ()) -> date:
    """When to come back, if what it counts from happened on `day`."""
    due = working_days_after(day, follow_up.working_days or 0, free)
    return shown_by(due, follow_up.day_of_month) if follow_up.day_of_month else due


def _next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
