"""Every long-lived object of the window, put together; the last line of defence when it breaks."""

import os
from collections.abc import Callable
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
from PySide6.QtWidgets import QApplication, QWidget

# What takes long to load is not imported here but where it is used, after the first paint: see
# `Program.show_front`.
from nca_wizard import __version__, errors
from nca_wizard.errors import KnownFault, RulebookFault
from nca_wizard.paths import DataFolder, resources
from nca_wizard.sentences import Sentence
from nca_wizard.settings import LoadedSettings, Settings, load_settings, texts_of
from nca_wizard.ui import window_place
from nca_wizard.ui.application import bring_to_front
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.one_instance import MeetingPlace
from nca_wizard.ui.theme import Theme

if TYPE_CHECKING:
    from nca_wizard.history.store import History
    from nca_wizard.history.values import Backup
    from nca_wizard.ui.asking import Act
    from nca_wizard.ui.desks import Desks
    from nca_wizard.ui.front import Front
    from nca_wizard.ui.hand_over import Reception, Request
    from nca_wizard.ui.panels import Tone
    from nca_wizard.ui.workbench import Workbench
    from nca_wizard.updates.label_file import ActiveLabel
    from nca_wizard.updates.store import BookStore

_DIALOG_MS = 200


class Program:
    """Holds them all: settings, theme, window, and in time its front and its desks.

    program.show_front()        the first page alone, where its rules are known by their label
    program.load()              the rules, the history, and what does the work
    """

    def __init__(self, app: QApplication, folder: DataFolder, clock: Clock) -> None:
        self._app = app
        self._folder = folder
        self._clock = clock
        self.theme = Theme(app, resources() / "fonts")
        self._qt_texts: QTranslator | None = None
        self._read_settings()
        self.window = self._new_window()
        window_place.restore(self.window, self._loaded.settings.window)
        self._front: Front | None = None
        """What the window has in front while it has nothing behind it yet."""
        self.desks: Desks | None = None
        self.after_load: Callable[[], object] = lambda: None
        """Called whenever everything is loaded, or a fault in it is on the problem page."""
        self._to_open: Path | None = None
        self._failing = False
        self._exit: QMetaObject.Connection | None = None
        self._reception: Reception | None = None

    @property
    def workbench(self) -> "Workbench | None":
        """Where cases are worked on; None until everything is loaded."""
        return self.desks.bench if self.desks is not None else None

    def _read_settings(self) -> None:
        self._loaded: LoadedSettings = load_settings(self._folder.settings)
        self._texts = texts_of(self._loaded.settings)
        self._speak_qt()
        self.theme.set_text_size(self._loaded.settings.text_size)
        self.theme.use(self._loaded.settings.colours)

    def show_front(self) -> QWidget | None:
        """Show the first page, before the rules are read, and return it.

        None where it has to wait for `load`: for rules whose label is not known yet, for whatever
        is wrong to be said, or because a customer looks on from the start.
        """
        # Late, and in `load` too: sqlite3, pydantic, the rules and the pages take longer to import
        # than the window takes to show.
        from nca_wizard.history.store import History
        from nca_wizard.updates.label_file import kept_label

        label = kept_label(self._folder.rules, resources())
        if label is None or self._loaded.settings.meeting_at_start:
            return None
        try:
            self._folder.check_it_is_there()
            history = History.open(self._folder.history)
        except KnownFault:
            return None
        self._front = self._put_up_front(label, history)
        self._front.show_start()
        self._say_at_start()
        return self.window.page

    def load(self, case_file: Path | None = None) -> None:
        """Read the rules and open the history; a fault in either turns into the problem page.

        Where the first page shows already, what does what is asked there is put behind it.
        """
        self._to_open = case_file or self._to_open
        if self.desks is not None:
            return
        try:
            opened = self._opened()
            if opened is not None:
                self._begin(*opened)
        finally:
            self.after_load()

    def _begin(self, books: "BookStore", history: "History") -> None:
        shows_front = self._front is not None
        desks = self._furnish(books, history)
        if shows_front:
            desks.bench.fit_to_page()
            if books.notice:
                self._say_at_start(books.notice)
        elif desks.bench.settings.meeting_at_start:
            # No customer who looks on hears what is to be said.
            self.window.do("meeting")
            desks.meeting.ended.connect(
                lambda: self._say_at_start(books.notice), Qt.ConnectionType.SingleShotConnection
            )
        else:
            desks.bench.show_start()
            self._say_at_start(books.notice)
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
        if self._front is not None and self._front.label != books.active.label:
            # The rules were changed in this very moment.
            self._take_front_away()
        try:
            history = self._front.history if self._front else History.open(self._folder.history)
        except KnownFault as fault:
            self._show_problem(t("Your history could not be opened"), fault)
            return None
        history.explain = Explaining(books)
        history.backups.remove_leftovers()
        return books, history

    def _say_at_start(self, of_rules: Sentence | None = None) -> None:
        """Say above the first page what there is to say of settings, rules and data folder."""
        from nca_wizard.history.place import notice_about

        risk = notice_about(self._folder.root)
        notices = (self._loaded.notice, of_rules, risk)
        said = " ".join(one.said(self._texts) for one in notices if one)
        if said:
            may_move = risk is not None and self._folder.usual is not None
            button = self._texts("Move…") if may_move else ""
            self.window.say(said, "warn", button, lambda: self._ask(_ask_to_move))

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
        if self.desks is None or self._to_open is None:
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
            self.desks.bench.open_file(path)

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

    def _put_up_front(self, label: "ActiveLabel", history: "History") -> "Front":
        from nca_wizard.ui.front import put_up_front

        return put_up_front(
            self._texts,
            self.theme,
            self.window,
            label,
            history,
            self._folder.root,
            self._clock,
            self._ask,
        )

    def _take_front_away(self) -> None:
        """Go on in an empty window, if the one that shows has only its front."""
        if self._front is not None:
            self._front.history.close()
            self._front = None
            self._show_instead_of(self._take_new_window())

    def _ask(self, act: "Act") -> None:
        """Have a desk do this. Who asks before the rules are read waits for them."""
        self.load()
        if self.desks is not None:
            act(self.desks)

    def _furnish(self, books: "BookStore", history: "History") -> "Desks":
        """Put into the window all it takes to work."""
        from nca_wizard.ui.furnishing import furnish

        front = self._front or self._put_up_front(books.active.label, history)
        self._front = None
        desks = self.desks = furnish(
            front,
            self._texts,
            folder=self._folder,
            settings=self._loaded.settings,
            books=books,
        )
        # Queued: what asked for it goes away with the window it is in.
        queued = Qt.ConnectionType.QueuedConnection
        desks.bench.language_changed.connect(lambda said: self._speak(said, books, history), queued)
        desks.rules.rules_taken.connect(lambda: self._take_rules(books, history), queued)
        desks.keeping.put_back_requested.connect(
            lambda backup: self._put_back(backup, books, history), queued
        )
        desks.moving.move_requested.connect(lambda target: self._move(target, history), queued)
        return desks

    def _speak(self, settings: Settings, books: "BookStore", history: "History") -> None:
        """Start over in the language just chosen."""
        self._loaded = LoadedSettings(settings)
        self._texts = texts_of(self._loaded.settings)
        self._speak_qt()
        self._start_over(books, history).bench.show_settings()

    def _take_rules(self, books: "BookStore", history: "History") -> None:
        """Start over with the rules just taken, where it shows what they changed."""
        if self.desks is not None:
            self._loaded = LoadedSettings(self.desks.bench.settings)
        desks = self._start_over(books, history)
        desks.rules.show_changes()
        desks.bench.notice(
            self._texts("Rules %(version)s are used from now on.")
            % {"version": books.active.rulebook.version},
            "ok",
        )

    def _start_over(self, books: "BookStore", history: "History") -> "Desks":
        """Put a new, empty window in the place of the old one, where no case is open."""
        if self.desks is not None:
            self.desks.finish()
        before = self._take_new_window()
        desks = self._furnish(books, history)
        self._show_instead_of(before)
        return desks

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
        if self.desks is None:
            return
        try:
            self.desks.bench.save()
        except Exception as fault:  # noqa: BLE001  the first fault is the one to be told
            report = errors.report_of(fault, __version__)
            errors.write_report(report, self._folder.log)

    def _tell(self, sentence: str, report: str) -> None:
        from nca_wizard.ui.fault_dialog import FaultDialog

        FaultDialog(self._texts, sentence, report, self.window).exec()

    # --- Problems and backups ---------------------------------------------------------------

    def _show_problem(self, title: str, fault: KnownFault) -> None:
        from nca_wizard.ui.problem_page import ProblemPage

        self._take_front_away()
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

        if self.desks is not None:
            self._loaded = LoadedSettings(self.desks.bench.settings)
            self.desks.finish()
        history.close()
        said, tone = put_back(self._texts, self._folder.history, backup, self._clock())
        restored = History.open(self._folder.history)
        restored.explain = Explaining(books)
        self._start_over(books, restored).bench.show_start()
        self.window.say(said, tone)

    # --- The data folder elsewhere ----------------------------------------------------------

    def _move(self, target: Path, history: "History") -> None:
        """Move everything there and go on with it, or with the old folder where it cannot go."""
        from nca_wizard.ui.moving import Moving

        if self.desks is not None:
            self.desks.bench.save()
            self._loaded = LoadedSettings(self.desks.bench.settings)
            self.desks.finish()
        history.close()
        self.desks = None
        before = self._take_new_window()
        moving = Moving(self._texts, self.window, self._folder, target, self._reception)
        moving.ended.connect(self._go_on_in)
        self._show_instead_of(before)

    def _go_on_in(self, folder: DataFolder, said: str, tone: "Tone") -> None:
        self._folder = folder
        opened = self._opened()
        if opened is not None:
            self._furnish(*opened).bench.show_settings()
        self.window.say(said, tone)
        self._open_waiting()


def _ask_to_move(desks: "Desks") -> None:
    desks.bench.move_requested.emit()
