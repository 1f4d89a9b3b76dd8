"""What the register adds up to: as bars that are readable in grey, and as a table.

page = PortfolioPage(texts, rulebook)
page.show_portfolio(portfolio)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from nca_wizard.history.portfolio import MetricTotal, Portfolio, Standing, Waiting
from nca_wizard.report import wording
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.theme import STEP, colours_of
from nca_wizard.ui.widgets import Card, Label, SecondaryButton, Soft, Title

_ROW = 30
_BAR = 14
_LABEL_SHARE = 0.32


@dataclass(frozen=True, slots=True)
class Stripe:
    """One bar: `now` is filled, from there to `later` it is only outlined; `figure` says both."""

    label: str
    now: int
    later: int
    figure: str


class Bars(QWidget):
    """Bars under each other to one scale, with their words; no colour has to be told apart."""

    def __init__(
        self, name: str, stripes: Sequence[Stripe], whole: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stripes = tuple(stripes)
        self._whole = max(whole, 1)
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(f"{one.label}: {one.figure}" for one in stripes))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, self._row * len(self._stripes))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    @property
    def _row(self) -> int:
        return max(_ROW, self.fontMetrics().height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, stripe in enumerate(self._stripes):
                self._paint(painter, stripe, place * self._row)

    def _paint(self, painter: QPainter, stripe: Stripe, top: int) -> None:
        colours = colours_of(self.palette())
        metrics = self.fontMetrics()
        words = round(self.width() * _LABEL_SHARE)
        figures = max(metrics.horizontalAdvance(one.figure) for one in self._stripes) + 4
        room = max(self.width() - words - figures - 2 * STEP, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.text))
        label = metrics.elidedText(stripe.label, Qt.TextElideMode.ElideRight, words - STEP)
        painter.drawText(QRect(0, top, words, self._row), middle, label)
        painter.drawText(
            QRect(self.width() - figures, top, figures, self._row),
            middle | Qt.AlignmentFlag.AlignRight,
            stripe.figure,
        )
        bar = QRectF(words, top + (self._row - _BAR) / 2, 0, _BAR)
        for value, ground in ((stripe.later, colours.surface), (stripe.now, colours.accent)):
            if value:
                bar.setWidth(max(room * value / self._whole, 3))
                painter.setPen(QPen(QColor(colours.accent), 1.5))
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(bar, 3, 3)


class PortfolioPage(PageFrame):
    """Says first what it is about: the customers entered here, and no others."""

    back_requested = Signal()

    def __init__(self, texts: Texts, rulebook: Rulebook) -> None:
        t = texts
        super().__init__(
            t,
            t("NCA Wizard"),
            t("Portfolio"),
            t(
                "It covers only the customers that were entered here, each by its newest "
                "evaluation. Customers that are not here are not in it."
            ),
        )
        self._metrics = {metric.id: t(metric.name) for metric in rulebook.metrics}
        self._waiting = Soft(t("Adding up …"), self)
        self.body.addWidget(self._waiting)
        self.bar.add_left(SecondaryButton(t("&Back"), self.back_requested.emit, parent=self))

    def show_portfolio(self, found: Portfolio) -> None:
        """Show these sums."""
        t = self.texts
        self._waiting.hide()
        if not found.customers:
            self.body.addWidget(Soft(t("No customers yet."), self))
            return
        self.body.addWidget(self._verdicts(found))
        self.body.addWidget(self._points(found.metrics))
        if found.waiting:
            self.body.addWidget(self._to_do(found.waiting))

    def _verdicts(self, found: Portfolio) -> Card:
        t = self.texts
        title = t.plural("%(count)d customer", "%(count)d customers", found.customers)
        card = _card(title, self)
        card.column.addWidget(
            Soft(t("Each is counted once, by what needs most to be done for it."), card, small=True)
        )
        stripes = [
            Stripe(_sentence(_standing_word(t, standing)), count, count, t.number(count))
            for standing, count in found.by_standing.items()
        ]
        card.column.addWidget(Bars(title, stripes, found.customers, card))
        if found.with_open_questions:
            open_ones = t.plural(
                "For %(count)d customer something is still to be found out.",
                "For %(count)d customers something is still to be found out.",
                found.with_open_questions,
            )
            card.column.addWidget(Label(open_ones, card))
        return card

    def _points(self, metrics: Sequence[MetricTotal]) -> Card:
        t = self.texts
        card = _card(t("Products that count, and points"), self)
        stripes = [
            Stripe(
                self._metrics[one.metric],
                one.counts,
                one.could_count,
                t("%(now)s, %(later)s with the plan")
                % {"now": t.number(one.counts), "later": t.number(one.could_count)}
                if one.could_count > one.counts
                else t.number(one.counts),
            )
            for one in metrics
        ]
        most = max((one.could_count for one in metrics), default=1)
        card.column.addWidget(Bars(t("Products that count"), stripes, most, card))
        card.column.addSpacing(STEP)
        card.column.addLayout(self._table(metrics, card))
        card.column.addWidget(
            Soft(
                t(
                    "Filled: counts already. Outlined: would count with the planned actions, "
                    "without those somebody decided against. Points are what these customers "
                    "bring, up to the cap; – where they are not given for each product."
                ),
                card,
                small=True,
            )
        )
        return card

    def _table(self, metrics: Sequence[MetricTotal], card: Card) -> QGridLayout:
        t = self.texts
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        headings = (
            t("Metric"), t("Count already"), t("Done, not yet confirmed"), t("Could count"),
            t("Points now"), t("Points with the plan"), t("Cap"),
        )  # fmt: skip
        for column, heading in enumerate(headings):
            grid.addWidget(Soft(heading, card, small=True), 0, column)
        for row, one in enumerate(metrics, start=1):
            grid.addWidget(Label(self._metrics[one.metric], card), row, 0)
            figures = (
                one.counts, one.done, one.could_count, one.points, one.points_with_plan, one.most,
            )  # fmt: skip
            for column, figure in enumerate(figures, start=1):
                grid.addWidget(
                    Label("–" if figure is None else t.number(figure), card), row, column
                )
        return grid

    def _to_do(self, waiting: Sequence[Waiting]) -> Card:
        t = self.texts
        card = _card(t("What is waiting for whom"), self)
        for one in waiting:
            card.column.addWidget(Label(t(one.title), card))
            states = t("%(to_do)s to do, %(in_progress)s in progress") % {
                "to_do": t.number(one.to_do),
                "in_progress": t.number(one.in_progress),
            }
            card.column.addWidget(Soft(f"{t(one.who)} · {states}", card, small=True))
        return card


def _card(title: str, parent: QWidget) -> Card:
    card = Card(parent)
    card.setAccessibleName(title)
    card.column.addWidget(Title(title, card))
    return card


def _standing_word(t: Texts, standing: Standing) -> str:
    if standing == "done":
        return t("done, not yet confirmed")
    if standing == "not_doing":
        return t("decided against")
    return wording.verdict_word(t, standing)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
