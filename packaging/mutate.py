"""Break the rules one small step at a time and see who notices.

    PYTHONPATH=. python packaging/mutate.py [--sample N] [--list]

Every mutant of the shipped book must be refused by the proof, or change an answer, or at least
change which rule gives the reason, which is counted apart; a mutant that does none of it survives
and is printed. Beside that, the examples and the scenarios one step beside them (near misses,
whose outcome is taken from the book as it is) must notice at least nine of ten mutants. Exit code 1
if either fails.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from nca_wizard.paths import resources
from nca_wizard.rules.axes import YES_NO, all_axes, question_of
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import Rule
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.proof import all_rules as rules_of
from nca_wizard.rules.proof import flaws
from nca_wizard.rules.proof_answers import Answers, Digests
from nca_wizard.rules.proof_tables import horizon_of, stretches, tables_of
from nca_wizard.rules.rulebook import load
from tests.content.examples.reading import Example, Seen, all_rules, examples, seen

KINDS = ("measured", "credit", "access", "readiness", "cautions", "guidance")
VALUES: Mapping[str, tuple[Any, ...]] = {
    "measured": ("yes", "no", "unclear"),
    "counts": ("yes", "no", "disputed", "unclear"),
    "access": ("automatic", "open", "closed", "unclear"),
    "state": ("not_yet", "unclear"),
    "check": (True, False),
}
LISTS = ("association", "metric", "family", "product", "holds_up")
AT_LEAST = 0.9
ONLY_A_REASON = "another reason"
"""The answers are the same; another rule says why."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mutant:
    """A book with one small fault, what the fault is, and the rule or the table that has it."""

    how: str
    rule: str
    detail: str
    book: Rulebook

    def __str__(self) -> str:
        return (
            f"{self.how}: {self.rule}: {self.detail}" if self.detail else f"{self.how}: {self.rule}"
        )


# --- Mutants ---------------------------------------------------------------------------------


def mutants(book: Rulebook) -> Iterator[Mutant]:
    """Every mutant of the book, rule by rule, and of what is no rule and decides all the same."""
    for kind in KINDS:
        rules: tuple[Rule, ...] = getattr(book, kind)
        for number, rule in enumerate(rules):
            name = f"{kind}/{rule.id}"
            without = _book_with(book, kind, (*rules[:number], *rules[number + 1 :]))
            yield Mutant("drop a rule", name, "", without)
            for how, detail, changed in _changed(book, rule):
                others = (*rules[:number], rule.model_copy(update=changed), *rules[number + 1 :])
                yield Mutant(how, name, detail, _book_with(book, kind, others))
    yield from _beside_the_rules(book)


def _beside_the_rules(book: Rulebook) -> Iterator[Mutant]:
    axes = all_axes(book)
    for axis, usual in book.usual.axes.items():
        for choice in axes[axis]:
            if choice != usual:
                changed = book.usual.model_copy(update={"axes": {**book.usual.axes, axis: choice}})
                other = book.model_copy(update={"usual": changed})
                yield Mutant("change what is usual", f"usual/{axis}", choice, other)
    order = book.try_order
    for at, (first, second) in enumerate(pairwise(order)):
        turned = (*order[:at], second, first, *order[at + 2 :])
        other = book.model_copy(update={"try_order": turned})
        yield Mutant("change the order to try", "try_order", f"{second} before {first}", other)
    minded = {axis for rule in book.readiness for axis in rule.when}
    for number, question in enumerate(book.questions):
        for place, reply in enumerate(question.choices if question.id in minded else ()):
            replies = list(question.choices)
            replies[place] = reply.model_copy(update={"ready": not reply.ready})
            questions = list(book.questions)
            questions[number] = question.model_copy(update={"choices": tuple(replies)})
            other = book.model_copy(update={"questions": tuple(questions)})
            yield Mutant("change who is ready", f"questions/{question.id}", reply.id, other)


def _book_with(book: Rulebook, kind: str, rules: Sequence[Rule]) -> Rulebook:
    return book.model_copy(update={kind: tuple(rules)})


def _changed(book: Rulebook, rule: Rule) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(how, detail, the fields that differ) of each mutant of one rule."""
    axes = all_axes(book)
    for axis, choices in rule.when.items():
        rest = {other: chosen for other, chosen in rule.when.items() if other != axis}
        yield "drop a condition", axis, {"when": rest}
        for how, detail, other_choices in _other_choices(choices, axes[axis]):
            # Holding for every choice is having no condition, which is the mutant above.
            if set(other_choices) != set(axes[axis]):
                yield how, f"{axis}: {detail}", {"when": {**rule.when, axis: other_choices}}
    for field in LISTS:
        named: tuple[str, ...] = getattr(rule, field, ())
        if not named:
            continue
        for how, detail, others in _other_choices(named, _known(book, field, named)):
            yield how, f"{field}: {detail}", {field: others}
    for field, values in VALUES.items():
        for value in values if hasattr(rule, field) else ():
            if value != getattr(rule, field):
                yield "change a value", f"{field}: {value}", {field: value}
    effort = getattr(rule, "effort", None)
    if isinstance(effort, int):
        for other in {effort + 1, max(effort - 1, 0)} - {effort}:
            yield "change a value", f"effort: {other}", {"effort": other}
    yield from _other_days(book, rule)
    for overridden in rule.overrides:
        left = tuple(one for one in rule.overrides if one != overridden)
        yield "drop an override", overridden, {"overrides": left}


def _other_choices(
    chosen: tuple[str, ...], known: tuple[str, ...]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    outside = tuple(choice for choice in known if choice not in chosen)
    for choice in chosen:
        without = tuple(one for one in chosen if one != choice)
        if without:
            yield "drop a choice", choice, without
        if outside:
            yield "swap a choice", f"{choice} -> {outside[0]}", (*without, outside[0])
    for choice in outside:
        yield "add a choice", choice, (*chosen, choice)


def _known(book: Rulebook, field: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """What a list may name; of the products beside those named one for each family will do."""
    if field == "product":
        families = {product.family: product.id for product in reversed(book.products)}
        others = [p for p in families.values() if p not in named]
        return (*named, *others)
    entries: Mapping[str, Iterable[Any]] = {
        "association": book.associations,
        "holds_up": book.associations,
        "metric": book.metrics,
        "family": book.families,
    }
    return tuple(entry.id for entry in entries[field])


def _other_days(book: Rulebook, rule: Rule) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """A day earlier and a day later at each end, where a day of the book differs by it."""
    for step in (-ONE_DAY, ONE_DAY):
        begins = rule.effective_from + step
        last = rule.effective_until or book.last_day
        if max(begins, rule.effective_from) > book.first_day and begins <= last:
            yield "shift a date", f"from {begins}", {"effective_from": begins}
        ends = last + step
        if min(ends, last) < book.last_day and rule.effective_from <= ends:
            yield "shift a date", f"until {ends}", {"effective_until": ends}


# --- Who notices -----------------------------------------------------------------------------


class Judge:
    """What the book as it is says, against which each mutant is held."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.answers = _answers(book)
        self.reasons = _reasons(book)
        self.examples = examples()
        self.near_misses = tuple(near_misses(book, self.examples))
        self._rules = all_rules(book)
        self._all_days = {example.scenario.as_of for example in self.examples}
        self._all_days |= {miss.scenario.as_of for miss in self.near_misses}
        self._named = {
            rule: [e for e in self.examples if rule in (*e.written.fires, *e.written.just_outside)]
            for rule in self._rules
        }

    def seen_by_proof(self, mutant: Mutant) -> str:
        """ "refused", "another answer", "another reason" or "" for a survivor."""
        if next(iter(flaws(mutant.book)), None):
            return "refused"
        if _answers(mutant.book) != self.answers:
            return "another answer"
        if _reasons(mutant.book) != self.reasons:
            return ONLY_A_REASON
        return ""

    def seen_by_examples(self, mutant: Mutant) -> bool:
        """Whether an example fails: first those that name the rule, then the others."""
        world, days = _World(mutant.book), self._days(mutant)
        return any(
            example.scenario.as_of in days and not world.agrees(example)
            for example in (*self._named.get(mutant.rule, ()), *self.examples)
        )

    def seen_by_near_misses(self, mutant: Mutant) -> bool:
        """Whether a near miss comes out otherwise, those of the rule itself first."""
        world, days = _World(mutant.book), self._days(mutant)
        return any(
            miss.scenario.as_of in days and world.seen(miss.scenario) != miss.expected
            for miss in sorted(self.near_misses, key=lambda miss: mutant.rule not in miss.rules)
        )

    def _days(self, mutant: Mutant) -> frozenset[date]:
        """The days on which the rule is in force, before or after; on others nothing differs."""
        both = (self._rules.get(mutant.rule), all_rules(mutant.book).get(mutant.rule))
        rules = [rule for rule in both if rule]
        return frozenset(
            day
            for day in self._all_days
            if not rules or any(rule.in_force_on(day) for rule in rules)
        )


class _World:
    """A book's outcomes; a book so broken that it cannot say agrees with nothing."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._goals: dict[date, Goals] = {}

    def seen(self, scenario: Scenario) -> Seen | None:
        try:
            if scenario.as_of not in self._goals:
                self._goals[scenario.as_of] = Goals(self._book, scenario.as_of)
            return seen(self._book, scenario, self._goals[scenario.as_of])
        except (KeyError, IndexError, ValueError):
            return None

    def agrees(self, example: Example) -> bool:
        got, written = self.seen(example.scenario), example.written
        return (
            got is not None
            and written.verdicts in (None, got.verdicts)
            and written.plan in (None, got.plan)
            and written.in_place in (None, got.in_place)
            and set(written.fires) <= got.rules
            and not set(written.just_outside) & got.rules
        )


def _answers(book: Rulebook) -> str:
    return Answers(book, stretches(rules_of(book), horizon_of(book))).hash


def _reasons(book: Rulebook) -> object:
    """Which rule stands where and when, whatever it says."""
    found: dict[tuple[str, str], list[tuple[date, frozenset[tuple[str, str]]]]] = {}
    for number, table in enumerate(tables_of(book).all):
        digests = Digests(table.space)
        said = found.setdefault((table.file, table.subject or str(number)), [])
        for stretch in table.stretches:
            stands = frozenset(
                # A readiness rule that another one makes superfluous still gives a reason.
                (f"{rule.id} {getattr(rule, 'metric', '')}", digests.of(bits))
                for rule, bits in stretch.stands
                if bits
            )
            if not said or said[-1][1] != stands:
                said.append((stretch.days.first, stands))
    return found


# --- Near misses -----------------------------------------------------------------------------


@dataclass(frozen=True)
class NearMiss:
    """A scenario one step beside an example of these rules, and what comes out of it today."""

    rules: frozenset[str]
    scenario: Scenario
    expected: Seen | None


def near_misses(book: Rulebook, written: Sequence[Example]) -> Iterator[NearMiss]:
    """For each rule, its first example with one thing changed: each thing the rule asks for.

    The examples themselves are among them, for all that comes out of them beside what they say.
    For each association a caution or guidance may be about, there is also a scenario that rests
    on that association, with all the answers that the rule asks for. Each of these scenarios is
    there again without an answer that something is taken to be as usual for.
    """
    found: dict[str, tuple[Scenario, set[str]]] = {}
    for example in written:
        found[example.scenario.model_dump_json()] = (example.scenario, {*example.written.fires})
    resting = _resting_on(book, written)
    for name, rule in all_rules(book).items():
        base = next(example for example in written if name in example.written.fires).scenario
        beside = [*_beside(book, rule, base)]
        if name.startswith(("cautions/", "guidance/")):
            beside += _with_all_conditions(rule, resting)
        for scenario in beside:
            found.setdefault(scenario.model_dump_json(), (scenario, set()))[1].add(name)
    usual = {question_of(axis) for axis in book.usual.axes}
    for scenario in (one for scenarios in resting.values() for one in scenarios):
        for question in sorted(usual & scenario.answers.keys()):
            left = {q: answer for q, answer in scenario.answers.items() if q != question}
            unknown = scenario.model_copy(update={"answers": left})
            found.setdefault(unknown.model_dump_json(), (unknown, set()))
    world = _World(book)
    for scenario, rules in found.values():
        yield NearMiss(frozenset(rules), scenario, world.seen(scenario))


def _resting_on(book: Rulebook, written: Sequence[Example]) -> Mapping[str, Sequence[Scenario]]:
    """Association -> scenarios in which it is planned or in place, one for each metric."""
    found: dict[str, dict[Answer, Scenario]] = {}
    for example in written:
        got = seen(book, example.scenario)
        for association in (*got.plan, *got.in_place):
            metrics = example.scenario.answers["metrics"]
            found.setdefault(association, {}).setdefault(metrics, example.scenario)
    return {association: tuple(scenarios.values()) for association, scenarios in found.items()}


def _with_all_conditions(
    rule: Rule, resting: Mapping[str, Sequence[Scenario]]
) -> Iterator[Scenario]:
    for scenarios in resting.values():
        for scenario in scenarios:
            changed = scenario
            for axis, choices in rule.when.items():
                changed = _answered(changed, _axis_answer(changed, axis, choices[0]))
            day = changed.as_of if rule.in_force_on(changed.as_of) else rule.effective_from
            yield changed.model_copy(update={"as_of": day})


def _beside(book: Rulebook, rule: Rule, base: Scenario) -> Iterator[Scenario]:
    axes = all_axes(book)
    for axis in rule.when:
        for choice in axes[axis]:
            yield _answered(base, _axis_answer(base, axis, choice))
    for metric in book.metrics:
        yield _answered(base, {"metrics": (metric.id,)})
    named = set(getattr(rule, "product", ()))
    families = {product.family: product.id for product in reversed(book.products)}
    for product in book.products:
        if product.id in named or product.id in families.values():
            yield _answered(base, {"products": (product.id,)})
    for day in (rule.effective_from, (rule.effective_until or book.last_day) + ONE_DAY):
        for as_of in (day - ONE_DAY, day):
            yield base.model_copy(update={"as_of": as_of})


def _axis_answer(base: Scenario, axis: str, choice: str) -> Mapping[str, Answer]:
    question, _, member = axis.partition(".")
    if not member:
        return {question: choice}
    chosen = tuple(c for c in base.answers[question] if c not in (member, "none"))
    return {question: (*chosen, *((member,) if choice == YES_NO[0] else ())) or ("none",)}


def _answered(base: Scenario, answers: Mapping[str, Answer]) -> Scenario:
    return Scenario(as_of=base.as_of, answers={**base.answers, **answers})


# --- The run ---------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Run and report; 1 if a mutant survives or too few are noticed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--sample", type=int, help="only so many mutants, always the same ones")
    parser.add_argument("--list", action="store_true", help="print what the examples do not notice")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    book = load(resources())
    judge = Judge(book)
    all_mutants = list(mutants(book))
    chosen = all_mutants
    if options.sample:
        chosen = random.Random(2026).sample(all_mutants, min(options.sample, len(all_mutants)))  # noqa: S311  # a sample, no secret
    by_proof: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    hows: Counter[str] = Counter()
    by_examples = by_both = 0
    survivors: list[Mutant] = []
    unnoticed: list[Mutant] = []
    for mutant in chosen:
        verdict = judge.seen_by_proof(mutant)
        by_proof[verdict] += 1
        hows[mutant.how] += 1
        if not verdict:
            survivors.append(mutant)
        by_example = judge.seen_by_examples(mutant)
        if by_example or judge.seen_by_near_misses(mutant):
            by_examples += by_example
            by_both += 1
            noticed[verdict] += 1
        else:
            unnoticed.append(mutant)
    number = len(chosen)
    print(f"{number:,} of {len(all_mutants):,} mutants: " + _in_words(hows))
    print(f"Proof and hashes: {_in_words(by_proof)}; {len(survivors)} survive")
    for mutant in survivors:
        print(f"  survives: {mutant}")
    for what, count in sorted(by_proof.items()):
        if what:
            only = "only " if what == ONLY_A_REASON else ""
            print(f"  {only}{what}: {count:,}, of them noticed by example: {noticed[what]:,}")
    print(
        f"Noticed by {len(judge.examples)} examples: {by_examples / number:.1%}; "
        f"with {len(judge.near_misses):,} near misses: {by_both / number:.1%} "
        f"(at least {AT_LEAST:.0%})"
    )
    for mutant in unnoticed if options.list else ():
        print(f"  not noticed: {mutant}")
    print(f"{time.perf_counter() - began:.1f} s")
    return 0 if not survivors and by_both >= AT_LEAST * number else 1


def _in_words(counted: Counter[str]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in sorted(counted.items()) if what)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
