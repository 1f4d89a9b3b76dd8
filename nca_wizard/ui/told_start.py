"""Says the two moments of a start on the output stream, for `make bench-start` alone to hear.

    painted     the window is seen
    usable      so is its first page

Silent unless NCA_WIZARD_TELL_START is set. A frozen program can be measured by nothing else.
"""

import os
import sys

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from nca_wizard.ui.main_window import MainWindow

ASKED_FOR = "NCA_WIZARD_TELL_START"


class ToldStart(QObject):
    """Made before the window is shown; `loaded` is called when it has its first page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.first_painted.connect(lambda: _say("painted"), Qt.ConnectionType.QueuedConnection)

    def loaded(self) -> None:
        if self._window.page is not None:
            self._window.page.installEventFilter(self)

    def eventFilter(self, page: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            page.removeEventFilter(self)
            QTimer.singleShot(0, lambda: _say("usable"))
        return False


def told_start(window: MainWindow) -> ToldStart | None:
    """None where nobody asked."""
    return ToldStart(window) if os.environ.get(ASKED_FOR) else None


def _say(moment: str) -> None:
    # A windowed program on Windows has no output stream.
    if sys.stdout is not None:
        sys.stdout.write(f"{moment}\n")
        sys.stdout.flush()
