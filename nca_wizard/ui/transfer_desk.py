"""The register as a whole: exported, brought back, added up.

desk = TransferDesk(room)
desk.ask_to_export()                everything: .ncacase, .xlsx or .csv
desk.ask_to_export_case()           the case of the open result, with all its evaluations
desk.open_cases(path)               a file of several cases
desk.show_portfolio()
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QFileDialog

from nca_wizard.exchange import ENDING
from nca_wizard.exchange.file_names import suggested_name
from nca_wizard.history.imports import TakenBack
from nca_wizard.ui import last_folder
from nca_wizard.ui.desk import Desk, Room

# Loaded when somebody gives cases away or gets some.
if TYPE_CHECKING:
    from nca_wizard.history.transfer import Incoming
    from nca_wizard.ui.cases_page import CasesPage
    from nca_wizard.ui.portfolio_page import PortfolioPage
    from nca_wizard.ui.work import Work


class TransferDesk(Desk):
    """Nothing that exists is overwritten, in files as in the history."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._works: list[Work] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._source = Path()
        self._coming = 0

    # --- Out --------------------------------------------------------------------------------

    def ask_to_export(self, case_ids: list[int]) -> None:
        """These cases, or all where none is named, where the person says."""
        t = self._t
        title = t("Export")
        if case_ids:
            title = t.plural("Export %(count)d case", "Export %(count)d cases", len(case_ids))
        kinds = {
            t("Cases with everything") + f" (*{ENDING})": ENDING,
            t("A list of the customers") + " (*.xlsx)": ".xlsx",
            t("A list of the customers, as text") + " (*.csv)": ".csv",
        }
        name = suggested_name("NCA Wizard", self._clock().date(), ENDING)
        self._ask(title, name, kinds, case_ids or None)

    def ask_to_export_case(self) -> None:
        """The case of the open result, with all its evaluations and what was done."""
        result = self._bench.result
        if result is None or result.finished.case_id is None:
            self._bench.notice(self._t("Open a result that is in the history to export its case."))
            return
        name = suggested_name(result.finished.customer.name, self._clock().date(), ENDING)
        kinds = {self._t("Cases with everything") + f" (*{ENDING})": ENDING}
        self._ask(self._t("Export this case"), name, kinds, [result.finished.case_id])

    def _ask(
        self, title: str, name: str, kinds: dict[str, str], case_ids: list[int] | None
    ) -> None:
        chosen, kind = QFileDialog.getSaveFileName(
            self._window,
            title,
            last_folder.proposed(name),
            ";;".join(kinds),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not chosen:
            return
        path = Path(chosen)
        last_folder.remember(path)
        ending = kinds.get(kind, ENDING)
        if path.suffix.lower() not in kinds.values():
            path = path.with_name(path.name + ending)
        self.export(path, case_ids)

    def export(self, path: Path, case_ids: list[int] | None = None) -> None:
        """Write it; the ending says what."""
        from nca_wizard.ui.transfer_work import Exporting

        # What was typed and is not on the disk yet belongs to it too.
        self._bench.save()
        work = Exporting(self._t, path, self._path, case_ids)
        work.told.done.connect(self._say_exported)
        self._start(work)

    def _say_exported(self, path: Path) -> None:
        self._bench.notice(self._t("Saved as %(path)s") % {"path": path}, "ok")

    # --- In ---------------------------------------------------------------------------------

    def open_cases(self, path: Path) -> None:
        """Show what a file of several cases holds."""
        from nca_wizard.ui.transfer_work import CasesReading

        self._source = path
        work = CasesReading(path, self._path)
        work.told.done.connect(self._show_cases)
        self._start(work)

    def _show_cases(self, incoming: "Incoming") -> None:
        from nca_wizard.ui.cases_page import CasesPage

        def make() -> "CasesPage":
            page = CasesPage(self._t, self._source.name, incoming)
            page.add_requested.connect(self.take)
            page.back_requested.connect(self._bench.show_start)
            return page

        self._bench.show_other(make)

    def take(self, incoming: "Incoming") -> None:
        """Add these."""
        from nca_wizard.ui.transfer_work import CasesTaking

        self._coming = len(incoming.cases)
        work = CasesTaking(incoming, self._source.name, self._path, self._clock())
        work.told.done.connect(self._say_taken)
        self._bench.show_start()
        self._start(work)

    def _say_taken(self, import_id: int) -> None:
        t = self._t
        taken_back: TakenBack = {}

        def undo() -> None:
            taken_back.update(self._history.imports.undo(import_id, self._clock()))

        self._undoing.done(
            t("Added %(cases)s from “%(file)s”.")
            % {
                "cases": t.plural("%(count)d case", "%(count)d cases", self._coming),
                "file": self._source.name,
            },
            undo,
            lambda: self._history.imports.redo(taken_back),
        )
        self._undoing.changed.emit()

    # --- What it adds up to -----------------------------------------------------------------

    def show_portfolio(self) -> None:
        """Show what all customers add up to."""
        from nca_wizard.ui.portfolio_page import PortfolioPage
        from nca_wizard.ui.portfolio_work import PortfolioWork

        def make() -> "PortfolioPage":
            page = PortfolioPage(self._t, self._rulebook)
            page.back_requested.connect(self._bench.show_start)
            work = PortfolioWork(self._path, self._rulebook, self._t.language)
            work.told.done.connect(page.show_portfolio)
            self._start(work)
            return page

        self._bench.show_other(make)

    # --- Beside the window ------------------------------------------------------------------

    def finish(self) -> None:
        """Wait for what is being written, before the window goes."""
        self._pool.waitForDone()

    def _start(self, work: "Work") -> None:
        work.told.failed.connect(self._say_fault)
        work.told.broke.connect(self._raise)
        self._works = [one for one in self._works if not one.has_ended]
        self._works.append(work)
        self._pool.start(work)
