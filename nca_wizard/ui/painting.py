"""Does something once a widget has been painted."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


def after_painting(widget: QWidget, act: Callable[[], object]) -> None:
    """Do this once, when the person can see the widget."""
    _Waiting(widget, act)


class _Waiting(QObject):
    def __init__(self, widget: QWidget, act: Callable[[], object]) -> None:
        super().__init__(widget)
        self._act = act
        widget.installEventFilter(self)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            widget.removeEventFilter(self)
            # A timer: what is painted reaches the screen only when Qt waits for events again.
            QTimer.singleShot(0, widget, self._act)
            self.deleteLater()
        return False
