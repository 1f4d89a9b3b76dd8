"""The first page while the customer looks on: no other customer is on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from nca_wizard.texts import Texts
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.widgets import PrimaryButton


class MeetingStartPage(PageFrame):
    """Only a new case can be started."""

    new_requested = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__(
            texts,
            texts("NCA Wizard"),
            texts("Which partner association fits this customer?"),
            texts("A few short steps. Works offline."),
        )
        self.bar.hide()
        self._first = PrimaryButton(texts("&Start a new case"), self.new_requested.emit)
        row = QHBoxLayout()
        row.addWidget(self._first)
        row.addStretch(1)
        self.body.addLayout(row)

    def take_focus(self) -> None:
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)
