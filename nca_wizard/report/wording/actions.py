"""Details of an action: under what condition, what comes first, how long a stage takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nca_wizard.report.wording.names import answer, name
from nca_wizard.rules.model.reasons import Reason
from nca_wizard.rules.model.results import Answered, PlannedStage, Preparation, Recommendation
from nca_wizard.rules.model.values import Text
from nca_wizard.texts import Texts


@dataclass(frozen=True, slots=True)
class FirstThing:
    """What must be so first; several rules can ask for the same."""

    title: Text
    steps: tuple[Text, ...]
    reasons: tuple[Reason, ...]
    goals: tuple[tuple[str, str], ...]
    holds_up: tuple[str, ...]


def first_things(rec: Recommendation) -> list[FirstThing]:
    """The preparations, those that ask for the same told as one."""
    same: dict[tuple[Text, tuple[Text, ...]], list[Preparation]] = {}
    for one in rec.preparations:
        same.setdefault((one.title, one.steps), []).append(one)
    return [
        FirstThing(
            title,
            steps,
            tuple(dict.fromkeys(one.reason for one in many)),
            tuple(dict.fromkeys(goal for one in many for goal in one.goals)),
            tuple(dict.fromkeys(held for one in many for held in one.holds_up)),
        )
        for (title, steps), many in same.items()
    ]


def condition(t: Texts, taken: Sequence[Answered]) -> str:
    """What was taken as usual for an action worth trying; empty without a condition."""
    if not taken:
        return ""
    return t("Worth doing if this is so: %(said)s.") % {
        "said": "; ".join(f"{t(one.title)}: {answer(t, one)}" for one in taken)
    }


def for_products(t: Texts, rec: Recommendation, pairs: Iterable[tuple[str, str]]) -> str:
    """For which products these pairs of product and metric are; "" where there is only one."""
    if len({goal.product for goal in rec.goals}) < 2:
        return ""
    products = dict.fromkeys(name(t, rec, product) for product, _ in pairs)
    return t("For %(products)s") % {"products": t.listing(list(products))}


def holds_up(t: Texts, rec: Recommendation, first: FirstThing) -> str:
    """What cannot be filed before this is done; empty if everything can."""
    if not first.holds_up:
        return ""
    return t("Cannot be filed before: %(associations)s.") % {
        "associations": t.listing([name(t, rec, one) for one in first.holds_up])
    }


def stage_days(t: Texts, stage: PlannedStage) -> str:
    """How long a stage takes: "up to 14 working days", "by the 20th of the month".

    "" where no figure is known: the title says all there is.
    """
    # "0 to 5 working days" says no more than "up to 5".
    least, most = stage.working_days_min or None, stage.working_days_max
    parts = []
    if most == 0:
        parts.append(t("at once"))
    elif least is not None and most is not None and least < most:
        parts.append(
            t("%(least)s to %(most)s working days")
            % {"least": t.number(least), "most": t.number(most)}
        )
    elif least is not None and most is None:
        parts.append(
            t.plural("at least %(count)d working day", "at least %(count)d working days", least)
        )
    elif most is not None and least is None:
        parts.append(t.plural("up to %(count)d working day", "up to %(count)d working days", most))
    elif most is not None:
        parts.append(t.plural("%(count)d working day", "%(count)d working days", most))
    # How long after the end of a month is for the title to say.
    if stage.days_max is not None and not stage.until_end_of_month:
        parts.append(t.plural("up to %(count)d day", "up to %(count)d days", stage.days_max))
    if stage.until_day_of_month is not None:
        parts.append(_by_day_of_month(t, stage.until_day_of_month))
    return ", ".join(parts)


def _by_day_of_month(t: Texts, day: int) -> str:
    # Four texts, since English writes 1st, 2nd and 3rd apart and no other language does.
    texts = {
        1: t("by the %(day)dst of the month"),
        2: t("by the %(day)dnd of the month"),
        3: t("by the %(day)drd of the month"),
    }
    last_digit = 0 if day in (11, 12, 13) else day % 10
    return texts.get(last_digit, t("by the %(day)dth of the month")) % {"day": day}
