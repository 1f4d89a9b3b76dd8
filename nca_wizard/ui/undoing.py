"""What was done and can be undone: said in a bar that stays until it is closed, and by Ctrl+Z.

    done = undoing.done("Deleted “Contoso AB”.", undo, redo)
    undoing.undo_this(done)             that and nothing else, whatever was done since
    undoing.done_quietly(sentence, undo, redo)      what shows on the page, as a tick does: no bar
    undoing.changed.connect(...)        something was undone or done again; pages look anew

`undo` and `redo` may raise a KnownFault; then all is as before, and its sentence is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from weakref import ReferenceType, ref

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nca_wizard.errors import KnownFault
from nca_wizard.texts import Texts
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.panels import announce

_LONGEST_NAME = 36


def shortened(name: str) -> str:
    """A customer's name for the bar, which with three lines would leave no room for the page."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…"


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """One act, to be asked about and undone by itself. What was done quietly shows on a page."""

    sentence: str
    undo: Callable[[], object]
    redo: Callable[[], object]
    shows_on: ReferenceType[QWidget] | None = None


class Undoing(QObject):
    """Everything of this window that can be undone, the last first."""

    changed = Signal()
    failed = Signal(object)
    """With a `Sentence`: why it could not be undone."""

    def __init__(self, texts: Texts, window: MainWindow) -> None:
        super().__init__(window)
        self._t = texts
        self._window = window
        self._done: list[Done] = []
        self._undone: list[Done] = []
        self._in_bar: Done | None = None
        window.undo_requested.connect(self.undo)
        window.redo_requested.connect(self.redo)

    def done(self, sentence: str, undo: Callable[[], object], redo: Callable[[], object]) -> Done:
        """Something was done: say so and offer to undo it."""
        done = Done(sentence, undo, redo)
        self._done.append(done)
        self._undone.clear()
        self._show(done)
        return done

    def done_quietly(
        self, sentence: str, undo: Callable[[], object], redo: Callable[[], object]
    ) -> None:
        """Something was done that everybody sees: Ctrl+Z undoes it, and no bar is needed while
        this page shows."""
        page = self._window.page
        self._done.append(Done(sentence, undo, redo, ref(page) if page is not None else None))
        self._undone.clear()

    def undo(self) -> None:
        """Undo what was done last, if there is anything, and say what that was."""
        if self._done:
            last = self._done[-1]
            self.undo_this(last)
            if not self._is_seen(last) and not self.can_undo(last):
                said = self._t("Undone: %(what)s") % {"what": last.sentence}
                self._window.offer_undo(said, self._t("Redo"), self.redo)

    def can_undo(self, done: Done) -> bool:
        """Whether it was not undone already."""
        return done in self._done

    def undo_this(self, done: Done) -> None:
        """Undo this act, if it was not undone already."""
        if done in self._done and self._try(done.undo):
            self._done.remove(done)
            self._undone.append(done)
            if done is self._in_bar:
                self._window.offer_undo("")
            announce(self._window, self._t("Undone"))
            self.changed.emit()

    def redo(self) -> None:
        """Do again what was undone last, if there is anything."""
        if self._undone and self._try(self._undone[-1].redo):
            self._done.append(self._undone.pop())
            self._show(self._done[-1])
            self.changed.emit()

    def forget(self) -> None:
        """What can no longer be undone is no longer offered, as after a deletion for good."""
        self._done.clear()
        self._undone.clear()
        self._window.offer_undo("")

    def _is_seen(self, done: Done) -> bool:
        """Whether it was done quietly on the page that shows."""
        return done.shows_on is not None and done.shows_on() is self._window.page

    def _show(self, done: Done) -> None:
        if not self._is_seen(done):
            self._in_bar = done
            # What it names, even where something else was done quietly since.
            self._window.offer_undo(done.sentence, self._t("Undo"), lambda: self.undo_this(done))

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except KnownFault as fault:
            self.failed.emit(fault.sentence)
            return False
        return True
