"""The command line answers as the window does."""

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from nca_wizard import cli
from nca_wizard.errors import DONE
from nca_wizard.exchange import lists
from nca_wizard.history.store import History
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.session import CaseSession
from tests.content.test_brute_force import random_answers
from tests.ui.conftest import NOON

SCENARIOS = 200
IN_FULL = 8


@pytest.fixture
def scenarios(
    book: Rulebook, history: History, clock: Clock
) -> list[tuple[dict[str, Answer], Recommendation]]:
    """Answers drawn at random, and what the window makes of them."""
    engine, draw = Engine(book), random.Random(58)
    found = []
    for number in range(SCENARIOS):
        answers = random_answers(book, draw)
        fields = {"name": f"Customer {number}"}
        session = CaseSession.of_answers(engine, history, clock, fields=fields, answers=answers)
        found.append((answers, session.finish(engine.recommend).recommendation))
    return found


def evaluated(tmp_path: Path, file: Path, *options: str) -> int:
    folder = str(tmp_path / "data")
    return cli.main(["evaluate", str(file), "--data-dir", folder, *options], today=NOON.date())


def written(answer: Answer | None) -> str:
    if isinstance(answer, Mapping):
        return ";".join(f"{product}={choice}" for product, choice in answer.items())
    return answer if isinstance(answer, str) else ";".join(answer or ())


def told(rec: Recommendation) -> list[tuple[str, str, str]]:
    return [(one.association, one.certainty, one.title.for_us) for one in rec.plan]


def in_json(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (
            one["association"],
            one["certainty"],
            one["title"] if isinstance(one["title"], str) else one["title"]["for_us"],
        )
        for one in document["plan"]
    ]


def test_a_list_of_two_hundred_customers_gets_the_actions_of_the_window(
    tmp_path: Path, book: Rulebook, scenarios: list[tuple[dict[str, Answer], Recommendation]]
) -> None:
    questions = [question.id for question in book.questions]
    rows = [
        [f"Customer {number}", *(written(answers.get(one)) for one in questions)]
        for number, (answers, _) in enumerate(scenarios)
    ]
    lists.write(tmp_path / "list.csv", ["name", *questions], rows)
    out = tmp_path / "result.json"

    assert evaluated(tmp_path, tmp_path / "list.csv", "--out", str(out)) == DONE

    customers = json.loads(out.read_bytes())["customers"]
    assert [in_json(one) for one in customers] == [told(rec) for _, rec in scenarios]
    assert [[goal["verdict"] for goal in one["goals"]] for one in customers] == [
        [goal.verdict for goal in rec.goals] for _, rec in scenarios
    ]


def test_a_case_file_gets_the_actions_of_the_window(
    tmp_path: Path,
    scenarios: list[tuple[dict[str, Answer], Recommendation]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for answers, rec in scenarios[:IN_FULL]:
        file = tmp_path / "case.ncacase"
        file.write_text(json.dumps({"format": "ncacase", "version": 1, "answers": answers}))

        assert evaluated(tmp_path, file, "--json") == DONE

        assert in_json(json.loads(capsys.readouterr().out)) == told(rec)
