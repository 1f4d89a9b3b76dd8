"""Over the whole answer space: every scenario has exactly one answer, on every day.

Each association is proved over the axes its own rules mention, which keeps the space small.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.evaluation import ACCESS_VALUES, axes_used, in_force, standing, union
from nca_wizard.rules.model import AccessRule, CreditRule, MeasuredRule, Rule, Rulebook
from nca_wizard.rules.space import Space


def days_that_matter(rulebook: Rulebook) -> tuple[date, ...]:
    """The first day of every stretch in which the same rules stand."""
    days = {rulebook.first_day}
    for rules in _all_rules(rulebook):
        for rule in rules:
            days.add(rule.effective_from)
            if rule.effective_until is not None:
                days.add(rule.effective_until + timedelta(days=1))
    return tuple(day for day in sorted(days) if rulebook.first_day <= day <= rulebook.last_day)


def flaws(rulebook: Rulebook) -> Iterator[str]:
    """Every gap and every conflict, in a sentence each."""
    for day in days_that_matter(rulebook):
        yield from _measured_flaws(rulebook, day)
        yield from _credit_flaws(rulebook, day)
        for association in rulebook.associations:
            yield from _access_flaws(rulebook, association.id, day)


def _measured_flaws(rulebook: Rulebook, day: date) -> Iterator[str]:
    rules = in_force(rulebook.measured, day)
    for product in rulebook.products:
        for metric in rulebook.metrics:
            fitting = [r for r in rules if product.id in r.product and metric.id in r.metric]
            yield from _one_value(
                "measured.toml", f"{product.id} for {metric.id}", day, fitting, "measured"
            )


def _credit_flaws(rulebook: Rulebook, day: date) -> Iterator[str]:
    rules = in_force(rulebook.credit, day)
    for association in rulebook.associations:
        for metric in rulebook.metrics:
            for family in rulebook.families:
                fitting = [
                    r
                    for r in rules
                    if association.id in r.association
                    and metric.id in r.metric
                    and family.id in r.family
                ]
                what = f"{association.id} for {metric.id} of {family.id}"
                yield from _one_value("credit.toml", what, day, fitting, "counts")


def _one_value(
    file: str,
    what: str,
    day: date,
    rules: Sequence[MeasuredRule] | Sequence[CreditRule],
    field: str,
) -> Iterator[str]:
    values = {getattr(rule, field) for rule in rules}
    if not values:
        yield f"{file}: gap: no rule says on {day} whether {what} counts."
    elif len(values) > 1:
        yield f"{file}: conflict on {day}: {_ids(rules)} disagree on {what}."


def _access_flaws(rulebook: Rulebook, association: str, day: date) -> Iterator[str]:
    rules = [r for r in in_force(rulebook.access, day) if association in r.association]
    guidance = [r for r in in_force(rulebook.guidance, day) if association in r.association]
    axes = all_axes(rulebook)
    impossible_axes = (axis for entry in rulebook.impossible for axis in entry.when)
    used = dict.fromkeys((*axes_used((*rules, *guidance)), *impossible_axes))
    space = Space({axis: axes[axis] for axis in used})
    possible = space.full
    for entry in rulebook.impossible:
        possible &= ~space.where(entry.when)
    stands = standing(rules, space)
    by_value = {
        value: union(bits for rule, bits in stands if rule.access == value) & possible
        for value in ACCESS_VALUES
    }
    gap = possible & ~union(by_value.values())
    if gap:
        yield (
            f"access.toml: gap on {day}: no rule says whether {association} is to be had "
            f"with {_in_words(space.any_in(gap))}."
        )
    for one, other in combinations(ACCESS_VALUES, 2):
        both = by_value[one] & by_value[other]
        if both:
            case = both & -both
            yield (
                f"access.toml: conflict on {day}: "
                f"{_ids(rule for rule, bits in stands if bits & case)} disagree on "
                f"{association} with {_in_words(space.any_in(case))}."
            )
    guided = union(bits for _, bits in standing(guidance, space))
    unguided = possible & ~by_value["closed"] & ~guided
    if unguided:
        yield (
            f"guidance.toml: gap on {day}: nothing says how to get {association} "
            f"with {_in_words(space.any_in(unguided))}."
        )


def _all_rules(rulebook: Rulebook) -> tuple[Sequence[Rule], ...]:
    return (
        rulebook.measured,
        rulebook.credit,
        rulebook.access,
        rulebook.readiness,
        rulebook.cautions,
        rulebook.guidance,
    )


def _ids(rules: Iterable[Rule] | Iterable[AccessRule]) -> str:
    return " and ".join(sorted(rule.id for rule in rules))


def _in_words(case: Mapping[str, str]) -> str:
    return ", ".join(f"{axis} = {choice}" for axis, choice in case.items()) or "any answers"
