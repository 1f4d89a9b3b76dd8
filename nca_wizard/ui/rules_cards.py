"""What changed in the rules, as cards: one for each goal or association, with the causes."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.report.rules_changes import Cause, ChangesInWords, Group, Told
from nca_wizard.texts import Texts
from nca_wizard.ui.growing import GrowingList
from nca_wizard.ui.result_parts import Strong, bullets, titled
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, Expander, Label, Line, Soft

_CARDS_AT_ONCE = 8
_CHANGES_AT_ONCE = 4
_CONDITIONS_SHOWN = 3


class Details(QWidget):
    """Something behind a link with an arrow, made when it is first opened."""

    def __init__(
        self, text: str, about: str, fill: Callable[[QVBoxLayout, QWidget], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._fill = fill
        self._inside = QWidget(self)
        self._room = QVBoxLayout(self._inside)
        self._room.setContentsMargins(16, 0, 0, 4)
        self._room.setSpacing(STEP)
        self.link = Expander(text, self._inside, self)
        self.link.setAccessibleName(about)
        self.link.toggled.connect(self._fill_once)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._inside)

    def _fill_once(self, _opened: bool) -> None:
        if not self._room.count():
            self._fill(self._room, self._inside)
            order_tabs(self)


def change_cards(t: Texts, changes: ChangesInWords, parent: QWidget) -> Iterator[QWidget]:
    """Everything to show of the changes, from the top."""
    if changes.apart:
        card = titled(t("What else is new"), parent)
        card.column.addLayout(bullets(changes.apart, card))
        yield card
    if changes.groups:
        yield GrowingList(
            t,
            [_maker(t, group) for group in changes.groups],
            _CARDS_AT_ONCE,
            t("Changes"),
            parent,
        )
    if changes.words_only:
        card = titled(t("Only worded otherwise"), parent)
        card.column.addWidget(Soft(t("These change no answer."), card))
        card.column.addLayout(bullets(changes.words_only, card))
        yield card


def _maker(t: Texts, group: Group) -> Callable[[QWidget], Card]:
    return lambda parent: _group_card(t, group, parent)


def _group_card(t: Texts, group: Group, parent: QWidget) -> Card:
    card = titled(group.title, parent)
    rows = GrowingList(
        t,
        [_row_maker(t, told, first=number == 0) for number, told in enumerate(group.changes)],
        _CHANGES_AT_ONCE,
        group.title,
        card,
    )
    rows.set_spacing(STEP)
    card.column.addWidget(rows)
    return card


def _row_maker(t: Texts, told: Told, *, first: bool) -> Callable[[QWidget], QWidget]:
    return lambda parent: ChangeRow(t, told, parent, first=first)


class ChangeRow(QWidget):
    """One change: from what to what, when, under which conditions, and why."""

    def __init__(self, t: Texts, told: Told, parent: QWidget, *, first: bool) -> None:
        super().__init__(parent)
        self._t = t
        self._told = told
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if not first:
            column.addWidget(Line(self))
            column.addSpacing(4)
        change = told.change
        if told.when:
            change = t("%(change)s, %(when)s") % {"change": change, "when": told.when}
        column.addWidget(Strong(change, self))
        shown, rest = told.conditions[:_CONDITIONS_SHOWN], told.conditions[_CONDITIONS_SHOWN:]
        if len(shown) == 1:
            column.addWidget(Label(shown[0], self))
        elif shown:
            column.addLayout(bullets(shown, self))
        if rest:
            text = t.plural("and in %(count)d more case", "and in %(count)d more cases", len(rest))
            column.addWidget(
                Details(
                    text,
                    t("%(what)s: %(about)s") % {"what": text, "about": change},
                    lambda room, inside: room.addLayout(bullets(rest, inside)),
                    self,
                )
            )
        if told.before or told.now:
            text = t("Why")
            about = t("%(what)s: %(about)s") % {"what": text, "about": change}
            self.why = Details(text, about, self._say_why, self)
            column.addWidget(self.why)

    def _say_why(self, room: QVBoxLayout, inside: QWidget) -> None:
        t, told = self._t, self._told
        if told.before == told.now:
            self._say(room, inside, t("With both rulebooks"), told.now)
            return
        self._say(room, inside, t("Before"), told.before)
        self._say(room, inside, t("Now"), told.now)

    def _say(self, room: QVBoxLayout, inside: QWidget, when: str, causes: Sequence[Cause]) -> None:
        if not causes:
            return
        room.addWidget(Strong(when, inside))
        for cause in causes:
            room.addWidget(Label(cause.says, inside))
            rule = self._t("Rule %(rule)s") % {"rule": cause.rule}
            facts = f"{cause.days} · {rule}" if cause.days else rule
            room.addWidget(Soft(facts, inside, small=True))
            for source in cause.sources:
                room.addWidget(Soft(source, inside, small=True))
