"""Blocks that both copies have, and how long a copy may be."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Literal

from nca_wizard.report import wording
from nca_wizard.report.page.numbered_sources import Sources
from nca_wizard.report.timeline import Schedule, picture, stage_lines
from nca_wizard.rules.model.results import Action, PlannedStage
from nca_wizard.settings import Sheet
from nca_wizard.texts import Texts

Copy = Literal["customer", "internal", "handoff"]
"""The handoff is for the person of ours who files."""
Length = Literal["full", "long", "brief", "essential"]
"""With everything; without second reasons and notes; without what the grid says in a word already;
and with the steps in one sentence."""
Data = dict[str, Any]
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
    brief: bool = False,
) -> Data:
    """The stages of actions, those that take the same course told once; drawn to scale where a
    day to start on is known."""
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
            {
                "label": lane_label,
                "stages": [
                    {"title": one.title, "days": one.when}
                    for one in stage_lines(t, stages, audience, schedule)
                ],
            }
            for lane_label, stages in lanes
        ],
    }
    if schedule:
        named = partial(_named, t, sources=sources, brief=brief)
        section["picture"] = picture(t, lanes, schedule, audience, named, brief=brief)
    return section


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


def outer(texts: Sequence[str]) -> list[str]:
    """The first, which is about this customer, and the last, which is about the programme."""
    return [*texts[:1], *texts[1:][-1:]]


def evidence(
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
        t("%(as_before)s: %(items)s")
        % {"as_before": as_for(t, first, audience), "items": "; ".join(labels)}
        for first, labels in again.items()
    ]
    return ticks, "; ".join(see)


def distinct(texts: Iterable[str]) -> list[str]:
    """Each text once, in order."""
    return list(dict.fromkeys(texts))
