"""The days to put into a calendar: when to start, when to look again, when it should show.

Ours alone: the titles are those for us.
"""

from dataclasses import dataclass
from datetime import date

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.report.timeline import Schedule, shows_in_words, stage_lines
from nca_wizard.rules.days import due_on
from nca_wizard.rules.model.results import Action, Recommendation
from nca_wizard.rules.timeline import timeline
from nca_wizard.texts import Texts


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One whole day. `key` names it within the case, however often it is worked out again."""

    key: str
    day: date
    title: str
    text: str


def calendar_days(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    schedule: Schedule,
    *,
    follow_up: date | None = None,
) -> list[CalendarDay]:
    """The days of every action planned or in place, and the day to get back to the customer."""
    found = [
        one
        for action in (*rec.plan, *rec.in_place)
        for one in _of(t, action, customer, schedule, is_planned=action in rec.plan)
    ]
    if follow_up:
        title = t("Get back to %(customer)s") % {"customer": customer.name}
        found.append(CalendarDay("follow-up", follow_up, title, wording.headline(t, rec)))
    return sorted(found, key=lambda one: (one.day, one.key))


def _of(
    t: Texts, action: Action, customer: Customer, schedule: Schedule, *, is_planned: bool
) -> list[CalendarDay]:
    title = t(action.title.for_us)
    found = []
    if is_planned:
        found.append(
            CalendarDay(
                f"{action.guidance}/start",
                schedule.start,
                _titled(title, customer),
                "\n".join(f"{n}. {t(one.for_us)}" for n, one in enumerate(action.steps, start=1)),
            )
        )
    found += [
        CalendarDay(
            f"{action.guidance}/{one.id}",
            due_on(one, schedule.start, schedule.free),
            _titled(t(one.title.for_us), customer),
            "\n".join([title, *(wording.citation(t, cited) for cited in one.cites)]),
        )
        for one in action.follow_ups
        if one.after == "done"
    ]
    course = timeline(action.stages, schedule.start, schedule.free)
    # A follow-up of that very day says where to look.
    if course and course.shows.earliest not in {one.day for one in found}:
        said = [
            f"{one.title}: {one.when}" if one.when else one.title
            for one in stage_lines(t, action.stages, "us", schedule)
        ]
        found.append(
            CalendarDay(
                f"{action.guidance}/shows",
                course.shows.earliest,
                _titled(t("It can show for the first time"), customer),
                "\n".join([title, *said, shows_in_words(t, course.shows)]),
            )
        )
    return found


def _titled(title: str, customer: Customer) -> str:
    return f"{customer.name}: {title}"
