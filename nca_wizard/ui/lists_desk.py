"""The commands around lists of customers: import one, undo it, save what was rejected.

desk = ListsDesk(room)
desk.ask_for_list(); desk.open_list(path)
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool, Signal
from PySide6.QtWidgets import QFileDialog

from nca_wizard.errors import KnownFault
from nca_wizard.history.imports import TakenBack
from nca_wizard.history.search import Query
from nca_wizard.sentences import Sentence
from nca_wizard.ui import last_folder
from nca_wizard.ui.desk import Desk, Room
from nca_wizard.ui.undoing import Done

# Loaded when somebody has a list.
if TYPE_CHECKING:
    from nca_wizard.exchange.list_rows import Columns
    from nca_wizard.exchange.lists import Table
    from nca_wizard.ui.import_page import ImportPage
    from nca_wizard.ui.list_work import Imported, ListImport, ListMatching, ListReading
    from nca_wizard.ui.work import Work


class ListsDesk(Desk):
    """Takes one list at a time."""

    history_requested = Signal(object)
    """With the `Query` for what was imported."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._work: ListReading | ListImport | None = None
        self._matching: ListMatching | None = None
        self._table: Table | None = None
        self._imported: Imported | None = None
        self._done: Done | None = None
        self._source = Path()
        room.undoing.changed.connect(self._say_whether_undone)

    # --- Which ------------------------------------------------------------------------------

    def ask_for_list(self) -> None:
        """Let the person pick a list."""
        t = self._t
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            t("Import a list"),
            last_folder.proposed(),
            t("Lists") + " (*.csv *.tsv *.txt *.xlsx *.xlsm)",
        )
        if chosen:
            last_folder.remember(Path(chosen))
            self.open_list(Path(chosen))

    def open_list(self, path: Path) -> None:
        """Read a list and show its columns, or say why not."""
        from nca_wizard.ui.list_work import ListReading

        if self._is_busy:
            self._bench.notice(self._t("Another list is on its way. Wait for it or cancel it."))
            return
        self._source = path
        work = ListReading(path)
        work.told.done.connect(self._show_columns)
        self._start(work)

    def _show_columns(self, table: "Table") -> None:
        from nca_wizard.exchange.list_rows import Vocabulary
        from nca_wizard.ui.import_page import ImportPage

        self._table, self._imported, self._done = table, None, None
        vocabulary = Vocabulary(self._rulebook, self._t)
        remembered = self._bench.settings.list_columns
        name = self._source.name
        self._bench.show_other(
            lambda: self._connected(ImportPage(self._t, name, table, vocabulary, remembered))
        )

    def _connected(self, page: "ImportPage") -> "ImportPage":
        page.columns_chosen.connect(lambda columns: self._count_known(page, columns))
        self._count_known(page, page.form.columns())
        page.run_requested.connect(self.run)
        page.cancel_requested.connect(self.cancel)
        page.back_requested.connect(self._bench.show_start)
        page.save_requested.connect(self.ask_where_to_save)
        page.history_requested.connect(self._show_imported)
        page.undo_requested.connect(self._undo)
        return page

    def _count_known(self, page: "ImportPage", columns: "Columns") -> None:
        """Tell the page how many of the list are here already."""
        from nca_wizard.ui.list_work import ListMatching

        if self._matching is not None:
            self._matching.stop()
        if self._table is None:
            return
        self._matching = ListMatching(columns, self._table, self._path)
        self._matching.told.done.connect(page.known.show_names)
        self._run(self._matching)

    @property
    def page(self) -> "ImportPage | None":
        """The page, while it shows."""
        from nca_wizard.ui.import_page import ImportPage

        page = self._window.page
        return page if isinstance(page, ImportPage) else None

    # --- The run ----------------------------------------------------------------------------

    def run(self, columns: "Columns") -> None:
        """Evaluate the list with these columns."""
        from nca_wizard.exchange.list_rows import Vocabulary
        from nca_wizard.ui.import_columns import to_remember
        from nca_wizard.ui.list_work import ListImport

        page, table = self.page, self._table
        if page is None or table is None or self._is_busy:
            return
        if page.remember.isChecked():
            kept = to_remember(table, columns, self._bench.settings.list_columns)
            self._bench.take_settings(replace(self._bench.settings, list_columns=kept))
        work = ListImport(
            Vocabulary(self._rulebook, self._t),
            columns,
            table,
            source=self._source.name,
            history=self._path,
            at=self._clock(),
            with_known=page.known.choice,
        )
        work.told.progress.connect(self._say_progress)
        work.told.done.connect(self._take)
        page.destroyed.connect(work.stop)
        page.show_run()
        self._start(work)

    def cancel(self) -> None:
        """Stop; what is done stays, and can be undone."""
        for work in (self._work, self._matching):
            if work is not None:
                work.stop()

    def finish(self) -> None:
        """Stop and wait, before the window goes."""
        self.cancel()
        self._pool.waitForDone()

    def _say_progress(self, rows: int) -> None:
        if self.page is not None:
            self.page.say_progress(rows)

    def _take(self, imported: "Imported") -> None:
        self._imported = imported
        if imported.import_id is not None:
            self._offer_undo(imported.import_id, imported.done)
        if self.page is not None:
            self.page.show_result(imported)

    def _offer_undo(self, import_id: int, count: int) -> None:
        t = self._t
        taken_back: TakenBack = {}

        def undo() -> None:
            taken_back.update(self._history.imports.undo(import_id, self._clock()))

        sentence = t("Imported %(customers)s from “%(file)s”.") % {
            "customers": t.plural("%(count)d customer", "%(count)d customers", count),
            "file": self._source.name,
        }
        self._done = self._undoing.done(
            sentence,
            undo,
            lambda: self._history.imports.redo(taken_back),
        )

    def _undo(self) -> None:
        if self._done is not None:
            self._undoing.undo_this(self._done)
            self._bench.show_start()

    def _show_imported(self) -> None:
        if self._imported is not None:
            self.history_requested.emit(Query(import_id=self._imported.import_id))

    def _say_whether_undone(self) -> None:
        if self.page is not None and self._done is not None:
            there = self._undoing.can_undo(self._done)
            self.page.show_acts(there)
            if not there:
                self._bench.notice(self._t("This import was taken back."), "ok")

    # --- What was rejected ------------------------------------------------------------------

    def ask_where_to_save(self) -> None:
        """Save the rejected rows with their reasons, to be corrected and imported."""
        t = self._t
        proposed = last_folder.proposed(f"{self._source.stem} - {t('rejected')}.csv")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, t("Save the rejected rows"), proposed, t("Lists") + " (*.csv *.xlsx)"
        )
        if chosen:
            last_folder.remember(Path(chosen))
            self.save_rejected(Path(chosen), overwrite=True)

    def save_rejected(self, path: Path, *, overwrite: bool = False) -> None:
        """Write them as they stood in the list, the reason in a column of its own."""
        from nca_wizard.exchange import lists
        from nca_wizard.exchange.list_results import REJECTED

        if self._imported is None or self._table is None:
            return
        if path.suffix.lower() not in (".csv", ".xlsx"):
            # The dialog asked before an existing file was chosen, but only under that very name.
            path, overwrite = path.with_name(f"{path.name}.csv"), False
        headings = self._table.headings
        kept = [place for place, heading in enumerate(headings) if heading != REJECTED]
        rows = [
            [*(one.row.cells[place] for place in kept), one.why.said(self._t)]
            for one in self._imported.rejected
        ]
        try:
            lists.write(
                path, [*(headings[place] for place in kept), REJECTED], rows, overwrite=overwrite
            )
        except KnownFault as fault:
            self._say_fault(fault.sentence)
        else:
            self._bench.notice(self._t("Saved as %(path)s") % {"path": path}, "ok")

    # --- Beside the window ------------------------------------------------------------------

    @property
    def _is_busy(self) -> bool:
        return self._work is not None and not self._work.has_ended

    def _start(self, work: "ListReading | ListImport") -> None:
        self._work = work
        self._run(work)

    def _run(self, work: "Work") -> None:
        work.told.failed.connect(self._say_fault)
        work.told.broke.connect(self._raise)
        self._pool.start(work)

    def _say_fault(self, sentence: Sentence) -> None:
        if self.page is not None and self._imported is None and self.page.cancel.isVisible():
            # The run is over, and nothing more comes of it.
            self._bench.show_start()
        self._bench.notice_for_us(sentence.said(self._t))
