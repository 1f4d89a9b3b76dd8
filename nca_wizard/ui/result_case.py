"""What stands under a result about the case itself: what is due, and the internal note."""

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.customer import NOTE_LIMIT
from nca_wizard.rules.model.answers import FollowUpAfter
from nca_wizard.texts import N_
from nca_wizard.ui.case_work import CaseWork
from nca_wizard.ui.dates import day_from
from nca_wizard.ui.due_rows import DueRows
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import (
    Card,
    Expander,
    Label,
    NoWheelComboBox,
    SecondaryButton,
    Soft,
    TextField,
    Title,
)

_SAVE_AFTER_MS = 500
_OWN = "own"
_HAPPENED: dict[FollowUpAfter, str] = {
    "sent_back": N_("Microsoft asks for more"),
    "subscription_ends": N_("The subscription ends"),
    "new_subscription": N_("The customer has a new subscription"),
}


class DueCard(Card):
    """What is due in this case, the open ones first, and a way to add to it."""

    def __init__(self, work: CaseWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        t = work.texts
        self.setAccessibleName(t("Due dates"))
        self.column.addWidget(Title(t("Due dates"), self))
        self._nothing = Soft(t("Nothing is due. What follows an action is due once it is Done."))
        self.column.addWidget(self._nothing)
        self.rows = DueRows(work, parent=self)
        self.column.addWidget(self.rows)
        self.form = NewDate(work, self)
        self.column.addWidget(Expander(t("Add a due date"), self.form, self))
        self.column.addWidget(self.form)
        work.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        found = self._work.follow_ups()
        self._nothing.setVisible(not found)
        self.rows.show_rows(found)


class NewDate(QWidget):
    """What happens on which day, or what of one's own is due on it."""

    def __init__(self, work: CaseWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        t = work.texts
        what = Label(t("What"), self)
        self.what = NoWheelComboBox(t("What"), parent=self)
        for after in work.happenings():
            self.what.add(after, t(_HAPPENED[after]))
        self.what.add(_OWN, t("Something else"))
        self.what.setCurrentIndex(0)
        self.what.activated.connect(self._show_title)
        self.title = TextField(t("What is to be done"), parent=self)
        self.day = TextField(
            t("On which day"), t("For example %(day)s") % {"day": t.date(work.today)}, parent=self
        )
        self.day.edit.setMaximumWidth(220)
        self.add_button = SecondaryButton(t("Add"), self.add, t("Add a due date"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(what)
        column.addWidget(self.what, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.title)
        column.addWidget(self.day)
        column.addWidget(self.add_button)
        self._show_title()

    def add(self) -> None:
        """Add it, or say beside the fields what is missing."""
        t = self._work.texts
        day = day_from(t, self.day.text())
        own = self.what.value() == _OWN
        title = self.title.text().strip()
        self.title.set_error("" if title or not own else t("Enter what is to be done"))
        self.day.set_error("" if day else t("Enter a date such as 22 Nov 2026"))
        if own and not title:
            self.title.take_focus()
        elif day is None:
            self.day.take_focus()
        else:
            self._add(title, day)

    def _add(self, title: str, day: date) -> None:
        if self.what.value() == _OWN:
            self._work.add(title, day)
        for after in _HAPPENED:
            if self.what.value() == after:
                self._work.happened(after, day)
        self.title.set_text("")
        self.day.set_text("")

    def _show_title(self) -> None:
        self.title.setVisible(self.what.value() == _OWN)


class NoteCard(Card):
    """The internal note of the case, written to the disk while it is typed."""

    def __init__(self, work: CaseWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        t = work.texts
        self.setAccessibleName(t("Internal note"))
        self.field = TextField(
            t("Internal note of this case"), t("Never printed on the customer copy"), 3, self
        )
        self.field.set_text(work.note())
        self._stored = self.field.text()
        self.column.addWidget(self.field)
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        self.field.changed.connect(self._take)

    def save(self) -> None:
        """Write what was typed, if that is new and not too long."""
        self._saving.stop()
        note = self.field.text()
        if note != self._stored and len(note) <= NOTE_LIMIT and self._work.set_note(note):
            self._stored = note

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.save()

    def _take(self, note: str) -> None:
        too_long = ""
        if len(note) > NOTE_LIMIT:
            message = "Internal note must be %(limit)d characters or fewer (you have %(count)d)"
            too_long = self._work.texts(message) % {"limit": NOTE_LIMIT, "count": len(note)}
        self.field.set_error(too_long)
        self._saving.start()
