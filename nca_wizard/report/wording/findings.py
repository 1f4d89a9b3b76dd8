"""What holds for each association, and why it is not the way."""

from dataclasses import dataclass

from nca_wizard.report.wording.names import association_ids, named_goals
from nca_wizard.report.wording.overview import Cell, cell
from nca_wizard.rules.model import Goal, Reason, Recommendation
from nca_wizard.texts import Texts


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What holds for an association and the goals it holds for alike."""

    goals: str
    """Empty when it holds for all of them."""
    cell: Cell
    reasons: tuple[Reason, ...]


def others(rec: Recommendation) -> tuple[str, ...]:
    """The associations that are neither planned nor in place, in their order."""
    used = {action.association for action in (*rec.plan, *rec.in_place)}
    return tuple(one for one in association_ids(rec) if one not in used)


def why_not(t: Texts, rec: Recommendation, association: str) -> tuple[WhyNot, ...]:
    """What holds for an association, goals with the same answer and reasons told together."""
    alike: dict[tuple[Cell, tuple[str, ...]], list[Goal]] = {}
    reasons_of: dict[tuple[str, ...], tuple[Reason, ...]] = {}
    for goal in rec.goals:
        finding = next(one for one in goal.findings if one.association == association)
        rules = tuple(reason.rule for reason in finding.reasons)
        reasons_of[rules] = finding.reasons
        alike.setdefault((cell(t, rec, goal, finding), rules), []).append(goal)
    return tuple(
        WhyNot(
            goals="" if len(goals) == len(rec.goals) else named_goals(t, rec, goals),
            cell=what,
            reasons=reasons_of[rules],
        )
        for (what, rules), goals in alike.items()
    )
