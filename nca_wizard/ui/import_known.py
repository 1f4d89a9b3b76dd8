"""How many customers of a list are here already, and what is to be done with them."""

from typing import Literal, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.widgets import Card, ChoiceGroup, Title, announce

WithKnown = Literal["add", "leave_out", "new"]
"""A further evaluation of the customer that is here, nothing at all, or another customer."""


class KnownCard(Card):
    """Hidden while nobody of the list is here. What is chosen stays when the columns change."""

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        t = self._t = texts
        self._title = QVBoxLayout()
        self.column.addLayout(self._title)
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

    def show_count(self, count: int) -> None:
        """So many of the list are here."""
        said = self._t.plural(
            "%(count)d customer is here already", "%(count)d customers are here already", count
        )
        before = self._title.takeAt(0)
        if before is not None and (widget := before.widget()) is not None:
            widget.deleteLater()
        self._title.addWidget(Title(said, self))
        self.setAccessibleName(said)
        self.setVisible(count > 0)
        if count:
            announce(self, said)
