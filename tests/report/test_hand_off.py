"""The sheet for the person who files."""

import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import get_args

import pytest
from pypdf import PdfReader

from nca_wizard.customer import Contact, Customer
from nca_wizard.paths import resources
from nca_wizard.public_holidays import free_days
from nca_wizard.report.document import Document, Press
from nca_wizard.report.page.hand_off import as_guid
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Text
from nca_wizard.settings import PartnerProfile, Sheet
from nca_wizard.texts import Texts
from tests.report.test_real_pages import CASES, EIGHT_PRODUCTS, worked

TENANT = "72f988bf86f141af91ab2d7cd011db47"
CUSTOMER = Customer(
    name="Contoso AB",
    domain="contoso.com",
    tenant_id=TENANT,
    subscription_id="11111111-2222-3333-4444-555555555555",
    contact=Contact(name="Alex Lindqvist", title="CIO", email="alex@contoso.com"),
    note="Call in the morning.",
)
US = PartnerProfile(name="J. Seller", email="j@example.com", partner_ids=("1234567",))


def text_of(document: Document) -> str:
    command = "pdftotext", "-raw", "-", "-"
    done = subprocess.run(command, input=document.pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\xa0", " ").split())


def printed(
    press: Press,
    t: Texts,
    rec: Recommendation,
    *,
    customer: Customer = CUSTOMER,
    partner: PartnerProfile = US,
    paper: Sheet = "a4",
    schedule: Schedule | None = None,
) -> Document:
    return press.document(t, rec, customer, partner, copy="handoff", paper=paper, schedule=schedule)


def real(rulebook: Rulebook, case: str) -> Recommendation:
    return worked(rulebook, next(one for one in CASES if one["id"] == case))


def test_it_has_all_that_the_form_asks_for_in_order(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    text = text_of(printed(press, t, real(rulebook, "osu-trap")))
    parts = [
        "Contoso AB",
        "Hand-off to the person who files",
        "To be filed: 2 associations",
        "contoso.com",
        "Tenant ID 72f988bf-86f1-41af-91ab-2d7cd011db47",
        "11111111-2222-3333-4444-555555555555",
        "Alex Lindqvist, CIO, alex@contoso.com",
        "J. Seller, j@example.com",
        "Location PartnerID 1234567",
        "did not already count",
        "Claim “Influenced Revenue recognition - Non-Incentivized”",
        "Microsoft Business Applications Revenue",
        "Business Central: Net customer adds",
        "Partner Center > Incentives > Customer claims > Business Applications > Add customer",
        "Proof of execution",
        "Claim “Usage recognition - Non-Incentivized”",
        "As for 1",
        "Call in the morning.",
    ]

    places = [text.index(part) for part in parts[:-1]]
    assert places == sorted(places)
    assert "INTERNAL" in text


def test_what_is_not_known_is_a_line_to_write_on(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    document = printed(
        press,
        t,
        real(rulebook, "osu-trap"),
        customer=Customer(name="Contoso AB"),
        partner=PartnerProfile(),
    )
    text = text_of(document)

    assert document.notice == ""
    for label in ("Tenant ID", "Subscription ID", "Location PartnerID", "Customer contact"):
        assert label in text


def test_of_several_locations_one_is_ticked(rulebook: Rulebook, press: Press, t: Texts) -> None:
    several = replace(US, partner_ids=("1234567", "7654321"))
    text = text_of(printed(press, t, real(rulebook, "osu-trap"), partner=several))

    assert "Location PartnerID, one of 1234567 7654321" in text


@pytest.mark.parametrize("paper", get_args(Sheet))
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_worked_case_fits_on_one_page(
    rulebook: Rulebook, press: Press, paper: Sheet, language: str
) -> None:
    texts = Texts.load(language, resources() / "locale")
    schedule = Schedule(date(2026, 11, 23), free_days("DE", language))
    for case in CASES:
        document = printed(press, texts, worked(rulebook, case), paper=paper, schedule=schedule)

        assert document.notice == ""
        assert len(PdfReader(BytesIO(document.pdf)).pages) == 1, case["id"]


def test_six_actions_fit_on_a_page_and_more_flow_on_without_a_loss(
    press: Press, t: Texts, samples: dict[str, Recommendation]
) -> None:
    six = printed(press, t, samples["six actions"])
    one = samples["six actions"].plan[0]
    thirty = tuple(
        one.model_copy(update={"title": Text(for_us=f"File paper {n}.", for_customer="-")})
        for n in range(1, 31)
    )
    many = printed(press, t, samples["six actions"].model_copy(update={"plan": thirty}))
    text = text_of(many)

    assert len(PdfReader(BytesIO(six.pdf)).pages) == 1
    assert len(PdfReader(BytesIO(many.pdf)).pages) > 1
    assert "hand-off to the person who files, continued" in text
    for number in range(1, 31):
        assert text.count(f"File paper {number}.") == 1


def test_where_nothing_is_filed_it_says_so(rulebook: Rulebook, press: Press, t: Texts) -> None:
    assert "Nothing to file, but to look up" in text_of(
        printed(press, t, real(rulebook, "scenario-a"))
    )


def test_it_has_an_outline_to_jump_by(rulebook: Rulebook, press: Press, t: Texts) -> None:
    outline = PdfReader(BytesIO(printed(press, t, real(rulebook, "osu-trap")).pdf)).outline

    assert outline


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (TENANT, "72f988bf-86f1-41af-91ab-2d7cd011db47"),
        ("72f988bf-86f1-41af-91ab-2d7cd011db47", "72f988bf-86f1-41af-91ab-2d7cd011db47"),
        ("", ""),
        ("contoso", "contoso"),
    ],
)
def test_an_id_is_written_as_portals_write_it(typed: str, written: str) -> None:
    assert as_guid(typed) == written


def test_where_channels_are_mixed_each_product_has_a_line_for_its_subscription(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    mixed = text_of(printed(press, t, worked(rulebook, EIGHT_PRODUCTS)))
    one_way = text_of(printed(press, t, real(rulebook, "osu-trap")))

    for product in ("Finance", "Customer Insights", "Power Apps", "Power Automate", "Power BI"):
        assert f"Subscription ID of {product}" in mixed
    assert "Subscription ID of Sales" not in mixed
    assert "11111111-2222-3333-4444-555555555555" in mixed
    assert "Subscription ID of" not in one_way


def test_the_steps_are_numbered_and_what_to_have_ready_has_a_box_each(
    rulebook: Rulebook, press: Press, t: Texts
) -> None:
    text = text_of(printed(press, t, real(rulebook, "scenario-b")))
    places = [text.index(f" {number}. ") for number in range(1, 7)]

    assert places == sorted(places)
    assert text.index("Have ready") > places[-1]
