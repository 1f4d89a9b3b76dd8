"""What an answer, a change or another way would lead to."""

from dataclasses import dataclass

from nca_wizard.report.wording.names import (
    Audience,
    name,
    named_goals,
    said_to,
    sentences,
    verdict_word,
)
from nca_wizard.rules.model import (
    Alternative,
    Change,
    Goal,
    OpenQuestion,
    Outcome,
    Recommendation,
    Verdict,
)
from nca_wizard.texts import Texts


def outcome(t: Texts, rec: Recommendation, led_to: Outcome) -> str:
    """What choices lead to, without a full stop: "2 actions (CPOR RevRec and CPOR OSU)"."""
    groups: dict[Verdict, list[Goal]] = {}
    for goal, verdict in zip(rec.goals, led_to.verdicts, strict=False):
        groups.setdefault(verdict, []).append(goal)
    if not groups:
        return _plan_in_words(t, rec, led_to.plan) or t("other questions follow")
    if len(groups) == 1:
        return _one_verdict(t, rec, next(iter(groups)), led_to.plan)
    parts = [_plan_in_words(t, rec, led_to.plan)] if led_to.plan else []
    parts += [
        t("%(verdict)s: %(goals)s")
        % {"verdict": verdict_word(t, verdict), "goals": named_goals(t, rec, goals)}
        for verdict, goals in groups.items()
        if verdict != "action_needed" or not led_to.plan
    ]
    return "; ".join(parts)


def _one_verdict(t: Texts, rec: Recommendation, verdict: Verdict, plan: tuple[str, ...]) -> str:
    planned = _plan_in_words(t, rec, plan)
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


def _plan_in_words(t: Texts, rec: Recommendation, plan: tuple[str, ...]) -> str:
    if not plan:
        return ""
    return t("%(counted)s (%(associations)s)") % {
        "counted": t.plural("%(count)d action", "%(count)d actions", len(plan)),
        "associations": t.listing([name(t, rec, one) for one in plan]),
    }


@dataclass(frozen=True, slots=True)
class Branch:
    """Choices that lead to the same result."""

    choices: str
    result: str


def branches(t: Texts, rec: Recommendation, question: OpenQuestion) -> tuple[Branch, ...]:
    """What each answer to an open question leads to, equal results told once."""
    alike: dict[str, list[str]] = {}
    for led_to in question.outcomes:
        said = alike.setdefault(outcome(t, rec, led_to), [])
        said.extend(t(one.for_us) for one in led_to.said)
    return tuple(
        Branch(choices=t.listing(said, joined_by="or"), result=result)
        for result, said in alike.items()
    )


def decides(t: Texts, rec: Recommendation, question: OpenQuestion) -> str:
    """What the answer to an open question decides, in sentences."""
    return sentences(
        *(
            t("%(choices)s: %(result)s.") % {"choices": one.choices, "result": one.result}
            for one in branches(t, rec, question)
        )
    )


def asked_about(t: Texts, rec: Recommendation, question: OpenQuestion, audience: Audience) -> str:
    """The question to put, with the product it is about where it is put per product."""
    ask = t(said_to(question.ask, audience))
    if not question.product:
        return ask
    return t("%(product)s: %(question)s") % {
        "product": name(t, rec, question.product),
        "question": ask,
    }


def change(t: Texts, rec: Recommendation, changed: Change) -> str:
    """One answer changed and the result then: "If you bought in CSP: nothing to file."."""
    values = {
        "condition": t(changed.condition.for_us),
        "result": outcome(t, rec, changed.outcome),
    }
    if not changed.product:
        return t("If %(condition)s: %(result)s.") % values
    return t("%(product)s: if %(condition)s: %(result)s.") % {
        **values,
        "product": name(t, rec, changed.product),
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
