"""Scenario -> findings -> verdicts, for every completion of the unknown answers at once.

A `Situation` is what the access and readiness rules say of one product's answers; a `GoalState`
adds what counts for one metric. Sets of completions are bitsets of the situation's spaces.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from nca_wizard.rules.axes import still_possible
from nca_wizard.rules.lookup import Counted, Lookup
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import (
    AccessRule,
    CautionRule,
    CreditRule,
    GuidanceRule,
    MeasuredRule,
    ReadinessRule,
)
from nca_wizard.rules.model.values import Access, Answers, Verdict
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import Standing, axes_used, in_force, standing, union

AssociationRule = TypeVar("AssociationRule", AccessRule, GuidanceRule)

ACCESS_VALUES: tuple[Access, ...] = ("automatic", "open", "closed", "unclear")

_BEST_FIRST: tuple[Access, ...] = ("automatic", "open", "unclear")

_ROOM_AT_LEAST = 1_000
"""What a situation takes however little is open, in completions."""
_MOST_ROOM = 2_000_000
"""So many completions are remembered, at some ten bytes each."""


@dataclass(frozen=True)
class Situation:
    """One product's answers as the access, guidance and readiness rules see them."""

    day: date
    space: Space
    possible: int
    """The completions that can occur."""
    access_standing: Mapping[str, Standing[AccessRule]]
    """Association -> its access rules. A rule for several associations may be overridden for one
    of them and stand for the others."""
    guidance_standing: Mapping[str, Standing[GuidanceRule]]
    readiness_space: Space
    readiness_standing: Standing[ReadinessRule]

    def access(self, association: str, value: str) -> int:
        """The possible completions in which getting the association has this value."""
        return self._access[association, value]

    @cached_property
    def _access(self) -> dict[tuple[str, str], int]:
        return {
            (association, value): self.possible
            & union(bits for rule, bits in standing if rule.access == value)
            for association, standing in self.access_standing.items()
            for value in ACCESS_VALUES
        }

    def readiness(self, metric: str) -> Mapping[Verdict | None, int]:
        """What readiness makes of a good verdict (None: nothing) -> the readiness completions."""
        not_yet, unclear = (
            union(
                bits
                for rule, bits in self.readiness_standing
                if rule.state == state and metric in rule.metric
            )
            for state in ("not_yet", "unclear")
        )
        return {
            "not_yet": not_yet,
            "unclear": unclear & ~not_yet,
            None: self.readiness_space.full & ~(not_yet | unclear),
        }

    def guidance(self, association: str, within: int) -> GuidanceRule:
        """The guidance for an association in these completions; the most laborious if several.

        The loader sees to it that there is one wherever the association is not closed.
        """
        fitting = [rule for rule, bits in self.guidance_standing[association] if bits & within]
        return max(fitting, key=lambda rule: rule.effort)


class Situations:
    """The situations of one rulebook on one day; equal answers share one situation.

    The last ones are remembered: fewer of those in which much is open, for they take more room.
    """

    def __init__(self, rulebook: Rulebook, day: date) -> None:
        self.rulebook = rulebook
        self.day = day
        self._access = in_force(rulebook.access, day)
        self._guidance = in_force(rulebook.guidance, day)
        self._readiness = in_force(rulebook.readiness, day)
        self._impossible_axes = {axis for entry in rulebook.impossible for axis in entry.when}
        self._access_axes = {
            *axes_used((*self._access, *self._guidance)),
            *self._impossible_axes,
        }
        self._readiness_axes = axes_used(self._readiness)
        self._by_itself: dict[str, tuple[Sequence[AccessRule], frozenset[str]]] = {}
        self._known: dict[tuple[tuple[str, tuple[str, ...]], ...], Situation] = {}
        self._room_taken = 0

    def of(self, possible: Mapping[str, tuple[str, ...]]) -> Situation:
        """The situation for these still possible choices."""
        used = {*self._access_axes, *self._readiness_axes}
        key = tuple((axis, choices) for axis, choices in possible.items() if axis in used)
        if key not in self._known:
            situation = self._known[key] = self._make(possible)
            self._room_taken += _room(situation)
            while self._room_taken > _MOST_ROOM and len(self._known) > 1:
                self._room_taken -= _room(self._known.pop(next(iter(self._known))))
        return self._known[key]

    def of_product(self, answers: Answers, product: str) -> Situation:
        """The situation of one product of a scenario."""
        return self.of(still_possible(self.rulebook, answers, product))

    def best_access(self, association: str, possible: Mapping[str, tuple[str, ...]]) -> Access:
        """The best that access to one association can be; without the rest of a situation."""
        rules, axes = self._access_of(association)
        space = Space({axis: choices for axis, choices in possible.items() if axis in axes})
        can_occur = self._can_occur(space)
        said = {rule.access for rule, bits in standing(rules, space) if bits & can_occur}
        return next((access for access in _BEST_FIRST if access in said), "closed")

    def _access_of(self, association: str) -> tuple[Sequence[AccessRule], frozenset[str]]:
        if association not in self._by_itself:
            rules = [rule for rule in self._access if association in rule.association]
            axes = frozenset((*axes_used(rules), *self._impossible_axes))
            self._by_itself[association] = rules, axes
        return self._by_itself[association]

    def _can_occur(self, space: Space) -> int:
        return space.full & ~union(space.where(entry.when) for entry in self.rulebook.impossible)

    def _make(self, possible: Mapping[str, tuple[str, ...]]) -> Situation:
        space = Space({a: c for a, c in possible.items() if a in self._access_axes})
        readiness_space = Space({a: c for a, c in possible.items() if a in self._readiness_axes})
        return Situation(
            day=self.day,
            space=space,
            possible=self._can_occur(space),
            access_standing=self._by_association(self._access, space),
            guidance_standing=self._by_association(self._guidance, space),
            readiness_space=readiness_space,
            readiness_standing=standing(self._readiness, readiness_space),
        )

    def _by_association(
        self, rules: Sequence[AssociationRule], space: Space
    ) -> dict[str, Standing[AssociationRule]]:
        return {
            association.id: standing([r for r in rules if association.id in r.association], space)
            for association in self.rulebook.associations
        }


def _room(situation: Situation) -> int:
    """How much room a situation takes, about, counted in completions."""
    return _ROOM_AT_LEAST + situation.space.size


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

    def counts(self, association: str) -> str:
        """Whether the association counts for this goal."""
        return self.credit[association][0].counts

    @cached_property
    def automatic(self) -> int:
        """Completions in which some association that counts is there by itself."""
        return self._any_route({"yes"}, ("automatic",))

    @cached_property
    def action_needed(self) -> int:
        """Completions in which some association that counts is to be had by an action."""
        return self._any_route({"yes"}, ("open",)) & ~self.automatic

    @cached_property
    def unclear(self) -> int:
        """Completions in which the sources leave open whether any route works."""
        return self._any_route(
            {"yes", "disputed", "unclear"}, ("unclear", "open", "automatic")
        ) & ~(self.automatic | self.action_needed)

    @cached_property
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

    def state(self, product: str, metric: str, situation: Situation) -> GoalState:
        """The state of one goal in a situation."""
        return GoalState(
            product=product,
            metric=metric,
            situation=situation,
            measured=self._measured[product, metric] if self.covered else None,
            credit=self._credit[self._family[product], metric] if self.covered else {},
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
        for product in products:
            possible = still_possible(self.rulebook, answers, product)
            for axis, choice in (assumed or {}).items():
                if len(possible.get(axis, ())) > 1:
                    possible[axis] = (choice,)
            situation = self.situations.of(possible)
            states += [self.state(product, metric, situation) for metric in metrics]
        return tuple(states)

    @cached_property
    def one_of_each_kind(self) -> tuple[str, ...]:
        """One product for each way the rules treat products: enough while none is chosen."""
        kinds: dict[object, str] = {}
        for product, family in self._family.items():
            measured = [
                self._measured[product, metric.id].measured
                for metric in self.rulebook.metrics
                if self.covered
            ]
            own = [
                rule.id
                for rule in in_force(self.rulebook.cautions, self.day)
                if rule.when and product in rule.product
            ]
            kinds.setdefault((family, *measured, *own), product)
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
