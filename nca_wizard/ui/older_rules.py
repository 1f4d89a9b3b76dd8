"""What today's rules would change about a result that older ones gave, in one sentence."""

from datetime import date

from nca_wizard.history.impact import Judge, Reading
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.texts import Texts


def said_today(t: Texts, rec: Recommendation, rulebook: Rulebook, today: date) -> str:
    """How many actions there would be more and fewer, or that it reads the same."""
    now, _forgotten = Judge(rulebook, today).read(rec.answers)
    before = Reading(
        verdicts={(goal.product, goal.metric): goal.verdict for goal in rec.goals},
        plan=tuple((action.association, action.certainty) for action in rec.plan),
    )
    if now == before:
        return t("With today’s rules it reads the same.")
    if now.plan == before.plan:
        return t("With today’s rules the actions are the same, but not what counts.")
    more = sum(action not in before.plan for action in now.plan)
    fewer = sum(action not in now.plan for action in before.plan)
    parts = [
        t.plural("+%(count)d action", "+%(count)d actions", more) if more else "",
        t.plural("−%(count)d action", "−%(count)d actions", fewer) if fewer else "",
    ]
    return t("With today’s rules: %(what)s.") % {
        "what": ", ".join(part for part in parts if part) or t("the same actions in another order")
    }
