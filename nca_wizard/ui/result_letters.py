"""The letters of a result: copied, saved as a draft, or opened in the mail program."""

from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.exchange import mail_file
from nca_wizard.exchange.file_names import suggested_name
from nca_wizard.report.letters import FilledLetter, letters, mailto
from nca_wizard.rules.model.answers import LetterTo
from nca_wizard.texts import N_
from nca_wizard.ui.flow import Flow
from nca_wizard.ui.result_acting import Acting
from nca_wizard.ui.result_parts import Strong
from nca_wizard.ui.saving import Saving, Wanted
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, Expander, Label, Line, LinkButton, Notice, Soft, Title

_TO: dict[LetterTo, str] = {
    "customer": N_("To the customer"),
    "colleague": N_("To the colleague who files"),
    "support": N_("To Microsoft’s support, if it does not count"),
}


class LettersCard(Card):
    """Every letter that the rulebook has for the actions of this result."""

    def __init__(self, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        t = acting.texts
        self._acting = acting
        self.setAccessibleName(t("Letters"))
        self.column.setSpacing(12)
        self.column.addWidget(Title(t("Letters"), self))
        self.column.addWidget(
            Soft(t("Filled in from this case. Read them before you send them."), self)
        )
        self.notice = Notice(t("Close"), self)
        self.column.addWidget(self.notice)
        self._saving = Saving(t, self, self.notice)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.column.addLayout(self._rows)
        self._holder: QWidget | None = None
        self.letters: list[FilledLetter] = []
        acting.changed.connect(self._show)
        self._show()

    def copy(self, letter: FilledLetter) -> None:
        """Put subject and text on the clipboard."""
        QGuiApplication.clipboard().setText(f"{letter.subject}\n\n{letter.body}")
        self.notice.say(self._acting.texts("Copied as text."), tone="ok")

    def save(self, letter: FilledLetter) -> None:
        """Ask where to, and write a draft that mail programs open."""
        t, acting = self._acting.texts, self._acting
        wanted = Wanted(
            t("Save as a draft"),
            suggested_name(
                f"{acting.customer.name} {t(_TO[letter.to])}",
                acting.schedule.start,
                mail_file.ENDING,
            ),
            mail_file.ENDING,
            t("E-mail drafts"),
        )
        self._saving.ask(
            wanted,
            lambda: mail_file.as_mail(
                subject=letter.subject,
                body=letter.body,
                to=letter.address,
                sender=acting.partner.email,
            ),
        )

    def open(self, letter: FilledLetter) -> None:
        """Open it in the mail program; what is too long for that is on the clipboard."""
        t = self._acting.texts
        link = mailto(t, letter)
        if not link.whole:
            QGuiApplication.clipboard().setText(letter.body)
        if not QDesktopServices.openUrl(QUrl(link.url, QUrl.ParsingMode.StrictMode)):
            self.notice.say(t("No mail program was found. Copy the letter, or save it as a draft."))
        elif not link.whole:
            self.notice.say(
                t("The letter is too long to hand over. Its text is copied: paste it in."),
                tone="plain",
            )

    def _show(self) -> None:
        acting = self._acting
        several = len(acting.rec.plan or acting.rec.in_place) > 1
        found = [
            (f"{number} · " if several else "", letter)
            for number, action in enumerate(acting.rec.plan or acting.rec.in_place, start=1)
            for letter in letters(
                acting.texts, acting.rec, action, acting.customer, acting.partner, acting.schedule
            )
        ]
        self.letters = [letter for _, letter in found]
        if self._holder is not None:
            self._rows.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder = QWidget(self)
        rows = QVBoxLayout(self._holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(STEP)
        for number, letter in found:
            if rows.count():
                rows.addWidget(Line(self._holder))
            self._add_row(rows, number, letter, self._holder)
        self._rows.addWidget(self._holder)
        order_tabs(self.window())

    def _add_row(
        self, rows: QVBoxLayout, number: str, letter: FilledLetter, holder: QWidget
    ) -> None:
        t = self._acting.texts
        rows.addWidget(Soft(number + t(_TO[letter.to]), holder, small=True))
        rows.addWidget(Strong(letter.subject, holder))
        body = Label(letter.body, holder)
        buttons = Flow()
        buttons.addWidget(Expander(t("Read"), body, holder))
        for verb, act in (
            (t("Copy"), self.copy),
            (t("Save as a draft…"), self.save),
            (t("Open in the mail program"), self.open),
        ):
            name = t("%(verb)s: %(what)s") % {"verb": verb, "what": letter.subject}
            buttons.addWidget(LinkButton(verb, partial(act, letter), name, holder))
        rows.addLayout(buttons)
        rows.addWidget(body)
