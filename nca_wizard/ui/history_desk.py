"""The commands around the list of all cases."""

from PySide6.QtCore import QObject

from nca_wizard.history.store import History
from nca_wizard.texts import Texts
from nca_wizard.ui import later
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.workbench import Workbench


class HistoryDesk(QObject):
    """Shows the history and does what is asked for there."""

    def __init__(
        self, texts: Texts, window: MainWindow, bench: Workbench, history: History
    ) -> None:
        super().__init__(window)
        self._t = texts
        self._bench = bench
        self._history = history

    def show_history(self) -> None:
        """Show the list."""
        self._bench.show_other(self._page)

    def _page(self) -> "later.HistoryPage":
        page = later.HistoryPage(self._t, self._history)
        page.open_requested.connect(self._bench.open_evaluation)
        page.print_requested.connect(self._bench.print_evaluation)
        page.back_requested.connect(self._bench.show_start)
        page.new_case_requested.connect(self._bench.new_case)
        return page
