"""States, evidence, due dates and the note of a case: on the disk at once, and undone by key."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.history.actions import Actions
from nca_wizard.history.store import History
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.sentences import as_written
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_action import ActionCard
from nca_wizard.ui.result_case import DueCard, NoteCard
from nca_wizard.ui.result_next import NextDay
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.result_state import EvidenceTicks, StatePicker
from nca_wizard.ui.start_page import StartPage
from tests.ui.conftest import NOON
from tests.ui.walking import bench_of, desks_of


@pytest.fixture
def page(program: Program) -> ResultPage:
    """The result of the sample: two claims on an Enterprise Agreement."""
    bench_of(program).open_sample()
    bench_of(program).go_on()
    return page_of(program)


def page_of(program: Program) -> ResultPage:
    page = program.window.page
    assert isinstance(page, ResultPage)
    return page


def first_action(page: ResultPage) -> ActionCard:
    return next(card for card in page.cards if isinstance(card, ActionCard))


def picker(page: ResultPage) -> StatePicker:
    found = first_action(page).state
    assert found is not None
    return found


def ticks(page: ResultPage) -> EvidenceTicks:
    found = first_action(page).ticks
    assert found is not None
    return found


def pick(page: ResultPage, state: str) -> None:
    box = picker(page).box
    box.pick(state)
    box.activated.emit(box.currentIndex())


def due_card(page: ResultPage) -> DueCard:
    return next(card for card in page.cards if isinstance(card, DueCard))


def note_card(page: ResultPage) -> NoteCard:
    return next(card for card in page.cards if isinstance(card, NoteCard))


def undo(program: Program) -> None:
    program.window.setFocus()
    program.window.do("&Undo")


def button(holder: ResultPage | DueCard, beginning: str) -> QPushButton:
    return next(
        one
        for one in holder.findChildren(QPushButton)
        if one.accessibleName().startswith(beginning) and one.isVisibleTo(holder)
    )


def again(start: Callable[[], Program], program: Program) -> tuple[Program, ResultPage]:
    """End the program, start it again and open the result."""
    evaluation = bench_of(program).result
    assert evaluation is not None
    program.window.close()
    later = start()
    bench_of(later).open_evaluation(evaluation.finished.evaluation or 0)
    return later, page_of(later)


def test_a_new_action_is_to_do_and_nothing_is_at_hand(page: ResultPage) -> None:
    assert picker(page).box.value() == "to_do"
    assert len(ticks(page).boxes) > 1
    assert not any(box.isChecked() for box in ticks(page).boxes.values())


def test_a_tick_and_a_state_outlive_the_program(
    start: Callable[[], Program], program: Program, page: ResultPage
) -> None:
    evidence, box = next(iter(ticks(page).boxes.items()))
    box.click()
    pick(page, "in_progress")

    _, page = again(start, program)

    assert ticks(page).boxes[evidence].isChecked()
    assert picker(page).box.value() == "in_progress"


def test_ctrl_z_takes_back_a_tick_and_then_the_state_before_it(
    program: Program, page: ResultPage
) -> None:
    box = next(iter(ticks(page).boxes.values()))
    pick(page, "not_doing")
    box.click()

    undo(program)
    assert not box.isChecked()
    assert picker(page).box.value() == "not_doing"
    undo(program)
    assert picker(page).box.value() == "to_do"

    program.window.do("&Redo")
    assert picker(page).box.value() == "not_doing"


def test_a_closed_list_of_states_leaves_the_page_keys_to_the_page(
    program: Program, page: ResultPage
) -> None:
    pick(page, "done")
    box = picker(page).box
    box.setFocus()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        QTest.keyClick(box, key)

    assert box.value() == "done"


def test_a_result_whose_case_goes_with_an_undo_is_left(program: Program, page: ResultPage) -> None:
    bench = bench_of(program)
    result = bench.result
    assert result is not None
    assert result.finished.case_id is not None
    cases = [result.finished.case_id]
    desks_of(program).histories.delete(cases=cases)
    undo(program)
    bench.open_evaluation(result.finished.evaluation or 0)

    program.window.do("&Redo")

    assert isinstance(program.window.page, StartPage)
    assert bench.result is None


def test_what_was_done_is_taken_back_after_the_page_has_gone(
    program: Program, page: ResultPage
) -> None:
    result = bench_of(program).result
    assert result is not None
    pick(page, "done")
    bench_of(program).show_start()

    undo(program)

    assert program.window.undo_bar.sentence == "Undone: Noted for “Contoso AB (Sample)”."
    bench_of(program).open_evaluation(result.finished.evaluation or 0)
    assert picker(page_of(program)).box.value() == "to_do"


def test_what_is_done_is_followed_up_and_no_longer_when_it_is_not(page: ResultPage) -> None:
    due = due_card(page)
    assert due.rows.rows == []

    pick(page, "done")
    assert [row.one.kind for row in due.rows.rows] == ["claim-approved", "claim-shows"]

    pick(page, "in_progress")
    assert due.rows.rows == []


def test_a_due_date_is_done_and_put_off_and_undone(program: Program, page: ResultPage) -> None:
    pick(page, "done")
    due = due_card(page)
    first = due.rows.rows[0].one

    QApplication.processEvents()
    button(due, "Put off").click()
    assert due.rows.rows[0].one.snoozed_until == first.shown_on + timedelta(days=7)
    QApplication.processEvents()
    button(due, "Done").click()
    assert [row.one.done_on for row in due.rows.rows].count(date(2026, 11, 22)) == 1

    undo(program)
    undo(program)
    assert due.rows.rows[0].one == first


def test_a_due_date_of_ones_own_needs_its_words_and_a_day(page: ResultPage) -> None:
    due = due_card(page)
    form = due.form
    form.what.pick("own")
    form.what.activated.emit(form.what.currentIndex())
    form.add()
    assert due.rows.rows == []

    form.title.set_text("Call Anna & Jörg")
    form.day.set_text("1 Dec 2026")
    form.add()

    [row] = due.rows.rows
    assert (row.one.title, row.one.due) == ("Call Anna & Jörg", date(2026, 12, 1))


def test_a_subscription_that_ends_is_followed_up_as_the_rules_say(page: ResultPage) -> None:
    due = due_card(page)
    due.form.what.pick("subscription_ends")
    due.form.day.set_text("2027-03-31")
    due.form.add()

    assert {row.one.kind for row in due.rows.rows} == {"claim-renewal"}
    assert {row.one.due for row in due.rows.rows} == {date(2027, 3, 31)}


def test_once_a_claim_is_done_it_is_asked_when_the_subscription_ends(
    program: Program, page: ResultPage
) -> None:
    [ends] = first_action(page).findChildren(NextDay)
    assert ends.isHidden()

    pick(page, "done")
    assert not ends.isHidden()
    ends.day.set_text("some day")
    ends.add_button.click()
    assert "Enter a date" in ends.day.edit.accessibleDescription()
    ends.day.set_text("1.1.1066")
    ends.add_button.click()
    assert "1066 is too far away. Check the year." in ends.day.edit.accessibleDescription()
    assert ends.planned.text() == ""
    ends.day.set_text("31 Mar 2027")
    QTest.keyClick(ends.day.edit, Qt.Key.Key_Return)

    renewals = [row.one for row in due_card(page).rows.rows if row.one.kind == "claim-renewal"]
    action = first_action(page).action.guidance
    assert [(one.action, one.due) for one in renewals] == [(action, date(2027, 3, 31))]
    assert ends.planned.text().startswith("Due on 31 Mar 2027: The claim ends")
    ends.day.set_text("30 Apr 2027")
    ends.add_button.click()
    assert ends.planned.text().startswith("Due on 30 Apr 2027")
    undo(program)
    assert ends.planned.text().startswith("Due on 31 Mar 2027")
    undo(program)
    assert ends.planned.text() == ""


def test_a_dpor_that_is_in_place_is_asked_about_every_subscription(
    program: Program, book: Rulebook
) -> None:
    answers: dict[str, Answer] = {
        "channel": "enterprise_agreement",
        "cloud": "commercial",
        "subscription": "active_paid",
        "products": ("sales",),
        "metrics": ("usage_growth",),
        "incumbent": ("us_dpor",),
    }
    held = recommend(book, Scenario(as_of=date(2026, 11, 22), answers=answers))
    bench = bench_of(program)
    bench.open_evaluation(bench.history.finish(None, Customer(name="Contoso"), held, NOON))

    asked = page_of(program).findChildren(NextDay)

    assert [one.day.edit.accessibleName() for one in asked] == [
        "When does the subscription end? (optional)",
        "When does the next new subscription begin? (optional)",
    ]
    asked[1].day.set_text("2027-01-15")
    asked[1].add_button.click()
    assert [row.one.kind for row in due_card(page_of(program)).rows.rows] == [
        "dpor-new-subscription"
    ]


def test_the_note_is_on_the_disk_when_the_window_closes(
    start: Callable[[], Program], program: Program, page: ResultPage
) -> None:
    note_card(page).field.set_text("Anna decides in June")

    _, page = again(start, program)

    assert note_card(page).field.text() == "Anna decides in June"


def test_a_note_that_is_too_long_says_by_how_much_and_is_not_cut(page: ResultPage) -> None:
    note = note_card(page)
    note.field.set_text("x" * 4_001)
    note.save()

    assert len(note.field.text()) == 4_001
    assert "4000 characters or fewer (you have 4001)" in note.field.edit.accessibleDescription()


def test_an_action_is_copied_as_text(page: ResultPage) -> None:
    card = first_action(page)

    card.copy_button.click()

    copied = QGuiApplication.clipboard().text()
    assert card.action.title.for_us in " ".join(copied.split())
    assert all(step.for_us.split()[0] in copied for step in card.action.steps)
    assert card.copy_button.text() == "Copied"


def test_what_cannot_be_saved_says_so_and_stays_as_it_was(
    program: Program, page: ResultPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_all: object, **_named: object) -> None:
        raise CannotWrite(as_written("Not saved: the disk is full."))

    monkeypatch.setattr(Actions, "tick", refuse)
    box = next(iter(ticks(page).boxes.values()))
    box.click()

    assert not box.isChecked()
    assert "the disk is full" in program.window.said


def test_space_ticks_what_has_the_focus(page: ResultPage) -> None:
    box = next(iter(ticks(page).boxes.values()))
    box.setFocus()

    QTest.keyClick(box, Qt.Key.Key_Space)

    assert box.isChecked()


def test_every_box_and_list_has_a_name_of_its_own(page: ResultPage) -> None:
    boxes = [
        one
        for card in page.cards
        if isinstance(card, ActionCard)
        if card.ticks
        for one in card.ticks.boxes.values()
    ]
    states = [card.state.box for card in page.cards if isinstance(card, ActionCard) if card.state]

    assert all(box.accessibleName() for box in boxes)
    assert len({box.accessibleName() for box in states}) == len(states) > 0


def test_a_result_that_is_not_in_the_history_has_nothing_to_tick(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_all: object, **_named: object) -> None:
        raise CannotWrite(as_written("Not saved: the disk is full."))

    bench = bench_of(program)
    bench.open_sample()
    monkeypatch.setattr(History, "save_draft", refuse)
    bench.go_on()

    card = first_action(page_of(program))
    assert card.state is None
    assert card.ticks is None


def test_what_is_undone_after_coming_back_is_seen(program: Program, page: ResultPage) -> None:
    pick(page, "done")
    bench_of(program).print_result()
    bench_of(program).go_back()
    back = page_of(program)
    assert back is not page
    assert picker(back).box.value() == "done"

    undo(program)

    assert picker(back).box.value() == "to_do"


def test_enter_in_a_field_takes_what_was_typed_and_prints_nothing(
    program: Program, page: ResultPage
) -> None:
    field = page.findChild(QLineEdit)
    assert field is not None
    field.setFocus()

    QTest.keyClick(field, Qt.Key.Key_Return)

    assert program.window.page is page


def test_the_note_of_the_first_step_is_the_note_of_the_case(program: Program) -> None:
    bench = bench_of(program)
    bench.open_sample()
    assert bench.session is not None
    bench.session.set_field("note", "Renewal in May")
    bench.go_on()

    assert note_card(page_of(program)).field.text() == "Renewal in May"
