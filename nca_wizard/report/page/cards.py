"""The actions on the internal copy, each in two columns."""

from collections.abc import Mapping, Sequence

from nca_wizard.report import wording
from nca_wizard.report.page.blocks import (
    LONG,
    SHORTEST,
    Data,
    Length,
    as_for,
    distinct,
    evidence,
    numbered_steps,
    outer,
)
from nca_wizard.report.page.numbered_sources import Sources
from nca_wizard.report.timeline import Schedule, stage_lines
from nca_wizard.rules.model.results import Action
from nca_wizard.rules.model.values import Text
from nca_wizard.texts import Texts


def cards(
    t: Texts,
    heading: str,
    actions: Sequence[Action],
    sources: Sources,
    *,
    length: Length,
    schedule: Schedule | None,
) -> Data:
    """A card for each action; no block without any."""
    if not actions:
        return {}
    # What reads as in an earlier card is named once: two claims share most of their paperwork.
    seen: dict[tuple[str, str], int] = {}
    listed: dict[str, int] = {}
    done: dict[str, int] = {}
    items = []
    for number, action in enumerate(actions, start=1):
        ready = evidence(t, action, number, listed, "us", brief=length not in LONG)
        steps = numbered_steps(t, [t(one.for_us) for one in action.steps], number, done)
        rows = _card_rows(t, action, sources, ready, steps, length=length, schedule=schedule)
        items.append(
            {
                "number": str(number),
                "title": t(action.title.for_us),
                "tag": t("worth trying") if action.certainty == "try" else "",
                "sides": balanced(_told_once(t, rows, number, seen)),
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
        _row(t.listing(labels), "text", [as_for(t, first)])
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
    sources: Sources,
    ready: tuple[list[str], str],
    steps: Sequence[tuple[str, str]],
    *,
    length: Length,
    schedule: Schedule | None,
) -> list[Data]:
    brief = length not in LONG
    condition = wording.condition(t, action.condition)
    settles = t(action.settles.for_us) if action.settles and action.certainty == "try" else ""
    stages = stage_lines(t, action.stages, "us", schedule)
    why = distinct(t(one.text.for_us) for one in action.reasons)
    ticks, see = ready
    verify = [t(one.for_us) for one in action.verify]
    rejections = [] if brief or not action.rejections else [_rejections(t, action)]
    cites = [cited for reason in action.reasons for cited in reason.cites]
    if not brief:
        cites += [*action.cites, *(cited for stage in action.stages for cited in stage.cites)]
    numbers = ", ".join(str(number) for number in sources.numbers(cites))
    ends = [] if length in SHORTEST else [t(action.ends.for_us)]
    if brief:
        why = why[:1] if length in SHORTEST else outer(why)
    rows = [
        _row(t("If"), "text", [condition] if condition else []),
        _row(t("Why"), "text", why),
        _row(t("Who"), "text", [t(action.who.for_us)]),
        *_step_rows(t, action, steps, length=length),
        _row(t("Have ready"), "ticks", ticks),
        _row("" if ticks else t("Have ready"), "text", [see] if see else []),
        _row(t("When"), "stages", [{"title": one.title, "days": one.when} for one in stages]),
        _row(t("Verify"), "text", verify[:1] if brief else verify),
        _row(t("What settles it"), "text", [settles] if settles else []),
        _row(t("Ends"), "text", ends),
        _row(t("Often sent back"), "text", rejections),
        _row(t("Sources"), "text", [numbers] if numbers else []),
    ]
    return [row for row in rows if row]


def _step_rows(
    t: Texts, action: Action, steps: Sequence[tuple[str, str]], *, length: Length
) -> list[Data]:
    """A row for each step, so that a column can end after any of them."""
    if length in SHORTEST:
        return [_row(t("Do"), "text", [t(action.in_short.for_us)])]
    return [
        {"label": "" if place else t("Do"), "kind": "text", "items": [f"{numbers} {text}"]}
        for place, (numbers, text) in enumerate(steps)
    ]


def balanced(rows: list[Data]) -> tuple[list[Data], list[Data]]:
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
