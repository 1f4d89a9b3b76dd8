"""Which rules stand, on a day and in which completions: those that match and that no standing
rule overrides."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias, TypeVar

from nca_wizard.rules.model.rules import Rule
from nca_wizard.rules.space import Space

AnyRule = TypeVar("AnyRule", bound=Rule)

Standing: TypeAlias = tuple[tuple[AnyRule, int], ...]
"""Rules, each with the completions in which it stands."""


def in_force(rules: Iterable[AnyRule], day: date) -> tuple[AnyRule, ...]:
    """The rules that stand on this day."""
    return tuple(rule for rule in rules if rule.in_force_on(day))


def standing(rules: Sequence[AnyRule], space: Space) -> Standing[AnyRule]:
    """Each rule with the completions in which it matches and no standing rule overrides it."""
    overriders: dict[str, list[Rule]] = {}
    for rule in rules:
        for overridden in rule.overrides:
            overriders.setdefault(overridden, []).append(rule)
    found: dict[str, int] = {}
    return tuple((rule, _stands(rule, space, overriders, found)) for rule in rules)


# Not within `standing`: a function that names itself is garbage that has to be searched for.
def _stands(
    rule: Rule, space: Space, overriders: Mapping[str, list[Rule]], found: dict[str, int]
) -> int:
    if rule.id not in found:
        bits = space.where(rule.when)
        for overrider in overriders.get(rule.id, ()):
            bits &= ~_stands(overrider, space, overriders, found)
        found[rule.id] = bits
    return found[rule.id]


def union(sets: Iterable[int]) -> int:
    """All completions that are in any of these sets."""
    bits = 0
    for one in sets:
        bits |= one
    return bits


def axes_used(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The axes these rules ask for."""
    return tuple(dict.fromkeys(axis for rule in rules for axis in rule.when))
