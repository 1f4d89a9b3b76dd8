"""The verdicts of two rulebooks compared, before readiness, which is laid out apart.

Goals that the rules treat alike have the same verdicts, so each kind is computed once a stretch
and the goals of one finding are folded into boxes of products and metrics.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.boxes import Box, maximal_boxes
from nca_wizard.rules.comparison_space import Found, Shared, over_time, shared_axes, where_differing
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.proof_tables import Days
from nca_wizard.rules.situation import ACCESS_VALUES, Situation
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import axes_used, in_force, standing


@dataclass(frozen=True)
class GoalDifference:
    """Where the verdict of some goals became another."""

    goals: Box
    shared: Shared
    difference: Found


def goal_differences(old: Rulebook, new: Rulebook, cut: Sequence[Days]) -> Iterator[GoalDifference]:
    """What differs in the verdicts, over stretches of days on which nothing changes."""
    rules = (*old.access, *new.access)
    shared = Shared.of(old, new, shared_axes(all_axes(old), all_axes(new)), axes_used(rules))
    common = Shared.plain(
        shared_axes(
            *(
                {
                    "product": tuple(product.id for product in book.products),
                    "metric": tuple(metric.id for metric in book.metrics),
                }
                for book in (old, new)
            )
        )
    )
    if not shared.possible or not common.possible:
        return
    goals = common.space
    alike: dict[Found, int] = {}
    for found in over_time(_found(old, new, shared, goals, cut)):
        product, metric = str(found.goal).split("/")
        key = replace(found, goal=None)
        bits = goals.where({"product": (product,), "metric": (metric,)})
        alike[key] = alike.get(key, 0) | bits
    for found, bits in alike.items():
        left = bits
        for box in maximal_boxes(goals, bits):
            # Boxes may overlap; a goal is told once.
            if goals.where(box) & left:
                yield GoalDifference(box, shared, found)
            left &= ~goals.where(box)


def _found(
    old: Rulebook, new: Rulebook, shared: Shared, goals: Space, cut: Iterable[Days]
) -> Iterator[Found]:
    for days in cut:
        books = _Day(old, shared, days), _Day(new, shared, days)
        known: dict[tuple[object, ...], tuple[Found, ...]] = {}
        for product in goals.axes["product"]:
            for metric in goals.axes["metric"]:
                before, after = (book.state(product, metric) for book in books)
                kind = (*_kind(before), *_kind(after))
                if kind not in known:
                    known[kind] = tuple(_differing(before, after, shared, days))
                for found in known[kind]:
                    yield replace(found, goal=f"{product}/{metric}")


class _Day:
    """One book on one stretch of days, over the shared space."""

    def __init__(self, book: Rulebook, shared: Shared, days: Days) -> None:
        self._goals = Goals(book, days.first)
        access = in_force(book.access, days.first)
        self._situation = Situation(
            day=days.first,
            space=shared.space,
            possible=shared.possible,
            access_standing={
                association.id: standing(
                    [rule for rule in access if association.id in rule.association], shared.space
                )
                for association in book.associations
            },
            guidance_standing={},
            readiness_space=Space({}),
            readiness_standing=(),
        )

    def state(self, product: str, metric: str) -> GoalState:
        """The state of one goal."""
        return self._goals.state(product, metric, self._situation)


def _kind(state: GoalState) -> tuple[object, ...]:
    """Goals of one kind have the same verdicts, by the same rules."""
    measured = state.measured.id if state.measured else ""
    return (measured, *((a, tuple(r.id for r in state.credit[a])) for a in sorted(state.credit)))


def _differing(before: GoalState, after: GoalState, shared: Shared, days: Days) -> Iterator[Found]:
    for was, here in before.base_verdicts().items():
        for becomes, there in after.base_verdicts().items():
            bits = here & there & shared.possible
            if was != becomes and bits:
                old_rules, new_rules = _causes(before, after, bits)
                yield Found(was, becomes, bits, days, old_rules, new_rules)


def _causes(
    before: GoalState, after: GoalState, bits: int
) -> tuple[frozenset[str], frozenset[str]]:
    """The rules of both books that say otherwise what the verdict rests on."""
    old: set[str] = set()
    new: set[str] = set()
    was, becomes = before.measured, after.measured
    if was is not None and becomes is not None and was.measured != becomes.measured:
        old.add(was.id)
        new.add(becomes.id)
    for association in dict.fromkeys((*before.credit, *after.credit)):
        counted = [
            state.counts(association) if association in state.credit else ""
            for state in (before, after)
        ]
        if counted[0] != counted[1]:
            old |= {rule.id for rule in before.credit.get(association, ())}
            new |= {rule.id for rule in after.credit.get(association, ())}
        if {*counted} <= {"no", ""}:
            continue
        values = [_access(state, association) for state in (before, after)]
        differing = where_differing(*values) & bits
        old |= _standing_in(before, association, differing)
        new |= _standing_in(after, association, differing)
    return frozenset(old), frozenset(new)


def _access(state: GoalState, association: str) -> Mapping[str, int]:
    """An association that the book does not know is not to be had in it."""
    if association not in state.situation.access_standing:
        return {"closed": state.situation.possible}
    return {value: state.situation.access(association, value) for value in ACCESS_VALUES}


def _standing_in(state: GoalState, association: str, bits: int) -> set[str]:
    stands = state.situation.access_standing.get(association, ())
    return {rule.id for rule, where in stands if where & bits}
