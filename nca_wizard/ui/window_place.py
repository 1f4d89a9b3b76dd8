"""Where the window was: kept when it is closed, found again at the next start.

Qt writes the place down and reads it; a place on a screen that is gone becomes one on a screen
that is there, and what cannot be read is the usual place.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from nca_wizard.errors import KnownFault
from nca_wizard.settings import load_settings, save_settings


def restore(window: QWidget, place: str) -> None:
    """Put the window where it was. `place` is `settings.window`."""
    if place:
        window.restoreGeometry(QByteArray.fromBase64(place.encode()))


def keep(window: QWidget, settings_file: Path) -> None:
    """Write down where the window is."""
    place = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    loaded = load_settings(settings_file)
    if loaded.notice:
        # What could not be read is not to be replaced by the usual settings.
        return
    # Where nothing can be written the window opens in its usual place: nothing to talk about.
    with suppress(KnownFault):
        save_settings(replace(loaded.settings, window=place), settings_file)
