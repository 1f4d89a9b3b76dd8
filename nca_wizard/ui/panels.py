"""What holds other things: cards, notices, the error summary, the scrolled part of a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nca_wizard.ui.buttons import LinkButton, WrappedLink
from nca_wizard.ui.labels import Label, Title, literal
from nca_wizard.ui.theme import CARD_PADDING, CARD_RADIUS, STEP, Colours, colours_of


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something that just appeared."""
    # Its enumerations take time that the first paint need not wait for.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Card(QFrame):
    """A white panel with round corners: one thought. Add to `column`."""

    def __init__(self, parent: QWidget | None = None, padding: tuple[int, int] = CARD_PADDING):
        super().__init__(parent)
        across, down = padding
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(across, down, across, down)
        self.column.setSpacing(STEP)

    def ground(self, colours: Colours) -> str:
        return colours.surface

    def edge(self, colours: Colours) -> tuple[str, int]:
        """Colour and width of the edge."""
        return colours.line, 1

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        colour, thick = self.edge(colours)
        half = thick / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(self.ground(colours)))
            painter.setPen(QPen(QColor(colour), thick))
            box = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)


class Line(QWidget):
    """A thin line between two rows of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(QRectF(self.rect()), QColor(colours_of(self.palette()).line))


Tone = Literal["warn", "ok", "plain"]
"""Something to mind, something that went well, something to know."""


class Notice(Card):
    """A bar with one sentence and, if there is something to do about it, buttons.

    `close_text` adds a button that closes it; hidden until `say`.
    """

    shown = Signal(bool)
    """Whether it is to be seen, whenever that changes."""

    def __init__(self, close_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=(16, 8))
        self._tone: Tone = "warn"
        self._sentence = Label("", self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(STEP)
        self._row.addWidget(self._sentence, 1)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(STEP)
        self._beside.addStretch(1)
        self._row.addLayout(self._beside)
        self._buttons: list[LinkButton] = []
        if close_text:
            self._beside.addWidget(LinkButton(close_text, lambda: self.say(""), parent=self))
        self.column.addLayout(self._row)
        self.hide()

    def ground(self, colours: Colours) -> str:
        soft = {"warn": colours.warn_soft, "ok": colours.ok_soft, "plain": colours.surface}
        return soft[self._tone]

    def edge(self, colours: Colours) -> tuple[str, int]:
        return {"warn": colours.warn, "ok": colours.ok, "plain": colours.field}[self._tone], 1

    def say(
        self,
        sentence: str,
        button: str = "",
        on_click: Callable[[], object] | None = None,
        tone: Tone = "warn",
    ) -> None:
        """Show the sentence, with a button if one is named."""
        self._tone = tone
        self.update()
        self._sentence.setText(sentence)
        for before in self._buttons:
            # It stays until Qt waits for events again.
            before.hide()
            before.deleteLater()
        self._buttons = []
        if button:
            self.add_button(button, on_click)
        self.setVisible(bool(sentence))
        self.shown.emit(bool(sentence))
        if sentence:
            announce(self, sentence)

    def add_button(self, text: str, on_click: Callable[[], object] | None) -> None:
        """Offer this too, until something else is said."""
        button = LinkButton(text, on_click, parent=self)
        self._buttons.append(button)
        self._beside.insertWidget(len(self._buttons), button)
        # A layout shows it only when Qt waits for events again.
        button.show()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """The buttons below where they would leave the sentence less than half the width."""
        narrow = 2 * self._beside.sizeHint().width() > self.width()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def show_if(self, wanted: bool) -> None:
        """Keep what it says out of sight, or show it again."""
        visible = wanted and bool(self.sentence)
        if visible == self.isHidden():
            self.setVisible(visible)
            self.shown.emit(visible)

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._sentence.text()

    @property
    def tone(self) -> Tone:
        """How it says it."""
        return self._tone


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary, and what to focus for it."""

    sentence: str
    jump: Callable[[], object]


class ErrorSummary(Card):
    """ "There is a problem": takes the focus when it appears; a line jumps to its field."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._lines: list[LinkButton] = []
        self._next = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.column.setSpacing(2)
        self.column.addWidget(Title(title, self))
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        self.column.addLayout(self._links)
        self.hide()

    def ground(self, colours: Colours) -> str:
        return colours.error_soft

    def edge(self, colours: Colours) -> tuple[str, int]:
        return colours.error, 3 if self.hasFocus() else 2

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these, focus and announce; none hides the block."""
        for line in self._lines:
            self._links.removeWidget(line)
            line.deleteLater()
        self._lines = []
        self._next = 0
        for problem in problems:
            line = WrappedLink(literal(problem.sentence), problem.jump, self)
            self._links.addWidget(line)
            self._lines.append(line)
        # They were made last, and Tab is to reach them first.
        for before, after in pairwise((self, *self._lines)):
            QWidget.setTabOrder(before, after)
        said = ". ".join(problem.sentence for problem in problems)
        self.setAccessibleDescription(said)
        self.setVisible(bool(problems))
        if problems:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, f"{self._title}. {said}")

    @property
    def sentences(self) -> tuple[str, ...]:
        """The lines now shown."""
        return tuple(line.accessibleName() for line in self._lines)

    def jump_to_next(self) -> None:
        """Go to the field of the next line, round and round (F8)."""
        if self._lines:
            self._lines[self._next % len(self._lines)].click()
            self._next += 1

    def activate_first(self) -> bool:
        """What Enter does while the block itself has the focus. False if it has not."""
        if not (self.hasFocus() and self._lines):
            return False
        self._lines[0].click()
        return True


class ScrolledContents(QWidget):
    """What a page scrolls: as high as it needs at the width it gets, and no higher."""

    def minimumSizeHint(self) -> QSize:
        # The height a label hints at is for a narrower text; only the height for width counts.
        return QSize(super().minimumSizeHint().width(), 0)


class PageScroll(QScrollArea):
    """The scrolled part of a page. What has the focus is always inside the visible area."""

    def __init__(self, contents: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        contents.setObjectName("contents")
        self.steady_margin = 0
        """The contents' right margin, which the scroll bar is taken from, so nothing jumps."""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(contents)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._show_focused()
            # A page that just appeared has its final heights only after this round of events.
            QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, 3 * STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Asked anew: a page may have put other contents in.
        contents: QWidget | None = self.widget()
        layout = contents.layout() if contents is not None else None
        if layout is not None and self.steady_margin:
            taken = self.width() - self.viewport().width()
            margins = layout.contentsMargins()
            margins.setRight(max(self.steady_margin - taken, 0))
            layout.setContentsMargins(margins)
        super().resizeEvent(event)
