"""The history: every case, found while typing, filtered, sorted, opened, deleted.

page = HistoryPage(texts, searcher, lines, rulebook, view)
page.open_requested.connect(...)    the id of an evaluation; a draft's is below zero
page.view_changed.connect(...)      what is shown and how, to show it again later

The list is looked for beside the window; what is shown stays until the answer is there.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from nca_wizard.history.search import Query, Row
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui import history_menus
from nca_wizard.ui.flow import Flow
from nca_wizard.ui.history_filters import Filters
from nca_wizard.ui.history_lines import COLUMNS, Lines
from nca_wizard.ui.history_nothing import NothingListed
from nca_wizard.ui.history_preview import LinePreview
from nca_wizard.ui.history_search import Listed, Searcher
from nca_wizard.ui.history_table import HistoryModel, HistoryTable
from nca_wizard.ui.history_view import ListView
from nca_wizard.ui.page import CommandBar
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import PAGE_MARGIN, STEP, TEXT_PX
from nca_wizard.ui.widgets import (
    Heading,
    LinkButton,
    PrimaryButton,
    SecondaryButton,
    Soft,
    announce,
)

_WIDEST = 1280
_SEARCH_WIDTH = 300
_WIDEST_SEARCH = 1.3
_FIELD_HEIGHT = 38
_SAY_AFTER_MS = 600
# Below this height, at the usual text size, the list needs the room of the preview.
_ROOM_FOR_PREVIEW = 400
_ROOM_FOR_HEADING = 190
_MOST_FOR_FILTERS = 0.35


class HistoryPage(QWidget):
    """Every case on this computer."""

    commands = frozenset({"rename", "delete"})
    """Commands of the menus that have something to do while this page shows."""

    open_requested = Signal(int)
    print_requested = Signal(int)
    delete_requested = Signal(list)
    compare_requested = Signal(list)
    """The ids of all lines that are chosen, however many."""
    like_requested = Signal(int)
    """A new case with the answers of this line."""
    export_requested = Signal(list)
    pack_requested = Signal(list)
    """A PDF of each of these lines is to be saved."""
    rename_requested = Signal(int, str)
    deleted_requested = Signal()
    new_case_requested = Signal()
    back_requested = Signal()
    view_changed = Signal(object)
    chosen = Signal(list)
    """The ids of the lines that are chosen now."""

    def __init__(
        self,
        texts: Texts,
        searcher: Searcher,
        lines: Lines,
        rulebook: Rulebook,
        view: ListView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        t = texts
        self._t = texts
        self._searcher = searcher
        self.view = view
        """What it shows and how."""
        self._every = 0
        self._deleted: tuple[int, date | None] = (0, None)
        self.is_looking = False
        """Whether an answer is waited for."""
        self._answered: Query | None = None
        """What the lines that show are the answer to."""
        self._open_when_found = False
        self.setAccessibleName(t("History"))
        self.why = t("Every customer you evaluated or began, found while you type.")
        self.search = QLineEdit(view.query.search, self)
        self.search.setPlaceholderText(t("Search by name, product or note"))
        self.search.setAccessibleName(t("Search by name, product or note"))
        self.search.textChanged.connect(self._search_for)
        self.counted = Soft("", self, small=True)
        self.counted.setWordWrap(False)
        self.filters_button = SecondaryButton(t("&Filters"), self._toggle_filters, parent=self)
        self.columns_button = SecondaryButton(t("&Columns"), self._offer_columns, parent=self)
        self.filters = Filters(t, rulebook, self)
        self.filters.show_query(view.query)
        self.filters.changed.connect(self._narrow)
        self.filters.setVisible(view.filters_open)
        self.model = HistoryModel(t, lines)
        self.table = HistoryTable(self.model, t("Cases"), view.columns, self)
        self.empty = NothingListed(t, self)
        self.empty.new_case_requested.connect(self.new_case_requested)
        self.empty.clear_requested.connect(self._clear)
        self.empty.reset_requested.connect(self.filters.reset)
        self.empty.deleted_requested.connect(self.deleted_requested)
        self.preview = LinePreview(t, lines, self)
        self.bar = CommandBar(self)
        self.back_button = SecondaryButton(t("&Back"), self.back_requested.emit, parent=self)
        self.deleted_button = LinkButton(
            t("Deleted"), self.deleted_requested.emit, t("Show deleted"), self
        )
        self.delete_button = SecondaryButton(t("&Delete"), self.delete, parent=self)
        self.compare_button = SecondaryButton(t("Co&mpare"), self.compare, parent=self)
        self.print_button = SecondaryButton(t("&Print or PDF"), self._print, parent=self)
        self.open_button = PrimaryButton(t("&Open"), self.table.open_current, parent=self)
        self._lay_out()
        self._connect()
        self._show_sorted()
        self._name_filters()
        self.refresh()

    # --- What others ask --------------------------------------------------------------------

    def take_focus(self) -> None:
        """Called when the page appears."""
        if self.search.isHidden():
            self.empty.take_focus()
        else:
            self.focus_search()

    def compare(self) -> None:
        """Ask for the chosen lines beside each other."""
        self.compare_requested.emit(self.table.chosen_ids())

    def delete(self) -> None:
        """Ask for the chosen lines to be deleted."""
        ids = self.table.chosen_ids()
        if ids and not self.table.isHidden():
            self.delete_requested.emit(ids)

    def new_case_like(self) -> None:
        """Ask for a new case with the answers of the highlighted line."""
        line = self.table.current_id()
        if line is not None and not self.table.isHidden():
            self.like_requested.emit(line)

    def refresh(self) -> None:
        """Look anew; the same lines stay chosen as far as they are still there."""
        self._searcher.look_up_years(self.filters.show_years)
        self._find(self.view.query)

    def choose(self, ids: list[int]) -> None:
        """Choose these lines when the list is there the next time."""
        self._change(chosen=tuple(ids))

    def say_deleted(self, count: int, until: date | None) -> None:
        """How much was deleted and can be brought back, at most until that day."""
        self._deleted = (count, until)
        text = self._t("Deleted (%(count)s)") % {"count": self._t.number(count)}
        self.deleted_button.setText(text)
        self.deleted_button.updateGeometry()
        self._make_room_in_bar(self.width() - 2 * self.bar.margin)

    # --- Looking ----------------------------------------------------------------------------

    def _search_for(self, typed: str) -> None:
        self._find(replace(self.view.query, search=typed), chosen=())

    def _narrow(self) -> None:
        self._name_filters()
        self._find(self.filters.narrowed(self.view.query), chosen=())

    def _sort_by(self, key: str) -> None:
        query = self.view.query
        column = next(one for one in COLUMNS if one == key)
        backwards = query.sort == column and not query.backwards
        self._find(replace(query, sort=column, backwards=backwards))
        self._show_sorted()

    def _find(self, query: Query, **changes: tuple[int, ...]) -> None:
        self._change(query=query, **changes)
        self.is_looking = True
        self._searcher.find(query)

    def _show(self, listed: Listed) -> None:
        # Another page may have asked for something else since.
        if listed.query != self.view.query:
            return
        self.is_looking = False
        self._every = listed.found.of
        chosen = self.view.chosen
        self.model.show_lines(listed.found.ids, listed.first)
        # Of the same question some lines were deleted.
        self.table.select_all_of(chosen, or_in_place=listed.query == self._answered)
        self._answered = listed.query
        self._say_found(len(listed.found.ids))
        if self._open_when_found:
            self._open_when_found = False
            self.table.open_current()

    def _fetch(self, ids: list[int]) -> None:
        self._searcher.look_up(ids, lambda rows: self._take(rows, ids))

    def _take(self, rows: dict[int, Row], asked: list[int]) -> None:
        self.model.take_lines(rows, asked)
        self._show_preview()

    def _say_found(self, found: int) -> None:
        t, had_focus = self._t, self.search.hasFocus()
        narrowed = bool(self.view.query.search) or bool(self.filters.chosen())
        values = {"found": t.number(found), "every": t.number(self._every)}
        self.counted.setText(t("%(found)s of %(every)s") % values if narrowed else "")
        self.counted.updateGeometry()
        tools: tuple[QWidget, ...] = (
            self.search, self.filters_button, self.columns_button, self.counted,
        )  # fmt: skip
        for widget in tools:
            widget.setVisible(bool(self._every))
        self.filters.setVisible(bool(self._every) and self.view.filters_open)
        for widget in (self.table, self.open_button):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._room.setVisible(not found)
        if not found:
            self._say_nothing_found()
        if had_focus and not self._every:
            self.empty.take_focus()
        self._saying.start()
        self._show_preview()

    def _say_nothing_found(self) -> None:
        count, until = self._deleted
        self.empty.show_state(
            every=self._every,
            search=self.view.query.search,
            filters=", ".join(self.filters.chosen()),
            deleted=count,
            until=until,
        )

    def _speak(self) -> None:
        said = self.counted.text() if self.empty.isHidden() else self.empty.said
        if said:
            announce(self, said)

    # --- Lines ------------------------------------------------------------------------------

    def _choose_lines(self) -> None:
        if self.is_looking:
            return
        ids = self.table.chosen_ids()
        self._change(chosen=tuple(ids))
        self._show_preview()
        self.chosen.emit(ids)

    def _show_preview(self) -> None:
        ids = self.table.chosen_ids()
        current = self.table.currentIndex()
        row = self.model.line(current.row()) if current.isValid() else None
        taken = 0 if self.filters.isHidden() else self.filters.height()
        room = (self.height() - taken) / self._scale
        self._heading.setVisible(room >= _ROOM_FOR_HEADING)
        tall = room >= _ROOM_FOR_PREVIEW
        self.preview.setVisible(tall and bool(ids) and not self.table.isHidden())
        self.preview.show_lines(row, len(ids))
        is_draft = (self.table.current_id() or 0) < 0
        self.open_button.say(self._t("C&ontinue") if is_draft else self._t("&Open"))
        self._make_room_in_bar(self.width() - 2 * self.bar.margin)

    def _print(self) -> None:
        evaluation = self.table.current_id()
        if evaluation is not None and evaluation > 0:
            self.print_requested.emit(evaluation)

    # --- Columns and filters ----------------------------------------------------------------

    def _offer_lines_menu(self, place: QPoint) -> None:
        t, table = self._t, self.table
        entries: list[tuple[str, Callable[[], object]]] = [
            (t("Open"), table.open_current),
            (t("New case like this\tCtrl+Shift+N"), self.new_case_like),
            (t("Compare\tCtrl+D"), self.compare),
            (t("Export…"), lambda: self.export_requested.emit(table.chosen_ids())),
            (t("Rename\tF2"), table.rename_current),
            (t("Delete\tDel"), self.delete),
        ]
        chosen = table.chosen_ids()
        if len(chosen) > 1:
            pack = t("Save a PDF of each…"), lambda: self.pack_requested.emit(chosen)
            entries.insert(4, pack)
        history_menus.lines_menu(table, entries).popup(place)

    def _offer_columns(self) -> None:
        place = self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft())
        menu = history_menus.columns_menu(self._t, self.table, self.view.query.sort, self._sort_by)
        menu.popup(place)

    def _show_sorted(self) -> None:
        query = self.view.query
        self.model.say_sorted(query.sort, query.backwards != (query.sort != "date"))

    def _toggle_filters(self) -> None:
        self._change(filters_open=not self.view.filters_open)
        self.filters.setVisible(self.view.filters_open)
        self._show_preview()
        order_tabs(self)

    def _name_filters(self) -> None:
        t, count = self._t, len(self.filters.chosen())
        text = t("&Filters (%(count)s)") % {"count": t.number(count)} if count else t("&Filters")
        self.filters_button.say(text)

    def _change(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self.view_changed.emit(self.view)

    # --- Keys and places --------------------------------------------------------------------

    def _connect(self) -> None:
        self._saying = QTimer(self)
        self._saying.setSingleShot(True)
        self._saying.setInterval(_SAY_AFTER_MS)
        self._saying.timeout.connect(self._speak)
        self._searcher.found.connect(self._show)
        self.model.lines_wanted.connect(self._fetch)
        self.model.rename_requested.connect(self.rename_requested)
        self.table.opened.connect(self.open_requested)
        self.table.chosen.connect(self._choose_lines)
        self.table.delete_requested.connect(self.delete)
        self.table.sort_requested.connect(self._sort_by)
        self.table.menu_requested.connect(self._offer_lines_menu)
        self.table.columns_changed.connect(lambda: self._change(columns=self.table.columns))
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Print), self._print),
            (QKeySequence(Qt.Key.Key_Escape), self._clear),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def focus_search(self) -> None:
        """Be ready for a word to look for."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _clear(self) -> None:
        self.search.clear()
        self.focus_search()

    def _make_room_in_bar(self, width: int) -> None:
        """What is in the menus too gives way when the other buttons need the room."""
        is_listed = not self.table.isHidden()
        is_draft = (self.table.current_id() or 0) < 0
        always = [self.back_button, *([self.open_button] if is_listed else [])]
        room = width + STEP - sum(one.sizeHint().width() + STEP for one in always)
        for button, is_wanted in (
            (self.print_button, is_listed and not is_draft),
            (self.delete_button, is_listed),
            (self.compare_button, is_listed),
            (self.deleted_button, self._deleted[0] > 0),
        ):
            needed = button.sizeHint().width() + STEP
            button.setVisible(is_wanted and needed <= room)
            room -= needed if is_wanted else 0

    @property
    def _scale(self) -> float:
        """How much larger than usual the text is."""
        return self.font().pixelSize() / TEXT_PX

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        order_tabs(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What the search field leaves: Down goes into the list, Enter opens its highlighted line.
        if event.key() == Qt.Key.Key_Down and not self.table.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.is_looking:
                self._open_when_found = True
            else:
                self.table.open_current()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "bar"):
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.search.setFixedSize(
            round(_SEARCH_WIDTH * min(self._scale, _WIDEST_SEARCH)),
            round(_FIELD_HEIGHT * self._scale),
        )
        margin = max(PAGE_MARGIN, (self.width() - _WIDEST) // 2)
        self.filters.set_most(round(self.height() * _MOST_FOR_FILTERS))
        self._make_room_in_bar(self.width() - 2 * margin)
        self._inside.setContentsMargins(margin, 20, margin, 16)
        self.bar.set_margin(margin)
        self._show_preview()

    def _lay_out(self) -> None:
        self._heading = Heading(self._t("History"), self)
        self._heading.setWordWrap(False)
        self._heading.setContentsMargins(0, 0, 2 * STEP, 0)
        head = Flow()
        tools = (self._heading, self.search, self.filters_button, self.columns_button, self.counted)
        for tool in tools:
            head.addWidget(tool)
        for later in (self.empty, self.table, self.preview, self.counted, self.deleted_button):
            later.hide()
        self._inside = QVBoxLayout()
        self._inside.setSpacing(12)
        self._inside.addLayout(head)
        self._inside.addWidget(self.filters)
        self._inside.addWidget(self.empty)
        self._inside.addWidget(self.table, 1)
        self._inside.addWidget(self.preview)
        self._room = QWidget(self)
        self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._inside.addWidget(self._room, 1)
        self.bar.add_left(self.back_button)
        self.bar.add_left(self.deleted_button)
        right = (self.delete_button, self.compare_button, self.print_button, self.open_button)
        for button in right:
            self.bar.add_right(button)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addLayout(self._inside, 1)
        frame.addWidget(self.bar)
