"""Opens the window and puts everything together; the last line of defence when something breaks."""

import nca_wizard.ui.quick_imports  # isort: skip  # noqa: F401  it makes all below quicker

import gc
import os
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLibraryInfo,
    QMetaObject,
    QObject,
    Qt,
    QTimer,
    QTranslator,
)
from PySide6.QtWidgets import QApplication

# What takes long to load is not imported here but where it is used, after the first paint: see
# `Program.load`.
from nca_wizard import __version__, errors
from nca_wizard.errors import KnownFault, RulebookFault
from nca_wizard.paths import DataFolder, resources
from nca_wizard.settings import LoadedSettings, Settings, load_settings, texts_of
from nca_wizard.ui import window_place
from nca_wizard.ui.application import bring_to_front, make_application
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.one_instance import MeetingPlace, meeting_place
from nca_wizard.ui.theme import Theme
from nca_wizard.ui.told_start import told_start

if TYPE_CHECKING:
    from nca_wizard.history.store import History
    from nca_wizard.history.values import Backup
    from nca_wizard.ui.case_values import Clock
    from nca_wizard.ui.desks import Desks
    from nca_wizard.ui.hand_over import Reception, Request
    from nca_wizard.ui.panels import Tone
    from nca_wizard.ui.workbench import Workbench
    from nca_wizard.updates.store import BookStore

_DIALOG_MS = 200


def now() -> datetime:
    """The time, in the time zone of this computer."""
    return datetime.now().astimezone()


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

    told = told_start(program.window)
    # A timer: what is painted reaches the screen only when Qt waits for events again.
    program.window.first_painted.connect(lambda: QTimer.singleShot(0, program.window, go_on))
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


class Program:
    """Every long-lived object of the window, made once."""

    def __init__(self, app: QApplication, folder: DataFolder, clock: "Clock") -> None:
        self._app = app
        self._folder = folder
        self._clock = clock
        self.theme = Theme(app, resources() / "fonts")
        self._qt_texts: QTranslator | None = None
        self._read_settings()
        self.window = self._new_window()
        window_place.restore(self.window, self._loaded.settings.window)
        self.workbench: Workbench | None = None
        self.desks: Desks | None = None
        self._to_open: Path | None = None
        self._failing = False
        self._exit: QMetaObject.Connection | None = None
        self._reception: Reception | None = None

    def _read_settings(self) -> None:
        self._loaded: LoadedSettings = load_settings(self._folder.settings)
        self._texts = texts_of(self._loaded.settings)
        self._speak_qt()
        self.theme.set_text_size(self._loaded.settings.text_size)
        self.theme.use(self._loaded.settings.colours)

    def load(self, case_file: Path | None = None) -> None:
        """Read the rules and open the history; a fault in either turns into the problem page."""
        # Late, all of it at one place: pydantic, the rules, the history and the pages take longer
        # to import than the window takes to show.
        from nca_wizard.history.place import notice_about

        self._to_open = case_file or self._to_open
        opened = self._opened()
        if opened is None:
            return
        books, history = opened
        risk = notice_about(self._folder.root)
        notices = (self._loaded.notice, books.notice, risk)
        said = " ".join(one.said(self._texts) for one in notices if one)
        may_move = risk is not None and self._folder.usual is not None
        self._begin(self._furnish(books, history), said, may_move=may_move)
        self._open_waiting()
        # Not before the start page is painted: the first time, the book is put by on the disk.
        QTimer.singleShot(0, self.window, lambda: books.remember(self._clock().date()))

    def _opened(self) -> "tuple[BookStore, History] | None":
        """The rules and the history; None where a fault in either is now on the problem page."""
        from nca_wizard.history.store import History
        from nca_wizard.updates.explaining import Explaining
        from nca_wizard.updates.store import BookStore

        t = self._texts
        try:
            self._folder.check_it_is_there()
        except KnownFault as fault:
            self._show_problem(t("Your data folder is not there"), fault)
            return None
        try:
            books = BookStore(self._folder.rules, resources())
        except RulebookFault as fault:
            self._show_problem(t("The rules could not be read"), fault)
            return None
        try:
            history = History.open(self._folder.history, Explaining(books))
        except KnownFault as fault:
            self._show_problem(t("Your history could not be opened"), fault)
            return None
        history.backups.remove_leftovers()
        return books, history

    def _begin(self, bench: "Workbench", said: str, *, may_move: bool) -> None:
        """Show the first page and what is to be said; no customer who looks on hears it."""
        self.workbench = bench

        def say() -> None:
            if said:
                button = self._texts("Move…") if may_move else ""
                self.window.say(said, "warn", button, bench.move_requested.emit)

        if bench.settings.meeting_at_start and self.desks is not None:
            self.window.do("meeting")
            self.desks.meeting.ended.connect(say, Qt.ConnectionType.SingleShotConnection)
            return
        bench.show_start()
        say()

    # --- Files and other starts -------------------------------------------------------------

    def listen(self, place: MeetingPlace) -> None:
        """From now on a second start comes here."""
        from nca_wizard.ui.hand_over import Reception

        if self._reception is None:
            self._reception = Reception(self._app)
            self._reception.received.connect(self.answer)
        self._reception.listen(place)

    def answer(self, request: "Request") -> None:
        """Somebody started the program again, perhaps with a file."""
        if request.token:
            # Where Qt looks for it.
            os.environ["XDG_ACTIVATION_TOKEN"] = request.token
        bring_to_front(self._app.activeModalWidget() or self.window)
        if request.path is not None:
            self.open_file(request.path)

    def open_file(self, path: Path) -> None:
        """Open a case file or a rules update as soon as the window can."""
        self._to_open = path
        self._open_waiting()

    def _open_waiting(self) -> None:
        if self.workbench is None or self.desks is None or self._to_open is None:
            return
        if self._app.activeModalWidget() is not None:
            # The page under a dialog must not go away while the dialog works with it.
            QTimer.singleShot(_DIALOG_MS, self.window, self._open_waiting)
            return
        from nca_wizard.updates.container import ENDING

        path, self._to_open = self._to_open, None
        if path.suffix.lower() == ENDING:
            self.desks.rules.preview(path)
        else:
            self.workbench.open_file(path)

    def say_it_is_second(self) -> None:
        """There is a window already, and it did not take what was handed over."""
        sentence = self._texts(
            "NCA Wizard is open already, but that window does not answer. This is a second one; "
            "both keep your cases in the same history."
        )
        self.window.say(f"{self.window.said} {sentence}".strip())

    # --- The window -------------------------------------------------------------------------

    def _new_window(self) -> MainWindow:
        window = MainWindow(self._texts)
        window.closing.connect(lambda: self._keep_place(window))
        return window

    def _keep_place(self, window: MainWindow) -> None:
        # Nothing is made where a drive is not connected.
        if self._folder.absence() is None:
            window_place.keep(window, self._folder.settings)

    def _furnish(self, books: "BookStore", history: "History") -> "Workbench":
        """Put into the window all it takes to work."""
        from nca_wizard.ui.furnishing import furnish

        put_in = furnish(
            self._texts,
            self.theme,
            self.window,
            folder=self._folder,
            settings=self._loaded.settings,
            books=books,
            history=history,
            clock=self._clock,
        )
        bench, desk = put_in.bench, put_in.rules
        self.desks = put_in
        # Queued: what asked for it goes away with the window it is in.
        queued = Qt.ConnectionType.QueuedConnection
        bench.language_changed.connect(lambda said: self._speak(said, books, history), queued)
        desk.rules_taken.connect(lambda: self._take_rules(books, history), queued)
        put_in.keeping.put_back_requested.connect(
            lambda backup: self._put_back(backup, books, history), queued
        )
        put_in.moving.move_requested.connect(lambda target: self._move(target, history), queued)
        return bench

    def _speak(self, settings: Settings, books: "BookStore", history: "History") -> None:
        """Start over in the language just chosen."""
        self._loaded = LoadedSettings(settings)
        self._texts = texts_of(self._loaded.settings)
        self._speak_qt()
        self._start_over(books, history).show_settings()

    def _take_rules(self, books: "BookStore", history: "History") -> None:
        """Start over with the rules just taken, where it shows what they changed."""
        if self.workbench is not None:
            self._loaded = LoadedSettings(self.workbench.settings)
        bench = self._start_over(books, history)
        if self.desks is not None:
            self.desks.rules.show_changes()
        bench.notice(
            self._texts("Rules %(version)s are used from now on.")
            % {"version": books.active.rulebook.version},
            "ok",
        )

    def _start_over(self, books: "BookStore", history: "History") -> "Workbench":
        """Put a new, empty window in the place of the old one, where no case is open."""
        if self.desks is not None:
            self.desks.finish()
        before = self._take_new_window()
        self.workbench = self._furnish(books, history)
        self._show_instead_of(before)
        return self.workbench

    def _take_new_window(self) -> MainWindow:
        """Have a new, empty window; the one before is still the one that shows."""
        before = self.window
        self.window = self._new_window()
        self.window.restoreGeometry(before.saveGeometry())
        return before

    def _show_instead_of(self, before: MainWindow) -> None:
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
            errors.last_resort(
                fault, version=__version__, log_folder=self._folder.log, texts=self._texts
            )
            return
        self._failing = True
        self._save_quietly()
        code = errors.last_resort(
            fault,
            version=__version__,
            log_folder=self._folder.log,
            texts=self._texts,
            show=self._tell,
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
        from nca_wizard.ui.fault_dialog import FaultDialog

        FaultDialog(self._texts, sentence, report, self.window).exec()

    # --- Problems and backups ---------------------------------------------------------------

    def _show_problem(self, title: str, fault: KnownFault) -> None:
        from nca_wizard.ui.problem_page import ProblemPage

        backup: Backup | None = getattr(fault, "backup", None)
        page = ProblemPage(
            self._texts,
            title,
            fault.sentence.said(self._texts),
            str(self._folder.root),
            has_backup=backup is not None,
            can_try_again=self._folder.absence() is not None,
        )
        page.try_again_requested.connect(self._try_again)
        page.quit_requested.connect(lambda: self._app.exit(fault.exit_code))
        page.use_backup_requested.connect(lambda: self._recover(backup))
        page.choose_backup_requested.connect(lambda: self._offer_backups(title, fault))
        self.window.show_page(page)
        self._let_go_of_exit()
        self._exit = self._app.lastWindowClosed.connect(lambda: self._app.exit(fault.exit_code))

    def _let_go_of_exit(self) -> None:
        if self._exit is not None:
            QObject.disconnect(self._exit)
            self._exit = None

    def _offer_backups(self, title: str, fault: KnownFault) -> None:
        """All backups, in the place of a history that cannot be opened."""
        from nca_wizard.history.backups import Backups
        from nca_wizard.ui.backups_page import BackupsPage

        page = BackupsPage(self._texts, self._clock(), can_back_up=False)
        page.show_backups(Backups(self._folder.history).all())
        page.back_requested.connect(lambda: self._show_problem(title, fault))
        page.put_back_requested.connect(self._recover)
        self.window.show_page(page)

    def _try_again(self) -> None:
        """Go on as if just started, if the drive is connected by now."""
        if self._folder.absence() is not None:
            self.window.say(self._texts("It is still not there."))
            return
        self._let_go_of_exit()
        self._read_settings()
        self._show_instead_of(self._take_new_window())
        self.load()

    def _recover(self, backup: "Backup | None") -> None:
        """Go on with a backup in the place of a history that cannot be opened."""
        from nca_wizard.ui.putting_back import put_back

        if backup is None:
            return
        said, tone = put_back(self._texts, self._folder.history, backup, self._clock())
        if tone == "ok":
            self._let_go_of_exit()
            self.load()
        self.window.say(said, tone)

    def _put_back(self, backup: "Backup", books: "BookStore", history: "History") -> None:
        """Start over with a backup in the place of the open history, which is kept."""
        from nca_wizard.history.store import History
        from nca_wizard.ui.putting_back import put_back
        from nca_wizard.updates.explaining import Explaining

        if self.workbench is not None:
            self._loaded = LoadedSettings(self.workbench.settings)
        if self.desks is not None:
            self.desks.finish()
        history.close()
        said, tone = put_back(self._texts, self._folder.history, backup, self._clock())
        restored = History.open(self._folder.history, Explaining(books))
        self._start_over(books, restored).show_start()
        self.window.say(said, tone)

    # --- The data folder elsewhere ----------------------------------------------------------

    def _move(self, target: Path, history: "History") -> None:
        """Move everything there and go on with it, or with the old folder where it cannot go."""
        from nca_wizard.ui.moving import Moving

        if self.workbench is not None and self.desks is not None:
            self.workbench.save()
            self._loaded = LoadedSettings(self.workbench.settings)
            self.desks.finish()
        history.close()
        self.workbench = self.desks = None
        before = self._take_new_window()
        moving = Moving(self._texts, self.window, self._folder, target, self._reception)
        moving.ended.connect(self._go_on_in)
        self._show_instead_of(before)

    def _go_on_in(self, folder: DataFolder, said: str, tone: "Tone") -> None:
        self._folder = folder
        opened = self._opened()
        if opened is not None:
            self.workbench = self._furnish(*opened)
            self.workbench.show_settings()
        self.window.say(said, tone)
        self._open_waiting()
