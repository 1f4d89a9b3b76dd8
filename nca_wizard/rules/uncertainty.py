"""What "I don't know yet" leaves possible, reply by reply, and which question settles most.

How uncertain a goal is: the entropy, in bits, of its verdict when every completion of the unknown
answers is as likely as any other. A question settles most if, averaged over its replies (each as
likely as the completions it leaves) and summed over the goals, the least is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product as combined
from math import log2

from nca_wizard.rules.axes import YES_NO, answered_apart, axes_of, axis_question
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.explanation import RANK, choices_of
from nca_wizard.rules.model.answers import Answers, Verdict
from nca_wizard.rules.model.book import Choice, Question
from nca_wizard.rules.model.results import LeadsTo, OpenQuestion
from nca_wizard.rules.verdict_space import Box, VerdictSpace, WholeSpace

_NAMES_THE_GOALS = ("products", "metrics")


def best_first(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """These verdicts, the best first."""
    return tuple(sorted(verdicts, key=lambda verdict: (RANK[verdict], verdict)))


def with_what_stays_possible(
    goals: Goals,
    whole: WholeSpace,
    answers: Answers,
    states: Sequence[GoalState],
    questions: Sequence[OpenQuestion],
) -> tuple[OpenQuestion, ...]:
    """The open questions with what each reply leads to, the one that settles most first.

    Without a product there is no goal, so asking for the product comes before everything.
    """
    if not questions:
        return ()
    asked = _Asked(goals, whole, answers, states)
    told = [
        one
        if one.question in _NAMES_THE_GOALS
        else one.model_copy(update={"leads_to": asked.leads_to(one)})
        for one in questions
    ]
    weighed = [one for one in told if one.question not in _NAMES_THE_GOALS] or told[:1]
    first = min(weighed, key=asked.left_uncertain) if len(weighed) > 1 else weighed[0]
    return (
        first.model_copy(update={"settles_most": True}),
        *(one for one in told if one is not first),
    )


class _Uncertain:
    """What replies leave of the scenarios of goals that have the same verdicts in the same box."""

    def __init__(self, verdicts: VerdictSpace, box: Box) -> None:
        self._verdicts = verdicts
        self._box = box
        self.could_be = best_first(self.counted())
        self.entropy = _entropy(self.counted())

    def counted(self, reply: Box | None = None) -> Mapping[Verdict, int]:
        """The verdicts still possible, or those after a reply, each with how many scenarios."""
        return self._verdicts.counted(self._box & reply if reply else self._box)

    def left_by(self, replies: Iterable[Box]) -> float:
        """The entropy left on average once one of these replies is given."""
        counted = [self.counted(reply) for reply in replies]
        sizes = [sum(counts.values()) for counts in counted]
        return sum(
            size * _entropy(counts) for size, counts in zip(sizes, counted, strict=True)
        ) / sum(sizes)


class _Asked:
    """What replies to a question leave of each goal's scenarios."""

    def __init__(
        self, goals: Goals, whole: WholeSpace, answers: Answers, states: Sequence[GoalState]
    ) -> None:
        self._rulebook = goals.rulebook
        self._whole = whole
        apart_of = answered_apart(answers)
        boxes: dict[object, Box] = {}
        alike: dict[object, _Uncertain] = {}
        self._goals: list[tuple[GoalState, _Uncertain]] = []
        for state in states:
            apart = apart_of(state.product)
            if apart not in boxes:
                boxes[apart] = whole.together(whole.known(answers, state.product).values())
            verdicts = whole.verdicts(state.product, state.metric)
            key = (verdicts, apart)
            if key not in alike:
                alike[key] = _Uncertain(verdicts, boxes[apart])
            self._goals.append((state, alike[key]))

    def leads_to(self, one: OpenQuestion) -> tuple[LeadsTo, ...]:
        """Reply by reply, the verdicts each goal may still have."""
        question = self._rulebook.question(one.question)
        asked = self._asked(one)
        told = []
        for choice in choices_of(self._rulebook, question):
            with_it = self._whole.where(_with(question, choice))
            after = {each: best_first(each.counted(with_it)) for each in asked}
            could_be = tuple(
                after[each] if _is_about(one, state) else each.could_be
                for state, each in self._goals
            )
            told.append(LeadsTo(choice=choice.id, said=choice.said, could_be=could_be))
        return tuple(told)

    def left_uncertain(self, one: OpenQuestion) -> float:
        """The entropy left on average once the question is answered, summed over the goals."""
        axes = axes_of(self._rulebook.question(axis_question(one.question)))
        # Once each: a choice that no rule asks for makes no difference.
        replies = dict.fromkeys(self._whole.where(reply) for reply in _replies(axes))
        after = {each: each.left_by(replies) for each in self._asked(one) if each.entropy}
        left = sum(
            after.get(each, 0.0) if _is_about(one, state) else each.entropy
            for state, each in self._goals
        )
        # Sums in another order differ in the last digits, and a tie must stay one.
        return round(left, 9)

    def _asked(self, one: OpenQuestion) -> set[_Uncertain]:
        return {each for state, each in self._goals if _is_about(one, state)}


def _is_about(one: OpenQuestion, state: GoalState) -> bool:
    return one.product in ("", state.product)


def _with(question: Question, choice: Choice) -> Mapping[str, tuple[str, ...]]:
    """The scenarios whose reply has this choice, alone or not."""
    if question.kind != "several":
        return {axis_question(question.id): (choice.id,)}
    if choice.alone:
        return dict.fromkeys(axes_of(question), YES_NO[1:])
    return {f"{question.id}.{choice.id}": YES_NO[:1]}


def _replies(axes: Mapping[str, tuple[str, ...]]) -> Iterable[Mapping[str, tuple[str, ...]]]:
    """Every reply there is to a question, each of its axes settled."""
    for choices in combined(*axes.values()):
        yield {axis: (choice,) for axis, choice in zip(axes, choices, strict=True)}


def _entropy(counts: Mapping[Verdict, int]) -> float:
    total = sum(counts.values())
    return -sum(many / total * log2(many / total) for many in counts.values())
