"""The window's part of the self-check: Qt sorts by language, and the main window opens once."""

import tempfile
from collections.abc import Callable
from functools import cmp_to_key
from pathlib import Path

from PySide6.QtCore import QCollator, QLocale
from PySide6.QtWidgets import QApplication

from nca_wizard.paths import DataFolder
from nca_wizard.ui.application import make_application, window_icon
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.program import Program

# Swedes put their last letters behind z, Germans beside a and o.
_NAMES = ("Zander", "Öberg", "Ärlig", "Adler")
_SORTED = {
    "German": (QLocale.Language.German, ("Adler", "Ärlig", "Öberg", "Zander")),
    "Swedish": (QLocale.Language.Swedish, ("Adler", "Zander", "Ärlig", "Öberg")),
}


def checks(clock: Clock) -> dict[str, Callable[[], str]]:
    """The checks by name; see `nca_wizard.self_check`."""
    return {"names": _names, "window": lambda: _window(clock)}


def _names() -> str:
    for spoken, (language, expected) in _SORTED.items():
        collator = QCollator(QLocale(language))
        found = tuple(sorted(_NAMES, key=cmp_to_key(collator.compare)))
        if found != expected:
            raise LookupError(f"{spoken} names are sorted {', '.join(found)}")
    return f"sorted as in {' and '.join(_SORTED)}"


def _window(clock: Clock) -> str:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = make_application()
    # On Windows the history stays open until the program ends, and its folder with it.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        program = Program(app, DataFolder(Path(folder)), clock)
        program.window.show()
        program.load()
        app.processEvents()
        if program.workbench is None:
            raise LookupError("it shows its problem page")
        size = program.window.grab().size()
        program.window.close()
    if not window_icon().availableSizes():
        raise LookupError("it has no icon")
    return f"shown once, {size.width()} x {size.height()}, drawn by {app.platformName()}"
