"""The application as the system knows it: its name, its icon, the files it is asked to open."""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from nca_wizard import __version__
from nca_wizard.paths import resources
from nca_wizard.ui.main_window import APP_TITLE

APP_ID = "org.nca_wizard.NcaWizard"


class Application(QApplication):
    """Also hears of the files that macOS wants opened, which come as events."""

    file_opened = Signal(Path)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)


def make_application() -> Application:
    """The application under its own name, yet without its icon."""
    _take_place_on_the_taskbar()
    QApplication.setApplicationName(APP_TITLE)
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName(APP_ID)
    # Named here: to be handed a style later, Qt needs one that is wrapped for Python, and every
    # enumeration of QStyle with it, which takes longer than the style itself.
    return Application([*sys.argv[:1], "-style", "Fusion"])


def _take_place_on_the_taskbar() -> None:
    """Be on Windows' taskbar the one that was pinned there; before any window shows."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)


def window_icon() -> QIcon:
    """The program's icon in every size it was drawn in."""
    icon = QIcon()
    for path in sorted((resources() / "icons").glob("nca-wizard-*.png")):
        icon.addFile(str(path))
    return icon


def bring_to_front(window: QWidget) -> None:
    """Have the person see this window."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
