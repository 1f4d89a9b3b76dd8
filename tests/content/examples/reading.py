"""Examples written by a person: what they say, and which rules stand in them.

An example is a scenario with every question answered: what its file starts from, or the scenario
it is `like`, with exactly one answer or the day changed. Rules are named `kind/id`, because a
guidance rule may bear the name of the access rule it goes with.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from nca_wizard.rules.axes import still_possible
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.judging import Judgement, judge
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import Rule
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.situation import ACCESS_VALUES
from nca_wizard.rules.standing import in_force

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 22)


class Written(BaseModel):
    """One entry of a file, as it was written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    says: str
    like: str = ""
    answers: Mapping[str, Answer] = {}
    day: date | None = None
    verdicts: tuple[str, ...] | None = None
    plan: tuple[str, ...] | None = None
    in_place: tuple[str, ...] | None = None
    fires: tuple[str, ...] = ()
    just_outside: tuple[str, ...] = ()


class Example(BaseModel):
    """An entry with its scenario in full."""

    model_config = ConfigDict(frozen=True)

    topic: str
    written: Written
    scenario: Scenario

    @property
    def id(self) -> str:
        """The id, which is the only one of its kind in all files."""
        return self.written.id


class Seen(BaseModel):
    """What comes out of a scenario. `findings` has for each goal and association whether it counts
    and whether it is to be had, `parts` which association each rule speaks of, `held_up` what
    waits until all is ready."""

    model_config = ConfigDict(frozen=True)

    verdicts: tuple[str, ...]
    plan: tuple[str, ...]
    in_place: tuple[str, ...]
    findings: frozenset[tuple[str, str, str, str, str]]
    held_up: frozenset[str]
    parts: frozenset[tuple[str, str]]
    rules: frozenset[str]


@cache
def examples() -> tuple[Example, ...]:
    """Every example of every file, each after the one it is like.

    Raises:
        ValueError: if an example is like none before it, or differs in more than one thing.
    """
    found: dict[str, Example] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        start = {question: _plain(answer) for question, answer in table["start"].items()}
        for entry in table["example"]:
            written = Written(**_plain_entry(entry))
            if written.id in found:
                raise ValueError(f"{file.name}: {written.id} is there twice")
            found[written.id] = Example(
                topic=file.stem, written=written, scenario=_scenario(written, start, found)
            )
    return tuple(found.values())


def all_rules(rulebook: Rulebook) -> Mapping[str, Rule]:
    """`kind/id` -> rule."""
    kinds: Mapping[str, Sequence[Rule]] = {
        "measured": rulebook.measured,
        "credit": rulebook.credit,
        "access": rulebook.access,
        "readiness": rulebook.readiness,
        "cautions": rulebook.cautions,
        "guidance": rulebook.guidance,
    }
    return {f"{kind}/{rule.id}": rule for kind, rules in kinds.items() for rule in rules}


def seen(rulebook: Rulebook, scenario: Scenario, goals: Goals | None = None) -> Seen:
    """What comes out, and every rule that has a part in it.

    List and access rules stand; a readiness rule stands where it turns a good verdict; a caution
    is shown; a guidance rule is what an action of the plan, of an alternative or in place follows.
    """
    goals = goals or Goals(rulebook, scenario.as_of)
    judgement = judge(goals, scenario.answers)
    held_back = _held_back(judgement.states)
    in_place = [
        (association, state)
        for state in judgement.states
        for association in state.credit
        if state.in_place(association) == state.situation.possible
    ]
    return Seen(
        verdicts=judgement.verdicts,
        plan=judgement.plan.associations,
        in_place=tuple(dict.fromkeys(association for association, _ in in_place)),
        findings=frozenset(
            (state.product, state.metric, association, rule.counts, value)
            for state in judgement.states
            for association, credited in state.credit.items()
            for rule in credited
            for value in ACCESS_VALUES
            if state.situation.access(association, value)
        ),
        held_up=frozenset(
            association
            for rule in rulebook.readiness
            if f"readiness/{rule.id}" in held_back
            for association in rule.holds_up
        ),
        parts=frozenset(
            (*_parts(judgement.states), *_cautioned(goals, scenario, judgement, relied_on=True))
        ),
        rules=frozenset(
            (
                *_listed(goals, judgement.states),
                *_accessed(judgement.states),
                *held_back,
                *(rule for rule, _ in _cautioned(goals, scenario, judgement)),
                *_guided(judgement, in_place),
            )
        ),
    )


def _listed(goals: Goals, states: Sequence[GoalState]) -> Iterator[str]:
    for state in states:
        for measured in in_force(goals.rulebook.measured, goals.day) if state.measured else ():
            if state.product in measured.product and state.metric in measured.metric:
                yield f"measured/{measured.id}"
        for rules in state.credit.values():
            yield from (f"credit/{rule.id}" for rule in rules)


def _accessed(states: Sequence[GoalState]) -> Iterator[str]:
    for state in states:
        for standing in state.situation.access_standing.values():
            for rule, bits in standing:
                if state.measured and bits & state.situation.possible:
                    yield f"access/{rule.id}"


def _held_back(states: Sequence[GoalState]) -> frozenset[str]:
    return frozenset(
        f"readiness/{rule.id}"
        for state in states
        if {"automatic", "action_needed"} & set(state.base_verdicts())
        for rule, bits in state.situation.readiness_standing
        if bits and state.metric in rule.metric
    )


def _parts(states: Sequence[GoalState]) -> Iterator[tuple[str, str]]:
    """(rule, association) of lists and access, and of guidance with how laborious it is."""
    for state in states:
        situation = state.situation
        for association, credited in state.credit.items():
            yield from ((f"credit/{rule.id}", association) for rule in credited)
            for access, bits in situation.access_standing[association]:
                if bits & situation.possible:
                    yield f"access/{access.id}", association
            for guided, bits in situation.guidance_standing[association]:
                if bits & situation.possible & ~situation.access(association, "closed"):
                    yield f"guidance/{guided.id}", f"{association} {guided.effort}"


def _cautioned(
    goals: Goals, scenario: Scenario, judgement: Judgement, *, relied_on: bool = False
) -> Iterator[tuple[str, str]]:
    """The cautions shown, each with what it is shown for."""
    for state in judgement.states:
        possible = still_possible(goals.rulebook, scenario.answers, state.product)
        in_use = _in_use(state, judgement)
        for rule in goals.cautions(state) if state.measured else ():
            about = in_use & set(rule.association)
            if (about or not rule.association) and all(
                set(possible[axis]) <= set(choices) for axis, choices in rule.when.items()
            ):
                said = "check" if rule.check else "to know"
                for association in sorted(about) if relied_on and about else [""]:
                    yield f"cautions/{rule.id}", f"{said} {association}"


def _in_use(state: GoalState, judgement: Judgement) -> set[str]:
    goal = (state.product, state.metric)
    planned = {a.association for a in judgement.plan.actions if goal in a.covers}
    return planned | {association for association in state.credit if state.in_place(association)}


def _guided(judgement: Judgement, in_place: Sequence[tuple[str, GoalState]]) -> Iterator[str]:
    plan = judgement.plan
    for actions in (plan.actions, *(way.actions for way in plan.alternatives)):
        yield from (f"guidance/{action.guidance.id}" for action in actions)
    for association, state in in_place:
        rule = state.situation.guidance(association, state.situation.possible)
        yield f"guidance/{rule.id}"


def _scenario(
    written: Written, start: Mapping[str, Answer], found: Mapping[str, Example]
) -> Scenario:
    if not written.like:
        return Scenario(as_of=written.day or TODAY, answers={**start, **written.answers})
    if written.like not in found:
        raise ValueError(f"{written.id} is like {written.like}, which is not above it")
    before = found[written.like].scenario
    changed = {q: a for q, a in written.answers.items() if before.answers[q] != a}
    if len(changed) + (written.day not in (None, before.as_of)) != 1:
        raise ValueError(f"{written.id} must differ from {written.like} in exactly one thing")
    return Scenario(
        as_of=written.day or before.as_of, answers={**before.answers, **written.answers}
    )


def _plain_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    answers = {question: _plain(answer) for question, answer in entry.get("answers", {}).items()}
    return {**entry, "answers": answers}


def _plain(answer: Any) -> Answer:
    """TOML's lists as the tuples that answers are made of."""
    return tuple(answer) if isinstance(answer, list) else answer
