"""One line for each distinct outcome of the whole answer space, to be read in a review.

    .venv/bin/python -m tests.content.outcome_list > tests/content/outcomes.txt

First who is counted, on which days: every product stands there by name. Then what comes of it on
the day of the other tests of content, a line for each outcome: the families, the metrics, the
verdict, what there is to do (the plan with the ways that would do instead, what is in place, what
is worth trying), how many scenarios come to that, and the answers of one of them. Answers that do
not matter are left out. Last what came out otherwise on earlier days.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from nca_wizard.paths import resources
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.interview import Interview
from nca_wizard.rules.judging import judge
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.planning import PlannedAction
from nca_wizard.rules.proof import all_rules
from nca_wizard.rules.proof_tables import Days, horizon_of, stretches
from nca_wizard.rules.rulebook import load
from tests.content.outcomes import TODAY, Kind, distinct_outcomes, kinds_of_goals

HEADING = """\
# Every distinct outcome. A changed rule shows here as a few changed lines: read each before
# accepting them with
#     .venv/bin/python -m tests.content.outcome_list > tests/content/outcomes.txt
"""
COUNTED = """
# --- Who is counted
# metric | family | whether it is measured | days | products
"""
OUTCOMES = """
# --- What comes out on {day}
# families, all or only some of their products | metrics | verdict | what there is to do |
# scenarios | one of them
"""
EARLIER = """
# --- What came out otherwise {days} than on the day after
"""
COUNTED_AS = {"yes": "", "no": " not measured", "unclear": " unclear whether measured"}


class Block(NamedTuple):
    """One outcome of one kind of goal."""

    kind: Kind
    verdict: str
    to_do: str
    scenarios: int


def outcome_list(rulebook: Rulebook) -> str:
    """The whole list as it stands in the file."""
    return "".join(f"{line}\n" for line in _lines(rulebook))


def _lines(rulebook: Rulebook) -> Iterator[str]:
    yield HEADING + COUNTED.removesuffix("\n")
    yield from counted(rulebook)
    yield OUTCOMES.format(day=TODAY).removesuffix("\n")
    after = _blocks(rulebook, TODAY)
    yield from _folded(Goals(rulebook, TODAY), after, after)
    for days in reversed(stretches(all_rules(rulebook), horizon_of(rulebook))):
        if days.first <= TODAY:
            before = _blocks(rulebook, days.first)
            if other := before.keys() - after.keys():
                yield EARLIER.format(days=days).removesuffix("\n")
                yield from _folded(Goals(rulebook, days.first), before, other)
            after = before


def counted(rulebook: Rulebook) -> Iterator[str]:
    """Whether each product is measured for each metric, on which days."""
    horizon = horizon_of(rulebook)
    found: dict[tuple[Kind, tuple[str, ...]], list[Days]] = {}
    for days in stretches(rulebook.measured, horizon):
        for kind, products in kinds_of_goals(rulebook, days.first).items():
            lasting = found.setdefault((kind, products), [])
            if lasting and lasting[-1].borders_on(days):
                lasting[-1] = Days(lasting[-1].first, days.last)
            else:
                lasting.append(days)
    metrics = [metric.id for metric in rulebook.metrics]
    families = [family.id for family in rulebook.families]

    def order(item: tuple[tuple[Kind, tuple[str, ...]], list[Days]]) -> tuple[object, ...]:
        (kind, _), lasting = item
        place = metrics.index(kind.metric), families.index(kind.family)
        return *place, list(COUNTED_AS).index(kind.measured), lasting[0].first

    for (kind, products), lasting in sorted(found.items(), key=order):
        when = ", ".join(
            f"from {days.first} on" if days.last == horizon.last else str(days) for days in lasting
        )
        yield " | ".join((kind.metric, kind.family, kind.measured, when, ", ".join(products)))


def _blocks(rulebook: Rulebook, day: date) -> dict[Block, Scenario]:
    """Every outcome of that day with one of its scenarios, those of most scenarios first."""
    goals = Goals(rulebook, day)
    kind_of = {
        (product, kind.metric): kind
        for kind, products in kinds_of_goals(rulebook, day).items()
        for product in products
    }
    scenarios: dict[tuple[Kind, str, str], int] = {}
    samples: dict[tuple[Kind, str, str], Scenario] = {}
    for outcome in distinct_outcomes(rulebook, day):
        kind = kind_of[outcome.product, outcome.metric]
        result = (kind, *_result(goals, outcome.sample))
        scenarios[result] = scenarios.get(result, 0) + outcome.scenarios
        samples.setdefault(result, outcome.sample)
    order = list(kind_of.values())
    return {
        Block(*result, number): samples[result]
        for result, number in sorted(
            scenarios.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][2])
        )
    }


def _folded(
    goals: Goals, blocks: Mapping[Block, Scenario], shown: Iterable[Block]
) -> Iterator[str]:
    """A line for each of those shown; families and metrics that come out alike share it."""
    shared: dict[str, dict[str, list[str]]] = {}
    shown = set(shown)
    for block, sample in blocks.items():
        if block in shown:
            told = (block.verdict, block.to_do, f"{block.scenarios:,}", _sample(goals, sample))
            family = block.kind.family + COUNTED_AS[block.kind.measured]
            shared.setdefault(" | ".join(told), {}).setdefault(family, []).append(block.kind.metric)
    for line, metrics_of in shared.items():
        for metrics in dict.fromkeys(map(tuple, metrics_of.values())):
            alike = [family for family, one in metrics_of.items() if tuple(one) == metrics]
            yield f"{', '.join(alike)} | {', '.join(metrics)} | {line}"


def _result(goals: Goals, sample: Scenario) -> tuple[str, str]:
    """The verdict, and what there is to do, of a scenario with one goal."""
    judgement = judge(goals, sample.answers)
    plan = judgement.plan
    in_place = [
        association
        for state in judgement.states
        for association in state.credit
        if state.in_place(association) == state.situation.possible
    ]
    parts = {
        "do": [_named(action) for action in plan.actions if action.certainty == "sure"],
        "or": ["+".join(map(_named, way.actions)) for way in plan.alternatives],
        "try": [_named(action) for action in plan.actions if action.certainty == "try"],
        "in place": in_place,
    }
    said = "; ".join(f"{what} {', '.join(all_)}" for what, all_ in parts.items() if all_)
    return judgement.verdicts[0], said or "-"


def _named(action: PlannedAction) -> str:
    """The association, with the guidance where that says more."""
    guidance = action.guidance.id
    plain = guidance in (action.association.replace("_", "-"), "dpor-set", "pal-link")
    return action.association if plain else f"{action.association} ({guidance})"


def _sample(goals: Goals, sample: Scenario) -> str:
    """The answers that matter of a sample, those of several choices with no more than needed."""
    rulebook, answers = goals.rulebook, dict(sample.answers)
    result = _result(goals, sample)
    for question in rulebook.questions:
        chosen = answers[question.id] if question.kind == "several" else ()
        if question.id in ("products", "metrics") or not isinstance(chosen, tuple):
            continue
        for choice in chosen:
            fewer = tuple(c for c in answers[question.id] if c != choice) or ("none",)
            tried = {**answers, question.id: fewer}
            if _result(goals, Scenario(as_of=sample.as_of, answers=tried)) == result:
                answers = tried
    in_play = Interview(rulebook, answers, sample.as_of).answers_in_play
    return " ".join(_pairs({q: a for q, a in in_play.items() if q not in ("products", "metrics")}))


def _pairs(answers: Mapping[str, Answer]) -> Iterator[str]:
    for question, answer in answers.items():
        yield f"{question}={'+'.join(answer) if isinstance(answer, tuple) else answer}"


if __name__ == "__main__":
    sys.stdout.write(outcome_list(load(resources())))
