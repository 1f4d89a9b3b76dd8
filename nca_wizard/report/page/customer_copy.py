"""The customer copy: texts `for_customer` alone, no metric, no association.

Repeats no answer but those the customer gave.
"""

from collections.abc import Iterable, Sequence

from nca_wizard.report import wording
from nca_wizard.report.page.blocks import (
    Data,
    Length,
    distinct,
    evidence,
    facts,
    lines,
    notes,
    numbered_steps,
    of_length,
    sentences,
    timeline,
)
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.axes import is_known
from nca_wizard.rules.model.reasons import Reason
from nca_wizard.rules.model.results import Action, OpenQuestion, Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts

# What the customer said about themselves. What we want it to count towards, what it brings and
# who else is associated are ours to know.
_TOLD_BY_CUSTOMER = frozenset(
    {"channel", "channel_by_product", "cloud", "subscription", "products", "our_part"}
)
_KEPT_FROM_CUSTOMER = frozenset({"metrics", "track", "revenue", "incumbent"})


def for_customer(
    t: Texts,
    rec: Recommendation,
    partner: PartnerProfile,
    *,
    length: Length,
    schedule: Schedule | None,
) -> list[Data]:
    """The blocks of the customer copy."""
    questions = [one for one in rec.open_questions if one.question not in _KEPT_FROM_CUSTOMER]
    lead = {
        "kind": "lead",
        "heading": wording.request(t, rec),
        "detail": wording.request_detail(t, rec),
    }
    blocks = [
        _told(t, rec, in_a_line=length == "glance"),
        lead,
        _first_things(t, rec),
        _steps(t, rec, partner, length),
    ]
    if rec.plan or rec.preparations:
        blocks.append(_to_clear_up(t, rec, questions))
    elif questions:
        blocks.append(_sheet_of_questions(t, rec, questions))
    else:
        blocks.append(_how_it_stands(t, rec))
    blocks += [
        timeline(
            t,
            t("What follows"),
            rec.plan or rec.in_place,
            "customer",
            schedule,
            length=length,
        ),
        _good_to_know(t, rec),
        lines(t("How long it lasts"), distinct(t(a.ends.for_customer) for a in _acted(rec))),
        notes(t, ""),
    ]
    return [block for block in blocks if block]


def _told(t: Texts, rec: Recommendation, *, in_a_line: bool) -> Data:
    """What the customer said; products are named with the channel where each has its own."""
    said = [
        one
        for one in rec.said
        if one.question in _TOLD_BY_CUSTOMER and is_known(rec.answers.get(one.question))
    ]
    by_product = [one for one in said if one.question == "channel_by_product"]
    if by_product:
        said = [one for one in said if one.question not in {"channel", "products"}]
    told = [wording.answer(t, one, "customer") for one in said if one not in by_product]
    channels = [group for one in by_product for group in wording.alike(t, one, "customer")]
    label = t("What you told us")
    if channels and not in_a_line:
        return lines(label, [*channels, " · ".join(told)])
    return facts(label, [*channels, *told])


def _acted(rec: Recommendation) -> tuple[Action, ...]:
    return (*rec.plan, *rec.in_place)


def _first_things(t: Texts, rec: Recommendation) -> Data:
    items = []
    for one in wording.first_things(rec):
        steps = " ".join(t(step.for_customer) for step in one.steps)
        products = wording.for_products(t, rec, one.goals)
        items.append({"text": t(one.title.for_customer), "detail": sentences(products, steps)})
    # With a plan it comes before the steps that are counted above.
    label = t("First") if rec.plan else t("To do")
    return {"kind": "ticks", "label": label, "items": items} if items else {}


def _steps(t: Texts, rec: Recommendation, partner: PartnerProfile, length: Length) -> Data:
    if not rec.plan:
        return {}
    rows: list[Data] = []
    listed: dict[str, int] = {}
    told: dict[str, int] = {}
    for number, action in enumerate(rec.plan, start=1):
        steps = [t(step.for_customer) for step in action.steps]
        why = distinct(t(reason.text.for_customer) for reason in action.reasons)
        ticks, see = evidence(t, action, number, listed, "customer", brief=length != "full")
        rows.append(
            {
                "number": number,
                "title": t(action.title.for_customer),
                "tags": _tags(t, rec, action, partner),
                "who": t(action.who.for_customer) if length != "glance" else "",
                "in_short": t(action.in_short.for_customer) if length == "glance" else "",
                "steps": [
                    {"number": place, "text": text}
                    for place, text in numbered_steps(t, steps, number, told, "customer")
                ],
                "why": of_length(why, length),
                "ticks": ticks,
                "see": see,
            }
        )
    return {
        "kind": "steps",
        "columns": ["", t("Step"), t("Why"), t("Have ready")],
        "rows": rows,
    }


def _tags(t: Texts, rec: Recommendation, action: Action, partner: PartnerProfile) -> list[str]:
    """What it is for where there are several products, and what is entered."""
    products = wording.for_products(t, rec, action.covers)
    tags = [products] if products else []
    if action.certainty == "try":
        tags.append(t("To be clarified first"))
    if action.association == "dpor" and partner.partner_ids:
        numbers = t.listing(partner.partner_ids, joined_by="or")
        tags.append(t("Our partner number: %(numbers)s") % {"numbers": numbers})
    return tags


def _to_clear_up(t: Texts, rec: Recommendation, questions: Sequence[OpenQuestion]) -> Data:
    items = [
        {"text": ask, "detail": ""} for ask in wording.asked_together(t, rec, questions, "customer")
    ]
    return {"kind": "ticks", "label": t("To clear up"), "items": items} if items else {}


def _sheet_of_questions(t: Texts, rec: Recommendation, questions: Sequence[OpenQuestion]) -> Data:
    items = [
        {
            "ask": ask,
            "choices": distinct(
                t(said.for_customer)
                for one in together
                for outcome in one.outcomes
                for said in outcome.said
            ),
        }
        for ask, together in wording.asked_together(t, rec, questions, "customer").items()
    ]
    return {"kind": "questions", "items": items} if items else {}


def _how_it_stands(t: Texts, rec: Recommendation) -> Data:
    reasons: Iterable[Reason]
    if rec.in_place:
        reasons = (reason for action in rec.in_place for reason in action.reasons)
    else:
        reasons = (reason for goal in rec.goals for reason in goal.reasons)
    return lines(t("How it stands"), distinct(t(one.text.for_customer) for one in reasons))


def _good_to_know(t: Texts, rec: Recommendation) -> Data:
    texts = distinct(t(one.text.for_customer) for one in rec.cautions if not one.internal)
    return lines(t("Good to know"), texts)
