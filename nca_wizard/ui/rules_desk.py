"""The commands around the rules themselves: what changed, and importing an update.

desk = RulesDesk(texts, window, bench, books, history_path, clock)
desk.show_changes()                     the book before against the present one
desk.ask_for_update()                   file -> verified and proved -> what it would change
desk.rules_taken                        another book is in use; the window has to start over
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QFileDialog

from nca_wizard.errors import KnownFault
from nca_wizard.sentences import Sentence
from nca_wizard.texts import Texts
from nca_wizard.ui import last_folder
from nca_wizard.ui.book_words import ShownBooks
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.workbench import Workbench
from nca_wizard.updates.container import ENDING
from nca_wizard.updates.reading import Update
from nca_wizard.updates.store import ActiveBook, BookStore

# The page and what computes it are imported when somebody wants to see it.
if TYPE_CHECKING:
    from nca_wizard.ui.rules_customers import CustomerRow
    from nca_wizard.ui.rules_page import RulesPage
    from nca_wizard.ui.work import Work


class RulesDesk(QObject):
    """Shows two rulebooks beside each other and takes a newer one into use."""

    rules_taken = Signal()

    def __init__(
        self,
        texts: Texts,
        window: MainWindow,
        bench: Workbench,
        books: BookStore,
        history: Path,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._t = texts
        self._window = window
        self._bench = bench
        self._books = books
        self._history = history
        self._clock = clock
        self._works: list[Work] = []
        self._pool = QThreadPool(self)
        window.closing.connect(self.finish)
        if self.import_closed:
            window.close_command("update", self.import_closed)

    @property
    def import_closed(self) -> str:
        """Why no update can be imported, "" when one can."""
        return self._books.closed.said(self._t) if self._books.closed else ""

    # --- What changed -----------------------------------------------------------------------

    def show_changes(self) -> None:
        """The book that was used before the present one, against it."""
        kept = self._books.kept()
        older = [book for book in kept if not book.in_use]
        before = older[-1].hash if older else ""
        self.compare(before, self._books.active.rulebook.hash)

    def compare(self, old: str, new: str) -> None:
        """The kept books with these hashes; `old` may be "" for none."""
        kept = self._books.kept()
        versions = {book.hash: book.version for book in kept}
        before = self._books.kept_book(old) if old else None
        after = self._books.kept_book(new)
        missing = [digest for digest, book in ((old, before), (new, after)) if digest and not book]
        shown = ShownBooks(
            old=before.rulebook if before and not missing else None,
            new=(after or self._books.active).rulebook,
            kept=kept,
            missing=versions.get(missing[0], "") if missing else "",
        )
        self._show(shown, before, after)

    def _show(
        self, shown: ShownBooks, before: ActiveBook | None, after: ActiveBook | None
    ) -> "RulesPage | None":
        from nca_wizard.ui.rules_page import RulesPage

        texts = self._t
        for book in (before, after):
            texts = book.texts(texts) if book else texts
        made: list[RulesPage] = []

        def make() -> RulesPage:
            made.append(RulesPage(texts, shown, self._clock().date(), self.import_closed))
            return made[0]

        self._bench.show_other(make)
        if not made:
            return None
        page = made[0]
        page.back_requested.connect(self._bench.leave_other)
        page.books_chosen.connect(self.compare)
        page.import_requested.connect(self.ask_for_update)
        if page.customers is not None:
            page.customers.open_requested.connect(self._bench.open_evaluation)
            page.customers.evaluate_requested.connect(self._evaluate_again)
        self._reckon(page, texts, shown)
        return page

    def _reckon(self, page: "RulesPage", texts: Texts, shown: ShownBooks) -> None:
        from nca_wizard.ui.rules_work import RulesWork

        for work in self._works:
            work.stop()
        if shown.old is None:
            return
        history = self._history if page.customers is not None else None
        work = RulesWork(texts, shown.old, shown.new, self._clock().date(), history)

        work.told.compared.connect(page.show_changes)
        work.told.failed.connect(page.say_fault)
        if page.customers is not None:
            work.told.looked_at.connect(page.customers.say_progress)
            work.told.customers.connect(page.customers.show_customers)
            page.customers.stop_requested.connect(work.stop)
        page.destroyed.connect(work.stop)
        self._begin(work)

    def _begin(self, work: "Work") -> None:
        work.told.broke.connect(self._raise)
        work.told.ended.connect(self._let_go)
        self._works.append(work)
        self._pool.start(work)

    def _raise(self, fault: Exception) -> None:
        # What is raised beside the window never reaches the last resort.
        raise fault

    def _let_go(self) -> None:
        self._works = [work for work in self._works if not work.has_ended]

    def finish(self) -> None:
        """Stop what is being computed and wait for it, before the window goes."""
        for work in self._works:
            work.stop()
        self._pool.waitForDone()

    def _evaluate_again(self, row: "CustomerRow") -> None:
        shown = self._window.page
        evaluation = self._bench.evaluate_stored(row.evaluation)
        # While it was evaluated, a second start may have opened another page.
        if evaluation is not None and self._window.page is shown:
            row.say_evaluated(evaluation)

    # --- An update --------------------------------------------------------------------------

    def ask_for_update(self) -> None:
        """Let the person pick a rules update and show what it would change."""
        t = self._t
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            t("Import rules update"),
            last_folder.proposed(),
            t("Rules updates") + f" (*{ENDING})",
        )
        if chosen:
            last_folder.remember(Path(chosen))
            self.preview(Path(chosen))

    def preview(self, path: Path) -> None:
        """Show what the update at `path` would change, or say why it is refused; in a moment."""
        from nca_wizard.ui.update_work import UpdateWork

        today = self._clock().date()
        work = UpdateWork(lambda: self._books.read(path, today))
        for other in self._works:
            if isinstance(other, UpdateWork):
                other.stop()
        work.told.done.connect(self._show_update)
        work.told.failed.connect(self._say_refused)
        self._begin(work)

    def _say_refused(self, why: Sentence) -> None:
        t = self._t
        used = t("The rules %(version)s are still used.") % {
            "version": self._books.active.rulebook.version
        }
        self._bench.notice(f"{why.said(t)} {used}")

    def _show_update(self, update: Update) -> None:
        active = self._books.active
        shown = ShownBooks(
            old=active.rulebook, new=update.rulebook, kept=self._books.kept(), preview=True
        )
        brought = ActiveBook(update.rulebook, imported=True, translations=update.translations)
        page = self._show(shown, active, brought)
        if page is not None:
            page.use_requested.connect(lambda: self._take(update))

    def _take(self, update: Update) -> None:
        try:
            self._books.activate(update, self._clock().date())
        except KnownFault as fault:
            self._bench.notice(fault.sentence.said(self._t))
            return
        self.rules_taken.emit()
