"""What the pages of an open case share: the command bar, the answers beside them, the errors."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from nca_wizard.texts import Texts
from nca_wizard.ui.answers_panel import AnswersPanel
from nca_wizard.ui.case_values import PageProblem
from nca_wizard.ui.page import SIDE_WIDTH, PageFrame
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.steps import CUSTOMER
from nca_wizard.ui.widgets import LinkButton, PrimaryButton, Problem, SecondaryButton
from nca_wizard.ui.words import caption


class CasePage(PageFrame):
    """A page of the interview. It hands over what is said and asks to move; it never moves."""

    continue_requested = Signal()
    back_requested = Signal()
    close_requested = Signal()
    change_requested = Signal(str)
    edited = Signal()

    def __init__(
        self, texts: Texts, session: CaseSession, heading: str, why: str, primary: str = ""
    ) -> None:
        super().__init__(texts, caption(texts, session), heading, why)
        self.session = session
        self.panel = AnswersPanel(texts, session, self)
        self.panel.change_requested.connect(self.change_requested)
        if self.has_panel:
            self.set_side(self.panel)
        else:
            self.panel.hide()
        self._popup: QFrame | None = None
        self._open_panel = LinkButton(texts("Answers so far"), self.show_panel, parent=self)
        self.add_to_header(self._open_panel)
        if session.can_go_back():
            self.back_button = SecondaryButton(texts("&Back"), self.back_requested.emit)
            self.bar.add_left(self.back_button)
        self.bar.add_right(
            SecondaryButton(texts("&Save and close"), self.close_requested.emit, parent=self)
        )
        usual = texts("Back to &check") if session.returning else texts("&Continue")
        self.set_primary(PrimaryButton(primary or usual, self.continue_requested.emit, parent=self))
        self._show_panel_button()

    def report(self, problems: Sequence[PageProblem]) -> None:
        """Show these beside their fields and on top, or clear both."""
        self.clear_errors()
        lines = []
        for problem in problems:
            sentence = problem.sentence.said(self.texts)
            self.show_error(problem.where, problem.product, sentence)
            lines.append(Problem(sentence, self._jump_to(problem.where, problem.product)))
        self.show_problems(lines)

    def clear_errors(self) -> None:
        """Take every error away from beside the fields."""

    def show_error(self, where: str, product: str, sentence: str) -> None:
        """Show one error beside its field."""

    def focus_field(self, where: str, product: str) -> None:
        """Put the focus where this can be put right."""

    def refresh_panel(self) -> None:
        self.panel.refresh()

    def show_panel(self) -> None:
        """Focus the answers so far; in a narrow window they open above the page."""
        if self.has_room_for_side:
            self.panel.take_focus()
            return
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(popup)
        column.setContentsMargins(0, 0, 0, 0)
        panel = AnswersPanel(self.texts, self.session, popup)
        panel.change_requested.connect(popup.close)
        panel.change_requested.connect(self.change_requested)
        column.addWidget(panel)
        popup.setFixedSize(SIDE_WIDTH + 40, 360)
        corner = self._open_panel.mapToGlobal(QPoint(self._open_panel.width(), 0))
        popup.move(corner + QPoint(-popup.width(), self._open_panel.height() + 4))
        popup.show()
        panel.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        session = self.session
        new = session.page == CUSTOMER and session.draft_id is None and not session.returning
        if event.key() == Qt.Key.Key_Escape and new and session.is_empty:
            self.close_requested.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panel_button()

    @property
    def has_panel(self) -> bool:
        """Whether the answers so far belong beside this page."""
        return True

    def _show_panel_button(self) -> None:
        self._open_panel.setVisible(self.has_panel and not self.has_room_for_side)

    def _jump_to(self, where: str, product: str) -> Callable[[], None]:
        def jump() -> None:
            self.focus_field(where, product)

        return jump
