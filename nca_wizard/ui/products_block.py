"""The products to choose from: by family, in columns, with a filter and what is chosen so far."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nca_wizard.rules.model.answers import UNKNOWN, Answer
from nca_wizard.rules.model.book import Family, Product, Question
from nca_wizard.texts import Texts
from nca_wizard.ui.question_block import QuestionBlock
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import ChoiceGroup, ChoiceRow, Label, LinkButton, Soft, Title

_COLUMN = 280


class _FamilyRows(QWidget):
    """One family's name and its products in as many columns as there is room for."""

    def __init__(self, name: str, rows: Sequence[ChoiceRow], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        if name:
            column.addWidget(Title(name, self))
        self._grid = QGridLayout()
        self._grid.setSpacing(STEP)
        column.addLayout(self._grid)
        for row in rows:
            row.setParent(self)
        self.arrange(2)

    def arrange(self, columns: int) -> None:
        """Place the rows that match the filter."""
        self._columns = columns
        while self._grid.count():
            self._grid.takeAt(0)
        shown = [row for row in self._rows if not row.isHidden()]
        for place, row in enumerate(shown):
            self._grid.addWidget(row, place // columns, place % columns)
        for number in range(3):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        self.setVisible(bool(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(1, min(3, self.width() // _COLUMN))
        if columns != self._columns:
            self.arrange(columns)


class ProductsBlock(QuestionBlock):
    """Which products; the tick boxes stay chosen while the filter hides them."""

    def __init__(
        self,
        texts: Texts,
        question: Question,
        parent: QWidget,
        families: Sequence[Family],
        products: Sequence[Product],
    ) -> None:
        super().__init__(texts, question, parent)
        self._names = {product.id: texts(product.name) for product in products}
        family_names = {family.id: texts(family.name) for family in families}
        # Many say the whole name: "Dynamics 365 Sales".
        self._searched = {
            product.id: f"{family_names[product.family]} {texts(product.name)}".casefold()
            for product in products
        }
        self.group = ChoiceGroup("several", texts(question.title), self)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(texts("Filter"))
        self.filter.setAccessibleName(texts("Filter the products"))
        self.filter.setClearButtonEnabled(False)
        self.filter.textChanged.connect(self._apply_filter)
        self.column.addWidget(self.filter)
        self._nothing_found = Soft("", self)
        self._nothing_found.hide()
        self.column.addWidget(self._nothing_found)
        self._families = [
            self._family_rows(family, products)
            for family in families
            if any(product.family == family.id for product in products)
        ]
        # A family that stands for "something else" is no heading, but an alternative.
        for rows in self._families:
            self.group.add_widget(rows)
        self.group.add_divider(texts("or"))
        self.group.add(
            UNKNOWN, texts("I don’t know yet"), texts(question.unknown_hint), numbered=False
        )
        self.column.addWidget(self._chosen_line())
        self.column.addWidget(self.group)
        self.group.changed.connect(self._tell_changed)
        self.group.changed.connect(self._say_chosen)
        self.add_help()
        self._say_chosen()

    def answer(self) -> Answer | None:
        chosen = self.group.chosen()
        if chosen == (UNKNOWN,):
            return UNKNOWN
        return chosen or None

    def show_answer(self, answer: Answer | None) -> None:
        if isinstance(answer, str):
            answer = (answer,)
        self.group.choose(answer if isinstance(answer, tuple) else ())
        self._say_chosen()

    def take_focus(self, product: str = "") -> None:
        row = self.group.rows.get(product)
        if row is not None:
            self.filter.clear()
        (row or self.filter).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
            return
        super().keyPressEvent(event)

    def press_enter(self) -> bool:
        """In the filter, Enter takes the one product that is left."""
        if not (self.filter.hasFocus() and self.filter.text().strip()):
            return False
        left = self._matches()
        if len(left) != 1:
            return True
        self.group.rows[left[0]].click()
        self.filter.clear()
        return True

    def set_error(self, sentence: str, product: str = "") -> None:
        super().set_error(sentence, product)
        if sentence:
            # What is wrong may be a row that the filter hides, or that none of the rest is ticked.
            self.filter.clear()
        self.filter.setAccessibleDescription(sentence)

    def _family_rows(self, family: Family, products: Sequence[Product]) -> _FamilyRows:
        rows = [
            self.group.make_row(
                product.id, self._names[product.id], self.texts(product.hint), numbered=False
            )
            for product in products
            if product.family == family.id
        ]
        return _FamilyRows(self.texts(family.name), rows, self)

    def _chosen_line(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        self._chosen = Label("", line)
        self._clear = LinkButton(
            self.texts("Clear"), self._choose_none, self.texts("Clear all products"), line
        )
        row.addWidget(self._chosen, 1)
        row.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _choose_none(self) -> None:
        self.group.choose(())
        self.filter.setFocus()
        self._say_chosen()
        self._tell_changed()

    def _say_chosen(self) -> None:
        names = [self._names[choice] for choice in self.group.chosen() if choice in self._names]
        said = self.texts.plural("%(count)d chosen", "%(count)d chosen", len(names))
        self._chosen.setText(f"{said}: {', '.join(names)}" if names else said)
        self._clear.setVisible(bool(self.group.chosen()))

    def _matches(self) -> list[str]:
        words = self.filter.text().casefold().split()
        return [
            product
            for product, searched in self._searched.items()
            if all(word in searched for word in words)
        ]

    def _apply_filter(self) -> None:
        matches = self._matches()
        for product in self._names:
            self.group.rows[product].setVisible(product in matches)
        for rows in self._families:
            rows.arrange(max(1, min(3, rows.width() // _COLUMN)))
        self._nothing_found.setText(
            ""
            if matches
            else self.texts("Nothing found for “%(text)s”.") % {"text": self.filter.text()}
        )
        self._nothing_found.setVisible(not matches)
