"""Which column of a list has which field: guessed by the headings, remembered, chosen."""

import json
import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nca_wizard.exchange.list_results import RESULT_HEADINGS
from nca_wizard.exchange.list_rows import (
    CUSTOMER_FIELDS,
    NAME,
    SUBSCRIPTION_ENDS,
    SUBSCRIPTION_ENDS_NAME,
    Columns,
)
from nca_wizard.exchange.lists import Table
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import FieldError, Label, NoWheelComboBox, Soft

_NONE = ""
_REMEMBERED = 10
_SHOWN = 3
_LONGEST_SHOWN = 28


def fields_of(t: Texts, rulebook: Rulebook) -> dict[str, str]:
    """Every field a list can have, and what it is called, in the order to show them."""
    others = {field: t(name) for field, name in CUSTOMER_FIELDS.items()}
    # What decides comes first; most lists have little else.
    return {
        NAME: others.pop(NAME),
        **{question.id: t(question.short) for question in rulebook.questions},
        SUBSCRIPTION_ENDS: t(SUBSCRIPTION_ENDS_NAME),
        **others,
    }


def guessed(table: Table, fields: Mapping[str, str], remembered: str) -> Columns:
    """The columns as last chosen for such headings, else by what the headings say."""
    known = _read(remembered).get(_key(table))
    if known is not None:
        return {
            field: table.headings.index(heading)
            for field, heading in known.items()
            if field in fields and heading in table.headings
        }
    folded = [_folded(heading) for heading in table.headings]
    found: dict[str, int] = {}
    for field, name in fields.items():
        for way in (field, name):
            if _folded(way) in folded and field not in found:
                found[field] = folded.index(_folded(way))
    return found


def to_remember(table: Table, columns: Columns, remembered: str) -> str:
    """`remembered` with these columns in it, the last chosen first."""
    kept = _read(remembered)
    kept.pop(_key(table), None)
    chosen = {field: table.headings[place] for field, place in columns.items()}
    return json.dumps(dict([(_key(table), chosen), *kept.items()][:_REMEMBERED]))


def _read(remembered: str) -> dict[str, dict[str, str]]:
    try:
        found = json.loads(remembered or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _key(table: Table) -> str:
    # A list that came back with results or reasons has the same columns.
    own = (heading for heading in table.headings if heading and heading not in RESULT_HEADINGS)
    return "\t".join(sorted(own))


def _folded(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words.casefold()).strip()


class ColumnsForm(QWidget):
    """A line for each field: its name, the column, the first values."""

    changed = Signal()

    def __init__(
        self,
        t: Texts,
        table: Table,
        fields: Mapping[str, str],
        columns: Columns,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._t = t
        self._table = table
        self.boxes: dict[str, NoWheelComboBox] = {}
        self._values: dict[str, Soft] = {}
        self.error = FieldError(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 5)
        for place, heading in enumerate(
            (t("Our field"), t("Column in the list"), t("First values"))
        ):
            grid.addWidget(Soft(heading, self, small=True), 0, place)
        grid.addWidget(self.error, 1, 0, 1, 3)
        for row, (field, name) in enumerate(fields.items(), start=2):
            self._add(grid, row, field, name, columns.get(field))
        self._show_values()

    def _add(self, grid: QGridLayout, row: int, field: str, name: str, place: int | None) -> None:
        t = self._t
        label = Label(t("%(field)s (needed)") % {"field": name} if field == NAME else name, self)
        box = NoWheelComboBox(name, parent=self)
        box.add(_NONE, t("not in the list"))
        for number, heading in enumerate(self._table.headings):
            box.add(str(number), heading or t("Column %(number)d") % {"number": number + 1})
        box.setMaximumWidth(260)
        box.pick("" if place is None else str(place))
        box.activated.connect(self._take)
        label.setBuddy(box)
        values = Soft("", self, small=True)
        self.boxes[field] = box
        self._values[field] = values
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label, row, 0, middle)
        grid.addWidget(box, row, 1, middle)
        grid.addWidget(values, row, 2, middle)

    def columns(self) -> Columns:
        """The chosen ones."""
        return {field: int(box.value()) for field, box in self.boxes.items() if box.value()}

    def _take(self, _index: int) -> None:
        self.error.say("")
        self._show_values()
        self.changed.emit()

    def _show_values(self) -> None:
        columns = self.columns()
        for field, label in self._values.items():
            place = columns.get(field)
            label.setText("" if place is None else _first_values(self._table, place))


def _first_values(table: Table, place: int) -> str:
    values: Sequence[str] = list(
        dict.fromkeys(row.cells[place] for row in table.rows[:50] if row.cells[place])
    )
    short = [
        value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        for value in values[:_SHOWN]
    ]
    return " | ".join(short)
