"""Does one thing after another beside the window, which never waits; the answers come back to it.

    beside.do(lambda: search.find(query), self._show, self._say)
    beside.finish()         before the window goes: nothing is begun any more, nothing is told

    found_beside(lambda: engine.recommend(scenario))        for what is needed before going on

What fails in a known way is told as its fault; anything else is raised in the window's thread,
where the last resort hears of it.
"""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal

from nca_wizard.errors import KnownFault

T = TypeVar("T")

# Python hands the processor to a waiting thread only this often; each of the window's many short
# calls would wait as long, and 5 ms as usual make a page stutter.
_HAND_OVER_S = 0.0005


class Dropped(Exception):
    """Nobody wants the answer any more."""


class Beside(QObject):
    """One thread, used by whoever holds this."""

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_HAND_OVER_S)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside")
        self._finished = False
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        otherwise: Callable[[KnownFault], object] | None = None,
    ) -> None:
        """Do `work` there and then `then` here, or `otherwise` where it fails in a known way."""
        if self._finished:
            return

        def end(future: Future[T]) -> None:
            if not self._finished:
                self._ended.emit(lambda: _answer(future, then, otherwise))

        self._thread.submit(work).add_done_callback(end)

    def finish(self) -> None:
        """Wait for what is being done; what has not begun is left, and nothing is told."""
        self._finished = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _tell(self, answer: Callable[[], None]) -> None:
        if not self._finished:
            answer()


class _Done(QObject):
    told = Signal()


def found_beside(work: Callable[[], T]) -> T:
    """What `work` finds or raises; the window paints meanwhile, and what is typed waits.

    Whatever else the window can be told may happen before this returns.
    """
    sys.setswitchinterval(_HAND_OVER_S)
    done, loop = _Done(), QEventLoop()
    done.told.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="found beside") as thread:
        future = thread.submit(work)
        future.add_done_callback(lambda _: done.told.emit())
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return future.result()


def _answer(
    future: Future[T],
    then: Callable[[T], object],
    otherwise: Callable[[KnownFault], object] | None,
) -> None:
    try:
        result = future.result()
    except Dropped:
        return
    except KnownFault as fault:
        if otherwise is None:
            raise
        otherwise(fault)
        return
    then(result)
