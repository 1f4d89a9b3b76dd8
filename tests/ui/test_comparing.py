"""Comparing in the window: from the history, from a result, with today's rules."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.history.store import Draft
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.ui.compare_page import ComparePage
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.older_rules import said_today
from nca_wizard.ui.preview import PreviewPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.widgets import LinkButton, SecondaryButton
from tests.ui.lists import found
from tests.ui.results import TODAY, T, evaluated, words_on
from tests.ui.walking import SCENARIO_A, SCENARIO_B, bench_of, desks_of

FIRST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def keep(program: Program, name: str, answers: Mapping[str, tuple[str, ...]]) -> int:
    """Evaluate and keep; the id of the evaluation."""
    history = bench_of(program).history
    return history.finish(None, Customer(name=name), evaluated(typed(answers)), FIRST)


def typed(answers: Mapping[str, tuple[str, ...]]) -> Answers:
    """As a case file has them: one choice alone where there can be but one."""
    return {key: value if key in _SEVERAL else value[0] for key, value in answers.items()}


_SEVERAL = {"products", "metrics", "our_part", "incumbent"}


def history_page(qtbot: QtBot, program: Program) -> HistoryPage:
    desks_of(program).histories.show_history()
    page = program.window.page
    assert isinstance(page, HistoryPage)
    return found(qtbot, page)


def compare_page(qtbot: QtBot, program: Program) -> ComparePage:
    """The page, once it has its rows."""
    qtbot.waitUntil(lambda: isinstance(program.window.page, ComparePage))
    page = program.window.page
    assert isinstance(page, ComparePage)
    qtbot.waitUntil(lambda: "Associations" in words_on(page) or "No differences." in words_on(page))
    return page


def press(page: ComparePage | ResultPage, text: str) -> None:
    next(
        button
        for button in [*page.findChildren(SecondaryButton), *page.findChildren(LinkButton)]
        if button.text().replace("&", "") == text and not button.isHidden()
    ).click()


def shown(program: Program) -> QWidget | None:
    return program.window.page


def heads(page: ComparePage) -> list[str]:
    return [side.customer for side in page._sides]


def test_two_chosen_lines_are_compared_by_ctrl_d(qtbot: QtBot, program: Program) -> None:
    keep(program, "Contoso AB", SCENARIO_A)
    keep(program, "Fabrikam", SCENARIO_B)
    page = history_page(qtbot, program)
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    words = words_on(compare_page(qtbot, program))

    assert "The customers differ in: Channel." in words
    assert "~  Enterprise Agreement" in words
    assert "−  action needed" in words


def test_the_other_way_round_the_marks_turn(qtbot: QtBot, program: Program) -> None:
    ids = [keep(program, "Contoso AB", SCENARIO_A), keep(program, "Fabrikam", SCENARIO_B)]
    desks_of(program).comparing.compare(ids)
    page = compare_page(qtbot, program)
    assert heads(page) == ["Contoso AB", "Fabrikam"]

    press(page, "Swap")

    page = compare_page(qtbot, program)
    assert heads(page) == ["Fabrikam", "Contoso AB"]
    assert "+  counts by itself" in words_on(page)


def test_only_differences_shows_no_equal_row_and_stays_as_it_was_set(
    qtbot: QtBot, program: Program
) -> None:
    ids = [keep(program, "Contoso AB", SCENARIO_A), keep(program, "Fabrikam", SCENARIO_B)]
    desks_of(program).comparing.compare(ids)
    page = compare_page(qtbot, program)
    assert "Track" not in words_on(page)

    page.only_differences.click()
    assert "Track" in words_on(page)
    desks_of(program).comparing.compare(ids)

    assert not compare_page(qtbot, program).only_differences.isChecked()


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Choose one more case to compare."),
        (4, "Choose two or three cases to compare."),
    ],
)
def test_too_few_or_too_many_say_what_to_choose(
    qtbot: QtBot, program: Program, count: int, said: str
) -> None:
    for number in range(count):
        keep(program, f"Customer {number}", SCENARIO_A)
    page = history_page(qtbot, program)
    page.table.selectAll()

    page.compare_button.click()

    assert program.window.said == said
    assert program.window.page is page


def test_a_case_that_was_only_begun_cannot_be_compared(qtbot: QtBot, program: Program) -> None:
    keep(program, "Contoso AB", SCENARIO_A)
    bench_of(program).history.save_draft(Draft({"name": "Nord"}, {}, "2"), FIRST)
    page = history_page(qtbot, program)
    page.table.selectAll()

    page.compare()

    assert program.window.said == "A case that was only begun has no result to compare yet."


def test_three_customers_stand_beside_each_other(qtbot: QtBot, program: Program) -> None:
    for name, answers in (("A", SCENARIO_A), ("B", SCENARIO_B), ("C", SCENARIO_A)):
        keep(program, name, answers)
    page = history_page(qtbot, program)
    page.table.selectAll()
    page.compare()

    page_shown = compare_page(qtbot, program)

    assert heads(page_shown) == ["A", "B", "C"]


def test_a_result_is_compared_with_the_one_before_it_and_back_leads_to_it(
    qtbot: QtBot, program: Program
) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    bench.evaluate_again()
    assert isinstance(program.window.page, ResultPage)
    press(program.window.page, "Compare…")

    page = compare_page(qtbot, program)
    assert "No differences." in words_on(page)
    press(page, "Back")

    assert isinstance(program.window.page, ResultPage)


def test_where_there_is_no_other_result_one_is_chosen_in_the_history(
    qtbot: QtBot, program: Program
) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    assert isinstance(program.window.page, ResultPage)
    press(program.window.page, "Compare…")

    listed = shown(program)
    assert isinstance(listed, HistoryPage)
    page = found(qtbot, listed)
    assert page.table.chosen_ids() == list(page.model.ids)
    assert program.window.said.startswith("Choose the case to compare it with")


def test_the_case_chosen_then_is_compared_with_the_result_one_came_from(
    qtbot: QtBot, program: Program
) -> None:
    other = keep(program, "Fabrikam", SCENARIO_A)
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    program.window.do("Co&mpare…")
    listed = shown(program)
    assert isinstance(listed, HistoryPage)
    page = found(qtbot, listed)
    page.table.select(other)
    assert page.table.chosen_ids() == [other]

    program.window.do("Co&mpare…")

    assert heads(compare_page(qtbot, program)) == ["Fabrikam", "Contoso AB (Sample)"]


def test_what_today_s_rules_say_stands_beside_an_older_result_and_is_not_kept(
    qtbot: QtBot, program: Program
) -> None:
    bench = bench_of(program)
    answers = {**SCENARIO_B, "products": ("marketing",)}
    rec = evaluated(typed(answers), date(2022, 9, 1))
    older = rec.rulebook.model_copy(update={"version": "2022.09", "hash": "0" * 64})
    evaluation = bench.history.finish(
        None, Customer(name="Contoso AB"), rec.model_copy(update={"rulebook": older}), FIRST
    )
    bench.open_evaluation(evaluation)
    page = program.window.page
    assert isinstance(page, ResultPage)
    assert "With today’s rules: −1 action." in page.older_rules.sentence
    press(page, "Compare")

    words = words_on(compare_page(qtbot, program))

    assert "The rules changed, from 2022.09 (1 Sept 2022) to 2026.11 (22 Nov 2026)." in words
    assert "The customer changed" not in words
    assert len(bench.history.evaluations()) == 1


def test_a_new_case_is_begun_like_a_chosen_line(qtbot: QtBot, program: Program) -> None:
    keep(program, "Contoso AB", SCENARIO_B)
    page = history_page(qtbot, program)
    page.table.selectAll()

    program.window.do("New case li&ke an earlier one…")

    session = bench_of(program).session
    assert session is not None
    assert session.customer.name == ""
    assert session.answers["channel"] == "enterprise_agreement"


def test_from_the_first_page_the_case_to_begin_like_is_chosen_in_the_history(
    qtbot: QtBot, program: Program
) -> None:
    keep(program, "Contoso AB", SCENARIO_B)
    bench_of(program).show_start()
    start = program.window.page
    assert start is not None

    next(
        button
        for button in start.findChildren(SecondaryButton)
        if button.text() == "New case &like an earlier one…"
    ).click()

    assert isinstance(program.window.page, HistoryPage)
    assert "New case like this" in program.window.said


def test_several_chosen_lines_are_exported_alone(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        keep(program, f"Customer {number}", SCENARIO_A)
    page = history_page(qtbot, program)
    page.table.select(page.model.ids[0])
    asked: list[tuple[str, list[int] | None]] = []
    transfer = desks_of(program).transfer
    monkeypatch.setattr(
        transfer, "_ask", lambda title, _name, _kinds, cases: asked.append((title, cases))
    )
    desks_of(program).histories.export()
    page.table.selectAll()
    desks_of(program).histories.export()
    qtbot.waitUntil(lambda: len(asked) == 2)

    assert asked[0] == ("Export", None)
    title, cases = asked[1]
    assert title == "Export 3 cases"
    assert sorted(cases or []) == [1, 2, 3]


def test_rename_and_delete_are_in_the_menu_only_where_there_are_lines(
    qtbot: QtBot, program: Program
) -> None:
    keep(program, "Contoso AB", SCENARIO_A)
    bench_of(program).show_start()
    there = program.window._actions["delete"].isEnabled()

    page = history_page(qtbot, program)
    page.table.selectAll()
    program.window.do("delete")

    assert not there
    qtbot.waitUntil(lambda: "Deleted “Contoso AB”." in program.window.undo_bar.sentence)


def test_ctrl_f_opens_the_history_and_there_goes_to_the_search(
    qtbot: QtBot, program: Program
) -> None:
    keep(program, "Contoso AB", SCENARIO_A)
    bench_of(program).show_start()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(program.window, Qt.Key.Key_F, control)
    listed = shown(program)
    assert isinstance(listed, HistoryPage)
    page = found(qtbot, listed)
    page.table.setFocus()

    QTest.keyClick(page.table, Qt.Key.Key_F, control)

    assert page.search.hasFocus()


def test_what_is_compared_is_printed_as_it_is_shown_and_copied_as_text(
    qtbot: QtBot, program: Program, qapp: QApplication
) -> None:
    ids = [keep(program, "Contoso AB", SCENARIO_A), keep(program, "Fabrikam", SCENARIO_B)]
    desks_of(program).comparing.compare(ids)
    primary = compare_page(qtbot, program).primary
    assert primary is not None
    primary.click()
    preview = shown(program)
    assert isinstance(preview, PreviewPage)
    qtbot.waitUntil(lambda: bool(preview.sheets.pages))
    preview.copy_text()
    copied = qapp.clipboard().text()
    pdf = preview.document.pdf
    preview.back_requested.emit()

    assert preview.document.title == "Contoso AB and Fabrikam compared"
    assert pdf.startswith(b"%PDF")
    assert "The customers differ in: Channel." in copied
    assert "  2. ~ Enterprise Agreement" in copied
    assert "Track" not in copied
    assert heads(compare_page(qtbot, program)) == ["Contoso AB", "Fabrikam"]


def test_who_has_gone_on_is_not_called_back_by_a_comparison(qtbot: QtBot, program: Program) -> None:
    bench = bench_of(program)
    bench.open_evaluation(keep(program, "Contoso AB", SCENARIO_A))
    comparing = desks_of(program).comparing

    comparing.compare_with_today()
    bench.new_case()
    comparing.compare([keep(program, "A", SCENARIO_A), keep(program, "B", SCENARIO_B)])
    bench.new_case()
    qtbot.wait(500)

    assert bench.session is not None
    assert not isinstance(shown(program), ComparePage)


def test_the_same_actions_with_another_certainty_are_no_more_and_no_fewer(book: Rulebook) -> None:
    rec = evaluated(typed(SCENARIO_B))
    tried = tuple(action.model_copy(update={"certainty": "try"}) for action in rec.plan)

    said = said_today(T, rec.model_copy(update={"plan": tried}), book, TODAY)

    assert said.startswith("With today’s rules the actions are the same")


def test_the_keys_scroll_what_is_compared_and_ctrl_p_prints_it(
    qtbot: QtBot, program: Program
) -> None:
    ids = [keep(program, "Contoso AB", SCENARIO_A), keep(program, "Fabrikam", SCENARIO_B)]
    desks_of(program).comparing.compare(ids)
    page = compare_page(qtbot, program)
    page.only_differences.click()
    page.take_focus()

    bar = page.scrolled.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    QTest.keyClick(page, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    program.window.do("print")

    assert isinstance(shown(program), PreviewPage)
