"""What stands in the place of the list where it has no lines: why, and what to do about it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.widgets import Button, Card, PrimaryButton, SecondaryButton, Soft, Title


class NothingListed(Card):
    """Four reasons: never used, all deleted, nothing found, all filtered out."""

    new_case_requested = Signal()
    clear_requested = Signal()
    reset_requested = Signal()
    deleted_requested = Signal()

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        t = texts
        self._t = texts
        self._title = Title("", self)
        self._line = Soft("", self)
        self.start_button = PrimaryButton(
            t("Start a &new case"), self.new_case_requested.emit, parent=self
        )
        self.clear_button = SecondaryButton(
            t("C&lear search"), self.clear_requested.emit, parent=self
        )
        self.reset_button = SecondaryButton(
            t("&Reset filters"), self.reset_requested.emit, parent=self
        )
        self.deleted_button = SecondaryButton(
            t("&Show deleted"), self.deleted_requested.emit, parent=self
        )
        self.column.addWidget(self._title)
        self.column.addWidget(self._line)
        self.column.addSpacing(4)
        self._buttons: tuple[Button, ...] = (
            self.start_button, self.clear_button, self.reset_button, self.deleted_button,
        )  # fmt: skip
        for button in self._buttons:
            self.column.addWidget(button)

    def take_focus(self) -> None:
        """Focus what is to be done about it."""
        offered = next((one for one in self._buttons if not one.isHidden()), self.start_button)
        offered.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def said(self) -> str:
        """Why there is nothing."""
        return self._title.text()

    def show_state(
        self, *, every: int, search: str, filters: str, deleted: int, until: date | None
    ) -> None:
        """`every` cases are there; `filters` are what is chosen, in words; `deleted` ones can be
        brought back, at most `until` that day."""
        t = self._t
        line = ""
        if not every and not deleted:
            title = t("Your evaluated customers will be listed here.")
            line = t("Each with its result as it was given on that day.")
        elif not every:
            title = t("All cases are deleted.")
            if until is not None:
                line = t("You can bring them back until %(day)s.") % {"day": t.date(until)}
        elif search:
            title = t("Nothing found for “%(search)s”") % {"search": search}
            line = t("Also searched notes, products and associations.")
            if filters:
                line = t("Only looked among “%(filters)s”.") % {"filters": filters}
        else:
            values = {"every": t.number(every), "filters": filters}
            title = t("%(every)s cases, none in “%(filters)s”.") % values
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self.start_button.setVisible(not every and not deleted)
        self.deleted_button.setVisible(not every and bool(deleted))
        self.clear_button.setVisible(bool(every and search))
        self.reset_button.setVisible(bool(every and filters))
