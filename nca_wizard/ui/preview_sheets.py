"""Typeset pages on screen, as they will be on paper: black on white in every theme."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nca_wizard.ui.theme import colours_of

_POINTS_AN_INCH = 72
# Of A4 and Letter, the wider one, in points; both are shown at the same scale.
_SHEET_WIDTH = 612
_WIDEST = 820
_GAP = 20


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
