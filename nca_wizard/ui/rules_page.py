"""What changed in the rules: two rulebooks, what they answer differently, and for which customers.

page = RulesPage(texts, shown, today)
page.show_changes(changes); page.customers.show_customers(customers)

With `shown.preview` the newer book is not in use yet, and the page asks whether it should be.
"""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from nca_wizard.report.rules_changes import ChangesInWords
from nca_wizard.report.rules_words import BookWords
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.sentences import Sentence
from nca_wizard.texts import Texts
from nca_wizard.ui.book_words import ShownBooks, named
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.result_parts import titled
from nca_wizard.ui.rules_cards import change_cards
from nca_wizard.ui.rules_customers import CustomersCard
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import (
    Card,
    Label,
    NoWheelComboBox,
    PrimaryButton,
    SecondaryButton,
    Soft,
    Title,
    announce,
)


class RulesPage(PageFrame):
    """Two rulebooks side by side. `books_chosen` has the hashes of an older and a newer one."""

    back_requested = Signal()
    books_chosen = Signal(str, str)
    import_requested = Signal()
    use_requested = Signal()

    def __init__(
        self, texts: Texts, shown: ShownBooks, today: date, import_closed: str = ""
    ) -> None:
        heading = texts("What changed in the rules")
        if shown.preview:
            heading = texts("What these rules change")
        super().__init__(texts, texts("Rules"), heading, _why(texts, shown))
        self.shown = shown
        self.customers: CustomersCard | None = None
        self.old_book = self._choice(texts("Older rules"))
        self.new_book = self._choice(texts("Newer rules"))
        if shown.old is None:
            self._say_nothing_to_compare(shown)
        else:
            if len(shown.kept) > 2 and not shown.preview:
                self.body.addWidget(self._choices(shown, shown.old))
            if shown.preview or shown.new_is_in_use:
                self._add_customers(shown, shown.old, today)
            self.summary = Title(texts("Comparing the rules …"), self)
            self.body.addWidget(self.summary)
        if not shown.preview:
            self._add_import(import_closed)
        self._buttons(shown)

    # --- What is shown ----------------------------------------------------------------------

    def show_changes(self, changes: ChangesInWords) -> None:
        """Show what the two books answer differently."""
        t = self.texts
        if changes.number:
            said = t.plural("%(count)d answer changes", "%(count)d answers change", changes.number)
        else:
            said = t("No answer changes")
        self.summary.setText(said)
        announce(self, said)
        place = self.body.indexOf(self.summary) + 1
        for offset, card in enumerate(change_cards(t, changes, self)):
            self.body.insertWidget(place + offset, card)
        order_tabs(self)

    def say_fault(self, why: Sentence) -> None:
        """Say why something cannot be shown."""
        if self.customers is not None:
            self.customers.say_fault(why.said(self.texts))

    # --- Parts ------------------------------------------------------------------------------

    def _choice(self, name: str) -> NoWheelComboBox:
        choice = NoWheelComboBox(name, parent=self)
        choice.hide()
        return choice

    def _choices(self, shown: ShownBooks, old: Rulebook) -> Card:
        t = self.texts
        card = titled(t("Rules to compare"), self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(1, 1)
        for row, (label, choice, picked) in enumerate(
            ((t("&Older"), self.old_book, old), (t("&Newer"), self.new_book, shown.new))
        ):
            for kept in reversed(shown.kept):
                choice.add(kept.hash, named(t, kept))
            choice.pick(picked.hash)
            choice.activated.connect(self._choose)
            choice.show()
            name = Label(label, card)
            name.setBuddy(choice)
            grid.addWidget(name, row, 0)
            grid.addWidget(choice, row, 1)
        card.column.addLayout(grid)
        return card

    def _choose(self) -> None:
        self.books_chosen.emit(self.old_book.value(), self.new_book.value())

    def _add_customers(self, shown: ShownBooks, old: Rulebook, today: date) -> None:
        words = BookWords(self.texts, old, shown.new, {})
        self.customers = CustomersCard(
            self.texts, words, shown.new.version, today, self, may_evaluate=not shown.preview
        )
        self.body.addWidget(self.customers)

    def _say_nothing_to_compare(self, shown: ShownBooks) -> None:
        t = self.texts
        card = Card(self)
        if shown.missing:
            title = t("Rules %(version)s can no longer be read") % {"version": shown.missing}
            sentence = t(
                "What is kept of them on this computer is missing or damaged, so they cannot be "
                "compared. The rules in use are not affected."
            )
        else:
            title = t("These rules are the first on this computer")
            sentence = t("There is nothing to compare them with yet.")
        card.column.addWidget(Title(title, card))
        card.column.addWidget(Soft(sentence, card))
        self.body.addWidget(card)

    def _add_import(self, closed: str) -> None:
        t = self.texts
        card = titled(t("Newer rules"), self)
        card.column.addWidget(
            Soft(closed or t("A rules update is one file. You see what it changes first."), card)
        )
        row = QHBoxLayout()
        self.import_button = SecondaryButton(
            t("&Import rules update…"), self.import_requested.emit, parent=card
        )
        self.import_button.setEnabled(not closed)
        self.import_button.setToolTip(closed)
        self.import_button.setAccessibleDescription(closed)
        row.addWidget(self.import_button)
        row.addStretch(1)
        card.column.addLayout(row)
        self.body.addWidget(card)

    def _buttons(self, shown: ShownBooks) -> None:
        t = self.texts
        if not shown.preview:
            self.bar.add_left(SecondaryButton(t("&Back"), self.back_requested.emit, parent=self))
            return
        self.keep_button = SecondaryButton(
            t("&Keep the present rules"), self.back_requested.emit, parent=self
        )
        self.use_button = PrimaryButton(
            t("&Use the new rules"), self.use_requested.emit, parent=self
        )
        self.bar.add_left(self.keep_button)
        self.set_primary(self.use_button)

    # --- Qt ---------------------------------------------------------------------------------


def _why(t: Texts, shown: ShownBooks) -> str:
    values = {
        "old": shown.old.version if shown.old else "",
        "new": shown.new.version,
        "day": t.date(shown.new.checked_on),
    }
    if shown.old is None:
        return t("In use: rules %(new)s, checked %(day)s.") % values
    if shown.preview:
        return t("In use: rules %(old)s. In the file: rules %(new)s, checked %(day)s.") % values
    return t("From rules %(old)s to rules %(new)s, checked %(day)s.") % values
