"""Small spaces side by side: answers -> all that is said of them, by addition and lookup.

A scenario has one number, which holds the number of its completion in each of the spaces, each in
a stretch of its own; every reply to a question adds to it. What is said of a completion is worked
out when it is first asked for. The spaces are small, so what is remembered stays small, however
many scenarios are asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import getitem, or_

from nca_wizard.rules.axes import YES_NO, answer_for, axes_of, is_known
from nca_wizard.rules.model.answers import UNKNOWN, Answer, Answers
from nca_wizard.rules.model.book import Question
from nca_wizard.rules.space import Space

_MOST_REPLIES = 10_000
"""Of a question with several choices so many replies are remembered, each order for itself."""

Thing = tuple[int, int]
"""The completions in which something stands, and its bit."""


class Cells(dict[int, int]):
    """The completions of one space, by number -> what is said of each, a bit for each thing.

    Each thing comes as the completions in which it stands, and its bit. All of `every` that stands
    is said, and of each of `first_of` the first that stands.
    """

    def __init__(self, every: Iterable[Thing], first_of: Iterable[Sequence[Thing]] = ()) -> None:
        super().__init__()
        self._every = tuple(every)
        self._first_of = tuple(first_of)

    def __missing__(self, completion: int) -> int:
        said = 0
        for stands, bit in self._every:
            if stands >> completion & 1:
                said |= bit
        for things in self._first_of:
            said |= next((bit for stands, bit in things if stands >> completion & 1), 0)
        self[completion] = said
        return said


class SideBySide:
    """Spaces with what is said in them, for the questions whose axes they have.

    Where `never` is said the answers cannot occur together.
    """

    def __init__(
        self, questions: Iterable[Question], spaces: Iterable[tuple[Space, Cells]], never: int
    ) -> None:
        self._never = never
        self._cells: list[tuple[int, int, Cells]] = []
        adds: dict[str, dict[str, int]] = {}
        begins = 0
        for space, cells in spaces:
            for axis, choices in space.axes.items():
                add = adds.setdefault(axis, dict.fromkeys(choices, 0))
                for choice in choices:
                    add[choice] += space.place(axis, choice) << begins
            width = (space.size - 1).bit_length()
            self._cells.append((begins, (1 << width) - 1, cells))
            begins += width
        self._width = begins
        self._questions: list[str] = []
        self._replies: list[_Replies] = []
        for question in questions:
            used = {axis: adds[axis] for axis in axes_of(question) if axis in adds}
            if used:
                self._questions.append(question.id)
                replies = _Several(used) if question.kind == "several" else _Replies(used)
                self._replies.append(replies)

    def said(self, answers: Answers, product: str) -> int | None:
        """All that is said of one product's answers, a bit for each thing.

        None if one that matters is not known, or if they cannot occur together.
        """
        try:
            number = sum(map(getitem, self._replies, map(answers.__getitem__, self._questions)))
        except (KeyError, TypeError):  # not known, or a choice per product
            adds = [
                replies.to(answer_for(answers, question, product))
                for question, replies in zip(self._questions, self._replies, strict=True)
            ]
            known = [add for add in adds if add is not None]
            if len(known) < len(adds):
                return None
            number = sum(known)
        said = 0
        for begins, mask, cells in self._cells:
            said |= cells[number >> begins & mask]
        return None if said & self._never else said

    def said_of_each(
        self, answers: Mapping[str, Sequence[Answer]], count: int
    ) -> Sequence[int | None]:
        """The same for each of `count` products, whose answers come by question.

        None also where an answer is a mapping from products to choices.
        """
        not_known = 1 << self._width  # beyond every number
        columns = [
            replies.to_each(answers.get(question, (UNKNOWN,) * count), not_known)
            for question, replies in zip(self._questions, self._replies, strict=True)
        ]
        numbers = list(map(sum, zip(*columns, strict=True)))
        said = [0] * count
        for begins, mask, cells in self._cells:
            here = [cells[number >> begins & mask] for number in numbers]
            said = list(map(or_, said, here))
        if max(numbers, default=0) < not_known and not any(one & self._never for one in said):
            return said
        return [
            None if number >= not_known or one & self._never else one
            for one, number in zip(said, numbers, strict=True)
        ]


class _Replies(dict[Answer, int]):
    """The choices of a question -> what each adds to the number of the scenario."""

    def __init__(self, adds: Mapping[str, Mapping[str, int]]) -> None:
        for choices in adds.values():  # one axis
            self.update(choices)

    def to(self, answer: Answer | None) -> int | None:
        """What an answer adds; None if it is not known, or no choice."""
        try:
            return None if answer is None else self[answer]
        except (KeyError, TypeError):
            return None

    def to_each(self, answers: Sequence[Answer], not_known: int) -> Sequence[int]:
        """What each of many answers adds: `not_known` where it is not known, or no choice."""
        try:
            return list(map(self.__getitem__, answers))
        except (KeyError, TypeError):
            found = map(self.to, answers)
            return [not_known if adds is None else adds for adds in found]


class _Several(_Replies):
    """Sets of choices of a question -> what each adds."""

    def __init__(self, adds: Mapping[str, Mapping[str, int]]) -> None:
        super().__init__({})
        self._adds = {axis.partition(".")[2]: both for axis, both in adds.items()}

    def __missing__(self, answer: Answer) -> int:
        if not is_known(answer):
            raise KeyError(answer)
        chosen = answer if isinstance(answer, tuple) else (answer,)
        yes, no = YES_NO
        adds = sum(both[yes if choice in chosen else no] for choice, both in self._adds.items())
        if len(self) < _MOST_REPLIES:
            self[answer] = adds
        return adds
