"""The internal copy: everything a seller wants to look up later, on one page if it can be."""

from collections.abc import Sequence

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.report.page.blocks import (
    LONG,
    SHORTEST,
    Data,
    Length,
    breakable,
    distinct,
    facts,
    led_lines,
    notes,
    timeline,
)
from nca_wizard.report.page.cards import cards
from nca_wizard.report.page.numbered_sources import Sources
from nca_wizard.report.points import NOT_MONEY, points_lines
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Caution, Recommendation
from nca_wizard.texts import Texts

# Inter has no heavy cross.
_MARKS_ON_PAPER = {"✕": "×"}
_CHANGES: dict[Length, int] = {"explained": 6, "full": 6, "brief": 3, "essential": 2, "bare": 0}


def for_us(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    length: Length,
    schedule: Schedule | None,
) -> list[Data]:
    """The blocks of the internal copy at this length."""
    brief = length not in LONG
    sources = Sources()
    subline = wording.subline(t, rec)
    # The best alternative may stand under the headline already.
    alternatives = [wording.alternative(t, rec, one) for one in rec.alternatives]
    blocks = [
        facts(
            t("Answers"),
            [
                wording.answer(t, one) if brief else f"{t(one.title)}: {wording.answer(t, one)}"
                for one in rec.said
            ],
        ),
        {
            "kind": "lead",
            "heading": wording.headline(t, rec),
            "detail": subline,
        },
        _overview(t, rec),
        _checks(t, rec.cautions),
        _find_out(t, rec),
        _before(t, rec),
        cards(t, _heading_of_plan(t, rec), rec.plan, sources, length=length, schedule=schedule),
        cards(t, t("In place already"), rec.in_place, sources, length=length, schedule=schedule),
        # What the picture shows stands in each card in words.
        timeline(t, t("When"), rec.plan or rec.in_place, "us", schedule, sources)
        if schedule and length == "explained"
        else {},
        led_lines(
            t("Instead"),
            [("", one) for one in alternatives if one not in subline],
        ),
        led_lines(
            t("Keep in mind"),
            [("", t(one.text.for_us)) for one in rec.cautions if not one.check],
        ),
        {} if length in SHORTEST else _not_here(t, rec, sources, length=length),
        _would_change(t, rec, most=_CHANGES[length]),
        _decided(t, rec) if length in {"explained", "essential"} else {},
        _points(t, rec, sources) if not brief else {},
        _contact(t, customer),
        notes(t, breakable(customer.note)) if customer.note or not brief else {},
    ]
    if not brief:
        sources.add_all(cited for caution in rec.cautions for cited in caution.cites)
    blocks.append(_source_list(t, rec, sources, brief=brief))
    return [block for block in blocks if block]


def _heading_of_plan(t: Texts, rec: Recommendation) -> str:
    if all(action.certainty == "try" for action in rec.plan):
        return t("Worth trying")
    return t("What to do")


def _overview(t: Texts, rec: Recommendation) -> Data:
    columns = wording.columns(t, rec)
    if not columns:
        return {}
    verdict_of = {(goal.product, goal.metric): goal.verdict for goal in rec.goals}
    return {
        "kind": "overview",
        "corner": "",
        "verdict_label": t("Verdict"),
        "columns": [{"heading": one.heading, "detail": one.detail} for one in columns],
        "verdicts": [
            " / ".join(distinct(wording.verdict_word(t, verdict_of[goal]) for goal in column.goals))
            for column in columns
        ],
        "rows": [
            {
                "name": row.name,
                "in_use": row.in_use,
                "cells": [_cell(cell) for cell in row.cells],
            }
            for row in wording.association_rows(t, rec)
        ],
    }


def _cell(cell: wording.Cell) -> Data:
    return {
        "mark": _MARKS_ON_PAPER.get(cell.mark, cell.mark),
        "word": cell.word,
        "tone": cell.tone,
        "in_use": cell.in_use,
    }


def _checks(t: Texts, cautions: Sequence[Caution]) -> Data:
    items = [{"text": t(one.text.for_us), "detail": ""} for one in cautions if one.check]
    return {"kind": "ticks", "label": t("Check first"), "items": items} if items else {}


def _find_out(t: Texts, rec: Recommendation) -> Data:
    several = len(rec.open_questions) > 1
    items = [
        {
            "text": wording.asked_about(t, rec, one, "us"),
            "detail": " ".join(
                part
                for part in (
                    t("This settles most.") if one.settles_most and several else "",
                    wording.decides(t, rec, one),
                    *map(t, one.how_to_find_out),
                )
                if part
            ),
        }
        for one in rec.open_questions
    ]
    return {"kind": "ticks", "label": t("Find out first"), "items": items} if items else {}


def _before(t: Texts, rec: Recommendation) -> Data:
    items = [
        {
            "text": t(one.title.for_us),
            "detail": " ".join(
                part
                for part in (
                    t(one.reason.text.for_us),
                    *(t(step.for_us) for step in one.steps),
                    wording.holds_up(t, rec, one),
                )
                if part
            ),
        }
        for one in rec.preparations
    ]
    return {"kind": "ticks", "label": t("Make ready"), "items": items} if items else {}


def _would_change(t: Texts, rec: Recommendation, *, most: int) -> Data:
    changes = wording.would_change(t, rec)[:most]
    return led_lines(t("What would change this"), [("", one.text) for one in changes])


def _decided(t: Texts, rec: Recommendation) -> Data:
    return led_lines(
        t("What decided this"), [(f"{one.what}.", one.by) for one in wording.decided(t, rec)]
    )


def _not_here(t: Texts, rec: Recommendation, sources: Sources, *, length: Length) -> Data:
    lines = []
    for association in wording.others(rec):
        parts = []
        for one in wording.why_not(t, rec, association):
            # The reason that decides stands first.
            shown = one.reasons[:1] if length == "brief" or one.depends else one.reasons
            texts = distinct(t(reason.text.for_us) for reason in shown)
            reasons = one.short if one.depends else " ".join(texts)
            what = f"{one.goals}: {one.cell.word}." if one.goals else f"{one.cell.word}."
            cites = [cited for reason in shown for cited in reason.cites]
            numbers = ", ".join(str(number) for number in sources.numbers(cites))
            parts.append(f"{what} {reasons} [{numbers}]" if numbers else f"{what} {reasons}")
        if length == "explained":
            near = wording.near_misses(t, rec, association)
            parts += [line for one in near for line in one.lines]
        lines.append((wording.name(t, rec, association), " ".join(parts)))
    return led_lines(t("Not in the plan"), lines)


def _points(t: Texts, rec: Recommendation, sources: Sources) -> Data:
    lines = []
    for one in points_lines(t, rec):
        numbers = ", ".join(str(number) for number in sources.numbers(one.cites))
        lines.append((one.lead, f"{one.text} [{numbers}]"))
    return led_lines(t("Points"), [*lines, ("", t(NOT_MONEY))]) if lines else {}


def _contact(t: Texts, customer: Customer) -> Data:
    contact = customer.contact
    person = ", ".join(part for part in (contact.name, contact.title, contact.email) if part)
    named = (
        (t("Contact"), person),
        (t("Tenant domain"), breakable(customer.domain)),
        (t("Tenant ID"), customer.tenant_id),
        (t("Subscription ID"), customer.subscription_id),
    )
    return facts(t("Customer"), [f"{label}: {value}" for label, value in named if value])


def _source_list(t: Texts, rec: Recommendation, sources: Sources, *, brief: bool) -> Data:
    sources.add_all(rec.reviews_due)
    due = {cited.source for cited in rec.reviews_due}
    due_again = t("due for another look")
    items = []
    for cited in sources.cited:
        line = wording.source_line(t, cited, with_note=not brief)
        items.append(f"{line}; {due_again}" if cited.source in due else line)
    return {"kind": "sources", "label": t("Sources"), "items": items} if items else {}
