"""A set of scenarios in a few boxes: nothing lost, nothing added, no box could be wider."""

import random

from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.rules.boxes import Box, in_words, maximal_boxes
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import union

SPACE = Space({"a": ("1", "2", "3"), "b": ("yes", "no"), "c": ("x", "y", "z", "w")})
sets = st.integers(min_value=0, max_value=SPACE.full)


def wider(box: Box) -> list[Box]:
    """The box with one choice more, in every way."""
    return [
        {**box, axis: (*choices, more)}
        for axis, choices in box.items()
        for more in SPACE.axes[axis]
        if more not in choices
    ]


@given(bits=sets)
def test_the_boxes_together_are_the_set(bits: int) -> None:
    assert union(SPACE.where(box) for box in maximal_boxes(SPACE, bits)) == bits


@given(bits=sets, do_not_care=sets)
def test_what_does_not_matter_may_be_in_a_box_but_need_not_be_covered(
    bits: int, do_not_care: int
) -> None:
    covered = union(SPACE.where(box) for box in maximal_boxes(SPACE, bits, do_not_care))

    assert bits & ~covered == 0
    assert covered & ~(bits | do_not_care) == 0


@given(bits=sets, do_not_care=sets)
def test_no_box_can_be_widened(bits: int, do_not_care: int) -> None:
    for box in maximal_boxes(SPACE, bits, do_not_care):
        for one in wider(box):
            assert SPACE.where(one) & ~(bits | do_not_care)


@given(bits=sets)
def test_each_box_brings_something_new(bits: int) -> None:
    covered = 0
    for box in maximal_boxes(SPACE, bits):
        assert SPACE.where(box) & ~covered
        covered |= SPACE.where(box)


def test_a_box_stays_one_box_whatever_the_order_of_its_axes() -> None:
    draw = random.Random(1)
    for _ in range(100):
        axes = draw.sample(sorted(SPACE.axes), draw.randint(0, 3))
        box = {a: tuple(c for c in SPACE.axes[a] if draw.random() < 0.5) or ("1",) for a in axes}
        bits = SPACE.where(box)
        if bits:
            (found,) = maximal_boxes(SPACE, bits)

            assert SPACE.where(found) == bits


def test_an_axis_that_does_not_matter_is_not_in_the_box() -> None:
    assert list(maximal_boxes(SPACE, SPACE.holding("b", ("no",)))) == [{"b": ("no",)}]
    assert list(maximal_boxes(SPACE, SPACE.full)) == [{}]
    assert list(maximal_boxes(SPACE, 0)) == []


def test_an_axis_is_left_out_rather_than_another_one_made_wider() -> None:
    bits = SPACE.where({"a": ("1",)}) | SPACE.where({"a": ("1", "2"), "b": ("yes",)})

    assert next(maximal_boxes(SPACE, bits)) == {"a": ("1", "2"), "b": ("yes",)} or next(
        maximal_boxes(SPACE, bits)
    ) == {"a": ("1",)}


def test_a_box_in_words_names_its_axes_and_choices() -> None:
    assert in_words({"a": ("1", "2"), "b": ("no",)}) == "a = 1 or 2, b = no"
    assert in_words({}) == "any answers"
