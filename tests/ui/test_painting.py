"""Something is done once a widget can be seen, and once only."""

import shiboken6
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from nca_wizard.ui.painting import after_painting


def test_it_is_done_after_the_first_painting_alone(qtbot: QtBot) -> None:
    label = QLabel("painted")
    qtbot.addWidget(label)
    done: list[bool] = []
    after_painting(label, lambda: done.append(label.isVisible()))
    QApplication.processEvents()
    assert not done

    label.show()
    qtbot.waitUntil(lambda: bool(done))
    label.repaint()
    QApplication.processEvents()

    assert done == [True]


def test_of_a_widget_that_has_gone_meanwhile_nothing_is_done(qtbot: QtBot) -> None:
    label = QLabel("gone")
    done: list[None] = []
    after_painting(label, lambda: done.append(None))
    label.show()
    label.repaint()
    shiboken6.delete(label)

    qtbot.wait(20)
    assert not done
