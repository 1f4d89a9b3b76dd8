"""Moving the data folder: asks where to, says why not, and asks again before it is done.

desk = MovingDesk(texts, window, bench, folder, history)
desk.ask()
desk.move_requested.connect(...)        where everything is to go; the window has to let go of it
"""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from nca_wizard.errors import KnownFault
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder
from nca_wizard.texts import Texts
from nca_wizard.ui import last_folder
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.workbench import Workbench


class MovingDesk(QObject):
    """Nothing is changed here."""

    move_requested = Signal(Path)

    def __init__(
        self,
        texts: Texts,
        window: MainWindow,
        bench: Workbench,
        folder: DataFolder,
        history: History,
    ) -> None:
        super().__init__(window)
        self._t = texts
        self._window = window
        self._bench = bench
        self._folder = folder
        self._history = history

    def ask(self) -> None:
        """Let the person pick a folder."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, self._t("Move your data to"), last_folder.proposed()
        )
        if chosen:
            self.offer(Path(chosen))

    def offer(self, picked: Path) -> None:
        """Say where everything would be and what is risky about it, or why it cannot go there."""
        # Late: nobody needs it at the start.
        from nca_wizard.history.moving import destination
        from nca_wizard.history.place import notice_about
        from nca_wizard.ui.confirm import Confirm

        t = self._t
        if self._history.notice is not None:
            self._bench.notice(self._history.notice.said(t))
            return
        try:
            target = destination(self._folder, picked)
        except KnownFault as fault:
            self._bench.notice(fault.sentence.said(t))
            return
        what = t(
            "Customers, backups, settings and rules go to %(folder)s, are compared, and then "
            "deleted from %(before)s."
        ) % {"folder": target, "before": self._folder.root}
        risk = notice_about(target)
        if risk is None:
            sentence, do = what, t("&Move")
        else:
            sentence, do = f"{risk.said(t)}\n\n{what}", t("&Move all the same")
        Confirm(
            t, t("Move your data?"), sentence, do, lambda: self.move_requested.emit(target),
            self._window,
        ).open()  # fmt: skip
