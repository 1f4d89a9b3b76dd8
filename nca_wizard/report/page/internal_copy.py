"""The internal copy: everything a seller wants to look up later, on one page if it can be."""

from collections.abc import Iterable, Sequence

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.report.page.blocks import (
    AT_A_GLANCE,
    IN_SHORT,
    Data,
    Length,
    distinct,
    led_lines,
    notes,
    pairs,
    sentences,
    source_list,
    timeline,
)
from nca_wizard.report.page.cards import cards, rows_for_us
from nca_wizard.report.page.numbered_sources import Sources
from nca_wizard.report.points import NOT_MONEY, points_lines
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Caution, Recommendation
from nca_wizard.texts import Texts

# Inter has no heavy cross.
_MARKS_ON_PAPER = {"✕": "×"}
_COLUMNS_IN_HALF_A_PAGE = 2
_CHANGES: dict[Length, int] = {
    "full": 6,
    "long": 3,
    "brief": 3,
    "essential": 2,
    "undrawn": 2,
    "glance": 1,
    "least": 0,
}


def for_us(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    length: Length,
    schedule: Schedule | None,
) -> list[Data]:
    """The blocks of the internal copy at this length."""
    full, in_short = length == "full", length in IN_SHORT
    sources = Sources()
    overview = _overview(t, rec, length)
    # At the least the grid alone says what comes of each goal.
    subline = wording.subline(t, rec) if length != "least" else ""
    # The best alternative may stand under the headline already.
    alternatives = [wording.alternative(t, rec, one) for one in rec.alternatives]
    lead = {"kind": "lead", "heading": wording.headline(t, rec), "detail": subline}
    first = [
        _checks(t, rec.cautions),
        _find_out(t, rec, length),
        _before(t, rec, length),
    ]
    rows = rows_for_us(t, sources, length)
    acts = [
        cards(t, _heading_of_plan(t, rec), rec.plan, rows),
        cards(t, t("In place already"), rec.in_place, rows, begin=len(rec.plan) + 1),
    ]
    acted = rec.plan or rec.in_place
    when = timeline(t, t("When"), acted, "us", schedule, sources, length=length)
    background = [
        led_lines(t("Instead"), [("", one) for one in alternatives if one not in subline]),
        _would_change(t, rec, most=_CHANGES[length]),
        _points(t, rec, sources, length),
        led_lines(
            t("Keep in mind"),
            [("", t(one.text.for_us)) for one in _to_keep_in_mind(rec, length)],
        ),
        _not_here(t, rec, sources, full=full) if length in {"full", "long"} else {},
        _decided(t, rec) if full else {},
        _answers(t, rec, brief=in_short) if length not in AT_A_GLANCE else {},
    ]
    who = [
        _contact(t, customer, with_ids=not in_short) if length != "least" else {},
        notes(t, customer.note) if customer.note or full else {},
    ]
    if full:
        sources.add_all(cited for caution in rec.cautions for cited in caution.cites)
    listed = _source_list(t, rec, sources, full=full)
    if length in AT_A_GLANCE:
        blocks = [lead, overview, *first, _columns([*acts, when, *who, *background]), listed]
    elif in_short:
        narrow = len(overview.get("columns", ())) <= _COLUMNS_IN_HALF_A_PAGE
        columns = _columns([*([overview] if narrow else []), *acts, *who, *background], when)
        blocks = [lead, *([] if narrow else [overview]), *first, columns, listed]
    else:
        blocks = [lead, overview, *first, *acts, when, *background, *who, listed]
    return [block for block in blocks if block]


def _columns(beside: Sequence[Data], *below: Data) -> Data:
    """Two columns, and what stands over the whole width below them."""
    return {
        "kind": "columns",
        "items": [block for block in beside if block],
        "below": [block for block in below if block],
    }


def _to_keep_in_mind(rec: Recommendation, length: Length) -> list[Caution]:
    """What is ours alone is about the score, of which the points tell the essential."""
    if length in AT_A_GLANCE:
        return []
    return [
        one for one in rec.cautions if not one.check and not (one.internal and length in IN_SHORT)
    ]


def _heading_of_plan(t: Texts, rec: Recommendation) -> str:
    if all(action.certainty == "try" for action in rec.plan):
        return t("Worth trying")
    return t("What to do")


def _overview(t: Texts, rec: Recommendation, length: Length) -> Data:
    columns = wording.columns(t, rec)
    if not columns:
        return {}
    # Columns that would be too narrow become rows.
    turned = len(columns) > wording.COLUMNS_SIDE_BY_SIDE
    rows = wording.association_rows(t, rec)
    marks_alone = turned and length in AT_A_GLANCE
    with_verdicts = length not in IN_SHORT or length in AT_A_GLANCE
    verdict_of = {(goal.product, goal.metric): goal.verdict for goal in rec.goals}
    return {
        "kind": "overview",
        "turned": turned,
        "legend": _legend(t, rows) if marks_alone else "",
        "verdict_label": t("Verdict"),
        "columns": [{"heading": one.heading, "detail": one.detail} for one in columns],
        "verdicts": [
            " / ".join(distinct(wording.verdict_word(t, verdict_of[goal]) for goal in column.goals))
            for column in columns
        ]
        if with_verdicts
        else [],
        "rows": [
            {
                "name": row.name,
                "in_use": row.in_use,
                "cells": [_cell(cell, with_word=not marks_alone) for cell in row.cells],
            }
            for row in rows
        ],
    }


def _legend(t: Texts, rows: Iterable[wording.Row]) -> str:
    """What each mark stands for: "✓ do this or automatic · × closed here"."""
    words_of: dict[str, list[str]] = {}
    for cell in (cell for row in rows for cell in row.cells):
        words_of.setdefault(_on_paper(cell.mark), []).append(cell.word)
    return " · ".join(
        f"{mark} {t.listing(distinct(words), joined_by='or')}" for mark, words in words_of.items()
    )


def _on_paper(mark: str) -> str:
    return _MARKS_ON_PAPER.get(mark, mark)


def _cell(cell: wording.Cell, *, with_word: bool) -> Data:
    return {
        "mark": _on_paper(cell.mark),
        "word": cell.word if with_word else "",
        "tone": cell.tone,
        "in_use": cell.in_use,
    }


def _checks(t: Texts, cautions: Sequence[Caution]) -> Data:
    items = [{"text": t(one.text.for_us), "detail": ""} for one in cautions if one.check]
    return {"kind": "ticks", "label": t("Check first"), "items": items} if items else {}


def _find_out(t: Texts, rec: Recommendation, length: Length) -> Data:
    """What to ask; how to find out and what each reply leads to only where there is room for it."""
    with_results = length in {"full", "long"}
    several = len(rec.open_questions) > 1
    items = []
    for ask, together in wording.asked_together(t, rec, rec.open_questions, "us").items():
        results = [wording.decides(t, rec, one) for one in together] if with_results else []
        settles = several and any(one.settles_most for one in together)
        details = [
            t("This settles most.") if settles else "",
            *distinct(results),
        ]
        if length != "least":
            details += distinct(t(hint) for one in together for hint in one.how_to_find_out)
        items.append({"text": ask, "detail": " ".join(filter(None, details))})
    return {"kind": "ticks", "label": t("Find out first"), "items": items} if items else {}


def _before(t: Texts, rec: Recommendation, length: Length) -> Data:
    """What must be so first, at the least without how it becomes so."""
    items = []
    for first in wording.first_things(rec):
        reasons = [t(one.text.for_us) for one in first.reasons] if length not in IN_SHORT else []
        steps = [t(step.for_us) for step in first.steps] if length != "least" else []
        details = " ".join(filter(None, (*reasons, *steps, wording.holds_up(t, rec, first))))
        products = wording.for_products(t, rec, first.goals)
        items.append({"text": t(first.title.for_us), "detail": sentences(products, details)})
    return {"kind": "ticks", "label": t("Make ready"), "items": items} if items else {}


def _would_change(t: Texts, rec: Recommendation, *, most: int) -> Data:
    changes = wording.would_change(t, rec)[:most]
    return led_lines(t("What would change this"), [("", one.text) for one in changes])


def _decided(t: Texts, rec: Recommendation) -> Data:
    return led_lines(
        t("What decided this"), [(f"{one.what}.", one.by) for one in wording.decided(t, rec)]
    )


def _not_here(t: Texts, rec: Recommendation, sources: Sources, *, full: bool) -> Data:
    lines = []
    for association in wording.others(rec):
        parts = []
        for one in wording.why_not(t, rec, association):
            # The reason that decides stands first.
            shown = one.reasons if full and not one.depends else one.reasons[:1]
            texts = distinct(t(reason.text.for_us) for reason in shown)
            reasons = one.short if one.depends else " ".join(texts)
            what = f"{one.goals}: {one.cell.word}." if one.goals else f"{one.cell.word}."
            cites = [cited for reason in shown for cited in reason.cites]
            parts.append(f"{what} {reasons} {sources.mark(cites)}".rstrip())
        lines.append((wording.name(t, rec, association), " ".join(parts)))
    return led_lines(t("Not in the plan"), lines)


def _points(t: Texts, rec: Recommendation, sources: Sources, length: Length) -> Data:
    lines = []
    for one in points_lines(t, rec):
        said = {"full": one.text, "least": one.short}.get(length, one.at_most)
        lines.append((one.lead, f"{said} {sources.mark(one.cites)}".rstrip()))
    return led_lines(t("Points"), [*lines, ("", t(NOT_MONEY))]) if lines else {}


def _answers(t: Texts, rec: Recommendation, *, brief: bool) -> Data:
    """In brief without what stands elsewhere: the metrics head the columns of the grid, and
    channels of their own name their products."""
    told = {one.question for one in rec.said}
    spared = {"metrics"} if brief else set()
    if brief and "channel_by_product" in told:
        spared |= {"channel", "products"}
    return pairs(
        t("Answers"),
        [(t(one.title), wording.answer(t, one)) for one in rec.said if one.question not in spared],
    )


def _contact(t: Texts, customer: Customer, *, with_ids: bool) -> Data:
    contact = customer.contact
    person = ", ".join(part for part in (contact.name, contact.title, contact.email) if part)
    ids: tuple[tuple[str, str], ...] = (
        (t("Tenant domain"), customer.domain),
        (t("Tenant ID"), customer.tenant_id),
        (t("Subscription ID"), customer.subscription_id),
    )
    if not with_ids and any(known for _, known in ids):
        ids = ((t("IDs"), t("on the hand-off")),)
    return pairs(t("Customer"), [(t("Contact"), person), *ids])


def _source_list(t: Texts, rec: Recommendation, sources: Sources, *, full: bool) -> Data:
    sources.add_all(rec.reviews_due)
    due = {cited.source for cited in rec.reviews_due}
    due_again = t("due for another look")
    items = []
    for cited in sources.cited:
        line = wording.source_line(t, cited, with_note=full)
        items.append(f"{line}; {due_again}" if cited.source in due else line)
    return source_list(t("Sources"), items)
