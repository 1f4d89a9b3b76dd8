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
    planned, planned_before = ([one for one, _ in some.plan] for some in (now, before))
    more = sum(association not in planned_before for association in planned)
    fewer = sum(association not in planned for association in planned_before)
    if not more and not fewer:
        return t(
            "With today’s rules the actions are the same, but not what counts or how sure it is."
        )
    parts = [
        t.plural("+%(count)d action", "+%(count)d actions", more) if more else "",
        t.plural("−%(count)d action", "−%(count)d actions", fewer) if fewer else "",
    ]
    return t("With today’s rules: %(what)s.") % {"what": ", ".join(part for part in parts if part)}
