"""Reads a list, and evaluates its customers into the history, beside the window.

work = ListReading(path)                `done` has a `Table`
work = ListMatching(...)                `done` has the names that are here already
work = ListImport(...)                  `progress` is rows so far; `done` has an `Imported`, also
                                        when stopped, which it is within a row: what is done stays
"""

import gc
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nca_wizard.exchange import lists
from nca_wizard.exchange.list_rows import (
    Columns,
    Rejected,
    Vocabulary,
    customer_in,
    read_row,
)
from nca_wizard.exchange.lists import Table
from nca_wizard.history.evaluations import Written, written
from nca_wizard.history.imports import Coming
from nca_wizard.history.store import History
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.model.answers import Answer, Answers
from nca_wizard.rules.model.values import Scenario
from nca_wizard.ui.work import BREATH_S, Work

if TYPE_CHECKING:
    from nca_wizard.ui.import_known import WithKnown

_AT_A_TIME = 25
"""Rows that are written together: few enough that the window never waits long for the file."""
_TELL_EVERY_S = 0.1
_REMEMBERED = 500
_NEVER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list. `import_id` is None where not one row was accepted."""

    import_id: int | None
    done: int
    left_out: int
    """Customers that were here already, and were not wanted again."""
    rejected: tuple[Rejected, ...]
    not_reached: int
    """Rows left when it was stopped."""


class ListReading(Work):
    """Reads one file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def _do(self) -> None:
        self.told.done.emit(lists.read(self._path))


class ListMatching(Work):
    """Names the customers of the rows that are here already."""

    def __init__(self, columns: Columns, table: Table, history: Path) -> None:
        super().__init__()
        self._columns = columns
        self._table = table
        self._history = history

    def _do(self) -> None:
        with History.open(self._history) as history:
            known = history.known_customers()
        names: list[str] = []
        for row in self._table.rows:
            if self._stopped.is_set():
                return
            customer = customer_in(self._columns, row)
            if known.case_of(customer) is not None:
                names.append(customer.name)
        self.told.done.emit(names)


class ListImport(Work):
    """Evaluates every row for today and keeps it as part of one import; `with_known` says what
    becomes of customers that were here before."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        columns: Columns,
        table: Table,
        *,
        source: str,
        history: Path,
        at: datetime,
        with_known: "WithKnown",
    ) -> None:
        super().__init__()
        self._with_known = with_known
        self._vocabulary = vocabulary
        self._columns = columns
        self._table = table
        self._source = source
        self._history = history
        self._at = at

    def _do(self) -> None:
        with History.open(self._history) as history, _little_collected():
            self._import(history)

    def _import(self, history: History) -> None:
        evaluated = _Evaluating(self._vocabulary, self._at.date())
        rejected: list[Rejected] = []
        waiting: list[Coming] = []
        kept = _Kept(history, self._source, self._at)
        known = history.known_customers()
        left_out = 0
        told = 0.0
        try:
            for seen, row in enumerate(self._table.rows):
                if self._stopped.is_set():
                    break
                read = read_row(self._vocabulary, self._columns, row)
                if isinstance(read, Rejected):
                    rejected.append(read)
                    continue
                case_id = known.case_of(read.customer)
                if case_id is not None and self._with_known == "leave_out":
                    left_out += 1
                    continue
                added_to = case_id if self._with_known == "add" else None
                ends = read.subscription_ends
                waiting.append(Coming(read.customer, evaluated(read.answers), added_to, ends))
                if len(waiting) == _AT_A_TIME:
                    kept.keep(waiting)
                    waiting = []
                if time.monotonic() - told >= _TELL_EVERY_S:
                    told = time.monotonic()
                    self.told.progress.emit(seen)
                time.sleep(BREATH_S)
            kept.keep(waiting)
        finally:
            # Where the disk is full what was written before is there, and can be undone.
            left = len(self._table.rows) - kept.count - left_out - len(rejected)
            self.told.done.emit(
                Imported(kept.import_id, kept.count, left_out, tuple(rejected), left)
            )


@contextmanager
def _little_collected() -> Iterator[None]:
    """What is evaluated leaves no garbage in circles, and to look through everything that is
    remembered would keep the window waiting ever longer."""
    usual = gc.get_threshold()
    gc.set_threshold(*usual[:2], _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class _Kept:
    """What of a list is in the history."""

    def __init__(self, history: History, source: str, at: datetime) -> None:
        self._history = history
        self._source = source
        self._at = at
        self.import_id: int | None = None
        self.count = 0

    def keep(self, coming: list[Coming]) -> None:
        """Write these, all or none."""
        if not coming:
            return
        if self.import_id is None:
            self.import_id = self._history.imports.begin(self._source, self._at)
        self._history.imports.add(self.import_id, coming, self._at)
        self.count += len(coming)


class _Evaluating:
    """The recommendation for some answers, as it is stored; customers of a list have many answers
    in common. Without explanations: those are worked out when somebody opens the evaluation.
    """

    def __init__(self, vocabulary: Vocabulary, as_of: date) -> None:
        self._engine = Engine(vocabulary.rulebook)
        self._as_of = as_of
        # Texts, not values: what collects garbage does not look into them.
        self._known: dict[str, Written] = {}

    def __call__(self, answers: Answers) -> Written:
        key = repr(sorted((question, _hashable(answer)) for question, answer in answers.items()))
        found = self._known.get(key)
        if found is None:
            in_play = self._engine.interview(answers, self._as_of).answers_in_play
            scenario = Scenario(as_of=self._as_of, answers=in_play)
            found = written(self._engine.recommend_plainly(scenario))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = found
        return found


def _hashable(answer: Answer) -> str:
    """One text for one answer."""
    if isinstance(answer, Mapping):
        return repr(sorted(answer.items()))
    return repr(answer)
