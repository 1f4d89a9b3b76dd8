"""The one window: its menus, its status line, its title, and the page it shows.

Between page and status line stands what can be undone, whichever page shows: see `undoing.py`.

What the commands do is not known here: see `commands.py` and the desks.
"""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nca_wizard.exchange import ENDING, LIST_ENDINGS
from nca_wizard.texts import Texts
from nca_wizard.ui.labels import Soft, spoken
from nca_wizard.ui.theme import PAGE_MARGIN, STEP, TEXT_PX, colours_of

if TYPE_CHECKING:
    from nca_wizard.ui.panels import Notice, Tone

APP_TITLE = "NCA Wizard"
USUAL_SIZE = (1000, 680)
LEAST_SIZE = (760, 520)
# Up to the text size at which both fit into the least height.
_ROOM_FOR_STATUS = 420

Command = Callable[[], object]


class StatusLine(QWidget):
    """The lowest line: what is saved, which rules, where the data is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Soft("", self, small=True)
        row = QVBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, 5, PAGE_MARGIN, 5)
        row.addWidget(self._text)

    def say(self, text: str) -> None:
        self._text.setText(text)

    @property
    def said(self) -> str:
        return self._text.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours.surface))
            painter.fillRect(QRect(0, 0, self.width(), 1), QColor(colours.line))


class MainWindow(QMainWindow):
    """Shows one page at a time."""

    file_dropped = Signal(Path)
    list_dropped = Signal(Path)
    closing = Signal()
    """The window is about to go, and nobody objects."""
    undo_requested = Signal()
    redo_requested = Signal()
    """Asked for where no text field has the focus, which would undo what was typed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; it may say no and why."""
        self.resize(*USUAL_SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget(self)
        middle = QWidget(self)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._stack, 1)
        self.status_line = StatusLine(middle)
        self._column.addWidget(self.status_line)
        self.setCentralWidget(middle)
        self._in_meeting = False
        self._for_customer: set[QAction] = set()
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self.set_case_name("")

    # --- The page ---------------------------------------------------------------------------

    @cached_property
    def _bars(self) -> "tuple[Notice, Notice]":
        """Above the page and below it. The window is painted once before they are needed."""
        from nca_wizard.ui.panels import Notice

        notice, undo = (Notice(self._texts("Close"), self.centralWidget()) for _ in range(2))
        self._column.insertLayout(0, _with_room(notice, above=PAGE_MARGIN // 2))
        self._column.insertLayout(2, _with_room(undo, above=STEP, below=STEP))
        # A screen reader reads them in this order, and they were made after the rest.
        notice.lower()
        undo.stackUnder(self.status_line)
        for bar in (notice, undo):
            bar.shown.connect(lambda _shown: self._make_room())
        return notice, undo

    @property
    def _notice(self) -> "Notice":
        return self._bars[0]

    @property
    def undo_bar(self) -> "Notice":
        """Says what can be undone until it is closed, whichever page shows."""
        return self._bars[1]

    def show_page(self, page: QWidget) -> None:
        """Show this page in place of the one before, which is thrown away."""
        from nca_wizard.ui.panels import announce

        self.say("")
        # Qt would hand the focus to some widget of the new page, and scroll to it.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        before = self.take_page()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            before.deleteLater()
        take_focus = getattr(page, "take_focus", page.setFocus)
        take_focus()
        announce(page, page.accessibleName())

    def take_page(self) -> QWidget | None:
        """Take the page away without throwing it away, to show it again later."""
        page = self._stack.currentWidget()
        if page is not None:
            self._stack.removeWidget(page)
        return page

    @property
    def page(self) -> QWidget | None:
        """The page now shown."""
        return self._stack.currentWidget()

    def set_case_name(self, name: str, *, has_errors: bool = False) -> None:
        """Say in the title whose case is open, and whether the page has errors."""
        title = f"{name} - {APP_TITLE}" if name else APP_TITLE
        if self._in_meeting:
            mode = self._texts("Meeting mode")
            title = f"{APP_TITLE} - {mode}"
        if has_errors:
            title = self._texts("Error: %(title)s") % {"title": title}
        # Qt takes "[*]" in a title for the mark of unsaved changes unless it is doubled.
        self.setWindowTitle(title.replace("[*]", "[*][*]"))

    def say(
        self,
        sentence: str,
        tone: "Tone" = "warn",
        button: str = "",
        on_click: Command | None = None,
    ) -> None:
        """Say this above the page until it is closed or another page shows; "" for nothing."""
        self._notice.say(sentence, button, on_click, tone)

    def offer_undo(self, sentence: str, button: str = "", on_click: Command | None = None) -> None:
        """Say what was done and can be undone until it is closed; "" for nothing."""
        self.undo_bar.say(sentence, button, on_click, tone="plain")
        self._show_undo_bar()

    def set_meeting(self, on: bool) -> None:
        """Keep what is ours from a customer who looks on: commands, the title, what was done."""
        self._in_meeting = on
        self.say("")
        self._show_undo_bar()
        for action in self._actions.values():
            action.setVisible(not on or action in self._for_customer)
        for menu in self._menus.values():
            menu.menuAction().setVisible(
                any(one.isVisible() and not one.isSeparator() for one in menu.actions())
            )

    @property
    def said(self) -> str:
        """What stands above the page, "" if nothing."""
        return self._notice.sentence

    @property
    def tone(self) -> "Tone":
        """How it is said."""
        return self._notice.tone

    def set_status(self, *parts: str) -> None:
        """Say these in the status line."""
        self.status_line.say("   ·   ".join(part for part in parts if part))

    @property
    def status(self) -> str:
        return self.status_line.said

    # --- Commands ---------------------------------------------------------------------------

    def add_command(
        self,
        menu: str,
        text: str,
        command: Command,
        shortcut: str | QKeySequence.StandardKey = "",
        key: str = "",
        *,
        for_customer: bool = False,
    ) -> QAction:
        """Add a command to the menu of this title; `key` names it for `enable`.

        `for_customer`: in a meeting it is there as well, and shows nothing that is ours.
        """
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: command())
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        self._menu(menu).addAction(action)
        self._actions[key or text] = action
        if for_customer:
            self._for_customer.add(action)
        return action

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Each key of the menus as it stands there, and what it does."""
        native = QKeySequence.SequenceFormat.NativeText
        return [
            (action.shortcut().toString(native), spoken(action.text()))
            for action in self._actions.values()
            if action.isVisible() and not action.shortcut().isEmpty()
        ]

    def add_separator(self, menu: str) -> None:
        self._menu(menu).addSeparator()

    def add_hidden_shortcut(self, shortcut: str, command: Command) -> None:
        """A key that stands in no menu because its command is there under another key."""
        action = QAction(self)
        action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda _checked=False: command())
        self.addAction(action)

    def do(self, key: str) -> None:
        """Do what this command does."""
        self._actions[key].trigger()

    def enable(self, key: str, enabled: bool) -> None:
        self._actions[key].setEnabled(enabled)

    def is_enabled(self, key: str) -> bool:
        return self._actions[key].isEnabled()

    def close_command(self, key: str, why: str) -> None:
        """Let it never be done in this window, and say why where the pointer rests on it."""
        self.enable(key, enabled=False)
        self._actions[key].setToolTip(why)

    def set_checked(self, key: str, checked: bool) -> None:
        """Mark a command that can be on or off."""
        self._actions[key].setChecked(checked)

    def set_corner(self, widget: QWidget) -> None:
        """Show this at the end of the menu bar, where it takes no menu's room.

        To be called again when it needs another width: the menu bar looks only then.
        """
        self.menuBar().setCornerWidget(widget)
        self.fit_corner()

    def fit_corner(self) -> None:
        """Show what stands in the corner if it hides no menu."""
        corner = self.menuBar().cornerWidget() if self._menus else None
        if corner is not None:
            bar = self.menuBar()
            menus = [bar.actionGeometry(one) for one in bar.actions() if one.isVisible()]
            end = max((place.right() for place in menus), default=0)
            corner.setVisible(end + STEP + corner.sizeHint().width() <= self.width())

    def add_editing(self, menu: str) -> None:
        """Cut, copy, paste: for the field that has the focus. Undo without one: what was done."""
        texts = self._texts
        standard = QKeySequence.StandardKey
        for text, method, key in (
            (texts("&Undo"), "undo", standard.Undo),
            (texts("&Redo"), "redo", "Ctrl+Y"),
            (texts("Cu&t"), "cut", standard.Cut),
            (texts("&Copy"), "copy", standard.Copy),
            (texts("&Paste"), "paste", standard.Paste),
            (texts("Select &all"), "selectAll", standard.SelectAll),
        ):
            self.add_command(menu, text, partial(self._edit, method), key, for_customer=True)
        # The one key on Windows, the other elsewhere; people bring both along.
        self.add_hidden_shortcut("Ctrl+Shift+Z", partial(self._edit, "redo"))

    def _menu(self, title: str) -> QMenu:
        if title not in self._menus:
            menu = self.menuBar().addMenu(title)
            menu.setToolTipsVisible(True)
            menu.setAccessibleName(title.replace("&", ""))
            self._menus[title] = menu
        return self._menus[title]

    def _show_undo_bar(self) -> None:
        self.undo_bar.show_if(not self._in_meeting)

    def _make_room(self) -> None:
        """At a large text size there is no room for both a bar and the status line."""
        if self.page is None:
            return
        tall = self.height() >= _ROOM_FOR_STATUS * self.font().pixelSize() / TEXT_PX
        no_bar = self._notice.isHidden() and self.undo_bar.isHidden()
        self.status_line.setVisible(tall or no_bar)

    def _edit(self, method: str) -> None:
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            getattr(field, method)()
        elif method == "selectAll" and isinstance(field, QAbstractItemView):
            field.selectAll()
        elif method in ("undo", "redo") and not self._in_meeting:
            (self.undo_requested if method == "undo" else self.redo_requested).emit()

    # --- Qt ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_in(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            is_case = path.suffix.lower() == ENDING
            (self.file_dropped if is_case else self.list_dropped).emit(path)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "status_line"):
            self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self.fit_corner()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            self.closing.emit()
            event.accept()
        else:
            event.ignore()


def _with_room(notice: "Notice", *, above: int, below: int = 0) -> QVBoxLayout:
    """A place for a notice that takes no room while it is hidden."""
    place = QVBoxLayout()
    place.addWidget(notice)
    place.setContentsMargins(0, 0, 0, 0)

    def make_room(shown: bool) -> None:
        margin = PAGE_MARGIN if shown else 0
        place.setContentsMargins(margin, above if shown else 0, margin, below if shown else 0)

    notice.shown.connect(make_room)
    return place


def _file_in(data: QMimeData) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() in (ENDING, *LIST_ENDINGS)), None)
