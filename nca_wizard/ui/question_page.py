"""Any page of the rulebook, generated: its questions one under the other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from nca_wizard.rules.model.book import Product, Question
from nca_wizard.texts import Texts
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.products_block import ProductsBlock
from nca_wizard.ui.question_block import (
    ByProductBlock,
    ChoicesBlock,
    OneOrByProductBlock,
    QuestionBlock,
)
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Soft, Title

PRODUCTS = "products"
NUMBERS = 9


class QuestionPage(CasePage):
    """One screen of the interview; keys 1 to 9 choose."""

    def __init__(self, texts: Texts, session: CaseSession) -> None:
        page = session.rulebook.page(session.page)
        super().__init__(texts, session, texts(page.heading), texts(page.why))
        self.body.setSpacing(STEP)
        self.blocks: dict[str, QuestionBlock] = {}
        questions = session.questions(session.page)
        number = 1
        # Numbers run on over the page where nine are enough; else each question has its own,
        # and a key answers the question that has the focus.
        self._one_count = one_count = (
            sum(len(question.choices) + 1 for question in questions) <= NUMBERS
        )
        for question in questions:
            if len(questions) > 1:
                self._introduce(question, page.why)
            block = self._block(question, number)
            number = block.next_number if one_count else 1
            block.show_answer(session.answers.get(question.id))
            block.changed.connect(self._take)
            self.blocks[question.id] = block
            self.body.addWidget(block)
            self.body.addSpacing(3 * STEP)

    def take_focus(self) -> None:
        """At what is chosen, else at the first thing to choose; nothing is chosen by that."""
        first = next(iter(self.blocks.values()), None)
        if first is not None:
            first.take_focus()
        else:
            super().take_focus()

    def clear_errors(self) -> None:
        for block in self.blocks.values():
            block.set_error("")

    def show_error(self, where: str, product: str, sentence: str) -> None:
        self.blocks[where].set_error(sentence, product)

    def focus_field(self, where: str, product: str) -> None:
        self.blocks[where].take_focus(product)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and any(
            block.press_enter() for block in self.blocks.values()
        ):
            return
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        number = event.key() - Qt.Key.Key_0
        if not (plain and self._press_number(number)):
            super().keyPressEvent(event)

    def _press_number(self, number: int) -> bool:
        """Choose by a number key. False if no row is meant.

        Meant is the question with the focus, else one in sight; where every number stands once
        on the page it is meant wherever it is, and comes into sight.
        """
        at_focus = self._block_at_focus()
        row = at_focus.row_of_number(number) if at_focus is not None else None
        if row is None and (self._one_count or at_focus is None):
            named = [block.row_of_number(number) for block in self.blocks.values()]
            rows = (each for each in named if each is not None)
            row = next((each for each in rows if self._one_count or _in_sight(each)), None)
        if row is None:
            return False
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.scrolled.ensureWidgetVisible(row, 0, 3 * STEP)
        row.click()
        return True

    def _block_at_focus(self) -> QuestionBlock | None:
        """The question whose choices or help have the focus, unless it is scrolled away."""
        focused = QApplication.focusWidget()
        for block in self.blocks.values():
            if focused is not None and block.isAncestorOf(focused) and _in_sight(block, 0):
                return block
        return None

    def _take(self, question_id: str) -> None:
        self.session.answer(question_id, self.blocks[question_id].answer())
        self.edited.emit()
        self.refresh_panel()

    def _introduce(self, question: Question, said_already: str) -> None:
        """The question above its choices, and why we ask unless the page says so."""
        self.body.addWidget(Title(self.texts(question.title), self))
        if question.why != said_already:
            self.body.addWidget(Soft(self.texts(question.why), self))

    def _block(self, question: Question, number: int) -> QuestionBlock:
        parent: QWidget = self
        if question.id == PRODUCTS:
            book = self.session.rulebook
            return ProductsBlock(self.texts, question, parent, book.families, book.products)
        if question.kind == "by_product":
            return ByProductBlock(self.texts, question, parent, self._chosen_products())
        if question.kind == "one_or_by_product":
            return OneOrByProductBlock(
                self.texts, question, parent, number, self._chosen_products()
            )
        return ChoicesBlock(self.texts, question, parent, number)

    def _chosen_products(self) -> tuple[Product, ...]:
        answer = self.session.answers.get(PRODUCTS, ())
        chosen = answer if isinstance(answer, tuple) else ()
        return tuple(p for p in self.session.rulebook.products if p.id in chosen)


def _in_sight(widget: QWidget, share: float = 0.5) -> bool:
    """Whether more than this share of the widget's height is not scrolled away."""
    return widget.visibleRegion().boundingRect().height() > share * widget.height()
