"""The page with the real rulebook, for every case that was worked by hand."""

import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nca_wizard.customer import Customer
from nca_wizard.report.as_json import as_json
from nca_wizard.report.document import Document, Press
from nca_wizard.report.plain import plain_text
from nca_wizard.rules.interview import Interview, refuse_unknown_ids
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Answers, Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.settings import PartnerProfile, Sheet
from nca_wizard.texts import Texts

WORKED = Path(__file__).parents[1] / "content" / "worked_cases.json"
CASES: list[dict[str, Any]] = [
    *json.loads(WORKED.read_text(encoding="utf-8")),
    {"id": "nothing-known", "answers": {}},
]
NOTE = "Rebate promised in May."
# Ours alone: none may reach the customer.
OURS = re.compile(
    r"\b(scores?|points?|incentives?|designations?|net customer adds?|usage growth|deployments?|"
    r"dollars?|usd|rebate|cpor|dpor|pal)\b",
    re.IGNORECASE,
)


def worked(rulebook: Rulebook, case: dict[str, Any]) -> Recommendation:
    as_of = date.fromisoformat(case.get("as_of", "2026-11-22"))
    typed: Answers = {
        question: tuple(answer) if isinstance(answer, list) else answer
        for question, answer in case["answers"].items()
    }
    answers = Interview(rulebook, refuse_unknown_ids(rulebook, typed), as_of).answers_in_play
    return recommend(rulebook, Scenario(as_of=as_of, answers=answers))


def text_of(document: Document) -> str:
    command = "pdftotext", "-", "-"
    done = subprocess.run(command, input=document.pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\xa0", " ").split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_worked_case_makes_a_customer_copy_of_one_page_without_our_words(
    rulebook: Rulebook, press: Press, t: Texts, partner: PartnerProfile, case: dict[str, Any]
) -> None:
    rec = worked(rulebook, case)
    sheets: tuple[Sheet, ...] = ("a4", "letter")
    for paper in sheets:
        document = press.document(
            t,
            rec,
            Customer(name="Contoso AB", note=NOTE),
            partner,
            copy="customer",
            paper=paper,
        )
        text = text_of(document)

        assert document.notice == ""
        assert "1 of 1" in text
        assert OURS.findall(text) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_worked_case_makes_an_internal_copy_with_every_step(
    rulebook: Rulebook, press: Press, t: Texts, partner: PartnerProfile, case: dict[str, Any]
) -> None:
    rec = worked(rulebook, case)
    customer = Customer(name="Contoso AB", note=NOTE)
    text = text_of(press.document(t, rec, customer, partner, copy="internal", paper="a4"))

    assert "INTERNAL" in text
    assert NOTE in text
    # Lines are broken anywhere, so blanks do not count.
    solid = text.replace(" ", "")
    for action in rec.plan:
        assert action.title.for_us.replace(" ", "") in solid


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_worked_case_reads_as_text_and_as_json(
    rulebook: Rulebook, t: Texts, case: dict[str, Any]
) -> None:
    rec = worked(rulebook, case)

    assert plain_text(t, rec)
    assert json.dumps(as_json(rec))
