"""The smallest changes that make a goal count: one answer, a later day, or two of these."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from nca_wizard.rules.axes import answer_for, axis_question, differ_by_product, is_known
from nca_wizard.rules.evaluation import GoalState
from nca_wizard.rules.explanation import RANK, asked_for, choices_of, with_choice
from nca_wizard.rules.judging import result_of
from nca_wizard.rules.lookup import GoalKey
from nca_wizard.rules.model.answers import EASE, Answers, Verdict
from nca_wizard.rules.model.book import Choice, Question, Rulebook
from nca_wizard.rules.model.results import Step, Way
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.verdict_space import AllDays, Box, WholeSpace

_SHOWN_OF_A_GOAL = 5
_NEVER = max(RANK.values()) + 1
_COUNTS: tuple[Verdict, ...] = ("automatic", "action_needed")


@dataclass(frozen=True, eq=False)
class _Move:
    """One answer changed. There is one of each, so the same is the identical."""

    question: Question
    product: str
    choice: Choice
    condition: Text

    @property
    def axis_question(self) -> str:
        """The question whose axes it changes."""
        return axis_question(self.question.id)

    @property
    def ease(self) -> int:
        """How easily it is brought about; less is easier."""
        return EASE[self.question.who_can_change(self.choice)]

    def made(self, answers: Answers) -> Answers:
        """The answers with this change."""
        return with_choice(answers, self.question, self.product, self.choice) or answers

    def goes_with(self, other: "_Move") -> bool:
        """Whether both can be made: two replies to one question only where it takes several."""
        if (self.question.id, self.product) != (other.question.id, other.product):
            return True
        return self.question.kind == "several" and not (self.choice.alone or other.choice.alone)

    def step(self) -> Step:
        """The change in words."""
        return Step(
            question=self.question.id,
            product=self.product,
            choice=self.choice.id,
            condition=self.condition,
            changeable=self.question.who_can_change(self.choice),
        )


@dataclass(frozen=True, eq=False)
class _Change:
    """Up to two moves, and a later day or the same; together no more than two changes.

    There is one of each, as of moves.
    """

    moves: tuple[_Move, ...] = ()
    day: date | None = None

    @cached_property
    def eases(self) -> tuple[int, ...]:
        """Of each part, the hardest first."""
        waiting = (EASE["waiting"],) if self.day else ()
        return tuple(sorted((*(move.ease for move in self.moves), *waiting), reverse=True))


def ways(
    days: AllDays, day: date, answers: Answers, states: Sequence[GoalState]
) -> tuple[tuple[Way, ...], int]:
    """The easiest ways for each goal, one change before two; and how many there are in all.

    A way makes a goal automatic, or from something worse action_needed, in every completion of the
    unknown answers. It is told only if neither part alone does as much. Of later days the first
    that does is told. Only known answers are changed, and never what is a fact to everybody.
    """
    if not days.on(day).goals.covered:
        return (), 0
    search = _Search(days, day, answers)
    found: dict[_Change, list[GoalKey]] = {}
    for state in states:
        if RANK[state.verdict] > RANK["automatic"]:
            for change in search.for_goal(state):
                found.setdefault(change, []).append((state.product, state.metric))
    order = sorted(found, key=lambda c: (len(c.eases), c.eases, -len(found[c])))
    shown: set[_Change] = set()
    for state in states:
        goal = (state.product, state.metric)
        shown.update([c for c in order if goal in found[c]][:_SHOWN_OF_A_GOAL])
    return tuple(search.way(c, found[c]) for c in order if c in shown), len(found)


class _Tries(NamedTuple):
    """What to try: each change alone, and the pairs with the places of their two parts."""

    single: Sequence[_Change]
    pairs: Sequence[tuple[int, int, _Change]]


class _Search:
    """Tries every change, on the day of the scenario and on each later one."""

    def __init__(self, days: AllDays, today: date, answers: Answers) -> None:
        self._answers = answers
        self._later = [day for day in days.that_matter if today < day <= days.rulebook.last_day]
        self._whole = {None: days.on(today)} | {day: days.on(day) for day in self._later}
        self._moves = tuple(_moves(days.rulebook, answers))
        self._one_for_all = not differ_by_product(answers)
        self._changes: dict[tuple[tuple[_Move, ...], date | None], _Change] = {}
        self._tries: dict[str, _Tries] = {}
        self._said: dict[tuple[_Change, str], int | None] = {}
        self._made: dict[tuple[_Move, ...], Answers] = {}
        self._boxes: dict[tuple[date | None, str], _Boxes] = {}

    def for_goal(self, state: GoalState) -> Iterator[_Change]:
        """The changes that make this goal count and have no part that does as much."""
        tries = self._tries_for(state.product)
        ranks = [self._rank(state, change) for change in tries.single]
        before = RANK[state.verdict]
        # Of later days the first: what an earlier one gives is no reason to wait longer.
        waited: dict[tuple[_Move, ...], int] = {}

        def does_more(change: _Change, rank: int, least: int) -> bool:
            if change.day:
                sooner = waited.get(change.moves, _NEVER)
                waited[change.moves] = min(sooner, rank)
                least = min(sooner, least)
            return rank < least

        for change, rank in zip(tries.single, ranks, strict=True):
            if does_more(change, rank, before):
                yield change
        for one, other, pair in tries.pairs:
            least = min(before, ranks[one], ranks[other])
            # Nothing is better than automatic; but a later day is held against what this one gives.
            worth_it = least > RANK["automatic"] or pair.day is not None
            if worth_it and does_more(pair, self._rank(state, pair), least):
                yield pair

    def _tries_for(self, product: str) -> _Tries:
        product = self._like(product)
        if product not in self._tries:
            moves = [move for move in self._moves if move.product in ("", product)]
            single = [self._change((move,)) for move in moves]
            pairs = [
                (one, other, self._change((moves[one], moves[other])))
                for one, other in combinations(range(len(moves)), 2)
                if moves[one].goes_with(moves[other])
            ]
            for one, move in enumerate(moves):
                for other, day in enumerate(self._later, start=len(moves)):
                    pairs.append((one, other, self._change((move,), day)))
            single += [self._change((), day) for day in self._later]
            self._tries[product] = _Tries(single, pairs)
        return self._tries[product]

    def _change(self, moves: tuple[_Move, ...], day: date | None = None) -> _Change:
        return self._changes.setdefault((moves, day), _Change(moves, day))

    def _like(self, product: str) -> str:
        """The product, or the same for all where the answers are the same for all."""
        return "" if self._one_for_all else product

    def way(self, change: _Change, goals: Sequence[GoalKey]) -> Way:
        """The change, evaluated as a whole."""
        answers = self._answers_after(change.moves)
        result = result_of(self._whole[change.day].goals, answers)
        return Way(
            steps=tuple(move.step() for move in change.moves),
            from_day=change.day,
            goals=tuple(goals),
            verdicts=result.verdicts,
            plan=result.plan.associations,
        )

    def _rank(self, state: GoalState, change: _Change) -> int:
        verdict = self._verdict(state.product, state.metric, change)
        return RANK[verdict] if verdict in _COUNTS else _NEVER

    def _verdict(self, product: str, metric: str, change: _Change) -> Verdict | None:
        lookup = self._whole[change.day].goals.lookup
        key = (change, self._like(product))
        if key not in self._said:
            self._said[key] = lookup.said(self._answers_after(change.moves), product)
        if (said := self._said[key]) is not None:
            return lookup.verdict(said, product, metric)
        answers = self._answers_after(change.moves)
        box = self._boxes_of(change.day, product).after(change.moves, answers)
        return self._whole[change.day].verdicts(product, metric).only(box)

    def _answers_after(self, moves: tuple[_Move, ...]) -> Answers:
        if moves not in self._made:
            answers = self._answers
            for move in moves:
                answers = move.made(answers)
            self._made[moves] = answers
        return self._made[moves]

    def _boxes_of(self, day: date | None, product: str) -> "_Boxes":
        if (day, product) not in self._boxes:
            self._boxes[day, product] = _Boxes(self._whole[day], self._answers, product)
        return self._boxes[day, product]


class _Boxes:
    """The scenarios that agree with the answers for one product, some of them changed."""

    def __init__(self, whole: WholeSpace, answers: Answers, product: str) -> None:
        self._whole = whole
        self._product = product
        self._known = whole.known(answers, product)
        self._changed: dict[tuple[_Move, ...], Box] = {}

    def after(self, moves: tuple[_Move, ...], answers: Answers) -> Box:
        """The scenarios that agree with `answers`, which are what the moves lead to."""
        if moves not in self._changed:
            self._changed[moves] = self._after(moves, answers)
        return self._changed[moves]

    @cached_property
    def _unchanged(self) -> dict[frozenset[str], Box]:
        return {}

    def _after(self, moves: tuple[_Move, ...], answers: Answers) -> Box:
        changed = frozenset(move.axis_question for move in moves)
        if changed not in self._unchanged:
            self._unchanged[changed] = self._whole.together(
                box for question, box in self._known.items() if question not in changed
            )
        return self._whole.together(
            (
                self._unchanged[changed],
                *(self._whole.answered(question, answers, self._product) for question in changed),
            )
        )


def _moves(rulebook: Rulebook, answers: Answers) -> Iterable[_Move]:
    for question in rulebook.questions:
        for product in asked_for(rulebook, answers, question):
            if not is_known(answer_for(answers, question.id, product)):
                continue
            for choice in choices_of(rulebook, question):
                if choice.change is None or question.who_can_change(choice) == "fact":
                    continue
                if with_choice(answers, question, product, choice) is not None:
                    yield _Move(question, product, choice, choice.change)
