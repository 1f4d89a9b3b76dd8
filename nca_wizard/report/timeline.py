"""The days of an action in words, and as a picture drawn to scale for the page.

schedule = Schedule(start, free_days("DE"))
for one in stage_lines(t, action.stages, "us", schedule): ...
picture(t, lanes, schedule)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nca_wizard.public_holidays import FreeDays
from nca_wizard.report import wording
from nca_wizard.rules.days import is_working_day
from nca_wizard.rules.model.reasons import Cited
from nca_wizard.rules.model.results import PlannedStage
from nca_wizard.rules.timeline import Span, Timeline, timeline
from nca_wizard.texts import Texts

_LONGEST_SCALE = 6
"""Dates written under the scale; more would run into each other."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The day the seller wants to start on, and the days on which nobody works then."""

    start: date
    free: FreeDays


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage: what it is, on which days, how long that is by the sources, and which those are.

    `days` is "" where no schedule was made, `how_long` where nobody says.
    """

    title: str
    days: str
    how_long: str
    cites: tuple[Cited, ...]

    @property
    def when(self) -> str:
        """The days, or how long it takes where there are none."""
        return self.days or self.how_long


def stage_lines(
    t: Texts,
    stages: Sequence[PlannedStage],
    audience: wording.Audience,
    schedule: Schedule | None = None,
) -> list[StageLine]:
    """The stages in order."""
    dated = timeline(stages, schedule.start, schedule.free) if schedule else None
    days = [span_in_words(t, one.ends) for one in dated.stages] if dated else [""] * len(stages)
    return [
        StageLine(
            t(wording.said_to(stage.title, audience)),
            on_days,
            wording.stage_days(t, stage),
            stage.cites,
        )
        for stage, on_days in zip(stages, days, strict=True)
    ]


def span_in_words(t: Texts, span: Span) -> str:
    """By when: "30 Nov 2026", "between 23 Nov 2026 and 18 Dec 2026", "23 Nov 2026 or later"."""
    earliest = t.date(span.earliest)
    if span.latest is None:
        return t("%(day)s or later") % {"day": earliest}
    if span.latest == span.earliest:
        return earliest
    return t("%(earliest)s to %(latest)s") % {
        "earliest": earliest,
        "latest": t.date(span.latest),
    }


def when_it_shows(t: Texts, stages: Sequence[PlannedStage], schedule: Schedule) -> str:
    """When these stages lead to something that shows, as a sentence; "" without any."""
    course = timeline(stages, schedule.start, schedule.free)
    return shows_in_words(t, course.shows) if course else ""


def shows_in_words(t: Texts, span: Span, audience: wording.Audience = "us") -> str:
    """When it can show first, as a sentence."""
    if audience == "customer":
        return _shows_to_customer(t, span)
    earliest = t.date(span.earliest)
    if span.latest is None:
        return t("It can show from %(day)s on; nobody says by when.") % {"day": earliest}
    if span.latest == span.earliest:
        return t("It can show from %(day)s on.") % {"day": earliest}
    return t("It can show from %(earliest)s on, and should by %(latest)s.") % {
        "earliest": earliest,
        "latest": t.date(span.latest),
    }


def _shows_to_customer(t: Texts, span: Span) -> str:
    earliest = t.date(span.earliest)
    if span.latest is None:
        return t("Our part can show from %(day)s on; nobody says by when.") % {"day": earliest}
    if span.latest == span.earliest:
        return t("Our part can show from %(day)s on.") % {"day": earliest}
    return t("Our part can show from %(earliest)s on, and should by %(latest)s.") % {
        "earliest": earliest,
        "latest": t.date(span.latest),
    }


def reckoned_for(
    t: Texts, audience: wording.Audience, schedule: Schedule, until: date | None = None
) -> str:
    """What `reckoned` says; the customer hears from which day alone."""
    if audience == "customer":
        return t("If we start on %(day)s.") % {"day": t.date(schedule.start)}
    return reckoned(t, schedule, until)


def reckoned(t: Texts, schedule: Schedule, until: date | None = None) -> str:
    """From which day it is reckoned, and which days were left out `until` a day, if they are to be
    named."""
    start = t.date(schedule.start)
    if not schedule.free.country:
        return t(
            "Reckoned from %(start)s, without weekends; public holidays are not known, since no "
            "country is chosen."
        ) % {"start": start}
    values = {"start": start, "country": t.country(schedule.free.country)}
    left_out = [
        f"{t.date(day)} ({schedule.free.name(day)})"
        for day in (_holidays(schedule, until) if until else ())
    ]
    if not left_out:
        return (
            t("Reckoned from %(start)s, without weekends and the public holidays of %(country)s.")
            % values
        )
    return t(
        "Reckoned from %(start)s, without weekends and the public holidays of %(country)s: "
        "%(days)s."
    ) % {**values, "days": t.listing(left_out)}


def _holidays(schedule: Schedule, until: date) -> list[date]:
    """The public holidays from the start on that would have been working days."""
    days = [schedule.start + timedelta(n) for n in range((until - schedule.start).days + 1)]
    return [day for day in days if is_working_day(day) and day in schedule.free]


# --- The picture ---------------------------------------------------------------------------------


def picture(
    t: Texts,
    lanes: Sequence[tuple[str, Sequence[PlannedStage]]],
    schedule: Schedule,
    audience: wording.Audience,
    named: Callable[[PlannedStage], str],
    *,
    brief: bool = False,
) -> dict[str, Any]:
    """Lanes of bars on one scale, for the template: places are parts of its width, 0 to 1.

    A stage can begin at the place `from` and be over between `sure` and `to`; it is `open` where
    nobody says by when. `named` says where a stage stands. `alt` says all of it in words. In
    `brief`, and to the customer, the holidays that were left out are not named.
    """
    dated = [(label, timeline(stages, schedule.start, schedule.free)) for label, stages in lanes]
    courses = [(label, one) for label, one in dated if one]
    last = max(one.last_day for _, one in courses)
    scale = _Scale(schedule.start, last)
    drawn = [
        {
            "label": label,
            "bars": [
                {
                    "title": t(wording.said_to(one.stage.title, audience)),
                    "days": span_in_words(t, one.ends),
                    "source": named(one.stage),
                    "from": scale.place(one.begins.earliest),
                    "sure": scale.place(one.ends.earliest),
                    "to": 1.0 if one.ends.latest is None else scale.place(one.ends.latest),
                    "open": one.ends.latest is None,
                    "last": one is course.stages[-1],
                }
                for one in course.stages
            ],
            "shows": shows_in_words(t, course.shows, audience),
        }
        for label, course in courses
    ]
    return {
        "lanes": drawn,
        "scale": [{"at": scale.place(day), "label": t.short_date(day)} for day in scale.marks()],
        "note": reckoned_for(t, audience, schedule, None if brief else last),
        "legend": t("Line: until the earliest day. Box: until the latest."),
        "alt": " ".join(_in_words(t, label, course, audience) for label, course in courses),
    }


def _in_words(t: Texts, label: str, course: Timeline, audience: wording.Audience) -> str:
    stages = "; ".join(
        f"{t(wording.said_to(one.stage.title, audience))}: {span_in_words(t, one.ends)}"
        for one in course.stages
    )
    said = f"{stages}. {shows_in_words(t, course.shows, audience)}"
    return f"{label}: {said}" if label else said


class _Scale:
    """Days as places on a line."""

    def __init__(self, first: date, last: date) -> None:
        self._first = first
        self._last = max(last, first + timedelta(days=1))

    def place(self, day: date) -> float:
        return round((day - self._first) / (self._last - self._first), 4)

    def marks(self) -> list[date]:
        """The first day, then the first days of months, as many as there is room for."""
        months = []
        day = self._first
        while (day := (day.replace(day=1) + timedelta(days=31)).replace(day=1)) <= self._last:
            months.append(day)
        step = len(months) // _LONGEST_SCALE + 1
        # What stands too near the first day would be written over it.
        return [self._first] + [one for one in months[::step] if self.place(one) > 1 / 8]
