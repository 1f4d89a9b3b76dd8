"""The cases in a file, before they are added: which are new, which are here already."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.history.transfer import Incoming, IncomingCase
from nca_wizard.texts import Texts
from nca_wizard.ui.growing import GrowingList
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.widgets import Card, Label, PrimaryButton, SecondaryButton, Soft

_AT_ONCE = 50


class CasesPage(PageFrame):
    """`add_requested` has what is to be added."""

    add_requested = Signal(object)
    back_requested = Signal()

    def __init__(self, texts: Texts, name: str, incoming: Incoming) -> None:
        t = texts
        count = len(incoming.cases)
        new = incoming.new_only()
        super().__init__(
            t,
            t("Add cases"),
            name,
            t("%(cases)s. Nothing that is here is replaced.")
            % {"cases": t.plural("%(count)d case", "%(count)d cases", count)},
        )
        card = Card(self)
        card.setAccessibleName(t("Cases"))
        entries: list[Callable[[QWidget], QWidget]] = [_entry(t, one) for one in incoming.cases]
        shown = GrowingList(t, entries, _AT_ONCE, t("Cases"), card)
        shown.set_spacing(8)
        card.column.addWidget(shown)
        self.body.addWidget(card)
        self.bar.add_left(SecondaryButton(t("&Back"), self.back_requested.emit, parent=self))
        everything = t.plural("Add &it", "Add &all %(count)d", count)
        if not new.cases or len(new.cases) == count:
            self.add_all = PrimaryButton(
                everything, lambda: self.add_requested.emit(incoming), parent=self
            )
            self.set_primary(self.add_all)
            return
        self.bar.add_right(
            SecondaryButton(everything, lambda: self.add_requested.emit(incoming), parent=self)
        )
        only = t.plural("Add the &new one", "Add the %(count)d &new ones", len(new.cases))
        self.add_new = PrimaryButton(only, lambda: self.add_requested.emit(new), parent=self)
        self.set_primary(self.add_new)


def _entry(t: Texts, one: IncomingCase) -> Callable[[QWidget], QWidget]:
    known = {
        "new": t("new"),
        "same": t("here already, this very one"),
        "same_name": t("you have one of this name, of %(days)s")
        % {"days": t.listing([t.date(day) for day in one.days[:3]])},
    }[one.known]
    evaluations = t.plural("%(count)d evaluation", "%(count)d evaluations", one.evaluations)

    def make(parent: QWidget) -> QWidget:
        line = QWidget(parent)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(one.customer_name, line))
        about = f"{known} · {evaluations} · {t.date(one.newest)}"
        column.addWidget(Soft(about, line, small=True))
        return line

    return make
