"""Verdicts -> the fewest actions that cover every goal that can be covered, and the other ways.

Six associations make at most 64 sets, so the search is exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from nca_wizard.rules.evaluation import GoalState
from nca_wizard.rules.lookup import GoalKey, Routes
from nca_wizard.rules.model.answers import Certainty
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import GuidanceRule


@dataclass(frozen=True)
class PlannedAction:
    """An association to get, for which goals, and how sure that is.

    `as_usual`: it holds only if the unknown answers are as the rulebook calls usual.
    """

    association: str
    certainty: Certainty
    covers: tuple[GoalKey, ...]
    guidance: GuidanceRule
    as_usual: bool


@dataclass(frozen=True)
class Cover:
    """Actions that together cover every goal an action covers for certain or as usual."""

    actions: tuple[PlannedAction, ...] = ()

    @property
    def associations(self) -> tuple[str, ...]:
        """The associations to get, in order."""
        return tuple(action.association for action in self.actions)

    @property
    def effort(self) -> int:
        """The sum of the actions' efforts."""
        return sum(action.guidance.effort for action in self.actions)


@dataclass(frozen=True)
class Plan:
    """What to do: the cover of least effort and what is worth trying; and the other covers."""

    cover: Cover
    actions: tuple[PlannedAction, ...]
    """The cover and the tries, in the order to do them."""
    alternatives: tuple[Cover, ...]

    @property
    def associations(self) -> tuple[str, ...]:
        """The associations to get, in order."""
        return tuple(action.association for action in self.actions)


@dataclass(frozen=True)
class _Covered:
    """The associations that cover one goal in every completion, with what each takes."""

    goal: GoalKey
    as_usual: bool
    guidance: Mapping[str, GuidanceRule]


def make_plan(
    rulebook: Rulebook, states: Sequence[GoalState], usual_states: Sequence[GoalState]
) -> Plan:
    """The plan for these goals. `usual_states` are the same goals, unknown answers as usual."""
    return plan_of(
        rulebook,
        [(state.product, state.metric) for state in states],
        [routes_of(rulebook, state) for state in states],
        [routes_of(rulebook, state) for state in usual_states],
    )


def plan_of(
    rulebook: Rulebook,
    goals: Sequence[GoalKey],
    routes: Sequence[Routes],
    usual_routes: Sequence[Routes],
) -> Plan:
    """The plan for these goals by their routes, and by those with unknown answers as usual."""
    order = tuple(association.id for association in rulebook.associations)
    covered = [
        _Covered(goal, not certain.open, found.open)
        for goal, certain, usual in zip(goals, routes, usual_routes, strict=True)
        if (found := certain if certain.open else usual).open
    ]
    cover, *others = _covers(covered, order)
    certain_first = sorted(cover.actions, key=lambda action: action.as_usual)
    return Plan(
        cover=cover,
        actions=tuple(_with_tries(rulebook, certain_first, goals, routes, usual_routes)),
        alternatives=tuple(others),
    )


def routes_of(rulebook: Rulebook, state: GoalState) -> Routes:
    """What can be done for a goal, the same in every completion."""
    return state.once("routes", lambda: _routes(rulebook, state))


def _routes(rulebook: Rulebook, state: GoalState) -> Routes:
    possible = state.situation.possible
    base = tuple(state.base_verdicts())
    if base == ("action_needed",):
        is_open = {
            association: state.situation.guidance(association, possible)
            for association in state.credit
            if state.route(association) == possible
        }
        return Routes(is_open, None)
    if state.is_measured and base == ("unclear",):
        for association in rulebook.try_order:
            if state.route_worth_trying(association) == possible:
                how = state.situation.guidance(association, possible)
                return Routes({}, (association, how))
    return Routes({}, None)


def _covers(goals: Sequence[_Covered], order: Sequence[str]) -> list[Cover]:
    """Every set of associations that covers all goals and has none to spare, least effort first."""
    needs = {frozenset(goal.guidance) for goal in goals}
    offered = [a for a in order if any(a in need for need in needs)]
    found: list[tuple[str, ...]] = []
    for size in range(len(offered) + 1):
        for candidate in combinations(offered, size):
            if any(set(smaller) <= set(candidate) for smaller in found):
                continue
            if not any(need.isdisjoint(candidate) for need in needs):
                found.append(candidate)
    covers = [Cover(tuple(_action(association, goals) for association in c)) for c in found]
    return sorted(covers, key=lambda cover: (cover.effort, len(cover.actions)))


def _hardest(association: str, goals: Sequence[_Covered]) -> GuidanceRule:
    """What getting an association takes where the goals ask for different ways."""
    return max(
        (goal.guidance[association] for goal in goals if association in goal.guidance),
        key=lambda rule: rule.effort,
    )


def _action(association: str, goals: Sequence[_Covered]) -> PlannedAction:
    covered = [goal for goal in goals if association in goal.guidance]
    as_usual = all(goal.as_usual for goal in covered)
    return PlannedAction(
        association=association,
        certainty="try" if as_usual else "sure",
        covers=tuple(goal.goal for goal in covered),
        guidance=_hardest(association, goals),
        as_usual=as_usual,
    )


def _with_tries(
    rulebook: Rulebook,
    actions: Sequence[PlannedAction],
    goals: Sequence[GoalKey],
    routes: Sequence[Routes],
    usual_routes: Sequence[Routes],
) -> list[PlannedAction]:
    """The actions, and for each unclear goal the first association in the order worth trying."""
    tries: dict[str, list[PlannedAction]] = {}
    for goal, certain, usual in zip(goals, routes, usual_routes, strict=True):
        if found := certain.worth_trying or usual.worth_trying:
            association, how = found
            as_usual = certain.worth_trying is None
            action = PlannedAction(association, "try", (goal,), how, as_usual)
            tries.setdefault(association, []).append(action)
    extended = [
        replace(
            action,
            covers=(*action.covers, *_covered_by(tries.pop(action.association, []))),
        )
        for action in actions
    ]
    added = [
        PlannedAction(
            association=association,
            certainty="try",
            covers=_covered_by(tries[association]),
            guidance=max((one.guidance for one in tries[association]), key=lambda g: g.effort),
            as_usual=all(one.as_usual for one in tries[association]),
        )
        for association in rulebook.try_order
        if association in tries
    ]
    return [*extended, *added]


def _covered_by(actions: Iterable[PlannedAction]) -> tuple[GoalKey, ...]:
    return tuple(goal for action in actions for goal in action.covers)
