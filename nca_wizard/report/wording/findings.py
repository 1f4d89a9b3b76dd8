"""What holds for each association, and why it is not the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from nca_wizard.report.wording.names import association_ids, named_goals
from nca_wizard.report.wording.overview import Cell, cell
from nca_wizard.rules.model.answers import DEPENDS
from nca_wizard.rules.model.reasons import Reason
from nca_wizard.rules.model.results import Goal, Recommendation
from nca_wizard.texts import Texts

_NOT_ABOUT_ASSOCIATIONS = frozenset({"not_measured", "not_covered"})


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
    # Where nothing is measured, no association is to blame; elsewhere those goals stay out.
    measured = [goal for goal in rec.goals if goal.verdict not in _NOT_ABOUT_ASSOCIATIONS]
    considered = measured or rec.goals
    alike: dict[tuple[Cell, str, bool], list[tuple[Goal, tuple[Reason, ...]]]] = {}
    for goal in considered:
        finding = next(one for one in goal.findings if one.association == association)
        reasons = finding.reasons if measured else goal.reasons
        depends = DEPENDS in {finding.counts, finding.access} and finding.counts != "no"
        depends = depends and bool(measured)
        short = _short(t, rec, reasons, depends=depends)
        key = (cell(t, rec, goal, finding), short, depends)
        alike.setdefault(key, []).append((goal, reasons))
    return tuple(
        WhyNot(
            goals=""
            if len(some) == len(considered)
            else named_goals(t, rec, [goal for goal, _ in some]),
            cell=what,
            short=short,
            depends=depends,
            reasons=tuple(dict.fromkeys(reason for _, reasons in some for reason in reasons)),
        )
        for (what, short, depends), some in alike.items()
    )


def _short(t: Texts, rec: Recommendation, reasons: Sequence[Reason], *, depends: bool) -> str:
    if depends and rec.open_questions:
        return t("What is asked under “Find out first” decides.")
    # The reason that decides stands first.
    return t(reasons[0].text.for_us) if reasons else ""
