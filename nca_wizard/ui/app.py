"""Starts the window, one instance of it, and ends when it is closed."""

import nca_wizard.ui.quick_imports  # isort: skip  # noqa: F401  it makes all below quicker

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from nca_wizard import errors
from nca_wizard.paths import DataFolder
from nca_wizard.ui.application import make_application, window_icon
from nca_wizard.ui.clock import now
from nca_wizard.ui.one_instance import MeetingPlace, meeting_place
from nca_wizard.ui.painting import after_painting
from nca_wizard.ui.program import Program
from nca_wizard.ui.told_start import told_start


def run(folder: DataFolder, case_file: Path | None) -> int:
    """Show the window and return the exit code when it is closed.

    Where one is open already with this data folder, that one comes to the front, with the file.
    """
    app = make_application()
    place = meeting_place(folder.root)
    if place is not None and not place.is_ours() and _handed_over(place, case_file):
        return errors.DONE
    program = Program(app, folder, now)
    sys.excepthook = program.last_resort
    app.file_opened.connect(program.open_file)

    def show_page() -> None:
        # Read from the disk only now: the window shows sooner without.
        app.setWindowIcon(window_icon())
        page = None if case_file is not None else program.show_front()
        if page is not None:
            after_painting(page, go_on)
        else:
            go_on()
        if told is not None:
            told.shown()

    def go_on() -> None:
        # Asked again: whoever was first may have ended meanwhile.
        is_first = place is None or place.is_ours()
        try:
            program.load(case_file)
        finally:
            # What is there now stays: who looks for rubbish need not look through it.
            gc.freeze()
            gc.enable()
        if told is not None:
            told.loaded()
        if not is_first:
            program.say_it_is_second()
        elif place is not None and place.address:
            # After the first page is painted: a second start is patient.
            QTimer.singleShot(0, program.window, lambda: program.listen(place))

    # Qt asks whoever came last first.
    after_painting(program.window, show_page)
    told = told_start(program.window)
    program.window.show()
    return app.exec()


def _handed_over(place: MeetingPlace, case_file: Path | None) -> bool:
    from nca_wizard.ui.hand_over import Request, hand_over

    if sys.platform == "win32":
        import ctypes

        # Only who was just clicked may come to the front, and may let others.
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return hand_over(place, Request(case_file, token))
