"""What is due this week stands on the first page, is done or put off there, and undone."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.start_due import DueThisWeek
from tests.ui.results import words_on
from tests.ui.walking import bench_of

TODAY = date(2026, 11, 22)


def due(program: Program) -> DueThisWeek:
    page = program.window.page
    assert page is not None
    found = page.findChild(DueThisWeek)
    assert found is not None
    return found


def press(program: Program, beginning: str) -> None:
    QApplication.processEvents()
    next(
        button
        for button in due(program).findChildren(QPushButton)
        if button.accessibleName().startswith(beginning) and button.isVisible()
    ).click()
    QApplication.processEvents()


@pytest.fixture
def case(program: Program) -> int:
    """The sample, evaluated and kept."""
    bench_of(program).open_sample()
    bench_of(program).go_on()
    result = bench_of(program).result
    assert result is not None
    assert result.finished.case_id is not None
    return result.finished.case_id


@pytest.fixture
def dated(program: Program, case: int) -> None:
    """One thing late, one today, one in six days, one in a week."""
    history = bench_of(program).history
    for title, day in (("late", 20), ("today", 22), ("six days", 28), ("a week", 29)):
        history.follow_ups.add(case, title, date(2026, 11, day))
    bench_of(program).show_start()


def titles(program: Program) -> list[str]:
    return [row.one.title for row in due(program).rows.rows]


@pytest.mark.usefixtures("case")
def test_nothing_due_takes_no_room(program: Program) -> None:
    bench_of(program).show_start()

    assert program.window.page is not None
    assert program.window.page.findChild(DueThisWeek) is None


@pytest.mark.usefixtures("dated")
def test_seven_days_and_what_is_late_are_counted_in_words(program: Program) -> None:
    assert titles(program) == ["late", "today", "six days"]
    assert due(program).title.text() == "Due this week: 3 things, 1 of it late"
    assert "was due 20 Nov 2026, 2 days ago" in words_on(due(program))
    assert "Contoso AB (Sample)" in words_on(due(program))


@pytest.mark.usefixtures("dated")
def test_done_and_put_off_take_a_line_away_and_undo_brings_it_back(program: Program) -> None:
    press(program, "Done")
    assert titles(program) == ["today", "six days"]
    press(program, "Put off")
    assert titles(program) == ["six days"]
    assert "today" in program.window.undo_bar.sentence

    program.window.setFocus()
    program.window.do("&Undo")
    assert titles(program) == ["today", "six days"]
    program.window.do("&Undo")
    assert titles(program) == ["late", "today", "six days"]


@pytest.mark.usefixtures("dated")
def test_what_is_put_off_counts_from_today_where_its_day_has_passed(program: Program) -> None:
    first = due(program).rows.rows[0].one
    press(program, "Put off")

    [again] = [
        one
        for one in bench_of(program).history.follow_ups.of_case(first.case_id)
        if one.id == first.id
    ]
    assert again.snoozed_until == date(2026, 11, 29)


@pytest.mark.usefixtures("dated")
def test_open_shows_the_case(program: Program, case: int) -> None:
    press(program, "Open")

    assert isinstance(program.window.page, ResultPage)
    result = bench_of(program).result
    assert result is not None
    assert result.finished.case_id == case


def test_of_very_many_the_first_show_at_once(program: Program, case: int) -> None:
    for number in range(8):
        bench_of(program).history.follow_ups.add(case, f"thing {number}", TODAY)
    bench_of(program).show_start()
    assert len(titles(program)) == 5

    press(program, "Show 3 more")

    assert len(titles(program)) == 8
