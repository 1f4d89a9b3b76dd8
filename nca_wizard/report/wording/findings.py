"""What holds for each association, and why it is not the way."""

from dataclasses import dataclass

from nca_wizard.report.wording.names import association_ids, named_goals
from nca_wizard.report.wording.overview import Cell, cell
from nca_wizard.rules.model import DEPENDS, Finding, Goal, Reason, Recommendation
from nca_wizard.texts import Texts


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What holds for an association and the goals it holds for alike."""

    goals: str
    """Empty when it holds for all of them."""
    cell: Cell
    short: str
    """The reason that decides, or what is not known yet where that does; may be empty."""
    depends: bool
    """Which of the reasons holds depends on what is not known yet."""
    reasons: tuple[Reason, ...]


def others(rec: Recommendation) -> tuple[str, ...]:
    """The associations that are neither planned nor in place, in their order."""
    used = {action.association for action in (*rec.plan, *rec.in_place)}
    return tuple(one for one in association_ids(rec) if one not in used)


def why_not(t: Texts, rec: Recommendation, association: str) -> tuple[WhyNot, ...]:
    """What holds for an association, goals with the same answer and reason told together."""
    alike: dict[tuple[Cell, str, bool], list[tuple[Goal, Finding]]] = {}
    for goal in rec.goals:
        finding = next(one for one in goal.findings if one.association == association)
        depends = DEPENDS in {finding.counts, finding.access} and finding.counts != "no"
        short = _short(t, rec, finding, depends=depends)
        key = (cell(t, rec, goal, finding), short, depends)
        alike.setdefault(key, []).append((goal, finding))
    return tuple(
        WhyNot(
            goals="" if len(some) == len(rec.goals) else named_goals(t, rec, [g for g, _ in some]),
            cell=what,
            short=short,
            depends=depends,
            reasons=tuple(dict.fromkeys(reason for _, one in some for reason in one.reasons)),
        )
        for (what, short, depends), some in alike.items()
    )


def _short(t: Texts, rec: Recommendation, finding: Finding, *, depends: bool) -> str:
    if depends and rec.open_questions:
        return t("What is asked under “Find out first” decides.")
    # The reason that decides stands first.
    return t(finding.reasons[0].text.for_us) if finding.reasons else ""
