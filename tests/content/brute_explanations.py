"""The explanations once more, the slow way: every completion, every subset, every pair, one by one.

Written from what the values say of themselves, not from the program.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from itertools import product as combined
from math import log2
from typing import Any

from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from tests.content.brute_force import (
    BruteForce,
    Completion,
    GoalKey,
    axes,
    completions,
    holds_in,
    open_axes,
)

GOOD = ("automatic", "action_needed")
BETTER = {"automatic": 0, "action_needed": 1, "not_yet": 2, "unclear": 3, "depends": 3}
"""How good a verdict is; all others are worse still and equally bad."""


def verdicts(rulebook: Rulebook, scenario: Scenario, goal: GoalKey) -> set[str]:
    """Every verdict that some completion gives."""
    slow = BruteForce(rulebook, scenario, [goal])
    return {outcome.verdict for _, outcome in slow.outcomes[goal]}


def asked_about(rulebook: Rulebook) -> list[str]:
    """The questions that have axes."""
    return list(dict.fromkeys(axis.partition(".")[0] for axis in axes(rulebook)))


def known_questions(rulebook: Rulebook, scenario: Scenario, product: str) -> list[str]:
    """The questions about this product that are answered."""
    return [
        question
        for question in asked_about(rulebook)
        if answer_about(scenario, question, product) not in (None, "unknown", (), ("unknown",))
    ]


def answer_about(scenario: Scenario, question: str, product: str) -> Answer | None:
    """What was answered for this product."""
    answer: Any = scenario.answers.get(question)
    if question == "channel" and answer == "mixed":
        answer = scenario.answers.get("channel_by_product", {})
    return answer.get(product) if isinstance(answer, Mapping) else answer


def only(scenario: Scenario, questions: tuple[str, ...], product: str) -> Scenario:
    """The scenario with just these questions answered, for this product."""
    answers = {q: answer_about(scenario, q, product) for q in questions}
    return scenario.model_copy(update={"answers": answers})


def completed(rulebook: Rulebook, scenario: Scenario, draw: random.Random) -> Scenario:
    """The scenario with every open question answered at random."""
    answers: dict[str, Any] = dict(scenario.answers)
    for question in rulebook.questions:
        if question.id not in asked_about(rulebook) or question.id in answers:
            continue
        choices = [choice.id for choice in question.choices if choice.id != "mixed"]
        if question.kind == "several":
            together = [choice.id for choice in question.choices if not choice.alone]
            answers[question.id] = tuple(c for c in together if draw.random() < 0.5) or ("none",)
        else:
            answers[question.id] = draw.choice(choices)
    return scenario.model_copy(update={"answers": answers})


def forcing_sets(rulebook: Rulebook, scenario: Scenario, goal: GoalKey) -> set[frozenset[str]]:
    """Every set of answers that alone leaves one verdict, without those that hold a smaller one."""
    known = known_questions(rulebook, scenario, goal[0])
    forcing = [
        frozenset(chosen)
        for size in range(len(known) + 1)
        for chosen in combinations(known, size)
        if len(verdicts(rulebook, only(scenario, chosen, goal[0]), goal)) == 1
    ]
    return {one for one in forcing if not any(other < one for other in forcing)}


# --- Why not ---------------------------------------------------------------------------------


def why_not(
    rulebook: Rulebook, scenario: Scenario, goal: GoalKey, association: str
) -> dict[str, tuple[object, ...]]:
    """Rule -> why it does not stand: the kind, and what was failed, who overrides, which days."""
    day = scenario.as_of
    every = list(completions(rulebook, scenario.answers, goal[0]))
    answered = axes_answered(rulebook, scenario, goal[0])
    about = [rule for rule in rulebook.access if association in rule.association]
    today = [rule for rule in about if in_force(rule, day)]
    found: dict[str, tuple[object, ...]] = {}
    for rule in about:
        failed = frozenset(
            (axis, answered[axis], frozenset(wanted))
            for axis, wanted in rule.when.items()
            if axis in answered and answered[axis] not in wanted
        )
        matching = [c for c in every if holds(rule, c)]
        if not in_force(rule, day):
            found[rule.id] = ("not_in_force", *not_in_force(rule, day), failed)
        elif failed:
            found[rule.id] = ("failed", failed)
        elif not matching:
            found[rule.id] = ("cannot_occur",)
        elif not any(rule in standing(today, c) for c in matching):
            above = {
                other.id
                for c in matching
                for other in standing(today, c)
                if rule.id in other.overrides
            }
            found[rule.id] = ("overridden", above)
    family = next(p.family for p in rulebook.products if p.id == goal[0])
    for entry in rulebook.credit:
        if association in entry.association:
            others = family not in entry.family, goal[1] not in entry.metric
            if any(others):
                found[entry.id] = ("for_others", *others)
            elif not in_force(entry, day):
                found[entry.id] = ("not_in_force", *not_in_force(entry, day), frozenset())
    return found


def listed_otherwise(rulebook: Rulebook, day: date, goal: GoalKey) -> dict[str, tuple[object, ...]]:
    """Rule about this goal that is of another day -> its days."""
    return {
        rule.id: ("not_in_force", *not_in_force(rule, day), frozenset())
        for rule in rulebook.measured
        if goal[0] in rule.product and goal[1] in rule.metric and not in_force(rule, day)
    }


def best_with(
    rulebook: Rulebook, scenario: Scenario, about: tuple[str, str], axis: str, choice: str
) -> str:
    """The best that access to the association can be with this reply instead of the given one."""
    product_id, association = about
    today = [
        rule
        for rule in rulebook.access
        if association in rule.association and in_force(rule, scenario.as_of)
    ]
    possible = {**open_axes(rulebook, scenario.answers, product_id), axis: (choice,)}
    said = set()
    for choices in combined(*possible.values()):
        completion = dict(zip(possible, choices, strict=True))
        if not any(holds_in(entry.when, completion) for entry in rulebook.impossible):
            said |= {rule.access for rule in standing(today, completion)}
    return next((one for one in ("automatic", "open", "unclear") if one in said), "closed")


def axes_answered(rulebook: Rulebook, scenario: Scenario, product: str) -> Completion:
    """Axis -> what was answered for this product."""
    found = {}
    for axis, choices in axes(rulebook).items():
        question, _, member = axis.partition(".")
        answer: Any = answer_about(scenario, question, product)
        if answer in (None, "unknown", (), ("unknown",)):
            continue
        found[axis] = ("yes" if member in answer else "no") if member else str(answer)
        assert found[axis] in choices
    return found


def in_force(rule: Any, day: date) -> bool:
    """Whether the day is one of the rule's."""
    return bool(rule.effective_from <= day <= (rule.effective_until or date.max))


def not_in_force(rule: Any, day: date) -> tuple[date | None, date | None]:
    """The first day still to come, or the last day gone by."""
    if rule.effective_from > day:
        return rule.effective_from, None
    return None, rule.effective_until


def holds(rule: Any, completion: Completion) -> bool:
    """Whether every condition does."""
    return all(completion[axis] in wanted for axis, wanted in rule.when.items())


def standing(rules: list[Any], completion: Completion) -> list[Any]:
    """The rules that hold and that no standing rule overrides."""
    matching = [rule for rule in rules if holds(rule, completion)]

    def stands(rule: Any) -> bool:
        return not any(rule.id in other.overrides and stands(other) for other in matching)

    return [rule for rule in matching if stands(rule)]


# --- Ways ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tried:
    """Some answers given instead, perhaps on a later day."""

    moves: frozenset[tuple[str, str, str]] = frozenset()
    """(question, product or "", choice)"""
    day: date | None = None

    def smaller(self) -> Iterator["Tried"]:
        """Everything with less in it, nothing at all included."""
        for size in range(len(self.moves) + 1):
            for moves in combinations(sorted(self.moves), size):
                for day in {None, self.day}:
                    if (one := Tried(frozenset(moves), day)) != self:
                        yield one


def ways(rulebook: Rulebook, scenario: Scenario, goal: GoalKey) -> set[Tried]:
    """Every one or two changes that make the goal count, no part of which does as much."""
    moves = list(all_moves(rulebook, scenario))
    later = [
        day
        for day in sorted(days_rules_change(rulebook))
        if scenario.as_of < day <= rulebook.last_day
    ]
    tried = [Tried(frozenset({move})) for move in moves]
    tried += [Tried(day=day) for day in later]
    tried += [
        Tried(frozenset(pair)) for pair in combinations(moves, 2) if together(rulebook, *pair)
    ]
    tried += [Tried(frozenset({move}), day) for move in moves for day in later]

    known: dict[Tried, int] = {}

    def rank(one: Tried) -> int:
        if one not in known:
            then = scenario.model_copy(
                update={
                    "answers": answers_after(rulebook, scenario, one),
                    "as_of": one.day or scenario.as_of,
                }
            )
            (verdict, *more) = verdicts(rulebook, then, goal) or {"depends"}
            verdict = "depends" if more else verdict
            known[one] = BETTER.get(verdict, 4)
        return known[one]

    def counts(one: Tried) -> bool:
        return rank(one) <= BETTER["action_needed"]

    good = [one for one in tried if counts(one)]
    minimal = [one for one in good if all(rank(part) > rank(one) for part in one.smaller())]
    return {
        one
        for one in minimal
        if not any(
            other.day and one.day and other.day < one.day and rank(other) <= rank(one)
            for other in good
            if other.moves == one.moves
        )
    }


def all_moves(rulebook: Rulebook, scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Every known answer with every other reply that somebody can bring about."""
    products: Any = scenario.answers["products"]
    for question in rulebook.questions:
        if question.id in ("products", "metrics"):
            continue
        answer = scenario.answers.get(question.id)
        for product in products if isinstance(answer, Mapping) else ("",):
            given: Any = answer.get(product) if isinstance(answer, Mapping) else answer
            if given in (None, "unknown", (), ("unknown",), "mixed"):
                continue
            for choice in question.choices:
                who = choice.changeable or question.changeable
                there = choice.id in given if isinstance(given, tuple) else choice.id == given
                if choice.change and who != "fact" and not there and choice.id != "mixed":
                    yield question.id, product, choice.id


def together(rulebook: Rulebook, one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether one does not undo the other."""
    if one[:2] != other[:2]:
        return True
    question = next(q for q in rulebook.questions if q.id == one[0])
    alone = {choice.id for choice in question.choices if choice.alone}
    return question.kind == "several" and not alone & {one[2], other[2]}


def answers_after(rulebook: Rulebook, scenario: Scenario, tried: Tried) -> dict[str, Any]:
    """The answers with these replies: one more where a question takes several."""
    answers: dict[str, Any] = dict(scenario.answers)
    for question_id, product, choice in sorted(tried.moves):
        question = next(q for q in rulebook.questions if q.id == question_id)
        alone = {one.id for one in question.choices if one.alone}
        if question.kind == "several":
            kept = () if choice in alone else tuple(answers[question_id])
            answers[question_id] = (*(c for c in kept if c not in alone), choice)
        elif product:
            answers[question_id] = {**answers[question_id], product: choice}
        else:
            answers[question_id] = choice
    return answers


def days_rules_change(rulebook: Rulebook) -> set[date]:
    """The first day of each rule, and the day after its last."""
    rules: list[Any] = [
        *rulebook.measured,
        *rulebook.credit,
        *rulebook.access,
        *rulebook.readiness,
        *rulebook.guidance,
        *rulebook.cautions,
    ]
    ends = [rule.effective_until for rule in rules if rule.effective_until]
    return {rule.effective_from for rule in rules} | {
        date.fromordinal(end.toordinal() + 1) for end in ends
    }


# --- What an answer would settle -------------------------------------------------------------


def axis_of(question: str) -> str:
    """The axis a question settles; the channel is one, however it is asked."""
    return "channel" if question == "channel_by_product" else question


def verdicts_with(
    rulebook: Rulebook,
    scenario: Scenario,
    goal: GoalKey,
    question: str,
    product: str,
    choice: str,
) -> set[str]:
    """The verdicts left if the reply to a question has this choice."""
    alone = {c.id for q in rulebook.questions if q.id == question for c in q.choices if c.alone}

    def has_it(completion: Completion) -> bool:
        if product not in ("", goal[0]):
            return True
        replied = {
            axis: made
            for axis, made in completion.items()
            if axis.partition(".")[0] == axis_of(question)
        }
        if f"{question}.{choice}" in replied:
            return replied[f"{question}.{choice}"] == "yes"
        return set(replied.values()) == ({"no"} if choice in alone else {choice})

    slow = BruteForce(rulebook, scenario, [goal])
    return {outcome.verdict for completion, outcome in slow.outcomes[goal] if has_it(completion)}


def left_uncertain(
    rulebook: Rulebook, scenario: Scenario, goals: list[GoalKey], question: str, product: str
) -> float:
    """The entropy left on average, summed over the goals, once this question is answered."""
    slow = BruteForce(rulebook, scenario, goals)
    left = 0.0
    for goal in goals:
        by_reply: dict[tuple[str, ...], Counter[str]] = {}
        for completion, outcome in slow.outcomes[goal]:
            about = product in ("", goal[0])
            reply = tuple(
                choice
                for axis, choice in completion.items()
                if about and axis.partition(".")[0] == axis_of(question)
            )
            by_reply.setdefault(reply, Counter())[outcome.verdict] += 1
        total = len(slow.outcomes[goal])
        left += sum(
            count / total * log2(counts.total() / count)
            for counts in by_reply.values()
            for count in counts.values()
        )
    return left
