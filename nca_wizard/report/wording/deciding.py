"""What decided the verdicts: the smallest sets of answers that force them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from nca_wizard.report.wording.names import named_goals, sentences, verdict_word
from nca_wizard.rules.model.answers import Verdict
from nca_wizard.rules.model.results import Goal, Recommendation
from nca_wizard.texts import Texts


@dataclass(frozen=True, slots=True)
class Decided:
    """Goals that the same answers decide alike."""

    what: str
    """The goals and their verdict: "Usage growth: no route"."""
    by: str
    """Which answers decide it, in sentences."""
    questions: tuple[str, ...]


def decided(t: Texts, rec: Recommendation) -> tuple[Decided, ...]:
    """Which answers decide each verdict that is certain; none for what was stored before."""
    alike: dict[tuple[Verdict, tuple[tuple[str, ...], ...], int], list[Goal]] = {}
    for goal in rec.goals:
        if goal.forced_by:
            key = (goal.verdict, goal.forced_by, goal.forced_by_sets)
            alike.setdefault(key, []).append(goal)
    return tuple(
        Decided(
            what=t("%(goals)s: %(verdict)s")
            % {"goals": named_goals(t, rec, goals), "verdict": verdict_word(t, verdict)},
            by=_by(t, rec, sets, how_many),
            questions=tuple(dict.fromkeys(question for each in sets for question in each)),
        )
        for (verdict, sets, how_many), goals in alike.items()
    )


def _by(t: Texts, rec: Recommendation, sets: Sequence[tuple[str, ...]], how_many: int) -> str:
    if not all(sets):
        return t("The product and the day decide; no answer changes that.")
    named = [t.listing([t(rec.asked[question].title) for question in each]) for each in sets]
    if len(named) == 1:
        return t("Decided by %(answers)s; no other answer changes that.") % {"answers": named[0]}
    first, *others = named
    either = t("Decided by either %(sets)s; each is enough.") % {
        "sets": reduce(
            lambda one, other: t("%(answers)s, or %(others)s") % {"answers": one, "others": other},
            others,
            first,
        )
    }
    more = how_many - len(named)
    as_well = t.plural(
        "%(count)d more combination is enough as well.",
        "%(count)d more combinations are enough as well.",
        more,
    )
    return sentences(either, as_well if more > 0 else "")
