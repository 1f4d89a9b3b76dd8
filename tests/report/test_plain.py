from nca_wizard.report.plain import action_text, plain_text
from nca_wizard.report.text_lines import WIDTH
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.texts import Texts

Samples = dict[str, Recommendation]


def test_no_line_is_longer_than_a_terminal_has_room_for(t: Texts, samples: Samples) -> None:
    for rec in samples.values():
        text = plain_text(t, rec, customer="Contoso AB")
        too_long = [line for line in text.splitlines() if len(line) > WIDTH]

        assert all(" " not in line.strip() for line in too_long)


def test_the_text_says_what_the_cards_say(t: Texts, samples: Samples) -> None:
    text = " ".join(plain_text(t, samples["claims"], customer="Contoso AB").split())

    for words in (
        "Contoso AB, 22 Nov 2026",
        "2 claims to file.",
        "[ ] Check that this product did not already count",
        "1. Claim “Influenced Revenue recognition - Non-Incentivized”",
        "Why: The customer buys through an Enterprise Agreement",
        "[ ] tenant ID",
        "Microsoft reviews the claim: 5 to 14 working days",
        "Often sent back: The signature is missing",
        "CPOR OSA (Net customer adds): disputed.",
        "If the customer bought it in CSP through you",
        "https://learn.microsoft.com/partner-center/incentives/submit-osa-claim",
        "not affiliated with Microsoft",
    ):
        assert words in text


def test_every_outcome_reads_as_text(t: Texts, samples: Samples) -> None:
    for rec in samples.values():
        assert plain_text(t, rec).count("\n") > 3


def test_one_action_can_be_copied(t: Texts, samples: Samples) -> None:
    text = action_text(t, samples["claims"].plan[1])

    assert text.startswith("* Claim “Usage recognition - Non-Incentivized”")
    assert "Influenced" not in text.splitlines()[0]
