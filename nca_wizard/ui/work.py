"""Something that takes its time, done beside the window, which never waits.

class Counting(Work):
    def _do(self) -> None: ... self.told.done.emit(found)

work = Counting()
work.told.done.connect(...)             what it came to
work.told.failed.connect(...)           a `Sentence`, instead
work.told.broke.connect(...)            what nobody foresaw, to be raised in the window
pool.start(work); work.stop()
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from PySide6.QtCore import QObject, QRunnable, Signal

from nca_wizard.errors import KnownFault

# Python hands the processor to a waiting thread only this often; each of the window's many short
# calls would wait as long, and 5 ms as usual make a page stutter.
_HAND_OVER_S = 0.0005
BREATH_S = 0.0005
"""To be slept now and then by who does many small things: the window comes first."""
# Known beforehand: of two works at once the one that ends last must not put back what it found.
_USUAL_S = sys.getswitchinterval()


class Told(QObject):
    """What the window hears of some work."""

    done = Signal(object)
    progress = Signal(int)
    failed = Signal(object)
    broke = Signal(object)
    ended = Signal()


class Work(QRunnable):
    """One piece of work, done once; whoever began it holds it until it has ended."""

    told: Told

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.told = Told()
        self._stopped = Event()
        self.has_ended = False

    def stop(self) -> None:
        """Stop soon; what was done is told."""
        self._stopped.set()

    def run(self) -> None:
        try:
            with _often_handing_over():
                self._do()
        except KnownFault as fault:
            self.told.failed.emit(fault.sentence)
        except Exception as fault:  # noqa: BLE001  raised again in the window, by whoever listens
            self.told.broke.emit(fault)
        finally:
            self.has_ended = True
            self.told.ended.emit()

    def _do(self) -> None:
        """The work itself."""
        raise NotImplementedError  # for each kind to say; Qt's metaclass and abc's do not mix


@contextmanager
def _often_handing_over() -> Iterator[None]:
    """Leave the processor to the window many times a second."""
    sys.setswitchinterval(_HAND_OVER_S)
    try:
        yield
    finally:
        sys.setswitchinterval(_USUAL_S)
