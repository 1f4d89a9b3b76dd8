"""Answers so far: the five steps beside the question, each answered one with a way back to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.breaking_label import BreakingLabel
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.steps import CUSTOMER
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, LinkButton, PageScroll, Soft, Title
from nca_wizard.ui.words import step_names, step_said


class AnswersPanel(Card):
    """What was said in each step. `change_requested` names a page."""

    change_requested = Signal(str)

    def __init__(self, texts: Texts, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._session = session
        self.setAccessibleName(texts("Answers so far"))
        self._said: dict[int, BreakingLabel] = {}
        self._buttons: dict[int, LinkButton] = {}
        self.column.setContentsMargins(20, 16, 6, 16)
        self.column.addWidget(Title(texts("Answers so far"), self))
        contents = QWidget(self)
        steps = QVBoxLayout(contents)
        steps.setContentsMargins(0, 0, 14, 0)
        steps.setSpacing(12)
        for step, name in step_names(texts, session.rulebook).items():
            steps.addLayout(self._row(step, name, contents))
        steps.addStretch(1)
        scrolled = PageScroll(contents, self)
        scrolled.steady_margin = 14
        self.column.addWidget(scrolled, 1)
        self.column.addWidget(Soft(texts("Stays on this laptop."), self, small=True))
        self.refresh()

    def refresh(self) -> None:
        """Show the answers as they are now."""
        here = self._session.page
        for step in self._said:
            self._said[step].setText(step_said(self._texts, self._session, step) or "–")
            page = self._session.page_of_step(step)
            self._buttons[step].setVisible(bool(page) and page != here)

    def take_focus(self) -> bool:
        """Focus the first Change button. False if there is none."""
        for button in self._buttons.values():
            if not button.isHidden():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def _row(self, step: int, name: str, parent: QWidget) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Soft(name, parent, small=True))
        said = BreakingLabel("–", parent)
        said.setAccessibleName(name)
        words.addWidget(said)
        button = LinkButton(
            self._texts("Change"),
            lambda: self._request(step),
            self._texts("Change %(what)s") % {"what": name},
            parent,
        )
        self._said[step] = said
        self._buttons[step] = button
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _request(self, step: int) -> None:
        self.change_requested.emit(self._session.page_of_step(step) or CUSTOMER)
