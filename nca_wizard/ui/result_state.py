"""Where an action stands and what is at hand for it: picked and ticked on its card."""

from collections.abc import Callable, Sequence
from typing import get_args

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from nca_wizard.history.values import ActionState
from nca_wizard.rules.model.rules import Evidence
from nca_wizard.texts import Texts
from nca_wizard.ui.case_work import STATE_WORDS, CaseWork
from nca_wizard.ui.theme import STEP, colours_of
from nca_wizard.ui.widgets import Label, LinkButton, NoWheelComboBox, Soft, announce, literal

_BOX = 18
_LEAST = 28
_SAID_MS = 2_000


class StatePicker(QWidget):
    """To do, in progress, done or not doing, and since when."""

    def __init__(
        self, work: CaseWork, action: str, about: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._action = action
        t = work.texts
        self.box = NoWheelComboBox(
            t("%(what)s: %(about)s") % {"what": t("State"), "about": about}, parent=self
        )
        for state, word in STATE_WORDS.items():
            self.box.add(state, t(word))
        self.box.activated.connect(self._store)
        self._since = Soft("", self, small=True)
        self._since.setWordWrap(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.box)
        column.addWidget(self._since)
        work.changed.connect(self._show)
        self._show()

    def _store(self, _index: int) -> None:
        picked = self.box.value()
        for state in get_args(ActionState):
            if state == picked:
                self._work.set_state(self._action, state)

    def _show(self) -> None:
        t = self._work.texts
        progress = self._work.progress(self._action)
        self.setVisible(progress is not None)
        if progress is None:
            return
        self.box.pick(progress.state)
        since = t("since %(day)s") % {"day": t.date(progress.day)} if progress.day else ""
        self._since.setText(since)
        self._since.setVisible(bool(since))


class EvidenceTicks(QWidget):
    """What to have ready, ticked once it is at hand."""

    def __init__(
        self,
        work: CaseWork,
        action: str,
        evidence: Sequence[Evidence],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._action = action
        self.boxes: dict[str, TickBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(STEP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        t = work.texts
        for row, one in enumerate(evidence):
            label = t(one.label.for_us)
            note = t(one.note.for_us) if one.note else ""
            box = TickBox(label, note, self)
            box.told.connect(self._store)
            box.setProperty("evidence", one.id)
            self.boxes[one.id] = box
            words = QVBoxLayout()
            words.setSpacing(0)
            words.setContentsMargins(0, 4, 0, 4)
            text = Label(label, self)
            text.setBuddy(box)
            words.addWidget(text)
            if note:
                words.addWidget(Soft(note, self, small=True))
            grid.addWidget(box, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, row, 1)
        work.changed.connect(self._show)
        self._show()

    def _store(self) -> None:
        box = self.sender()
        if isinstance(box, TickBox):
            self._work.tick(self._action, box.property("evidence"), on=box.isChecked())

    def _show(self) -> None:
        progress = self._work.progress(self._action)
        ticked = progress.ticked if progress else frozenset()
        for evidence, box in self.boxes.items():
            box.setChecked(evidence in ticked)


class TickBox(QCheckBox):
    """A box to tick; its words stand beside it, where they can wrap."""

    told = Signal()
    """A person ticked it or took the tick back."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.told)

    def sizeHint(self) -> QSize:
        side = max(_LEAST, self.fontMetrics().height() + 8)
        return QSize(side, side)

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(0, 0, _BOX, _BOX)
            box.moveCenter(QRectF(self.rect()).center())
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 2))
                painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 8, 8)
            on = self.isChecked()
            ground = colours.hover if self.underMouse() else colours.surface
            painter.setPen(QPen(QColor(colours.accent if on else colours.field), 2))
            painter.setBrush(QColor(colours.accent if on else ground))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
            if on:
                tick = QPainterPath(box.topLeft() + QRectF(4.5, 9.5, 0, 0).topLeft())
                tick.lineTo(box.topLeft() + QRectF(8, 13, 0, 0).topLeft())
                tick.lineTo(box.topLeft() + QRectF(13.5, 5.5, 0, 0).topLeft())
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.on_accent), 2, c=Qt.PenCapStyle.RoundCap))
                painter.drawPath(tick)


class CopyButton(LinkButton):
    """Puts a text on the clipboard and says so for a moment."""

    def __init__(
        self, t: Texts, about: str, text: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        copy = t("Copy as text")
        super().__init__(
            copy, name=t("%(what)s: %(about)s") % {"what": copy, "about": about}, parent=parent
        )
        self._t = t
        self._text = text
        self._copy = copy
        self.clicked.connect(self._take)

    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        copied = self._t("Copied")
        self._bear(copied)
        announce(self, copied)
        QTimer.singleShot(_SAID_MS, self, self._bear_again)

    def _bear_again(self) -> None:
        self._bear(self._copy)

    def _bear(self, text: str) -> None:
        self.setText(literal(text))
        self.updateGeometry()
