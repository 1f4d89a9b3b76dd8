"""What the rules say of one thing, over all of its scenarios and on all days: what is proved.

Each association is laid out over the axes its own rules mention, which keeps the space small.
What Microsoft counts hangs on no answer; there product, family and metric are the axes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, pairwise
from typing import TypeAlias

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.model.book import Impossible, Rulebook
from nca_wizard.rules.model.rules import AccessRule, GuidanceRule, Rule
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import Standing, axes_used, in_force, standing, union

Axes: TypeAlias = Mapping[str, tuple[str, ...]]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Days:
    """A stretch of days; both ends are included."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first == self.last:
            return f"on {self.first}"
        return f"from {self.first} to {self.last}"

    def borders_on(self, later: "Days") -> bool:
        """Whether the other stretch begins on the day after this one ends."""
        return self.last + _ONE_DAY == later.first


def horizon_of(rulebook: Rulebook) -> Days:
    """The days the book stands for."""
    return Days(rulebook.first_day, rulebook.last_day)


def stretches(rules: Iterable[Rule], horizon: Days) -> tuple[Days, ...]:
    """The horizon cut wherever one of these rules begins or ends."""
    firsts = {horizon.first}
    for rule in rules:
        if horizon.first < rule.effective_from <= horizon.last:
            firsts.add(rule.effective_from)
        until = rule.effective_until
        if until is not None and horizon.first <= until < horizon.last:
            firsts.add(until + _ONE_DAY)
    ends = (*sorted(firsts), horizon.last + _ONE_DAY)
    return tuple(Days(first, after - _ONE_DAY) for first, after in pairwise(ends))


@dataclass(frozen=True)
class Table:
    """The rules that give one thing its value. `field` names the value, `file` the rules' file."""

    file: str
    subject: str
    """What two rules disagree on: "csp"."""
    unsaid: str
    """What is wrong where there is a gap: "no rule says whether csp is to be had"."""
    field: str
    rules: tuple[Rule, ...]
    space: Space
    possible: int
    horizon: Days

    @cached_property
    def stretches(self) -> "tuple[Stretch, ...]":
        """What is said on each stretch of days, in time order."""
        return tuple(self.on(days) for days in stretches(self.rules, self.horizon))

    def on(self, days: Days, without: Rule | None = None) -> "Stretch":
        """What is said on days on which nothing changes, by all rules or all but one."""
        rules = [rule for rule in in_force(self.rules, days.first) if rule is not without]
        return Stretch(
            days=days,
            field=self.field,
            possible=self.possible,
            stands=tuple((r, bits & self.possible) for r, bits in standing(rules, self.space)),
        )


@dataclass(frozen=True)
class Stretch:
    """What the rules of a table say on days on which the same rules are in force."""

    days: Days
    field: str
    possible: int
    stands: Standing[Rule]
    """Each rule with the possible scenarios in which it stands."""

    @cached_property
    def by_value(self) -> Mapping[str, int]:
        """Value -> the scenarios that have it; a value that nothing has is left out."""
        found: dict[str, int] = {}
        for rule, bits in self.stands:
            if bits:
                value = self.value(rule)
                found[value] = found.get(value, 0) | bits
        return found

    @property
    def gap(self) -> int:
        """The possible scenarios without any value."""
        return self.possible & ~union(self.by_value.values())

    def conflicts(self) -> Iterator[tuple[Rule, Rule, int]]:
        """Two rules that stand together and give different values, and where they do."""
        if not any(one & other for one, other in combinations(self.by_value.values(), 2)):
            return
        for (one, here), (other, there) in combinations(self.stands, 2):
            if here & there and self.value(one) != self.value(other):
                yield one, other, here & there

    def value(self, rule: Rule) -> str:
        """What the rule says."""
        return str(getattr(rule, self.field))


# --- The tables of a book --------------------------------------------------------------------


@dataclass(frozen=True)
class Tables:
    """All tables of a book, by association where there is one for each."""

    measured: Table
    credit: Mapping[str, Table]
    access: Mapping[str, Table]
    guidance: Mapping[str, Table]
    """`field` is the effort: several may stand, and the most laborious one is told."""
    readiness: Table
    """Where nothing stands, nothing keeps the customer from counting."""
    cautions: tuple[Table, ...]
    """One for each, since each says something of its own."""

    @property
    def with_one_value(self) -> tuple[Table, ...]:
        """Those in which every scenario must have exactly one value."""
        return (self.measured, *self.credit.values(), *self.access.values())

    @property
    def all(self) -> tuple[Table, ...]:
        """Every one, in the order of the files."""
        return (*self.with_one_value, self.readiness, *self.cautions, *self.guidance.values())


def tables_of(rulebook: Rulebook) -> Tables:
    """The tables of a book."""
    axes = all_axes(rulebook)
    horizon = horizon_of(rulebook)
    associations = [association.id for association in rulebook.associations]
    laid_out = {
        association: access_tables(
            association,
            [rule for rule in rulebook.access if association in rule.association],
            [rule for rule in rulebook.guidance if association in rule.association],
            axes,
            rulebook.impossible,
            horizon,
        )
        for association in associations
    }
    return Tables(
        measured=_measured_table(rulebook, horizon),
        credit={a: _credit_table(rulebook, a, horizon) for a in associations},
        access={a: access for a, (access, _) in laid_out.items()},
        guidance={a: guidance for a, (_, guidance) in laid_out.items()},
        readiness=_plain_table(
            "readiness.toml", "state", rulebook.readiness, axes, rulebook.impossible, horizon
        ),
        cautions=tuple(
            _plain_table("cautions.toml", "check", (caution,), axes, rulebook.impossible, horizon)
            for caution in rulebook.cautions
        ),
    )


def access_tables(
    association: str,
    access: Sequence[AccessRule],
    guidance: Sequence[GuidanceRule],
    axes: Axes,
    impossible: Sequence[Impossible],
    horizon: Days,
) -> tuple[Table, Table]:
    """Whether an association is to be had, and how, over the same space."""
    space, possible = _space((*access, *guidance), axes, impossible)
    return (
        Table(
            file="access.toml",
            subject=association,
            unsaid=f"no rule says whether {association} is to be had",
            field="access",
            rules=tuple(access),
            space=space,
            possible=possible,
            horizon=horizon,
        ),
        Table(
            file="guidance.toml",
            subject=association,
            unsaid=f"nothing says how to get {association}",
            field="effort",
            rules=tuple(guidance),
            space=space,
            possible=possible,
            horizon=horizon,
        ),
    )


def _measured_table(rulebook: Rulebook, horizon: Days) -> Table:
    space = Space(
        {
            "product": tuple(product.id for product in rulebook.products),
            "metric": tuple(metric.id for metric in rulebook.metrics),
        }
    )
    return Table(
        file="measured.toml",
        subject="what is measured",
        unsaid="no rule says whether it is measured",
        field="measured",
        rules=tuple(
            rule.model_copy(update={"when": {"product": rule.product, "metric": rule.metric}})
            for rule in rulebook.measured
        ),
        space=space,
        possible=space.full,
        horizon=horizon,
    )


def _credit_table(rulebook: Rulebook, association: str, horizon: Days) -> Table:
    space = Space(
        {
            "family": tuple(family.id for family in rulebook.families),
            "metric": tuple(metric.id for metric in rulebook.metrics),
        }
    )
    return Table(
        file="credit.toml",
        subject=association,
        unsaid=f"no rule says whether {association} counts",
        field="counts",
        rules=tuple(
            rule.model_copy(update={"when": {"family": rule.family, "metric": rule.metric}})
            for rule in rulebook.credit
            if association in rule.association
        ),
        space=space,
        possible=space.full,
        horizon=horizon,
    )


def _plain_table(
    file: str,
    field: str,
    rules: Sequence[Rule],
    axes: Axes,
    impossible: Sequence[Impossible],
    horizon: Days,
) -> Table:
    """A table in which nothing need stand."""
    space, possible = _space(rules, axes, impossible)
    return Table(
        file=file,
        subject="",
        unsaid="",
        field=field,
        rules=tuple(rules),
        space=space,
        possible=possible,
        horizon=horizon,
    )


def possible_in(axes: Axes, impossible: Sequence[Impossible]) -> tuple[Space, int]:
    """The space of the axes that some impossible combination names, and what is left of it."""
    named = {axis for entry in impossible for axis in entry.when}
    space = Space({axis: choices for axis, choices in axes.items() if axis in named})
    return space, space.full & ~union(space.where(entry.when) for entry in impossible)


def _space(
    rules: Iterable[Rule], axes: Axes, impossible: Sequence[Impossible]
) -> tuple[Space, int]:
    """The space these rules are about, and what is possible in it."""
    used = set(axes_used(rules))
    excluded: list[Impossible] = []
    # What cannot occur together with an axis that is used brings in its other axes.
    while more := [i for i in impossible if i not in excluded and _touches(i, used)]:
        excluded += more
        used |= {axis for entry in more for axis in entry.when}
    space = Space({axis: choices for axis, choices in axes.items() if axis in used})
    return space, space.full & ~union(space.where(entry.when) for entry in excluded)


def _touches(entry: Impossible, used: Set[str]) -> bool:
    return not entry.when or not used.isdisjoint(entry.when)
