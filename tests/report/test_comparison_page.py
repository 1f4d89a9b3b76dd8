"""Evaluations beside each other on paper."""

import subprocess
from datetime import date

import pytest

from nca_wizard.report.compared import Side, compared, why_they_differ
from nca_wizard.report.document import Document, Press
from nca_wizard.rules.interview import Interview
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.settings import Sheet
from nca_wizard.texts import Texts

DAY = date(2026, 11, 22)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsverwaltung <b>&</b> 東京"
EA: Answers = {
    "channel": "enterprise_agreement",
    "cloud": "commercial",
    "products": ("sales",),
    "metrics": ("net_customer_adds",),
    "our_part": ("influenced_purchase", "implements"),
}


def document(press: Press, t: Texts, book: Rulebook, *names: str, paper: Sheet = "a4") -> Document:
    channels = ("enterprise_agreement", "csp_direct_bill", "web_direct")
    sides = []
    for name, channel in zip(names, channels, strict=False):
        answers = Interview(book, {**EA, "channel": channel}, DAY).answers_in_play
        sides.append(Side(name, recommend(book, Scenario(as_of=DAY, answers=answers))))
    why = why_they_differ(t, (sides[0], sides[1]), sides[0].rec) if len(sides) == 2 else ()
    return press.comparison(t, sides, compared(t, sides), why, day=DAY, paper=paper)


def words_of(pdf: bytes) -> str:
    command = "pdftotext", "-", "-"
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_it_says_who_what_and_why_and_that_it_is_ours(
    press: Press, t: Texts, rulebook: Rulebook, paper: Sheet
) -> None:
    words = words_of(document(press, t, rulebook, "Contoso AB", "Fabrikam", paper=paper).pdf)

    assert words.startswith("Contoso AB and Fabrikam")
    assert "INTERNAL" in words
    assert "The customers differ in: Channel." in words
    assert "~ The customer buys in CSP through us, and we bill directly" in words


def test_names_are_taken_literally_however_long_they_are(
    press: Press, t: Texts, rulebook: Rulebook
) -> None:
    set_page = document(press, t, rulebook, LONG, "Fabrikam", "C")

    words = words_of(set_page.pdf)
    assert "<b>&</b> 東京" in words
    assert LONG.split(" ", maxsplit=1)[0] in words.replace(" ", "")
    assert set_page.title == f"{LONG}, Fabrikam and C compared"
