"""The page with the real rulebook, for every case that was worked by hand."""

import json
import re
import subprocess
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from nca_wizard.customer import Contact, Customer
from nca_wizard.paths import resources
from nca_wizard.public_holidays import free_days
from nca_wizard.report import wording
from nca_wizard.report.as_json import as_json
from nca_wizard.report.document import Document, Press
from nca_wizard.report.page import Copy, Data, page
from nca_wizard.report.plain import plain_text
from nca_wizard.report.points import points_lines
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.interview import Interview, refuse_unknown_ids
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
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


def solid(text: str) -> str:
    """Without blanks and hyphens: lines are broken at either."""
    return text.replace(" ", "").replace("-", "")


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
    assert ".md" not in text
    for action in rec.plan:
        assert solid(action.title.for_us) in solid(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_worked_case_reads_as_text_and_as_json(
    rulebook: Rulebook, t: Texts, case: dict[str, Any]
) -> None:
    rec = worked(rulebook, case)

    # The name of a file is known to its repository alone.
    assert ".md" not in plain_text(t, rec)
    assert json.dumps(as_json(rec))


# --- How it is set -----------------------------------------------------------------------------

STARTED = Schedule(date(2026, 12, 1), free_days("DE"))
PLANNED = [case for case in CASES if case.get("expect", {}).get("plan")]
# Two actions of different kinds on three metrics: no room for a picture of the days.
IN_WORDS = "power-platform-two-associations"
EIGHT_PRODUCTS: dict[str, Any] = {
    "id": "eight-products",
    "answers": {
        "channel": "mixed",
        "channel_by_product": {
            "sales": "csp_direct_bill",
            "customer_service": "csp_other_partner",
            "finance": "enterprise_agreement",
            "business_central": "csp_indirect_reseller",
            "power_apps": "enterprise_agreement",
            "power_automate": "web_direct",
            "power_bi": "mca_enterprise",
            "customer_insights": "enterprise_agreement",
        },
        "cloud": "commercial",
        "subscription": "active_paid",
        "products": [
            "sales",
            "customer_service",
            "finance",
            "business_central",
            "power_apps",
            "power_automate",
            "power_bi",
            "customer_insights",
        ],
        "metrics": ["net_customer_adds", "usage_growth", "deployments"],
        "track": "enterprise",
        "revenue": "from_1500",
        "our_part": ["influenced_purchase", "implements", "tenant_account"],
        "incumbent": ["none"],
        "customer_names_us": "no",
    },
}


# Much to find out and to make ready before there is anything to file.
NOT_READY: dict[str, Any] = {
    "id": "not-ready",
    "answers": {
        "channel": "mixed",
        "channel_by_product": {"power_pages": "mca_enterprise"},
        "cloud": "unknown",
        "subscription": "trial",
        "products": ["copilot_studio", "power_pages"],
        "metrics": ["net_customer_adds", "usage_growth", "deployments"],
        "track": "smb",
        "revenue": "below_250",
        "our_part": ["influenced_purchase", "implements", "tenant_account"],
        "incumbent": ["us_dpor", "other_dpor"],
    },
}
KNOWN = Customer(
    name="Contoso AB",
    domain="contoso-manufacturing.example",
    tenant_id="8f1c2d3e4a5b6c7d8e9f0a1b2c3d4e5f",
    subscription_id="11111111222233334444555555555555",
    contact=Contact(
        name="Annika Söderström-Lindqvist",
        title="CIO",
        email="annika.soderstrom-lindqvist@contoso-manufacturing.example",
    ),
    note=NOTE,
)


def setting(press: Press, data: Data) -> dict[str, Any]:
    """How roomy the template could set the page, as it says itself."""
    # Nothing but a test asks how it was set.
    compiler = press._compiler("summary", json.dumps(data))
    return dict(json.loads(compiler.query("<setting>", field="value", one=True)))


@pytest.mark.parametrize("case", PLANNED, ids=lambda case: str(case["id"]))
def test_an_internal_copy_with_a_plan_has_points_and_days_and_is_set_to_be_read(
    rulebook: Rulebook, press: Press, t: Texts, partner: PartnerProfile, case: dict[str, Any]
) -> None:
    rec = worked(rulebook, case)
    customer = Customer(name="Contoso AB", note=NOTE)
    data = page(
        t, rec, customer, partner, copy="internal", paper="a4", sample=False, schedule=STARTED
    )
    document = press.document(
        t, rec, customer, partner, copy="internal", paper="a4", schedule=STARTED
    )
    text = text_of(document)

    for one in points_lines(t, rec):
        assert solid(f"{one.lead} {one.at_most}") in solid(text)
    assert "Points are not money" in text
    assert "It can show from" in text
    drawn = "Line: until the earliest day. Box: until the latest." in text
    assert drawn == (case["id"] != IN_WORDS)
    assert "1 of 1" in text
    assert setting(press, data)["air"] >= 0.7


# Where room is shortest: the longer language on the shorter paper.
@pytest.mark.parametrize("copy", get_args(Copy))
@pytest.mark.parametrize(
    "case", [*CASES, EIGHT_PRODUCTS, NOT_READY], ids=lambda case: str(case["id"])
)
def test_every_sheet_is_one_page_in_german_on_letter_paper(
    rulebook: Rulebook, press: Press, partner: PartnerProfile, case: dict[str, Any], copy: Copy
) -> None:
    t = Texts.load("de", resources() / "locale")
    rec = worked(rulebook, case)
    for schedule in (None, STARTED):
        document = press.document(
            t, rec, KNOWN, partner, copy=copy, paper="letter", schedule=schedule
        )

        assert len(document.pages_svg()) == 1


@pytest.mark.parametrize("paper", get_args(Sheet))
def test_an_id_is_in_one_piece_however_little_room_there_is(
    rulebook: Rulebook, press: Press, t: Texts, partner: PartnerProfile, paper: Sheet
) -> None:
    rec = worked(rulebook, EIGHT_PRODUCTS)
    document = press.document(t, rec, KNOWN, partner, copy="handoff", paper=paper)

    assert "8f1c2d3e-4a5b-6c7d-8e9f-0a1b2c3d4e5f" in text_of(document)
    assert "11111111-2222-3333-4444-555555555555" in text_of(document)


def test_a_shortened_page_says_where_the_ids_are(
    rulebook: Rulebook, press: Press, t: Texts, partner: PartnerProfile
) -> None:
    rec = worked(rulebook, next(one for one in CASES if one["id"] == IN_WORDS))
    document = press.document(t, rec, KNOWN, partner, copy="internal", paper="a4")

    assert "IDs on the hand-off" in text_of(document)


def test_a_second_claim_needs_what_the_first_one_does_on_the_shortest_page_too(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    text = text_of(internal_copy(rulebook, press, t, EIGHT_PRODUCTS))
    second = text.partition("Claim “Usage recognition")[2].partition("Link our PartnerID")[0]

    assert "Proof of execution, signed by the customer (A statement of work" in second
    assert "As for 1" in second


def test_what_is_in_place_is_counted_on_from_the_plan(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    text = text_of(internal_copy(rulebook, press, t, EIGHT_PRODUCTS))

    assert "4 Nothing to do: the CSP sale is the association" in text


def internal_copy(
    rulebook: Rulebook, press: Press, t: Texts, case: dict[str, Any], note: str = NOTE
) -> Document:
    customer = Customer(name="Contoso AB", note=note)
    return press.document(
        t,
        worked(rulebook, case),
        customer,
        PartnerProfile(),
        copy="internal",
        paper="a4",
        schedule=STARTED,
    )


def test_a_shortened_page_says_what_is_not_on_it(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    text = text_of(internal_copy(rulebook, press, t, EIGHT_PRODUCTS))
    before, found, lacking = text.partition("In short. Not on this sheet: ")

    assert found
    for label in ("Do", "Verify", "Keep in mind", "Answers"):
        assert f"“{label}”" in lacking
        assert not re.search(rf"\b{label} (?=[A-Z])", before)


def test_a_page_in_full_says_nothing_of_the_kind(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    case = next(one for one in CASES if one["id"] == "nothing-known")

    assert "In short" not in text_of(internal_copy(rulebook, press, t, case))


@pytest.mark.parametrize("copy", get_args(Copy))
def test_what_two_rules_ask_for_first_is_asked_once(
    rulebook: Rulebook, press: Press, t: Texts, partner: PartnerProfile, copy: Copy
) -> None:
    rec = worked(rulebook, NOT_READY)
    twice = [one for one in rec.preparations if one.title == rec.preparations[0].title]
    document = press.document(t, rec, Customer(name="Contoso AB"), partner, copy=copy, paper="a4")
    title = twice[0].title.for_customer if copy == "customer" else twice[0].title.for_us

    text = text_of(document)

    assert len(twice) == 2
    assert text.count(f"{title} ") == 1
    assert f"{title} For Power Pages and Copilot Studio." in text


def test_marks_that_stand_alone_are_explained_under_the_grid(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    text = text_of(internal_copy(rulebook, press, t, EIGHT_PRODUCTS))

    assert "✓ automatic or do this · × closed here" in text


def test_a_long_note_takes_a_second_page_and_is_never_cut(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    words = [f"word{number:03}" for number in range(500)]
    document = internal_copy(rulebook, press, t, EIGHT_PRODUCTS, " ".join(words))

    assert len(document.pages_svg()) == 2
    assert re.findall(r"word\d{3}", text_of(document)) == words


def overlaps(document: Document) -> list[tuple[str, str]]:
    """Words of one page that stand on each other."""
    command = "pdftotext", "-bbox", "-", "-"
    done = subprocess.run(command, input=document.pdf, capture_output=True, check=True)
    found = []
    for sheet in done.stdout.decode().split("<page ")[1:]:
        words = [
            (*map(float, box), word)
            for *box, word in re.findall(
                r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', sheet
            )
        ]
        found += [
            (str(a[4]), str(b[4]))
            for a, b in combinations(words, 2)
            if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 5
        ]
    return found


@pytest.mark.parametrize("case", PLANNED, ids=lambda case: str(case["id"]))
def test_no_long_german_word_leaves_the_page(
    rulebook: Rulebook, press: Press, partner: PartnerProfile, case: dict[str, Any]
) -> None:
    t = Texts.load("de", resources() / "locale")
    document = press.document(
        t, worked(rulebook, case), Customer(name="Contoso AB"), partner, copy="customer", paper="a4"
    )
    command = "pdftotext", "-bbox", "-", "-"
    boxes = subprocess.run(command, input=document.pdf, capture_output=True, check=True).stdout
    edge = 595.2756 - 15 / 25.4 * 72

    assert max(map(float, re.findall(rb'xMax="([\d.]+)"', boxes))) < edge + 1


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("paper", get_args(Sheet))
def test_a_wide_grid_turns_round_so_that_no_word_stands_on_another(
    rulebook: Rulebook, press: Press, partner: PartnerProfile, paper: Sheet, language: str
) -> None:
    t = Texts.load(language, resources() / "locale")
    rec = worked(rulebook, EIGHT_PRODUCTS)
    document = press.document(
        t, rec, Customer(name="Contoso AB"), partner, copy="internal", paper=paper, schedule=STARTED
    )

    assert len(wording.columns(t, rec)) > 4
    assert overlaps(document) == []
