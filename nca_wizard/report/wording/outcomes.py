"""What an answer or a change leads to, and how another way differs from the plan."""

from collections.abc import Sequence

from nca_wizard.report.wording.names import (
    name,
    named_goals,
    verdict_word,
)
from nca_wizard.rules.model.answers import DEPENDS, Verdict
from nca_wizard.rules.model.results import Alternative, Goal, Outcome, Recommendation
from nca_wizard.texts import Texts


def outcome(t: Texts, rec: Recommendation, led_to: Outcome) -> str:
    """What choices lead to, without a full stop: "2 actions (CPOR RevRec and CPOR OSU)"."""
    groups: dict[Verdict, list[Goal]] = {}
    for goal, verdict in zip(rec.goals, led_to.verdicts, strict=False):
        groups.setdefault(verdict, []).append(goal)
    if not groups:
        return plan_in_words(t, rec, led_to.plan) or t("other questions follow")
    if len(groups) == 1:
        return one_verdict(t, rec, next(iter(groups)), led_to.plan)
    parts = [plan_in_words(t, rec, led_to.plan)] if led_to.plan else []
    parts += [
        t("%(verdict)s: %(goals)s")
        % {"verdict": verdict_word(t, verdict), "goals": named_goals(t, rec, goals)}
        for verdict, goals in groups.items()
        if verdict != "action_needed" or not led_to.plan
    ]
    return "; ".join(parts)


def changed_result(
    t: Texts,
    rec: Recommendation,
    verdicts: Sequence[Verdict],
    plan: tuple[str, ...],
    product: str = "",
) -> str:
    """What a change leads to: only the goals that it changes are named, unless it is all.

    `product` is what the sentence is about already, "" if it is about all of them.
    """
    groups: dict[Verdict, list[Goal]] = {}
    for goal, verdict in zip(rec.goals, verdicts, strict=False):
        if verdict != goal.verdict:
            groups.setdefault(verdict, []).append(goal)
    planned = plan_in_words(t, rec, plan)
    if len(groups) == 1 and len(next(iter(groups.values()))) == len(rec.goals):
        verdict = next(iter(groups))
        if verdict == "depends":
            return t("it may count, other answers decide then")
        return one_verdict(t, rec, verdict, plan)
    parts = [planned] if planned and set(plan) != {one.association for one in rec.plan} else []
    about = sum(goal.product == product for goal in rec.goals)
    for verdict, goals in sorted(groups.items(), key=lambda group: group[0] == DEPENDS):
        if len(goals) == about and all(goal.product == product for goal in goals):
            parts.append(verdict_word(t, verdict))
        else:
            said = t("other answers decide") if verdict == "depends" else verdict_word(t, verdict)
            goals_said = {"verdict": said, "goals": named_goals(t, rec, goals)}
            parts.append(t("%(goals)s: %(verdict)s") % goals_said)
    return "; ".join(parts) or planned or t("other answers decide")


def one_verdict(t: Texts, rec: Recommendation, verdict: Verdict, plan: tuple[str, ...]) -> str:
    planned = plan_in_words(t, rec, plan)
    if verdict == "automatic":
        return t("nothing to file, it counts by itself")
    if verdict == "action_needed" and plan:
        return planned
    if verdict == "no_route":
        return t("no association counts")
    if verdict == "unclear" and plan:
        return t("unclear, worth trying: %(associations)s") % {
            "associations": t.listing([name(t, rec, one) for one in plan])
        }
    if plan:
        return f"{verdict_word(t, verdict)}; {planned}"
    if verdict == "depends":
        return t("other answers decide")
    return verdict_word(t, verdict)


def plan_in_words(t: Texts, rec: Recommendation, plan: tuple[str, ...]) -> str:
    if not plan:
        return ""
    return t("%(counted)s (%(associations)s)") % {
        "counted": t.plural("%(count)d action", "%(count)d actions", len(plan)),
        "associations": t.listing([name(t, rec, one) for one in plan]),
    }


def alternative(t: Texts, rec: Recommendation, other: Alternative) -> str:
    """Another way to cover the same goals, and how it differs from the plan."""
    names = t.listing([name(t, rec, one) for one in other.associations])
    return t("%(associations)s would do instead: %(difference)s.") % {
        "associations": names,
        "difference": difference(t, other),
    }


def difference(t: Texts, other: Alternative) -> str:
    """How another set of associations compares with the plan: "1 action fewer, more effort"."""
    return t("%(actions)s, %(effort)s") % {
        "actions": _difference_in_actions(t, other.extra_actions),
        "effort": _difference_in_effort(t, other.extra_effort),
    }


def _difference_in_actions(t: Texts, extra: int) -> str:
    if extra > 0:
        return t.plural("%(count)d action more", "%(count)d actions more", extra)
    if extra < 0:
        return t.plural("%(count)d action fewer", "%(count)d actions fewer", -extra)
    return t("as many actions")


def _difference_in_effort(t: Texts, extra: int) -> str:
    if extra > 0:
        return t("more effort")
    if extra < 0:
        return t("less effort")
    return t("about the same effort")
