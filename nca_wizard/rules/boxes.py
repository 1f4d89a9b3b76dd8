"""A set of scenarios in a few words: boxes, each a conjunction of "question is one of these"."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from nca_wizard.rules.space import Space

Box: TypeAlias = Mapping[str, tuple[str, ...]]
"""Axis -> the choices it allows. An axis that is not there allows all of its choices."""


def maximal_boxes(space: Space, bits: int, do_not_care: int = 0) -> Iterator[Box]:
    """Boxes that together hold `bits` and nothing else but `do_not_care`.

    No box can be widened by a choice. They may overlap, and they come one at a time: whoever shows
    only three of them pays for three.
    """
    allowed = bits | do_not_care
    left = bits
    while left:
        box = _widened(space, space.any_in(left), allowed)
        yield box
        left &= ~space.where(box)


def in_words(box: Box) -> str:
    """The box as a clause: `channel = web_direct or mca_enterprise, cloud = china`."""
    clauses = (f"{axis} = {' or '.join(choices)}" for axis, choices in box.items())
    return ", ".join(clauses) or "any answers"


def _widened(space: Space, point: Mapping[str, str], allowed: int) -> Box:
    box: dict[str, tuple[str, ...]] = {axis: (choice,) for axis, choice in point.items()}
    # An axis that can go altogether goes first: a condition less says more than a choice more.
    for axis in tuple(box):
        without = {other: choices for other, choices in box.items() if other != axis}
        if not space.where(without) & ~allowed:
            box = without
    for axis, choices in tuple(box.items()):
        rest = {other: kept for other, kept in box.items() if other != axis}
        fitting = tuple(
            choice
            for choice in space.axes[axis]
            if choice in choices or not space.where({**rest, axis: (choice,)}) & ~allowed
        )
        box[axis] = fitting
    return box
