"""The PDF is looked at with the tools a print shop has: poppler's."""

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image
from pypdf import PdfReader

from nca_wizard.customer import Contact, Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.report.document import UNTAGGED, Document, Press, save
from nca_wizard.report.page import Copy
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile, Sheet
from nca_wizard.texts import Texts

Samples = dict[str, Recommendation]
Print = Callable[..., Document]

COPIES: tuple[Copy, ...] = get_args(Copy)
SHEETS: tuple[Sheet, ...] = ("a4", "letter")
NOTE = "They asked about a rebate; call back."
LITERAL = "R&D <b>Söhne</b> 東京"

# Words that only we use among ourselves; none may reach the customer.
OURS = (
    "score",
    "point",
    "incentive",
    "designation",
    "net customer adds",
    "usage growth",
    "deployments",
    "revenue",
    "dollar",
    "csp",
    "cpor",
    "dpor",
    "rebate",
)


@pytest.fixture
def print_page(press: Press, t: Texts, samples: Samples, partner: PartnerProfile) -> Print:
    def printed(
        name: str,
        *,
        copy: Copy = "customer",
        paper: Sheet = "a4",
        customer: str = "Contoso AB",
        sample: bool = False,
    ) -> Document:
        who = Customer(name=customer, contact=Contact(name="Alex Lindqvist"), note=NOTE)
        return press.document(t, samples[name], who, partner, copy=copy, paper=paper, sample=sample)

    return printed


def text_of(document: Document) -> str:
    """The text as a screen reader meets it, line ends and double blanks taken out."""
    return " ".join(tool("pdftotext", document, "-").replace("\xa0", " ").split())


def tool(name: str, document: Document, *options: str) -> str:
    done = subprocess.run(
        [name, "-", *options], input=document.pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def pages(document: Document) -> int:
    return len(PdfReader(BytesIO(document.pdf)).pages)


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("copy", COPIES)
def test_every_outcome_has_one_page_in_both_copies_on_both_papers(
    print_page: Print, samples: Samples, copy: Copy, paper: Sheet
) -> None:
    for name in samples:
        document = print_page(name, copy=copy, paper=paper)

        assert document.notice == ""
        if name != "twelve actions":
            assert pages(document) == 1, f"{name}, {copy}, {paper}"


def test_the_file_is_tagged_titled_and_has_an_author(print_page: Print) -> None:
    info = tool("pdfinfo", print_page("claims"))

    assert "Tagged:          yes" in info
    assert "Title:           Contoso AB, how we are recorded as your partner\n" in info
    assert "Author:          J. Seller, Contoso Partner\n" in info


def test_without_a_profile_the_file_names_no_author(
    press: Press, t: Texts, samples: Samples
) -> None:
    document = press.document(
        t, samples["claims"], Customer(name="X"), PartnerProfile(), copy="customer", paper="a4"
    )

    assert "Author" not in tool("pdfinfo", document)
    assert document.notice == ""


def test_a_word_breaks_only_where_the_line_has_no_room(print_page: Print) -> None:
    name = "Donaudampfschifffahrten"
    raw = tool("pdftotext", print_page("claims", customer=name), "-raw", "-")

    assert len(name) == 23
    assert name in raw.splitlines()


def test_the_file_names_its_language_and_its_standard(print_page: Print) -> None:
    reader = PdfReader(BytesIO(print_page("claims").pdf))

    assert str(reader.root_object["/Lang"]) == "en"
    assert b"<pdfuaid:part>1" in print_page("claims").pdf


@pytest.mark.parametrize(("paper", "size"), [("a4", "(A4)"), ("letter", "612 x 792 pts")])
def test_the_page_has_the_size_that_was_asked_for(
    print_page: Print, paper: Sheet, size: str
) -> None:
    assert size in tool("pdfinfo", print_page("claims", paper=paper))


def test_all_fonts_are_embedded_and_our_own(print_page: Print) -> None:
    for copy in COPIES:
        fonts = tool("pdffonts", print_page("claims", copy=copy)).splitlines()[2:]

        assert fonts
        for line in fonts:
            assert "Inter-" in line
            assert line.split()[-5] == "yes"


def test_the_customer_copy_reads_in_order(print_page: Print) -> None:
    raw = tool("pdftotext", print_page("claims and a question"), "-raw", "-")
    text = " ".join(raw.replace("\xa0", " ").split())
    parts = [
        "Contoso AB",
        "How we are recorded as your partner · 22 Nov 2026",
        "Prepared by",
        "What you told us",
        "Enterprise Agreement · Business Central · We implement it with you",
        "What we ask of you: 2 steps",
        "Confirm that we advised you on the purchase",
        "Sign the statement of work",
        "Microsoft records who helps you",
        "tenant ID",
        "Confirm that we run it together with you",
        "Would your administrator name us as partner of record?",
        "You may decline",
        "Notes",
        "Not a decision by Microsoft, not affiliated with Microsoft.",
        "1 of 1",
    ]

    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_customer_copy_has_no_word_that_is_ours(print_page: Print, samples: Samples) -> None:
    for name in samples:
        text = text_of(print_page(name)).lower()

        assert [word for word in OURS if word in text] == [], name


def test_the_internal_copy_says_so_and_has_what_the_customer_must_not_see(
    print_page: Print,
) -> None:
    text = text_of(print_page("claims", copy="internal"))

    for words in (
        "INTERNAL",
        "2 claims to file. Nothing is automatic on an Enterprise Agreement.",
        "DPOR would do instead",
        "Net customer adds",
        "✓ do this",
        "? disputed",
        "action needed",
        "did not already count for you twelve months ago",
        "Influenced Revenue recognition",
        "Customer associations via CPOR, Microsoft Learn, 10 Oct 2023, stated",
        "due for another look",
        NOTE,
    ):
        assert words in text


def test_twelve_actions_take_two_pages_with_every_text_once(print_page: Print) -> None:
    document = print_page("twelve actions")
    text = text_of(document)

    assert pages(document) == 2
    assert "Contoso AB, how we are recorded as your partner, continued" in text
    assert "1 of 2" in text
    assert "2 of 2" in text
    for number in range(1, 13):
        for words in (
            f"Step number {number} for you",
            f"Your paper {number} first.",
            f"Your paper {number} then.",
        ):
            assert text.count(words) == 1, words


def test_twelve_actions_are_all_on_the_internal_copy_once(print_page: Print) -> None:
    text = text_of(print_page("twelve actions", copy="internal"))

    for number in range(1, 13):
        assert text.count(f"Claim number {number} for us") == 1
    assert "File it in Partner Center" in text


@pytest.mark.parametrize(
    "name", [LITERAL, "#strong[x] $a$ @b *c* _d_ \\ `e`", "'O”Brien", "شركة", "1", "=1+1"]
)
def test_a_customers_name_stands_literally(print_page: Print, name: str) -> None:
    document = print_page("claims", customer=name)
    title = PdfReader(BytesIO(document.pdf)).metadata

    assert title is not None
    assert title.title == f"{name}, how we are recorded as your partner"
    if name != "شركة":  # poppler hands right-to-left text over in its own order
        assert name in text_of(document)


def test_a_long_name_keeps_the_page(print_page: Print) -> None:
    name = "Gesellschaft für " * 7
    document = print_page("six actions", customer=name[:120].strip())

    assert pages(document) == 1


@pytest.mark.parametrize("name", ["Smile 😀 GmbH", "Private \ue000 AB", "Half \ud800 AB"])
def test_a_name_without_a_font_still_prints_and_says_so(print_page: Print, name: str) -> None:
    document = print_page("claims", customer="Contoso")
    strange = print_page("claims", customer=name)

    assert document.notice == ""
    assert strange.notice in ("", UNTAGGED)
    assert pages(strange) == 1
    assert name.split(maxsplit=1)[0] in text_of(strange)


def test_the_sample_says_that_it_is_one(print_page: Print) -> None:
    for copy in COPIES:
        document = print_page("claims", copy=copy, sample=True)

        assert "Sample" in text_of(document)
        assert "sample" in tool("pdfinfo", document)


def test_the_meeting_sheet_asks_what_is_missing(print_page: Print) -> None:
    text = text_of(print_page("all unknown"))

    assert "What we would like to know from you" in text
    assert "Which products is this about?" in text
    assert "How do you buy the licences?" in text


def test_a_missing_answer_is_offered_to_tick(print_page: Print) -> None:
    text = text_of(print_page("depends"))

    assert "Enterprise Agreement" in text
    assert "Web Direct" in text


def test_nothing_to_do_says_so_to_the_customer(print_page: Print) -> None:
    text = text_of(print_page("automatic"))

    assert "Nothing is asked of you" in text
    assert "You buy the licences through us" in text


def test_text_is_black_on_white(print_page: Print) -> None:
    for copy in COPIES:
        page = Image.open(BytesIO(print_page("claims", copy=copy).pages_png(220)[0])).convert("L")
        histogram = page.histogram()

        # Paper is white, and what is printed in text is dark enough to read in grey.
        assert histogram[255] > page.width * page.height * 0.7
        assert sum(histogram[:100]) > sum(histogram[100:180])


def test_the_same_case_makes_the_same_file(print_page: Print) -> None:
    assert print_page("claims").pdf == print_page("claims").pdf


def test_pages_come_as_images_and_as_drawings(print_page: Print) -> None:
    document = print_page("twelve actions")

    assert [page[:4] for page in document.pages_png(40)] == [b"\x89PNG"] * 2
    drawings = document.pages_svg()
    assert len(drawings) == 2
    assert all(page.startswith(b"<svg") for page in drawings)


def test_the_drawing_uses_nothing_that_qt_cannot_draw(print_page: Print) -> None:
    for copy in COPIES:
        (drawing,) = print_page("claims", copy=copy).pages_svg()

        assert b"Gradient" not in drawing
        assert b"clip-path=" not in drawing
        assert b"<pattern" not in drawing


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("copy", COPIES)
def test_a_word_longer_than_the_page_is_broken_not_cut(
    print_page: Print, paper: Sheet, copy: Copy
) -> None:
    name = "Donaudampfschifffahrtsgesellschaft" * 3
    document = print_page("claims", customer=name, paper=paper, copy=copy)

    boxes = tool("pdftotext", document, "-bbox", "-")
    (width,) = re.findall(r'<page width="([\d.]+)"', boxes)[:1]
    assert max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)) < float(width) - 30
    text = text_of(document)
    assert name in text.replace(" ", "")
    assert "\u200b" not in text


def test_a_page_is_saved_and_never_overwritten_unasked(print_page: Print, tmp_path: Path) -> None:
    document = print_page("claims")
    target = tmp_path / "new folder" / "page.pdf"
    with pytest.raises(CannotWrite, match="could not be written"):
        save(document, target)
    target.parent.mkdir()
    save(document, target)

    with pytest.raises(CannotWrite, match="exists already"):
        save(document, target)
    save(document, target, overwrite=True)

    assert target.read_bytes() == document.pdf
    assert [one.name for one in target.parent.iterdir()] == ["page.pdf"]


def test_where_nothing_can_be_written_a_sentence_says_so(print_page: Print, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")

    with pytest.raises(CannotWrite, match="could not be written"):
        save(print_page("claims"), blocked / "page.pdf")
