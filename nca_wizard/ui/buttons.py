"""Buttons: one primary a page, secondary ones beside it, links inside text and rows."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from nca_wizard.ui.labels import spoken
from nca_wizard.ui.theme import RADIUS, Colours, colours_of

_HEIGHT = 36
_PRIMARY_PADDING = 22
_SECONDARY_PADDING = 16
_LINK_PADDING = 6
_RING = 2


class Button(QPushButton):
    """A button that paints itself; Enter presses it, as everywhere else.

    `name` is what a screen reader says where the text alone would be unclear ("Change channel").
    """

    padding = _SECONDARY_PADDING
    at_least = _HEIGHT
    weight = QFont.Weight.Medium
    text_flags = int(Qt.AlignmentFlag.AlignCenter)

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name or spoken(text))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def say(self, text: str) -> None:
        """Bear another text, spoken too."""
        self.setText(text)
        self.setAccessibleName(spoken(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = self._metrics_of_text()
        height = max(self.at_least, metrics.height() + 12)
        return QSize(metrics.width() + 2 * self.padding, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = colours_of(self.palette())
            self.paint_ground(painter, colours)
            painter.setPen(QColor(self.text_colour(colours)))
            painter.setFont(self._font())
            shown = Qt.TextFlag.TextHideMnemonic
            if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
                shown = Qt.TextFlag.TextShowMnemonic
            painter.drawText(self.text_rect(), self.text_flags | shown, self.text())

    def text_rect(self) -> QRect:
        return self.rect()

    def paint_ground(self, painter: QPainter, colours: Colours) -> None:
        raise NotImplementedError  # for each kind to say; Qt's metaclass and abc's do not mix

    def text_colour(self, colours: Colours) -> str:
        raise NotImplementedError  # for each kind to say; Qt's metaclass and abc's do not mix

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(self.weight)
        return font

    def _metrics_of_text(self) -> QSize:
        return QFontMetrics(self._font()).size(Qt.TextFlag.TextShowMnemonic, self.text())

    def _box(self, inset: float) -> QRectF:
        return QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)


class PrimaryButton(Button):
    """The one thing to do next."""

    padding = _PRIMARY_PADDING
    weight = QFont.Weight.DemiBold

    def text_colour(self, colours: Colours) -> str:
        return colours.on_accent if self.isEnabled() else colours.disabled

    def paint_ground(self, painter: QPainter, colours: Colours) -> None:
        ground = colours.accent_hover if self.underMouse() or self.isDown() else colours.accent
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground if self.isEnabled() else colours.line))
        painter.drawRoundedRect(self._box(0), RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.on_accent), _RING))
            painter.drawRoundedRect(self._box(4), RADIUS - 4, RADIUS - 4)


class SecondaryButton(Button):
    """Another way on, or back."""

    def text_colour(self, colours: Colours) -> str:
        return colours.text if self.isEnabled() else colours.disabled

    def paint_ground(self, painter: QPainter, colours: Colours) -> None:
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setBrush(QColor(colours.hover if lit else colours.surface))
        edge, thick = (colours.field, 1) if self.isEnabled() else (colours.line, 1)
        if self.hasFocus():
            edge, thick = colours.accent, _RING
        painter.setPen(QPen(QColor(edge), thick))
        painter.drawRoundedRect(self._box(thick / 2), RADIUS, RADIUS)


class LinkButton(Button):
    """A link: flat, in the accent colour. A `flush` one begins where the text above it does."""

    padding = _LINK_PADDING
    at_least = 28

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        name: str = "",
        parent: QWidget | None = None,
        flush: bool = False,
    ) -> None:
        super().__init__(text, on_click, name, parent)
        self._flush = flush
        if flush:
            self.padding = 0

    def text_colour(self, colours: Colours) -> str:
        return colours.accent if self.isEnabled() else colours.disabled

    def paint_ground(self, painter: QPainter, colours: Colours) -> None:
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setBrush(QColor(colours.accent_soft) if lit else Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus() and self._flush:
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRect(self._box(0))
            painter.setBrush(QColor(colours.accent))
            painter.drawRect(QRectF(0, self.height() - _RING, self.width(), _RING))
            return
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), _RING))
        painter.drawRoundedRect(self._box(_RING / 2), RADIUS - 2, RADIUS - 2)


class WrappedLink(LinkButton):
    """A flush link that goes on in further lines where one has no room for it."""

    text_flags = int(
        Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    )

    def __init__(
        self, text: str, on_click: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(text, on_click, parent=parent, flush=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        flags = self.text_flags | Qt.TextFlag.TextShowMnemonic
        metrics = QFontMetrics(self._font())
        lines = metrics.boundingRect(QRect(0, 0, width, 0), flags, self.text())
        return max(self.at_least, lines.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.at_least)


class Expander(LinkButton):
    """A link that opens and closes what is under it, with an arrow in front."""

    _ARROW_ROOM = 16

    def __init__(self, text: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent, flush=True)
        self.setCheckable(True)
        self.toggled.connect(body.setVisible)
        body.hide()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._ARROW_ROOM, 0)

    def text_rect(self) -> QRect:
        return self.rect().adjusted(self._ARROW_ROOM, 0, 0, 0)

    def paint_ground(self, painter: QPainter, colours: Colours) -> None:
        super().paint_ground(painter, colours)
        middle = QPointF(5, self.height() / 2)
        arrow = [QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)]
        if self.isChecked():
            arrow = [QPointF(-4, -2), QPointF(0, 2), QPointF(4, -2)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.accent), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([middle + point for point in arrow]))
