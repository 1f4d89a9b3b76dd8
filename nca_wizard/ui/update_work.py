"""Reads a rules update beside the window: verifies, loads and proves it.

work = UpdateWork(lambda: books.read(path, today))
work.told.read.connect(...)             the `Update`
work.told.refused.connect(...)          the `Sentence` that says why not
work.stop()                             nothing more is told of it
"""

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QRunnable, Signal

from nca_wizard.errors import KnownFault
from nca_wizard.ui.rules_work import often_handing_over
from nca_wizard.updates.reading import Update


class _Told(QObject):
    read = Signal(object)
    refused = Signal(object)
    broke = Signal(object)
    ended = Signal()


class UpdateWork(QRunnable):
    """One reading."""

    def __init__(self, read: Callable[[], Update]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.told = _Told()
        self._read = read
        self._stopped = Event()
        self.has_ended = False

    def stop(self) -> None:
        """Tell nothing more; nobody waits for it."""
        self._stopped.set()

    def run(self) -> None:
        try:
            with often_handing_over():
                update = self._read()
            if not self._stopped.is_set():
                self.told.read.emit(update)
        except KnownFault as fault:
            if not self._stopped.is_set():
                self.told.refused.emit(fault.sentence)
        except Exception as fault:  # noqa: BLE001  raised again in the window, by whoever listens
            self.told.broke.emit(fault)
        finally:
            self.has_ended = True
            self.told.ended.emit()
