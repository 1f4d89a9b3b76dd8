"""PySide6 6.12.0 on Python 3.11 drops a reference to None or True on every call and aborts."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 20_000
# Other code may take or drop a few while this runs; the fault drops one on every call.
NOISE = 1_000


class _Sender(QObject):
    happened = Signal(bool)


def test_twenty_thousand_signals_are_survived() -> None:
    sender = _Sender()
    heard: list[bool] = []
    sender.happened.connect(heard.append)
    before = sys.getrefcount(True), sys.getrefcount(None)

    for _ in range(CALLS):
        sender.happened.emit(True)

    after = sys.getrefcount(True), sys.getrefcount(None)
    assert len(heard) == CALLS
    # The list itself holds the True it was given.
    assert after[0] >= before[0] - NOISE
    assert after[1] >= before[1] - NOISE


def test_twenty_thousand_void_calls_are_survived(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)

    for number in range(CALLS):
        label.setText(str(number % 7))

    assert sys.getrefcount(None) >= before - NOISE
    assert label.text() == str((CALLS - 1) % 7)
