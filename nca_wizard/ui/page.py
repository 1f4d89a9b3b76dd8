"""The frame of every page: a header that stays, contents that scroll, a command bar below.

page = PageFrame(t, "Step 2 of 5 · Licences", "How ...?", "The channel decides ...")
page.body.addWidget(...)            what scrolls
page.set_side(panel)                beside it, from 900 px on
page.bar.add_left(button); page.bar.add_right(button)
page.set_primary(button)            what Enter does
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from nca_wizard.texts import Texts
from nca_wizard.ui.flow import Flow
from nca_wizard.ui.panels import ScrolledContents
from nca_wizard.ui.scroll_keys import scroll_by_key
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import PAGE_MARGIN, STEP, TEXT_PX, colours_of
from nca_wizard.ui.widgets import (
    Button,
    Caption,
    ErrorSummary,
    Heading,
    PageScroll,
    Problem,
    Soft,
)

SIDE_FROM = 900
SIDE_WIDTH = 270
_SIDE_GAP = 32
_WIDEST = 1080
_SCROLL_ROOM = 20
# At 100 %: of the contents, with the room around them, that much has to show.
_LEAST = 90
_BAR_PADDING = 12
# Where the text is large, so are the buttons.
_BAR_PADDING_OF_LARGE = 7


class CommandBar(QWidget):
    """The bar at the bottom: Back left, the primary button right. It never scrolls.

    Where they do not fit beside each other it has several lines.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = Flow(self)

    def add_left(self, button: QWidget) -> None:
        self._buttons.addWidget(button)

    def add_right(self, button: QWidget) -> None:
        self._buttons.add_right(button)

    @property
    def margin(self) -> int:
        """What is left free at both ends."""
        return self._buttons.contentsMargins().left()

    def set_margin(self, margin: int) -> None:
        is_large = self.font().pixelSize() >= 1.5 * TEXT_PX
        padding = _BAR_PADDING_OF_LARGE if is_large else _BAR_PADDING
        self._buttons.setContentsMargins(margin, padding, margin, padding)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours.surface))
            painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(colours.line))


class PageFrame(QWidget):
    """One screen. Its accessible name is its heading, which is said when it appears."""

    def __init__(
        self,
        texts: Texts,
        caption: str,
        heading: str,
        why: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.texts = texts
        self.why = why
        """What the page is for, as Help says too."""
        self.setAccessibleName(heading)
        # A page with nothing to fill in takes the focus itself: Tab goes to its first button.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._primary: Button | None = None
        self._side: QWidget | None = None

        self._header = QVBoxLayout()
        self._header.setSpacing(6)
        self._header.setContentsMargins(0, 0, _SCROLL_ROOM, 0)
        self._caption_row = QHBoxLayout()
        self._caption = Caption(caption, self)
        self._caption_row.addWidget(self._caption, 1)
        # Keeps the others at the right end where the caption is left out.
        self._caption_row.addStretch(0)
        self._beside_caption: list[QWidget] = []
        self._header.addLayout(self._caption_row)
        self.heading = Heading(heading, self)
        self._header.addWidget(self.heading)
        self._said_why = Soft(why, self)
        self._said_why.setContentsMargins(0, 2, 0, 0)
        self._header.addWidget(self._said_why)

        contents = ScrolledContents(self)
        self._inside = QVBoxLayout(contents)
        self._inside.setContentsMargins(0, 4, _SCROLL_ROOM, 20)
        self._inside.setSpacing(2 * STEP)
        self.errors = ErrorSummary(texts("There is a problem"), contents)
        self._inside.addWidget(self.errors)
        self.body = QVBoxLayout()
        self.body.setSpacing(2 * STEP)
        self._inside.addLayout(self.body)
        self._inside.addStretch(1)
        self.scrolled = PageScroll(contents, self)
        self.scrolled.steady_margin = _SCROLL_ROOM

        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(self._header)
        left.addWidget(self.scrolled, 1)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(_SIDE_GAP - _SCROLL_ROOM)
        self._columns.addLayout(left, 1)
        self.bar = CommandBar(self)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addLayout(self._columns, 1)
        frame.addWidget(self.bar)
        self._place()

    def set_side(self, panel: QWidget) -> None:
        """Show this beside the contents while there is room."""
        self._side = panel
        self._columns.addWidget(panel)
        self._place()

    def add_to_header(self, widget: QWidget) -> None:
        """Put something at the right end of the caption's line."""
        self._caption_row.addWidget(widget)
        self._beside_caption.append(widget)

    def set_primary(self, button: Button) -> None:
        """Enter presses this button, wherever on the page the focus is."""
        self._primary = button
        self.bar.add_right(button)

    @property
    def primary(self) -> Button | None:
        return self._primary

    @property
    def has_room_for_side(self) -> bool:
        return self.width() >= SIDE_FROM * self._scale

    @property
    def _scale(self) -> float:
        """How much larger than usual the text is."""
        return self.font().pixelSize() / TEXT_PX

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong on top, with the focus."""
        self.errors.show_problems(problems)
        if problems:
            self.scrolled.verticalScrollBar().setValue(0)

    def take_focus(self) -> None:
        """Called when the page appears."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        order_tabs(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.errors.activate_first():
                return
            focused = self.focusWidget()
            if self._primary is not None and not isinstance(focused, QPlainTextEdit):
                self._primary.click()
                return
        if scroll_by_key(self.scrolled, event):
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "bar"):
            self._place()

    def _place(self) -> None:
        margin = max(PAGE_MARGIN, (self.width() - _WIDEST) // 2)
        shown = self._side is not None and self.has_room_for_side
        if self._side is not None:
            self._side.setFixedWidth(round(SIDE_WIDTH * self._scale))
            self._side.setVisible(shown)
        right = margin if shown else margin - _SCROLL_ROOM
        self._columns.setContentsMargins(margin, 24, right, 0 if not shown else 20)
        self.bar.set_margin(margin)
        beside = self._side.width() + self._columns.spacing() if self._side and shown else 0
        self._leave_out_words(self.width() - margin - right - beside - _SCROLL_ROOM)

    def _leave_out_words(self, width: int) -> None:
        """What stands above and below the heading goes before anything is cut."""
        room = self.height() - self.heading.heightForWidth(width) - round(_LEAST * self._scale)
        if not self.bar.isHidden():
            room -= self.bar.heightForWidth(self.width())
        shown = [one.sizeHint() for one in self._beside_caption if not one.isHidden()]
        left = width - sum(one.width() + self._caption_row.spacing() for one in shown)
        line = max((one.height() for one in shown), default=0)
        caption = max(line, self._caption.heightForWidth(left))
        why = self._said_why.heightForWidth(width)
        self._caption.setVisible(caption <= room)
        self._said_why.setVisible(bool(self.why) and caption + why <= room)
