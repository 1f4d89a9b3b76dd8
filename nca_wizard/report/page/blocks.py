"""Blocks that both copies have, and how long a copy may be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Literal

from nca_wizard.report import wording
from nca_wizard.report.page.numbered_sources import Sources
from nca_wizard.report.timeline import Schedule, picture, reckoned_for, stage_lines, when_it_shows
from nca_wizard.rules.model.results import Action, PlannedStage
from nca_wizard.settings import Sheet
from nca_wizard.texts import Texts

Copy = Literal["customer", "internal", "handoff"]
"""The handoff is for the person of ours who files."""
Length = Literal["full", "long", "brief", "essential", "undrawn", "glance", "least"]
"""How much of a sheet that is full to its edges is told, each less than the one before:

full        everything
long        without second reasons and notes
brief       and without what the grid says in a word already
essential   and with one sentence for the steps
undrawn     and with the days in words
glance      and without what is general or stands on another sheet
least       and without the steps

Not every sheet has all of them.
"""
Data = dict[str, Any]
AS_FOR = "as for"
"""The kind of a row that names what reads as in an earlier card."""
AT_A_GLANCE: frozenset[Length] = frozenset({"glance", "least"})
IN_SHORT: frozenset[Length] = frozenset({"essential", "undrawn", "glance", "least"})
"""Where a sheet of ours tells the steps in one sentence at most."""
_DRAWN: Mapping[wording.Audience, frozenset[Length]] = {
    "customer": frozenset({"full", "brief"}),
    "us": frozenset({"full", "long", "brief", "essential"}),
}
"""At which lengths the days are drawn; at the others they stand in words."""
TYPST_PAPER: Mapping[Sheet, str] = {"a4": "a4", "letter": "us-letter"}
"""What typst calls our sheets."""


def facts(label: str, items: Sequence[str]) -> Data:
    """Facts beside a label, one after the other; no block without any."""
    return {"kind": "facts", "label": label, "items": list(items)} if items else {}


def pairs(label: str, items: Sequence[tuple[str, str]]) -> Data:
    """Values with their names beside a label; no block without any."""
    named = [{"label": name, "value": value} for name, value in items if value]
    return {"kind": "pairs", "label": label, "items": named} if named else {}


def lines(label: str, texts: Sequence[str]) -> Data:
    """Texts under each other beside a label; no block without any."""
    return led_lines(label, [("", text) for text in texts])


def led_lines(label: str, items: Sequence[tuple[str, str]]) -> Data:
    """Like `lines`, each with what it is about in front."""
    if not items:
        return {}
    lines = [{"lead": lead, "text": text} for lead, text in items]
    return {"kind": "lines", "label": label, "items": lines}


def notes(t: Texts, text: str) -> Data:
    """A note, or lines to write one on."""
    return {"kind": "notes", "label": t("Notes"), "text": text}


def timeline(
    t: Texts,
    label: str,
    actions: Sequence[Action],
    audience: wording.Audience,
    schedule: Schedule | None,
    sources: Sources | None = None,
    *,
    length: Length = "full",
) -> Data:
    """The stages of actions, those that take the same course told once; drawn to scale where a
    day to start on is known and there is room for it. A sheet of ours at a glance has none
    without such a day."""
    if audience == "us" and length in AT_A_GLANCE and not schedule:
        return {}
    numbers_of: dict[tuple[PlannedStage, ...], list[int]] = {}
    for number, action in enumerate(actions, start=1):
        if action.stages:
            numbers_of.setdefault(action.stages, []).append(number)
    if not numbers_of:
        return {}
    lanes = [
        (_lane_label(t, numbers) if len(numbers_of) > 1 else "", stages)
        for stages, numbers in numbers_of.items()
    ]
    section: Data = {
        "kind": "timeline",
        "label": label,
        "lanes": [
            {"label": lane_label, "stages": _stages(t, stages, audience, schedule, length)}
            for lane_label, stages in lanes
        ],
    }
    if schedule and length in _DRAWN[audience]:
        brief = length == "essential"
        named = partial(_named, t, sources=sources, brief=brief)
        section["picture"] = picture(t, lanes, schedule, audience, named, brief=brief)
    else:
        section["note"] = reckoned_for(t, audience, schedule) if schedule else ""
    return section


def _stages(
    t: Texts,
    stages: Sequence[PlannedStage],
    audience: wording.Audience,
    schedule: Schedule | None,
    length: Length,
) -> list[Data]:
    """Each with its days; on a sheet of ours at a glance only when it can show."""
    if audience == "us" and schedule and length in AT_A_GLANCE:
        return [{"title": when_it_shows(t, stages, schedule), "days": ""}]
    lines = stage_lines(t, stages, audience, schedule)
    return [{"title": one.title, "days": one.when} for one in lines]


def _named(t: Texts, stage: PlannedStage, sources: Sources | None, *, brief: bool) -> str:
    """Where a stage stands: by number where there is a list of sources, else by name, which takes
    a line that a brief page lacks."""
    first = stage.cites[0]
    if sources is not None:
        return sources.mark([first])
    return "" if brief else f"({first.publisher}, {t.date(first.dated)})"


def _lane_label(t: Texts, numbers: Sequence[int]) -> str:
    return t("For %(numbers)s") % {"numbers": t.listing([str(number) for number in numbers])}


def as_for(t: Texts, number: int, audience: wording.Audience = "us") -> str:
    """Says that an earlier action has it already."""
    said = t("As in step %(number)d") if audience == "customer" else t("As for %(number)d")
    return said % {"number": number}


def numbered_steps(
    t: Texts,
    texts: Sequence[str],
    number: int,
    told: dict[str, int],
    audience: wording.Audience = "us",
) -> list[tuple[str, str]]:
    """Steps with their numbers; those that an earlier action has told are named together."""
    first_of = [told.setdefault(text, number) for text in texts]
    steps = []
    for first, run in groupby(enumerate(zip(texts, first_of, strict=True), 1), lambda s: s[1][1]):
        places = [(place, text) for place, (text, _) in run]
        if first == number:
            steps += [(f"{place}.", text) for place, text in places]
        else:
            begin, end = places[0][0], places[-1][0]
            numbers = f"{begin}." if begin == end else f"{begin}–{end}."
            steps.append((numbers, as_for(t, first, audience)))
    return steps


def of_length(reasons: Sequence[str], length: Length) -> list[str]:
    """In brief the first, which is about this customer, and the last, which is about the
    programme; in short the first alone."""
    if length == "full":
        return list(reasons)
    if length in IN_SHORT:
        return [*reasons[:1]]
    return [*reasons[:1], *reasons[1:][-1:]]


def evidence(
    t: Texts,
    action: Action,
    number: int,
    listed: dict[str, int],
    audience: wording.Audience,
    *,
    brief: bool,
    in_short: bool = False,
) -> tuple[list[str], str]:
    """What to have ready, and what of it an earlier action of the plan has asked for already; in
    short only which action that was."""
    ticks = []
    again: dict[int, list[str]] = {}
    for one in action.evidence:
        if one.ours and audience == "customer":
            continue
        label = t(wording.said_to(one.label, audience))
        note = t(wording.said_to(one.note, audience)).rstrip(".") if one.note else ""
        own = f"{label} ({note})"
        # Two papers of one name are told apart by their notes.
        same_name = any(key.startswith(f"{label} (") for key in listed.keys() - {own})
        item = own if note and (same_name or not brief) else label
        first = listed.setdefault(own, number)
        if first == number:
            ticks.append(item)
        else:
            again.setdefault(first, []).append(label)
    if in_short:
        return ticks, "; ".join(as_for(t, first, audience) for first in again)
    see = [
        t("%(as_before)s: %(items)s")
        % {"as_before": as_for(t, first, audience), "items": "; ".join(labels)}
        for first, labels in again.items()
    ]
    return ticks, "; ".join(see)


def source_list(label: str, items: Sequence[str]) -> Data:
    """Sources in the order of their numbers, in small print; no block without any."""
    return {"kind": "sources", "label": label, "items": list(items), "note": ""} if items else {}


def with_left_out(t: Texts, full: Sequence[Data], shown: Sequence[Data]) -> list[Data]:
    """The shortened blocks, and in small print under them what they lack, by its labels."""
    note = _left_out(t, full, shown)
    last = shown[-1]
    if last["kind"] == "sources":
        return [*shown[:-1], last | {"note": note}]
    return [*shown, {"kind": "sources", "label": "", "items": [], "note": note}]


def _left_out(t: Texts, full: Sequence[Data], shown: Sequence[Data]) -> str:
    there = set(_labels(shown))
    lacking = [label for label in distinct(_labels(full)) if label not in there]
    if not lacking:
        return t("In short.")
    parts = t.listing([t("“%(text)s”") % {"text": label} for label in lacking])
    return t("In short. Not on this sheet: %(parts)s.") % {"parts": parts}


def _labels(blocks: Iterable[Data]) -> Iterator[str]:
    """Of blocks and of the rows of their cards, nested ones included."""
    for block in blocks:
        if block.get("label"):
            yield block["label"]
        if block["kind"] == "columns":
            yield from _labels([*block["items"], *block["below"]])
        elif block["kind"] == "cards":
            rows = [row for item in block["items"] for row in item["rows"]]
            yield from (row["label"] for row in rows if row["label"] and row["kind"] != AS_FOR)


def sentences(begins: str, rest: str) -> str:
    """Some words as a sentence of their own before others; either may be empty."""
    return " ".join(filter(None, (f"{begins}." if begins else "", rest)))


def distinct(texts: Iterable[str]) -> list[str]:
    """Each text once, in order."""
    return list(dict.fromkeys(texts))
