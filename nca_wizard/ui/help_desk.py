"""Help for the page that shows, and what this program is."""

from nca_wizard.paths import DataFolder
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.workbench import Workbench
from nca_wizard.updates.store import BookStore


class HelpDesk:
    """Opens both, each in its dialog."""

    def __init__(
        self,
        texts: Texts,
        window: MainWindow,
        bench: Workbench,
        books: BookStore,
        folder: DataFolder,
    ) -> None:
        self._t = texts
        self._window = window
        self._bench = bench
        self._books = books
        self._folder = folder

    @property
    def _rulebook(self) -> Rulebook:
        return self._books.active.rulebook

    def show_help(self) -> None:
        """Help for the page; of the rules only what a customer who looks on may see."""
        from nca_wizard.ui.help_dialog import HelpDialog

        HelpDialog(self._t, self._window, None if self._bench.in_meeting else self._rulebook).open()

    def show_about(self) -> None:
        """The program, its rules, and where the data is."""
        from nca_wizard.ui.about import AboutBox
        from nca_wizard.ui.book_words import origin

        in_use = next(kept for kept in self._books.kept() if kept.in_use)
        said = origin(self._t, in_use)
        AboutBox(self._t, self._rulebook, said, self._folder, self._window).open()
