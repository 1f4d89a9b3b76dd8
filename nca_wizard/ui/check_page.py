"""Check your answers: everything said, each with a way back to it, and the day to evaluate for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from nca_wizard.sentences import Sentence
from nca_wizard.texts import Texts
from nca_wizard.ui.breaking_label import BreakingLabel
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.case_values import NOTE, PageProblem
from nca_wizard.ui.dates import day_from
from nca_wizard.ui.scroll_keys import scroll_by_key
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.steps import CUSTOMER
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, Line, LinkButton, Soft, TextField
from nca_wizard.ui.words import SaidLine, customer_lines, question_lines

_TITLE_WIDTH = 150
DATE = "as_of"


class CheckPage(CasePage):
    """The last look before the result. `day_changed` has a day that can be evaluated for."""

    day_changed = Signal(object)

    def __init__(self, texts: Texts, session: CaseSession) -> None:
        super().__init__(
            texts,
            session,
            texts("Check your answers"),
            texts("Nothing is sent anywhere."),
            primary=texts("See &recommended actions"),
        )
        card = Card(self)
        self.lines = _lines(texts, session)
        self.change_buttons: dict[str, LinkButton] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * STEP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, _TITLE_WIDTH)
        self._grid.setColumnStretch(1, 1)
        card.column.setContentsMargins(20, 8, 12, 8)
        card.column.addLayout(self._grid)
        for line in self.lines:
            self._add(line, card)
        self.body.addWidget(card)
        self.date = TextField(
            texts("&Evaluate for"), texts("The result holds for this day; usually today")
        )
        self.date.edit.setMaximumWidth(200)
        self.date.set_text(texts.date(session.as_of))
        self.date.changed.connect(self._take_date)
        self.body.addWidget(self.date)

    @property
    def has_panel(self) -> bool:
        """The answers are on the page itself; a second list beside them would only repeat it."""
        return False

    def show_panel(self) -> None:
        self.take_focus()

    def date_problems(self) -> tuple[PageProblem, ...]:
        """What is wrong with the day, if anything."""
        if day_from(self.texts, self.date.text()) is not None:
            return ()
        return (PageProblem(DATE, Sentence("Result date must be a date such as 22 Nov 2026")),)

    def clear_errors(self) -> None:
        self.date.set_error("")

    def show_error(self, where: str, product: str, sentence: str) -> None:
        if where == DATE:
            self.date.set_error(sentence)

    def focus_field(self, where: str, product: str) -> None:
        if where == DATE:
            self.date.take_focus()
        else:
            self.change_buttons[where].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not scroll_by_key(self.scrolled, event):
            super().keyPressEvent(event)

    def _take_date(self, text: str) -> None:
        day = day_from(self.texts, text)
        if day is not None:
            self.session.evaluate_for(day)
            self.edited.emit()

    def _add(self, line: SaidLine, card: Card) -> None:
        row = 2 * self._grid.rowCount()
        if self._grid.count():
            self._grid.addWidget(Line(card), row, 0, 1, 3)
        said = BreakingLabel(line.value, card) if line.value else Soft(self._unsaid(line), card)
        said.setAccessibleName(line.title)
        verb = self.texts("Answer") if self._is_unanswered(line) else self.texts("Change")
        button = LinkButton(
            verb,
            lambda: self.change_requested.emit(line.page),
            self.texts("%(verb)s: %(what)s") % {"verb": verb, "what": line.title},
            card,
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(Soft(line.title, card), row + 1, 0, middle)
        self._grid.addWidget(said, row + 1, 1, middle)
        self.change_buttons[line.key] = button
        self._grid.addWidget(button, row + 1, 2, middle)
        self._grid.setRowMinimumHeight(row + 1, 40)

    def _is_unanswered(self, line: SaidLine) -> bool:
        return not line.value and (line.page != CUSTOMER or line.key == "name")

    def _unsaid(self, line: SaidLine) -> str:
        if line.key == "name":
            return self.texts("Not answered yet")
        if line.page == CUSTOMER:
            return self.texts("Not provided")
        return self.texts("Not answered yet – counts as “I don’t know yet”")


def _lines(texts: Texts, session: CaseSession) -> list[SaidLine]:
    lines = [*customer_lines(texts, session), *question_lines(texts, session)]
    if session.in_meeting:
        return lines
    note = " ".join(session.customer.note.split())
    shown = note if len(note) <= 80 else f"{note[:80]}…"
    return [*lines, SaidLine(NOTE, CUSTOMER, texts("Internal note"), shown)]
