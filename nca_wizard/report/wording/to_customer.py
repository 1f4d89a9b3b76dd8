"""What the customer is asked for. Nothing else of the wording is for the customer's eyes."""

from nca_wizard.rules.model.results import Recommendation
from nca_wizard.texts import Texts


def request(t: Texts, rec: Recommendation) -> str:
    """What the customer is asked for, in one line."""
    if rec.plan:
        return t.plural(
            "What we ask of you: %(count)d step",
            "What we ask of you: %(count)d steps",
            len(rec.plan),
        )
    if rec.preparations:
        return t("First things first")
    if rec.open_questions or not rec.goals:
        return t("What we would like to know from you")
    if any(goal.verdict == "automatic" for goal in rec.goals):
        return t("Nothing is asked of you")
    return t("Nothing to do at present")


def request_detail(t: Texts, rec: Recommendation) -> str:
    """A sentence under `request`; empty where the page itself says it."""
    if rec.plan or rec.preparations or rec.open_questions or not rec.goals:
        return ""
    if any(goal.verdict == "automatic" for goal in rec.goals):
        return t("Microsoft knows already that we work with you on this. No step is open.")
    return t("No step with Microsoft is open, on your side or on ours.")
