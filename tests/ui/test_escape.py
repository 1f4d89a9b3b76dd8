"""Escape on a page: leaves a case nothing was said in, and loses nothing anywhere."""

import pytest
from PySide6.QtCore import Qt

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.customer_page import CustomerPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.start_page import StartPage
from tests.ui.test_pages import walk_pages
from tests.ui.walking import Keyboard, bench_of, session_of


@pytest.mark.parametrize("field", ["name", "domain", "note"])
def test_escape_leaves_an_empty_new_case(program: Program, field: str) -> None:
    bench_of(program).new_case()
    page = program.window.page
    assert isinstance(page, CustomerPage)
    page.fields[field].take_focus()

    Keyboard(program).press(Qt.Key.Key_Escape)

    assert isinstance(program.window.page, StartPage)
    assert bench_of(program).session is None


def test_escape_loses_nothing_that_was_typed(program: Program) -> None:
    bench_of(program).new_case()
    keyboard = Keyboard(program)
    keyboard.type("C")
    page = program.window.page

    keyboard.press(Qt.Key.Key_Escape)

    assert program.window.page is page
    assert session_of(program).fields["name"] == "C"


def test_escape_leaves_the_preview_for_the_result(program: Program) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    bench.print_result()
    Keyboard(program).press(Qt.Key.Key_Escape)

    assert isinstance(program.window.page, ResultPage)


def test_escape_does_nothing_on_the_other_pages(program: Program, book: Rulebook) -> None:
    keyboard = Keyboard(program)
    for page in walk_pages(program, book):
        if isinstance(page, CustomerPage):
            continue
        before = dict(session_of(program).answers)
        keyboard.press(Qt.Key.Key_Escape)
        assert program.window.page is page
        assert session_of(program).answers == before
    assert isinstance(program.window.page, CasePage)
    bench_of(program).go_on()
    result = program.window.page
    assert isinstance(result, ResultPage)
    keyboard.press(Qt.Key.Key_Escape)
    assert program.window.page is result
