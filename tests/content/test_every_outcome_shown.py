"""One sample of each distinct outcome, as the seller sees it and as both copies print it."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.paths import resources
from nca_wizard.report import wording
from nca_wizard.report.document import Press
from nca_wizard.report.plain import plain_text
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.recommendation import recommend
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts
from nca_wizard.ui.result_page import ResultPage
from tests.content.outcomes import distinct_outcomes
from tests.content.test_texts import NOT_FOR_CUSTOMERS

CUSTOMER = Customer(name="R&D <b>Söhne</b>", note="Keep this to ourselves")
WHEN = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def seen_as(recommendation: Recommendation) -> tuple[object, ...]:
    """What tells two results apart for a reader, whatever the product."""
    goal = recommendation.goals[0]
    return (
        goal.verdict,
        tuple((f.counts, f.access, f.recommended) for f in goal.findings),
        tuple((a.guidance, a.certainty) for a in recommendation.plan),
        tuple(p.rule for p in recommendation.preparations),
    )


@pytest.fixture(scope="module")
def samples(rulebook: Rulebook) -> list[Recommendation]:
    """One recommendation of each kind."""
    kinds: dict[tuple[object, ...], Recommendation] = {}
    for outcome in distinct_outcomes(rulebook):
        recommendation = recommend(rulebook, outcome.sample)
        kinds.setdefault(seen_as(recommendation), recommendation)
    return list(kinds.values())


def words_on(page: ResultPage) -> Iterator[str]:
    for label in page.findChildren(QLabel):
        yield label.text()


def squeezed(text: str) -> str:
    """Text without the spaces and soft breaks that typesetting may add."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def test_the_samples_are_many_and_of_every_verdict(samples: list[Recommendation]) -> None:
    assert len(samples) > 60
    assert len({sample.goals[0].verdict for sample in samples}) == 6


def test_each_outcome_is_shown_on_screen(qtbot: QtBot, samples: list[Recommendation]) -> None:
    t = Texts.load("en")
    page = ResultPage(t)
    qtbot.addWidget(page)
    page.resize(1000, 680)
    page.show()
    for sample in samples:
        page.show_recommendation(CUSTOMER, sample, WHEN, rulebook_current=True)

        shown = "\n".join(words_on(page))
        assert wording.headline(t, sample) in shown
        for action in (*sample.plan, *sample.in_place):
            assert action.title.for_us in shown
        for finding in sample.goals[0].findings:
            assert wording.cell(t, sample, sample.goals[0], finding).word in shown
        assert "Söhne" in shown


def test_each_outcome_prints_as_both_copies(samples: list[Recommendation]) -> None:
    t = Texts.load("en")
    press = Press(resources())
    partner = PartnerProfile(name="J. Seller", company="Northwind")
    for sample in samples:
        for_us, for_customer = (
            squeezed(
                "".join(
                    page.extract_text()
                    for page in PdfReader(
                        io.BytesIO(
                            press.document(t, sample, CUSTOMER, partner, copy=copy, paper="a4").pdf
                        )
                    ).pages
                )
            )
            for copy in ("internal", "customer")
        )

        assert "INTERNAL" in for_us
        assert squeezed(CUSTOMER.note) in for_us
        assert squeezed(CUSTOMER.name) in for_us
        assert squeezed(CUSTOMER.name) in for_customer
        assert "INTERNAL" not in for_customer
        assert squeezed(CUSTOMER.note) not in for_customer
        for action in sample.plan:
            assert squeezed(action.title.for_us) in for_us
            assert squeezed(action.title.for_customer) in for_customer


def test_no_copy_for_the_customer_speaks_of_score_points_or_money(
    samples: list[Recommendation],
) -> None:
    t = Texts.load("en")
    press = Press(resources())
    for sample in samples[::5]:
        document = press.document(
            t, sample, CUSTOMER, PartnerProfile(), copy="customer", paper="letter"
        )
        said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(document.pdf)).pages)

        assert not NOT_FOR_CUSTOMERS.search(said), NOT_FOR_CUSTOMERS.search(said)


def test_each_outcome_reads_as_plain_text(samples: list[Recommendation]) -> None:
    t = Texts.load("en")
    for sample in samples:
        said = plain_text(t, sample, customer=CUSTOMER.name)

        assert squeezed(wording.headline(t, sample)) in squeezed(said)
        assert all(len(line) <= 78 for line in said.splitlines() if "http" not in line)
