"""Any page of the rulebook, generated: its questions one under the other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from nca_wizard.rules.model import Product, Question
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
        one_count = sum(len(question.choices) + 1 for question in questions) <= NUMBERS
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
        first = next(iter(self.blocks.values()), None)
        # Something to type or pick in takes the focus; so does what is chosen already, which may
        # be far down. A choice not made yet is not made to look so.
        fields = isinstance(first, ProductsBlock | ByProductBlock)
        if first is not None and (fields or first.answer()):
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
        if plain and any(block.press_number(number) for block in self.blocks.values()):
            return
        super().keyPressEvent(event)

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
