"""The days an association has to be renewed on, asked for where it was just had."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.rules.model.answers import FollowUpAfter
from nca_wizard.rules.model.results import Action
from nca_wizard.texts import N_
from nca_wizard.ui.case_work import CaseWork
from nca_wizard.ui.dates import day_from
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import SecondaryButton, Soft, TextField

# No subscription runs as long; a year is easily mistyped.
_YEARS_BACK = 2
_YEARS_AHEAD = 20
_ASKED: Mapping[FollowUpAfter, str] = {
    "subscription_ends": N_("When does the subscription end? (optional)"),
    "new_subscription": N_("When does the next new subscription begin? (optional)"),
}


def asked_after(action: Action) -> tuple[FollowUpAfter, ...]:
    """What is asked for, as far as the rules have something follow it."""
    followed = {one.after for one in action.follow_ups}
    return tuple(after for after in _ASKED if after in followed)


class NextDay(QWidget):
    """One such day. Shown once the action is done, or where there was nothing to file."""

    def __init__(
        self, work: CaseWork, action: Action, after: FollowUpAfter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._action = action
        self._after: FollowUpAfter = after
        t = work.texts
        asked = t(_ASKED[after])
        example = t("For example %(day)s") % {"day": t.date(work.today)}
        self.day = TextField(asked, example, parent=self)
        self.day.edit.setMaximumWidth(220)
        self.day.entered.connect(self.add)
        add = t("Add the due date")
        name = t("%(what)s: %(about)s") % {"what": add, "about": t(action.title.for_us)}
        self.add_button = SecondaryButton(add, self.add, name, self)
        self.planned = Soft("", self, small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, STEP, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.day)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.planned)
        work.changed.connect(self._show)
        self._show()

    def add(self) -> None:
        """Have it followed up as the rules say; without a day there is nothing to do."""
        t = self._work.texts
        typed = self.day.text().strip()
        day = day_from(t, typed)
        today = self._work.today
        error = ""
        if typed and day is None:
            error = t("Enter a date such as 22 Nov 2026")
        elif day is not None and not -_YEARS_BACK <= day.year - today.year <= _YEARS_AHEAD:
            error = t("%(day)s is too far away. Check the year.") % {"day": t.date(day)}
        self.day.set_error(error)
        if day is not None and not error:
            self.day.set_text("")
            self._work.happened(self._after, day, self._action.guidance)
        else:
            self.day.take_focus()

    def _show(self) -> None:
        t = self._work.texts
        progress = self._work.progress(self._action.guidance)
        self.setVisible(progress is None or progress.state == "done")
        planned = self._work.planned_after(self._action, self._after)
        said = ""
        if planned is not None:
            values = {"day": t.date(planned.due), "what": t(planned.title)}
            said = t("Due on %(day)s: %(what)s") % values
        self.planned.setText(said)
        self.planned.setVisible(bool(said))
