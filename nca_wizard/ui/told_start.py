"""Says the moments of a start on the output stream, for `make bench-start` alone to hear.

    painted     the window is seen
    usable      so is its first page
    ready       everything is loaded, the rules included

Silent unless NCA_WIZARD_TELL_START is set. A frozen program can be measured by nothing else.
"""

import os
import sys
from typing import Literal

from PySide6.QtWidgets import QWidget

from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.painting import after_painting

ASKED_FOR = "NCA_WIZARD_TELL_START"

Moment = Literal["painted", "usable", "ready"]


class ToldStart:
    """Made before the window is shown; told when it has its first page, and when it has all."""

    def __init__(self, window: MainWindow) -> None:
        after_painting(window, lambda: _say("painted"))

    def shown(self, page: QWidget | None) -> None:
        if page is not None:
            after_painting(page, lambda: _say("usable"))

    def loaded(self) -> None:
        _say("ready")


def told_start(window: MainWindow) -> ToldStart | None:
    """None where nobody asked."""
    return ToldStart(window) if os.environ.get(ASKED_FOR) else None


def _say(moment: Moment) -> None:
    # A windowed program on Windows has no output stream.
    if sys.stdout is not None:
        sys.stdout.write(f"{moment}\n")
        sys.stdout.flush()
