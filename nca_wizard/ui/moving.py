"""Moves the data folder beside a window that shows nothing else meanwhile, and cannot be closed.

moving = Moving(texts, window, folder, target, reception)
moving.ended.connect(...)       the folder in use from now on, what to say, and its tone
"""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nca_wizard.errors import KnownFault
from nca_wizard.history.moving import Moved, move
from nca_wizard.paths import DataFolder
from nca_wizard.texts import Texts
from nca_wizard.ui.beside import Beside
from nca_wizard.ui.hand_over import Reception
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.one_instance import meeting_place
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.widgets import Card, Label


class Moving(QObject):
    """Begins at once. `reception` is where second starts are heard, if they are."""

    ended = Signal(object, str, str)

    def __init__(
        self,
        texts: Texts,
        window: MainWindow,
        folder: DataFolder,
        target: Path,
        reception: Reception | None,
    ) -> None:
        super().__init__(window)
        self._t = texts
        self._window = window
        self._folder = folder
        self._reception: Reception | None = None
        window.show_page(MovingPage(texts, target))
        window.may_close = self._refuse_to_close
        # Whoever starts once the folder is another one looks for this window there.
        place = meeting_place(target) if reception is not None else None
        if reception is not None and place is not None and place.address and place.is_ours():
            self._reception = reception
            reception.listen(place)
        self._beside = Beside(self)
        self._beside.do(lambda: move(folder, target), self._take, self._stay)

    def _refuse_to_close(self) -> bool:
        self._window.say(self._t("Wait until everything is moved."))
        return False

    def _take(self, moved: Moved) -> None:
        if self._reception is not None:
            self._reception.leave_the_first()
        t = self._t
        said = t("Your data is in %(folder)s from now on.") % {"folder": moved.folder.root}
        if not moved.left:
            self._end(moved.folder, said, "ok")
            return
        left = t("Could not be deleted from the old folder: %(files)s.") % {
            "files": t.listing([str(path) for path in moved.left])
        }
        self._end(moved.folder, f"{said} {left}", "warn")

    def _stay(self, fault: KnownFault) -> None:
        if self._reception is not None:
            self._reception.leave_the_last()
        self._end(self._folder, fault.sentence.said(self._t), "warn")

    def _end(self, folder: DataFolder, said: str, tone: str) -> None:
        self._beside.finish()
        self._window.may_close = lambda: True
        self.ended.emit(folder, said, tone)


class MovingPage(PageFrame):
    """Says where everything goes."""

    def __init__(self, texts: Texts, target: Path) -> None:
        super().__init__(
            texts,
            texts("NCA Wizard"),
            texts("Moving your data"),
            texts("The window goes on by itself as soon as all of it is there."),
        )
        card = Card(self)
        card.column.addWidget(Label(str(target), card))
        self.body.addWidget(card)
