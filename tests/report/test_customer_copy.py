"""What the customer copy says, and what it leaves out."""

from dataclasses import replace
from datetime import date
from typing import Any

from nca_wizard.public_holidays import free_days
from nca_wizard.report.page import customer_blocks
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts
from tests.report.test_real_pages import CASES, EIGHT_PRODUCTS, worked

US = PartnerProfile(name="J. Seller", partner_ids=("1234567",))
UNDECIDED = {
    "answers": {
        **{key: EIGHT_PRODUCTS["answers"][key] for key in ("channel", "cloud", "metrics")},
        "products": ["sales", "finance", "power_apps", "power_bi"],
        "channel_by_product": {"sales": "csp_direct_bill", "finance": "enterprise_agreement"},
        "our_part": ["influenced_purchase", "implements", "tenant_account"],
    }
}


def real(rulebook: Rulebook, case: str) -> Recommendation:
    return worked(rulebook, next(one for one in CASES if one["id"] == case))


def block(blocks: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(one for one in blocks if one["kind"] == kind)


def labels(blocks: list[dict[str, Any]]) -> list[str]:
    return [one["label"] for one in blocks if "label" in one]


def test_of_several_products_each_step_names_those_it_is_for(rulebook: Rulebook, t: Texts) -> None:
    blocks = customer_blocks(t, worked(rulebook, EIGHT_PRODUCTS), US)
    tags = [row["tags"][0] for row in block(blocks, "steps")["rows"]]

    assert "For Finance" in tags
    assert "For Customer Insights, Power Apps, Power Automate and Power BI" in tags


def test_of_a_single_product_no_step_names_it(rulebook: Rulebook, t: Texts) -> None:
    (row,) = block(customer_blocks(t, real(rulebook, "scenario-b"), US), "steps")["rows"]

    assert row["tags"] == []


def test_products_are_told_once_with_the_channel_they_are_bought_in(
    rulebook: Rulebook, t: Texts
) -> None:
    told = customer_blocks(t, worked(rulebook, EIGHT_PRODUCTS), US)[0]
    said = [one["text"] for one in told["items"]]

    assert told["label"] == "What you told us"
    assert (
        "You have an Enterprise Agreement with Microsoft: Finance, Customer Insights and "
        "Power Apps" in said
    )
    assert sum("Finance" in one for one in said) == 1
    assert not any("more than one way" in one for one in said)


def test_a_question_about_several_products_is_asked_once(rulebook: Rulebook, t: Texts) -> None:
    rec = worked(rulebook, UNDECIDED)
    asked = [one["text"] for one in block(customer_blocks(t, rec, US), "ticks")["items"]]

    assert sum(one.question.startswith("channel") for one in rec.open_questions) > 1
    assert len([one for one in asked if "How do you buy this product" in one]) == 1
    assert any(one.startswith("Power Apps and Power BI: ") for one in asked)


def test_our_partner_number_stands_where_the_customer_enters_it(
    rulebook: Rulebook, t: Texts
) -> None:
    rec = real(rulebook, "one-dpor-covers-three")
    two = replace(US, partner_ids=("1234567", "7654321"))

    def tags(partner: PartnerProfile) -> list[str]:
        rows = block(customer_blocks(t, rec, partner), "steps")["rows"]
        return [tag for row in rows for tag in row["tags"]]

    assert tags(US) == ["Our partner number: 1234567"]
    assert tags(two) == ["Our partner number: 1234567 or 7654321"]
    assert tags(PartnerProfile()) == []


def test_the_days_are_said_without_a_word_of_how_they_were_reckoned(
    rulebook: Rulebook, t: Texts
) -> None:
    schedule = Schedule(date(2026, 12, 1), free_days("DE"))
    drawn = block(customer_blocks(t, real(rulebook, "scenario-b"), US, schedule), "timeline")

    assert drawn["picture"]["note"] == "If we start on 1 Dec 2026."
    assert drawn["picture"]["lanes"][0]["shows"].startswith("Our part can show from 20 Dec 2026")
    assert "oliday" not in str(drawn)


def test_what_a_step_before_has_is_named_by_that_step(rulebook: Rulebook, t: Texts) -> None:
    _, second = block(customer_blocks(t, real(rulebook, "osu-trap"), US), "steps")["rows"]

    assert second["steps"][-1]["text"] == "As in step 1"
    assert second["see"].startswith("As in step 1: Tenant ID")


def test_where_nothing_can_be_done_nothing_is_sold(rulebook: Rulebook, t: Texts) -> None:
    blocks = customer_blocks(t, real(rulebook, "another-partners-csp"), US)

    assert block(blocks, "lead")["heading"] == "Nothing to do at present"
    assert labels(blocks) == ["What you told us", "How it stands", "Notes"]
