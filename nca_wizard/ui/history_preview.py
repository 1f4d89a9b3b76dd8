"""Under the list: what the highlighted line is about, or how many are chosen."""

from PySide6.QtWidgets import QWidget

from nca_wizard.history.search import Row
from nca_wizard.texts import Texts
from nca_wizard.ui.history_lines import Lines
from nca_wizard.ui.result_parts import Strong
from nca_wizard.ui.widgets import Card, Soft


class LinePreview(Card):
    """Shows nothing until it is told."""

    def __init__(self, texts: Texts, lines: Lines, parent: QWidget) -> None:
        super().__init__(parent, padding=(16, 10))
        self._t = texts
        self._lines = lines
        self.title = Strong("", self)
        self.line = Soft("", self, small=True)
        self.column.setSpacing(2)
        self.column.addWidget(self.title)
        self.column.addWidget(self.line)

    def show_lines(self, row: Row | None, count: int) -> None:
        """`row` is the highlighted one, None while it is not known, of `count` chosen ones."""
        t = self._t
        if count > 1:
            self.title.setText(t("%(count)s cases chosen") % {"count": t.number(count)})
            self.line.setText(t("Open and Print take the highlighted one."))
        elif row is not None:
            self.title.setText(self._lines.title(row))
            self.line.setText(self._lines.summary(row))
