"""What "I don't know yet" leaves possible, reply by reply, and which question settles most.

How uncertain a goal is: the entropy, in bits, of its verdict when every completion of the unknown
answers is as likely as any other. A question settles most if, averaged over its replies (each as
likely as the completions it leaves) and summed over the goals, the least is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product as combined
from math import log2

from nca_wizard.rules.axes import YES_NO, axes_of, axis_question
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.explanation import RANK, choices_of
from nca_wizard.rules.model.book import Choice, Question
from nca_wizard.rules.model.results import LeadsTo, OpenQuestion
from nca_wizard.rules.model.values import Answers, Verdict
from nca_wizard.rules.verdict_space import Box, WholeSpace

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


class _Asked:
    """What replies to a question leave of each goal's scenarios."""

    def __init__(
        self, goals: Goals, whole: WholeSpace, answers: Answers, states: Sequence[GoalState]
    ) -> None:
        self._rulebook = goals.rulebook
        self._states = states
        self._whole = whole
        self._now = {
            product: whole.together(whole.known(answers, product).values())
            for product in {state.product for state in states}
        }
        self._uncertain = {
            (state.product, state.metric): _entropy(self._counted(state)) for state in states
        }

    def leads_to(self, one: OpenQuestion) -> tuple[LeadsTo, ...]:
        """Reply by reply, the verdicts each goal may still have."""
        question = self._rulebook.question(one.question)
        told = []
        for choice in choices_of(self._rulebook, question):
            with_it = self._whole.where(_with(question, choice))
            could_be = tuple(
                best_first(self._counted(state, with_it if _is_about(one, state) else None))
                for state in self._states
            )
            told.append(LeadsTo(choice=choice.id, said=choice.said, could_be=could_be))
        return tuple(told)

    def left_uncertain(self, one: OpenQuestion) -> float:
        """The entropy left on average once the question is answered, summed over the goals."""
        axes = axes_of(self._rulebook.question(axis_question(one.question)))
        # Once each: a choice that no rule asks for makes no difference.
        replies = dict.fromkeys(self._whole.where(reply) for reply in _replies(axes))
        left = 0.0
        for state in self._states:
            now = self._uncertain[state.product, state.metric]
            if now and _is_about(one, state):
                counted = [self._counted(state, reply) for reply in replies]
                sizes = [sum(counts.values()) for counts in counted]
                left += sum(
                    size * _entropy(counts) for size, counts in zip(sizes, counted, strict=True)
                ) / sum(sizes)
            else:
                left += now
        # Sums in another order differ in the last digits, and a tie must stay one.
        return round(left, 9)

    def _counted(self, state: GoalState, reply: Box | None = None) -> Mapping[Verdict, int]:
        box = self._now[state.product]
        return self._whole.verdicts(state.product, state.metric).counted(
            box & reply if reply else box
        )


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
