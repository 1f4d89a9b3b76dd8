"""The page on a system that has no fonts of its own, and as a screen reader finds it."""

import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from nca_wizard.customer import Contact, Customer
from nca_wizard.paths import resources
from nca_wizard.public_holidays import WEEKENDS_ALONE
from nca_wizard.report.document import UNTAGGED, Document, Press
from nca_wizard.report.page import Copy
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts

Samples = dict[str, Recommendation]
SCHEDULE = Schedule(date(2026, 11, 23), WEEKENDS_ALONE)


@pytest.fixture(scope="module")
def bare_press() -> Press:
    """As on a system without a font for Japanese, or without any."""
    return Press(resources(), system_fonts=False)


def printed(
    press: Press, t: Texts, samples: Samples, name: str, copy: Copy = "customer"
) -> Document:
    customer = Customer(name=name, contact=Contact(name=name), note=name)
    return press.document(
        t,
        samples["claims"],
        customer,
        PartnerProfile(name="J. Seller"),
        copy=copy,
        paper="a4",
        schedule=SCHEDULE,
    )


def tool(name: str, document: Document, *options: str) -> str:
    command = name, "-", *options
    return subprocess.run(
        command, input=document.pdf, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize("copy", ["customer", "internal", "handoff"])
@pytest.mark.parametrize(
    "name", ["Smile 😀 GmbH", "株式会社 Tokyo", "Private \ue000 AB"], ids=["emoji", "ja", "private"]
)
def test_what_has_no_font_prints_all_the_same_and_one_sentence_says_so(
    bare_press: Press, t: Texts, samples: Samples, name: str, copy: Copy
) -> None:
    document = printed(bare_press, t, samples, name, copy)

    assert document.notice == t(UNTAGGED)
    assert len(document.pages_png(20)) >= 1
    known = next(word for word in name.split() if word.isascii())
    assert known in tool("pdftotext", document, "-")


def test_a_byte_order_mark_is_taken_out_and_nothing_is_said(
    bare_press: Press, t: Texts, samples: Samples
) -> None:
    document = printed(bare_press, t, samples, "Bom\ufeff AB")

    assert document.notice == ""
    assert "Bom AB" in tool("pdftotext", document, "-")


@pytest.mark.parametrize("copy", ["customer", "internal", "handoff"])
@pytest.mark.parametrize(
    "name",
    ["ΔΕΗ Ελλάς Α.Ε.", "Газпром нефть", "شركة الخليج", "Łódź Țesătură Ağ"],
    ids=["el", "ru", "ar", "latin"],
)
def test_greek_cyrillic_arabic_and_latin_need_no_font_of_the_system(
    bare_press: Press, t: Texts, samples: Samples, name: str, copy: Copy
) -> None:
    document = printed(bare_press, t, samples, name, copy)
    fonts = tool("pdffonts", document).splitlines()[2:]

    assert document.notice == ""
    assert fonts
    for line in fonts:
        assert "Inter-" in line or "NotoSansArabic" in line
        embedded, subset, mapped = line.split()[-5:-2]
        assert (embedded, subset, mapped) == ("yes", "yes", "yes")


# --- As a screen reader finds it ---------------------------------------------------------------


def elements(document: Document) -> Iterator[Any]:
    """The structure of the page, each element before what is in it."""
    waiting: list[Any] = [PdfReader(BytesIO(document.pdf)).root_object["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop(0).get_object()
        if isinstance(one, list):
            waiting[:0] = one
        elif isinstance(one, dict):
            yield one
            waiting[:0] = [one["/K"]] if "/K" in one else []


def kinds(document: Document) -> Counter[str]:
    return Counter(str(one["/S"]) for one in elements(document) if "/S" in one)


def test_the_steps_for_the_customer_are_a_table_with_headers(
    press: Press, t: Texts, samples: Samples
) -> None:
    found = kinds(printed(press, t, samples, "Contoso AB"))

    assert found["/Table"] == 1
    assert found["/TH"] == 4
    assert found["/TD"] == 2 * 4
    assert found["/H1"] == 1
    assert found["/H2"] >= 1


def test_the_grid_is_a_table_with_headers(press: Press, t: Texts, samples: Samples) -> None:
    document = printed(press, t, samples, "Contoso AB", "internal")
    found = kinds(document)

    assert found["/Table"] == 1
    # The corner, and the three metrics.
    assert found["/TH"] == 4
    assert found["/TD"] >= 6 * 4


@pytest.mark.parametrize("copy", ["customer", "internal", "handoff"])
def test_the_timeline_is_a_figure_that_says_in_words_what_it_shows(
    press: Press, t: Texts, samples: Samples, copy: Copy
) -> None:
    figures = [
        str(one["/Alt"])
        for one in elements(printed(press, t, samples, "Contoso AB", copy))
        if one.get("/S") == "/Figure" and "/Alt" in one
    ]

    assert any("20 Jan 2027" in alt for alt in figures)
