"""How the window bears a large history; `history.py` makes it and asks for these figures.

A display is not needed. Each figure is taken beside the one it is compared with, in turns.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from nca_wizard.paths import DataFolder
from nca_wizard.ui.application import make_application
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.program import Program

TURNS = 7
STARTS = 15
_BEAT_MS = 2
_BETWEEN_KEYS_MS = 60


class Window:
    """The program on one data folder."""

    def __init__(self, app: QApplication, history: Path, now: datetime) -> None:
        self._app = app
        self._program = Program(app, DataFolder(history.parent), lambda: now)
        self._program.window.show()
        self._program.load()
        self._paint()

    @property
    def _page(self) -> HistoryPage:
        page = self._program.window.page
        if not isinstance(page, HistoryPage):
            raise TypeError("another page shows")
        return page

    def show_history(self) -> None:
        if self._program.desks is None:
            raise LookupError("the program shows its problem page")
        self._program.desks.histories.show_history()
        self._wait()

    def look_for(self, typed: str) -> float:
        """Milliseconds from the key to the painted list."""
        self._page.search.clear()
        self._wait()
        begun = time.perf_counter()
        self._page.search.setText(typed)
        self._wait()
        return (time.perf_counter() - begun) * 1000

    def blocked_at_most(self, act: Callable[["Window"], None]) -> float:
        """The longest time, in milliseconds, that no event was seen to during `act`."""
        with beating(self._app) as gaps:
            act(self)
        return max(gaps)

    def type_quickly(self, words: Sequence[str]) -> None:
        """Key by key, without waiting for answers."""
        for word in words:
            for end in range(len(word) + 1):
                self._page.search.setText(word[:end])
                self._rest(_BETWEEN_KEYS_MS)
        self._wait()

    def scroll(self) -> None:
        """Through the whole list, as with the handle of the scroll bar."""
        bar = self._page.table.verticalScrollBar()
        for step in range(40):
            bar.setValue(bar.maximum() * step // 39)
            self._rest(_BETWEEN_KEYS_MS // 2)

    def sort(self) -> None:
        """By name for the first time, and back."""
        for key in ("customer", "date"):
            self._page.table.sort_requested.emit(key)
            self._wait()

    def choose_all(self) -> None:
        self._page.table.selectAll()
        self._rest(_BETWEEN_KEYS_MS)
        self._page.table.select(None)

    def close(self) -> None:
        self._program.window.close()
        self._program.window.deleteLater()
        self._app.processEvents()

    def _wait(self) -> None:
        while self._page.is_looking:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._paint()

    def _paint(self) -> None:
        self._program.window.repaint()
        self._app.processEvents()

    def _rest(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


@contextmanager
def beating(parent: QObject) -> Iterator[list[float]]:
    """Milliseconds between one look at the events and the next."""
    gaps: list[float] = [0.0]
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now

    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start(_BEAT_MS)
    try:
        yield gaps
    finally:
        beat()
        timer.stop()
        timer.deleteLater()


def key_to_list(
    many: Path, now: datetime, words: Sequence[str], plain: Callable[[str], float]
) -> tuple[list[float], list[float], dict[str, float]]:
    """Our times, those of `plain`, and how long at most each act blocked the window."""
    app = QApplication.instance() or make_application()
    if not isinstance(app, QApplication):
        raise TypeError("no application")
    window = Window(app, many, now)
    window.show_history()
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(TURNS + 1):
        for word in words:
            plain_time, our_time = plain(word), window.look_for(word)
            if turn:
                theirs.append(plain_time)
                ours.append(our_time)
    blocked = {
        "while typing": window.blocked_at_most(lambda one: one.type_quickly(words)),
        "while scrolling": window.blocked_at_most(Window.scroll),
        "while sorting by name": window.blocked_at_most(Window.sort),
        "while choosing all": window.blocked_at_most(Window.choose_all),
        "while nothing is done": window.blocked_at_most(lambda one: one._rest(2000)),  # noqa: SLF001
    }
    window.close()
    return ours, theirs, blocked


def starts(few: Path, many: Path, now: datetime) -> tuple[float, float]:
    """Milliseconds to the first page with few cases and with many, all of it loaded before."""
    app = QApplication.instance() or make_application()
    if not isinstance(app, QApplication):
        raise TypeError("no application")
    taken: dict[Path, list[float]] = {few: [], many: []}
    for turn in range(STARTS + 1):
        for path in (few, many):
            begun = time.perf_counter()
            window = Window(app, path, now)
            if turn:
                taken[path].append((time.perf_counter() - begun) * 1000)
            window.close()
    return median(taken[few]), median(taken[many])
