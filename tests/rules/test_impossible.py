"""Answers that the rulebook declares impossible are named, with its reason."""

from datetime import date

import pytest

from nca_wizard.errors import BadInput
from nca_wizard.paths import resources
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.impossible import clash_of
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Impossible, Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.texts import Texts

DAY = date(2026, 11, 22)
NOT_IN_CHINA = Impossible(
    id="web-direct-in-china",
    when={"channel": ("web_direct",), "cloud": ("china",)},
    because="Web Direct is not sold in China, not even 1 %.",
)
SOLD: Answers = {
    "channel": "web_direct",
    "cloud": "china",
    "products": ("sales",),
    "metrics": ("net_customer_adds",),
}


def declaring(rulebook: Rulebook, *entries: Impossible) -> Rulebook:
    return rulebook.model_copy(update={"impossible": entries})


def test_the_answers_and_the_reason_are_named(rulebook: Rulebook) -> None:
    with pytest.raises(BadInput) as raised:
        Engine(declaring(rulebook, NOT_IN_CHINA)).recommend(Scenario(as_of=DAY, answers=SOLD))

    channel, cloud = rulebook.question("channel"), rulebook.question("cloud")
    said = raised.value.sentence.said(Texts.load("en"))
    assert said.startswith(f"These answers cannot occur together: {channel.short} “")
    assert f" and {cloud.short} “" in said
    assert said.endswith(". Web Direct is not sold in China, not even 1 %. Change one of them.")
    german = raised.value.sentence.said(Texts.load("de", resources() / "locale"))
    assert german.startswith("Diese Antworten können nicht zusammen vorkommen: ")


@pytest.mark.parametrize(
    "answers",
    [
        {**SOLD, "cloud": "commercial"},
        {**SOLD, "cloud": "unknown"},
        {"channel": "web_direct"},
        {},
    ],
)
def test_what_can_still_occur_is_no_clash(rulebook: Rulebook, answers: Answers) -> None:
    assert clash_of(declaring(rulebook, NOT_IN_CHINA), answers) is None


def test_a_clash_does_not_wait_for_the_products(rulebook: Rulebook) -> None:
    clash = clash_of(declaring(rulebook, NOT_IN_CHINA), {"channel": "web_direct", "cloud": "china"})

    assert clash is not None
    assert clash.questions == ("channel", "cloud")


def test_one_product_among_several_is_enough(rulebook: Rulebook) -> None:
    by_product = {"sales": "enterprise_agreement", "finance": "web_direct"}

    clash = clash_of(
        declaring(rulebook, NOT_IN_CHINA),
        {
            **SOLD,
            "channel": "mixed",
            "channel_by_product": by_product,
            "products": ("sales", "finance"),
        },
    )

    assert clash is not None
    assert clash.questions == ("cloud", "channel_by_product")


def test_declarations_that_only_together_leave_nothing_are_all_named(rulebook: Rulebook) -> None:
    nowhere = [
        Impossible(id=cloud, when={"channel": ("web_direct",), "cloud": (cloud,)}, because=cloud)
        for cloud in ("commercial", "government", "china")
    ]

    clash = clash_of(declaring(rulebook, *nowhere), {"channel": "web_direct"})

    assert clash is not None
    assert clash.questions == ("channel",)
    assert "commercial government china" in str(clash.sentence)


def test_nothing_is_declared_and_nothing_clashes(rulebook: Rulebook) -> None:
    assert rulebook.impossible == ()
    assert clash_of(rulebook, SOLD) is None
