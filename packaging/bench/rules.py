"""How fast the rules answer, beside zen-engine, clingo and a chain of ifs written by hand.

    PYTHONPATH=. python packaging/bench/rules.py

The shipped credit and access rules are translated for both engines. First everybody answers the
same random scenarios; exit code 1 if anybody disagrees with our answer. Then everybody is timed
in turns, and each is compared with the others of its turn, so that a busy machine slows all alike:
ratios hold, milliseconds only roughly. An aim that is not met is printed as such and fails nothing.

Whoever is timed was prepared beforehand, as the program prepares its engine once; nobody has seen
the scenarios of a turn.
"""

import importlib.util
import random
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, cycle
from statistics import median
from typing import Any, Protocol, TypeVar

import clingo

from nca_wizard.paths import resources
from nca_wizard.rules.axes import NOT_AXES, all_axes
from nca_wizard.rules.batch import verdicts_of
from nca_wizard.rules.engine import Engine as Program
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.judging import judge
from nca_wizard.rules.lookup import Plain
from nca_wizard.rules.model.answers import MIXED, Answer, Answers
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.rules.model.rules import AccessRule
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.proof import flaws
from nca_wizard.rules.rulebook import load
from nca_wizard.rules.situation import ACCESS_VALUES
from nca_wizard.rules.standing import in_force
from tests.content.outcomes import answers_with
from tests.content.prover import PROGRAM, Line, lines_of

PRODUCTS = ("sales", "power_apps", "customer_insights")
CHECKED = 10_000
ROUNDS = 21
"""How often each figure is taken; the median counts."""
TURNS = 31
PER_TURN = 1_000
IN_BATCH = 1_000_000
PER_BATCH_PART = 50_000
"""Scenarios made at a time, outside the clock, so that they do not fill the memory."""
CHANNELS = (
    "enterprise_agreement",
    "csp_direct_bill",
    "web_direct",
    "csp_other_partner",
    "mca_enterprise",
)
"""What the products of a case with mixed channels are bought through, in turn."""
BY_HAND = "dpor"
"""The association of the hand-written chain: it has the most rules that override others."""
OURS = "ours"
OURS_FRESH = "ours, its first answers after loading"
OURS_BY_BITS = "ours, as if not all were known"

Said = Mapping[str, tuple[str, str]]
"""Association -> how it is to be had, and whether it counts."""
Measurable = TypeVar("Measurable")


@dataclass(frozen=True)
class Asked:
    """One fully answered scenario with one goal, in the words of both sides."""

    product: str
    metric: str
    axes: Mapping[str, str]
    """Every axis with its choice, and the family and the metric."""
    answers: Answers


class Engine(Protocol):
    """Somebody who answers. What is prepared is not timed; what is read from a result neither."""

    name: str

    def prepared(self, asked: Asked) -> Any: ...
    def answer(self, prepared: Any) -> Any: ...
    def read(self, result: Any) -> Said: ...


def random_scenarios(rulebook: Rulebook, count: int, seed: int) -> Iterator[Asked]:
    """Scenarios that can occur, each of one product and one metric."""
    chance = random.Random(seed)  # noqa: S311  # the same scenarios in every run
    axes = all_axes(rulebook)
    made = 0
    while made < count:
        chosen = {axis: chance.choice(choices) for axis, choices in axes.items()}
        product = chance.choice(PRODUCTS)
        metric = chance.choice(rulebook.metrics).id
        if any(
            all(chosen[axis] in choices for axis, choices in entry.when.items())
            for entry in rulebook.impossible
        ):
            continue
        made += 1
        yield Asked(
            product=product,
            metric=metric,
            axes={**chosen, "family": rulebook.product(product).family, "metric": metric},
            answers={
                "products": (product,),
                "metrics": (metric,),
                **answers_with(rulebook, chosen),
            },
        )


# --- Who answers -----------------------------------------------------------------------------


class Ours:
    """The program, as it tries out answers and as it goes through lists."""

    name = OURS

    def __init__(self, rulebook: Rulebook) -> None:
        self._lookup = Goals(rulebook, rulebook.checked_on).lookup

    def prepared(self, asked: Asked) -> Asked:
        return asked

    def answer(self, prepared: Asked) -> Plain | None:
        said = self._lookup.said(prepared.answers, prepared.product)
        if said is None:
            return None
        return self._lookup.plain(said, prepared.product, prepared.metric)

    def read(self, result: Plain | None) -> Said:
        if result is None:
            return {}
        return {a: (access, result.counts[a]) for a, access in result.access.items()}


class OursByBits:
    """The program's other way, over all completions of what is not known; here there is one."""

    name = OURS_BY_BITS

    def __init__(self, rulebook: Rulebook) -> None:
        self._goals = Goals(rulebook, rulebook.checked_on)
        self._associations = [association.id for association in rulebook.associations]

    def prepared(self, asked: Asked) -> Asked:
        return asked

    def answer(self, prepared: Asked) -> Said:
        (state,) = self._goals.states(prepared.answers, (prepared.product,), (prepared.metric,))
        access = state.situation.access
        return {
            association: (
                next(value for value in ACCESS_VALUES if access(association, value)),
                state.counts(association),
            )
            for association in self._associations
        }

    def read(self, result: Said) -> Said:
        return result


class Zen:
    """zen-engine through its static loader, its fastest way: only that one compiles beforehand.

    One decision table per association. It stops at the first row that matches and the rows of
    overriding rules come first, so the row it stops at is that of a standing rule; the proof of
    the book sees to it that all standing rules say the same. Credit rules ask for nothing, so one
    table over family and metric holds them all.
    """

    name = "zen-engine"

    def __init__(self, rulebook: Rulebook) -> None:
        import zen

        self._associations = [association.id for association in rulebook.associations]
        self._engine = zen.ZenEngine(
            {"loader": {"type": "static", "content": {"book": _zen_graph(rulebook)}}}
        )

    def prepared(self, asked: Asked) -> dict[str, str]:
        return {_zen_name(axis): choice for axis, choice in asked.axes.items()}

    def answer(self, prepared: dict[str, str]) -> Any:
        return self._engine.evaluate("book", prepared)["result"]

    def answer_all(self, prepared: Sequence[dict[str, str]]) -> Any:
        """Many at once, by the engine's own batch call."""
        return self._engine.evaluate_batch(
            [{"key": "book", "context": context} for context in prepared]
        )

    def read(self, result: Any) -> Said:
        return {
            association: (
                result.get(f"access_{association}", "-"),
                result.get(f"counts_{association}", "-"),
            )
            for association in self._associations
        }


class Clingo:
    """clingo with the test prover's program, grounded once; a scenario is a set of assumptions."""

    name = "clingo"

    def __init__(self, rulebook: Rulebook) -> None:
        self._control = clingo.Control(["1", "--warn=none"])
        self._control.add("base", [], PROGRAM + "\n".join(_clingo_facts(rulebook)))
        self._control.ground([("base", [])])
        atoms = self._control.symbolic_atoms
        self._is = {
            (atom.symbol.arguments[0].string, atom.symbol.arguments[1].string): atom.literal
            for atom in atoms.by_signature("is", 2)
        }
        self._has = [
            (atom.literal, atom.symbol.arguments[0].string) for atom in atoms.by_signature("has", 1)
        ]

    def prepared(self, asked: Asked) -> list[int]:
        return [self._is[pair] for pair in asked.axes.items() if pair in self._is]

    def answer(self, prepared: list[int]) -> list[str]:
        with self._control.solve(assumptions=prepared, yield_=True) as found:
            model = found.model()
            if model is None:
                return []
            return [value for literal, value in self._has if model.is_true(literal)]

    def read(self, result: list[str]) -> Said:
        said: dict[str, dict[str, str]] = {}
        for value in result:
            kind, association, what = value.split()
            said.setdefault(association, {})[kind] = what
        return {
            association: (both.get("access", "-"), both.get("counts", "-"))
            for association, both in said.items()
        }


class ByHand:
    """What a programmer would write for one association if the rules never changed."""

    name = f"ifs by hand, {BY_HAND} alone"

    def prepared(self, asked: Asked) -> Mapping[str, str]:
        return asked.axes

    def answer(self, prepared: Mapping[str, str]) -> tuple[str, str]:
        return _dpor_access(prepared), _dpor_counts(prepared)

    def read(self, result: tuple[str, str]) -> Said:
        return {BY_HAND: result}


def _dpor_access(axes: Mapping[str, str]) -> str:
    channel = axes["channel"]
    if channel in ("enterprise_agreement", "web_direct"):
        if axes["incumbent.us_dpor"] == "yes":
            return "unclear" if axes["incumbent.other_dpor"] == "yes" else "automatic"
        return "open" if axes["customer_names_us"] == "yes" else "closed"
    if channel.startswith("csp_"):
        return "closed"
    named = axes["incumbent.us_dpor"] == "yes" or axes["customer_names_us"] == "yes"
    return "unclear" if named else "closed"


def _dpor_counts(axes: Mapping[str, str]) -> str:
    if axes["family"] == "none":
        return "unclear"
    if axes["metric"] == "net_customer_adds" or axes["family"] == "dynamics_365":
        return "yes"
    return "no"


# --- The rules in the engines' languages -----------------------------------------------------


def _zen_graph(rulebook: Rulebook) -> dict[str, Any]:
    day = rulebook.checked_on
    tables = []
    for association in rulebook.associations:
        rules = [r for r in in_force(rulebook.access, day) if association.id in r.association]
        field = f"access_{association.id}"
        tables.append(
            _zen_table(
                association.id,
                [(rule.when, {field: rule.access}) for rule in _overriders_first(rules)],
            )
        )
    rows = []
    for family in rulebook.families:
        for metric in rulebook.metrics:
            counts = {
                f"counts_{association}": rule.counts
                for rule in in_force(rulebook.credit, day)
                if family.id in rule.family and metric.id in rule.metric
                for association in rule.association
            }
            rows.append(({"family": (family.id,), "metric": (metric.id,)}, counts))
    tables.append(_zen_table("credit", rows))
    nodes = [_zen_node("asked", "inputNode"), *tables, _zen_node("said", "outputNode")]
    ends = [(table["id"], end) for table in tables for end in ("in", "out")]
    edges = [
        {
            "id": f"{table}-{end}",
            "type": "edge",
            "sourceId": "asked" if end == "in" else table,
            "targetId": table if end == "in" else "said",
        }
        for table, end in ends
    ]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": nodes,
        "edges": edges,
    }


def _zen_table(
    name: str, rows: Sequence[tuple[Mapping[str, Sequence[str]], Mapping[str, str]]]
) -> dict[str, Any]:
    asked = dict.fromkeys(axis for when, _ in rows for axis in when)
    said = dict.fromkeys(field for _, values in rows for field in values)
    return _zen_node(name, "decisionTableNode") | {
        "content": {
            "hitPolicy": "first",
            "inputs": [
                {"id": axis, "name": axis, "field": _zen_name(axis), "type": "expression"}
                for axis in asked
            ],
            "outputs": [
                {"id": field, "name": field, "field": field, "type": "expression"} for field in said
            ],
            "rules": [
                {"_id": f"{name}-{number}"}
                | {axis: ",".join(f'"{c}"' for c in when.get(axis, ())) for axis in asked}
                | {field: f'"{values[field]}"' for field in said}
                for number, (when, values) in enumerate(rows)
            ],
        }
    }


def _zen_node(name: str, kind: str) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}}


def _zen_name(axis: str) -> str:
    # A dot would look inside a nested object.
    return axis.replace(".", "_")


def _overriders_first(rules: Sequence[AccessRule]) -> list[AccessRule]:
    overrides = {rule.id: rule.overrides for rule in rules}

    def height(rule_id: str) -> int:
        return 1 + max((height(o) for o in overrides[rule_id] if o in overrides), default=0)

    return sorted(rules, key=lambda rule: -height(rule.id))


def _clingo_facts(rulebook: Rulebook) -> Iterator[str]:
    day = rulebook.checked_on
    lines: dict[str, Line] = {}
    for association in rulebook.associations:
        about = {"association": association.id}
        access = lines_of(rulebook.access, "access", day, **about)
        credit = lines_of(rulebook.credit, "counts", day, "metric", "family", **about)
        for kind, found in (("access", access), ("counts", credit)):
            # A rule for several associations may be overridden for one of them alone.
            lines |= {f"{kind} {association.id} {line.id}": line for line in found}
    axes = {
        **all_axes(rulebook),
        "family": [family.id for family in rulebook.families],
        "metric": [metric.id for metric in rulebook.metrics],
    }
    asked = {axis for line in lines.values() for axis in line.when}
    for axis, choices in axes.items():
        if axis in asked:
            yield _fact("axis", axis)
            yield from (_fact("choice", axis, choice) for choice in choices)
    for rule, line in lines.items():
        subject = rule.removesuffix(line.id)
        yield _fact("rule", rule)
        yield _fact("value", rule, subject + line.value)
        yield from (_fact("overrides", rule, subject + other) for other in line.overrides)
        for axis, accepted in line.when.items():
            yield _fact("asks", rule, axis)
            yield from (_fact("accepts", rule, axis, choice) for choice in accepted)


def _fact(name: str, *values: str) -> str:
    return f"{name}({', '.join(str(clingo.String(value)) for value in values)})."


# --- The same answers ------------------------------------------------------------------------


def disagreements(ours: Ours, others: Sequence[Engine], scenarios: Iterable[Asked]) -> list[str]:
    """What anybody answers otherwise than we do, in a line each."""
    found = []
    for asked in scenarios:
        right = ours.read(ours.answer(asked))
        for other in others:
            said = other.read(other.answer(other.prepared(asked)))
            if not said or any(right[association] != said[association] for association in said):
                found.append(f"{other.name}: {said}, ours: {dict(right)}, for {dict(asked.axes)}")
            elif not isinstance(other, ByHand) and said.keys() != right.keys():
                found.append(f"{other.name} leaves out {right.keys() - said.keys()}")
    return found


# --- The clock -------------------------------------------------------------------------------


def seconds(work: Callable[[Measurable], object], on: Measurable) -> float:
    """How long it takes once: on the processor, whatever else it has to do meanwhile."""
    began = time.process_time()
    work(on)
    return time.process_time() - began


def one_by_one(answer: Callable[[Any], object]) -> Callable[[Sequence[Any]], None]:
    """The same for each of several."""

    def all_of(prepared: Sequence[Any]) -> None:
        for one in prepared:
            answer(one)

    return all_of


def times_per_answer(
    rulebook: Rulebook, ours: Ours, others: Sequence[Engine]
) -> dict[str, list[float]]:
    """Who -> seconds per answer in each turn."""
    measured: dict[str, list[float]] = {}

    def measure(name: str, work: Callable[[Any], object], on: Any) -> None:
        measured.setdefault(name, []).append(seconds(work, on) / PER_TURN)

    for turn in range(TURNS):
        scenarios = list(random_scenarios(rulebook, PER_TURN, seed=1_000 + turn))
        measure(OURS, one_by_one(ours.answer), scenarios)
        measure(OURS_FRESH, one_by_one(Ours(rulebook).answer), scenarios)
        for other in others:
            prepared = [other.prepared(one) for one in scenarios]
            measure(other.name, one_by_one(other.answer), prepared)
            if isinstance(other, Zen):
                measure(f"{other.name}, evaluate_batch", other.answer_all, prepared)
    return measured


def ratio(times: Mapping[str, Sequence[float]], name: str, to: str) -> float:
    """How many times longer one takes than another in the same turn; the median of all turns."""
    return median(one / other for one, other in zip(times[name], times[to], strict=True))


def batch_seconds(rulebook: Rulebook) -> float:
    """How long the verdicts of a batch take."""
    chance = random.Random(5_000)  # noqa: S311  # the same scenarios in every run
    goals = Goals(rulebook, rulebook.checked_on)
    replies = {question.id: _replies(question) for question in rulebook.questions}
    replies["products"] = [(product.id,) for product in rulebook.products]
    replies["metrics"] = [(metric.id,) for metric in rulebook.metrics]
    taken = 0.0
    for _ in range(IN_BATCH // PER_BATCH_PART):
        answers = {q: chance.choices(some, k=PER_BATCH_PART) for q, some in replies.items()}
        taken += seconds(lambda made: deque(verdicts_of(goals, made), maxlen=0), answers)
    return taken


def _replies(question: Question) -> list[Answer]:
    """Every reply to a question: of several choices all sets."""
    if question.kind != "several":
        return [choice.id for choice in question.choices if choice.id != MIXED]
    choices = [choice.id for choice in question.choices if not choice.alone]
    # Products are too many; none of them is drawn from here.
    sizes = range(1, len(choices) + 1) if question.id not in NOT_AXES else ()
    return [("none",), *(some for size in sizes for some in combinations(choices, size))]


# --- The report ------------------------------------------------------------------------------


def print_times(times: Mapping[str, Sequence[float]], by_hand: str) -> None:
    print(f"\n{'plain answer: access and counts of six':<40} {'µs':>8} {'/ ifs':>8} {'/ ours':>8}")
    for name, taken in sorted(times.items(), key=lambda item: median(item[1])):
        print(
            f"{name:<40} {median(taken) * 1e6:8.1f} {ratio(times, name, by_hand):7.1f}x "
            f"{ratio(times, name, OURS):7.3f}x"
        )


def print_aim(what: str, aim: str, measured: str, *, met: bool) -> None:
    print(f"{what:<52} {aim:>14} {measured:>14}   {'met' if met else 'NOT MET'}")


def print_aims(
    rulebook: Rulebook, times: Mapping[str, Sequence[float]], engines: Sequence[str]
) -> None:
    print(f"\n{'':<52} {'aim':>14} {'measured':>14}")
    for engine in engines:
        faster = ratio(times, engine, OURS)
        measured = f"{faster:.1f}x faster" if faster >= 1 else f"{1 / faster:.1f}x slower"
        print_aim(f"plain answer against {engine}", "10x faster", measured, met=faster >= 10)
    for what, aim, milliseconds in figures(rulebook):
        print_aim(what, f"{aim} ms", f"{milliseconds:.1f} ms", met=milliseconds <= aim)
    batch = batch_seconds(rulebook)
    print_aim(f"verdicts of {IN_BATCH:,} in a batch", "2 s", f"{batch:.1f} s", met=batch <= 2)


def figures(rulebook: Rulebook) -> list[tuple[str, int, float]]:
    """What else has an aim: its name, the aim and the median, both in milliseconds.

    Cold: the first answer of a program that has just loaded its rules. Warm: one of many.
    """
    day = rulebook.checked_on
    metrics = tuple(metric.id for metric in rulebook.metrics)
    every_product = tuple(product.id for product in rulebook.products)
    by_product = dict(zip(every_product, cycle(CHANNELS), strict=False))
    # Without products there are no goals.
    unknown: dict[str, Answers] = {
        f"{len(PRODUCTS)} products": {"products": PRODUCTS},
        f"{len(every_product)} products": {"products": every_product},
        f"{len(every_product)} by mixed channels": {
            "products": every_product,
            "channel": MIXED,
            "channel_by_product": by_product,
        },
    }
    program = Program(rulebook)

    def warm(answers: Answers) -> object:
        return program.recommend(Scenario(as_of=day, answers=answers))

    def cold(answers: Answers) -> object:
        return Program(rulebook).recommend(Scenario(as_of=day, answers=answers))

    def judged(answers: Answers) -> object:
        return judge(Goals(rulebook, day), answers).verdicts

    taken: dict[str, list[float]] = {}
    aims: dict[str, int] = {}

    def measure(what: str, aim: int, work: Callable[[Answers], object], on: Answers) -> None:
        aims[what] = aim
        taken.setdefault(what, []).append(seconds(work, on) * 1e3)

    for asked in random_scenarios(rulebook, ROUNDS, seed=0):
        known: Answers = {**asked.answers, "products": PRODUCTS, "metrics": metrics}
        measure("proof of the shipped book", 10, lambda _: list(flaws(rulebook)), known)
        for how, work in (("warm", warm), ("cold", cold)):
            measure(f"recommendation, all known, {len(PRODUCTS)} products, {how}", 10, work, known)
        for which, answers in unknown.items():
            measure(f"verdicts and plan, unknown, {which}, cold", 50, judged, answers)
            for how, work in (("warm", warm), ("cold", cold)):
                measure(f"recommendation, unknown, {which}, {how}", 300, work, answers)
    return [(what, aim, median(taken[what])) for what, aim in aims.items()]


def main() -> int:
    rulebook = load(resources())
    engines: list[Engine] = [Clingo(rulebook)]
    if importlib.util.find_spec("zen") is None:
        print("zen-engine is NOT INSTALLED here: what follows is against clingo alone.")
    else:
        engines.insert(0, Zen(rulebook))
    by_hand = ByHand()
    others = [*engines, OursByBits(rulebook), by_hand]

    ours = Ours(rulebook)
    wrong = disagreements(ours, others, random_scenarios(rulebook, CHECKED, seed=1))
    if wrong:
        print(f"{len(wrong)} answers differ in {CHECKED:,} scenarios, among them:", *wrong[:3])
        return 1
    names = ", ".join(other.name for other in others)
    print(f"{CHECKED:,} random scenarios, the same answers from all: ours, {names}.")

    times = times_per_answer(rulebook, ours, others)
    print_times(times, by_hand.name)
    print_aims(rulebook, times, [engine.name for engine in engines])
    return 0


if __name__ == "__main__":
    sys.exit(main())
