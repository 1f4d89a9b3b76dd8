"""Verdicts -> the fewest actions that cover every goal that can be covered, and the other ways.

Six associations make at most 64 sets, so the search is exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from nca_wizard.rules.evaluation import GoalState
from nca_wizard.rules.model import Certainty, GuidanceRule, Rulebook

GoalKey = tuple[str, str]
"""(product, metric)"""


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
class _Routes:
    """The associations that cover one goal in every completion, with what each takes."""

    goal: GoalKey
    as_usual: bool
    guidance: Mapping[str, GuidanceRule]


def make_plan(
    rulebook: Rulebook, states: Sequence[GoalState], usual_states: Sequence[GoalState]
) -> Plan:
    """The plan for these goals. `usual_states` are the same goals, unknown answers as usual."""
    order = tuple(association.id for association in rulebook.associations)
    goals = [
        routes
        for state, usual in zip(states, usual_states, strict=True)
        if (routes := _routes(state, as_usual=False) or _routes(usual, as_usual=True))
    ]
    cover, *others = _covers(goals, order)
    certain_first = sorted(cover.actions, key=lambda action: action.as_usual)
    return Plan(
        cover=cover,
        actions=tuple(_with_tries(rulebook, certain_first, states, usual_states)),
        alternatives=tuple(others),
    )


def _routes(state: GoalState, *, as_usual: bool) -> _Routes | None:
    """The goal's routes, if it needs an action and some route is open in every completion."""
    if tuple(state.base_verdicts()) != ("action_needed",):
        return None
    possible = state.situation.possible
    guidance = {}
    for association in state.credit:
        if state.route(association) == possible:
            guidance[association] = state.situation.guidance(association, possible)
    return _Routes((state.product, state.metric), as_usual, guidance) if guidance else None


def _covers(goals: Sequence[_Routes], order: Sequence[str]) -> list[Cover]:
    """Every set of associations that covers all goals and has none to spare, least effort first."""
    offered = [a for a in order if any(a in goal.guidance for goal in goals)]
    found: list[tuple[str, ...]] = []
    for size in range(len(offered) + 1):
        for candidate in combinations(offered, size):
            if any(set(smaller) <= set(candidate) for smaller in found):
                continue
            if all(set(candidate) & set(goal.guidance) for goal in goals):
                found.append(candidate)
    covers = [Cover(tuple(_action(association, goals) for association in c)) for c in found]
    return sorted(covers, key=lambda cover: (cover.effort, len(cover.actions)))


def _hardest(association: str, goals: Sequence[_Routes]) -> GuidanceRule:
    """What getting an association takes where the goals ask for different ways."""
    return max(
        (goal.guidance[association] for goal in goals if association in goal.guidance),
        key=lambda rule: rule.effort,
    )


def _action(association: str, goals: Sequence[_Routes]) -> PlannedAction:
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
    states: Sequence[GoalState],
    usual_states: Sequence[GoalState],
) -> list[PlannedAction]:
    """The actions, and for each unclear goal the first association in the order worth trying."""
    tries: dict[str, list[PlannedAction]] = {}
    for state, usual in zip(states, usual_states, strict=True):
        found = _worth_trying(rulebook, state, as_usual=False) or _worth_trying(
            rulebook, usual, as_usual=True
        )
        if found:
            tries.setdefault(found.association, []).append(found)
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


def _worth_trying(rulebook: Rulebook, state: GoalState, *, as_usual: bool) -> PlannedAction | None:
    if not state.is_measured or tuple(state.base_verdicts()) != ("unclear",):
        return None
    possible = state.situation.possible
    for association in rulebook.try_order:
        if state.route_worth_trying(association) == possible:
            guidance = state.situation.guidance(association, possible)
            goal = (state.product, state.metric)
            return PlannedAction(association, "try", (goal,), guidance, as_usual)
    return None
