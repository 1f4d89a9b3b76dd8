"""The rules once more, the slow way: one completion after the other, no bits.

Written from the definitions, not from the program, so that the two can disagree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Any

from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import Rule
from nca_wizard.rules.model.values import Scenario

Completion = dict[str, str]
GoalKey = tuple[str, str]


def axes(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """Axis -> choices, as the contract of the interview has them."""
    found: dict[str, tuple[str, ...]] = {}
    for question in rulebook.questions:
        if question.id in ("products", "metrics", "channel_by_product"):
            continue
        if question.kind == "several":
            for choice in question.choices:
                if choice.id != "none":
                    found[f"{question.id}.{choice.id}"] = ("yes", "no")
        else:
            found[question.id] = tuple(c.id for c in question.choices if c.id != "mixed")
    return found


def open_axes(rulebook: Rulebook, answers: Answers, product_id: str) -> dict[str, tuple[str, ...]]:
    """What each axis may still be for one product."""
    found = {}
    for axis, choices in axes(rulebook).items():
        question, _, member = axis.partition(".")
        answer: Any = answers.get(question)
        if question == "channel" and answer == "mixed":
            answer = answers.get("channel_by_product", {})
        if isinstance(answer, Mapping):
            answer = answer.get(product_id)
        if answer in (None, "unknown", (), ("unknown",)):
            found[axis] = choices
        elif member:
            found[axis] = ("yes",) if member in answer else ("no",)
        else:
            found[axis] = (str(answer),)
    return found


def completions(rulebook: Rulebook, answers: Answers, product_id: str) -> Iterator[Completion]:
    """Every way the unknown answers can turn out for one product."""
    possible = open_axes(rulebook, answers, product_id)
    for choices in product(*possible.values()):
        completion = dict(zip(possible, choices, strict=True))
        if not any(holds_in(entry.when, completion) for entry in rulebook.impossible):
            yield completion


def how_many(rulebook: Rulebook, answers: Answers, product_id: str) -> int:
    """The number of completions, to keep a test short."""
    return prod(len(choices) for choices in open_axes(rulebook, answers, product_id).values())


@dataclass(frozen=True)
class Outcome:
    """One goal in one completion."""

    base: str
    verdict: str
    routes: frozenset[tuple[str, str]] = frozenset()
    """(association, guidance) that would get it counted."""
    tries: frozenset[tuple[str, str]] = frozenset()
    in_place: frozenset[str] = frozenset()
    """The associations that count and are there by themselves."""


class BruteForce:
    """One scenario, worked out completion by completion."""

    def __init__(self, rulebook: Rulebook, scenario: Scenario, goals: list[GoalKey]) -> None:
        self.rulebook = rulebook
        self.answers = scenario.answers
        self.day = scenario.as_of
        self.associations = [association.id for association in rulebook.associations]
        self.access = {a: self._about(rulebook.access, association=a) for a in self.associations}
        self.guidance = {
            a: self._about(rulebook.guidance, association=a) for a in self.associations
        }
        self.outcomes = {
            goal: [
                (completion, self._outcome(goal, completion))
                for completion in completions(rulebook, scenario.answers, goal[0])
            ]
            for goal in goals
        }

    def verdict(self, goal: GoalKey) -> str:
        """The verdict all completions agree on, or `depends`."""
        found = {outcome.verdict for _, outcome in self.outcomes[goal]}
        return found.pop() if len(found) == 1 else "depends"

    def plans(self) -> tuple[set[frozenset[str]], set[frozenset[str]], set[str]]:
        """The sets that cover the goals with none to spare, the least laborious, the tries."""
        needs: list[dict[str, int]] = []
        tries: set[str] = set()
        for goal, outcomes in self.outcomes.items():
            everywhere = [outcome for _, outcome in outcomes]
            possible = open_axes(self.rulebook, self.answers, goal[0])
            as_usual = [
                outcome
                for completion, outcome in outcomes
                if all(
                    completion[axis] == choice or len(possible[axis]) == 1
                    for axis, choice in self.rulebook.usual.axes.items()
                )
            ]
            need = self._common(everywhere, "routes", "action_needed") or self._common(
                as_usual, "routes", "action_needed"
            )
            if need:
                needs.append(need)
            tried = self._common(everywhere, "tries", "unclear") or self._common(
                as_usual, "tries", "unclear"
            )
            tries |= set([a for a in self.rulebook.try_order if a in tried][:1])
        offered = sorted({association for need in needs for association in need})
        sets = [
            frozenset(candidate)
            for size in range(len(offered) + 1)
            for candidate in combinations(offered, size)
            if all(set(candidate) & set(need) for need in needs)
        ]
        smallest = {one for one in sets if not any(other < one for other in sets)}
        effort = {a: max(n[a] for n in needs if a in n) for a in offered}
        best = min(sum(effort[a] for a in one) for one in smallest)
        cheapest = {one for one in smallest if sum(effort[a] for a in one) == best}
        return smallest, cheapest, tries

    def questions_that_matter(self) -> set[tuple[str, str]]:
        """(question, product or "") of the unknown answers that change a verdict or a route."""
        found = set()
        for (product_id, _), outcomes in self.outcomes.items():
            possible = open_axes(self.rulebook, self.answers, product_id)
            results = {tuple(completion.values()): outcome for completion, outcome in outcomes}
            for position, axis in enumerate(possible):
                for key, one in results.items():
                    others = (
                        results.get((*key[:position], choice, *key[position + 1 :]), one)
                        for choice in possible[axis]
                    )
                    if any(
                        (one.verdict, one.routes, one.tries)
                        != (other.verdict, other.routes, other.tries)
                        for other in others
                    ):
                        found.add(self._asked(axis, product_id))
                        break
        return found

    def _outcome(self, goal: GoalKey, completion: Completion) -> Outcome:
        rulebook = self.rulebook
        product_id, metric = goal
        if not rulebook.first_day <= self.day <= rulebook.last_day:
            return Outcome("not_covered", "not_covered")
        (measured,) = {
            rule.measured
            for rule in self._about(rulebook.measured, product=product_id, metric=metric)
        }
        if measured != "yes":
            verdict = "not_measured" if measured == "no" else "unclear"
            return Outcome(verdict, verdict)

        family = next(p.family for p in rulebook.products if p.id == product_id)
        good, maybe, there = set(), set(), set()
        for association in self.associations:
            (counts,) = {
                rule.counts
                for rule in self._about(
                    rulebook.credit, association=association, metric=metric, family=family
                )
            }
            (how,) = {rule.access for rule in _standing(self.access[association], completion)}
            if counts == "yes" and how == "automatic":
                there.add(association)
            if counts == "yes" and how == "open":
                good.add(association)
            if (counts == "yes" and how == "unclear") or (
                counts in ("disputed", "unclear") and how != "closed"
            ):
                maybe.add(association)
        if there:
            verdict = self._ready("automatic", metric, completion)
            return Outcome("automatic", verdict, in_place=frozenset(there))
        if good:
            verdict = self._ready("action_needed", metric, completion)
            return Outcome("action_needed", verdict, routes=self._guided(completion, good))
        if maybe:
            return Outcome("unclear", "unclear", tries=self._guided(completion, maybe))
        return Outcome("no_route", "no_route")

    def _ready(self, base: str, metric: str, completion: Completion) -> str:
        blocking = _standing(self._about(self.rulebook.readiness, metric=metric), completion)
        states = {rule.state for rule in blocking}
        return "not_yet" if "not_yet" in states else "unclear" if "unclear" in states else base

    def _guided(self, completion: Completion, associations: set[str]) -> frozenset[tuple[str, str]]:
        return frozenset(
            (association, rule.id)
            for association in associations
            for rule in _standing(self.guidance[association], completion)
        )

    def _common(self, outcomes: list[Outcome], field: str, base: str) -> dict[str, int]:
        """Association -> effort, for those that work in every one of these outcomes."""
        if any(one.base != base for one in outcomes):
            return {}
        offered = [getattr(one, field) for one in outcomes]
        return {
            association: max(self._effort[g] for one in offered for a, g in one if a == association)
            for association in set.intersection(*({a for a, _ in one} for one in offered))
        }

    @cached_property
    def _effort(self) -> dict[str, int]:
        return {rule.id: rule.effort for rule in self.rulebook.guidance}

    def _asked(self, axis: str, product_id: str) -> tuple[str, str]:
        question = axis.partition(".")[0]
        if question == "channel" and self.answers.get("channel") == "mixed":
            return ("channel_by_product", product_id)
        if isinstance(self.answers.get(question), Mapping):
            return (question, product_id)
        return (question, "")

    def _about(self, rules: tuple[Any, ...], **about: str) -> list[Any]:
        """The rules of the day that speak of these things."""
        return [
            rule
            for rule in rules
            if rule.effective_from <= self.day
            and (rule.effective_until or date.max) >= self.day
            and all(value in getattr(rule, field) for field, value in about.items())
        ]


def _standing(rules: list[Any], completion: Completion) -> list[Any]:
    matching = [rule for rule in rules if holds_in(rule.when, completion)]
    settled: dict[str, bool] = {}

    def stands(rule: Rule) -> bool:
        if rule.id not in settled:
            settled[rule.id] = not any(
                rule.id in other.overrides and stands(other) for other in matching
            )
        return settled[rule.id]

    return [rule for rule in matching if stands(rule)]


def holds_in(when: Mapping[str, tuple[str, ...]], completion: Completion) -> bool:
    return all(completion[axis] in choices for axis, choices in when.items())
