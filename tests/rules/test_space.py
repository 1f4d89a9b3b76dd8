"""Sets of completions as integers, against sets of completions as sets."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.rules.space import Space

AXES = {"a": ("1", "2", "3"), "b": ("yes", "no"), "c": ("only",), "d": ("x", "y")}


def all_completions() -> list[dict[str, str]]:
    """Bit by bit: the first axis turns fastest."""
    return [
        dict(zip(reversed(AXES), choices, strict=True))
        for choices in product(*(AXES[axis] for axis in reversed(AXES)))
    ]


def test_a_condition_holds_in_exactly_the_completions_that_meet_it() -> None:
    space = Space(AXES)

    for when in ({}, {"a": ("1", "3")}, {"b": ("no",), "d": ("x",)}, {"c": ("other",)}):
        bits = space.where(when)
        expected = [
            all(completion[axis] in choices for axis, choices in when.items())
            for completion in all_completions()
        ]
        assert [bool(bits >> i & 1) for i in range(space.size)] == expected


@given(st.integers(min_value=0, max_value=(1 << 12) - 1), st.integers(0, (1 << 12) - 1))
def test_pairs_told_apart_along_an_axis_are_counted_one_by_one(bits: int, possible: int) -> None:
    space = Space(AXES)
    completions = all_completions()

    for axis in AXES:
        pairs = sum(
            1
            for i, one in enumerate(completions)
            for j, other in enumerate(completions)
            if i < j
            and all((one[a] == other[a]) == (a != axis) for a in AXES)
            and possible >> i & 1
            and possible >> j & 1
            and (bits >> i & 1) != (bits >> j & 1)
        )
        assert space.changes_along(axis, bits, possible) == pairs


def test_a_case_is_told_in_the_words_of_its_axes() -> None:
    space = Space(AXES)
    bits = space.where({"a": ("2",), "b": ("no",), "d": ("y",)})

    assert space.any_in(bits) == {"a": "2", "b": "no", "c": "only", "d": "y"}


def test_no_axes_at_all_leave_one_completion() -> None:
    space = Space({})

    assert (space.size, space.full, space.where({})) == (1, 1, 1)
