"""The backups there are, what each of them holds, and putting one back.

page = BackupsPage(texts, now)
page.show_backups(history.backups.all())
page.put_back_requested.connect(...)        a `Backup`, after its contents were shown
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from nca_wizard.history.values import Backup
from nca_wizard.texts import Texts
from nca_wizard.ui.confirm import Confirm
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.result_parts import Strong
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, Label, SecondaryButton, Soft, announce

_MEGABYTE = 1_000_000


class BackupsPage(PageFrame):
    """`can_back_up` is False where the history itself cannot be opened."""

    put_back_requested = Signal(object)
    back_up_requested = Signal()
    back_requested = Signal()

    def __init__(self, texts: Texts, now: datetime, *, can_back_up: bool = True) -> None:
        t = texts
        super().__init__(
            t,
            t("NCA Wizard"),
            t("Backups"),
            t(
                "One a day is made by itself: 7 days and 3 weeks are kept, none longer than "
                "30 days. They stay on this computer."
            ),
        )
        self._now = now
        self.looking = Soft(t("Looking at the backups …"), self)
        self.body.addWidget(self.looking)
        self.rows: list[Card] = []
        self.bar.add_left(SecondaryButton(t("&Back"), self.back_requested.emit, parent=self))
        self.back_up_button = SecondaryButton(
            t("Back &up now"), self.back_up_requested.emit, parent=self
        )
        self.back_up_button.setVisible(can_back_up)
        self.bar.add_right(self.back_up_button)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show these, the newest first."""
        for row in self.rows:
            row.deleteLater()
        self.rows = [self._row(backup) for backup in backups]
        for row in self.rows:
            self.body.addWidget(row)
        self.looking.setText(self.texts("There are no backups yet."))
        self.looking.setVisible(not backups)
        announce(self, self.texts.plural("%(count)d backup", "%(count)d backups", len(backups)))

    def _row(self, backup: Backup) -> Card:
        t = self.texts
        card = Card(self, padding=(20, 10))
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        words = QVBoxLayout()
        words.setSpacing(0)
        when = self._when(backup)
        words.addWidget(Strong(when, card))
        words.addWidget(Label(holds(t, backup), card))
        words.addWidget(Soft(self._about(backup), card, small=True))
        row.addLayout(words, 1)
        put_back = t("Put back…")
        name = t("%(verb)s: %(what)s") % {"verb": put_back, "what": when}
        row.addWidget(SecondaryButton(put_back, lambda: self._ask(backup), name, card))
        card.column.addLayout(row)
        return card

    def _when(self, backup: Backup) -> str:
        return self.texts.moment(backup.made_at.astimezone(self._now.tzinfo))

    def _about(self, backup: Backup) -> str:
        t = self.texts
        parts = []
        if backup.newest is not None:
            parts.append(t("newest of %(day)s") % {"day": t.date(backup.newest)})
        size = t("%(size)s MB") % {"size": t.number(round(backup.bytes / _MEGABYTE, 1))}
        parts.append(size)
        if "before-restore" in backup.path.name:
            parts.append(t("made before another one was put back"))
        elif "schema" in backup.path.name:
            parts.append(t("made before the program was updated"))
        return " · ".join(parts)

    def _ask(self, backup: Backup) -> None:
        t = self.texts
        values = {"when": self._when(backup), "what": holds(t, backup)}
        Confirm(
            t,
            t("Put back the backup of %(when)s?") % values,
            t(
                "It holds %(what)s and takes the place of your history. What you have now is "
                "backed up first and can be put back in the same way."
            )
            % values,
            t("Put &back"),
            lambda: self.put_back_requested.emit(backup),
            self,
        ).open()


def holds(t: Texts, backup: Backup) -> str:
    """What is in it: "148 cases, 203 evaluations and 2 begun"."""
    parts = [
        t.plural("%(count)d case", "%(count)d cases", backup.cases),
        t.plural("%(count)d evaluation", "%(count)d evaluations", backup.evaluations),
    ]
    if backup.drafts:
        parts.append(t.plural("%(count)d begun", "%(count)d begun", backup.drafts))
    return t.listing(parts)


def last_said(t: Texts, backups: Sequence[Backup], now: datetime) -> str:
    """When the last one was made, and how many there are."""
    if not backups:
        return t("There are no backups yet.")
    made = backups[0].made_at.astimezone(now.tzinfo)
    kept = t.plural("%(count)d is kept.", "%(count)d are kept.", len(backups))
    return t("Last backup: %(when)s. %(kept)s") % {"when": t.moment(made), "kept": kept}
