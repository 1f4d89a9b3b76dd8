"""Scenarios worked by hand, with the answers they must give."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nca_wizard.rules.interview import Interview, refuse_unknown_ids
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Finding, Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend

CASES = json.loads((Path(__file__).parent / "worked_cases.json").read_text(encoding="utf-8"))
TODAY = "2026-11-22"


def worked(rulebook: Rulebook, case: dict[str, Any]) -> Recommendation:
    as_of = date.fromisoformat(case.get("as_of", TODAY))
    answers = {q: tuple(a) if isinstance(a, list) else a for q, a in case["answers"].items()}
    answers = dict(refuse_unknown_ids(rulebook, answers))
    in_play = Interview(rulebook, answers, as_of).answers_in_play
    return recommend(rulebook, Scenario(as_of=as_of, answers=in_play))


def finding(recommendation: Recommendation, goal: str, association: str) -> Finding:
    return next(
        finding
        for one in recommendation.goals
        if f"{one.product}/{one.metric}" == goal
        for finding in one.findings
        if finding.association == association
    )


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts(part)]
    return []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_case_gives_what_was_worked_out(rulebook: Rulebook, case: dict[str, Any]) -> None:
    expected = case["expect"]

    got = worked(rulebook, case)

    verdicts = {f"{goal.product}/{goal.metric}": goal.verdict for goal in got.goals}
    for goal, verdict in expected.get("verdicts", {}).items():
        assert verdicts[goal] == verdict
    plan = [action.association for action in got.plan]
    if "plan" in expected:
        assert plan == expected["plan"]
    ways = [set(plan), *(set(alternative.associations) for alternative in got.alternatives)]
    for way in expected.get("plan_or_alternatives", []):
        assert set(way) in ways
    for goal, counts in expected.get("counts", {}).items():
        assert {a: finding(got, goal, a).counts for a in counts} == counts
    for goal, access in expected.get("access", {}).items():
        assert {a: finding(got, goal, a).access for a in access} == access
    if "first_open_question" in expected:
        assert got.open_questions[0].question == expected["first_open_question"]
    said = "\n".join(texts(got.model_dump(mode="json")))
    for pattern in expected.get("text", []):
        assert re.search(pattern, said, re.IGNORECASE), pattern


def test_the_worked_cases_are_all_there_once() -> None:
    ids = [case["id"] for case in CASES]

    assert len(ids) == len(set(ids)) >= 23
    assert {"scenario-a", "scenario-b"} <= set(ids)
