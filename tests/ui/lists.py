"""The history page on a history, with its list found."""

from collections.abc import Sequence

from pytestqt.qtbot import QtBot

from nca_wizard.history.store import History
from nca_wizard.ui.history_lines import COLUMNS, Lines
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.history_search import Searcher
from nca_wizard.ui.history_view import ListView
from tests.ui.results import T, book, themed


def listed(
    qtbot: QtBot,
    history: History,
    view: ListView | None = None,
    size: tuple[int, int] = (1000, 600),
) -> HistoryPage:
    """The page as soon as it shows what it was asked for."""
    themed()
    lines = Lines(T, book())
    searcher = Searcher(history, "en", lines.channels)
    page = HistoryPage(T, searcher, lines, book(), view or ListView())
    qtbot.addWidget(page, before_close_func=lambda _: searcher.finish())
    page.resize(*size)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    found(qtbot, page)
    page.take_focus()
    return page


def found(qtbot: QtBot, page: HistoryPage) -> HistoryPage:
    """The page, once nothing is looked for any more."""
    qtbot.waitUntil(lambda: not page.is_looking)
    return page


def column(page: HistoryPage, key: str) -> list[str]:
    """What stands in the column, line by line."""
    place = COLUMNS.index(next(one for one in COLUMNS if one == key))
    model = page.model
    return [str(model.data(model.index(row, place))) for row in range(model.rowCount())]


def search_for(qtbot: QtBot, page: HistoryPage, typed: str) -> Sequence[str]:
    """Type this and wait for the customers found."""
    page.search.setText(typed)
    return column(found(qtbot, page), "customer")
