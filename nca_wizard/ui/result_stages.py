"""How long an action takes: its stages as a slim bar with their words.

No dates: a stage says working days, or by which day of the month.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nca_wizard.report import wording
from nca_wizard.rules.model.results import PlannedStage
from nca_wizard.texts import Texts
from nca_wizard.ui.theme import CAPTION_PX, TEXT_PX, colours_of, resized

_BAR = 8
_GAP = 4
_COLUMN_GAP = 12
_TEXT_ABOVE = 6
_ROW_GAP = 10
_NARROWEST = 104
_MOST_LINES = 4
_WRAP = Qt.TextFlag.TextWordWrap
_USUAL_DAYS = 5
_LONGEST_DAYS = 20


@dataclass(frozen=True, slots=True)
class _Stage:
    title: str
    days: str
    weight: int


class StageBar(QWidget):
    """The stages side by side while their words fit under them, else under each other."""

    def __init__(
        self, t: Texts, stages: Sequence[PlannedStage], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stages = tuple(
            _Stage(t(stage.title.for_us), wording.stage_days(t, stage), _weight(stage))
            for stage in stages
        )
        self.setAccessibleName(
            "; ".join(
                t("%(stage)s: %(days)s") % {"stage": stage.title, "days": stage.days}
                if stage.days
                else stage.title
                for stage in self._stages
            )
        )
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, _BAR)

    def heightForWidth(self, width: int) -> int:
        widths = self._columns(width)
        if not widths:
            rows = sum(self._row_height(stage, width) for stage in self._stages)
            return rows + _ROW_GAP * (len(self._stages) - 1)
        return (
            _BAR
            + _TEXT_ABOVE
            + max(
                self._text_height(stage, across)
                for stage, across in zip(self._stages, widths, strict=True)
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            widths = self._columns(self.width())
            if widths:
                self._paint_side_by_side(painter, widths)
            else:
                self._paint_under_each_other(painter)

    def _columns(self, width: int) -> list[int]:
        """The width of each stage, or none where the words would not fit."""
        count = len(self._stages)
        room = width - _GAP * (count - 1)
        least = round(_NARROWEST * self.font().pixelSize() / TEXT_PX) + _COLUMN_GAP
        if room < least * count:
            return []
        total = sum(stage.weight for stage in self._stages)
        spare = room - least * count
        widths = [least + spare * stage.weight // total for stage in self._stages]
        line = QFontMetrics(self._days_font()).height()
        for stage, across in zip(self._stages, widths, strict=True):
            if self._text_height(stage, across) > _MOST_LINES * line + 2:
                return []
        return widths

    def _paint_side_by_side(self, painter: QPainter, widths: Sequence[int]) -> None:
        left = 0
        for place, (stage, across) in enumerate(zip(self._stages, widths, strict=True)):
            self._paint_piece(painter, QRectF(self._x(left, across), 0, across, _BAR), place)
            room = across - _COLUMN_GAP
            self._paint_words(painter, stage, self._x(left, room), _BAR + _TEXT_ABOVE, room)
            left += across + _GAP

    def _paint_under_each_other(self, painter: QPainter) -> None:
        indent = _BAR + _COLUMN_GAP
        top = 0
        for place, stage in enumerate(self._stages):
            height = self._row_height(stage, self.width())
            piece = QRectF(self._x(0, _BAR), top, _BAR, height)
            self._paint_piece(painter, piece, place)
            room = self.width() - indent
            self._paint_words(painter, stage, self._x(indent, room), top, room)
            top += height + _ROW_GAP

    def _x(self, left: int, across: int) -> int:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return self.width() - left - across
        return left

    def _paint_piece(self, painter: QPainter, piece: QRectF, place: int) -> None:
        colours = colours_of(self.palette())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.field if place % 2 else colours.accent))
        painter.drawRoundedRect(piece, _BAR / 2, _BAR / 2)

    def _paint_words(
        self, painter: QPainter, stage: _Stage, left: int, top: int, room: int
    ) -> None:
        colours = colours_of(self.palette())
        height = _height(self._title_font(), stage.title, room)
        painter.setFont(self._title_font())
        painter.setPen(QColor(colours.text))
        start = Qt.AlignmentFlag.AlignLeading
        painter.drawText(QRect(left, top, room, height), start | _WRAP, stage.title)
        days = QRect(left, top + height, room, _height(self._days_font(), stage.days, room))
        painter.setFont(self._days_font())
        painter.setPen(QColor(colours.soft))
        painter.drawText(days, start | _WRAP, stage.days)

    def _row_height(self, stage: _Stage, width: int) -> int:
        return self._text_height(stage, width - _BAR)

    def _text_height(self, stage: _Stage, across: int) -> int:
        room = across - _COLUMN_GAP
        return _height(self._title_font(), stage.title, room) + _height(
            self._days_font(), stage.days, room
        )

    def _title_font(self) -> QFont:
        return resized(self.font(), CAPTION_PX, QFont.Weight.Medium)

    def _days_font(self) -> QFont:
        return resized(self.font(), CAPTION_PX)


def _height(font: QFont, text: str, width: int) -> int:
    if not text:
        return 0
    around = QRect(0, 0, max(width, 1), 10_000)
    return QFontMetrics(font).boundingRect(around, _WRAP, text).height()


def _weight(stage: PlannedStage) -> int:
    days = stage.working_days_max or stage.working_days_min or _USUAL_DAYS
    return min(max(days, 2), _LONGEST_DAYS)
