"""One thing of a list in words, and what can be done about it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget


class Row(QWidget):
    """Put the words into `words`, and by `add` what stands beside them.

    It stands below where the words would have less than half the width.
    """

    def __init__(self, parent: QWidget | None = None, *, above: int = 0, gap: int = 4) -> None:
        """`above` is the room above and below, `gap` that between two things beside the words."""
        super().__init__(parent)
        self.words = QVBoxLayout()
        self.words.setSpacing(0)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(gap)
        self._beside.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, above, 0, above)
        self._both.setSpacing(gap)
        self._both.addLayout(self.words, 1)
        self._both.addLayout(self._beside)

    def add(self, widget: QWidget) -> None:
        """Let this stand beside the words, after what stands there."""
        self._beside.insertWidget(self._beside.count() - 1, widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = 2 * self._beside.sizeHint().width() > self.width()
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(below if is_narrow else beside)
