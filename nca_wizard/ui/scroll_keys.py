"""The keys that scroll a page while nothing in it wants them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QScrollArea

_Action = QAbstractSlider.SliderAction
_ACTIONS = {
    Qt.Key.Key_PageDown: _Action.SliderPageStepAdd,
    Qt.Key.Key_PageUp: _Action.SliderPageStepSub,
    Qt.Key.Key_Home: _Action.SliderToMinimum,
    Qt.Key.Key_End: _Action.SliderToMaximum,
    Qt.Key.Key_Down: _Action.SliderSingleStepAdd,
    Qt.Key.Key_Up: _Action.SliderSingleStepSub,
    Qt.Key.Key_Space: _Action.SliderPageStepAdd,
}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def scroll_by_key(area: QScrollArea, event: QKeyEvent) -> bool:
    """Scroll as the key says. False if it says nothing of the kind."""
    action = _ACTIONS.get(Qt.Key(event.key()))
    if event.key() == Qt.Key.Key_Space and event.modifiers() == _SHIFT:
        action = _Action.SliderPageStepSub
    elif event.modifiers() not in _PLAIN:
        action = None
    if action is None:
        return False
    area.verticalScrollBar().triggerAction(action)
    return True
