"""All completions of a set of answers as one integer: bit i stands for completion i.

An axis is one thing that can be answered, with the choices still possible for it; a known answer
is an axis with a single choice. Sets of completions are plain integers, so AND, OR and NOT answer
for all of them at once.
"""

from collections.abc import Iterable, Mapping


class Space:
    """The completions of some axes; `full` has a bit for each."""

    def __init__(self, axes: Mapping[str, tuple[str, ...]]) -> None:
        self.axes = dict(axes)
        self._strides: dict[str, int] = {}
        size = 1
        for axis, choices in self.axes.items():
            self._strides[axis] = size
            size *= len(choices)
        self.size = size
        self.full = (1 << size) - 1
        # A repunit in base 2**period repeats a block over the whole space.
        self._first = {
            axis: ((1 << self._strides[axis]) - 1)
            * (self.full // ((1 << self._strides[axis] * len(choices)) - 1))
            for axis, choices in self.axes.items()
        }

    def place(self, axis: str, choice: str) -> int:
        """What a choice adds to the number of a completion; KeyError or ValueError if unknown."""
        return self._strides[axis] * self.axes[axis].index(choice)

    def holding(self, axis: str, choices: Iterable[str]) -> int:
        """The completions in which the axis has one of these choices."""
        possible = self.axes[axis]
        bits = 0
        for choice in choices:
            if choice in possible:
                bits |= self._slice(axis, possible.index(choice))
        return bits

    def where(self, when: Mapping[str, tuple[str, ...]]) -> int:
        """The completions in which every condition holds."""
        bits = self.full
        for axis, choices in when.items():
            bits &= self.holding(axis, choices)
        return bits

    def changes_along(self, axis: str, bits: int, possible: int) -> int:
        """How many pairs of possible completions, alike but for this axis, `bits` tells apart."""
        stride = self._strides[axis]
        first = self._first[axis]
        parts = [
            ((bits >> stride * k) & first, (possible >> stride * k) & first)
            for k in range(len(self.axes[axis]))
        ]
        return sum(
            ((one ^ other) & may & might).bit_count()
            for k, (one, may) in enumerate(parts)
            for other, might in parts[k + 1 :]
        )

    def any_in(self, bits: int) -> Mapping[str, str]:
        """One completion of a non-empty set, in words: axis -> choice."""
        index = (bits & -bits).bit_length() - 1
        found: dict[str, str] = {}
        for axis, choices in self.axes.items():
            index, k = divmod(index, len(choices))
            found[axis] = choices[k]
        return found

    def _slice(self, axis: str, k: int) -> int:
        return self._first[axis] << self._strides[axis] * k
