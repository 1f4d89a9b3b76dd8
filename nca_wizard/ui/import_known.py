"""Which customers of a list are here already, and what is to be done with them."""

from collections.abc import Sequence
from typing import Literal, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.widgets import Card, ChoiceGroup, Soft, Title, announce

_MOST_NAMED = 5

WithKnown = Literal["add", "leave_out", "new"]
"""A further evaluation of the customer that is here, nothing at all, or another customer."""


class KnownCard(Card):
    """Hidden while nobody of the list is here. What is chosen stays when the columns change."""

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        t = self._t = texts
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        self.column.addLayout(self._head)
        self.group = ChoiceGroup("one", t("Customers that are here already"), self)
        self.group.add("add", t("Add an evaluation to them"), numbered=False)
        self.group.add("leave_out", t("Leave them out"), numbered=False)
        self.group.add("new", t("Add them anyway, as new customers"), numbered=False)
        self.group.choose(("add",))
        self.column.addWidget(self.group)
        self.hide()

    @property
    def choice(self) -> WithKnown:
        return cast("WithKnown", self.group.chosen()[0])

    def show_names(self, names: Sequence[str]) -> None:
        """These of the list are here."""
        t, more = self._t, len(names) - _MOST_NAMED
        said = t.plural(
            "%(count)d customer is here already",
            "%(count)d customers are here already",
            len(names),
        )
        named = list(names[:_MOST_NAMED])
        if more > 0:
            named.append(t("%(count)s more") % {"count": t.number(more)})
        while (before := self._head.takeAt(0)) is not None:
            if (widget := before.widget()) is not None:
                widget.deleteLater()
        self._head.addWidget(Title(said, self))
        self._head.addWidget(Soft(t.listing(named), self, small=True))
        self.setAccessibleName(said)
        self.setVisible(bool(names))
        if names:
            announce(self, said)
