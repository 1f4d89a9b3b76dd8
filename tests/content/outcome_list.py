"""One line for each distinct outcome of the whole answer space, to be read in a review.

    .venv/bin/python -m tests.content.outcome_list > tests/content/outcomes.txt

A line says the product that stands for its family, the metric, the verdict, what there is
to do (the plan with the ways that would do instead, what is in place, what is worth trying), how
many scenarios come to that, and the answers of one of them. Answers that do not matter are left
out. The day is that of the other tests of content.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nca_wizard.paths import resources
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.interview import Interview
from nca_wizard.rules.judging import judge
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Answer, Scenario
from nca_wizard.rules.planning import PlannedAction
from nca_wizard.rules.rulebook import load
from tests.content.outcomes import PRODUCTS, TODAY, distinct_outcomes

HEADING = """\
# Every distinct outcome, as of {day}. A changed rule shows here as a few changed lines: read each
# before accepting them with
#     .venv/bin/python -m tests.content.outcome_list > tests/content/outcomes.txt
# products, one for each family | metrics | verdict | what there is to do | scenarios | one of them
"""


@dataclass(frozen=True)
class Block:
    """One outcome of one goal, apart from how many scenarios have it."""

    goal: tuple[str, str]
    verdict: str
    to_do: str


def outcome_list(rulebook: Rulebook) -> str:
    """The whole list as it stands in the file."""
    return HEADING.format(day=TODAY) + "".join(f"{line}\n" for line in lines(rulebook))


def lines(rulebook: Rulebook) -> Iterator[str]:
    """The lines without the heading, those of most scenarios first within a goal.

    Products and metrics that come out alike to the last scenario share a line.
    """
    goals = Goals(rulebook, TODAY)
    metric_ids = [metric.id for metric in rulebook.metrics]

    def order(goal: tuple[str, str]) -> tuple[int, int]:
        return PRODUCTS.index(goal[0]), metric_ids.index(goal[1])

    scenarios: dict[Block, int] = {}
    samples: dict[Block, Scenario] = {}
    for outcome in distinct_outcomes(rulebook):
        verdict, to_do = _result(goals, outcome.sample)
        block = Block((outcome.product, outcome.metric), verdict, to_do)
        scenarios[block] = scenarios.get(block, 0) + outcome.scenarios
        samples.setdefault(block, outcome.sample)
    shared: dict[str, dict[str, list[str]]] = {}
    for block, number in sorted(
        scenarios.items(), key=lambda item: (order(item[0].goal), -item[1], item[0].to_do)
    ):
        product, metric = block.goal
        sample = _sample(goals, samples[block])
        line = f"{block.verdict} | {block.to_do} | {number:,} | {sample}"
        shared.setdefault(line, {}).setdefault(product, []).append(metric)
    for line, counted in shared.items():
        for metrics in dict.fromkeys(map(tuple, counted.values())):
            alike = [product for product, one in counted.items() if tuple(one) == metrics]
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
