"""Typeset pages on screen, as they will be on paper: black on white in every theme."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from nca_wizard.ui.theme import LIGHT, colours_of
from nca_wizard.ui.widgets import PageScroll

_POINTS_AN_INCH = 72
# Of A4 and Letter, the wider one, in points; both are shown at the same scale.
_SHEET_WIDTH = 612
_WIDEST = 820
_GAP = 20
_RING = 3

_Move = QAbstractSlider.SliderAction
_MOVES: dict[int, _Move] = {
    Qt.Key.Key_Up: _Move.SliderSingleStepSub,
    Qt.Key.Key_Down: _Move.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _Move.SliderPageStepSub,
    Qt.Key.Key_PageDown: _Move.SliderPageStepAdd,
    Qt.Key.Key_Home: _Move.SliderToMinimum,
    Qt.Key.Key_End: _Move.SliderToMaximum,
}


class Sheets(QWidget):
    """The pages under each other, as wide as there is room for.

    `wanted` says how many pixels an inch takes now; whoever has the pages draws them so.
    """

    wanted = Signal(float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Sequence[QImage] = ()
        self._waiting = ""
        self._name = name
        self._marked = False
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, sentence: str) -> None:
        """Show these words where the pages will be."""
        self._waiting = sentence
        self._pages = ()
        self.updateGeometry()
        self.update()

    def show_pages(self, pages: Sequence[QImage]) -> None:
        """Show these."""
        self._waiting = ""
        self._pages = pages
        self.updateGeometry()
        self.update()

    def mark(self, marked: bool) -> None:
        """Show that the keys scroll these pages."""
        self._marked = marked
        self.update()

    @property
    def pages(self) -> Sequence[QImage]:
        """What is shown, in device pixels."""
        return self._pages

    @property
    def pixels_an_inch(self) -> float:
        """Device pixels, so that every letter is as sharp as the screen can show it."""
        width = min(self.width(), _WIDEST)
        return width * self.devicePixelRatioF() * _POINTS_AN_INCH / _SHEET_WIDTH

    def top_of(self, place: int) -> int:
        """Where a page begins."""
        return next((box.top() for index, box in enumerate(self._boxes()) if index == place), 0)

    def sizeHint(self) -> QSize:
        return QSize(_WIDEST, self.heightForWidth(_WIDEST))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    def heightForWidth(self, width: int) -> int:
        boxes = self._boxes(width)
        return boxes[-1].bottom() + 2 if boxes else round(min(width, _WIDEST) * 1.42)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self.wanted.emit(self.pixels_an_inch)

    def paintEvent(self, event: QPaintEvent) -> None:
        # What is scrolled keeps the palette it was first shown with: the style sheet named it.
        colours = colours_of(self.window().palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self._pages:
                painter.setPen(QColor(colours.soft))
                top = QRect(0, 0, self.width(), min(self.height(), 240))
                painter.drawText(top, Qt.AlignmentFlag.AlignCenter, self._waiting)
                return
            for page, box in zip(self._pages, self._boxes(), strict=True):
                painter.drawImage(QRectF(box), page)
                painter.setPen(QPen(QColor(colours.line), 1))
                painter.drawRect(QRectF(box).adjusted(-0.5, -0.5, 0.5, 0.5))
                if self._marked:
                    half = _RING / 2
                    # It lies on the paper, which is white in every theme.
                    painter.setPen(QPen(QColor(LIGHT.accent), _RING))
                    painter.drawRect(QRectF(box).adjusted(half, half, -half, -half))

    def _boxes(self, width: int | None = None) -> list[QRect]:
        room = self.width() if width is None else width
        across = min(room, _WIDEST)
        widest = max((page.width() for page in self._pages), default=1)
        boxes: list[QRect] = []
        top = 1
        for page in self._pages:
            wide = (across - 2) * page.width() // widest
            high = wide * page.height() // max(page.width(), 1)
            boxes.append(QRect((room - wide) // 2, top, wide, high))
            top += high + _GAP
        return boxes


class SheetScroll(PageScroll):
    """Scrolls the sheets; a stop of its own for Tab, with the keys every list has."""

    def __init__(self, sheets: Sheets, parent: QWidget | None = None) -> None:
        super().__init__(sheets, parent)
        self._sheets = sheets
        self.setAccessibleName(sheets.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def scroll_by(self, key: int) -> bool:
        """Scroll as this key says; False if it says nothing of the kind."""
        move = _MOVES.get(key)
        if move is None:
            return False
        self.verticalScrollBar().triggerAction(move)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.scroll_by(event.key()):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._sheets.mark(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._sheets.mark(False)
