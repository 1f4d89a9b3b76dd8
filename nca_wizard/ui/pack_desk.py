"""The print pack: a PDF of each of several customers, in a folder the person picks.

desk = PackDesk(room, books)
desk.ask(rows)                  lines of the history; what was only begun is named as left out
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from nca_wizard.history.search import Row
from nca_wizard.history.store import EvaluationRow
from nca_wizard.ui import last_folder
from nca_wizard.ui.desk import Desk, Room
from nca_wizard.updates.store import BookStore

# Loaded with the typesetter when somebody wants paper.
if TYPE_CHECKING:
    from nca_wizard.ui.pack_work import Packed, Packing

_MOST_NAMED = 3


class PackDesk(Desk):
    """Saves one pack at a time, and nothing in the place of anything."""

    def __init__(self, room: Room, books: BookStore) -> None:
        super().__init__(room)
        self._books = books
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._work: Packing | None = None
        self._count = 0
        self._begun: list[str] = []

    def ask(self, rows: Sequence[Row]) -> None:
        """Let the person pick a folder for the newest of these results of each customer."""
        t = self._t
        if self._work is not None and not self._work.has_ended:
            self._bench.notice(t("PDFs are being saved already. Wait for them or cancel."))
            return
        newest: dict[int, EvaluationRow] = {}
        self._begun = []
        for row in rows:
            if isinstance(row, EvaluationRow):
                newest[row.case_id] = max(row, newest.get(row.case_id, row), key=_when)
            else:
                self._begun.append(row.customer.get("name", "").strip() or t("No name yet"))
        if not newest:
            self._bench.notice(t("A case that was only begun has no page yet."))
            return
        chosen = QFileDialog.getExistingDirectory(
            self._window, t("Save a PDF of each in"), last_folder.proposed()
        )
        if chosen:
            self.save(list(newest.values()), Path(chosen))

    def save(self, rows: Sequence[EvaluationRow], folder: Path) -> None:
        """Save a customer copy of each beside the window, from the day chosen to start on."""
        from nca_wizard.ui.pack_work import Packing
        from nca_wizard.updates.explaining import Explaining

        today = self._clock().date()
        starts = {row.id: self._bench.start_of(row.case_id) or today for row in rows}
        self._count = len(starts)
        work = Packing(
            self._t, self._path, Explaining(self._books), starts, folder, self._bench.settings
        )
        work.told.progress.connect(self._say_progress)
        work.told.done.connect(self._say_done)
        work.told.failed.connect(self._say_fault)
        work.told.broke.connect(self._raise)
        self._work = work
        self._say_progress(0)
        self._pool.start(work)

    def cancel(self) -> None:
        """Stop; what is saved stays."""
        if self._work is not None:
            self._work.stop()

    def finish(self) -> None:
        """Stop and wait, before the window goes."""
        self.cancel()
        self._pool.waitForDone()

    def _say_progress(self, saved: int) -> None:
        if self._bench.in_meeting:
            return
        t = self._t
        values = {"saved": t.number(saved), "count": t.number(self._count)}
        sentence = t("Saving PDFs: %(saved)s of %(count)s") % values
        self._window.say(sentence, "plain", t("Cancel"), self.cancel)

    def _say_done(self, packed: "Packed") -> None:
        if self._bench.in_meeting:
            return
        t = self._t
        said = [
            t("Saved %(pdfs)s in %(folder)s.")
            % {
                "pdfs": t.plural("%(count)d PDF", "%(count)d PDFs", packed.saved),
                "folder": packed.folder,
            }
        ]
        if packed.fault is not None:
            said.append(packed.fault.said(t))
        elif packed.saved < self._count:
            said.append(t("The others were cancelled."))
        if self._begun:
            said.append(t("Left out, as only begun: %(names)s.") % {"names": self._named()})
        self._window.say(
            " ".join(said),
            "ok" if packed.saved == self._count else "warn",
            t("Show folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(packed.folder))),
        )

    def _named(self) -> str:
        t, more = self._t, len(self._begun) - _MOST_NAMED
        names = [t("“%(text)s”") % {"text": name} for name in self._begun[:_MOST_NAMED]]
        if more > 0:
            names.append(t("%(count)s more") % {"count": t.number(more)})
        return t.listing(names)


def _when(row: EvaluationRow) -> tuple[datetime, int]:
    return row.evaluated_at, row.id
