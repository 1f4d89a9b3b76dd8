"""One question on the screen: its choices, its error, and how to find out.

`block_for` picks the kind. Every kind shows an answer, gives it back, and takes an error.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.rules.model.answers import UNKNOWN, Answer
from nca_wizard.rules.model.book import Product, Question
from nca_wizard.texts import Texts
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import (
    ChoiceGroup,
    ChoiceRow,
    Expander,
    FieldError,
    Label,
    NoWheelComboBox,
    Soft,
)

_DIFFERS = "differs"


class QuestionBlock(QWidget):
    """A question's error, its choices and its help."""

    changed = Signal(str)

    def __init__(self, texts: Texts, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.texts = texts
        self.question = question
        self.setAccessibleName(texts(question.title))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(STEP)
        self._how_many = texts("Choose all that apply") if question.kind == "several" else ""
        if self._how_many:
            self.column.addWidget(Soft(self._how_many, self, small=True))
        self.setAccessibleDescription(self._how_many)
        self._error = FieldError(self)
        self.column.addWidget(self._error)

    def add_help(self) -> None:
        """The places where the answer is visible, folded away."""
        if not self.question.how_to_find_out:
            return
        body = QWidget(self)
        lines = QVBoxLayout(body)
        lines.setContentsMargins(22, 0, 0, 0)
        lines.setSpacing(6)
        for text in self.question.how_to_find_out:
            lines.addWidget(Soft(self.texts(text), body))
        row = QHBoxLayout()
        row.addWidget(Expander(self.texts("How to find out"), body, self))
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(body)

    def answer(self) -> Answer | None:
        """What is chosen now, None for nothing."""
        raise NotImplementedError  # for each kind to say; Qt's metaclass and abc's do not mix

    def show_answer(self, answer: Answer | None) -> None:
        raise NotImplementedError  # for each kind to say; Qt's metaclass and abc's do not mix

    def take_focus(self, product: str = "") -> None:
        """Focus where the answer is given."""
        raise NotImplementedError  # for each kind to say; Qt's metaclass and abc's do not mix

    def set_error(self, sentence: str, product: str = "") -> None:
        """Show the error beside the question, or none with ""."""
        self._error.say(sentence)
        self.setAccessibleDescription(sentence or self._how_many)

    def row_of_number(self, number: int) -> ChoiceRow | None:
        """The row that a key from 1 to 9 chooses, if there is one."""
        return None

    def press_enter(self) -> bool:
        """Whether Enter did something here instead of leaving the page."""
        return False

    @property
    def next_number(self) -> int:
        """The number for the next block's first choice."""
        return 1

    def _tell_changed(self) -> None:
        self.changed.emit(self.question.id)


class ChoicesBlock(QuestionBlock):
    """One or several of a few choices."""

    def __init__(
        self, texts: Texts, question: Question, parent: QWidget, first_number: int
    ) -> None:
        super().__init__(texts, question, parent)
        one = question.kind != "several"
        self.group = ChoiceGroup(
            "one" if one else "several", texts(question.title), self, first_number
        )
        for choice in question.choices:
            if not choice.alone:
                self.group.add(choice.id, texts(choice.label), texts(choice.hint))
        self._add_last_choices()
        self.group.setAccessibleDescription(self._how_many)
        self.group.changed.connect(self._tell_changed)
        self.column.addWidget(self.group)
        self._add_below()
        self.add_help()

    def answer(self) -> Answer | None:
        chosen = self.group.chosen()
        if not chosen:
            return None
        if self.question.kind != "several" or chosen == (UNKNOWN,):
            return chosen[0]
        return chosen

    def show_answer(self, answer: Answer | None) -> None:
        if isinstance(answer, str):
            answer = (answer,)
        self.group.choose(answer if isinstance(answer, tuple) else ())

    def take_focus(self, product: str = "") -> None:
        self.group.take_focus()

    def set_error(self, sentence: str, product: str = "") -> None:
        super().set_error(sentence, product)
        self.group.setAccessibleDescription(sentence or self._how_many)

    def row_of_number(self, number: int) -> ChoiceRow | None:
        return self.group.row_of_number(number)

    @property
    def next_number(self) -> int:
        return self.group.next_number

    def _add_last_choices(self) -> None:
        self.group.add_divider(self.texts("or"))
        for choice in self.question.choices:
            if choice.alone:
                self.group.add(choice.id, self.texts(choice.label), self.texts(choice.hint))
        self.group.add(
            UNKNOWN, self.texts("I don’t know yet"), self.texts(self.question.unknown_hint)
        )

    def _add_below(self) -> None:
        """What stands between the choices and the help."""


class ByProductBlock(QuestionBlock):
    """One choice for each chosen product."""

    def __init__(
        self,
        texts: Texts,
        question: Question,
        parent: QWidget,
        products: Sequence[Product],
    ) -> None:
        super().__init__(texts, question, parent)
        self.grid = ProductGrid(texts, question, products, self)
        self.grid.changed.connect(self._tell_changed)
        self.column.addWidget(self.grid)
        self.add_help()

    def answer(self) -> Answer | None:
        return self.grid.answer() or None

    def show_answer(self, answer: Answer | None) -> None:
        self.grid.show_answer(answer)

    def take_focus(self, product: str = "") -> None:
        self.grid.take_focus(product)

    def set_error(self, sentence: str, product: str = "") -> None:
        if product or not sentence:
            self.grid.set_error(sentence, product)
        if not product:
            super().set_error(sentence, product)


class OneOrByProductBlock(ChoicesBlock):
    """One choice for all products, or one for each."""

    def __init__(
        self,
        texts: Texts,
        question: Question,
        parent: QWidget,
        first_number: int,
        products: Sequence[Product],
    ) -> None:
        self._products = products
        super().__init__(texts, question, parent, first_number)
        self.group.changed.connect(self._show_grid)

    def answer(self) -> Answer | None:
        if self._differs:
            return self.grid.answer()
        return super().answer()

    def show_answer(self, answer: Answer | None) -> None:
        if isinstance(answer, Mapping):
            self.group.choose((_DIFFERS,))
            self.grid.show_answer(answer)
        else:
            super().show_answer(answer)
        self._show_grid()

    def take_focus(self, product: str = "") -> None:
        if product:
            self.grid.take_focus(product)
        else:
            super().take_focus()

    def set_error(self, sentence: str, product: str = "") -> None:
        if product or not sentence:
            self.grid.set_error(sentence, product)
        if not product:
            super().set_error(sentence, product)

    @property
    def _differs(self) -> bool:
        return self.group.chosen() == (_DIFFERS,)

    def _add_last_choices(self) -> None:
        if len(self._products) > 1:
            self.group.add(
                _DIFFERS, self.texts("It differs by product"), self.texts("You say for each")
            )
        super()._add_last_choices()

    def _add_below(self) -> None:
        self.grid = ProductGrid(self.texts, self.question, self._products, self)
        self.grid.changed.connect(self._tell_changed)
        self.grid.hide()
        self.column.addWidget(self.grid)

    def _show_grid(self) -> None:
        self.grid.setVisible(self._differs)


class ProductGrid(QWidget):
    """A line per product: its name and a list to pick from; arrow keys move in the list."""

    changed = Signal()

    def __init__(
        self, texts: Texts, question: Question, products: Sequence[Product], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._kept: dict[str, str] = {}
        self._lists: dict[str, NoWheelComboBox] = {}
        self._errors: dict[str, FieldError] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(1, 1)
        for row, product in enumerate(products):
            name = texts(product.name)
            # "Sales, How is each product bought?" is what a screen reader needs to hear.
            picker = NoWheelComboBox(
                f"{name}: {texts(question.title)}", texts("Select"), parent=self
            )
            for choice in question.choices:
                picker.add(choice.id, texts(choice.label))
            picker.add(UNKNOWN, texts("I don’t know yet"))
            picker.activated.connect(self.changed)
            label = Label(name, self)
            label.setBuddy(picker)
            label.setMinimumWidth(150)
            error = FieldError(self)
            grid.addWidget(label, 2 * row + 1, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(picker, 2 * row + 1, 1)
            grid.addWidget(error, 2 * row, 1)
            self._lists[product.id] = picker
            self._errors[product.id] = error

    def answer(self) -> dict[str, str]:
        """Choice by product, without those that have none; other products' answers are kept."""
        picked = {product: picker.value() for product, picker in self._lists.items()}
        return {**self._kept, **{product: value for product, value in picked.items() if value}}

    def show_answer(self, answer: Answer | None) -> None:
        by_product = answer if isinstance(answer, Mapping) else {}
        self._kept = {
            product: choice for product, choice in by_product.items() if product not in self._lists
        }
        for product, picker in self._lists.items():
            picker.pick(by_product.get(product, ""))

    def take_focus(self, product: str = "") -> None:
        picker = self._lists.get(product) or next(iter(self._lists.values()), None)
        if picker is not None:
            picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_error(self, sentence: str, product: str = "") -> None:
        """Show the error beside one product, or clear all with ""."""
        for each, error in self._errors.items():
            if not sentence:
                error.say("")
                self._lists[each].setAccessibleDescription("")
        if sentence and product in self._errors:
            self._errors[product].say(sentence)
            self._lists[product].setAccessibleDescription(sentence)
