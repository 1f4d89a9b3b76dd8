"""Which day it is after so many working days, and when a follow-up is due."""

from datetime import date, timedelta

from nca_wizard.rules.model import FollowUp, PlannedFollowUp

_SATURDAY = 5


def working_days_after(day: date, count: int) -> date:
    """`count` working days after `day`. Weekends are left out; holidays nobody told us."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY:
            count -= 1
    return day


def shown_by(day: date, day_of_month: int) -> date:
    """That day of the following month: by then a refresh has surely seen what was so on `day`."""
    next_month = day.replace(day=1) + timedelta(days=31)
    return next_month.replace(day=day_of_month)


def due_on(follow_up: FollowUp | PlannedFollowUp, day: date) -> date:
    """When to come back, if what it counts from happened on `day`."""
    due = working_days_after(day, follow_up.working_days or 0)
    return shown_by(due, follow_up.day_of_month) if follow_up.day_of_month else due
