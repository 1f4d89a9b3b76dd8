"""Answers that many tests begin with."""

from datetime import date

from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend

TODAY = date(2026, 11, 22)


def on_an_agreement(**changed: Answer) -> dict[str, Answer]:
    """Everything answered: an Enterprise Agreement, Sales for net customer adds."""
    answers: dict[str, Answer] = {
        "channel": "enterprise_agreement",
        "cloud": "commercial",
        "subscription": "active_paid",
        "products": ("sales",),
        "metrics": ("net_customer_adds",),
        "track": "smb",
        "revenue": "from_500",
        "our_part": ("influenced_purchase", "implements"),
        "incumbent": ("none",),
        "customer_names_us": "no",
    }
    return {**answers, **changed}


def recommended(
    rulebook: Rulebook, answers: dict[str, Answer], as_of: date = TODAY
) -> Recommendation:
    """What is recommended for these answers."""
    return recommend(rulebook, Scenario(as_of=as_of, answers=answers))
