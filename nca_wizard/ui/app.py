"""Starts the window, one instance of it, and ends when it is closed."""

import nca_wizard.ui.quick_imports  # isort: skip  # noqa: F401  it makes all below quicker

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from nca_wizard import errors
from nca_wizard.paths import DataFolder
from nca_wizard.ui.application import Application, make_application, window_icon
from nca_wizard.ui.clock import now
from nca_wizard.ui.one_instance import MeetingPlace, meeting_place
from nca_wizard.ui.painting import after_painting
from nca_wizard.ui.program import Program
from nca_wizard.ui.told_start import ToldStart, told_start


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
    start = _Start(app, program, place, case_file)
    # Qt asks whoever came last first.
    after_painting(program.window, start.show_page)
    start.told = told_start(program.window)
    program.window.show()
    return app.exec()


class _Start:
    """What comes after the window: its first page, and then everything else."""

    def __init__(
        self, app: Application, program: Program, place: MeetingPlace | None, case_file: Path | None
    ) -> None:
        self._app = app
        self._program = program
        self._place = place
        self._case_file = case_file
        self._is_over = False
        self.told: ToldStart | None = None
        # Whoever asks for something before the first page is painted has everything loaded for it.
        program.after_load = self._finish

    def show_page(self) -> None:
        """The first page, if it can be shown before the rest is there."""
        # Read from the disk only now: the window shows sooner without.
        self._app.setWindowIcon(window_icon())
        page = None if self._case_file is not None else self._program.show_front()
        if page is not None:
            after_painting(page, self._load)
        else:
            self._load()
        if self.told is not None:
            self.told.shown(page or self._program.window.page)

    def _load(self) -> None:
        self._program.load(self._case_file)

    def _finish(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        # What is there now stays: who looks for rubbish need not look through it.
        gc.freeze()
        gc.enable()
        if self.told is not None:
            self.told.loaded()
        program, place = self._program, self._place
        # Asked again: whoever was first may have ended meanwhile.
        if place is not None and not place.is_ours():
            program.say_it_is_second()
        elif place is not None and place.address:
            # After the first page is painted: a second start is patient.
            QTimer.singleShot(0, program.window, lambda: program.listen(place))


def _handed_over(place: MeetingPlace, case_file: Path | None) -> bool:
    from nca_wizard.ui.hand_over import Request, hand_over

    if sys.platform == "win32":
        import ctypes

        # Only who was just clicked may come to the front, and may let others.
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return hand_over(place, Request(case_file, token))
