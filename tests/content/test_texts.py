"""What the rulebook says, and what it must not say to a customer."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Text

NOT_FOR_CUSTOMERS = re.compile(
    r"\b(scor\w*|points?|incentives?|designation\w*|rebates?|money|net customer adds?"
    r"|capability|counts for us|partner earns)\b",
    re.IGNORECASE,
)


def texts(value: Any, place: str = "") -> Iterator[tuple[str, Text]]:
    """Every text of the book, with where it stands."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        name = f"{place}/{getattr(value, 'id', type(value).__name__)}"
        for field in type(value).model_fields:
            yield from texts(getattr(value, field), f"{name}.{field}")
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from texts(part, f"{place}[{number}]")


def test_no_text_for_the_customer_speaks_of_score_points_or_money(rulebook: Rulebook) -> None:
    breaches = {
        place: text.for_customer
        for place, text in texts(rulebook)
        if NOT_FOR_CUSTOMERS.search(text.for_customer)
    }

    assert breaches == {}


def test_texts_carry_no_markup_and_no_stray_space(rulebook: Rulebook) -> None:
    for place, text in texts(rulebook):
        for said in (text.for_us, text.for_customer):
            assert not re.search(r"[*_`<]|  |\s$|^\s|\n", said), place


def test_every_question_says_why_it_is_asked_and_what_to_ask_the_customer(
    rulebook: Rulebook,
) -> None:
    for question in rulebook.questions:
        assert question.why.endswith((".", "?"))
        assert question.ask.for_us.endswith("?"), question.id
        assert not re.search(r"please|sorry|invalid|oops", question.missing, re.IGNORECASE)


def test_every_association_has_guidance_with_all_its_parts(rulebook: Rulebook) -> None:
    for association in rulebook.associations:
        fitting = [g for g in rulebook.guidance if association.id in g.association]

        assert fitting, association.id
        assert any(g.steps and g.verify and g.ends for g in fitting)
    for filed in ("cpor_revrec", "cpor_osa", "cpor_osu", "dpor", "pal"):
        first = next(g for g in rulebook.guidance if filed in g.association)
        assert first.evidence, first.id
        assert first.stages, first.id
        assert first.rejections, first.id


def test_the_portal_labels_stand_as_the_portal_has_them(rulebook: Rulebook) -> None:
    said = "\n".join(text.for_us for _, text in texts(rulebook.guidance))

    assert "Influenced Revenue recognition - Non-Incentivized" in said
    assert "Usage recognition - Non-Incentivized" in said
    assert "Build intent - Advisor" in said


def test_every_product_family_association_and_answer_of_the_contract_is_there(
    rulebook: Rulebook,
) -> None:
    assert [a.id for a in rulebook.associations] == [
        "csp",
        "cpor_revrec",
        "cpor_osa",
        "cpor_osu",
        "dpor",
        "pal",
    ]
    assert [m.id for m in rulebook.metrics] == ["net_customer_adds", "usage_growth", "deployments"]
    assert len(rulebook.products) == 26
    assert [c.id for c in rulebook.question("channel").choices] == [
        "csp_direct_bill",
        "csp_indirect_reseller",
        "csp_other_partner",
        "enterprise_agreement",
        "web_direct",
        "mca_enterprise",
        "other_volume_licensing",
        "mixed",
    ]
