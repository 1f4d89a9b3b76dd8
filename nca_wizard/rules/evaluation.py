"""Scenario -> findings -> verdicts, for every completion of the unknown answers at once.

A `Situation` is what the access and readiness rules say of one product's answers; a `GoalState`
adds what counts for one metric. What hangs on the two alone is worked out once for all products
that are measured alike, however many a case has.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from nca_wizard.rules.axes import answered_apart, still_possible
from nca_wizard.rules.lookup import Counted, Lookup, Routes
from nca_wizard.rules.model.answers import Answer, Answers, Measured, Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import CautionRule, CreditRule, MeasuredRule
from nca_wizard.rules.situation import Situation, Situations
from nca_wizard.rules.standing import in_force, union

_MOST_ANSWERS = 1_000
"""With so many answers it is remembered what was found, at a kilobyte or two each."""

Found = TypeVar("Found")
Alike = dict[str, Any]
"""What was worked out for goals that are alike, by the name of it."""


@dataclass(frozen=True)
class GoalState:
    """One goal in one situation: who counts, and in which completions that helps."""

    product: str
    metric: str
    situation: Situation
    measured: MeasuredRule | None
    """None outside the horizon."""
    credit: Mapping[str, tuple[CreditRule, ...]]
    """Association -> the credit rules that stand for it; they agree."""
    alike: Alike

    def once(self, what: str, work: Callable[[], Found]) -> Found:
        """What `work` finds, for all goals that are measured alike for one metric in one situation.

        It must not hang on the product.
        """
        if what not in self.alike:
            self.alike[what] = work()
        found: Found = self.alike[what]
        return found

    def counts(self, association: str) -> str:
        """Whether the association counts for this goal."""
        return self.credit[association][0].counts

    @property
    def automatic(self) -> int:
        """Completions in which some association that counts is there by itself."""
        return self.once("automatic", lambda: self._any_route({"yes"}, ("automatic",)))

    @property
    def action_needed(self) -> int:
        """Completions in which some association that counts is to be had by an action."""
        return self.once(
            "action_needed", lambda: self._any_route({"yes"}, ("open",)) & ~self.automatic
        )

    @property
    def unclear(self) -> int:
        """Completions in which the sources leave open whether any route works."""
        return self.once(
            "unclear",
            lambda: (
                self._any_route({"yes", "disputed", "unclear"}, ("unclear", "open", "automatic"))
                & ~(self.automatic | self.action_needed)
            ),
        )

    @property
    def no_route(self) -> int:
        """Completions in which nothing works."""
        return self.situation.possible & ~(self.automatic | self.action_needed | self.unclear)

    @property
    def is_measured(self) -> bool:
        """Whether the verdict depends on the associations at all."""
        return self.measured is not None and self.measured.measured == "yes"

    def route(self, association: str) -> int:
        """Completions in which this association is an action that gets the goal counted."""
        if not self.is_measured or self.counts(association) != "yes":
            return 0
        return self.situation.access(association, "open") & self.action_needed

    def route_worth_trying(self, association: str) -> int:
        """Completions in which this association might get an otherwise unclear goal counted."""
        if not self.is_measured:
            return 0
        access = self.situation.access
        counts = self.counts(association)
        if counts == "yes":
            return access(association, "unclear") & self.unclear
        if counts in ("disputed", "unclear"):
            return ~access(association, "closed") & self.unclear
        return 0

    def in_place(self, association: str) -> int:
        """Completions in which this association is there by itself and counts."""
        if not self.is_measured or self.counts(association) != "yes":
            return 0
        return self.situation.access(association, "automatic")

    def route_in_use(self, association: str) -> int:
        """Completions in which the answer for this goal rests on this association."""
        return (
            self.in_place(association)
            | self.route(association)
            | self.route_worth_trying(association)
        )

    def base_verdicts(self) -> Mapping[Verdict, int]:
        """Verdict before readiness -> the completions in which it holds; empty ones left out."""
        return self.once("base_verdicts", self._base_verdicts)

    def _base_verdicts(self) -> Mapping[Verdict, int]:
        if self.measured is None:
            return {"not_covered": self.situation.possible}
        if self.measured.measured == "no":
            return {"not_measured": self.situation.possible}
        if self.measured.measured == "unclear":
            return {"unclear": self.situation.possible}
        all_four: Mapping[Verdict, int] = {
            "automatic": self.automatic,
            "action_needed": self.action_needed,
            "unclear": self.unclear,
            "no_route": self.no_route,
        }
        return {verdict: bits for verdict, bits in all_four.items() if bits}

    def verdicts(self) -> frozenset[Verdict]:
        """Every verdict some completion gives."""
        return self.once("verdicts", self._verdicts)

    def _verdicts(self) -> frozenset[Verdict]:
        ready = [state for state, bits in self.situation.readiness(self.metric).items() if bits]
        found: set[Verdict] = set()
        for base in self.base_verdicts():
            if base in ("automatic", "action_needed"):
                found |= {base if state is None else state for state in ready}
            else:
                found.add(base)
        return frozenset(found)

    @property
    def verdict(self) -> Verdict:
        """The verdict all completions agree on, or `depends`."""
        verdicts = self.verdicts()
        return next(iter(verdicts)) if len(verdicts) == 1 else "depends"

    def _any_route(self, counts: set[str], access: tuple[str, ...]) -> int:
        if not self.is_measured:
            return 0
        return union(
            self.situation.access(association, value)
            for association in self.credit
            if self.counts(association) in counts
            for value in access
        )


class OfProduct(NamedTuple):
    """The verdicts of one product, and what can be done for it, in the order of the metrics."""

    verdicts: Sequence[Verdict]
    routes: Sequence[Routes]
    usual_routes: Sequence[Routes]


class Goals:
    """Makes the state of each goal, for one rulebook and one day."""

    def __init__(self, rulebook: Rulebook, day: date) -> None:
        self.rulebook = rulebook
        self.day = day
        self.covered = rulebook.first_day <= day <= rulebook.last_day
        self.situations = Situations(rulebook, day)
        self._family = {product.id: product.family for product in rulebook.products}
        self._measured = {
            (product, metric): rule
            for rule in in_force(rulebook.measured, day)
            for product in rule.product
            for metric in rule.metric
        }
        self._alike: WeakKeyDictionary[Situation, dict[tuple[str, str, Measured | None], Alike]]
        self._alike = WeakKeyDictionary()
        self._found: dict[object, dict[object, OfProduct]] = {}
        self._cautions: dict[tuple[str, str], tuple[CautionRule, ...]] = {}
        self._credit: dict[tuple[str, str], dict[str, tuple[CreditRule, ...]]] = {}
        for rule in in_force(rulebook.credit, day):
            for family in rule.family:
                for metric in rule.metric:
                    rules = self._credit.setdefault((family, metric), {})
                    for association in rule.association:
                        rules[association] = (*rules.get(association, ()), rule)

    @cached_property
    def lookup(self) -> Lookup:
        """The plain answers where everything is known: far faster than a state for each."""
        return Lookup(
            self.rulebook,
            self.day,
            {
                (product, metric.id): self._counted(product, metric.id)
                for product in self._family
                for metric in self.rulebook.metrics
            },
        )

    def _counted(self, product: str, metric: str) -> Counted:
        if not self.covered:
            return Counted(None, {})
        credit = self._credit[self._family[product], metric]
        return Counted(
            self._measured[product, metric].measured,
            {association: rules[0].counts for association, rules in credit.items()},
        )

    def found_with(
        self, answers: tuple[tuple[str, Answer], ...], metrics: Sequence[str]
    ) -> dict[object, OfProduct]:
        """What was found with these answers for all products, by what tells products apart."""
        key = (answers, tuple(metrics))
        if key not in self._found and len(self._found) >= _MOST_ANSWERS:
            self._found.clear()
        return self._found.setdefault(key, {})

    def kind_of(self, product: str) -> object:
        """The same for products that the rules tell apart in nothing but cautions."""
        return self._kinds[product]

    @cached_property
    def _kinds(self) -> Mapping[str, tuple[str, ...]]:
        return {
            product: (
                family,
                *(
                    self._measured[product, metric.id].measured
                    for metric in self.rulebook.metrics
                    if self.covered
                ),
            )
            for product, family in self._family.items()
        }

    def state(self, product: str, metric: str, situation: Situation) -> GoalState:
        """The state of one goal in a situation."""
        measured = self._measured[product, metric] if self.covered else None
        family = self._family[product]
        kind = (family, metric, measured.measured if measured else None)
        return GoalState(
            product=product,
            metric=metric,
            situation=situation,
            measured=measured,
            credit=self._credit[family, metric] if self.covered else {},
            alike=self._alike.setdefault(situation, {}).setdefault(kind, {}),
        )

    def states(
        self,
        answers: Answers,
        products: Iterable[str],
        metrics: Sequence[str],
        assumed: Mapping[str, str] | None = None,
    ) -> tuple[GoalState, ...]:
        """The state of every goal. `assumed` settles axes that the answers leave open."""
        states = []
        situations: dict[object, Situation] = {}
        apart_of = answered_apart(answers)
        for product in products:
            apart = apart_of(product)
            if apart not in situations:
                possible = still_possible(self.rulebook, answers, product)
                for axis, choice in (assumed or {}).items():
                    if len(possible.get(axis, ())) > 1:
                        possible[axis] = (choice,)
                situations[apart] = self.situations.of(possible)
            states += [self.state(product, metric, situations[apart]) for metric in metrics]
        return tuple(states)

    @cached_property
    def one_of_each_kind(self) -> tuple[str, ...]:
        """One product for each way the rules treat products: enough while none is chosen."""
        kinds: dict[object, str] = {}
        for product in self._family:
            own = [
                rule.id
                for rule in in_force(self.rulebook.cautions, self.day)
                if rule.when and product in rule.product
            ]
            kinds.setdefault((self.kind_of(product), *own), product)
        return tuple(kinds.values())

    def cautions(self, state: GoalState) -> tuple[CautionRule, ...]:
        """The cautions that may have to be shown with this goal, whatever the answers.

        None for what is not counted at all: how it is counted is of no use then.
        """
        if state.measured is not None and state.measured.measured == "no":
            return ()
        goal = (state.product, state.metric)
        if goal not in self._cautions:
            family = self._family[state.product]
            self._cautions[goal] = tuple(
                rule
                for rule in in_force(self.rulebook.cautions, self.day)
                if (not rule.metric or state.metric in rule.metric)
                and (not rule.product or state.product in rule.product)
                and (not rule.family or family in rule.family)
            )
        return self._cautions[goal]
