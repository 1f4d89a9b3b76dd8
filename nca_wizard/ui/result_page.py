"""The result: who, the buttons, and under them the cards of one recommendation.

page = ResultPage(texts)
page.show_recommendation(customer, recommendation, evaluated_at, rulebook_current=True)
page.change_requested.connect(...)      the id of a question

Shows what it is given and evaluates nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nca_wizard.customer import Customer
from nca_wizard.history.store import EvaluationRow
from nca_wizard.report import wording
from nca_wizard.rules.model.answers import UNKNOWN
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.texts import Texts
from nca_wizard.ui.case_evaluations import evaluations_card
from nca_wizard.ui.case_work import CaseWork
from nca_wizard.ui.flow import Flow
from nca_wizard.ui.panels import ScrolledContents
from nca_wizard.ui.result_acting import Acting
from nca_wizard.ui.result_action import ActionCard
from nca_wizard.ui.result_acts import acting_cards
from nca_wizard.ui.result_cards import cards
from nca_wizard.ui.result_case import DueCard, NoteCard
from nca_wizard.ui.result_parts import View
from nca_wizard.ui.scroll_keys import scroll_by_key
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import PAGE_MARGIN, STEP
from nca_wizard.ui.widgets import (
    Button,
    Card,
    Heading,
    Notice,
    PageScroll,
    PrimaryButton,
    SecondaryButton,
    Soft,
    Title,
)

_WIDEST = 1080
_SCROLL_ROOM = 20
_LONG_NAME = 60
_NAME_AT_LEAST = 220
_FEW_PRODUCTS = 3


def open_in_browser(address: str) -> None:
    """Hand an address to the system's browser; the program itself has no network code."""
    QDesktopServices.openUrl(QUrl(address))


class ResultPage(QWidget):
    """One recommendation on screen."""

    change_requested = Signal(str)
    print_requested = Signal()
    new_case_like_requested = Signal()
    edit_requested = Signal()
    evaluate_again_requested = Signal()
    open_requested = Signal(int)
    """The id of another evaluation of the same case."""
    compare_requested = Signal(int)
    """The id of the evaluation to compare with, 0 for any other."""
    compare_with_today_requested = Signal()

    def __init__(
        self,
        texts: Texts,
        parent: QWidget | None = None,
        open_link: Callable[[str], object] = open_in_browser,
    ) -> None:
        super().__init__(parent)
        self._t = texts
        self.why = texts("What to do so that the customer counts, why, and what does not work.")
        self._open_link = open_link
        self.cards: list[Card] = []
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._name_place = QVBoxLayout()
        self._name_place.setSpacing(4)
        self._name: Title | Heading = Heading("", self)
        self.facts = Soft("", self)
        self._name_place.addWidget(self._name)
        self.print_button = PrimaryButton(
            texts("&Print or PDF"), self.print_requested.emit, parent=self
        )
        self.new_button = SecondaryButton(
            texts("New case &like this"), self.new_case_like_requested.emit, parent=self
        )
        self.edit_button = SecondaryButton(
            texts("Edit &answers"), self.edit_requested.emit, parent=self
        )
        self.compare_button = SecondaryButton(
            texts("Co&mpare…"), lambda: self.compare_requested.emit(0), parent=self
        )
        self._buttons = QWidget(self)
        buttons = Flow(self._buttons)
        for button in self._in_head:
            buttons.addWidget(button)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(2 * STEP)
        self._head.addLayout(self._name_place, 1)
        self._head.addWidget(self._buttons)
        self.older_rules = Notice(parent=self)
        self._inside = QVBoxLayout()
        self._scroll = PageScroll(QWidget(), self)
        self._scroll.steady_margin = _SCROLL_ROOM
        self._frame = QVBoxLayout(self)
        self._frame.setSpacing(2 * STEP)
        self._top = QVBoxLayout()
        self._top.setSpacing(4)
        self._top.addLayout(self._head)
        self._top.addWidget(self.facts)
        self._frame.addLayout(self._top)
        self._bar = QVBoxLayout()
        self._bar.addWidget(self.older_rules)
        self._frame.addLayout(self._bar)
        self._frame.addWidget(self._scroll, 1)
        self._place()

    def show_recommendation(
        self,
        customer: Customer,
        recommendation: Recommendation,
        evaluated_at: datetime,
        rulebook_current: bool,
        work: CaseWork | None = None,
        acting: Acting | None = None,
        said_today: str = "",
    ) -> None:
        """Show this recommendation from its top; what was shown before is forgotten.

        With `work` it is in the history: states, ticks, due dates and the note can be changed.
        With `acting` there are days, letters and files to make of it. `said_today` is what
        today's rules would change, where they are others.
        """
        t = self._t
        self.setAccessibleName(
            t("%(customer)s: %(verdict)s")
            % {"customer": customer.name, "verdict": wording.headline(t, recommendation)}
        )
        self._show_name(customer.name)
        self.facts.setText(_facts(t, recommendation))
        self._say_older(recommendation, evaluated_at, rulebook_current, said_today)
        self.compare_button.setVisible(work is not None)
        view = View(t, recommendation, self.change_requested.emit, self._open_link, work)
        contents = ScrolledContents()
        contents.setObjectName("contents")
        self._inside = QVBoxLayout(contents)
        self._inside.setContentsMargins(0, 0, _SCROLL_ROOM, 3 * STEP)
        self._inside.setSpacing(2 * STEP)
        self.cards = cards(view, contents)
        if acting is not None:
            after = max(
                (place for place, card in enumerate(self.cards, 1) if isinstance(card, ActionCard)),
                default=len(self.cards),
            )
            self.cards[after:after] = acting_cards(view, acting, contents)
        if work is not None:
            self.cards += [DueCard(work, contents), NoteCard(work, contents)]
        for card in self.cards:
            self._inside.addWidget(card)
        self._inside.addStretch(1)
        # WORKAROUND: setWidget alone deletes what was there and PySide 6.11 crashes when it shows.
        before = self._scroll.takeWidget()
        self._scroll.setWidget(contents)
        if before is not None:
            before.deleteLater()
        self._scroll.verticalScrollBar().setValue(0)
        if self.isVisible():
            order_tabs(self)

    def save(self) -> None:
        """Write what was typed into the note and is not on the disk yet."""
        for card in self.cards:
            if isinstance(card, NoteCard):
                card.save()

    def show_evaluations(self, rows: Sequence[EvaluationRow], shown: int | None) -> None:
        """List all evaluations of the case below; `shown` is this one's id."""
        card = evaluations_card(
            self._t, rows, shown, self.open_requested.emit, self.compare_requested.emit, self
        )
        self._inside.insertWidget(len(self.cards), card)
        self.cards.append(card)

    def take_focus(self) -> None:
        """Called when the page appears."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # In a field it takes what was typed, and nothing else.
            if not isinstance(self.focusWidget(), QLineEdit):
                self.print_button.click()
            return
        if scroll_by_key(self._scroll, event):
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        order_tabs(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _show_name(self, name: str) -> None:
        # A name of two lines and more would push the verdict out of sight.
        shown: Title | Heading = (
            Title(name, self) if len(name) > _LONG_NAME else Heading(name, self)
        )
        self._name_place.replaceWidget(self._name, shown)
        self._name.deleteLater()
        self._name = shown

    def _say_older(
        self,
        recommendation: Recommendation,
        evaluated_at: datetime,
        rulebook_current: bool,
        said_today: str,
    ) -> None:
        if rulebook_current:
            self.older_rules.hide()
            return
        t = self._t
        said = t("Evaluated on %(date)s with rules %(version)s. Today’s rules are newer.") % {
            "date": t.date(evaluated_at.date()),
            "version": recommendation.rulebook.version,
        }
        unexplained = t(
            "What another answer would change is not said: those rules are no longer on this "
            "computer."
        )
        sentences = (said, said_today, "" if recommendation.explained else unexplained)
        self.older_rules.say(
            " ".join(one for one in sentences if one),
            t("Compare"),
            self.compare_with_today_requested.emit,
        )
        self.older_rules.add_button(t("Evaluate again"), self.evaluate_again_requested.emit)

    @property
    def _in_head(self) -> tuple[Button, ...]:
        return (self.edit_button, self.compare_button, self.new_button, self.print_button)

    def _place(self) -> None:
        margin = max(PAGE_MARGIN, (self.width() - _WIDEST) // 2)
        self._frame.setContentsMargins(margin, 24, margin - _SCROLL_ROOM, 0)
        for part in (self._top, self._bar):
            part.setContentsMargins(0, 0, _SCROLL_ROOM, 0)
        across = self.width() - 2 * margin
        shown = [button for button in self._in_head if not button.isHidden()]
        wide = sum(button.sizeHint().width() + STEP for button in shown) - STEP
        room = across - wide - 2 * STEP
        natural = min(self._name.fontMetrics().horizontalAdvance(self._name.text()), 2 * room)
        beside = room >= max(_NAME_AT_LEAST, natural)
        self._head.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._buttons.setMinimumWidth(wide if beside else 0)


def _facts(t: Texts, rec: Recommendation) -> str:
    """Day, channel, products and rules: what a seller tells results apart by."""
    said = {
        answered.question: wording.answer(t, answered)
        for answered in rec.said
        if rec.answers.get(answered.question) not in (UNKNOWN, (UNKNOWN,))
    }
    products = rec.answers.get("products")
    count = len(products) if isinstance(products, tuple | list) else 0
    if count > _FEW_PRODUCTS:
        said["products"] = t.plural("%(count)d product", "%(count)d products", count)
    parts = [
        t.date(rec.rulebook.as_of),
        said.get("channel", ""),
        said.get("products", ""),
        t("rules %(version)s") % {"version": rec.rulebook.version},
    ]
    return " · ".join(part for part in parts if part)
