"""The history: every evaluated case, newest first, found by name while typing.

page = HistoryPage(texts, history)
page.open_requested.connect(...)    the id of an evaluation
page.print_requested.connect(...)   the same
"""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nca_wizard.history.store import EvaluationRow, History
from nca_wizard.report import wording
from nca_wizard.rules.model import Verdict
from nca_wizard.texts import Texts
from nca_wizard.ui.page import CommandBar
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import PAGE_MARGIN, STEP, TEXT_PX, colours_of, resized
from nca_wizard.ui.widgets import (
    Card,
    Heading,
    PrimaryButton,
    SecondaryButton,
    Soft,
    TextField,
    Title,
    announce,
)

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_WIDEST = 1080
_ROW_PADDING = 12
_SEARCH_WIDTH = 320
# Shares of the width by column, and the width below which the rules are left out.
_SHARES = {0: 26, 2: 25, 3: 25, 4: 24}
_DATE = 1
_RULES = 5
_CELL_PADDING = 10
_ROOM_FOR_RULES = 760


class HistoryModel(QAbstractTableModel):
    """The rows of the list, in words."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._t = texts
        self._rows: Sequence[EvaluationRow] = ()
        self._headings = (
            texts("Customer"),
            texts("Date"),
            texts("Channel"),
            texts("Products"),
            texts("Result"),
            texts("Rules"),
        )

    def show_rows(self, rows: Sequence[EvaluationRow]) -> None:
        """Show these in their order."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def evaluation_id(self, row: int) -> int:
        return self._rows[row].id

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | int | None:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts_of(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            # The whole text, where a column cuts it; escaped, since a tool tip may be rich text.
            return _plain_tip(self._texts_of(row)[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == 0:
                return ", ".join(text for text in self._texts_of(row) if text)
            return self._texts_of(row)[index.column()]
        return None

    def _texts_of(self, row: EvaluationRow) -> tuple[str, ...]:
        t = self._t
        return (
            row.customer_name,
            t.date(row.evaluated_at.astimezone().date()),
            t(row.channel_said),
            ", ".join(t(part) for part in row.products_said.split(", ")),
            headline(t, row),
            row.rulebook_version,
        )


def headline(t: Texts, row: EvaluationRow) -> str:
    """What came out, in few words: the associations to get, or the verdicts."""
    verdicts = cast("Iterable[Verdict]", row.verdicts)
    parts = [", ".join(t(name) for name in row.actions_said)] if row.actions_said else []
    if not parts:
        parts = [wording.verdict_word(t, verdict) for verdict in verdicts]
    if row.open_questions:
        count = row.open_questions
        parts.append(t.plural("%(count)d to find out", "%(count)d to find out", count))
    return ", ".join(parts)


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
            str(index.data()), Qt.TextElideMode.ElideRight, room.width()
        )
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, leading, text)
        painter.restore()


class HistoryTable(QTableView):
    """The list. Enter or a double click opens a row; Tab leaves."""

    opened = Signal(int)

    def __init__(self, model: HistoryModel, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(_RowDelegate(self))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self._open)

    def select_first(self) -> None:
        """Choose the newest, so that Enter has something to open."""
        if self._list.rowCount():
            self.selectRow(0)

    def current_id(self) -> int | None:
        """The evaluation of the highlighted row."""
        index = self.currentIndex()
        return self._list.evaluation_id(index.row()) if index.isValid() else None

    def open_current(self) -> None:
        """Open the highlighted row, if there is one."""
        self._open(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * _ROW_PADDING)
        self._share_width()

    def _share_width(self) -> None:
        """Days and versions have the room they need; the others share the rest."""
        width = self.viewport().width()
        letter = self.fontMetrics().averageCharWidth()
        fixed = {_DATE: 13 * letter + 2 * _CELL_PADDING, _RULES: 9 * letter + 2 * _CELL_PADDING}
        narrow = width < _ROOM_FOR_RULES
        self.setColumnHidden(_RULES, narrow)
        if narrow:
            del fixed[_RULES]
        rest = width - sum(fixed.values())
        for column, share in _SHARES.items():
            self.setColumnWidth(column, rest * share // sum(_SHARES.values()))
        for column, wide in fixed.items():
            self.setColumnWidth(column, wide)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._list.evaluation_id(index.row()))


class HistoryPage(QWidget):
    """Every evaluation on this computer, with a search."""

    open_requested = Signal(int)
    print_requested = Signal(int)
    new_case_requested = Signal()
    back_requested = Signal()

    def __init__(self, texts: Texts, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = texts
        self._history = history
        self.setAccessibleName(texts("History"))
        self.search = TextField(texts("&Search by name, product or note"), parent=self)
        self.search.edit.setFixedWidth(_SEARCH_WIDTH)
        self.search.changed.connect(self._look_up)
        self.counted = Soft("", self, small=True)
        self.model = HistoryModel(texts)
        self.table = HistoryTable(self.model, texts("Evaluated customers"), self)
        self.table.opened.connect(self.open_requested)
        self.empty = Card(self)
        self._empty_title = Title("", self.empty)
        self._empty_line = Soft("", self.empty)
        self.clear_button = SecondaryButton(texts("&Clear search"), self._clear, parent=self)
        self.start_button = PrimaryButton(
            texts("Start a &new case"), self.new_case_requested.emit, parent=self
        )
        self.open_button = PrimaryButton(texts("&Open"), self.table.open_current, parent=self)
        self.print_button = SecondaryButton(texts("&Print or PDF"), self._print, parent=self)
        self.back_button = SecondaryButton(texts("&Back"), self.back_requested.emit, parent=self)
        self.bar = CommandBar(self)
        self.bar.add_left(self.back_button)
        self.bar.add_right(self.print_button)
        self.bar.add_right(self.open_button)
        self._lay_out()
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Print), self._print),
            (QKeySequence(QKeySequence.StandardKey.Find), self._focus_search),
            (QKeySequence(Qt.Key.Key_Escape), self._clear),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._look_up("")

    def take_focus(self) -> None:
        """Called when the page appears."""
        if self.search.isHidden():
            self.start_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_search()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        order_tabs(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What the search field leaves: Down goes into the list, Enter opens its highlighted row.
        if event.key() == Qt.Key.Key_Down and not self.table.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.table.open_current()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margin = max(PAGE_MARGIN, (self.width() - _WIDEST) // 2)
        self._inside.setContentsMargins(margin, 24, margin, 24)
        self.bar.set_margin(margin)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * STEP)
        head.addWidget(self.search)
        head.addWidget(self.counted, 1, Qt.AlignmentFlag.AlignBottom)
        self.counted.setContentsMargins(0, 0, 0, 10)
        self.empty.column.addWidget(self._empty_title)
        self.empty.column.addWidget(self._empty_line)
        self.empty.column.addSpacing(4)
        self.empty.column.addWidget(self.start_button)
        self.empty.column.addWidget(self.clear_button)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(2 * STEP)
        self._inside.addWidget(Heading(self._t("History"), self))
        self._inside.addLayout(head)
        self._inside.addWidget(self.empty)
        self._inside.addWidget(self.table, 1)
        self._room = QWidget(self)
        self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._inside.addWidget(self._room, 1)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addLayout(self._inside, 1)
        frame.addWidget(self.bar)

    def _print(self) -> None:
        evaluation = self.table.current_id()
        if evaluation is not None:
            self.print_requested.emit(evaluation)

    def _focus_search(self) -> None:
        self.search.take_focus()

    def _clear(self) -> None:
        self.search.set_text("")
        self._focus_search()

    def _look_up(self, wanted: str) -> None:
        t = self._t
        rows = self._history.evaluations(wanted)
        every = len(rows) if not wanted else self._history.count()
        self.model.show_rows(rows)
        self.table.select_first()
        self.table.setVisible(bool(rows))
        self._room.setVisible(not rows)
        self.open_button.setVisible(bool(rows))
        self.print_button.setVisible(bool(rows))
        self.search.setVisible(bool(every))
        self.empty.setVisible(not rows)
        self.start_button.setVisible(not every)
        self.clear_button.setVisible(bool(every))
        found = t("%(found)s of %(every)s") % {
            "found": t.number(len(rows)),
            "every": t.number(every),
        }
        self.counted.setText(found if wanted else "")
        self.counted.setVisible(bool(every))
        if every:
            self._empty_title.setText(t("Nothing found for “%(search)s”") % {"search": wanted})
            self._empty_line.setText(t("Also searched notes, products and associations."))
        else:
            self._empty_title.setText(t("Your evaluated customers will be listed here."))
            self._empty_line.setText(t("Each with its result as it was given on that day."))
        if wanted and not rows:
            announce(self, self._empty_title.text())
