"""One line for each thing that is due: what, for whom, when, and Done or Put off.

rows = DueRows(work, open_case)             with `open_case` each names its customer
rows.show_rows(history.follow_ups.due(sunday))
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.history.follow_ups import DueFollowUp
from nca_wizard.ui.follow_up_work import FollowUpWork
from nca_wizard.ui.row import Row
from nca_wizard.ui.tab_order import order_tabs, stops
from nca_wizard.ui.widgets import Label, Line, LinkButton, Soft

OpenCase = Callable[[int], object]
"""Takes the id of a case."""


class DueRow(Row):
    """One of them. With `open_case` it names its customer and can be opened."""

    def __init__(
        self,
        work: FollowUpWork,
        one: DueFollowUp,
        open_case: OpenCase | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, above=8)
        self.one = one
        self._work = work
        t = work.texts
        self._about = work.title(one)
        if open_case is not None:
            self.words.addWidget(Label(one.customer_name, self))
            self.words.addWidget(Soft(self._about, self, small=True))
            self._about = f"{one.customer_name}, {self._about}"
        else:
            self.words.addWidget(Label(self._about, self))
        self.words.addWidget(Soft(self._when(), self, small=True))
        if one.done_on is None:
            self._offer(t("Done"), lambda: work.set_done(one))
            self._offer(t("Put off a week"), lambda: work.put_off(one))
        else:
            self._offer(t("Open again"), lambda: work.set_done(one, done=False))
        if open_case is not None:
            self._offer(t("Open"), lambda: open_case(one.case_id))

    def _offer(self, verb: str, act: Callable[[], object]) -> None:
        t = self._work.texts
        name = t("%(verb)s: %(what)s") % {"verb": verb, "what": self._about}
        self.add(LinkButton(verb, act, name, self))

    def _when(self) -> str:
        t, one = self._work.texts, self.one
        due = t.date(one.due)
        if one.done_on is not None:
            return t("done on %(day)s") % {"day": t.date(one.done_on)}
        if one.snoozed_until is not None:
            return t("due %(day)s, put off until %(until)s") % {
                "day": due,
                "until": t.date(one.snoozed_until),
            }
        late = (self._work.today - one.due).days
        if late > 0:
            days = t.plural("%(count)d day ago", "%(count)d days ago", late)
            return t("was due %(day)s, %(ago)s") % {"day": due, "ago": days}
        return t("due today") if late == 0 else t("due %(day)s") % {"day": due}


class DueRows(QWidget):
    """Some of them under each other."""

    def __init__(
        self,
        work: FollowUpWork,
        open_case: OpenCase | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._open_case = open_case
        self.rows: list[DueRow] = []
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_rows(self, found: Sequence[DueFollowUp]) -> None:
        """Show these. The focus stays at the place where it was."""
        focused: QWidget | None = self.window().focusWidget()
        before = [
            place
            for place, row in enumerate(self.rows)
            if focused is not None and row.isAncestorOf(focused)
        ]
        for gone in (*self.rows, *self._lines):
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.rows, self._lines = [], []
        for one in found:
            if self.rows:
                self._lines.append(Line(self))
                self._column.addWidget(self._lines[-1])
            self.rows.append(DueRow(self._work, one, self._open_case, self))
            self._column.addWidget(self.rows[-1])
        if self.isVisible():
            order_tabs(self.window())
        if before and self.rows:
            near = self.rows[min(before[0], len(self.rows) - 1)]
            first = next(stops(near), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
