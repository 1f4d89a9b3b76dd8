"""The customer copy as text."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

from nca_wizard.public_holidays import WEEKENDS_ALONE
from nca_wizard.report.page import customer_blocks
from nca_wizard.report.plain_customer import customer_text
from nca_wizard.report.text_lines import WIDTH
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts
from tests.content.test_texts import NOT_FOR_CUSTOMERS
from tests.report.conftest import SAMPLES

Samples = Mapping[str, Recommendation]
PARTNER = PartnerProfile(name="J. Seller", company="Northwind")


def words_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for part in value.values() for word in words_in(part)]
    return [word for part in value for word in words_in(part)] if isinstance(value, list) else []


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_text_says_what_the_customer_copy_says(t: Texts, samples: Samples, name: str) -> None:
    said = customer_text(t, samples[name], PARTNER, customer="Contoso AB")

    assert said.startswith("Contoso AB, 22 Nov 2026\nPrepared by J. Seller, Northwind\n")
    for block in customer_blocks(t, samples[name], PARTNER):
        if block["kind"] == "notes":
            continue
        told = {key: value for key, value in block.items() if key not in {"kind", "columns"}}
        for words in words_in(told):
            assert squeezed(words) in squeezed(said), words


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_that_is_ours_is_in_it(t: Texts, samples: Samples, name: str) -> None:
    said = customer_text(t, samples[name], PARTNER)

    assert not NOT_FOR_CUSTOMERS.search(said)
    for ours in ("CPOR", "DPOR", "CSP counts", "Not in the plan", "What decided this"):
        assert ours not in said


def test_no_line_is_longer_than_a_message_has_room_for(t: Texts, samples: Samples) -> None:
    for rec in samples.values():
        lines = customer_text(t, rec, PARTNER, customer="x" * 30).splitlines()

        assert [line for line in lines if len(line) > WIDTH] == []


def test_the_text_has_the_days_of_the_paper_where_a_start_is_known(
    t: Texts, samples: Samples
) -> None:
    dated = [name for name, rec in samples.items() if any(one.stages for one in rec.plan)]
    schedule = Schedule(date(2031, 3, 3), WEEKENDS_ALONE)

    assert dated
    for name in dated:
        assert "2031" in customer_text(t, samples[name], PARTNER, schedule=schedule)
        assert "2031" not in customer_text(t, samples[name], PARTNER)
