"""What was deleted within 30 days: brought back, or deleted for good.

page = DeletedPage(texts, history.bin.deleted(), now)
page.restore_requested.connect(...)             a list of `Deleted`, the place of the first
page.delete_for_good_requested.connect(...)     a list of them
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nca_wizard.history.bin import Deleted
from nca_wizard.texts import Texts
from nca_wizard.ui.confirm import Confirm
from nca_wizard.ui.growing import GrowingList, Make
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.result_parts import Strong
from nca_wizard.ui.row import Row
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, Label, LinkButton, SecondaryButton, Soft

_AT_ONCE = 20


class DeletedPage(PageFrame):
    """The last deleted first."""

    restore_requested = Signal(list, int)
    delete_for_good_requested = Signal(list)
    back_requested = Signal()

    def __init__(self, texts: Texts, deleted: Sequence[Deleted], now: datetime) -> None:
        super().__init__(
            texts,
            texts("History"),
            texts("Deleted"),
            texts("Kept for 30 days, then deleted for good by itself."),
        )
        t = texts
        self._now = now
        self.back_button = SecondaryButton(t("&Back"), self.back_requested.emit, parent=self)
        self.bar.add_left(self.back_button)
        self.rows: GrowingList | None = None
        if not deleted:
            card = Card(self)
            card.column.addWidget(Label(t("Nothing is deleted."), card))
            self.body.addWidget(card)
            return
        self.rows = GrowingList(
            t, [self._maker(*one) for one in enumerate(deleted)], _AT_ONCE, t("Deleted"), self
        )
        self.rows.set_spacing(STEP)
        self.body.addWidget(self.rows)
        if len(deleted) > 1:
            self.bar.add_right(
                SecondaryButton(t("&Restore all"), lambda: self._restore(deleted, 0), parent=self)
            )
            self.bar.add_right(
                SecondaryButton(t("Delete all for &good…"), lambda: self._ask(deleted), parent=self)
            )

    def focus_row(self, place: int) -> None:
        """Put the focus into the row at this place, or the last one."""
        if self.rows is not None:
            self.rows.focus_entry(place)

    def _maker(self, place: int, one: Deleted) -> Make:
        return lambda parent: self._row(place, one, parent)

    def _row(self, place: int, one: Deleted, parent: QWidget) -> QWidget:
        t = self.texts
        card = Card(parent, padding=(20, 10))
        row = Row(card, gap=2 * STEP)
        name = one.customer_name or t("No name yet")
        row.words.addWidget(Strong(name, card))
        row.words.addWidget(Soft(self._about(one), card, small=True))
        named = t("%(verb)s: %(what)s")
        for_good, restore = t("Delete for good…"), t("Restore")
        row.add(
            SecondaryButton(
                restore,
                lambda: self._restore([one], place),
                named % {"verb": restore, "what": name},
                card,
            )
        )
        row.add(
            LinkButton(
                for_good, lambda: self._ask([one]), named % {"verb": for_good, "what": name}, card
            )
        )
        card.column.addWidget(row)
        return card

    def _about(self, one: Deleted) -> str:
        t = self.texts
        zone = self._now.tzinfo
        what = t("not yet evaluated")
        if one.kind == "case":
            what = t.plural("%(count)d evaluation", "%(count)d evaluations", one.evaluations)
        return t("%(what)s · deleted on %(day)s, gone for good on %(end)s") % {
            "what": what,
            "day": t.date(one.deleted_at.astimezone(zone).date()),
            "end": t.date(one.gone_on.astimezone(zone).date()),
        }

    def _restore(self, deleted: Sequence[Deleted], place: int) -> None:
        self.restore_requested.emit(list(deleted), place)

    def _ask(self, deleted: Sequence[Deleted]) -> None:
        t = self.texts
        title = t("Delete %(count)s cases for good?") % {"count": t.number(len(deleted))}
        if len(deleted) == 1:
            name = deleted[0].customer_name or t("No name yet")
            title = t("Delete “%(name)s” for good?") % {"name": name}
        sentence = t(
            "It goes from the history and from every backup on this computer, and nobody can "
            "bring it back. A new backup without it takes the place of those there are."
        )
        Confirm(
            t,
            title,
            sentence,
            t("Delete for &good"),
            lambda: self.delete_for_good_requested.emit(list(deleted)),
            self,
        ).open()
