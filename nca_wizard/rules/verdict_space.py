"""The verdict of a goal for all answers there are, not only for those still possible.

What forces a verdict and what would change it is asked of answers that were not given. Access and
readiness have no axis in common, so a set of scenarios is a product of two bitsets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nca_wizard.rules.axes import all_axes, answer_for, axes_of, is_known, left_open
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.model.answers import Answer, Answers, Verdict
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.rules.proof import days_that_matter
from nca_wizard.rules.space import Space

_MOST_DAYS = 30
"""So many days are remembered, at a megabyte or two each."""

_MOST_ANSWERS = 1_000
"""Of each day so many answers are remembered with their scenarios, at five kilobytes each."""


@dataclass(frozen=True)
class Box:
    """The scenarios that are in both sets."""

    access: int
    readiness: int

    def __and__(self, other: "Box") -> "Box":
        return Box(self.access & other.access, self.readiness & other.readiness)


class VerdictSpace:
    """One goal: which verdict holds where."""

    def __init__(self, state: GoalState) -> None:
        self._blocks: list[tuple[Verdict, int, int]] = []
        for base, bits in state.base_verdicts().items():
            if base in ("automatic", "action_needed"):
                self._blocks += [
                    (ready or base, bits, ready_bits)
                    for ready, ready_bits in state.situation.readiness(state.metric).items()
                ]
            else:
                self._blocks.append((base, bits, state.situation.readiness_space.full))

    def within(self, box: Box) -> frozenset[Verdict]:
        """Every verdict some scenario of the box gives."""
        return frozenset(
            verdict
            for verdict, access, readiness in self._blocks
            if access & box.access and readiness & box.readiness
        )

    def only(self, box: Box) -> Verdict | None:
        """The verdict of every scenario of the box; None if they differ, or if it is empty."""
        found: Verdict | None = None
        for verdict, access, readiness in self._blocks:
            if verdict != found and access & box.access and readiness & box.readiness:
                if found is not None:
                    return None
                found = verdict
        return found

    def counted(self, box: Box) -> Mapping[Verdict, int]:
        """Verdict -> the number of scenarios of the box that give it."""
        found: dict[Verdict, int] = {}
        for verdict, access, readiness in self._blocks:
            many = (access & box.access).bit_count() * (readiness & box.readiness).bit_count()
            if many:
                found[verdict] = found.get(verdict, 0) + many
        return found


class WholeSpace:
    """All answers there are, for the goals of one rulebook and one day."""

    def __init__(self, goals: Goals) -> None:
        self.goals = goals
        self._situation = goals.situations.of(all_axes(goals.rulebook))
        self._verdicts: dict[tuple[str, str], VerdictSpace] = {}
        self._answered: dict[tuple[str, Answer | None], Box] = {}
        self.all = Box(self._situation.possible, self._situation.readiness_space.full)

    def verdicts(self, product: str, metric: str) -> VerdictSpace:
        """The verdicts of one goal."""
        key = (product, metric)
        if key not in self._verdicts:
            state = self.goals.state(product, metric, self._situation)
            self._verdicts[key] = state.once("space", lambda: VerdictSpace(state))
        return self._verdicts[key]

    def answered(self, question_id: str, answers: Answers, product: str) -> Box:
        """The scenarios that agree with what was answered to this question for this product."""
        answer = answer_for(answers, question_id, product)
        key = (question_id, answer)
        if key not in self._answered:
            if len(self._answered) >= _MOST_ANSWERS:
                self._answered.clear()
            question = self.goals.rulebook.question(question_id)
            self._answered[key] = self.where(left_open(question, answer))
        return self._answered[key]

    def known(self, answers: Answers, product: str) -> dict[str, Box]:
        """Question whose answer is known for this product -> the scenarios that agree with it.

        Only questions that the rules ask for.
        """
        return {
            question.id: self.answered(question.id, answers, product)
            for question in self._asked
            if is_known(answer_for(answers, question.id, product))
        }

    def where(self, when: Mapping[str, tuple[str, ...]]) -> Box:
        """The scenarios in which every condition holds; what no rule asks for is no condition."""
        return Box(
            _where(self._situation.space, when), _where(self._situation.readiness_space, when)
        )

    def together(self, boxes: Iterable[Box]) -> Box:
        """The scenarios that are in every box."""
        access, readiness = self.all.access, self.all.readiness
        for box in boxes:
            access &= box.access
            readiness &= box.readiness
        return Box(access, readiness)

    @cached_property
    def _asked(self) -> tuple[Question, ...]:
        asked = {**self._situation.space.axes, **self._situation.readiness_space.axes}
        return tuple(
            question
            for question in self.goals.rulebook.questions
            if any(axis in asked for axis in axes_of(question))
        )


class AllDays:
    """The whole space of one rulebook on each day, made when first asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._known: dict[date, WholeSpace] = {}

    @cached_property
    def that_matter(self) -> tuple[date, ...]:
        """The first day of every stretch in which the same rules stand."""
        return days_that_matter(self.rulebook)

    def on(self, day: date) -> WholeSpace:
        """All answers there are, by the rules of this day."""
        if day not in self._known:
            if len(self._known) >= _MOST_DAYS:
                self._known.pop(next(iter(self._known)))
            self._known[day] = WholeSpace(Goals(self.rulebook, day))
        return self._known[day]


def _where(space: Space, when: Mapping[str, tuple[str, ...]]) -> int:
    return space.where({axis: choices for axis, choices in when.items() if axis in space.axes})
