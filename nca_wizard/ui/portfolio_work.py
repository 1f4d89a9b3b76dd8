"""Adds up the register, beside the window."""

from contextlib import closing
from pathlib import Path

from nca_wizard.history.store import History
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.ui.work import Work


class PortfolioWork(Work):
    """`told.done` has a `Portfolio`."""

    def __init__(self, history: Path, rulebook: Rulebook, language: str) -> None:
        super().__init__()
        self._history = history
        self._rulebook = rulebook
        self._language = language

    def _do(self) -> None:
        with (
            History.open(self._history) as history,
            closing(history.searching(self._language)) as search,
        ):
            self.told.done.emit(search.portfolio(self._rulebook.metrics))
