"""What the customer can add to the score at most, and a calculator for the use that it takes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nca_wizard.report.points import (
    NOT_MONEY,
    calculated,
    floors_for,
    points_lines,
    rate_in_words,
)
from nca_wizard.rules.model.results import MetricPoints
from nca_wizard.rules.points import consumption
from nca_wizard.ui.result_parts import Facts, View, column, scaled, source_inset, sources
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import (
    Card,
    Label,
    NoWheelComboBox,
    Soft,
    TextField,
    Title,
)

_COUNT_WIDTH = 140
_LABEL_WIDTH = 250
_LONGEST_COUNT = 9


class PointsCard(Card):
    """Points, never money: a line for each metric that was chosen."""

    def __init__(self, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t, rec = view.t, view.rec
        title = t("What this customer can add at most")
        self.setAccessibleName(title)
        self.column.setSpacing(12)
        self.column.addWidget(Title(title, self))
        facts = Facts(self)
        for one in points_lines(t, rec):
            facts.add_text(one.lead, one.text[:1].upper() + one.text[1:])
        cites = [cited for one in points_lines(t, rec) for cited in one.cites]
        cited = column(*sources(view, dict.fromkeys(cites), self), spacing=0)
        facts.add(t("Source"), cited, inset=source_inset())
        self.column.addLayout(facts)
        measured = next((one for one in rec.points if one.rates and one.floors), None)
        self.calculator = Calculator(view, measured, self) if measured else None
        if self.calculator is not None:
            self.column.addWidget(self.calculator)
        self.column.addWidget(Soft(t(NOT_MONEY), self, small=True))


class Calculator(QWidget):
    """So many users or profiles of a product: what that is worth, and how many are missing."""

    def __init__(self, view: View, points: MetricPoints, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t = view.t
        self._t = t
        self._rates = points.rates
        self._floors = floors_for(view.rec, points)
        self.product = NoWheelComboBox(t("Product"), parent=self)
        for rate in self._rates:
            self.product.add(rate.workload, rate_in_words(t, rate))
        self.product.setCurrentIndex(0)
        self.product.activated.connect(self._calculate)
        self.count = TextField(t("Active users or profiles a month"), parent=self)
        self.count.edit.setMaximumWidth(_COUNT_WIDTH)
        # The label is longer than the figure under it.
        self.count.setMinimumWidth(scaled(self, _LABEL_WIDTH))
        self.count.changed.connect(self._calculate)
        self.answer = Label("", self)
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.product, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        whole = column(row, self.answer, spacing=STEP)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self._calculate()

    def _calculate(self) -> None:
        t, typed = self._t, self.count.text().strip()
        # isdigit() alone also takes digits that int() does not.
        is_count = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_COUNT
        self.count.set_error("" if is_count or not typed else t("Enter a whole number such as 25"))
        if not is_count:
            self.answer.setText("")
            return
        rate = next(one for one in self._rates if one.workload == self.product.value())
        self.answer.setText(
            "\n".join(
                calculated(t, int(typed), rate, consumption(int(typed), rate, floor))
                for floor in self._floors
            )
        )
