"""The plain answer: what the rules say of a goal where every answer is known, by lookup.

Each association is laid out over the axes that its own rules mention, and so is readiness.

    lookup = goals.lookup
    said = lookup.said(answers, product)         all that the rules say, or None
    lookup.verdict(said, product, metric)        the verdict of a goal
    lookup.routes(said, product, metric)         what a plan can do for it
    lookup.plain(said, product, metric)          verdict, access and counts in words

It is meant for trying out many answers, at a microsecond or two for each. Which rules stand is
told by a `Situation` alone, and so is everything where an answer is not known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import prod
from types import MappingProxyType
from typing import NamedTuple, get_args

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.model.answers import Access, Counts, Measured, Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import GuidanceRule
from nca_wizard.rules.side_by_side import Cells, SideBySide, Thing
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import axes_used, in_force, standing

GoalKey = tuple[str, str]
"""(product, metric)"""

_MOST_CELLS = 1_000
"""Associations that ask for the same share a space, as far as it stays as small as this."""

_SETTLED: Mapping[Measured | None, Verdict | None] = {
    "yes": None,
    "no": "not_measured",
    "unclear": "unclear",
    None: "not_covered",
}
"""Whether it is measured -> the verdict that hangs on no association."""


class Counted(NamedTuple):
    """What Microsoft counts for one goal."""

    measured: Measured | None
    """None outside the horizon."""
    counts: Mapping[str, Counts]
    """Association -> whether it counts."""


class Plain(NamedTuple):
    """What is said of one goal where everything is known; both mappings by association."""

    verdict: Verdict
    access: Mapping[str, Access]
    counts: Mapping[str, Counts]
    """Empty outside the horizon."""


class Routes(NamedTuple):
    """What a plan can do for a goal, whatever the unknown answers."""

    open: Mapping[str, GuidanceRule]
    """Association -> what getting it takes; each of them covers the goal."""
    worth_trying: tuple[str, GuidanceRule] | None
    """Of an unclear goal: the first association worth trying, and what getting it takes."""


class Lookup(SideBySide):
    """What one rulebook says on one day. `counted` has every goal."""

    def __init__(self, rulebook: Rulebook, day: date, counted: Mapping[GoalKey, Counted]) -> None:
        bits = _Bits()
        super().__init__(rulebook.questions, _spaces(rulebook, day, bits), bits["impossible"])
        self._goals: dict[GoalKey, _Goal] = {}
        alike: dict[object, _Goal] = {}
        for (product, metric), says in counted.items():
            kind = (metric, says.measured, *says.counts.items())
            if kind not in alike:
                alike[kind] = _Goal.of(metric, says, rulebook.try_order, bits)
            self._goals[product, metric] = alike[kind]
        self._guidance = {
            association.id: [
                (bits["guidance", association.id, rule.id], rule)
                for rule in in_force(rulebook.guidance, day)
                if association.id in rule.association
            ]
            for association in rulebook.associations
        }
        self._access = [
            (bits["access", association.id, access], association.id, access)
            for association in rulebook.associations
            for access in get_args(Access)
        ]
        self._all_access = sum(bit for bit, _, _ in self._access)
        self._access_in_words: dict[int, Mapping[str, Access]] = {}

    def verdict(self, said: int, product: str, metric: str) -> Verdict:
        """The verdict of a goal; the same as `GoalState.verdict`."""
        goal = self._goals[product, metric]
        if goal.settled is not None:
            return goal.settled
        if not said & goal.good:
            return "unclear" if said & goal.unclear else "no_route"
        if said & goal.unready:
            return "not_yet" if said & goal.not_yet else "unclear"
        return "automatic" if said & goal.automatic else "action_needed"

    def plain(self, said: int, product: str, metric: str) -> Plain:
        """What is said of a goal, in words."""
        goal = self._goals[product, metric]
        said &= goal.unready | self._all_access
        found = goal.plain.get(said)
        if found is None:
            verdict = self.verdict(said, product, metric)
            found = goal.plain[said] = Plain(verdict, self.access(said), goal.counts)
        return found

    def access(self, said: int) -> Mapping[str, Access]:
        """Association -> whether it is to be had."""
        said &= self._all_access
        found = self._access_in_words.get(said)
        if found is None:
            found = MappingProxyType({a: access for bit, a, access in self._access if said & bit})
            self._access_in_words[said] = found
        return found

    def routes(self, said: int, product: str, metric: str) -> Routes:
        """What a plan can do for a goal; the same as `planning.routes_of`."""
        goal = self._goals[product, metric]
        found: dict[str, GuidanceRule] = {}
        if goal.settled is None and not said & goal.automatic:
            found = {a: self._how_to_get(a, said) for a, is_open in goal.open if said & is_open}
            if not found:
                for association, might_work in goal.tries:
                    if said & might_work:
                        how = self._how_to_get(association, said)
                        return Routes(found, (association, how))
        return Routes(found, None)

    def _how_to_get(self, association: str, said: int) -> GuidanceRule:
        return next(rule for bit, rule in self._guidance[association] if said & bit)


class _Bits(dict[object, int]):
    """Things that can be said -> a bit for each."""

    def __missing__(self, what: object) -> int:
        self[what] = bit = 1 << len(self)
        return bit


def _spaces(rulebook: Rulebook, day: date, bits: _Bits) -> Iterator[tuple[Space, Cells]]:
    axes = all_axes(rulebook)
    access, guidance = in_force(rulebook.access, day), in_force(rulebook.guidance, day)
    asks = {
        one.id: axes_used(
            [rule for rule in access if one.id in rule.association]
            + [rule for rule in guidance if one.id in rule.association]
        )
        for one in rulebook.associations
    }
    for together in _grouped(asks, axes):
        space = _space(axes, (axis for association in together for axis in asks[association]))
        every: list[Thing] = []
        hardest: list[list[Thing]] = []
        for one in together:
            stand = standing([rule for rule in access if one in rule.association], space)
            every += [(where, bits["access", one, rule.access]) for rule, where in stand]
            told = standing([rule for rule in guidance if one in rule.association], space)
            in_order = sorted(told, key=lambda entry: -entry[0].effort)
            hardest.append([(where, bits["guidance", one, rule.id]) for rule, where in in_order])
        yield space, Cells(every, hardest)
    readiness = in_force(rulebook.readiness, day)
    space = _space(axes, axes_used(readiness))
    stand_in_the_way = standing(readiness, space)
    yield (
        space,
        Cells(
            (where, bits["readiness", metric, rule.state])
            for rule, where in stand_in_the_way
            for metric in rule.metric
        ),
    )
    for entry in rulebook.impossible:
        space = _space(axes, entry.when)
        yield space, Cells([(space.where(entry.when), bits["impossible"])])


def _grouped(
    asks: Mapping[str, Sequence[str]], axes: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, ...]]:
    """The associations, in order, by as many as ask for so little that a small space holds them."""
    group: tuple[str, ...] = ()
    asked: set[str] = set()
    for association, used in asks.items():
        if group and prod(len(axes[axis]) for axis in asked.union(used)) > _MOST_CELLS:
            yield group
            group, asked = (), set()
        group = (*group, association)
        asked.update(used)
    if group:
        yield group


def _space(axes: Mapping[str, tuple[str, ...]], used: Iterable[str]) -> Space:
    wanted = set(used)
    return Space({axis: choices for axis, choices in axes.items() if axis in wanted})


class _Goal(NamedTuple):
    """What makes out the verdict of goals of one kind; each number is a set of things said."""

    settled: Verdict | None
    """The verdict if it hangs on no association."""
    automatic: int
    good: int
    """Automatic, or to be had by an action."""
    unclear: int
    not_yet: int
    unready: int
    """Not yet, or unclear whether."""
    open: Sequence[tuple[str, int]]
    """The associations that count, with what makes each an action to take."""
    tries: Sequence[tuple[str, int]]
    """The associations that may count, in the order to try them, with what makes it worth it."""
    counts: Mapping[str, Counts]
    plain: dict[int, Plain]
    """What was said of such a goal already, by what was said of the product."""

    @classmethod
    def of(cls, metric: str, counted: Counted, try_order: Iterable[str], bits: _Bits) -> "_Goal":
        """The goal, from what Microsoft counts."""
        counts = counted.counts

        def said(association: str, *values: Access) -> int:
            return sum(bits["access", association, value] for value in values)

        count = [association for association in counts if counts[association] == "yes"]
        might_work = {association: said(association, "unclear") for association in count} | {
            association: said(association, "unclear", "open", "automatic")
            for association in counts
            if counts[association] in ("disputed", "unclear")
        }
        not_yet = bits["readiness", metric, "not_yet"]
        return cls(
            settled=_SETTLED[counted.measured],
            automatic=sum(said(association, "automatic") for association in count),
            good=sum(said(association, "automatic", "open") for association in count),
            unclear=sum(might_work.values()),
            not_yet=not_yet,
            unready=not_yet + bits["readiness", metric, "unclear"],
            open=[(association, said(association, "open")) for association in count],
            tries=[(a, might_work[a]) for a in try_order if a in might_work],
            counts=MappingProxyType(dict(counts)),
            plain={},
        )
