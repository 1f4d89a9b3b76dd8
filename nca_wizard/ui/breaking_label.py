"""Text whose longest word may be wider than the label: that word breaks, the others do not."""

from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOption

from nca_wizard.ui.labels import Label

_NEW_LINE = "\u2028"


class BreakingLabel(Label):
    """A label as any other while its words fit; nothing in it is ever cut."""

    def heightForWidth(self, width: int) -> int:
        if self._fits(width):
            return super().heightForWidth(width)
        return self._laid_out(width)[1]

    def shown_lines(self) -> list[str]:
        """The lines as they stand at the width of now."""
        layout = self._laid_out(self.width())[0]
        starts = [layout.lineAt(number).textStart() for number in range(layout.lineCount())]
        text = layout.text()
        return [text[start:end] for start, end in pairwise([*starts, len(text)])]

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fits(self.width()):
            super().paintEvent(event)
            return
        layout, height = self._laid_out(self.width())
        option = QStyleOption()
        option.initFrom(self)
        with QPainter(self) as painter:
            painter.setPen(option.palette.color(self.foregroundRole()))
            layout.draw(painter, QPointF(0, max(0, (self.height() - height) / 2)))

    def _fits(self, width: int) -> bool:
        self.ensurePolished()
        metrics = QFontMetrics(self.font())
        return all(metrics.horizontalAdvance(word) <= width for word in self.text().split())

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        """The lines at this width, and how high they are."""
        self.ensurePolished()
        layout = QTextLayout(self.text().replace("\n", _NEW_LINE), self.font())
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection())
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, round(height + 0.5)
