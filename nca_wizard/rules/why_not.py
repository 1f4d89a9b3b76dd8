"""Why a rule does not stand: it fails on an answer, gives way to another, or is of another day."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import TypeAlias

from nca_wizard.rules.axes import (
    answered_apart,
    axis_question,
    put_as,
    question_of,
    still_possible,
)
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.model.answers import Access, Answers, Counts
from nca_wizard.rules.model.reasons import (
    CannotOccur,
    Failed,
    FailedAnswer,
    ForOthers,
    NotInForce,
    Overridden,
    WhyNot,
)
from nca_wizard.rules.model.results import Asked
from nca_wizard.rules.model.rules import AccessRule, CreditRule, MeasuredRule, Rule
from nca_wizard.rules.model.values import Text

_Placed: TypeAlias = tuple[tuple[bool, bool, int], int]
"""How far a rule is from standing, and its place in `told`."""
_Possible: TypeAlias = Mapping[str, tuple[str, ...]]


class WhyNots:
    """All rules that do not stand in one scenario, each told once however many goals share it."""

    def __init__(self, goals: Goals, answers: Answers) -> None:
        self._goals = goals
        self._answers = answers
        self._apart = answered_apart(answers)
        self._places: dict[WhyNot, int] = {}
        self._of_access: dict[tuple[object, str], tuple[_Placed, ...]] = {}
        self._possible: dict[str, _Possible] = {}
        self._rules: dict[str, Rule] = {}

    @property
    def told(self) -> tuple[WhyNot, ...]:
        """What was told so far."""
        return tuple(self._places)

    @property
    def rule_texts(self) -> dict[str, Text]:
        """Rule named so far -> what it says where it stands."""
        return {rule.id: rule.because for rule in self._rules.values()}

    def places(self, state: GoalState, association: str) -> tuple[int, ...]:
        """Where the rules stand in `told` that do not stand for this goal, near misses first."""
        if state.measured is None:
            return ()
        key = (self._apart(state.product), association)
        if key not in self._of_access:
            self._of_access[key] = self._placed(self._access(state, association))
        others = state.once(
            f"credit rules that do not stand for {association}",
            lambda: tuple(self._credit(state, association)),
        )
        self._rules |= {rule.id: rule for rule, _ in others}
        credit = self._placed(one for _, one in others)
        found = sorted((*self._of_access[key], *credit), key=itemgetter(0))
        return tuple(place for _, place in found)

    def _placed(self, some: Iterable[WhyNot]) -> tuple[_Placed, ...]:
        """How far each is from standing, and its place in `told`."""
        return tuple(
            (_how_far(one), self._places.setdefault(one, len(self._places)))
            for one in sorted(some, key=_how_far)
        )

    def asked(self, questions: Iterable[str]) -> dict[str, Asked]:
        """The words for these questions and for every question and reply told so far."""
        choices: dict[str, set[str]] = {question: set() for question in questions}
        for one in self._places:
            for failed in _failed_answers(one):
                named = (failed.choice,) if failed.choice else (failed.given, *failed.wanted)
                choices.setdefault(failed.question, set()).update(named)
        return {
            question.id: Asked(
                title=question.short,
                choices={c.id: c.said for c in question.choices if c.id in choices[question.id]},
            )
            for question in self._goals.rulebook.questions
            if question.id in choices
        }

    def _still_possible(self, product: str) -> _Possible:
        if product not in self._possible:
            rulebook, answers = self._goals.rulebook, self._answers
            self._possible[product] = still_possible(rulebook, answers, product)
        return self._possible[product]

    def _access(self, state: GoalState, association: str) -> Iterable[WhyNot]:
        situation = state.situation
        possible = self._still_possible(state.product)
        standing = situation.access_standing[association]
        bits_of = {rule.id: bits & situation.possible for rule, bits in standing}

        @cache
        def best_with(answer: FailedAnswer, wanted: str) -> Access:
            axis = ".".join(filter(None, (axis_question(answer.question), answer.choice)))
            changed = {**possible, axis: (wanted,)}
            return self._goals.situations.best_access(association, changed)

        for rule in self._goals.rulebook.access:
            if association not in rule.association or bits_of.get(rule.id):
                continue
            self._rules[rule.id] = rule
            failed = self._failed(rule, possible)
            if rule.id not in bits_of:
                yield self._not_in_force(rule, rule.access, failed)
            elif failed:
                only = failed[0] if len(failed) == 1 else None
                yield Failed(
                    rule=rule.id,
                    would_say=rule.access,
                    failed=failed,
                    at_best=tuple(best_with(only, one) for one in only.wanted) if only else (),
                )
            elif matching := situation.space.where(rule.when) & situation.possible:
                above = [
                    other
                    for other, bits in standing
                    if rule.id in other.overrides and bits & matching
                ]
                self._rules |= {other.id: other for other in above}
                yield Overridden(
                    rule=rule.id, would_say=rule.access, by=tuple(other.id for other in above)
                )
            else:
                yield CannotOccur(rule=rule.id, would_say=rule.access)

    def listed(self, state: GoalState) -> tuple[int, ...]:
        """Where the list rules about this goal stand in `told` that are of another day."""
        if state.measured is None:
            return ()
        rules = [
            rule
            for rule in self._goals.rulebook.measured
            if state.product in rule.product
            and state.metric in rule.metric
            and not rule.in_force_on(self._goals.day)
        ]
        self._rules |= {rule.id: rule for rule in rules}
        placed = self._placed(self._not_in_force(rule, rule.measured, ()) for rule in rules)
        return tuple(place for _, place in placed)

    def _credit(self, state: GoalState, association: str) -> Iterable[tuple[CreditRule, WhyNot]]:
        """Nothing is asked by these rules: they are for other goals or of another day."""
        family = self._goals.rulebook.product(state.product).family
        for rule in self._goals.rulebook.credit:
            if association not in rule.association:
                continue
            fits = family in rule.family, state.metric in rule.metric
            if not all(fits):
                yield (
                    rule,
                    ForOthers(
                        rule=rule.id,
                        would_say=rule.counts,
                        family="" if fits[0] else family,
                        families=() if fits[0] else rule.family,
                        metric="" if fits[1] else state.metric,
                        metrics=() if fits[1] else rule.metric,
                    ),
                )
            elif not rule.in_force_on(self._goals.day):
                yield rule, self._not_in_force(rule, rule.counts, ())

    def _not_in_force(
        self,
        rule: AccessRule | CreditRule | MeasuredRule,
        would_say: Access | Counts,
        failed: tuple[FailedAnswer, ...],
    ) -> NotInForce:
        to_come = rule.effective_from > self._goals.day
        return NotInForce(
            rule=rule.id,
            would_say=would_say,
            first_day=rule.effective_from if to_come else None,
            last_day=None if to_come else rule.effective_until,
            failed=failed,
        )

    def _failed(self, rule: Rule, possible: _Possible) -> tuple[FailedAnswer, ...]:
        return tuple(
            FailedAnswer(
                question=put_as(self._answers, question_of(axis)),
                choice=axis.partition(".")[2],
                given=possible[axis][0],
                wanted=wanted,
            )
            for axis, wanted in rule.when.items()
            if not set(wanted) & set(possible[axis])
        )


def _how_far(one: WhyNot) -> tuple[bool, bool, int]:
    return isinstance(one, ForOthers), isinstance(one, CannotOccur), len(_failed_answers(one))


def _failed_answers(one: WhyNot) -> Sequence[FailedAnswer]:
    return one.failed if isinstance(one, Failed | NotInForce) else ()
