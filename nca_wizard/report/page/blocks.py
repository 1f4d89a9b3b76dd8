"""Blocks that both copies have, and how long a copy may be."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from nca_wizard.report import wording
from nca_wizard.rules.model import Action, PlannedStage
from nca_wizard.texts import Texts

Copy = Literal["customer", "internal"]
Length = Literal["explained", "full", "brief", "essential", "bare"]
"""With what another answer would open; without; with one reason and no notes; without what the
grid says in a word already; and without what would change it."""
LONG: frozenset[Length] = frozenset({"explained", "full"})
SHORTEST: frozenset[Length] = frozenset({"essential", "bare"})
Data = dict[str, Any]

CHANGES_IN_BRIEF = 3
# The name in its large letters beside "Prepared by"; longer words may break.
_LONGEST_WORD = 22


def breakable(text: str) -> str:
    """Typed text with places to break in words that no column could hold."""
    return re.sub(rf"\S{{{_LONGEST_WORD}}}(?=\S)", "\\g<0>\u200b", text)


def facts(label: str, items: Sequence[str]) -> Data:
    """Facts beside a label, one after the other; no block without any."""
    return {"kind": "facts", "label": label, "items": list(items)} if items else {}


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


def timeline(t: Texts, label: str, actions: Sequence[Action], *, to_customer: bool) -> Data:
    """The stages of actions, those that take the same course told once."""
    audience: wording.Audience = "customer" if to_customer else "us"
    numbers_of: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for number, action in enumerate(actions, start=1):
        if action.stages:
            stages = tuple(stage(t, one, audience) for one in action.stages)
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


def stage(t: Texts, stage: PlannedStage, audience: wording.Audience) -> tuple[str, str]:
    """A stage and how long it takes."""
    return t(wording.said_to(stage.title, audience)), wording.stage_days(t, stage)


def as_for(t: Texts, number: int) -> str:
    """Says that an earlier action has it already."""
    return t("As for %(number)d") % {"number": number}


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
        t("As for %(number)d: %(items)s") % {"number": first, "items": "; ".join(labels)}
        for first, labels in again.items()
    ]
    return ticks, "; ".join(see)


def distinct(texts: Iterable[str]) -> list[str]:
    """Each text once, in order."""
    return list(dict.fromkeys(texts))
