"""Choices as whole rows: click anywhere in the row, or press its number.

    rows = ChoiceGroup("one")                       or "several"
    rows.add("enterprise_agreement", "Enterprise Agreement", "Signed with Microsoft, ...")
    rows.add_divider("or")
    rows.add("unknown", "I don't know yet", "You get the question to ask")
    rows.choose(("enterprise_agreement",)); rows.chosen(); rows.changed.connect(...)

Nothing is chosen until someone chooses. The hint is in the accessible description.
"""

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QVBoxLayout
from PySide6.QtWidgets import QWidget as _QWidget

from nca_wizard.ui.labels import Soft, literal
from nca_wizard.ui.theme import CAPTION_PX, RADIUS, STEP, TEXT_PX, Colours, colours_of, resized

ROW_AT_LEAST = 44
_SIDE = 16
_ABOVE = 10
_MARK = 20
_GAP = 13
_HALO = 4
_NUMBER_ROOM = 24
_WRAP = Qt.TextFlag.TextWordWrap


class _Row:
    """How a row is measured and painted; its button keeps state, focus and keys."""

    def __init__(self, button: QAbstractButton, label: str, hint: str, number: int) -> None:
        self._button = button
        self._label = label
        self._hint = hint
        self._number = number
        button.setText(literal(label))
        button.setAccessibleName(label)
        button.setAccessibleDescription(hint)
        button.setAttribute(Qt.WidgetAttribute.WA_Hover)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)

    def height_at(self, width: int) -> int:
        room = self._text_width(width)
        text = self._height_of(self._label_font(), self._label, room)
        if self._hint:
            text += self._height_of(self._hint_font(), self._hint, room)
        return max(text + 2 * _ABOVE, ROW_AT_LEAST)

    def size(self) -> QSize:
        self._button.ensurePolished()
        natural = max(
            QFontMetrics(self._label_font()).horizontalAdvance(self._label),
            QFontMetrics(self._hint_font()).horizontalAdvance(self._hint),
        )
        width = natural + self._left() + self._right() + 2
        return QSize(width, self.height_at(width))

    def least(self) -> QSize:
        width = min(self.size().width(), 180)
        return QSize(width, ROW_AT_LEAST)

    def paint(self) -> None:
        button = self._button
        colours = colours_of(button.palette())
        with QPainter(button) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter, colours)
            self._paint_mark(painter, colours)
            self._paint_text(painter, colours)

    def _paint_ground(self, painter: QPainter, colours: Colours) -> None:
        button = self._button
        chosen, focused = button.isChecked(), button.hasFocus()
        ground = colours.accent_soft if chosen else colours.surface
        if not chosen and button.underMouse():
            ground = colours.hover
        thick = 2.0 if chosen or focused else 1.0
        edge = colours.accent if chosen or focused else colours.field
        box = QRectF(button.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), thick))
        painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _paint_mark(self, painter: QPainter, colours: Colours) -> None:
        button = self._button
        chosen = button.isChecked()
        round_mark = isinstance(button, QRadioButton)
        mark = QRectF(_SIDE, (button.height() - _MARK) / 2, _MARK, _MARK)
        radius = _MARK / 2 if round_mark else 5
        if button.hasFocus():
            # The row's own edge says "chosen" as well, so focus is told by a ring of its own.
            halo = mark.adjusted(-_HALO, -_HALO, _HALO, _HALO)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(halo, radius + _HALO, radius + _HALO)
        painter.setPen(QPen(QColor(colours.accent if chosen else colours.field), 2))
        filled = chosen and not round_mark
        painter.setBrush(QColor(colours.accent if filled else colours.surface))
        painter.drawRoundedRect(mark.adjusted(1, 1, -1, -1), radius, radius)
        if not chosen:
            return
        if round_mark:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(mark.center(), 5, 5)
            return
        tick = QPainterPath(mark.topLeft() + QPoint(5, 10))
        tick.lineTo(mark.topLeft() + QPoint(9, 14))
        tick.lineTo(mark.topLeft() + QPoint(15, 6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.on_accent), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawPath(tick)

    def _paint_text(self, painter: QPainter, colours: Colours) -> None:
        button = self._button
        left = Qt.AlignmentFlag.AlignLeft | _WRAP
        room = self._text_width(button.width())
        label_height = self._height_of(self._label_font(), self._label, room)
        hint_height = self._height_of(self._hint_font(), self._hint, room) if self._hint else 0
        top = (button.height() - label_height - hint_height) // 2
        painter.setFont(self._label_font())
        painter.setPen(QColor(colours.text))
        painter.drawText(QRect(self._left(), top, room, label_height), left, self._label)
        if self._hint:
            painter.setFont(self._hint_font())
            painter.setPen(QColor(colours.soft))
            below = QRect(self._left(), top + label_height, room, hint_height)
            painter.drawText(below, left, self._hint)
        if self._number:
            painter.setFont(self._hint_font())
            painter.setPen(QColor(colours.soft))
            corner = QRect(button.width() - _SIDE - _NUMBER_ROOM, 0, _NUMBER_ROOM, button.height())
            painter.drawText(
                corner,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                str(self._number),
            )

    def _left(self) -> int:
        return _SIDE + _MARK + _GAP

    def _right(self) -> int:
        return _SIDE + (_NUMBER_ROOM if self._number else 0)

    def _text_width(self, width: int) -> int:
        return max(width - self._left() - self._right(), 60)

    def _label_font(self) -> QFont:
        return resized(self._button.font(), TEXT_PX, QFont.Weight.Medium)

    def _hint_font(self) -> QFont:
        return resized(self._button.font(), CAPTION_PX)

    def _height_of(self, font: QFont, text: str, width: int) -> int:
        around = QRect(0, 0, width, 10_000)
        return QFontMetrics(font).boundingRect(around, _WRAP, text).height()


class RadioRow(QRadioButton):
    """One of several that exclude each other."""

    def __init__(
        self, label: str, hint: str = "", number: int = 0, parent: _QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = _Row(self, label, hint, number)

    def sizeHint(self) -> QSize:
        return self._row.size()

    def minimumSizeHint(self) -> QSize:
        return self._row.least()

    def heightForWidth(self, width: int) -> int:
        return self._row.height_at(width)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._row.paint()


class CheckRow(QCheckBox):
    """One of several that go together."""

    def __init__(
        self, label: str, hint: str = "", number: int = 0, parent: _QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = _Row(self, label, hint, number)

    def sizeHint(self) -> QSize:
        return self._row.size()

    def minimumSizeHint(self) -> QSize:
        return self._row.least()

    def heightForWidth(self, width: int) -> int:
        return self._row.height_at(width)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._row.paint()


ChoiceRow = RadioRow | CheckRow


class ChoiceGroup(_QWidget):
    """Rows that answer one question, of one kind, with keys 1 to 9, which the page gives out.

    Several groups on a page share the numbers: `first_number` is where this one begins.
    `changed` is emitted for every change a person makes, not for `choose`.
    """

    changed = Signal()

    def __init__(
        self,
        kind: Literal["one", "several"],
        name: str,
        parent: _QWidget | None = None,
        first_number: int = 1,
    ) -> None:
        super().__init__(parent)
        self._numbered: dict[int, ChoiceRow] = {}
        self._next_number = first_number
        self._kind = kind
        self._rows: dict[str, ChoiceRow] = {}
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP)

    def add(self, choice: str, label: str, hint: str = "", numbered: bool = True) -> ChoiceRow:
        """Add a row at the end."""
        row = self.make_row(choice, label, hint, numbered)
        self._column.addWidget(row)
        return row

    def make_row(self, choice: str, label: str, hint: str = "", numbered: bool = True) -> ChoiceRow:
        """Make a row of this group that the caller places, for rows in columns."""
        number = self._next_number if numbered and self._next_number <= 9 else 0
        row: ChoiceRow
        if self._kind == "one":
            row = RadioRow(label, hint, number, self)
        else:
            row = CheckRow(label, hint, number, self)
        self._rows[choice] = row
        if number:
            self._numbered[number] = row
            self._next_number += 1
        row.clicked.connect(self.changed)
        return row

    def add_divider(self, text: str) -> None:
        """A line of text between rows: "or"."""
        self._column.addWidget(Soft(text, self, small=True))

    def add_widget(self, widget: _QWidget) -> None:
        """Something else among the rows."""
        self._column.addWidget(widget)

    def number_of(self, choice: str) -> int:
        """The key that chooses this, 0 if none does."""
        row = self._rows[choice]
        return next((number for number, each in self._numbered.items() if each is row), 0)

    @property
    def next_number(self) -> int:
        """The number the next group on the page begins with."""
        return self._next_number

    @property
    def rows(self) -> dict[str, ChoiceRow]:
        """The rows by choice, in order."""
        return dict(self._rows)

    def chosen(self) -> tuple[str, ...]:
        """The chosen choices in the order of the rows."""
        return tuple(choice for choice, row in self._rows.items() if row.isChecked())

    def choose(self, choices: Iterable[str]) -> None:
        """Show these as chosen."""
        wanted = set(choices)
        # Qt refuses to leave an exclusive group empty.
        for row in self._rows.values():
            row.setAutoExclusive(False)
        for choice, row in self._rows.items():
            row.setChecked(choice in wanted)
        for row in self._rows.values():
            row.setAutoExclusive(self._kind == "one")

    def take_focus(self) -> None:
        """Focus the chosen row, or the first."""
        chosen = self.chosen()
        rows = list(self._rows.values())
        if rows:
            row = self._rows[chosen[0]] if chosen else rows[0]
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def row_of_number(self, number: int) -> ChoiceRow | None:
        """The row that the key 1 to 9 chooses, if there is one."""
        row = self._numbered.get(number)
        return row if row is not None and row.isVisible() else None
