"""From a page beside the work, Back leads to what was open before."""

from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.question_page import QuestionPage
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.settings_page import SettingsPage
from nca_wizard.ui.start_page import StartPage
from tests.ui.walking import bench_of, desks_of, session_of


def begun(program: Program) -> QuestionPage:
    bench = bench_of(program)
    bench.new_case()
    session_of(program).set_field("name", "Contoso")
    bench.go_on()
    page = program.window.page
    assert isinstance(page, QuestionPage)
    return page


def back(program: Program) -> object:
    page = program.window.page
    assert isinstance(page, SettingsPage | HistoryPage)
    page.back_requested.emit()
    return program.window.page


def test_from_the_settings_to_the_question_that_was_open(program: Program) -> None:
    heading = begun(program).heading.text()
    bench_of(program).show_settings()
    page = back(program)

    assert isinstance(page, QuestionPage)
    assert page.heading.text() == heading
    assert session_of(program).fields["name"] == "Contoso"


def test_from_one_such_page_to_the_next_it_stays_the_same(program: Program) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    bench.show_settings()
    desks_of(program).histories.show_history()

    assert isinstance(back(program), ResultPage)


def test_from_the_first_page_to_the_first_page(program: Program) -> None:
    begun(program)
    bench_of(program).show_start()
    bench_of(program).show_settings()

    assert isinstance(back(program), StartPage)


def test_what_was_deleted_meanwhile_is_not_opened_again(program: Program) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    assert bench.result is not None
    assert bench.result.finished.case_id is not None
    case = bench.result.finished.case_id
    desks_of(program).histories.show_history()
    desks_of(program).histories.delete(cases=[case])

    assert isinstance(back(program), StartPage)
