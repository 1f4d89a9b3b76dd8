"""Compares two rulebooks, and the customers of the history under both, beside the window.

work = RulesWork(...)
work.told.compared.connect(...)         the changes in words
work.told.looked_at.connect(...)        how many customers so far, of how many
work.told.customers.connect(...)        a `Customers`, at the end or when stopped
work.told.failed.connect(...)           a `Sentence`, in the place of what could not be had
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from nca_wizard.history.impact import Impact, by_name, impacts
from nca_wizard.history.store import History
from nca_wizard.report.rules_changes import changes_in_words
from nca_wizard.rules.comparison import compare
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.work import BREATH_S, Told, Work

_TELL_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Customers:
    """Those who would read differently, in the order to show them in."""

    impacts: tuple[Impact, ...]
    looked_at: int
    every: int

    @property
    def stopped(self) -> bool:
        """Whether it was stopped before all were looked at."""
        return self.looked_at < self.every


class _Told(Told):
    compared = Signal(object)
    looked_at = Signal(int, int)
    customers = Signal(object)


class RulesWork(Work):
    """One comparison. `history` is None where no customers are to be looked at."""

    told: _Told

    def __init__(
        self, texts: Texts, old: Rulebook, new: Rulebook, today: date, history: Path | None
    ) -> None:
        super().__init__()
        self.told = _Told()
        self._texts = texts
        self._old = old
        self._new = new
        self._today = today
        self._history = history

    def _do(self) -> None:
        compared = compare(self._old, self._new)
        self.told.compared.emit(changes_in_words(self._texts, compared, self._old, self._new))
        if self._history is not None:
            with History.open(self._history) as history:
                self.told.customers.emit(self._look_at(history))

    def _look_at(self, history: History) -> Customers:
        every = history.outlines.count()
        seen = 0
        tell = _seldom(lambda: self.told.looked_at.emit(seen, every))

        def looked_at(cases: int) -> bool:
            nonlocal seen
            seen = cases
            tell()
            time.sleep(BREATH_S)
            return not self._stopped.is_set()

        found = impacts(history, self._old, self._new, self._today, looked_at)
        return Customers(tuple(sorted(found, key=by_name)), seen, every)


def _seldom(tell: Callable[[], object]) -> Callable[[], None]:
    """Tell at most ten times a second: nobody reads faster."""
    last = time.monotonic()

    def now_and_then() -> None:
        nonlocal last
        if time.monotonic() - last >= _TELL_EVERY_S:
            last = time.monotonic()
            tell()

    return now_and_then
