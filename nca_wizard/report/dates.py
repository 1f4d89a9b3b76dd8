"""The days to put into a calendar: when to start, until when the customer may decline, when to look
again, when it should show, and what is due anyhow.

Ours alone: the titles are those for us.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    due: Sequence[CalendarDay] = (),
) -> list[CalendarDay]:
    """The days of every action planned or in place, and what is `due` in the case already.

    A day that is due stands for the one with the same key: it is no longer reckoned, but known.
    """
    found = {
        one.key: one
        for action in (*rec.plan, *rec.in_place)
        for one in _of(t, action, customer, schedule, is_planned=action in rec.plan)
    }
    found |= {one.key: replace(one, title=_titled(one.title, customer)) for one in due}
    return sorted(found.values(), key=lambda one: (one.day, one.key))


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
    found += _declines(t, action, customer, schedule)
    found += [
        CalendarDay(
            follow_up_key(action.guidance, one.id),
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


def follow_up_key(action: str, follow_up: str) -> str:
    """How the day of a follow-up is named."""
    return f"{action}/{follow_up}"


def _declines(
    t: Texts, action: Action, customer: Customer, schedule: Schedule
) -> list[CalendarDay]:
    course = timeline(action.stages, schedule.start, schedule.free)
    return [
        CalendarDay(
            f"{action.guidance}/may-decline",
            one.ends.latest,
            _titled(t("The last day on which the customer may decline"), customer),
            "\n".join(
                [
                    t(action.title.for_us),
                    *(wording.citation(t, cited) for cited in one.stage.cites),
                ]
            ),
        )
        for one in (course.stages if course else ())
        if one.stage.may_decline and one.ends.latest
    ]


def _titled(title: str, customer: Customer) -> str:
    return f"{customer.name}: {title}"
