"""The overview: associations as rows, goals as columns, in each cell a mark and a word.

One Tab stop; the arrow keys move between cells, Tab leaves. A screen reader hears every cell as
"CPOR RevRec, Net customer adds: do this". Too many columns scroll sideways inside the overview,
the names of the associations stay.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from nca_wizard.report import wording
from nca_wizard.report.wording import Cell, Column
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.texts import Texts
from nca_wizard.ui.labels import Caption
from nca_wizard.ui.result_parts import scaled, tint
from nca_wizard.ui.theme import CAPTION_PX, colours_of, resized

_CELL_HEIGHT = 33
_GAP = (6, 4)
_CELL_PADDING = 12
_NARROWEST = 96
_RADIUS = 5
_RING = 2
_NAMED_PRODUCTS = 2
_WIDEST_COLUMN = 300
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}

# Inter has no heavy cross; the cross of another font would stand out of line.
_PAINTED = {"✕": "×"}


class OverviewCell(QLabel):
    """One association for one column of goals."""

    def __init__(self, cell: Cell, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.cell = cell
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"{cell.mark}  {cell.word}")
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self._painted())
        return QSize(
            max(width + 2 * _CELL_PADDING, scaled(self, _NARROWEST)), scaled(self, _CELL_HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        text, ground = tint(colours, self.cell.tone)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), _RING))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(box, _RADIUS, _RADIUS)
            painter.setPen(QColor(text))
            painter.setFont(self._font())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._painted())

    def _painted(self) -> str:
        return f"{_PAINTED.get(self.cell.mark, self.cell.mark)}  {self.cell.word}"

    def _font(self) -> QFont:
        weight = QFont.Weight.DemiBold if self.cell.in_use else QFont.Weight.Normal
        return resized(self.font(), CAPTION_PX, weight)


class _RowName(QLabel):
    """The name of an association; bold where it is in use."""

    def __init__(self, name: str, in_use: bool, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._in_use = in_use
        if in_use:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            self.setFont(font)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), scaled(self, _CELL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Sideways(QScrollArea):
    """Scrolls sideways only, and is as high as what it holds."""

    def __init__(self, contents: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        contents.setObjectName("contents")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(contents)

    def fit(self) -> None:
        """Take the height of the contents, and of the scroll bar where one is needed."""
        contents: QWidget | None = self.widget()
        if contents is None:
            return
        needed = contents.minimumSizeHint().width() > self.width()
        width = max(self.width(), contents.minimumSizeHint().width())
        layout = contents.layout()
        height = contents.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            height = layout.heightForWidth(width)
        bar = self.horizontalScrollBar().sizeHint().height() + _GAP[1] if needed else 0
        self.setFixedHeight(height + bar)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.fit()
        return super().event(event)


class Overview(QWidget):
    """The whole overview of one recommendation. Empty without goals."""

    def __init__(self, t: Texts, rec: Recommendation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self.setAccessibleName(t("Overview"))
        rows = wording.association_rows(t, rec)
        across = wording.columns(t, rec)
        self.cells: list[list[OverviewCell]] = []
        self._offered: OverviewCell | None = None
        self._names = QWidget(self)
        names = QGridLayout(self._names)
        names.setContentsMargins(0, 0, 8, 0)
        names.setVerticalSpacing(_GAP[1])
        grid_side = QWidget(self)
        self._grid = QGridLayout(grid_side)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP[0])
        self._grid.setVerticalSpacing(_GAP[1])
        self._headings = [self._heading(t, rec, column, grid_side) for column in across]
        for place, heading in enumerate(self._headings):
            self._grid.addWidget(heading, 0, place)
            self._grid.setColumnStretch(place, 1)
        for number, row in enumerate(rows, start=1):
            names.addWidget(_RowName(row.name, row.in_use, self._names), number, 0)
            line = []
            for place, cell in enumerate(row.cells):
                name = t("%(association)s, %(goal)s: %(word)s") % {
                    "association": row.name,
                    "goal": _full_heading(t, across[place]),
                    "word": cell.word,
                }
                one = OverviewCell(cell, name, grid_side)
                one.installEventFilter(self)
                self._grid.addWidget(one, number, place)
                line.append(one)
            self.cells.append(line)
        # Room left over belongs below the rows, which stay level with their names.
        self._grid.setRowStretch(len(rows) + 1, 1)
        self._name_space = names
        self._scroll = _Sideways(grid_side, self)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self._names, 0, Qt.AlignmentFlag.AlignTop)
        # One or two columns stay beside their names instead of running across the card.
        self._scroll.setMaximumWidth(max(scaled(self, _WIDEST_COLUMN) * len(across), 1))
        beside.addWidget(self._scroll, 100)
        beside.addStretch(1)
        if self.cells:
            self._offer(self.cells[0][0])

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._move(event)
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, OverviewCell):
            self._scroll.ensureWidgetVisible(watched, 0, 0)
            self._offer(watched)
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.cells:
            self._level_names()
        return False

    def _heading(self, t: Texts, rec: Recommendation, column: Column, parent: QWidget) -> Caption:
        shown = column.heading
        if column.detail:
            shown = f"{column.heading}\n{_few_products(t, rec, column)}"
        heading = Caption(shown, parent)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        heading.setAccessibleName(_full_heading(t, column))
        return heading

    def _level_names(self) -> None:
        """Leave as much room above the names as the headings take beside them."""
        margins = self._name_space.contentsMargins()
        margins.setTop(self.cells[0][0].y())
        self._name_space.setContentsMargins(margins)

    def _offer(self, cell: OverviewCell) -> None:
        """Make this cell the one that Tab stops at, in the same place among the others."""
        if self._offered is not None and self._offered is not cell:
            QWidget.setTabOrder(self._offered, cell)
        self._offered = cell
        for line in self.cells:
            for one in line:
                one.setFocusPolicy(
                    Qt.FocusPolicy.StrongFocus if one is cell else Qt.FocusPolicy.ClickFocus
                )

    def _move(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(Qt.Key(event.key()))
        here = self._place_of_focus()
        if step is None or here is None:
            return False
        rightwards = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        row = min(max(here[0] + step[0], 0), len(self.cells) - 1)
        across = here[1] + (step[1] if rightwards else -step[1])
        across = min(max(across, 0), len(self.cells[0]) - 1)
        self.cells[row][across].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _place_of_focus(self) -> tuple[int, int] | None:
        for row, line in enumerate(self.cells):
            for across, cell in enumerate(line):
                if cell.hasFocus():
                    return row, across
        return None


def _few_products(t: Texts, rec: Recommendation, column: Column) -> str:
    if not shortened(column):
        return column.detail
    first, *others = dict.fromkeys(product for product, _ in column.goals)
    return t("%(product)s and %(count)d more") % {
        "product": wording.name(t, rec, first),
        "count": len(others),
    }


def _full_heading(t: Texts, column: Column) -> str:
    if not column.detail:
        return column.heading
    return t("%(metrics)s of %(products)s") % {
        "metrics": column.heading,
        "products": column.detail,
    }


def shortened(column: Column) -> bool:
    """Whether the overview names only some of the products of this column."""
    return len({product for product, _ in column.goals}) > _NAMED_PRODUCTS
