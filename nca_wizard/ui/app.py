"""Opens the window and puts everything together; the last line of defence when something breaks."""

import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from nca_wizard import __version__, errors
from nca_wizard.errors import KnownFault, RulebookFault
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.settings import LoadedSettings, load_settings
from nca_wizard.texts import Texts, available_languages, choose_language
from nca_wizard.ui.about import AboutBox
from nca_wizard.ui.commands import add_commands
from nca_wizard.ui.fault_dialog import FaultDialog
from nca_wizard.ui.main_window import APP_TITLE, MainWindow
from nca_wizard.ui.problem_page import ProblemPage
from nca_wizard.ui.session import Clock
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.workbench import Workbench

APP_ID = "org.nca_wizard.NcaWizard"


def now() -> datetime:
    """The time, in the time zone of this computer."""
    return datetime.now().astimezone()


def run(folder: DataFolder, case_file: Path | None) -> int:
    """Show the window and return the exit code when it is closed."""
    app = make_application()
    program = Program(app, folder, now)
    sys.excepthook = program.last_resort
    program.window.show()
    # The window paints before anything slow happens.
    QTimer.singleShot(0, program.window, lambda: program.load(case_file))
    return app.exec()


def make_application() -> QApplication:
    """The application under its own name."""
    QApplication.setApplicationName(APP_TITLE)
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName(APP_ID)
    app = QApplication(sys.argv[:1])
    icons = sorted((resources() / "icons").glob("*.png"))
    if icons:
        icon = QIcon()
        for path in icons:
            icon.addFile(str(path))
        app.setWindowIcon(icon)
    return app


class Program:
    """Every long-lived object of the window, made once."""

    def __init__(self, app: QApplication, folder: DataFolder, clock: Clock) -> None:
        self._app = app
        self._folder = folder
        self._clock = clock
        self._loaded: LoadedSettings = load_settings(folder.settings)
        self._texts = _texts(self._loaded)
        self.theme = Theme(app, resources() / "fonts")
        self.theme.use(self._loaded.settings.colours)
        self.window = MainWindow(self._texts)
        self.workbench: Workbench | None = None
        self._failing = False

    def load(self, case_file: Path | None = None) -> None:
        """Read the rules and open the history; a fault in either turns into the problem page."""
        t = self._texts
        try:
            book = rulebooks.load(resources())
        except RulebookFault as fault:
            self._show_problem(t("The rules could not be read"), fault)
            return
        try:
            history = History.open(self._folder.history)
        except KnownFault as fault:
            self._show_problem(t("Your history could not be opened"), fault)
            return
        self.workbench = Workbench(
            t,
            self.theme,
            self.window,
            folder=self._folder,
            settings=self._loaded.settings,
            rulebook=book,
            history=history,
            clock=self._clock,
        )
        about = AboutBox(t, book, self._folder, self.window)
        add_commands(t, self.window, self.workbench, self.theme, about.open)
        self.workbench.show_start()
        if self._loaded.notice:
            self.workbench.notice(self._loaded.notice)
        if case_file is not None:
            self.workbench.open_file(case_file)

    def last_resort(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        """Keep the case, tell the person, and end with the exit code of the fault."""
        if self._failing:
            # The dialog itself is broken: nothing more can be shown.
            errors.last_resort(fault, version=__version__, log_folder=self._folder.log)
            return
        self._failing = True
        self._save_quietly()
        code = errors.last_resort(
            fault, version=__version__, log_folder=self._folder.log, show=self._tell
        )
        self._app.exit(code)

    def _save_quietly(self) -> None:
        if self.workbench is None:
            return
        try:
            self.workbench.save()
        except Exception as fault:  # noqa: BLE001  the first fault is the one to be told
            report = errors.report_of(fault, __version__)
            errors.write_report(report, self._folder.log)

    def _tell(self, sentence: str, report: str) -> None:
        FaultDialog(self._texts, sentence, report, self.window).exec()

    def _show_problem(self, title: str, fault: KnownFault) -> None:
        page = ProblemPage(self._texts, title, fault.sentence, str(self._folder.root))
        page.quit_requested.connect(lambda: self._app.exit(fault.exit_code))
        self.window.show_page(page)
        self._app.lastWindowClosed.connect(lambda: self._app.exit(fault.exit_code))


def _texts(loaded: LoadedSettings) -> Texts:
    folder = resources() / "locale"
    language = choose_language(loaded.settings.language, available_languages(folder))
    return Texts.load(language, folder)
