"""The hand-off as text."""

from datetime import date

import pytest

from nca_wizard.customer import Contact, Customer
from nca_wizard.public_holidays import WEEKENDS_ALONE
from nca_wizard.report.page import hand_off_blocks
from nca_wizard.report.plain_hand_off import hand_off_text
from nca_wizard.report.text_lines import WIDTH
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts
from tests.report.conftest import SAMPLES
from tests.report.test_plain_customer import squeezed
from tests.report.test_real_pages import CASES, worked

CUSTOMER = Customer(
    name="Contoso AB",
    tenant_id="72f988bf86f141af91ab2d7cd011db47",
    contact=Contact(name="Alex Lindqvist"),
    note="Call in the morning.",
)
US = PartnerProfile(name="J. Seller", partner_ids=("1234567", "7654321"))


def words_of(value: object) -> list[str]:
    """What a block says, without how it is drawn."""
    if isinstance(value, dict):
        said = [part for key, part in value.items() if key not in {"kind", "picture", "number"}]
        return [words for part in said for words in words_of(part)]
    if isinstance(value, list):
        return [words for part in value for words in words_of(part)]
    return [str(value)]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_text_says_what_the_sheet_says(
    t: Texts, samples: dict[str, Recommendation], name: str
) -> None:
    said = hand_off_text(t, samples[name], CUSTOMER, US)

    assert said.startswith("Contoso AB, 22 Nov 2026\n")
    for words in words_of(hand_off_blocks(t, samples[name], CUSTOMER, US)):
        assert squeezed(words) in squeezed(said), words


def test_it_has_the_ids_the_numbered_steps_and_the_days(rulebook: Rulebook, t: Texts) -> None:
    rec = worked(rulebook, next(one for one in CASES if one["id"] == "osu-trap"))
    said = hand_off_text(
        t, rec, CUSTOMER, US, schedule=Schedule(date(2026, 11, 23), WEEKENDS_ALONE)
    )

    for words in (
        "\nTenant ID: 72f988bf-86f1-41af-91ab-2d7cd011db47\n",
        "\nSubscription ID:\n",
        "\nLocation PartnerID, one of: 1234567 / 7654321\n",
        "\n1. Claim “Influenced Revenue recognition - Non-Incentivized”\n",
        "\n   1. Have the customer sign",
        "\n   [ ] Proof of execution",
        "20 Dec 2026",
        "\nCall in the morning.\n",
    ):
        assert words in said
    assert [line for line in said.splitlines() if len(line) > WIDTH] == []
