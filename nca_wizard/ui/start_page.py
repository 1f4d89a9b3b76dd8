"""The first page: start a case, continue one, open a recent one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.flow import Flow
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.row import Row
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import (
    Card,
    Label,
    Line,
    LinkButton,
    Notice,
    PrimaryButton,
    SecondaryButton,
    Soft,
    Title,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: a draft to continue or an evaluation to open, by `key`."""

    key: int
    name: str
    about: str
    when: str


class StartPage(PageFrame):
    """`continue_requested` and `delete_requested` have a draft's id, `open_requested` an
    evaluation's.

    `rules` says which rules are used, `stale` why newer ones are wanted if they are, `due` shows
    what is due.
    """

    new_requested = Signal()
    file_requested = Signal()
    list_requested = Signal()
    earlier_case_requested = Signal()
    sample_requested = Signal()
    history_requested = Signal()
    continue_requested = Signal(int)
    delete_requested = Signal(int)
    open_requested = Signal(int)
    rules_requested = Signal()

    def __init__(
        self,
        texts: Texts,
        drafts: Sequence[Entry],
        recent: Sequence[Entry],
        rules: str,
        due: QWidget | None = None,
        stale: str = "",
    ) -> None:
        super().__init__(
            texts,
            texts("NCA Wizard"),
            texts("Which partner association fits this customer?"),
            texts("Five short steps. Works offline."),
        )
        self.bar.hide()
        self.stale = Notice(parent=self)
        if stale:
            self.stale.say(stale, texts("How to update"), self.rules_requested.emit)
            self.body.addWidget(self.stale)
        self._first = PrimaryButton(texts("&Start a new case"), self.new_requested.emit)
        buttons = Flow()
        buttons.addWidget(self._first)
        if recent:
            like = texts("New case &like an earlier one…")
            buttons.addWidget(SecondaryButton(like, self.earlier_case_requested.emit, parent=self))
        else:
            buttons.addWidget(
                SecondaryButton(texts("&Open a case file…"), self.file_requested.emit, parent=self)
            )
        buttons.addWidget(
            SecondaryButton(texts("&Import a list…"), self.list_requested.emit, parent=self)
        )
        self.body.addLayout(buttons)
        if due is not None:
            self.body.addSpacing(STEP)
            self.body.addWidget(due)
        if drafts:
            self._add_list(texts("Continue"), drafts, texts("Continue"), self._ask_to_continue)
        if recent:
            all_cases = LinkButton(texts("Open history"), self.history_requested.emit, parent=self)
            self._add_list(texts("Recent"), recent, texts("Open"), self._ask_to_open, all_cases)
        if not drafts and not recent:
            self._add_first_run()
        self._add_rules(rules)

    def take_focus(self) -> None:
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_to_continue(self, key: int) -> None:
        self.continue_requested.emit(key)

    def _ask_to_delete(self, key: int) -> None:
        self.delete_requested.emit(key)

    def _ask_to_open(self, key: int) -> None:
        self.open_requested.emit(key)

    def _add_first_run(self) -> None:
        card = Card(self)
        card.column.addWidget(Title(self.texts("No cases yet"), card))
        card.column.addWidget(
            Soft(
                self.texts(
                    "Start with a customer, or open the sample to see what the result looks like."
                ),
                card,
            )
        )
        row = QHBoxLayout()
        row.addWidget(
            SecondaryButton(self.texts("Open the sample"), self.sample_requested.emit, parent=card)
        )
        row.addStretch(1)
        card.column.addSpacing(4)
        card.column.addLayout(row)
        self.body.addSpacing(STEP)
        self.body.addWidget(card)

    def _add_rules(self, rules: str) -> None:
        row = QHBoxLayout()
        row.addWidget(Soft(rules, self, small=True), 1)
        row.addWidget(
            LinkButton(
                self.texts("What changed?"),
                self.rules_requested.emit,
                self.texts("What changed in the rules"),
                self,
            )
        )
        self.body.addLayout(row)

    def _add_list(
        self,
        title: str,
        entries: Sequence[Entry],
        verb: str,
        on_click: Callable[[int], None],
        beside: LinkButton | None = None,
    ) -> None:
        section = QVBoxLayout()
        section.setSpacing(STEP)
        head = QHBoxLayout()
        head.addWidget(Title(title, self), 1)
        if beside is not None:
            head.addWidget(beside)
        section.addLayout(head)
        card = Card(self, padding=(20, 4))
        card.column.setSpacing(0)
        for number, entry in enumerate(entries):
            if number:
                card.column.addWidget(Line(card))
            card.column.addWidget(self._row(entry, verb, on_click, card))
        section.addWidget(card)
        self.body.addSpacing(STEP)
        self.body.addLayout(section)

    def _row(self, entry: Entry, verb: str, on_click: Callable[[int], None], card: Card) -> QWidget:
        row = Row(card, above=10, gap=2 * STEP)
        row.words.addWidget(Label(entry.name, row))
        row.words.addWidget(Soft(entry.about, row, small=True))
        when = Soft(entry.when, row, small=True)
        when.setWordWrap(False)
        row.add(when)
        named = self.texts("%(verb)s: %(what)s")
        if on_click == self._ask_to_continue:
            delete = self.texts("Delete")
            name = named % {"verb": delete, "what": entry.name}
            row.add(LinkButton(delete, lambda: self._ask_to_delete(entry.key), name, row))
        name = named % {"verb": verb, "what": entry.name}
        row.add(SecondaryButton(verb, lambda: on_click(entry.key), name, row))
        return row
