"""The grid: associations as rows, goals as columns, in each cell a mark and a word."""

from dataclasses import dataclass
from typing import Literal

from nca_wizard.report.wording.names import association_ids, name, named_metrics
from nca_wizard.rules.model.results import Finding, Goal, Recommendation
from nca_wizard.texts import Texts

Tone = Literal["ok", "accent", "warn", "no"]

# A grid with more columns than this no longer fits a window of 760 pixels or a page.
COLUMNS_SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One association for one goal: a mark and a word, and how it is tinted."""

    mark: str
    word: str
    tone: Tone
    in_use: bool
    """Part of the plan, or in place already; shown bold."""


@dataclass(frozen=True, slots=True)
class Column:
    """The goals that read alike. `detail` names the products and is empty when there is one."""

    heading: str
    detail: str
    goals: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]
    """One per association, in the order of the rows."""


@dataclass(frozen=True, slots=True)
class Row:
    association: str
    name: str
    in_use: bool
    cells: tuple[Cell, ...]
    """One per column."""


def cell(t: Texts, rec: Recommendation, goal: Goal, finding: Finding) -> Cell:
    """What holds for one association and one goal, as a mark and a word."""
    in_use = _in_use(rec, goal, finding)
    mark, word, tone = _mark_and_word(t, rec, goal, finding)
    return Cell(mark, word, tone, in_use)


def _mark_and_word(
    t: Texts, rec: Recommendation, goal: Goal, finding: Finding
) -> tuple[str, str, Tone]:
    if goal.verdict == "not_measured":
        return "…", t("not measured"), "no"
    if goal.verdict == "not_covered":
        return "–", t("not covered"), "no"
    if finding.counts == "no":
        return "–", t("does not count"), "no"
    if finding.access == "closed":
        return "✕", t("closed here"), "no"
    if finding.counts == "depends" or finding.access == "depends":
        return "?", t("depends"), "warn"
    if finding.counts == "disputed":
        return "?", t("disputed"), "warn"
    if finding.counts == "unclear" or finding.access == "unclear":
        return "?", t("unclear"), "warn"
    if finding.access == "automatic":
        word = t("automatic") if finding.association == "csp" else t("in place")
        return "✓", word, "ok"
    if _planned(rec, goal, finding):
        return "✓", t("do this"), "ok"
    return "○", t("also works"), "accent"


def _planned(rec: Recommendation, goal: Goal, finding: Finding) -> bool:
    return finding.recommended or any(
        action.association == finding.association and (goal.product, goal.metric) in action.covers
        for action in rec.plan
    )


def _in_use(rec: Recommendation, goal: Goal, finding: Finding) -> bool:
    in_place = finding.access == "automatic" and finding.counts == "yes"
    return in_place or _planned(rec, goal, finding)


def columns(t: Texts, rec: Recommendation) -> tuple[Column, ...]:
    """The goals as columns. Products that read alike share one; so do metrics if it gets wide."""
    cells = {
        (goal.product, goal.metric): tuple(cell(t, rec, goal, one) for one in goal.findings)
        for goal in rec.goals
    }
    by_metric: dict[tuple[str, tuple[Cell, ...]], list[str]] = {}
    for (product, metric), column in cells.items():
        by_metric.setdefault((metric, column), []).append(product)
    folded: dict[tuple[tuple[str, ...], tuple[Cell, ...] | str], list[str]] = {}
    side_by_side = len(by_metric) <= COLUMNS_SIDE_BY_SIDE
    for (metric, column), products in by_metric.items():
        alike = metric if side_by_side else column
        folded.setdefault((tuple(products), alike), []).append(metric)
    single = len({goal.product for goal in rec.goals}) == 1
    return tuple(
        Column(
            heading=named_metrics(t, rec, metrics),
            detail="" if single else ", ".join(name(t, rec, product) for product in products),
            goals=tuple((product, metric) for product in products for metric in metrics),
            cells=cells[products[0], metrics[0]],
        )
        for (products, _), metrics in folded.items()
    )


def association_rows(t: Texts, rec: Recommendation) -> tuple[Row, ...]:
    """The six associations with a cell for each of `columns`; none without goals."""
    across = columns(t, rec)
    return tuple(
        Row(
            association=association,
            name=name(t, rec, association),
            in_use=any(column.cells[place].in_use for column in across),
            cells=tuple(column.cells[place] for column in across),
        )
        for place, association in enumerate(association_ids(rec))
    )
