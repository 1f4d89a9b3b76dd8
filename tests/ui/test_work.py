"""What is done beside the window tells how it ended, once and in the window's thread."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from nca_wizard.errors import BadInput
from nca_wizard.sentences import as_written
from nca_wizard.ui.work import Work


class Doing(Work):
    def __init__(self, act: Callable[["Doing"], object]) -> None:
        super().__init__()
        self._act = act

    def _do(self) -> None:
        self.told.done.emit(self._act(self))

    @property
    def is_to_stop(self) -> bool:
        return self._stopped.is_set()


def heard(qtbot: QtBot, work: Work) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    for name in ("done", "failed", "broke"):
        getattr(work.told, name).connect(lambda what, name=name: told.append((name, what)))
    with qtbot.waitSignal(work.told.ended):
        QThreadPool.globalInstance().start(work)
    return told


def refuse(_work: Doing) -> object:
    raise BadInput(as_written("That is no list."))


def test_what_it_came_to_is_told(qtbot: QtBot) -> None:
    work = Doing(lambda _: 7)

    assert heard(qtbot, work) == [("done", 7)]
    assert work.has_ended


def test_a_fault_that_is_known_is_told_as_its_sentence(qtbot: QtBot) -> None:
    [(name, sentence)] = heard(qtbot, Doing(refuse))

    assert name == "failed"
    assert str(sentence) == "That is no list."


def test_what_nobody_foresaw_is_told_as_it_is(qtbot: QtBot) -> None:
    [(name, fault)] = heard(qtbot, Doing(lambda _: 1 // 0))

    assert name == "broke"
    assert isinstance(fault, ZeroDivisionError)


def test_it_hears_that_it_is_to_stop(qtbot: QtBot) -> None:
    work = Doing(lambda doing: doing.is_to_stop)
    work.stop()

    assert heard(qtbot, work) == [("done", True)]


@pytest.mark.parametrize("act", [lambda _: None, refuse])
def test_threads_take_turns_as_before_when_it_has_ended(
    qtbot: QtBot, act: Callable[[Doing], object]
) -> None:
    usual = sys.getswitchinterval()
    during: list[float] = []

    def watch(work: Doing) -> object:
        during.append(sys.getswitchinterval())
        return act(work)

    heard(qtbot, Doing(watch))

    assert during[0] < usual
    assert sys.getswitchinterval() == usual
