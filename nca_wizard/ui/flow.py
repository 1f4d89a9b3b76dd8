"""Widgets beside each other as far as there is room, the rest in further lines below."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from nca_wizard.ui.theme import STEP


class Flow(QLayout):
    """Like words in a paragraph; in a line all stand at the same middle.

    What is added by `add_right` comes last and stands at the right end of its line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._right = 0
        """How many of them, the last, stand on the right."""
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(STEP)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.insert(len(self._items) - self._right, item)

    def add_right(self, widget: QWidget) -> None:
        """Add this after everything else."""
        self.addWidget(widget)
        self._items.append(self._items.pop(len(self._items) - self._right - 1))
        self._right += 1

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        self._right -= index >= len(self._items) - self._right
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        inside = width - around.left() - around.right()
        high = self._place(QRect(0, 0, inside, 0), only_measure=True)
        return around.top() + high + around.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(self.contentsRect())

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        least = QSize(0, 0)
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least.grownBy(self.contentsMargins())

    def _place(self, rect: QRect, *, only_measure: bool = False) -> int:
        y = rect.y()
        on_the_right = self._items[len(self._items) - self._right :]
        for line in self._lines(rect.width()):
            high = max(size.height() for _, size in line)
            x = rect.x()
            left_over = rect.width() + self.spacing()
            left_over -= sum(size.width() + self.spacing() for _, size in line)
            for item, size in line:
                if item in on_the_right:
                    x, left_over = x + left_over, 0
                if not only_measure:
                    down = (high - size.height()) // 2
                    at = self._mirrored(QRect(QPoint(x, y + down), size), rect)
                    item.setGeometry(at)
                x += size.width() + self.spacing()
            y += high + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _mirrored(self, place: QRect, rect: QRect) -> QRect:
        """This place in the rectangle, counted from the right where text begins there."""
        widget = self.parentWidget()
        if widget is not None and widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveLeft(rect.left() + rect.right() - place.right())
        return place

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        room = -1
        for item in self._items:
            if item.isEmpty():
                continue
            size = QSize(min(item.sizeHint().width(), width), item.sizeHint().height())
            if size.width() > room:
                lines.append([])
                room = width
            lines[-1].append((item, size))
            room -= size.width() + self.spacing()
        return lines
