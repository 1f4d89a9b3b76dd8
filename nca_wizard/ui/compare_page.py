"""Two or three evaluations beside each other, and why they differ.

page = ComparePage(texts, sides)
page.show_why([...])                    what the rules and what the customer have to do with it
page.show_rows(compared(t, sides, again))
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from nca_wizard.report.compared import (
    MARKS,
    WHAT_THE_MARKS_SAY,
    Entry,
    Row,
    Section,
    Side,
    Why,
    word_for,
)
from nca_wizard.texts import Texts
from nca_wizard.ui.breaking_label import BreakingLabel
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.result_parts import Strong, bullets, scaled, strong_font, titled
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import (
    Card,
    CheckRow,
    Label,
    Line,
    PrimaryButton,
    SecondaryButton,
    Soft,
)

_NAME_COLUMN = 132
_BECAUSE_COLUMN = 92


class ComparePage(PageFrame):
    """What differs, at first; everything when asked for."""

    commands = frozenset({"print"})
    """Commands of the menus that have something to do while this page shows."""

    back_requested = Signal()
    print_requested = Signal()
    swap_requested = Signal()
    """The other way round; of three the first becomes the last."""
    only_differences_changed = Signal(bool)

    def __init__(
        self, texts: Texts, sides: Sequence[Side], *, only_differences: bool = True
    ) -> None:
        t = texts
        super().__init__(
            t,
            t("History"),
            t("Compare"),
            t(WHAT_THE_MARKS_SAY),
        )
        self._sides = tuple(sides)
        self._sections: tuple[Section, ...] = ()
        self.reasons: tuple[Why, ...] = ()
        """Why they differ, as far as it was told."""
        self.only_differences = CheckRow(t("Only differences"), parent=self)
        self.only_differences.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.only_differences.setChecked(only_differences)
        self.only_differences.toggled.connect(self._show)
        self.only_differences.toggled.connect(self.only_differences_changed)
        self._why = QVBoxLayout()
        self.body.addLayout(self._why)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2 * STEP)
        self.body.addLayout(self._rows)
        self.bar.add_left(SecondaryButton(t("&Back"), self.back_requested.emit, parent=self))
        self.bar.add_left(self.only_differences)
        self.bar.add_right(SecondaryButton(t("&Swap"), self.swap_requested.emit, parent=self))
        self.set_primary(PrimaryButton(t("&Print or PDF"), self.print_requested.emit, parent=self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    def show_why(self, why: Sequence[Why]) -> None:
        """Say why they differ, each sentence with what it sums up."""
        self.reasons = tuple(why)
        if not why:
            return
        card = titled(self.texts("Reason for the difference"), self)
        for one in why:
            card.column.addWidget(Label(one.sentence, card))
            if one.details:
                card.column.addLayout(bullets(one.details, card))
        self._why.addWidget(card)

    def show_rows(self, sections: Sequence[Section]) -> None:
        """Show these in the place of what was shown."""
        self._sections = tuple(sections)
        self._show()

    @property
    def shown_sections(self) -> tuple[Section, ...]:
        """What is shown: everything, or what differs."""
        if not self.only_differences.isChecked():
            return self._sections
        differing = (
            Section(one.title, tuple(row for row in one.rows if row.differs))
            for one in self._sections
        )
        return tuple(one for one in differing if one.rows)

    def _show(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            before = item.widget()
            if before is not None:
                before.hide()
                before.deleteLater()
        for section in self.shown_sections:
            self._rows.addWidget(self._card(section.title, section.rows))
        if not self._rows.count():
            card = Card(self)
            card.column.addWidget(Label(self.texts("No differences."), card))
            self._rows.addWidget(card)
        if self.isVisible():
            order_tabs(self)

    def _card(self, title: str, rows: Sequence[Row]) -> Card:
        card = titled(title, self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnMinimumWidth(0, scaled(self, _NAME_COLUMN))
        for column, side in enumerate(self._sides, start=1):
            grid.addWidget(self._head(side, card), 0, column, _TOP)
            grid.setColumnStretch(column, 3)
        because = any(row.because for row in rows)
        last = len(self._sides) + 1
        if because:
            grid.addWidget(Soft(self.texts("Because of"), card, small=True), 0, last, _TOP)
            grid.setColumnMinimumWidth(last, scaled(self, _BECAUSE_COLUMN))
        for place, row in enumerate(rows):
            line = 2 * place + 1
            grid.addWidget(Line(card), line, 0, 1, last + because)
            grid.addWidget(Soft(row.name, card), line + 1, 0, _TOP)
            for column, entry in enumerate(row.entries, start=1):
                grid.addWidget(self._cell(row, entry, column, card), line + 1, column, _TOP)
            if row.because:
                word = Soft(word_for(self.texts, row.because), card, small=True)
                grid.addWidget(word, line + 1, last, _TOP)
        card.column.addLayout(grid)
        return card

    def _head(self, side: Side, card: Card) -> QWidget:
        t, stamp = self.texts, side.rec.rulebook
        head = QWidget(card)
        words = QVBoxLayout(head)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        name = BreakingLabel(side.customer, head)
        name.setFont(strong_font())
        words.addWidget(name)
        about = t("%(day)s, rules %(version)s") % {
            "day": t.date(stamp.as_of),
            "version": stamp.version,
        }
        words.addWidget(Soft(about, head, small=True))
        return head

    def _cell(self, row: Row, entry: Entry, column: int, card: Card) -> Label:
        text = f"{MARKS[entry.mark]}  {entry.text}" if entry.mark else entry.text
        label = Strong(text, card) if entry.mark else Label(text, card)
        label.setAccessibleName(
            self.texts("%(row)s, %(side)s: %(text)s")
            % {"row": row.name, "side": self._sides[column - 1].customer, "text": text}
        )
        return label


_TOP = Qt.AlignmentFlag.AlignTop
