"""The stages of actions as bars on one scale of days: sure in full, uncertain hatched.

TimelinePicture(data["picture"])        as `report.timeline.picture` makes it

Told apart by form and words, so that it is read in grey and without colour as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.theme import CAPTION_PX, TEXT_PX, Colours, colours_of, resized

_BAR = 12
_LEAST_BAR = 4
_GAP = 24
_BETWEEN = 12
_UNDER_LANE = 4
_NARROW = 520
_WORDS_SHARE = 0.42
_WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class _Words:
    """A line or two of text and where they stand."""

    text: str
    box: QRect
    strong: bool


def timeline_legend(t: Texts) -> str:
    """What the forms mean."""
    return t(
        "Full: so long it takes at least. Hatched: it may be over on any of these days. "
        "Diamond: the first day on which it can show."
    )


class TimelinePicture(QWidget):
    """Words on one side, bars on the other; under each other where that is too narrow."""

    def __init__(self, picture: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setAccessibleName(picture["alt"])
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(640, self.heightForWidth(640))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 40)

    def heightForWidth(self, width: int) -> int:
        return self._bottom(width) + self._line() + 6

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        width = self.width()
        bars = self._bars(width)
        bottom = self._bottom(width)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_scale(painter, colours, bars, bottom)
            for words, bar, middle in self._rows(width):
                for one in words:
                    self._paint_words(painter, colours, one)
                if bar is not None:
                    self._paint_bar(painter, colours, bar, bars, middle)

    # --- Where things are -------------------------------------------------------------------

    def _rows(self, width: int) -> Iterator[tuple[list[_Words], Mapping[str, Any] | None, int]]:
        """Each line of the picture: its words, its bar if it has one, the middle of the bar."""
        narrow, room = self._narrow(width), self._words_width(width)
        top = 0
        for lane in self._picture["lanes"]:
            if lane["label"]:
                high = self._height(lane["label"], width, strong=True)
                yield [_Words(lane["label"], QRect(0, top, width, high), True)], None, 0
                top += high + _UNDER_LANE
            for bar in lane["bars"]:
                title = self._height(bar["title"], room, strong=True)
                said = f"{bar['days']} {bar['source']}"
                days = self._height(said, room, strong=False)
                words = [
                    _Words(bar["title"], QRect(0, top, room, title), True),
                    _Words(said, QRect(0, top + title, room, days), False),
                ]
                high = title + days
                yield words, bar, top + high + _BAR if narrow else top + high // 2
                top += high + _BETWEEN + (2 * _BAR if narrow else 0)

    def _bottom(self, width: int) -> int:
        """Where the scale stands."""
        last = 0
        for words, bar, middle in self._rows(width):
            last = max(words[-1].box.bottom() + 1, middle + _BAR if bar is not None else 0)
        return last + _BETWEEN // 2

    def _narrow(self, width: int) -> bool:
        return width < _NARROW * self.font().pixelSize() / TEXT_PX

    def _words_width(self, width: int) -> int:
        return width if self._narrow(width) else round(width * _WORDS_SHARE)

    def _bars(self, width: int) -> QRect:
        """Across which the days are laid out; the diamond at the end stays inside."""
        left = 0 if self._narrow(width) else self._words_width(width) + _GAP
        return QRect(left, 0, width - left - _BAR, 0)

    def _x(self, bars: QRect, place: float) -> float:
        x = bars.left() + place * bars.width()
        return self.width() - x if self._mirrored else x

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _font(self, *, strong: bool) -> QFont:
        return resized(
            self.font(), CAPTION_PX, QFont.Weight.Medium if strong else QFont.Weight.Normal
        )

    def _height(self, text: str, width: int, *, strong: bool) -> int:
        around = QRect(0, 0, max(width, 1), 10_000)
        return QFontMetrics(self._font(strong=strong)).boundingRect(around, _WRAP, text).height()

    def _line(self) -> int:
        return QFontMetrics(self._font(strong=False)).height()

    # --- Painting ---------------------------------------------------------------------------

    def _paint_words(self, painter: QPainter, colours: Colours, words: _Words) -> None:
        box = words.box
        if self._mirrored:
            box = box.translated(self.width() - 2 * box.left() - box.width(), 0)
        painter.setFont(self._font(strong=words.strong))
        painter.setPen(QColor(colours.text if words.strong else colours.soft))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeading | _WRAP, words.text)

    def _paint_scale(self, painter: QPainter, colours: Colours, bars: QRect, bottom: int) -> None:
        painter.setFont(self._font(strong=False))
        metrics = painter.fontMetrics()
        written: list[tuple[float, float]] = []
        for mark in self._picture["scale"]:
            x = self._x(bars, mark["at"])
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            wide = metrics.horizontalAdvance(mark["label"])
            left = x - wide if self._mirrored else x
            left = min(max(left, 0), self.width() - wide)
            # The line stays where its day would be written over another one.
            if any(
                left < right + _BETWEEN and begin < left + wide + _BETWEEN
                for begin, right in written
            ):
                continue
            written.append((left, left + wide))
            painter.setPen(QColor(colours.soft))
            painter.drawText(QPointF(left, bottom + metrics.ascent() + 2), mark["label"])

    def _paint_bar(
        self,
        painter: QPainter,
        colours: Colours,
        bar: Mapping[str, Any],
        bars: QRect,
        middle: int,
    ) -> None:
        begin, sure, end = (self._x(bars, bar[name]) for name in ("from", "sure", "to"))
        accent = QColor(colours.accent)
        if bar["sure"] > bar["from"]:
            self._paint_piece(painter, begin, sure, middle, QBrush(accent), accent)
        if bar["to"] > bar["sure"]:
            hatched = QBrush(accent, Qt.BrushStyle.BDiagPattern)
            self._paint_piece(painter, sure, end, middle, hatched, accent)
        if bar["open"]:
            towards = -_BAR if self._mirrored else _BAR
            painter.setBrush(accent)
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(end, middle - _BAR / 2),
                        QPointF(end + towards, middle),
                        QPointF(end, middle + _BAR / 2),
                    ]
                )
            )
        if bar["last"]:
            half = _BAR * 0.7
            painter.setPen(QPen(QColor(colours.surface), 2))
            painter.setBrush(QColor(colours.text))
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(sure, middle - half),
                        QPointF(sure + half, middle),
                        QPointF(sure, middle + half),
                        QPointF(sure - half, middle),
                    ]
                )
            )
        elif bar["from"] == bar["to"]:
            self._paint_piece(painter, begin, begin + _LEAST_BAR, middle, QBrush(accent), accent)

    def _paint_piece(
        self,
        painter: QPainter,
        one: float,
        other: float,
        middle: int,
        brush: QBrush,
        edge: QColor,
    ) -> None:
        left, right = min(one, other), max(one, other)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(brush)
        wide = max(right - left, _LEAST_BAR)
        painter.drawRoundedRect(QRectF(left, middle - _BAR / 2, wide, _BAR), 3, 3)
