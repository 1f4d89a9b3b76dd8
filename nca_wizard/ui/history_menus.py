"""The menus of the history: what to do with a line, which columns to show and in what order."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from nca_wizard.history.search import SortKey
from nca_wizard.texts import Texts
from nca_wizard.ui.history_columns import Columns
from nca_wizard.ui.history_lines import COLUMNS, headings
from nca_wizard.ui.history_table import HistoryTable


def lines_menu(table: HistoryTable, entries: Sequence[tuple[str, Callable[[], object]]]) -> QMenu:
    """What can be done with the lines that are chosen."""
    menu = _menu(table)
    for text, act in entries:
        _add(menu, text, act)
    return menu


def columns_menu(
    t: Texts,
    table: HistoryTable,
    sorted_by: SortKey,
    sort_by: Callable[[str], object],
) -> QMenu:
    """The menu of columns: what the mouse does to the headings."""
    menu = _menu(table)
    names = headings(t)
    # The customer always shows.
    for key in COLUMNS[1:]:
        shown = key not in table.columns.hidden

        def toggle(key: SortKey = key) -> None:
            table.show_columns(table.columns.toggled(key))

        _add(menu, names[key], toggle, checked=shown)
    menu.addSeparator()
    order = menu.addMenu(t("Sort by"))
    for key in COLUMNS:

        def sort(key: SortKey = key) -> None:
            sort_by(key)

        _add(order, names[key], sort, checked=key == sorted_by)
    menu.addSeparator()
    _add(menu, t("Usual columns"), lambda: table.show_columns(Columns()))
    return menu


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add(menu: QMenu, text: str, act: Callable[[], object], *, checked: bool | None = None) -> None:
    action = menu.addAction(text)
    if checked is not None:
        action.setCheckable(True)
        action.setChecked(checked)
    action.triggered.connect(lambda _checked=False: act())
