"""A list on its way into the history: its columns and first rows, the run, what came of it.

page = ImportPage(texts, "customers.xlsx", table, rulebook, remembered)
page.run_requested.connect(...)         the columns
page.say_progress(97); page.show_result(imported)
"""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nca_wizard.exchange.list_rows import NAME, Accepted, Rejected, Vocabulary, read_row
from nca_wizard.exchange.lists import Table
from nca_wizard.report import wording
from nca_wizard.rules.interview import said
from nca_wizard.texts import Texts
from nca_wizard.ui.growing import GrowingList
from nca_wizard.ui.import_columns import ColumnsForm, fields_of, guessed
from nca_wizard.ui.import_known import KnownCard
from nca_wizard.ui.list_work import Imported
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.theme import colours_of
from nca_wizard.ui.widgets import (
    Card,
    CheckRow,
    Label,
    PrimaryButton,
    SecondaryButton,
    Soft,
    Title,
    announce,
)

MOST_ROWS = 10_000
_PREVIEWED = 5
_AT_ONCE = 50


class ImportPage(PageFrame):
    """One list."""

    run_requested = Signal(object)
    columns_chosen = Signal(object)
    """With the columns, as far as they say who the customer is: who is here already?"""
    cancel_requested = Signal()
    back_requested = Signal()
    save_requested = Signal()
    history_requested = Signal()
    undo_requested = Signal()

    def __init__(
        self, texts: Texts, name: str, table: Table, vocabulary: Vocabulary, remembered: str
    ) -> None:
        t = texts
        rows = t.plural("%(count)d row", "%(count)d rows", len(table.rows))
        super().__init__(
            t,
            t("Import a list"),
            name,
            t("%(how)s, %(rows)s") % {"how": table.how.said(t), "rows": rows},
        )
        self._table = table
        self._vocabulary = vocabulary
        fields = fields_of(t, vocabulary.rulebook)
        self._parts = QWidget(self)
        column = QVBoxLayout(self._parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.known = KnownCard(t, self._parts)
        column.addWidget(self.known)
        card = _card(t("Columns"), self._parts)
        self.form = ColumnsForm(t, table, fields, guessed(table, fields, remembered), card)
        self.form.changed.connect(self._preview)
        card.column.addWidget(self.form)
        self.remember = CheckRow(t("Remember this for lists with the same headings"), parent=card)
        self.remember.setChecked(True)
        card.column.addWidget(self.remember)
        column.addWidget(card)
        self.preview = _card(t("The first rows"), self._parts)
        self._lines = QVBoxLayout()
        self.preview.column.addLayout(self._lines)
        column.addWidget(self.preview)
        self.body.addWidget(self._parts)
        self.back = SecondaryButton(t("&Back"), self.back_requested.emit, parent=self)
        self.bar.add_left(self.back)
        self.cancel = SecondaryButton(t("&Cancel"), self.cancel_requested.emit, parent=self)
        self.cancel.hide()
        self.bar.add_right(self.cancel)
        evaluate = t.plural(
            "&Evaluate %(count)d customer", "&Evaluate %(count)d customers", len(table.rows)
        )
        self.run = PrimaryButton(evaluate, self._ask_to_run, parent=self)
        self.set_primary(self.run)
        self._preview()

    # --- Columns and preview ----------------------------------------------------------------

    def _preview(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.columns_chosen.emit(self.form.columns())
        if NAME not in self.form.columns():
            self._lines.addWidget(
                Soft(self.texts("Choose the column that has the customer name"), self.preview)
            )
            return
        for row in self._table.rows[:_PREVIEWED]:
            read = read_row(self._vocabulary, self.form.columns(), row)
            self._lines.addWidget(_told(self.texts, self._vocabulary, read, self.preview))

    def _ask_to_run(self) -> None:
        t = self.texts
        columns = self.form.columns()
        if NAME not in columns:
            self.form.error.say(t("Choose the column that has the customer name"))
            self.scrolled.verticalScrollBar().setValue(0)
            self.form.boxes[NAME].setFocus()
            announce(self, self.form.error.text())
        elif len(self._table.rows) > MOST_ROWS:
            self.form.error.say(
                t("%(count)s rows is more than one import takes (%(most)s). Split the file.")
                % {"count": t.number(len(self._table.rows)), "most": t.number(MOST_ROWS)}
            )
        else:
            self.run_requested.emit(columns)

    # --- The run ----------------------------------------------------------------------------

    def show_run(self) -> None:
        """Show how far it is, and Cancel."""
        t = self.texts
        self._parts.hide()
        self.run.hide()
        self.back.hide()
        self.cancel.show()
        self._running = _card(t("Evaluating"), self)
        self.progress = Bar(t("Evaluating"), len(self._table.rows), self._running)
        self._far = Label("", self._running)
        self._running.column.addWidget(self.progress)
        self._running.column.addWidget(self._far)
        self.body.addWidget(self._running)
        self.say_progress(0)
        self.cancel.setFocus()

    def say_progress(self, rows: int) -> None:
        """So many rows so far."""
        t = self.texts
        self.progress.set_value(rows)
        self._far.setText(
            t("%(done)s of %(all)s")
            % {"done": t.number(rows), "all": t.number(len(self._table.rows))}
        )

    def show_result(self, imported: Imported) -> None:
        """Show what became of it. Its rejected rows are shown some at a time."""
        t = self.texts
        self.cancel.hide()
        self._running.hide()
        self.back.show()
        words = result_words(t, imported, len(self._table.rows))
        card = _card(words, self)
        if imported.not_reached:
            card.column.addWidget(
                Label(
                    t.plural(
                        "Cancelled: %(count)d row was not looked at.",
                        "Cancelled: %(count)d rows were not looked at.",
                        imported.not_reached,
                    ),
                    card,
                )
            )
        if imported.rejected:
            entries: list[Callable[[QWidget], QWidget]] = [
                _entry(t, one) for one in imported.rejected
            ]
            rejected = GrowingList(t, entries, _AT_ONCE, t("Rejected rows"), card)
            rejected.set_spacing(4)
            card.column.addWidget(rejected)
            save = t.plural(
                "&Save the %(count)d row with its reason…",
                "&Save the %(count)d rows with their reasons…",
                len(imported.rejected),
            )
            self.save = SecondaryButton(save, self.save_requested.emit, parent=card)
            card.column.addWidget(self.save)
        if imported.done:
            self.undo = SecondaryButton(
                t("&Undo this import"), self.undo_requested.emit, parent=card
            )
            card.column.addWidget(self.undo)
            show = t.plural(
                "S&how it in the history", "S&how the %(count)d in the history", imported.done
            )
            self.show_button = PrimaryButton(show, self.history_requested.emit, parent=self)
            self.set_primary(self.show_button)
            self.show_button.setFocus()
        self.body.addWidget(card)
        announce(self, words)

    def show_acts(self, is_there: bool) -> None:
        """What can be done with the import, while it is there; nothing once it was undone."""
        self.undo.setVisible(is_there)
        self.show_button.setVisible(is_there)


def result_words(t: Texts, imported: Imported, rows: int) -> str:
    """ "209 evaluated, 3 not. 209 + 3 = 212 rows.", without those that were not looked at."""
    counts = {
        "done": imported.done,
        "left_out": imported.left_out,
        "not": len(imported.rejected),
        "all": rows - imported.not_reached,
    }
    if imported.left_out:
        return (
            t(
                "%(done)d evaluated, %(left_out)d here already and left out, %(not)d not. "
                "%(done)d + %(left_out)d + %(not)d = %(all)d rows."
            )
            % counts
        )
    return t("%(done)d evaluated, %(not)d not. %(done)d + %(not)d = %(all)d rows.") % counts


def _card(title: str, parent: QWidget) -> Card:
    card = Card(parent)
    card.setAccessibleName(title)
    card.column.addWidget(Title(title, card))
    return card


def _entry(t: Texts, one: Rejected) -> Callable[[QWidget], QWidget]:
    text = t("Row %(row)d: %(why)s") % {"row": one.row.number, "why": one.why.said(t)}
    return lambda parent: Label(text, parent)


def _told(t: Texts, vocabulary: Vocabulary, read: Accepted | Rejected, parent: QWidget) -> QWidget:
    """A row as it will be read: who, and what was answered; or why it will be rejected."""
    line = QWidget(parent)
    column = QVBoxLayout(line)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(0)
    if isinstance(read, Rejected):
        column.addWidget(Label(t("Row %(row)d will be rejected") % {"row": read.row.number}, line))
        column.addWidget(Soft(read.why.said(t), line, small=True))
        return line
    answered = said(vocabulary.rulebook, read.answers)
    words = " · ".join(wording.answer(t, one) for one in answered)
    column.addWidget(Label(read.customer.name, line))
    column.addWidget(Soft(words or t("No answers yet"), line, small=True))
    return line


class Bar(QWidget):
    """How far something is, as a bar; the figures stand beside it in words."""

    def __init__(self, name: str, whole: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._whole = max(whole, 1)
        self._value = 0

    def sizeHint(self) -> QSize:
        return QSize(320, 12)

    def set_value(self, value: int) -> None:
        self._value = value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(colours.field))
            painter.setBrush(QColor(colours.surface))
            whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(whole, 6, 6)
            done = QRectF(whole)
            done.setWidth(whole.width() * min(self._value / self._whole, 1))
            if done.width() >= 1:
                painter.setBrush(QColor(colours.accent))
                painter.drawRoundedRect(done, 6, 6)
