"""What stands on the printed page: the blocks of the customer copy and of the internal copy.

Pure: a recommendation in, data for the template out. How a block looks is for
`resources/documents/summary.typ`; its kind picks the look.

The customer copy takes texts from `for_customer` alone, names no metric and no association, and
repeats no answer but those the customer gave.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from nca_wizard.customer import Customer
from nca_wizard.report import wording
from nca_wizard.rules.axes import is_known
from nca_wizard.rules.model import (
    Action,
    Caution,
    Cited,
    OpenQuestion,
    PlannedStage,
    Preparation,
    Reason,
    Recommendation,
    Text,
)
from nca_wizard.settings import PartnerProfile, Sheet
from nca_wizard.texts import Texts

Copy = Literal["customer", "internal"]
Length = Literal["full", "brief", "essential"]
"""Everything; one reason and no notes; and without what the grid says in a word already."""
Data = dict[str, Any]

# What the customer said about themselves. What we want it to count towards, what it brings and
# who else is associated are ours to know.
_TOLD_BY_CUSTOMER = frozenset(
    {"channel", "channel_by_product", "cloud", "subscription", "products", "our_part"}
)
_KEPT_FROM_CUSTOMER = frozenset({"metrics", "track", "revenue", "incumbent"})

_TYPST_PAPER: dict[Sheet, str] = {"a4": "a4", "letter": "us-letter"}

# Inter has no heavy cross.
_MARKS_ON_PAPER = {"✕": "×"}

_LENGTHS: dict[Copy, tuple[Length, ...]] = {
    "customer": ("full", "brief"),
    "internal": ("full", "brief", "essential"),
}
_CHANGES_IN_BRIEF = 3
_NOTE_LINES = 1
# The name in its large letters beside "Prepared by"; longer words may break.
_LONGEST_WORD = 22
_MORE_NOTE_LINES = {"customer": 24, "internal": 3}
"""How many lines to write on the template may add where the page has room."""


def page(
    t: Texts,
    rec: Recommendation,
    customer: Customer,
    partner: PartnerProfile,
    *,
    copy: Copy,
    paper: Sheet,
    sample: bool,
) -> Data:
    """The data of one document for the template."""
    internal = copy == "internal"
    title = _title(t, customer, internal=internal, sample=sample)
    return {
        "language": t.language.partition("_")[0],
        "region": None,
        "title": title,
        "author": _author(t, partner),
        "description": t(wording.DISCLAIMER),
        "day": [rec.rulebook.as_of.year, rec.rulebook.as_of.month, rec.rulebook.as_of.day],
        "paper": _TYPST_PAPER[paper],
        "name": _breakable(customer.name),
        "subtitle": t("Partner association summary") + " · " + t.date(rec.rulebook.as_of),
        "tags": _tags(t, internal=internal, sample=sample),
        "prepared": _prepared(t, partner),
        "continued": t("%(title)s, continued") % {"title": title},
        "footer": _footer(t, rec),
        "page_of": t("{page} of {pages}"),
        "note_lines": _NOTE_LINES,
        "more_note_lines": _MORE_NOTE_LINES[copy],
        # The template takes the first that fits on one page, and the last if none does.
        "variants": [
            _internal(t, rec, customer, length)
            if internal
            else _for_customer(t, rec, brief=length != "full")
            for length in _LENGTHS[copy]
        ],
    }


def _title(t: Texts, customer: Customer, *, internal: bool, sample: bool) -> str:
    title = t("%(customer)s, partner association summary") % {"customer": customer.name}
    marked = [t("internal")] if internal else []
    marked += [t("sample")] if sample else []
    return f"{title} ({', '.join(marked)})" if marked else title


def _tags(t: Texts, *, internal: bool, sample: bool) -> list[str]:
    tags = [t("INTERNAL")] if internal else []
    return [*tags, t("Sample")] if sample else tags


def _breakable(text: str) -> str:
    """Typed text with places to break in words that no column could hold."""
    return re.sub(rf"\S{{{_LONGEST_WORD}}}(?=\S)", "\\g<0>\u200b", text)


def _author(t: Texts, partner: PartnerProfile) -> str:
    return ", ".join(part for part in (partner.name, partner.company) if part) or t("NCA Wizard")


def _prepared(t: Texts, partner: PartnerProfile) -> list[str]:
    reach = " · ".join(one for one in (partner.phone, partner.email) if one)
    who = [one for one in (partner.name, partner.company, reach) if one]
    return [t("Prepared by"), *who] if who else []


def _footer(t: Texts, rec: Recommendation) -> str:
    guidance = t(
        "Guidance from rule set %(version)s. Not a decision by Microsoft, not affiliated with "
        "Microsoft."
    ) % {"version": rec.rulebook.version}
    return f"{guidance} {t(wording.TRADEMARKS)}"


# --- The customer copy -----------------------------------------------------------------------


def _for_customer(t: Texts, rec: Recommendation, *, brief: bool) -> list[Data]:
    told = [
        wording.answer(t, one, "customer")
        for one in rec.said
        if one.question in _TOLD_BY_CUSTOMER and is_known(rec.answers.get(one.question))
    ]
    questions = [one for one in rec.open_questions if one.question not in _KEPT_FROM_CUSTOMER]
    lead = {
        "kind": "lead",
        "heading": wording.request(t, rec),
        "detail": wording.request_detail(t, rec),
    }
    blocks = [
        _facts(t("What you told us"), told),
        lead,
        _first_things(t, rec.preparations),
        _steps(t, rec.plan, brief=brief),
    ]
    if rec.plan or rec.preparations:
        blocks.append(_to_clear_up(t, rec, questions))
    elif questions:
        blocks.append(_sheet_of_questions(t, rec, questions))
    else:
        blocks += [_how_it_stands(t, rec), _other_ways(t, rec)]
    blocks += [
        _timeline(t, t("What follows"), rec.plan or rec.in_place, to_customer=True),
        _good_to_know(t, rec),
        _lines(t("How long it lasts"), _distinct(t(a.ends.for_customer) for a in _acted(rec))),
        _notes(t, ""),
    ]
    return [block for block in blocks if block]


def _acted(rec: Recommendation) -> tuple[Action, ...]:
    return (*rec.plan, *rec.in_place)


def _facts(label: str, items: Sequence[str]) -> Data:
    return {"kind": "facts", "label": label, "items": list(items)} if items else {}


def _first_things(t: Texts, preparations: Sequence[Preparation]) -> Data:
    items = [
        {
            "text": t(one.title.for_customer),
            "detail": " ".join(t(step.for_customer) for step in one.steps),
        }
        for one in preparations
    ]
    return {"kind": "ticks", "label": t("To do"), "items": items} if items else {}


def _steps(t: Texts, plan: Sequence[Action], *, brief: bool) -> Data:
    if not plan:
        return {}
    rows: list[Data] = []
    listed: dict[str, int] = {}
    told: dict[tuple[str, ...], int] = {}
    for number, action in enumerate(plan, start=1):
        steps = [t(step.for_customer) for step in action.steps]
        first = told.setdefault(tuple(steps), number)
        why = _distinct(t(reason.text.for_customer) for reason in action.reasons)
        ticks, see = _evidence(t, action, number, listed, "customer", brief=brief)
        rows.append(
            {
                "number": number,
                "title": t(action.title.for_customer),
                "tag": t("To be clarified first") if action.certainty == "try" else "",
                "who": t(action.who.for_customer),
                "steps": steps,
                "same": "" if first == number else _as_for(t, first),
                "why": _outer(why) if brief else why,
                "ticks": ticks,
                "see": see,
            }
        )
    return {
        "kind": "steps",
        "columns": ["", t("Step"), t("Why"), t("Have ready")],
        "rows": rows,
    }


def _as_for(t: Texts, number: int) -> str:
    return t("As for %(number)d") % {"number": number}


def _outer(texts: Sequence[str]) -> list[str]:
    """The first, which is about this customer, and the last, which is about the programme."""
    return [*texts[:1], *texts[1:][-1:]]


def _evidence(
    t: Texts,
    action: Action,
    number: int,
    listed: dict[str, int],
    audience: wording.Audience,
    *,
    brief: bool,
) -> tuple[list[str], str]:
    """What to have ready, and what of it an earlier action of the plan has asked for already."""
    ticks = []
    again: dict[int, list[str]] = {}
    for one in action.evidence:
        if one.ours and audience == "customer":
            continue
        label = t(wording.said_to(one.label, audience))
        note = t(wording.said_to(one.note, audience)).rstrip(".") if one.note else ""
        item = f"{label} ({note})" if note and not brief else label
        first = listed.setdefault(f"{label} ({note})", number)
        if first == number:
            ticks.append(item)
        else:
            again.setdefault(first, []).append(label)
    see = [
        t("As for %(number)d: %(items)s") % {"number": first, "items": "; ".join(labels)}
        for first, labels in again.items()
    ]
    return ticks, "; ".join(see)


def _to_clear_up(t: Texts, rec: Recommendation, questions: Sequence[OpenQuestion]) -> Data:
    items = [
        {"text": wording.asked_about(t, rec, one, "customer"), "detail": ""} for one in questions
    ]
    return {"kind": "ticks", "label": t("To clear up"), "items": items} if items else {}


def _sheet_of_questions(t: Texts, rec: Recommendation, questions: Sequence[OpenQuestion]) -> Data:
    items = [
        {
            "ask": wording.asked_about(t, rec, one, "customer"),
            "choices": _distinct(
                t(said.for_customer) for outcome in one.outcomes for said in outcome.said
            ),
        }
        for one in questions
    ]
    return {"kind": "questions", "items": items} if items else {}


def _how_it_stands(t: Texts, rec: Recommendation) -> Data:
    reasons: Iterable[Reason]
    if rec.in_place:
        reasons = (reason for action in rec.in_place for reason in action.reasons)
    else:
        reasons = (reason for goal in rec.goals for reason in goal.reasons)
    return _lines(t("How it stands"), _distinct(t(one.text.for_customer) for one in reasons))


def _other_ways(t: Texts, rec: Recommendation) -> Data:
    """What the customer could do differently, where nothing counts as things are."""
    if rec.in_place:
        return {}
    ways = [
        t("This would be different if %(condition)s.") % {"condition": condition}
        for condition in _distinct(
            t(one.condition.for_customer)
            for one in rec.would_change
            if one.question in _TOLD_BY_CUSTOMER
        )
    ]
    return _lines(t("Other ways"), ways[:_CHANGES_IN_BRIEF])


def _good_to_know(t: Texts, rec: Recommendation) -> Data:
    texts = _distinct(t(one.text.for_customer) for one in rec.cautions if not one.internal)
    return _lines(t("Good to know"), texts)


def _lines(label: str, texts: Sequence[str]) -> Data:
    return _led_lines(label, [("", text) for text in texts])


def _led_lines(label: str, items: Sequence[tuple[str, str]]) -> Data:
    if not items:
        return {}
    lines = [{"lead": lead, "text": text} for lead, text in items]
    return {"kind": "lines", "label": label, "items": lines}


def _notes(t: Texts, text: str) -> Data:
    return {"kind": "notes", "label": t("Notes"), "text": text}


def _timeline(t: Texts, label: str, actions: Sequence[Action], *, to_customer: bool) -> Data:
    audience: wording.Audience = "customer" if to_customer else "us"
    numbers_of: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for number, action in enumerate(actions, start=1):
        if action.stages:
            stages = tuple(_stage(t, one, audience) for one in action.stages)
            numbers_of.setdefault(stages, []).append(number)
    lanes = [
        {
            "label": _lane_label(t, numbers) if len(numbers_of) > 1 else "",
            "stages": [{"title": title, "days": days} for title, days in stages],
        }
        for stages, numbers in numbers_of.items()
    ]
    return {"kind": "timeline", "label": label, "lanes": lanes} if lanes else {}


def _lane_label(t: Texts, numbers: Sequence[int]) -> str:
    return t("For %(numbers)s") % {"numbers": t.listing([str(number) for number in numbers])}


def _stage(t: Texts, stage: PlannedStage, audience: wording.Audience) -> tuple[str, str]:
    return t(wording.said_to(stage.title, audience)), wording.stage_days(t, stage)


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


# --- The internal copy -----------------------------------------------------------------------


def _internal(t: Texts, rec: Recommendation, customer: Customer, length: Length) -> list[Data]:
    brief = length != "full"
    essential = length == "essential"
    sources = _Sources()
    subline = wording.subline(t, rec)
    # The best alternative may stand under the headline already.
    alternatives = [wording.alternative(t, rec, one) for one in rec.alternatives]
    blocks = [
        _facts(
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
        _cards(t, _heading_of_plan(t, rec), rec.plan, sources, length=length),
        _cards(t, t("In place already"), rec.in_place, sources, length=length),
        _led_lines(
            t("Instead"),
            [("", one) for one in alternatives if one not in subline],
        ),
        _led_lines(
            t("Keep in mind"),
            [("", t(one.text.for_us)) for one in rec.cautions if not one.check],
        ),
        {} if essential else _not_here(t, rec, sources, brief=brief),
        {}
        if essential
        else _led_lines(
            t("What would change this"),
            [
                ("", wording.change(t, rec, one))
                for one in rec.would_change[: _CHANGES_IN_BRIEF if brief else None]
            ],
        ),
        _contact(t, customer),
        _notes(t, _breakable(customer.note)) if customer.note or not brief else {},
    ]
    if not brief:
        sources.add_all(cited for caution in rec.cautions for cited in caution.cites)
    blocks.append(_source_list(t, rec, sources, brief=brief))
    return [block for block in blocks if block]


def _heading_of_plan(t: Texts, rec: Recommendation) -> str:
    if all(action.certainty == "try" for action in rec.plan):
        return t("Worth trying")
    return t("What to do")


class _Sources:
    """Numbers the sources in the order they are first named."""

    def __init__(self) -> None:
        self._number_of: dict[str, int] = {}
        self.cited: list[Cited] = []

    def number(self, cited: Cited) -> int:
        if cited.source not in self._number_of:
            self.cited.append(cited)
            self._number_of[cited.source] = len(self.cited)
        return self._number_of[cited.source]

    def numbers(self, many: Iterable[Cited]) -> list[int]:
        return sorted({self.number(one) for one in many})

    def add_all(self, many: Iterable[Cited]) -> None:
        for one in many:
            self.number(one)


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
            " / ".join(
                _distinct(wording.verdict_word(t, verdict_of[goal]) for goal in column.goals)
            )
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
    items = [
        {
            "text": wording.asked_about(t, rec, one, "us"),
            "detail": " ".join(
                part
                for part in (wording.decides(t, rec, one), *map(t, one.how_to_find_out))
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


def _cards(
    t: Texts, heading: str, actions: Sequence[Action], sources: _Sources, *, length: Length
) -> Data:
    if not actions:
        return {}
    # What reads as in an earlier card is named once: two claims share most of their paperwork.
    seen: dict[tuple[str, str], int] = {}
    listed: dict[str, int] = {}
    items = []
    for number, action in enumerate(actions, start=1):
        ready = _evidence(t, action, number, listed, "us", brief=length != "full")
        rows = _card_rows(t, action, sources, ready, length=length)
        items.append(
            {
                "number": str(number),
                "title": t(action.title.for_us),
                "tag": t("worth trying") if action.certainty == "try" else "",
                "sides": _balanced(_told_once(t, rows, number, seen)),
            }
        )
    return {"kind": "cards", "heading": heading, "items": items}


def _told_once(
    t: Texts, rows: Sequence[Data], number: int, seen: dict[tuple[str, str], int]
) -> list[Data]:
    kept: list[Data] = []
    labels_as_for: dict[int, list[str]] = {}
    for label, group in _groups(rows):
        first = seen.setdefault((label, repr([row["items"] for row in group])), number)
        if first == number:
            kept += group
        else:
            labels_as_for.setdefault(first, []).append(label)
    return kept + [
        _row(t.listing(labels), "text", [_as_for(t, first)])
        for first, labels in labels_as_for.items()
    ]


def _groups(rows: Sequence[Data]) -> list[tuple[str, list[Data]]]:
    """Rows with the rows without a label that follow them."""
    groups: list[tuple[str, list[Data]]] = []
    for row in rows:
        if row["label"] or not groups:
            groups.append((row["label"], [row]))
        else:
            groups[-1][1].append(row)
    return groups


def _card_rows(
    t: Texts,
    action: Action,
    sources: _Sources,
    ready: tuple[list[str], str],
    *,
    length: Length,
) -> list[Data]:
    brief = length != "full"
    condition = wording.condition(t, action.condition)
    settles = t(action.settles.for_us) if action.settles and action.certainty == "try" else ""
    stages = [_stage(t, one, "us") for one in action.stages]
    why = _distinct(t(one.text.for_us) for one in action.reasons)
    ticks, see = ready
    verify = [t(one.for_us) for one in action.verify]
    rejections = [] if brief or not action.rejections else [_rejections(t, action)]
    cites = [cited for reason in action.reasons for cited in reason.cites]
    if not brief:
        cites += [*action.cites, *(cited for stage in action.stages for cited in stage.cites)]
    numbers = ", ".join(str(number) for number in sources.numbers(cites))
    ends = [] if length == "essential" else [t(action.ends.for_us)]
    if brief:
        why = why[:1] if length == "essential" else _outer(why)
    rows = [
        _row(t("If"), "text", [condition] if condition else []),
        _row(t("Why"), "text", why),
        _row(t("Who"), "text", [t(action.who.for_us)]),
        *_step_rows(t, action, length=length),
        _row(t("Have ready"), "ticks", ticks),
        _row("" if ticks else t("Have ready"), "text", [see] if see else []),
        _row(t("When"), "stages", [{"title": title, "days": days} for title, days in stages]),
        _row(t("Verify"), "text", verify[:1] if brief else verify),
        _row(t("What settles it"), "text", [settles] if settles else []),
        _row(t("Ends"), "text", ends),
        _row(t("Often sent back"), "text", rejections),
        _row(t("Sources"), "text", [numbers] if numbers else []),
    ]
    return [row for row in rows if row]


def _step_rows(t: Texts, action: Action, *, length: Length) -> list[Data]:
    """A row for each step, so that a column can end after any of them."""
    if length == "essential":
        return [_row(t("Do"), "text", [t(action.in_short.for_us)])]
    return [
        {"label": t("Do") if number == 1 else "", "kind": "text", "items": [f"{number}. {step}"]}
        for number, step in enumerate((t(one.for_us) for one in action.steps), start=1)
    ]


def _balanced(rows: list[Data]) -> tuple[list[Data], list[Data]]:
    """Two columns of about the same length, read one after the other."""
    lengths = [_length(row) for row in rows]
    split = min(
        range(1, len(rows) + 1),
        key=lambda place: max(sum(lengths[:place]), sum(lengths[place:])),
    )
    return rows[:split], rows[split:]


def _length(row: Data) -> int:
    """Letters, with something for the rest of the last line."""
    written = sum(
        len(item) if isinstance(item, str) else sum(map(len, item.values())) + 5
        for item in row["items"]
    )
    return written + len(row["label"]) + 20


def _rejections(t: Texts, action: Action) -> str:
    return " ".join(
        t("%(problem)s: %(remedy)s.")
        % {
            "problem": _unstopped(t, one.problem),
            "remedy": _unstopped(t, one.remedy),
        }
        for one in action.rejections
    )


def _unstopped(t: Texts, text: Text) -> str:
    return t(text.for_us).rstrip(".")


def _row(label: str, kind: str, items: Sequence[str] | Sequence[Mapping[str, str]]) -> Data:
    return {"label": label, "kind": kind, "items": list(items)} if items else {}


def _not_here(t: Texts, rec: Recommendation, sources: _Sources, *, brief: bool) -> Data:
    lines = []
    for association in wording.others(rec):
        parts = []
        for one in wording.why_not(t, rec, association):
            # The reason that decides stands first.
            shown = one.reasons[:1] if brief else one.reasons
            reasons = " ".join(_distinct(t(reason.text.for_us) for reason in shown))
            what = f"{one.goals}: {one.cell.word}." if one.goals else f"{one.cell.word}."
            cites = [cited for reason in shown for cited in reason.cites]
            numbers = ", ".join(str(number) for number in sources.numbers(cites))
            parts.append(f"{what} {reasons} [{numbers}]" if numbers else f"{what} {reasons}")
        lines.append((wording.name(t, rec, association), " ".join(parts)))
    return _led_lines(t("Not in the plan"), lines)


def _contact(t: Texts, customer: Customer) -> Data:
    contact = customer.contact
    person = ", ".join(part for part in (contact.name, contact.title, contact.email) if part)
    named = (
        (t("Contact"), person),
        (t("Tenant domain"), _breakable(customer.domain)),
        (t("Tenant ID"), customer.tenant_id),
        (t("Subscription ID"), customer.subscription_id),
    )
    return _facts(t("Customer"), [f"{label}: {value}" for label, value in named if value])


def _source_list(t: Texts, rec: Recommendation, sources: _Sources, *, brief: bool) -> Data:
    sources.add_all(rec.reviews_due)
    due = {cited.source for cited in rec.reviews_due}
    due_again = t("due for another look")
    items = []
    for cited in sources.cited:
        line = wording.source_line(t, cited, with_note=not brief)
        items.append(f"{line}; {due_again}" if cited.source in due else line)
    return {"kind": "sources", "label": t("Sources"), "items": items} if items else {}
