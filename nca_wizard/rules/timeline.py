"""On which days the stages of an action begin and end, if it starts on a given day.

No stage takes a certain time, so every day is a span: as early as it can be, and as late. Working
days leave out weekends and the free days handed in; the 20th of a month is the 20th whatever day
that is, since Microsoft writes nothing else.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nca_wizard.rules.days import (
    end_of_month,
    next_on,
    shown_by,
    working_day_from,
    working_days_after,
)
from nca_wizard.rules.model.results import PlannedStage


@dataclass(frozen=True, slots=True)
class Span:
    """Not before `earliest`, and by `latest`; None where nobody says how late it can be."""

    earliest: date
    latest: date | None


@dataclass(frozen=True, slots=True)
class DatedStage:
    stage: PlannedStage
    begins: Span
    ends: Span


@dataclass(frozen=True, slots=True)
class Timeline:
    """The stages in order; never empty."""

    start: date
    stages: tuple[DatedStage, ...]

    @property
    def shows(self) -> Span:
        """The first day on which it can show."""
        return self.stages[-1].ends

    @property
    def last_day(self) -> date:
        """The latest day that is known."""
        return max(one.ends.latest or one.ends.earliest for one in self.stages)


def timeline(
    stages: Sequence[PlannedStage], start: date, free: Container[date] = ()
) -> Timeline | None:
    """The stages one after the other from `start` on; None where there are none."""
    dated: list[DatedStage] = []
    begins = Span(start, start)
    for stage in stages:
        ends = _end_of(stage, begins, free)
        dated.append(DatedStage(stage, begins, ends))
        begins = ends
    return Timeline(start, tuple(dated)) if dated else None


def _end_of(stage: PlannedStage, begins: Span, free: Container[date]) -> Span:
    return Span(
        _earliest_end(stage, begins.earliest, free),
        None if begins.latest is None else _latest_end(stage, begins.latest, free),
    )


def _earliest_end(stage: PlannedStage, day: date, free: Container[date]) -> date:
    if stage.working_days_max is not None or stage.working_days_min is not None:
        day = working_day_from(day, free)
    day = working_days_after(day, stage.working_days_min or 0, free)
    if stage.until_end_of_month:
        day = end_of_month(day)
    if stage.until_day_of_month is not None:
        day = next_on(day, stage.until_day_of_month)
    return day


def _latest_end(stage: PlannedStage, day: date, free: Container[date]) -> date | None:
    if stage.working_days_max is not None:
        day = working_days_after(working_day_from(day, free), stage.working_days_max, free)
    elif stage.working_days_min is not None or not _says_how_long(stage):
        return None
    if stage.until_end_of_month:
        day = end_of_month(day)
    day += timedelta(days=stage.days_max or 0)
    if stage.until_day_of_month is not None:
        day = shown_by(day, stage.until_day_of_month)
    return day


def _says_how_long(stage: PlannedStage) -> bool:
    return (
        stage.days_max is not None
        or stage.until_end_of_month
        or stage.until_day_of_month is not None
    )
