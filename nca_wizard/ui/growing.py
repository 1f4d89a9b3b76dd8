"""A list that may be long: some of it, and the rest some at a time behind a button."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.tab_order import order_tabs, stops
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import SecondaryButton

Make = Callable[[QWidget], QWidget]
"""Makes one entry, for the widget it stands in."""


class GrowingList(QWidget):
    """Makes the `first` entries (or `at_once`), and `at_once` more whenever it is asked."""

    def __init__(
        self,
        texts: Texts,
        entries: Sequence[Make],
        at_once: int,
        about: str,
        parent: QWidget | None = None,
        first: int = 0,
    ) -> None:
        super().__init__(parent)
        self._t = texts
        self._entries = entries
        self._at_once = at_once
        self._about = about
        self._wanted = 0
        self._shown: list[QWidget] = []
        self._to_focus = -1
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * STEP)
        self.more_button = SecondaryButton("", self._go_on, parent=self)
        self.more_button.hide()
        self._column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._grow(first or at_once)

    def set_spacing(self, spacing: int) -> None:
        self._column.setSpacing(spacing)

    @property
    def shown(self) -> Sequence[QWidget]:
        """The entries made so far."""
        return self._shown

    def focus_entry(self, place: int) -> None:
        """Put the focus into this entry, or the last one, as soon as it is made."""
        self._to_focus = min(place, len(self._entries) - 1)
        if self._to_focus >= self._wanted:
            self._grow(self._to_focus + 1 - self._wanted)
        self._focus()

    def _focus(self) -> None:
        if 0 <= self._to_focus < len(self._shown):
            first = next(stops(self._shown[self._to_focus]), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._to_focus = -1

    def _go_on(self) -> None:
        # The button may go; who reads on by keys goes on at what is new.
        first_new = len(self._shown)
        self._grow(self._at_once)
        self.focus_entry(first_new)

    def _grow(self, number: int) -> None:
        self._wanted = min(self._wanted + number, len(self._entries))
        self._make_one()

    def _make_one(self) -> None:
        """One entry, and then the next in a round of events of its own: the window never waits."""
        if len(self._shown) < self._wanted:
            entry = self._entries[len(self._shown)](self)
            self._column.insertWidget(len(self._shown), entry)
            self._shown.append(entry)
            self._focus()
        if len(self._shown) < self._wanted:
            QTimer.singleShot(0, self, self._make_one)
            return
        self._offer_more(min(len(self._entries) - len(self._shown), self._at_once))
        order_tabs(self)

    def _offer_more(self, number: int) -> None:
        text = self._t("Show %(count)s more") % {"count": self._t.number(number)}
        self.more_button.setText(text)
        self.more_button.setAccessibleName(
            self._t("%(what)s: %(about)s") % {"what": text, "about": self._about}
        )
        self.more_button.updateGeometry()
        self.more_button.setVisible(number > 0)
