"""The list of the history: as many lines as there are, of which only those in sight are known."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nca_wizard.history.search import Row, SortKey
from nca_wizard.texts import Texts
from nca_wizard.ui.history_columns import Columns
from nca_wizard.ui.history_lines import COLUMNS, Cells, Lines, headings
from nca_wizard.ui.theme import CAPTION_PX, TEXT_PX, colours_of, resized

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_BLOCK = 50
_MOST_KEPT = 5_000
_ROW_PADDING = 11
_CELL_PADDING = 10
_ARROW = {False: " ↓", True: " ↑"}
# What a cell has room for at least, in letters.
_LEAST: dict[SortKey, int] = {
    "customer": 15, "date": 11, "channel": 8, "products": 12, "actions": 12, "state": 11,
    "rules": 6,
}  # fmt: skip


class HistoryModel(QAbstractTableModel):
    """The lines by their ids; what is not known yet is asked for when it comes into sight."""

    lines_wanted = Signal(object)
    rename_requested = Signal(int, str)

    def __init__(self, texts: Texts, lines: Lines) -> None:
        super().__init__()
        self._lines = lines
        self._headings = headings(texts)
        self._ids: Sequence[int] = ()
        self._rows: dict[int, tuple[Row, Cells] | None] = {}
        self._sorted: tuple[SortKey, bool] = ("date", False)
        self._blocks: list[int] = []
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._ask)

    @property
    def ids(self) -> Sequence[int]:
        """The lines in their order."""
        return self._ids

    def show_lines(self, ids: Sequence[int], first: Mapping[int, Row]) -> None:
        """Show these; the first of them are known."""
        self.beginResetModel()
        self._ids = ids
        self._rows = {}
        self._keep(first)
        self.endResetModel()

    def take_lines(self, rows: Mapping[int, Row], asked: Sequence[int] = ()) -> None:
        """Lines that were asked for; one that is missing was deleted meanwhile."""
        if len(self._rows) > _MOST_KEPT:
            self._rows = {}
        self._rows.update(dict.fromkeys(asked))
        self._keep(rows)
        last = self.index(len(self._ids) - 1, len(COLUMNS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def line(self, number: int) -> Row | None:
        """The line at this place, None while it is not known."""
        known = self._rows.get(self._ids[number])
        return known[0] if known else None

    def say_sorted(self, key: SortKey, arrow_up: bool) -> None:
        """Mark the column that the lines are in the order of."""
        self._sorted = (key, arrow_up)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def heading(self, key: SortKey) -> str:
        """What stands over the column, with an arrow where it is sorted by."""
        arrow = _ARROW[self._sorted[1]] if self._sorted[0] == key else ""
        return f"{self._headings[key]}{arrow}"

    # --- Qt ---------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | int | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in _ROLES:
            return None
        cells = self._cells(index.row())
        if cells is None:
            return None
        text = cells[COLUMNS[index.column()]]
        if role == Qt.ItemDataRole.ToolTipRole:
            # The whole text, where a column cuts it; escaped, since a tool tip may be rich text.
            return _plain_tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ", ".join(cells[key] for key in COLUMNS if cells[key])
        return text

    def flags(self, index: _Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        # What was begun has no name of its own yet: it is typed on its first page.
        is_customer = index.isValid() and index.column() == 0 and self._ids[index.row()] > 0
        return usual | Qt.ItemFlag.ItemIsEditable if is_customer else usual

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line(index.row()) if role == Qt.ItemDataRole.EditRole else None
        name = str(value).strip()
        if line is None or not name or name == self._lines.name(line):
            return False
        self.rename_requested.emit(self._ids[index.row()], name)
        return True

    def _cells(self, number: int) -> Cells | None:
        one = self._ids[number]
        if one not in self._rows:
            block = number // _BLOCK
            if block not in self._blocks:
                self._blocks.append(block)
            if not self._asking.isActive():
                self._asking.start()
            return None
        known = self._rows[one]
        return known[1] if known else None

    def _ask(self) -> None:
        # What was passed by on the way is not looked for: two blocks are all that can be seen.
        blocks, self._blocks = self._blocks[-2:], []
        wanted = [
            one
            for block in blocks
            for one in self._ids[block * _BLOCK : (block + 1) * _BLOCK]
            if one not in self._rows
        ]
        if wanted:
            self.lines_wanted.emit(wanted)

    def _keep(self, rows: Mapping[int, Row]) -> None:
        for one, row in rows.items():
            self._rows[one] = (row, self._lines.cells(row))


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def _plain_tip(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p>{escaped}</p>"


class _RowDelegate(QStyledItemDelegate):
    """Paints a cell: the customer stronger, a thin line under each row, no frame in a row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        table = self.parent()
        if not isinstance(table, QTableView):
            return
        colours = colours_of(table.palette())
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.line))
        strong = index.column() == 0
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        painter.setFont(resized(table.font(), TEXT_PX, weight))
        painter.setPen(QColor(colours.text if strong else colours.soft))
        room = rect.adjusted(_CELL_PADDING, 0, -_CELL_PADDING, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width()
        )
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, leading, text)
        painter.restore()


class HistoryTable(QTableView):
    """The list. Enter or a double click opens a line, F2 renames its customer; Tab leaves."""

    opened = Signal(int)
    chosen = Signal()
    """Other lines are chosen than before."""
    delete_requested = Signal()
    sort_requested = Signal(str)
    columns_changed = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, model: HistoryModel, name: str, columns: Columns, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = model
        self._columns = columns
        self._widths: dict[SortKey, int] = {}
        self._placing = False
        self._place = 0
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(_RowDelegate(self))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)
        header.sectionClicked.connect(lambda section: self.sort_requested.emit(COLUMNS[section]))
        header.sectionResized.connect(self._pulled)
        header.sectionMoved.connect(self._moved)
        self.doubleClicked.connect(self._open)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda place: self.menu_requested.emit(self.viewport().mapToGlobal(place))
        )
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self._order()

    # --- Lines ------------------------------------------------------------------------------

    def select(self, wanted: int | None) -> None:
        """Choose the line with this id, the first if there is none such."""
        ids = self._list.ids
        if ids:
            self.select_all_of([ids[0] if wanted is None else wanted])

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        # Nothing is current while other lines are put in.
        if current.isValid():
            self._place = current.row()

    def select_all_of(self, wanted: Sequence[int], *, or_in_place: bool = False) -> None:
        """Choose these lines as far as they are there, the first of them highlighted.

        Where none is left it is the first line, or the one that stands where they stood.
        """
        ids = self._list.ids
        if not ids:
            return
        place_of = {one: place for place, one in enumerate(ids)} if wanted else {}
        other = min(self._place, len(ids) - 1) if or_in_place else 0
        places = [place_of[one] for one in wanted if one in place_of] or [other]
        # Not by `selectRow`, which chooses less while Ctrl is held, as in Ctrl+H.
        how = QItemSelectionModel.SelectionFlag
        first = self._list.index(places[0], 0)
        self.selectionModel().setCurrentIndex(first, how.ClearAndSelect | how.Rows)
        selection = QItemSelection()
        for place in places:
            selection.select(self._list.index(place, 0), self._list.index(place, 0))
        self.selectionModel().select(selection, how.Select | how.Rows)
        self.scrollTo(first)

    def current_id(self) -> int | None:
        """The line that is highlighted."""
        index = self.currentIndex()
        return self._list.ids[index.row()] if index.isValid() else None

    def chosen_ids(self) -> list[int]:
        """The lines that are chosen, as they stand."""
        # By ranges: of a hundred thousand lines an index each would take its time.
        ranges = sorted(
            (one.top(), one.bottom()) for one in self.selectionModel().selection().toList()
        )
        ids = self._list.ids
        return list(dict.fromkeys(one for top, end in ranges for one in ids[top : end + 1]))

    def open_current(self) -> None:
        """Open the highlighted line, if there is one."""
        self._open(self.currentIndex())

    def rename_current(self) -> None:
        """Let the person type another name for the customer of the highlighted line."""
        index = self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index.siblingAtColumn(0))
            self.edit(index.siblingAtColumn(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            # The name that is typed takes the key; nothing is opened or deleted by it.
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_current()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._list.ids[index.row()])

    # --- Columns ----------------------------------------------------------------------------

    @property
    def columns(self) -> Columns:
        """As they are now."""
        return self._columns

    def show_columns(self, columns: Columns) -> None:
        """Show these columns."""
        self._columns = columns
        self._order()
        self.place_columns()
        self.columns_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = self.fontMetrics().height() + 2 * _ROW_PADDING
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setDefaultSectionSize(height)
        self.place_columns()

    def place_columns(self) -> None:
        """Give each column its share of the width; leave out those there is no room for."""
        self._widths = self._columns.fit(self.viewport().width(), self._least())
        self._placing = True
        for section, key in enumerate(COLUMNS):
            self.setColumnHidden(section, key not in self._widths)
            if key in self._widths:
                self.setColumnWidth(section, self._widths[key])
        self._placing = False

    def _least(self) -> dict[SortKey, int]:
        """What each column needs for its heading, an arrow in it, and some text."""
        letter = self.fontMetrics().averageCharWidth()
        heads = QFontMetrics(resized(self.font(), CAPTION_PX, QFont.Weight.DemiBold))
        arrow = heads.horizontalAdvance(_ARROW[True])
        return {
            key: max(
                letter * _LEAST[key],
                heads.horizontalAdvance(self._list.heading(key).rstrip(" ↑↓")) + arrow,
            )
            + 2 * _CELL_PADDING
            for key in COLUMNS
        }

    def _order(self) -> None:
        header = self.horizontalHeader()
        self._placing = True
        for place, key in enumerate(self._columns.order):
            header.moveSection(header.visualIndex(COLUMNS.index(key)), place)
        self._placing = False

    def _pulled(self, section: int, _before: int, now: int) -> None:
        key = COLUMNS[section]
        if self._placing or key not in self._widths:
            return
        self._columns = self._columns.pulled(key, now, self._widths, self._least())
        self.place_columns()
        self.columns_changed.emit()

    def _moved(self, *_: int) -> None:
        if self._placing:
            return
        header = self.horizontalHeader()
        order = tuple(COLUMNS[header.logicalIndex(place)] for place in range(len(COLUMNS)))
        self._columns = Columns(order, self._columns.hidden, self._columns.shares)
        self.columns_changed.emit()
