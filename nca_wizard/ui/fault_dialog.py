"""What is shown when something breaks that nobody foresaw: one sentence, and a report to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Label, PrimaryButton, SecondaryButton, Title


class FaultDialog(QDialog):
    """Says what happened; the report is empty for a fault that is explained by its sentence."""

    def __init__(
        self, texts: Texts, sentence: str, report: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts("NCA Wizard"))
        self.setMinimumWidth(520)
        self._report = report
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(2 * STEP)
        column.addWidget(Title(texts("NCA Wizard has to close"), self))
        column.addWidget(Label(sentence, self))
        column.addWidget(Label(texts("Your answers are saved."), self))
        buttons = QHBoxLayout()
        if report:
            shown = QPlainTextEdit(report, self)
            shown.setReadOnly(True)
            shown.setTabChangesFocus(True)
            shown.setAccessibleName(texts("Report"))
            column.addWidget(shown)
            buttons.addWidget(SecondaryButton(texts("&Copy report"), self.copy, parent=self))
        buttons.addStretch(1)
        self._close = PrimaryButton(texts("C&lose"), self.accept, parent=self)
        buttons.addWidget(self._close)
        column.addLayout(buttons)
        self._close.setFocus()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report)
