"""What the rules say of one product's answers, for every completion of the unknown ones at once.

Sets of completions are bitsets of the situation's spaces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from nca_wizard.rules.axes import still_possible
from nca_wizard.rules.model.answers import Access, Answers, Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import AccessRule, GuidanceRule, ReadinessRule
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import Standing, axes_used, in_force, standing, union

AssociationRule = TypeVar("AssociationRule", AccessRule, GuidanceRule)

ACCESS_VALUES: tuple[Access, ...] = ("automatic", "open", "closed", "unclear")

_BEST_FIRST: tuple[Access, ...] = ("automatic", "open", "unclear")

_ROOM_AT_LEAST = 1_000
"""What a situation takes however little is open, in completions."""
_MOST_ROOM = 2_000_000
"""So many completions are remembered, at some ten bytes each."""


@dataclass(frozen=True, eq=False)
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
        self._access_by = self._by_association(self._access)
        self._guidance_by = self._by_association(self._guidance)
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
            rules = self._access_by[association]
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
            access_standing=_standing_by(self._access_by, space),
            guidance_standing=_standing_by(self._guidance_by, space),
            readiness_space=readiness_space,
            readiness_standing=standing(self._readiness, readiness_space),
        )

    def _by_association(
        self, rules: Sequence[AssociationRule]
    ) -> dict[str, tuple[AssociationRule, ...]]:
        return {
            association.id: tuple(rule for rule in rules if association.id in rule.association)
            for association in self.rulebook.associations
        }


def _standing_by(
    rules: Mapping[str, Sequence[AssociationRule]], space: Space
) -> dict[str, Standing[AssociationRule]]:
    return {association: standing(some, space) for association, some in rules.items()}


def _room(situation: Situation) -> int:
    """How much room a situation takes, about, counted in completions."""
    return _ROOM_AT_LEAST + situation.space.size
