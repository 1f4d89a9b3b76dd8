"""While a case is evaluated the window goes on, and nothing that is evaluated is lost."""

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from nca_wizard.rules.engine import Engine
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from tests.ui.walking import bench_of

LONG_ENOUGH_S = 10


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """No evaluation ends before the window has done this."""

    def do(act: Callable[[], object]) -> None:
        done = Event()
        recommend = Engine.recommend

        def waits(engine: Engine, scenario: Scenario) -> Recommendation:
            assert done.wait(LONG_ENOUGH_S), "the window waited for the evaluation"
            return recommend(engine, scenario)

        def acts() -> None:
            act()
            done.set()

        monkeypatch.setattr(Engine, "recommend", waits)
        QTimer.singleShot(0, acts)

    return do


def test_the_window_goes_on_while_a_case_is_evaluated(
    program: Program, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    bench_of(program).open_sample()
    pages: list[object] = []
    meanwhile(lambda: pages.append(program.window.page))

    bench_of(program).go_on()

    assert isinstance(pages[0], CheckPage)
    assert isinstance(program.window.page, ResultPage)


def test_a_window_closed_meanwhile_keeps_the_result_and_closes(
    start: Callable[[], Program],
    meanwhile: Callable[[Callable[[], object]], None],
    qtbot: QtBot,
) -> None:
    program = start()
    bench_of(program).open_sample()
    meanwhile(program.window.close)

    bench_of(program).go_on()
    assert program.window.isVisible()
    qtbot.waitUntil(lambda: not program.window.isVisible())

    [evaluated] = bench_of(start()).history.evaluations()
    assert evaluated.customer_name == "Contoso AB (Sample)"


def test_a_case_opened_meanwhile_stays_open_and_the_result_is_kept(
    program: Program, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    bench = bench_of(program)
    bench.open_sample()
    meanwhile(bench.new_case)

    bench.go_on()

    assert bench.session is not None
    assert bench.session.is_empty
    assert bench.result is None
    assert len(bench.history.evaluations()) == 1
    assert not bench.history.drafts()


def test_what_goes_wrong_beside_the_window_is_raised_in_it(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(engine: Engine, scenario: Scenario) -> Recommendation:
        raise LookupError("no such rule")

    monkeypatch.setattr(Engine, "recommend", breaks)
    bench_of(program).open_sample()

    with pytest.raises(LookupError, match="no such rule"):
        bench_of(program).go_on()
    assert isinstance(program.window.page, CheckPage)
