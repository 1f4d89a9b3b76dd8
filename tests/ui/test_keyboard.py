"""The whole way from Start to the result without a mouse."""

from collections.abc import Iterable, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nca_wizard.ui.buttons import WrappedLink
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.customer_page import CustomerPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.question_page import QuestionPage
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.widgets import Button, PageScroll
from tests.ui.walking import (
    SCENARIO_A,
    SCENARIO_B,
    Keyboard,
    answer_page_by_keys,
    bench_of,
    session_of,
)


def walk(program: Program, answers: Mapping[str, tuple[str, ...]]) -> int:
    """Go from Start to the result; how many keys that took apart from the name."""
    keyboard = Keyboard(program)
    keyboard.enter()
    keyboard.type("Contoso")
    keyboard.presses -= len("Contoso")
    keyboard.enter()
    for _ in range(len(answers)):
        if isinstance(program.window.page, QuestionPage):
            answer_page_by_keys(keyboard, answers)
    assert isinstance(program.window.page, CheckPage)
    keyboard.enter()
    return keyboard.presses


def test_scenario_b_reaches_its_result_in_at_most_30_keys(program: Program) -> None:
    presses = walk(program, SCENARIO_B)

    assert isinstance(program.window.page, ResultPage)
    shown = bench_of(program).result
    assert shown is not None
    assert [action.association for action in shown.finished.recommendation.plan]
    assert presses <= 30


def test_scenario_a_has_nothing_to_do(program: Program) -> None:
    walk(program, SCENARIO_A)

    shown = bench_of(program).result
    assert shown is not None
    assert shown.finished.recommendation.plan == ()
    assert {goal.verdict for goal in shown.finished.recommendation.goals} == {"automatic"}


@pytest.mark.parametrize("modifier_key", [Qt.Key.Key_Left, Qt.Key.Key_B])
def test_back_by_key(program: Program, qtbot: QtBot, modifier_key: Qt.Key) -> None:
    keyboard = Keyboard(program)
    keyboard.enter()
    keyboard.type("Contoso")
    keyboard.enter()
    assert session_of(program).page == "2"

    # An access key presses the button for a moment before it acts.
    keyboard.press(modifier_key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: session_of(program).page == "1")

    keyboard.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: session_of(program).page == "2")


def test_enter_in_the_note_makes_a_new_line(program: Program) -> None:
    keyboard = Keyboard(program)
    keyboard.enter()
    page = program.window.page
    assert isinstance(page, CustomerPage)
    page.fields["note"].take_focus()

    keyboard.type("a")
    keyboard.enter()
    keyboard.type("b")

    assert session_of(program).fields["note"] == "a\nb"
    assert session_of(program).page == "1"


def test_ctrl_digit_jumps_to_an_answered_step_only(program: Program) -> None:
    keyboard = Keyboard(program)
    keyboard.enter()
    keyboard.type("Contoso")
    keyboard.enter()

    keyboard.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert session_of(program).page == "2"

    keyboard.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert session_of(program).page == "1"


def test_f8_goes_to_the_field_with_the_problem(program: Program) -> None:
    keyboard = Keyboard(program)
    keyboard.enter()
    keyboard.enter()

    keyboard.press(Qt.Key.Key_F8)

    page = program.window.page
    assert isinstance(page, CustomerPage)
    assert page.fields["name"].edit.hasFocus()


def test_f6_goes_from_the_page_to_the_answers_to_the_command_bar(program: Program) -> None:
    keyboard = Keyboard(program)
    keyboard.enter()
    keyboard.type("Contoso")
    keyboard.enter()
    page = program.window.page
    assert isinstance(page, QuestionPage)

    keyboard.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() in page.panel.findChildren(Button)

    keyboard.press(Qt.Key.Key_F6)
    assert page.primary is QApplication.focusWidget()

    keyboard.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() not in page.bar.findChildren(Button)


def test_access_keys_are_unique_on_every_page(program: Program) -> None:
    keyboard = Keyboard(program)
    of_menus = access_keys(program.window.menuBar().actions())
    for _ in range(2):
        page = program.window.page
        assert page is not None
        shown = [button for button in page.findChildren(Button) if button.isVisible()]
        keys = [*of_menus, *access_keys(shown)]
        if isinstance(page, CustomerPage):
            keys += ["Alt+N", "Alt+D", "Alt+I"]
            keyboard.type("Contoso")
        assert len(keys) == len(set(keys)), keys
        keyboard.enter()


def access_keys(named: Iterable[Button | QAction]) -> list[str]:
    keys = [QKeySequence.mnemonic(each.text()).toString() for each in named]
    return [key for key in keys if key]


def test_text_size_by_key(program: Program) -> None:
    keyboard = Keyboard(program)

    keyboard.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert program.theme.text_size == 110

    keyboard.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert program.theme.text_size == 100
    assert isinstance(program.window.page, StartPage)


def test_the_keys_scroll_check_and_result_on_arrival(program: Program) -> None:
    program.window.resize(760, 520)
    keyboard = Keyboard(program)
    bench_of(program).open_sample()
    for _ in range(2):
        page = program.window.page
        assert isinstance(page, CheckPage | ResultPage)
        QApplication.processEvents()
        bar = next(
            each.verticalScrollBar()
            for each in page.findChildren(PageScroll)
            if each.isVisible() and each.verticalScrollBar().maximum() > 0
        )
        for down, up in (
            (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp),
            (Qt.Key.Key_Down, Qt.Key.Key_Up),
            (Qt.Key.Key_End, Qt.Key.Key_Home),
            (Qt.Key.Key_Space, Qt.Key.Key_Home),
        ):
            assert bar.value() == 0
            keyboard.press(down)
            assert bar.value() > 0
            assert (bar.value() == bar.maximum()) or down != Qt.Key.Key_End
            keyboard.press(up)
        keyboard.press(Qt.Key.Key_Space)
        keyboard.press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
        assert bar.value() == 0
        keyboard.enter()


def test_tab_goes_through_what_is_wrong_before_it_goes_into_the_page(program: Program) -> None:
    keyboard = Keyboard(program)
    keyboard.enter()
    session_of(program).set_field("tenant_id", "nonsense")
    bench_of(program).show_again()
    bench_of(program).go_on()
    page = program.window.page
    assert isinstance(page, CustomerPage)
    assert page.errors.hasFocus()
    assert len(page.errors.sentences) == 2

    for sentence in page.errors.sentences:
        keyboard.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName() == sentence
    keyboard.enter()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.fields["tenant_id"].isAncestorOf(focused)


def test_tab_reaches_what_is_said_above_a_page_with_fields(program: Program) -> None:
    keyboard = Keyboard(program)
    keyboard.enter()
    program.window.say("Not saved: the disk is full.", "warn", "Save elsewhere…", lambda: None)
    QApplication.processEvents()

    reached: list[str] = []
    for _ in range(10):
        keyboard.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused.accessibleName())

    assert {"Save elsewhere…", "Close", "Customer name"} <= set(reached)


def test_a_sentence_that_is_wrong_goes_on_in_a_further_line(qtbot: QtBot) -> None:
    link = WrappedLink("Select in which cloud the tenant of the customer is", lambda: None)
    qtbot.addWidget(link)
    one_line = link.heightForWidth(2_000)

    assert link.minimumSizeHint().width() == 0
    assert link.heightForWidth(150) > one_line
    assert link.heightForWidth(80) > link.heightForWidth(150)
