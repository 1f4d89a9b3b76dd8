"""Asks the history for its list beside the window; an answer that comes too late is dropped.

searcher.find(query)            -> found(Listed)
searcher.fetch(ids)             -> came({id: line})
searcher.look_up(ids, then)     then({id: line}), for what is to be done with them
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from nca_wizard.history.search import Cancelled, Found, Headline, Query, Row
from nca_wizard.history.store import History
from nca_wizard.ui.beside import Beside, Dropped

IN_SIGHT = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer: the lines in order, and the first of them whole."""

    query: Query
    found: Found
    first: Mapping[int, Row]


class Searcher(QObject):
    """One connection to the history, and the last question put to it."""

    found = Signal(object)
    came = Signal(object)
    failed = Signal(object)
    """With a `Sentence`."""

    def __init__(
        self,
        history: History,
        language: str,
        channels: Mapping[str, str],
        parent: QObject | None = None,
        headline: Headline | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = history.searching(language, channels, headline)
        self._beside = Beside(self)
        self._asked = 0

    def find(self, query: Query) -> None:
        """Look for this instead of whatever is being looked for."""
        self._asked += 1
        number = self._asked

        def still_wanted() -> bool:
            return number == self._asked

        def work() -> Listed:
            if not still_wanted():
                raise Dropped
            try:
                found = self._search.find(query, still_wanted)
            except Cancelled:
                raise Dropped from None
            return Listed(query, found, self._search.rows(found.ids[:IN_SIGHT]))

        def tell(listed: Listed) -> None:
            if still_wanted():
                self.found.emit(listed)

        self._beside.do(work, tell, lambda fault: self.failed.emit(fault.sentence))

    def fetch(self, ids: Sequence[int]) -> None:
        """Ask for these lines."""
        self.look_up(ids, self.came.emit)

    def look_up(self, ids: Sequence[int], then: Callable[[dict[int, Row]], object]) -> None:
        """Ask for these lines, to do something with them."""
        self._beside.do(
            lambda: self._search.rows(ids), then, lambda fault: self.failed.emit(fault.sentence)
        )

    def look_up_years(self, then: Callable[[list[int]], object]) -> None:
        """Ask for the years that there are evaluations for, the latest first."""
        self._beside.do(self._search.years, then, lambda fault: self.failed.emit(fault.sentence))

    def finish(self) -> None:
        """Stop looking and let go of the history."""
        self._asked += 1
        self._beside.finish()
        self._search.close()
