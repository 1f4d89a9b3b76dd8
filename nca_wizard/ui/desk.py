"""What the desks of one window share: each does the commands around one thing.

class ListsDesk(Desk):
    def __init__(self, room: Room) -> None:
        super().__init__(room)
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QObject

from nca_wizard.errors import KnownFault
from nca_wizard.history.store import History
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.sentences import Sentence
from nca_wizard.texts import Texts
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.undoing import Undoing
from nca_wizard.ui.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Room:
    """What every desk has at hand. `path` is the history's, for threads, which open their own."""

    texts: Texts
    window: MainWindow
    bench: Workbench
    undoing: Undoing
    history: History
    rulebook: Rulebook
    path: Path
    clock: Clock


class Desk(QObject):
    """Lives as long as the window. Faults that are known are said above the page."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.window)
        self._t = room.texts
        self._window = room.window
        self._bench = room.bench
        self._undoing = room.undoing
        self._history = room.history
        self._rulebook = room.rulebook
        self._path = room.path
        self._clock = room.clock

    def finish(self) -> None:
        """End what runs beside the window, before the window goes."""

    def _try(self, act: Callable[[], object]) -> bool:
        """Do something that may fail in a way that is known; whether it did not."""
        try:
            act()
        except KnownFault as fault:
            self._say_fault(fault.sentence)
            return False
        return True

    def _say_fault(self, sentence: Sentence) -> None:
        self._bench.notice_for_us(sentence.said(self._t))

    def _raise(self, fault: Exception) -> NoReturn:
        # What is raised beside the window never reaches the last resort.
        raise fault
