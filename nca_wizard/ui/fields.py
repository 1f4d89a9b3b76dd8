"""Fields to type in or pick from, each with its label, hint line and error.

name = TextField("Customer &name"); name.set_error("Enter the customer's name")
note = TextField("Internal note", hint="Never printed ...", lines=3)
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from nca_wizard.ui.labels import FieldError, Label, Soft
from nca_wizard.ui.theme import RADIUS, colours_of

_HEIGHT = 38


class TextField(QWidget):
    """A label, a hint line, an error and the field, from top to bottom.

    `label` may mark an access key with &. `lines` > 1 makes a field of several lines, which Tab
    leaves. Nothing is cut: a text that is too long is for the check to name.
    """

    changed = Signal(str)
    entered = Signal()
    """Enter was pressed, in a field of one line."""

    def __init__(
        self, label: str, hint: str = "", lines: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.edit: QLineEdit | QPlainTextEdit
        if lines == 1:
            self.edit = QLineEdit(self)
            self.edit.textChanged.connect(self.changed)
            self.edit.returnPressed.connect(self.entered)
            self.edit.setMinimumHeight(_HEIGHT)
        else:
            self.edit = QPlainTextEdit(self)
            self.edit.setTabChangesFocus(True)
            self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.edit.textChanged.connect(lambda: self.changed.emit(self.text()))
            self.edit.setFixedHeight(lines * self.edit.fontMetrics().lineSpacing() + 28)
        caption = Label(label.replace("&", ""), self)
        caption.setBuddy(self.edit)
        jump = QShortcut(QKeySequence.mnemonic(label), self)
        jump.activated.connect(self.take_focus)
        self._hint = hint
        self._error = FieldError(self)
        self.edit.setAccessibleName(label.replace("&", ""))
        self.edit.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        if hint:
            column.addWidget(Soft(hint, self, small=True))
        column.addWidget(self._error)
        column.addWidget(self.edit)

    def text(self) -> str:
        """What stands in the field, as typed."""
        return self.edit.text() if isinstance(self.edit, QLineEdit) else self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Show this text; `changed` is emitted if it differs."""
        if isinstance(self.edit, QLineEdit):
            self.edit.setText(text)
        elif text != self.edit.toPlainText():
            self.edit.setPlainText(text)

    def set_error(self, sentence: str) -> None:
        """Show the error beside the field, or none with ""."""
        self._error.say(sentence)
        self.edit.setAccessibleDescription(sentence or self._hint)
        self.edit.setProperty("wrong", bool(sentence))
        # A style sheet looks at a property only when it is told to.
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def take_focus(self) -> None:
        """Put the cursor into the field."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class NoWheelComboBox(QComboBox):
    """A drop-down list that the mouse wheel scrolls past, and that starts with nothing picked."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        # What drops down is a widget of its own.
        self.view().setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def add(self, value: str, label: str) -> None:
        """Add an entry; nothing is picked by it."""
        index = self.currentIndex()
        self.addItem(label, value)
        self.setCurrentIndex(index)

    def value(self) -> str:
        """The picked entry's value, "" if none."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def pick(self, value: str) -> None:
        """Show the entry with this value; an unknown one shows none."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A closed list would switch to its last entry where the page is to be scrolled.
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        texts = [self.itemText(index) for index in range(self.count())]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=80)
        placeholder = metrics.horizontalAdvance(self.placeholderText())
        return QSize(max(widest, placeholder) + 56, max(_HEIGHT, metrics.height() + 16))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 140), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            thick = 2 if self.hasFocus() else 1
            painter.setPen(QPen(QColor(colours.accent if thick == 2 else colours.field), thick))
            painter.setBrush(QColor(colours.hover if self.underMouse() else colours.surface))
            half = thick / 2
            box = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            picked = self.currentIndex() >= 0
            painter.setPen(QColor(colours.text if picked else colours.soft))
            room = self.rect().adjusted(12, 0, -34, 0)
            text = self.currentText() if picked else self.placeholderText()
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            middle = QPointF(self.width() - 20, self.height() / 2 - 2)
            arrow = [middle + QPointF(-5, 0), middle + QPointF(0, 5), middle + QPointF(5, 0)]
            painter.setPen(QPen(QColor(colours.soft), 2, c=Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(QPolygonF(arrow))
