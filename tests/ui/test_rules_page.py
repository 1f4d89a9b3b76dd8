"""What changed in the rules, for whom, and importing an update, all in the open window."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.history.impact import impacts
from nca_wizard.history.store import DamagedHistory, History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.rules import comparison
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.sentences import as_written
from nca_wizard.texts import Texts
from nca_wizard.ui import rules_work
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.program import Program
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.rules_cards import ChangeRow
from nca_wizard.ui.rules_customers import CustomerRow, CustomersCard, count_sentence
from nca_wizard.ui.rules_page import RulesPage
from nca_wizard.ui.rules_work import Customers
from nca_wizard.ui.start_page import StartPage
from nca_wizard.updates import store
from nca_wizard.updates.reading import Update, read_update
from tests.ui.conftest import NOON
from tests.ui.results import T
from tests.ui.rules_updates import CSP_UNCLEAR, PUBLIC_KEY, update_file
from tests.ui.walking import about_of, bench_of, desks_of, session_of

CSP: Answers = {
    "channel": "csp_direct_bill",
    "cloud": "commercial",
    "subscription": "active_paid",
    "products": ("business_central",),
    "metrics": ("net_customer_adds", "usage_growth"),
    "track": "smb",
    "revenue": "from_1500",
    "our_part": ("influenced_purchase", "implements"),
    "incumbent": ("none",),
    "customer_names_us": "no",
}
EA: Answers = {**CSP, "channel": "enterprise_agreement"}


@pytest.fixture
def program(
    qapp: QApplication, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    """A program that verifies updates with the tests' key; its window may be replaced."""
    monkeypatch.setattr(store, "public_key_in", lambda _resources: PUBLIC_KEY)
    yield from started(qapp, tmp_path, clock)


@pytest.fixture
def keyless(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Program]:
    """A program that was built without a key."""
    yield from started(qapp, tmp_path, clock)


def started(qapp: QApplication, folder: Path, clock: Clock) -> Iterator[Program]:
    program = Program(qapp, DataFolder(folder / "data"), clock)
    program.window.show()
    program.load()
    QApplication.processEvents()
    yield program
    program.window.close()


@pytest.fixture
def update(tmp_path: Path) -> Path:
    return update_file(tmp_path / "new.ncarules", CSP_UNCLEAR)


@pytest.fixture
def customers(tmp_path: Path, book: Rulebook) -> None:
    """Three customers in the history, two of whom buy in CSP through us."""
    with History.open(tmp_path / "data" / "history.sqlite") as history:
        for name, answers in (("Contoso", CSP), ("Alpine & Söhne", CSP), ("Fabrikam", EA)):
            scenario = Scenario(as_of=date(2026, 11, 1), answers=answers)
            history.finish(None, Customer(name=name), recommend(book, scenario), NOON)


def page_of(program: Program) -> RulesPage:
    page = program.window.page
    assert isinstance(page, RulesPage)
    return page


def customers_of(program: Program) -> CustomersCard:
    card = page_of(program).customers
    assert card is not None
    return card


def compared(qtbot: QtBot, program: Program) -> RulesPage:
    """The page, once all is computed and shown."""
    desk = desks_of(program).rules
    qtbot.waitUntil(lambda: not desk._works, timeout=20_000)
    for _ in range(20):
        QApplication.processEvents()
    return page_of(program)


def previewed(qtbot: QtBot, program: Program, path: Path) -> RulesPage:
    assert program.desks is not None
    program.desks.rules.preview(path)
    return compared(qtbot, program)


def taken(qtbot: QtBot, program: Program, path: Path) -> RulesPage:
    """Import an update and use it."""
    before, page = program.window, previewed(qtbot, program, path)
    page.use_button.click()
    qtbot.waitUntil(lambda: program.window is not before)
    return compared(qtbot, program)


def words_on(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if not label.isHidden()]


def rows_of(program: Program) -> list[CustomerRow]:
    return page_of(program).findChildren(CustomerRow)


def action(program: Program, text: str) -> QAction:
    return next(one for one in program.window.findChildren(QAction) if one.text() == text)


# --- Nothing to compare ----------------------------------------------------------------------


def test_the_first_rules_have_nothing_to_be_compared_with(qtbot: QtBot, program: Program) -> None:
    action(program, "&What changed in the rules").trigger()

    words = words_on(compared(qtbot, program))

    assert "These rules are the first on this computer" in words
    assert "There is nothing to compare them with yet." in words
    assert page_of(program).customers is None


def test_the_start_page_leads_to_what_changed(qtbot: QtBot, program: Program) -> None:
    page = program.window.page
    assert isinstance(page, StartPage)
    (link,) = (
        button
        for button in page.findChildren(QAbstractButton)
        if button.accessibleName() == "What changed in the rules"
    )

    link.click()

    assert compared(qtbot, program).accessibleName() == "What changed in the rules"


def test_without_a_key_the_import_is_off_and_says_why(qtbot: QtBot, keyless: Program) -> None:
    command = action(keyless, "&Import rules update…")
    action(keyless, "&What changed in the rules").trigger()
    page = compared(qtbot, keyless)

    assert not command.isEnabled()
    assert "built without the key" in command.toolTip()
    assert not page.import_button.isEnabled()
    assert page.import_button.toolTip() == command.toolTip()
    assert page.import_button.accessibleDescription() == command.toolTip()
    assert command.toolTip() in words_on(page)


# --- An update, before it is used ------------------------------------------------------------


def test_an_update_is_shown_before_it_is_used(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    page = previewed(qtbot, program, update)

    assert page.accessibleName() == "What these rules change"
    assert page.summary.text().endswith("answers change")
    assert customers_of(program).counted.text() == "2 of your 3 customers would read differently"
    assert "CSP: automatic → unclear" in words_on(page)
    assert "If Channel is “Cloud Solution Provider, through us”" in words_on(page)
    assert "Rules 2026.11" in program.window.status


def test_in_the_preview_no_case_can_be_opened_or_evaluated(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    previewed(qtbot, program, update)

    assert all(row.again_button.isHidden() for row in rows_of(program))
    assert all(row.open_button.isHidden() for row in rows_of(program))


def test_the_present_rules_can_be_kept(qtbot: QtBot, program: Program, update: Path) -> None:
    previewed(qtbot, program, update).keep_button.click()

    assert isinstance(program.window.page, StartPage)
    assert "Rules 2026.11" in program.window.status
    assert list((program._folder.rules).glob("*.ncarules")) == []


def test_the_file_dialog_leads_to_the_preview(
    qtbot: QtBot, program: Program, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def choose(*arguments: object) -> tuple[str, str]:
        asked.append(arguments)
        return str(update), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)

    action(program, "&Import rules update…").trigger()

    assert compared(qtbot, program).shown.preview
    assert "*.ncarules" in str(asked[0][-1])


def test_an_update_opened_from_the_file_manager_leads_to_the_preview(
    qtbot: QtBot, program: Program, update: Path
) -> None:
    program.open_file(update)

    assert compared(qtbot, program).shown.preview


def test_a_dialog_that_is_left_changes_nothing(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))

    action(program, "&Import rules update…").trigger()

    assert isinstance(program.window.page, StartPage)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda data: data[:-1], "is incomplete"),
        (lambda data: data[:-1] + b"x", "was changed after it was signed"),
        (lambda _: b"", "The file is empty."),
    ],
)
def test_a_refused_update_is_said_above_the_page_and_nothing_else_happens(
    qtbot: QtBot, program: Program, update: Path, spoil: Callable[[bytes], bytes], sentence: str
) -> None:
    update.write_bytes(spoil(update.read_bytes()))
    desk = desks_of(program).rules

    desk.preview(update)
    qtbot.waitUntil(lambda: not desk._works, timeout=20_000)

    assert sentence in program.window.said
    assert isinstance(program.window.page, StartPage)
    assert "Rules 2026.11" in program.window.status


def test_an_older_update_is_refused(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    taken(qtbot, program, update_file(tmp_path / "3.ncarules", CSP_UNCLEAR, serial=3))
    desk = desks_of(program).rules

    desk.preview(update_file(tmp_path / "2.ncarules", {}, version="2027.01"))
    qtbot.waitUntil(lambda: not desk._works, timeout=20_000)

    assert program.window.said == (
        "The rules update 2027.01 is older than the rules in use. Ask for the newest. "
        "The rules 2027.02 are still used."
    )


def test_a_disk_that_cannot_be_written_keeps_the_present_rules(
    qtbot: QtBot, program: Program, update: Path
) -> None:
    page = previewed(qtbot, program, update)
    folder = program._folder.rules
    for path in folder.glob("*"):
        path.unlink()
    folder.rmdir()
    folder.write_text("a file where the folder should be")

    page.use_button.click()

    assert page_of(program) is page
    assert program.window.said
    assert "Rules 2026.11" in program.window.status


# --- Using it --------------------------------------------------------------------------------


def test_the_window_works_with_the_new_rules_at_once(
    qtbot: QtBot, program: Program, update: Path
) -> None:
    page = taken(qtbot, program, update)

    assert page.accessibleName() == "What changed in the rules"
    assert program.window.said == "Rules 2027.02 are used from now on."
    assert "Rules 2027.02" in program.window.status
    bench_of(program).open_sample()
    assert session_of(program).rulebook.version == "2027.02"


def test_nothing_typed_is_lost_when_other_rules_are_taken(
    qtbot: QtBot, program: Program, update: Path
) -> None:
    bench_of(program).new_case()
    session_of(program).set_field("name", "Half a cust")

    taken(qtbot, program, update)
    bench_of(program).show_start()

    assert "Half a cust" in words_on(program.window)


def test_about_says_where_the_rules_came_from(qtbot: QtBot, program: Program, update: Path) -> None:
    with about_of(program) as box:
        shipped = box.facts["Rules"]
    taken(qtbot, program, update)
    with about_of(program) as box:
        imported = box.facts["Rules"]

    assert shipped.endswith("came with the program")
    assert imported == "2027.02, checked 22 Nov 2026, imported on 22 Nov 2026"


def test_any_two_of_the_rules_used_so_far_can_be_compared(
    qtbot: QtBot, program: Program, customers: None, update: Path, tmp_path: Path
) -> None:
    taken(qtbot, program, update)
    page = taken(qtbot, program, update_file(tmp_path / "3.ncarules", {}, serial=3))
    assert [page.old_book.itemText(row) for row in range(page.old_book.count())] == [
        "2027.02, imported on 22 Nov 2026 (in use)",
        "2027.02, imported on 22 Nov 2026",
        "2026.11, came with the program",
    ]

    page.old_book.setCurrentIndex(2)
    page.new_book.setCurrentIndex(1)
    page.new_book.activated.emit(1)
    older = compared(qtbot, program)

    assert older is not page
    assert "CSP: automatic → unclear" in words_on(older)
    # Who would read differently is told of the rules in use alone.
    assert older.customers is None


def test_rules_that_are_no_longer_whole_say_so(
    qtbot: QtBot, program: Program, update: Path
) -> None:
    taken(qtbot, program, update)
    for path in program._folder.rules.glob("*.ncabook"):
        path.write_bytes(b"damaged")
    assert program.desks is not None

    program.desks.rules.show_changes()

    assert "Rules 2026.11 can no longer be read" in words_on(compared(qtbot, program))


def test_the_texts_an_update_brings_along_are_shown_in_their_language(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    english = "A caution nobody has translated yet."
    path = update_file(
        tmp_path / "de.ncarules",
        {**CSP_UNCLEAR, 'name = "CSP"': f'name = "{english}"'},
        translations={"de": {english: "Noch nie übersetzt"}},
    )
    assert program.desks is not None
    program.desks.rules._t = Texts.load("de", resources() / "locale")

    words = words_on(previewed(qtbot, program, path))

    assert any("Noch nie übersetzt" in text for text in words)
    assert not any(english in text for text in words)


# --- Your customers --------------------------------------------------------------------------


def test_each_customer_has_the_old_and_the_new_verdict_sorted_by_name(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    taken(qtbot, program, update)

    names = [row.impact.outline.customer_name for row in rows_of(program)]

    assert names == ["Alpine & Söhne", "Contoso"]
    words = words_on(rows_of(program)[0])
    assert "Net customer adds and Usage growth: counts by itself → unclear" in words
    assert "Evaluated for 1 Nov 2026 with rules 2026.11" in words


def test_the_page_says_for_which_day_it_looked(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    taken(qtbot, program, update)

    assert any("for today, 22 Nov 2026" in text for text in words_on(customers_of(program)))


def test_evaluate_again_adds_an_evaluation_and_keeps_the_old_one(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    taken(qtbot, program, update)
    row = rows_of(program)[0]
    before = row.evaluation

    row.again_button.click()

    history = bench_of(program)._history
    newest, oldest = history.evaluations_of(row.impact.outline.case_id)
    assert (oldest.id, oldest.rulebook_version) == (before, "2026.11")
    assert (newest.id, newest.rulebook_version) == (row.evaluation, "2027.02")
    assert newest.verdicts == {"unclear": 2}
    assert row.about.text() == "Evaluated again. The earlier result stays in the history."
    assert row.again_button.isHidden()


def test_open_shows_the_newest_result_of_the_customer(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    taken(qtbot, program, update)
    row = rows_of(program)[0]
    row.again_button.click()

    row.open_button.click()

    page = program.window.page
    assert isinstance(page, ResultPage)
    assert page.older_rules.isHidden()
    assert "Alpine & Söhne" in program.window.windowTitle()


def test_after_evaluating_again_the_result_lists_both_and_opens_the_earlier_one(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    taken(qtbot, program, update)
    row = rows_of(program)[0]
    row.again_button.click()
    row.open_button.click()
    page = program.window.page
    assert isinstance(page, ResultPage)
    card = page.cards[-1]
    assert card.accessibleName() == "All evaluations of this customer"
    assert [text for text in words_on(card) if text.startswith("Evaluated for")] == [
        "Evaluated for 22 Nov 2026 with rules 2027.02",
        "Evaluated for 1 Nov 2026 with rules 2026.11",
    ]

    compare, earlier = card.findChildren(QAbstractButton)
    assert compare.accessibleName() == "Compare: 1 Nov 2026, rules 2026.11"
    assert earlier.accessibleName() == "Open: 1 Nov 2026, rules 2026.11"
    earlier.click()

    older = program.window.page
    assert isinstance(older, ResultPage)
    assert older is not page
    assert not older.older_rules.isHidden()
    assert older.cards[-1].accessibleName() == "All evaluations of this customer"


def test_a_customer_evaluated_once_has_no_such_list(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    taken(qtbot, program, update)

    rows_of(program)[0].open_button.click()

    page = program.window.page
    assert isinstance(page, ResultPage)
    assert page.cards[-1].accessibleName() != "All evaluations of this customer"


def test_a_history_without_customers_says_so(qtbot: QtBot, program: Program, update: Path) -> None:
    taken(qtbot, program, update)

    assert customers_of(program).counted.text() == "There are no customers in your history yet"


@pytest.mark.parametrize(
    ("number", "looked_at", "every", "sentence"),
    [
        (0, 0, 0, "There are no customers in your history yet"),
        (0, 1, 1, "Your one customer would read the same"),
        (1, 1, 1, "Your one customer would read differently"),
        (0, 212, 212, "None of your 212 customers would read differently"),
        (2, 1212, 1212, "2 of your 1,212 customers would read differently"),
        (2, 100, 212, "2 of the 100 customers looked at would read differently"),
    ],
)
def test_the_count_is_a_sentence(
    tmp_path: Path, book: Rulebook, number: int, looked_at: int, every: int, sentence: str
) -> None:
    unclear = tuple(
        rule.model_copy(update={"access": "unclear"}) if rule.id == "csp-direct-bill" else rule
        for rule in book.access
    )
    new = book.model_copy(update={"access": unclear})
    with History.open(tmp_path / "some.sqlite") as history:
        scenario = Scenario(as_of=date(2026, 11, 1), answers=CSP)
        history.finish(None, Customer(name="One"), recommend(book, scenario), NOON)
        (impact,) = impacts(history, book, new, NOON.date())

    assert count_sentence(T, Customers((impact,) * number, looked_at, every)) == sentence


def test_it_is_computed_beside_the_window(
    qtbot: QtBot,
    program: Program,
    customers: None,
    update: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[threading.Thread] = []
    real = comparison.compare

    def compare(*books: Rulebook) -> object:
        threads.append(threading.current_thread())
        return real(*books)

    monkeypatch.setattr(rules_work, "compare", compare)

    previewed(qtbot, program, update)

    assert threads
    assert threading.main_thread() not in threads


def test_looking_at_customers_can_be_stopped(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    desks_of(program).rules.preview(update)
    qtbot.waitUntil(lambda: isinstance(program.window.page, RulesPage), timeout=20_000)
    card = customers_of(program)

    # Now, that is before the first of the three is looked at.
    card.stop_button.click()
    compared(qtbot, program)

    assert card.progress.text() == "Stopped after 1 of 3 customers."
    assert not card.progress.isHidden()
    assert card.stop_button.isHidden()
    assert "of the 1 customers looked at" in card.counted.text()


def test_a_history_that_cannot_be_read_is_a_sentence_in_its_card(
    qtbot: QtBot,
    program: Program,
    update: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged(_path: Path) -> History:
        raise DamagedHistory(as_written("The history is damaged; it was left as it is."))

    monkeypatch.setattr(History, "open", damaged)

    page = previewed(qtbot, program, update)

    assert customers_of(program).progress.text() == "The history is damaged; it was left as it is."
    assert customers_of(program).stop_button.isHidden()
    assert page.summary.text().endswith("answers change")


def test_a_fault_nobody_foresaw_is_raised_in_the_window(
    qtbot: QtBot, program: Program, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_books: Rulebook) -> object:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(rules_work, "compare", broken)

    with qtbot.captureExceptions() as raised:
        previewed(qtbot, program, update)

    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_an_update_is_read_beside_the_window(
    qtbot: QtBot, program: Program, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def noted(*arguments: Any, **named: Any) -> Update:
        threads.append(threading.current_thread())
        return read_update(*arguments, **named)

    monkeypatch.setattr(store, "read_update", noted)

    previewed(qtbot, program, update)

    assert threads
    assert threading.main_thread() not in threads


def test_of_two_updates_opened_at_once_the_second_is_shown(
    qtbot: QtBot, program: Program, update: Path, tmp_path: Path
) -> None:
    desk = desks_of(program).rules
    desk.preview(update)

    page = previewed(qtbot, program, update_file(tmp_path / "3.ncarules", {}, version="2027.03"))

    assert page.shown.new.version == "2027.03"


def test_leaving_the_page_while_it_computes_is_no_fault(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    desk = desks_of(program).rules
    desk.preview(update)

    desks_of(program).histories.show_history()

    qtbot.waitUntil(lambda: not desk._works, timeout=20_000)


def test_closing_the_window_while_it_computes_waits_for_it(
    program: Program, customers: None, update: Path
) -> None:
    desk = desks_of(program).rules
    desk.preview(update)

    program.window.close()

    assert all(work.has_ended for work in desk._works)


# --- Keyboard, screen reader -----------------------------------------------------------------


def test_enter_uses_the_new_rules(qtbot: QtBot, program: Program, update: Path) -> None:
    page = previewed(qtbot, program, update)
    before = program.window

    QTest.keyClick(page, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: program.window is not before)
    assert "Rules 2027.02" in program.window.status
    compared(qtbot, program)


def test_the_keys_scroll_the_page(qtbot: QtBot, program: Program, update: Path) -> None:
    page = previewed(qtbot, program, update)

    QTest.keyClick(page, Qt.Key.Key_End)

    bar = page.scrolled.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_everything_to_operate_has_a_name_of_its_own(
    qtbot: QtBot, program: Program, customers: None, update: Path
) -> None:
    page = taken(qtbot, program, update)

    names = [
        button.accessibleName()
        for button in page.findChildren(QAbstractButton)
        if button.isVisibleTo(page)
    ]

    assert "Evaluate again: Contoso" in names
    assert "Open: Contoso" in names
    assert any(name.startswith("Why: CSP: automatic → unclear") for name in names)
    assert "" not in names


def test_the_causes_are_shown_when_asked_for(qtbot: QtBot, program: Program, update: Path) -> None:
    page = previewed(qtbot, program, update)
    row = page.findChildren(ChangeRow)[0]
    before = words_on(row)

    row.why.link.click()
    QApplication.processEvents()

    shown = [text for text in words_on(row) if text not in before]
    assert "Before" in shown or "With both rulebooks" in shown
    assert any("Rule csp-direct-bill" in text for text in shown)
