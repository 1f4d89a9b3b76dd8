"""Meeting mode: whatever is done in it, nothing that is ours can be seen or heard."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Text
from nca_wizard.settings import Settings, save_settings
from nca_wizard.ui.buttons import LinkButton
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.customer_page import CustomerPage
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.meeting_result import MeetingResultPage
from nca_wizard.ui.meeting_start import MeetingStartPage
from nca_wizard.ui.preview import PreviewPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.question_page import QuestionPage
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.start_page import StartPage
from tests.ui.walking import about_of, bench_of, desks_of, session_of

OTHER = "Fabrikam Ltd"
NOTE = "Rebate promised in May."
# What no customer is to read, in both languages. Incentives stand in the way through a menu of
# Microsoft's that the customer does not go.
WORDS = re.compile(
    r"\b(scor\w*|points?|punkte?n?|incentive\w*|designation\w*|bezeichnung\w*|rebate\w*|rabatt\w*|"
    r"net customer adds?|nettokunden\w*|usage growth|nutzungswachstum|deployments?|"
    r"bereitstellung\w*|cpor|dpor|pal|usd|dollars?|floors?|tracks?|internal note|interne notiz)\b",
    re.IGNORECASE,
)
ANSWERS: Answers = {
    "channel": "enterprise_agreement",
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


def seen(root: QWidget) -> Iterator[str]:
    """Every text of a window that can be seen, hovered over or heard."""
    yield root.windowTitle()
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root):
            continue
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield from (widget.text(), widget.placeholderText(), *completed(widget))
        if isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))


def completed(field: QLineEdit) -> Iterator[str]:
    completer = field.completer()
    if completer is not None:
        model = completer.model()
        yield from (str(model.index(row, 0).data()) for row in range(model.rowCount()))


def in_menus(root: QObject) -> Iterator[str]:
    for action in root.findChildren(QAction):
        if action.isVisible():
            yield from (action.text(), action.toolTip(), action.statusTip())


def texts_of_ours(book: Rulebook) -> set[str]:
    """What is said to us alone, as far as it differs from what is said to the customer."""
    ours, theirs = set(), set()

    def gather(value: object) -> None:
        if isinstance(value, Text):
            ours.add(value.for_us)
            theirs.add(value.for_customer)
        elif isinstance(value, tuple):
            for one in value:
                gather(one)
        elif hasattr(value, "__pydantic_fields__"):
            for name in value.__pydantic_fields__:
                gather(getattr(value, name))

    gather(book)
    return {text for text in ours - theirs if len(text) > 20}


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "en"))


@pytest.fixture
def program(start: Callable[[], Program], language: str, tmp_path: Path) -> Program:
    save_settings(Settings(language=language), tmp_path / "data" / "settings.json")
    return start()


@pytest.fixture
def check(program: Program, book: Rulebook) -> Callable[[], None]:
    """Look at all there is to see now."""

    window = program.window
    t = bench_of(program)._texts
    ours = {t(text) for text in texts_of_ours(book)}

    def looked() -> None:
        QApplication.processEvents()
        roots = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        everything = [text for root in roots for text in seen(root)]
        everything += [*in_menus(window), window.status, window.said]
        for text in everything:
            assert OTHER not in text
            assert NOTE not in text
            assert not WORDS.search(text), text
            assert text not in ours
        assert window.windowTitle().endswith(f"NCA Wizard - {t('Meeting mode')}")

    return looked


def shows(program: Program, kind: type[QWidget]) -> bool:
    return isinstance(program.window.page, kind)


def switch(program: Program) -> None:
    window = program.window
    QTest.keyClick(
        QApplication.focusWidget() or window,
        Qt.Key.Key_M,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    QApplication.processEvents()


def other_customer(program: Program) -> None:
    bench = bench_of(program)
    for _ in range(2):
        bench.new_case()
        fill(program, OTHER)
        bench.change("5b")
        bench.go_on()
        bench.go_on()
        assert shows(program, ResultPage)
    bench.new_case()
    session_of(program).set_field("name", OTHER)
    bench.show_start()


def fill(program: Program, name: str) -> None:
    session = session_of(program)
    session.set_field("name", name)
    session.set_field("note", NOTE)
    for question, answer in ANSWERS.items():
        session.answer(question, answer)


@pytest.mark.parametrize("language", ["en", "de"], indirect=True)
def test_no_screen_shows_what_is_ours(program: Program, check: Callable[[], None]) -> None:
    other_customer(program)
    bench, window = bench_of(program), program.window

    window.offer_undo(f"Deleted “{OTHER}”.", "Undo", lambda: None)
    switch(program)
    assert shows(program, MeetingStartPage)
    check()
    window.offer_undo(f"Deleted “{OTHER}”.", "Undo", lambda: None)
    check()
    for closed in (desks_of(program).histories.show_history, bench.show_settings):
        closed()
        assert shows(program, MeetingStartPage)
        check()
    with about_of(program) as box:
        check()
        box.show_licences()

    bench.new_case()
    fill(program, "Contoso AB")
    bench.change("1")
    assert isinstance(window.page, CustomerPage)
    check()
    window.page.show_panel()
    check()
    walked = []
    for _ in range(20):
        if shows(program, CheckPage):
            break
        bench.go_on()
        walked.append(session_of(program).page)
        check()
    session_of(program).answer("channel", "mixed")
    for page in ("2", "2b", "3", "3b"):
        bench.change(page)
        assert shows(program, QuestionPage)
        check()
    session_of(program).answer("channel_by_product", {})
    bench.go_on()
    check()
    session_of(program).answer("channel", "enterprise_agreement")
    bench.change("2")
    bench.go_on()
    assert shows(program, CheckPage)
    assert set(walked) <= {"2", "2b", "3", "check"}

    bench.go_on()
    assert shows(program, MeetingResultPage)
    check()
    bench.print_result()
    assert isinstance(window.page, PreviewPage)
    check()
    window.page.copy_text()
    check()
    assert not WORDS.search(QApplication.clipboard().text())
    bench.go_back()
    assert shows(program, MeetingResultPage)


def test_no_key_leads_out_of_it_but_its_own(program: Program) -> None:
    switch(program)
    before = program.window.page
    for key in (Qt.Key.Key_H, Qt.Key.Key_Comma, Qt.Key.Key_O):
        QTest.keyClick(program.window, key, Qt.KeyboardModifier.ControlModifier)

    assert program.window.page is before

    switch(program)
    assert program.window.windowTitle() == "NCA Wizard"


def test_the_page_before_comes_back_as_it_was(program: Program) -> None:
    other_customer(program)
    desks_of(program).histories.show_history()
    before = program.window.page
    assert isinstance(before, HistoryPage)

    switch(program)
    assert shows(program, MeetingStartPage)
    switch(program)

    assert program.window.page is before
    assert before.isVisible()


def test_a_page_of_ours_comes_back_after_the_check_page(program: Program) -> None:
    bench_of(program).new_case()
    fill(program, "Contoso AB")
    bench_of(program).change("5b")
    bench_of(program).go_on()
    bench_of(program).change("4")

    switch(program)
    assert session_of(program).page == "check"
    switch(program)

    assert session_of(program).page == "4"
    assert session_of(program).returning


def test_what_was_done_meanwhile_stays(program: Program) -> None:
    other_customer(program)
    switch(program)
    bench_of(program).new_case()
    session_of(program).set_field("name", "Contoso AB")
    switch(program)

    assert isinstance(program.window.page, CustomerPage)
    assert session_of(program).customer.name == "Contoso AB"
    assert program.window.windowTitle() == "Contoso AB - NCA Wizard"


def test_a_result_says_what_the_customer_copy_says(program: Program) -> None:
    bench_of(program).new_case()
    fill(program, "Contoso AB")
    bench_of(program).change("5b")
    bench_of(program).go_on()
    bench_of(program).go_on()
    before = program.window.page
    assert isinstance(before, ResultPage)

    switch(program)
    page = program.window.page
    assert isinstance(page, MeetingResultPage)
    assert page.cards[0].accessibleName() == "What you told us"
    switch(program)

    assert program.window.page is before


def test_answers_of_ours_that_cannot_be_evaluated_are_for_after_the_meeting(
    program: Program,
) -> None:
    bench_of(program).new_case()
    fill(program, "Contoso AB")
    session_of(program).answer("metrics", ("net_customer_adds", "unknown"))
    bench_of(program).change("3")
    switch(program)
    bench_of(program).go_on()
    bench_of(program).go_on()

    assert shows(program, CheckPage)
    assert program.window.said.startswith("These answers need a look first.")


def test_the_button_beside_the_menus_says_what_it_does(program: Program) -> None:
    corner = program.window.menuBar().cornerWidget()
    assert isinstance(corner, LinkButton)
    assert corner.text() == "Meeting mode"

    corner.click()
    assert program.window.windowTitle() == "NCA Wizard - Meeting mode"
    assert corner.text() == "End meeting mode"

    corner.click()
    assert program.window.windowTitle() == "NCA Wizard"


def test_the_button_goes_where_it_would_hide_a_menu_and_comes_back(
    start: Callable[[], Program], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    save_settings(Settings(language="de", text_size=200), tmp_path / "data" / "settings.json")
    program = start()
    bar = program.window.menuBar()
    corner = bar.cornerWidget()

    for width, there in ((760, False), (1000, True), (760, False)):
        program.window.resize(width, 520)
        QApplication.processEvents()
        assert corner.isVisible() == there
        ends = max(bar.actionGeometry(one).right() for one in bar.actions())
        assert ends < (corner.x() if there else width)

    for size, there in ((100, True), (200, False), (150, True), (200, False), (110, True)):
        program.theme.set_text_size(size)
        QApplication.processEvents()
        assert corner.isVisible() == there


def test_the_window_opens_in_meeting_mode_where_that_is_set(
    program: Program, start: Callable[[], Program], tmp_path: Path
) -> None:
    bench_of(program).new_case()
    session_of(program).set_field("name", OTHER)
    bench_of(program).take_settings(Settings(language="en", meeting_at_start=True))
    program.window.close()
    # Where the rules that were imported are kept is a thing of ours.
    (tmp_path / "data" / "rules").mkdir(exist_ok=True)
    (tmp_path / "data" / "rules" / "00000099.ncarules").write_bytes(b"damaged")

    again = start()

    assert isinstance(again.window.page, MeetingStartPage)
    assert again.window.windowTitle() == "NCA Wizard - Meeting mode"
    assert again.window.said == ""
    assert OTHER not in " ".join(seen(again.window))
    again.window.do("meeting")
    assert isinstance(again.window.page, StartPage)
    assert OTHER in " ".join(seen(again.window))
    assert "99" in again.window.said
    again.window.do("meeting")
    again.window.do("meeting")
    assert again.window.said == ""
