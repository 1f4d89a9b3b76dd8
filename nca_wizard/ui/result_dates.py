"""The days of a result: from which to start, a picture of what follows, and a calendar file."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.exchange import calendar_file
from nca_wizard.exchange.file_names import suggested_name
from nca_wizard.report import wording
from nca_wizard.report.dates import CalendarDay, calendar_days, follow_up_key
from nca_wizard.report.page.blocks import timeline
from nca_wizard.ui.case_work import CaseWork
from nca_wizard.ui.dates import day_from
from nca_wizard.ui.result_acting import Acting
from nca_wizard.ui.saving import Saving, Wanted
from nca_wizard.ui.timeline_picture import TimelinePicture, timeline_legend
from nca_wizard.ui.widgets import Card, Notice, SecondaryButton, Soft, TextField, Title

_DAY_WIDTH = 220


class DatesCard(Card):
    """When what happens, if it starts on the day that stands in the field."""

    def __init__(
        self, acting: Acting, work: CaseWork | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        t = acting.texts
        self._acting = acting
        self._work = work
        self.setAccessibleName(t("Timeline"))
        self.column.setSpacing(12)
        self.column.addWidget(Title(t("Timeline"), self))
        self.day = TextField(
            t("Start on"),
            t("Any day, also one to come; every stage is reckoned from it"),
            parent=self,
        )
        self.day.edit.setMaximumWidth(_DAY_WIDTH)
        self.day.set_text(t.date(acting.schedule.start))
        self.day.changed.connect(self._take_day)
        self.column.addWidget(self.day)
        self.picture: TimelinePicture | None = None
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self._legend = Soft(timeline_legend(t), self, small=True)
        self.column.addWidget(self._legend)
        self._note = Soft("", self, small=True)
        self.column.addWidget(self._note)
        self.notice = Notice(t("Close"), self)
        self.column.addWidget(self.notice)
        self._saving = Saving(t, self, self.notice)
        row = QHBoxLayout()
        self.save_button = SecondaryButton(
            t("Save for the calendar…"), self.save_calendar, parent=self
        )
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.column.addLayout(row)
        acting.changed.connect(self._show)
        self._show()

    def save_calendar(self) -> None:
        """Ask where to, and write the days as a file for a calendar."""
        t, acting = self._acting.texts, self._acting
        wanted = Wanted(
            t("Save for the calendar"),
            suggested_name(acting.customer.name, acting.schedule.start, calendar_file.ENDING),
            calendar_file.ENDING,
            t("Calendar files"),
        )
        self._saving.ask(wanted, self._calendar)

    def _calendar(self) -> bytes:
        acting = self._acting
        days = calendar_days(
            acting.texts, acting.rec, acting.customer, acting.schedule, due=self._due()
        )
        return calendar_file.as_calendar(
            days, case=f"{acting.customer.name}/{acting.customer.tenant_id}", made=acting.now
        )

    def _due(self) -> list[CalendarDay]:
        """What is due in the case and not done yet."""
        t, work = self._acting.texts, self._work
        if work is None:
            return []
        return [
            CalendarDay(
                f"own/{one.id}" if one.is_own else follow_up_key(one.action, one.kind),
                one.shown_on,
                work.title(one),
                "\n".join(wording.citation(t, cited) for cited in one.cites),
            )
            for one in work.follow_ups()
            if one.done_on is None
        ]

    def _take_day(self, typed: str) -> None:
        t = self._acting.texts
        day = day_from(t, typed)
        self.day.set_error("" if day else t("Enter a date such as 22 Nov 2026"))
        if day is not None:
            self._acting.start_on(day)

    def _show(self) -> None:
        acting = self._acting
        actions = acting.rec.plan or acting.rec.in_place
        section = timeline(acting.texts, "", actions, "us", acting.schedule)
        if self.picture is not None:
            self._place.removeWidget(self.picture)
            self.picture.deleteLater()
        self.picture = TimelinePicture(section["picture"], self)
        self._place.addWidget(self.picture)
        self._note.setText(section["picture"]["note"])


def has_days(acting: Acting) -> bool:
    """Whether any action of the result takes time."""
    return any(one.stages for one in acting.rec.plan or acting.rec.in_place)
