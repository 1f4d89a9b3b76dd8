"""What narrows the history: channel, action, result, state, year, older rules, newest only."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nca_wizard.history.search import Query
from nca_wizard.report import wording
from nca_wizard.rules.model.answers import UNKNOWN, Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.flow import Flow
from nca_wizard.ui.history_lines import channel_names, states
from nca_wizard.ui.panels import PageScroll, ScrolledContents
from nca_wizard.ui.widgets import Card, CheckRow, LinkButton, NoWheelComboBox

_ANY = ""
_VERDICTS: tuple[Verdict, ...] = (
    "action_needed", "automatic", "not_yet", "depends", "unclear", "no_route",
)  # fmt: skip


class _Rows(PageScroll):
    """As high as all of them if there is room, and never lower than one."""

    wanted = 0

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.wanted)


class Filters(Card):
    """Hidden until it is asked for. What is chosen acts at once.

    Where they do not fit into the height they may have, they scroll.
    """

    changed = Signal()

    def __init__(self, texts: Texts, rulebook: Rulebook, parent: QWidget) -> None:
        super().__init__(parent, padding=(16, 12))
        t = texts
        self._t = texts
        self._version = rulebook.version
        self.setAccessibleName(t("Filters"))
        names = channel_names(t, rulebook)
        self.channel = self._combo(t("Channel"), t("Any channel"))
        for choice in (one for one in names if one != UNKNOWN):
            self.channel.add(choice, names[choice])
        self.association = self._combo(t("Action"), t("Any action"))
        for association in rulebook.associations:
            self.association.add(association.id, t(association.name))
        self.verdict = self._combo(t("Result"), t("Any result"))
        for verdict in _VERDICTS:
            self.verdict.add(verdict, wording.verdict_word(t, verdict))
        self.state = self._combo(t("State"), t("Any state"))
        for state, name in states(t).items():
            self.state.add(state, name)
        self.year = self._combo(t("Year"), t("Any year"))
        self.older = CheckRow(t("Older rules"), parent=self)
        self.newest = CheckRow(t("Newest per customer"), parent=self)
        self.imported = CheckRow(t("This import only"), parent=self)
        self._import_id: int | None = None
        for row in (self.older, self.newest, self.imported):
            row.clicked.connect(self.changed)
        self.reset_button = LinkButton(t("&Reset filters"), self.reset, parent=self)
        contents = ScrolledContents(self)
        self._flow = Flow(contents)
        for widget in (
            self.channel, self.association, self.verdict, self.state, self.year, self.newest,
            self.older, self.imported, self.reset_button,
        ):  # fmt: skip
            self._flow.addWidget(widget)
        self._scroll = _Rows(contents, self)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._most = 0
        self.column.addWidget(self._scroll)

    def set_most(self, height: int) -> None:
        """Be no higher than this."""
        self._most = height
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._flow.heightForWidth(self._scroll.viewport().width())
        self._scroll.wanted = min(wanted, self._most)
        self._scroll.setMinimumHeight(min(wanted, self.reset_button.sizeHint().height()))
        self._scroll.updateGeometry()

    def show_years(self, years: Sequence[int]) -> None:
        """Offer these."""
        picked = self.year.value()
        self.year.clear()
        self.year.add(_ANY, self._t("Any year"))
        for year in dict.fromkeys([*years, *([int(picked)] if picked else [])]):
            self.year.add(str(year), str(year))
        self.year.pick(picked)

    def show_query(self, query: Query) -> None:
        """Show what is asked for."""
        year = str(query.year or _ANY)
        if self.year.findData(year) < 0:
            self.year.add(year, year)
        for combo, value in (
            (self.channel, query.channel),
            (self.association, query.association),
            (self.verdict, query.verdict),
            (self.state, query.state or _ANY),
            (self.year, year),
        ):
            combo.pick(value)
        self.older.setChecked(bool(query.other_rules_than))
        self.newest.setChecked(query.newest_per_customer)
        self._import_id = query.import_id
        self.imported.setChecked(query.import_id is not None)
        # Which import is meant was said where it was asked for; here it can only be left out.
        self.imported.setVisible(query.import_id is not None)

    def narrowed(self, query: Query) -> Query:
        """`query` with what is chosen here."""
        state = next((one for one in states(self._t) if one == self.state.value()), None)
        return replace(
            query,
            channel=self.channel.value(),
            association=self.association.value(),
            verdict=self.verdict.value(),
            state=state,
            year=int(self.year.value()) if self.year.value() else None,
            other_rules_than=self._version if self.older.isChecked() else "",
            newest_per_customer=self.newest.isChecked(),
            import_id=self._import_id if self.imported.isChecked() else None,
        )

    def chosen(self) -> list[str]:
        """What is chosen, in words."""
        combos = (self.channel, self.association, self.verdict, self.state, self.year)
        rows = (self.newest, self.older, self.imported)
        return [
            *(combo.currentText() for combo in combos if combo.value()),
            *(row.accessibleName() for row in rows if row.isChecked()),
        ]

    def reset(self) -> None:
        """Choose nothing."""
        self.show_query(Query())
        self.changed.emit()

    def _combo(self, name: str, any_of_them: str) -> NoWheelComboBox:
        combo = NoWheelComboBox(name, parent=self)
        combo.add(_ANY, any_of_them)
        combo.pick(_ANY)
        combo.activated.connect(lambda _index: self.changed.emit())
        return combo
