"""Asks before what cannot be undone: what it does, and two buttons that say so."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Label, PrimaryButton, SecondaryButton, Title

_WIDTH = 520


class Confirm(QDialog):
    """`do` names the act on its button; the focus is on Cancel."""

    def __init__(
        self,
        texts: Texts,
        title: str,
        sentence: str,
        do: str,
        act: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts("NCA Wizard"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(2 * STEP)
        column.addWidget(Title(title, self))
        column.addWidget(Label(sentence, self))
        buttons = QHBoxLayout()
        buttons.setSpacing(STEP)
        buttons.addStretch(1)
        self.cancel_button = SecondaryButton(texts("&Cancel"), self.reject, parent=self)
        self.do_button = PrimaryButton(do, self.accept, parent=self)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.do_button)
        column.addLayout(buttons)
        self.accepted.connect(act)
        self.finished.connect(self.deleteLater)
        self.cancel_button.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        layout = self.layout()
        if layout is not None:
            # A dialog asks its layout how high it is without telling it how wide.
            width = max(_WIDTH, layout.totalMinimumSize().width())
            self.setMinimumSize(width, layout.totalHeightForWidth(width))
            self.adjustSize()
        super().showEvent(event)
