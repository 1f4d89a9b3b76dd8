"""What is not known yet: how to ask for it, what each reply leads to, what stays possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nca_wizard.report.wording.names import (
    Audience,
    name,
    named_goals,
    said_to,
    sentences,
    verdict_word,
)
from nca_wizard.report.wording.outcomes import one_verdict, outcome, plan_in_words
from nca_wizard.rules.model.answers import Verdict
from nca_wizard.rules.model.results import Goal, LeadsTo, OpenQuestion, Recommendation
from nca_wizard.texts import Texts


@dataclass(frozen=True, slots=True)
class Branch:
    """Choices that lead to the same result."""

    said: tuple[str, ...]
    choices: str
    """The same in one line."""
    result: str


def asked_about(t: Texts, rec: Recommendation, question: OpenQuestion, audience: Audience) -> str:
    """The question to put, with the product it is about where it is put per product."""
    return next(iter(asked_together(t, rec, [question], audience)))


def asked_together(
    t: Texts, rec: Recommendation, questions: Sequence[OpenQuestion], audience: Audience
) -> dict[str, list[OpenQuestion]]:
    """Each question to put once, with all the products it is about, and what it stands for."""
    alike: dict[str, list[OpenQuestion]] = {}
    for one in questions:
        alike.setdefault(t(said_to(one.ask, audience)), []).append(one)
    together = {}
    for ask, asked in alike.items():
        products = t.listing([name(t, rec, one.product) for one in asked if one.product])
        values = {"product": products, "question": ask}
        together[t("%(product)s: %(question)s") % values if products else ask] = asked
    return together


def branches(t: Texts, rec: Recommendation, question: OpenQuestion) -> tuple[Branch, ...]:
    """What each answer to an open question leads to, equal results told once."""
    alike: dict[str, list[str]] = {}
    for said, result in _replies(t, rec, question):
        alike.setdefault(result, []).append(said)
    if len(alike) == 1 and len(question.leads_to) > 1:
        any_reply = t("Any reply")
        nothing = t("settles nothing on its own, other answers decide too")
        return (Branch((any_reply,), any_reply, nothing),)
    return tuple(
        Branch(said=tuple(said), choices=t.listing(said, joined_by="or"), result=result)
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


def possible(t: Texts, rec: Recommendation) -> tuple[str, ...]:
    """What each goal that is not certain may turn out as, goals alike told together."""
    alike: dict[tuple[Verdict, ...], list[Goal]] = {}
    for goal in rec.goals:
        if len(goal.could_be) > 1:
            alike.setdefault(goal.could_be, []).append(goal)
    return tuple(
        t("%(goals)s: %(verdicts)s")
        % {"goals": named_goals(t, rec, goals), "verdicts": any_of(t, could_be)}
        for could_be, goals in alike.items()
    )


def any_of(t: Texts, could_be: tuple[Verdict, ...]) -> str:
    """Verdicts of which one will be true: "counts by itself or no route"."""
    return t.listing([verdict_word(t, one) for one in could_be], joined_by="or")


def _replies(t: Texts, rec: Recommendation, question: OpenQuestion) -> list[tuple[str, str]]:
    """Each reply in words with what it leads to."""
    if not question.leads_to:
        return [
            (t(said.for_us), outcome(t, rec, led_to))
            for led_to in question.outcomes
            for said in led_to.said
        ]
    plan_of = {choice: one.plan for one in question.outcomes for choice in one.choices}
    told = [(one, _still_open(rec, one), plan_of.get(one.choice, ())) for one in question.leads_to]
    # A plan that every reply leaves the same is no news, unless it is all there is to say.
    planned = len(set(plan_of.values())) > 1
    return [
        (t(one.said.for_us), _led_to(t, rec, left, plan if planned or not left else ()))
        for one, left, plan in told
    ]


def _still_open(rec: Recommendation, reply: LeadsTo) -> dict[tuple[Verdict, ...], list[Goal]]:
    """What each goal may still be, for the goals of which the reply says something."""
    left: dict[tuple[Verdict, ...], list[Goal]] = {}
    for goal, could_be in zip(rec.goals, reply.could_be, strict=True):
        if could_be != goal.could_be:
            left.setdefault(could_be, []).append(goal)
    return left


def _led_to(
    t: Texts,
    rec: Recommendation,
    left: Mapping[tuple[Verdict, ...], list[Goal]],
    plan: tuple[str, ...],
) -> str:
    if _is_one_verdict(rec, left):
        return one_verdict(t, rec, next(iter(left))[0], plan)
    parts = [plan_in_words(t, rec, plan)] if plan else []
    parts += [_left(t, rec, goals, could_be) for could_be, goals in left.items()]
    return "; ".join(parts) or t("other answers decide")


def _is_one_verdict(rec: Recommendation, groups: Mapping[tuple[Verdict, ...], list[Goal]]) -> bool:
    if len(groups) != 1:
        return False
    ((could_be, goals),) = groups.items()
    return len(could_be) == 1 and len(goals) == len(rec.goals)


def _left(t: Texts, rec: Recommendation, goals: list[Goal], could_be: tuple[Verdict, ...]) -> str:
    left = any_of(t, could_be)
    # Where it speaks of all that is open there is no need to name it again.
    if len(goals) < sum(len(goal.could_be) > 1 for goal in rec.goals):
        values = {"goals": named_goals(t, rec, goals), "verdicts": left}
        return t("%(goals)s: %(verdicts)s") % values
    if len(could_be) == 1:
        return left
    return t("possible: %(verdicts)s") % {"verdicts": left}
