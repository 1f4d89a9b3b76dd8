"""Meeting mode: what the window shows while the customer looks on, and back again.

meeting.switch()

Nothing of ours is blurred or greyed out; it is not there. What showed before is put aside and
comes back as it was, unless something else was opened meanwhile.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.buttons import LinkButton
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.workbench import Workbench


class MeetingDesk(QObject):
    """Turns meeting mode on and off."""

    ended = Signal()

    def __init__(
        self, texts: Texts, window: MainWindow, bench: Workbench, button: LinkButton
    ) -> None:
        super().__init__(window)
        self._t = texts
        self._window = window
        self._bench = bench
        self._aside: QWidget | None = None
        self._in_its_place: QWidget | None = None
        self.button = button

    def switch(self) -> None:
        """Turn it on, or off again."""
        bench = self._bench
        bench.save()
        bench.in_meeting = not bench.in_meeting
        self._window.set_meeting(bench.in_meeting)
        if bench.in_meeting:
            self._begin()
        else:
            bench.show_again(self._taken_back())
            bench.say_held_back()
        self._window.set_checked("meeting", bench.in_meeting)
        t = self._t
        self.button.say(t("End meeting mode") if bench.in_meeting else t("Meeting mode"))
        self._window.set_corner(self.button)
        if not bench.in_meeting:
            self.ended.emit()

    def _begin(self) -> None:
        if self._bench.session is None:
            self._aside = self._window.take_page()
        self._bench.show_again()
        self._in_its_place = self._window.page

    def _taken_back(self) -> QWidget | None:
        """The page put aside; None if there is none, or if another one shows than in its place."""
        aside, self._aside = self._aside, None
        if aside is not None and self._window.page is not self._in_its_place:
            aside.deleteLater()
            return None
        return aside
