"""Help for the page that shows: what it is for, the keys, and what the words mean.

HelpDialog(texts, window, rulebook).open()      in a meeting with None: the words are ours

Nothing of it is written down twice: the page brings its heading and why, the menus their keys,
the rulebook its words.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.panels import ScrolledContents
from nca_wizard.ui.scroll_keys import scroll_by_key
from nca_wizard.ui.theme import STEP, TEXT_PX
from nca_wizard.ui.widgets import Label, PageScroll, PrimaryButton, Soft, Title

_WIDTH = 620
_SCROLL_ROOM = 20
_AROUND = 40
"""Pixels of the window that are still to be seen around it."""

Pairs = Sequence[tuple[str, str]]


class HelpDialog(QDialog):
    """To read, and to scroll with the keys that scroll a page."""

    def __init__(self, texts: Texts, window: MainWindow, rulebook: Rulebook | None) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        t = texts
        self.setWindowTitle(t("Help"))
        page = window.page
        contents = ScrolledContents(self)
        self._inside = QVBoxLayout(contents)
        self._inside.setContentsMargins(0, 0, _SCROLL_ROOM, 0)
        self._inside.setSpacing(2 * STEP)
        why = getattr(page, "why", "")
        if why:
            self._inside.addWidget(Label(why, contents))
        self._add(t("Keys"), [*_keys_of_pages(t), *window.keys], contents)
        if rulebook is not None:
            self._add(t("Associations"), _associations(t, rulebook), contents)
            self._add(t("Metrics"), _metrics(t, rulebook), contents)
        self._scroll = PageScroll(contents, self)
        self._scroll.steady_margin = _SCROLL_ROOM
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24 - _SCROLL_ROOM, 20)
        column.setSpacing(2 * STEP)
        column.addWidget(Title(page.accessibleName() if page is not None else "", self))
        column.addWidget(self._scroll, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, _SCROLL_ROOM, 0)
        buttons.addStretch(1)
        self._close = PrimaryButton(t("C&lose"), self.accept, parent=self)
        buttons.addWidget(self._close)
        column.addLayout(buttons)
        scale = self.font().pixelSize() / TEXT_PX
        widest, highest = window.width() - _AROUND, window.height() - _AROUND
        self.resize(min(round(_WIDTH * scale), widest), highest)

    def _add(self, title: str, pairs: Pairs, parent: QWidget) -> None:
        self._inside.addWidget(Title(title, parent))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(1, 1)
        for row, (name, means) in enumerate(pairs):
            grid.addWidget(Label(name, parent), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Soft(means, parent), row, 1)
        self._inside.addLayout(grid)

    def showEvent(self, event: QShowEvent) -> None:
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not scroll_by_key(self._scroll, event):
            super().keyPressEvent(event)


def _keys_of_pages(t: Texts) -> Pairs:
    """The keys that stand in no menu."""
    return (
        (t("Enter"), t("What the main button of the page says")),
        (t("1 to 9"), t("Choose the reply with this number")),
        (t("Arrow keys, Space"), t("Move through replies or lines, choose")),
        (t("Tab, Shift+Tab"), t("To the next field, to the one before")),
        (t("Esc"), t("Close or clear, nothing is lost")),
    )


def _associations(t: Texts, rulebook: Rulebook) -> Pairs:
    return [(t(one.name), t(one.full_name)) for one in rulebook.associations]


def _metrics(t: Texts, rulebook: Rulebook) -> Pairs:
    return [(t(one.label), t(one.hint)) for one in rulebook.question("metrics").choices]
