"""Opens the window and puts everything together; the last line of defence when something breaks."""

import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, Qt, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from nca_wizard import __version__, errors
from nca_wizard.errors import KnownFault, RulebookFault
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.settings import LoadedSettings, Settings, load_settings
from nca_wizard.texts import Texts, available_languages, choose_language
from nca_wizard.ui.about import AboutBox
from nca_wizard.ui.commands import add_commands
from nca_wizard.ui.fault_dialog import FaultDialog
from nca_wizard.ui.main_window import APP_TITLE, MainWindow
from nca_wizard.ui.problem_page import ProblemPage
from nca_wizard.ui.session import Clock
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.workbench import Workbench
from nca_wizard.updates.store import BookStore

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
        self._qt_texts: QTranslator | None = None
        self._speak_qt()
        self._failing = False

    def load(self, case_file: Path | None = None) -> None:
        """Read the rules and open the history; a fault in either turns into the problem page."""
        t = self._texts
        try:
            books = BookStore(self._folder.rules, resources())
        except RulebookFault as fault:
            self._show_problem(t("The rules could not be read"), fault)
            return
        try:
            history = History.open(self._folder.history)
        except KnownFault as fault:
            self._show_problem(t("Your history could not be opened"), fault)
            return
        self.workbench = self._furnish(books, history)
        self.workbench.show_start()
        if self._loaded.notice:
            self.workbench.notice(self._loaded.notice)
        if books.notice:
            self.workbench.notice(books.notice.said(t))
        if case_file is not None:
            self.workbench.open_file(case_file)
        # Not before the start page is painted: the first time, the book is put by on the disk.
        QTimer.singleShot(0, self.window, lambda: books.remember(self._clock().date()))

    def _furnish(self, books: BookStore, history: History) -> Workbench:
        """Put into the window all it takes to work."""
        book = books.active.rulebook
        texts = books.active.texts(self._texts)
        bench = Workbench(
            texts,
            self.theme,
            self.window,
            folder=self._folder,
            settings=self._loaded.settings,
            rulebook=book,
            history=history,
            clock=self._clock,
        )
        about = AboutBox(texts, book, self._folder, self.window)
        add_commands(texts, self.window, bench, self.theme, about.open)
        # Queued: the list in which the language was chosen goes away with the window it is in.
        bench.language_changed.connect(
            lambda settings: self._speak(settings, books, history),
            Qt.ConnectionType.QueuedConnection,
        )
        return bench

    def _speak(self, settings: Settings, books: BookStore, history: History) -> None:
        """Start over in the language just chosen: a new window in the place of the old one."""
        before = self.window
        self._loaded = LoadedSettings(settings, "")
        self._texts = _texts(self._loaded)
        self._speak_qt()
        self.window = MainWindow(self._texts)
        self.window.setGeometry(before.geometry())
        self.workbench = self._furnish(books, history)
        self.workbench.show_settings()
        self.window.show()
        before.hide()
        before.deleteLater()

    def _speak_qt(self) -> None:
        """Have Qt's own dialogs speak the language too."""
        if self._qt_texts is not None:
            self._app.removeTranslator(self._qt_texts)
        self._qt_texts = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt_texts.load(f"qtbase_{self._texts.language}", folder):
            self._app.installTranslator(self._qt_texts)

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
