"""The actions on the sheets that are ours: a card for each, its rows under each other."""

from collections.abc import Callable, Sequence

from nca_wizard.report import wording
from nca_wizard.report.page.blocks import (
    AS_FOR,
    IN_SHORT,
    Data,
    Length,
    as_for,
    distinct,
    evidence,
    numbered_steps,
    of_length,
)
from nca_wizard.report.page.numbered_sources import Sources
from nca_wizard.rules.model.results import Action
from nca_wizard.rules.model.rules import Rejection
from nca_wizard.texts import Texts


def cards(
    t: Texts, heading: str, actions: Sequence[Action], rows_of: "RowsOf", *, begin: int = 1
) -> Data:
    """A card for each action, numbered from `begin` on, with the rows that say something; no block
    without any."""
    if not actions:
        return {}
    told = ToldOnce(t)
    items = [
        {
            "number": str(number),
            "title": t(action.title.for_us),
            "tag": t("worth trying") if action.certainty == "try" else "",
            "rows": told.rows(rows_of(action, number, told), number),
        }
        for number, action in enumerate(actions, start=begin)
    ]
    return {"kind": "cards", "heading": heading, "items": items}


class ToldOnce:
    """What an earlier card has said: two claims share most of their paperwork."""

    def __init__(self, t: Texts) -> None:
        self._t = t
        self._rows: dict[tuple[str, str], int] = {}
        self._steps: dict[str, int] = {}
        self._evidence: dict[str, int] = {}

    def rows(self, rows: Sequence[Data], number: int) -> list[Data]:
        """Those of this card that say something, with what reads as in an earlier one named in
        one row at the end."""
        kept: list[Data] = []
        labels_as_for: dict[int, list[str]] = {}
        for one in filter(None, rows):
            first = self._rows.setdefault((one["label"], repr(one)), number)
            if first == number:
                kept.append(one)
            else:
                labels_as_for.setdefault(first, []).append(one["label"])
        return kept + [
            row(self._t.listing(labels), [as_for(self._t, first)], kind=AS_FOR)
            for first, labels in labels_as_for.items()
        ]

    def steps(self, action: Action, number: int) -> Data:
        """The steps; those that an earlier card has told are named together."""
        texts = [self._t(one.for_us) for one in action.steps]
        steps = numbered_steps(self._t, texts, number, self._steps)
        items = [{"number": place, "text": text} for place, text in steps]
        return {"label": self._t("Do"), "kind": "steps", "items": items} if items else {}

    def evidence(self, action: Action, number: int, *, with_notes: bool) -> list[Data]:
        """What to have ready, and what of it an earlier card has listed."""
        t = self._t
        ticks, see = evidence(t, action, number, self._evidence, "us", brief=not with_notes)
        label = t("Have ready")
        return [row(label, ticks, kind="ticks"), row("" if ticks else label, [see])]

    def evidence_in_a_line(self, action: Action, number: int, *, with_boxes: bool = True) -> Data:
        """The same in less room: of what an earlier card has listed only that it has."""
        t = self._t
        ticks, see = evidence(t, action, number, self._evidence, "us", brief=True, in_short=True)
        label = t("Have ready")
        if with_boxes and ticks:
            return row(label, ticks, kind="ticks in a line") | {"more": see}
        return row(label, ["; ".join(filter(None, (*ticks, see)))])


RowsOf = Callable[[Action, int, ToldOnce], list[Data]]
"""The rows of an action by its number, those that say nothing included."""


def row(label: str, items: Sequence[str], *, kind: str = "text") -> Data:
    """What stands beside a label of a card; no row without anything."""
    items = [item for item in items if item]
    return {"label": label, "kind": kind, "items": items} if items else {}


def rejections(t: Texts, many: Sequence[Rejection]) -> list[str]:
    """What claims are sent back for, each with its remedy."""
    return [
        t("%(problem)s: %(remedy)s.")
        % {
            "problem": t(one.problem.for_us).rstrip("."),
            "remedy": t(one.remedy.for_us).rstrip("."),
        }
        for one in many
    ]


def rows_for_us(t: Texts, sources: Sources, length: Length) -> RowsOf:
    """The rows on the internal copy; what the timeline says is not among them."""
    return lambda action, number, told: _rows(t, action, number, told, sources, length)


def _rows(
    t: Texts, action: Action, number: int, told: ToldOnce, sources: Sources, length: Length
) -> list[Data]:
    if length in IN_SHORT:
        least = length == "least"
        return [
            *_when_it_is_tried(t, action, with_settles=not least),
            row(t("Why"), _why(t, action, sources, length)),
            row(t("Who"), [t(action.who.for_us)] if not least else []),
            row(t("Do"), [t(action.in_short.for_us)] if not least else []),
            told.evidence_in_a_line(action, number, with_boxes=not least),
        ]
    full = length == "full"
    verify = [t(one.for_us) for one in action.verify]
    return [
        *_when_it_is_tried(t, action, with_settles=True),
        row(t("Why"), _why(t, action, sources, length)),
        row(t("Who"), [t(action.who.for_us)]),
        told.steps(action, number),
        *told.evidence(action, number, with_notes=full),
        row(t("Verify"), verify if full else verify[:1]),
        row(t("Ends"), [t(action.ends.for_us)] if full else []),
        row(t("Often sent back"), rejections(t, action.rejections) if full else [], kind="lines"),
    ]


def _when_it_is_tried(t: Texts, action: Action, *, with_settles: bool) -> list[Data]:
    """On what it rests that it may count, and what settles that."""
    tried = action.settles if action.certainty == "try" and with_settles else None
    return [
        row(t("If"), [wording.condition(t, action.condition)]),
        row(t("What settles it"), [t(tried.for_us)] if tried else []),
    ]


def _why(t: Texts, action: Action, sources: Sources, length: Length) -> list[str]:
    """The reasons, then where they stand."""
    shown = of_length(distinct(t(one.text.for_us) for one in action.reasons), length)
    reasons = action.reasons[:1] if length in IN_SHORT else action.reasons
    cites = [cited for reason in reasons for cited in reason.cites]
    return [*shown, sources.mark([*cites, *action.cites] if length == "full" else cites)]
