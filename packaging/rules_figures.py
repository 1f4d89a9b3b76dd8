"""What the rulebook says beside its rules and somebody has to check too: figures, days, notes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nca_wizard.rules.model.book import Metric, Rate, Rulebook
from nca_wizard.rules.model.rules import Citation, FollowUp


class Figure(NamedTuple):
    """One thing to check, with a place of its own on the page."""

    place: str
    about: str
    says: str
    cites: Sequence[Citation]


def figures_of(book: Rulebook) -> tuple[Figure, ...]:
    """All of them: points with their floors, rates, days to come back on, notes."""
    return (
        *(figure for metric in book.metrics for figure in _points(metric)),
        *map(_rate, book.rates),
        *map(_follow_up, book.follow_ups),
        *(
            Figure(f"note-{note.id}", f"Note: {association.name}", note.text.for_us, note.cites)
            for association in book.associations
            for note in association.notes
        ),
    )


def _points(metric: Metric) -> Iterator[Figure]:
    points = metric.points
    if points is None:
        return
    each = f"{points.each} for each product that counts, " if points.each else ""
    says = f"{each}at most {points.most}, from {points.effective_from}"
    yield Figure(f"points-{metric.id}", f"Points: {metric.name}", says, points.cites)
    for floor in points.floors:
        yield Figure(
            f"floor-{metric.id}-{floor.track}",
            f"Floor: {metric.name}, {floor.track}",
            f"at least {floor.least} a month",
            floor.cites,
        )


def _rate(rate: Rate) -> Figure:
    until = f" until {rate.effective_until}" if rate.effective_until else ""
    says = f"{rate.value} for each {rate.per} and month, from {rate.effective_from}{until}"
    return Figure(f"rate-{rate.id}", f"Rate: {rate.workload}", says, rate.cites)


def _follow_up(one: FollowUp) -> Figure:
    days = [f"{one.working_days} working days"] if one.working_days else []
    days += [f"until day {one.day_of_month} of the month"] if one.day_of_month else []
    return Figure(
        f"follow-up-{one.id}",
        f"To come back to: {', '.join(one.guidance)}",
        f"{one.title.for_us}: {', then '.join(days) or 'at once'}, after {one.after}",
        one.cites,
    )
