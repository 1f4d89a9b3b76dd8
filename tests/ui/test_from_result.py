"""From the result back into the answers, by key."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from nca_wizard.rules import verdict_space
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.model.book import Impossible
from nca_wizard.settings import Settings
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_case import DueCard
from nca_wizard.ui.result_dates import DatesCard
from nca_wizard.ui.result_page import ResultPage
from tests.ui.walking import Keyboard, bench_of, session_of


@pytest.fixture
def keyboard(program: Program) -> Keyboard:
    """At the result of the sample."""
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    assert isinstance(program.window.page, ResultPage)
    return Keyboard(program)


def test_alt_left_goes_from_the_result_to_its_answers(program: Program, keyboard: Keyboard) -> None:
    keyboard.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert isinstance(program.window.page, CheckPage)
    assert "Sample" in program.window.windowTitle()


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
def test_ctrl_digit_goes_from_the_result_to_that_step_and_back_to_check(
    program: Program, keyboard: Keyboard, step: int
) -> None:
    keyboard.press(Qt.Key(Qt.Key.Key_0 + step), Qt.KeyboardModifier.ControlModifier)

    session = session_of(program)
    assert session.page == session.page_of_step(step) != ""
    bench_of(program).go_on()
    assert isinstance(program.window.page, CheckPage)


def test_from_the_preview_alt_left_goes_to_the_result(program: Program, keyboard: Keyboard) -> None:
    bench_of(program).print_result()

    keyboard.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert isinstance(program.window.page, ResultPage)


def test_a_step_that_was_not_answered_leaves_the_result_where_it_is(
    program: Program, keyboard: Keyboard
) -> None:
    bench = bench_of(program)
    bench.edit_result()
    session_of(program).answer("products", None)
    bench.go_on()
    assert isinstance(program.window.page, ResultPage)

    keyboard.press(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)

    assert isinstance(program.window.page, ResultPage)
    assert bench.session is None


def test_a_next_case_knows_what_the_one_before_worked_out(
    program: Program, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out = 0
    made = verdict_space.WholeSpace.__init__

    def count(*arguments: Any) -> None:
        nonlocal worked_out
        worked_out += 1
        made(*arguments)

    monkeypatch.setattr(verdict_space.WholeSpace, "__init__", count)
    bench = bench_of(program)

    bench.edit_result()
    bench.go_on()

    assert isinstance(program.window.page, ResultPage)
    assert worked_out == 0


def test_answers_that_cannot_occur_together_are_named_on_the_check_page(
    program: Program, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = bench_of(program)
    assert bench.result is not None
    answers = bench.result.answers
    nowhere = Impossible(
        id="none",
        when={question: (str(answers[question]),) for question in ("channel", "cloud")},
        because="Nobody sells that.",
    )
    book = bench._rulebook.model_copy(update={"impossible": (nowhere,)})
    monkeypatch.setattr(bench, "_engine", Engine(book))

    bench.edit_result()
    page = program.window.page
    assert isinstance(page, CheckPage)
    [sentence] = page.errors.sentences
    assert sentence.startswith("These answers cannot occur together: ")
    assert "Nobody sells that." in sentence

    bench.go_on()
    assert program.window.page is page
    page.focus_field("cloud", "")
    assert page.change_buttons["cloud"].hasFocus()


def dates_of(program: Program) -> DatesCard:
    page = program.window.page
    assert isinstance(page, ResultPage)
    return next(card for card in page.cards if isinstance(card, DatesCard))


def test_the_day_to_start_on_stays_with_the_case_when_it_is_evaluated_again(
    program: Program, keyboard: Keyboard
) -> None:
    bench = bench_of(program)
    dates_of(program).day.set_text("1 Mar 2027")

    bench.edit_result()
    bench.go_on()
    assert dates_of(program).day.text() == "1 Mar 2027"
    bench.take_settings(Settings(colours="dark"))
    bench.edit_result()
    bench.go_on()
    assert dates_of(program).day.text() == "1 Mar 2027"


def test_what_is_due_in_the_case_goes_into_the_calendar(
    program: Program, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "days.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page = program.window.page
    assert isinstance(page, ResultPage)
    work = next(card for card in page.cards if isinstance(card, DueCard)).form._work
    work.add("Call about the renewal", date(2031, 5, 6))

    dates_of(program).save_button.click()
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    said = {str(event["summary"]): event.decoded("dtstart") for event in events}
    (own,) = [day for title, day in said.items() if title.endswith("Call about the renewal")]
    assert own == date(2031, 5, 6)
    assert any("may decline" in title for title in said)
