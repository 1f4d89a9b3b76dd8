"""What is due this week, on the first page: done or put off there, its case one click away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.history.follow_ups import last_day_of_week
from nca_wizard.history.store import History
from nca_wizard.ui.due_rows import DueRows
from nca_wizard.ui.follow_up_work import FollowUpWork
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, LinkButton, Soft, Title

_AT_ONCE = 5


class DueThisWeek(QWidget):
    """Today and the six days after it, and what was due before; the earliest first."""

    open_requested = Signal(int)
    """The id of a case."""

    def __init__(self, work: FollowUpWork, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._history = history
        self._all = False
        t = work.texts
        self.title = Title("", self)
        self.nothing = Soft(t("Nothing is due any more this week."), self)
        card = Card(self, padding=(20, 4))
        self._card = card
        self.rows = DueRows(work, self._open, card)
        card.column.addWidget(self.rows)
        self.more = LinkButton("", self._show_all, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.title)
        column.addWidget(self.nothing)
        column.addWidget(card)
        column.addWidget(self.more)
        work.changed.connect(self._show)
        self._show()

    def _open(self, case_id: int) -> None:
        self.open_requested.emit(case_id)

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _show(self) -> None:
        t = self._work.texts
        found = self._history.follow_ups.due(last_day_of_week(self._work.today))
        late = sum(one.shown_on < self._work.today for one in found)
        said = t.plural(
            "Due this week: %(count)d thing", "Due this week: %(count)d things", len(found)
        )
        if late:
            said = t("%(due)s, %(late)s") % {
                "due": said,
                "late": t.plural("%(count)d of it late", "%(count)d of them late", late),
            }
        self.title.setText(said if found else t("Due this week"))
        self.nothing.setVisible(not found)
        self._card.setVisible(bool(found))
        self.rows.show_rows(found if self._all else found[:_AT_ONCE])
        rest = 0 if self._all else len(found) - _AT_ONCE
        self.more.setVisible(rest > 0)
        self.more.say(t.plural("Show %(count)d more", "Show %(count)d more", max(rest, 0)))
