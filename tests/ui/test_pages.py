"""Every page: its names, its errors, its texts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.exchange import case_file
from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.settings import Colours
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.customer_page import CustomerPage
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.program import Program
from nca_wizard.ui.question_block import ByProductBlock
from nca_wizard.ui.question_page import QuestionPage
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.widgets import (
    CheckRow,
    Heading,
    Label,
    PrimaryButton,
    RadioRow,
    SecondaryButton,
)
from tests.ui.conftest import NOON
from tests.ui.results import samples, words_on
from tests.ui.test_result_page import buttons_in
from tests.ui.walking import SCENARIO_B, bench_of, session_of

ODD_NAMES = (
    "R&D Corp",
    "<b>Evil</b>",
    "O'Brien",
    "x" * 120,
    "東京株式会社",
    "שלום חברה",
    "&Co",
    "3",
)

HOW_MANY = "Choose all that apply"


def answers_of_b(book: Rulebook) -> dict[str, Answer]:
    return {
        question: chosen if book.question(question).kind == "several" else chosen[0]
        for question, chosen in SCENARIO_B.items()
    }


def walk_pages(program: Program, book: Rulebook, name: str = "Contoso") -> Iterator[CasePage]:
    """Show every page of scenario B, mixed channels included, up to the check page."""
    answers: dict[str, Answer] = {
        **answers_of_b(book),
        "channel": "mixed",
        "products": ("sales", "business_central"),
        "channel_by_product": {
            "sales": "enterprise_agreement",
            "business_central": "csp_direct_bill",
        },
    }
    bench = bench_of(program)
    bench.new_case()
    while True:
        page = program.window.page
        assert isinstance(page, CasePage)
        yield page
        if isinstance(page, CheckPage):
            return
        session = session_of(program)
        session.set_field("name", name)
        for question in session.questions(session.page):
            session.answer(question.id, answers[question.id])
        bench.go_on()


def focusable(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]


def settle() -> None:
    """Let layouts come to rest: a height that follows a width needs more than one round."""
    for _ in range(3):
        QApplication.processEvents()


def accessible_name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_every_page_has_one_heading_one_primary_button_back_and_a_reason(
    program: Program, book: Rulebook
) -> None:
    for page in walk_pages(program, book):
        assert len([h for h in page.findChildren(Heading) if h.isVisible()]) == 1
        assert len([b for b in page.findChildren(PrimaryButton) if b.isVisible()]) == 1
        backs = [b for b in page.findChildren(SecondaryButton) if b.text() == "&Back"]
        assert len(backs) == (0 if isinstance(page, CustomerPage) else 1)
        assert page.accessibleName()


def test_every_caption_ends_in_of_5(program: Program, book: Rulebook) -> None:
    for page in walk_pages(program, book):
        captions = [label.text() for label in page.findChildren(Label)]
        assert any("of 5" in caption for caption in captions)


def test_every_focusable_widget_has_a_name(program: Program, book: Rulebook) -> None:
    start = program.window.page
    assert start is not None
    assert all(accessible_name(widget) for widget in focusable(start))

    for page in walk_pages(program, book):
        nameless = [widget for widget in focusable(page) if not accessible_name(widget)]
        assert nameless == []


def test_nothing_is_chosen_on_a_new_page_and_rows_are_large_enough(
    program: Program, book: Rulebook
) -> None:
    bench = bench_of(program)
    bench.new_case()
    session_of(program).set_field("name", "Contoso")
    bench.go_on()

    page = program.window.page
    assert isinstance(page, QuestionPage)
    rows = [*page.findChildren(RadioRow), *page.findChildren(CheckRow)]
    assert rows
    assert not any(row.isChecked() for row in rows)
    assert all(row.height() >= 40 for row in rows)


def test_where_several_may_be_chosen_it_is_said(program: Program, book: Rulebook) -> None:
    several = set()
    for page in walk_pages(program, book):
        if not isinstance(page, QuestionPage):
            continue
        for block in page.blocks.values():
            said = [label for label in block.findChildren(Label) if label.text() == HOW_MANY]
            expected = block.question.kind == "several"
            assert len([label for label in said if label.isVisible()]) == expected
            assert (block.accessibleDescription() == HOW_MANY) == expected
            block.set_error("Wrong")
            assert block.accessibleDescription() == "Wrong"
            block.set_error("")
            assert (block.accessibleDescription() == HOW_MANY) == expected
            several |= {block.question.id} if expected else set()
    assert several == {"products", "metrics", "our_part", "incumbent"}


def test_a_new_page_shows_the_focus_at_its_first_choice(program: Program, book: Rulebook) -> None:
    for page in walk_pages(program, book):
        if not isinstance(page, QuestionPage):
            continue
        first = next(iter(page.blocks.values()))
        focused = QApplication.focusWidget()
        assert focused is not None
        assert first.isAncestorOf(focused)
        assert not focused.visibleRegion().isEmpty()
        assert session_of(program).answers.get(first.question.id) is None
        if isinstance(focused, RadioRow | CheckRow):
            with_focus = focused.grab().toImage()
            page.setFocus()
            assert focused.grab().toImage() != with_focus


def test_continue_on_an_empty_page_shows_the_same_error_on_top_and_beside(
    program: Program, book: Rulebook
) -> None:
    bench = bench_of(program)
    for page in walk_pages(program, book):
        if isinstance(page, CheckPage):
            return
        session = session_of(program)
        for question in session.questions(session.page):
            session.answer(question.id, None)
        if isinstance(page, CustomerPage):
            session.set_field("name", "")
        assert page.primary is not None
        assert page.primary.isEnabled()
        bench.go_on()

        assert page.errors.isVisible()
        assert page.errors.hasFocus()
        assert program.window.windowTitle().startswith("Error: ")
        beside = {label.text() for label in page.findChildren(Label) if label.isVisible()}
        for sentence in page.errors.sentences:
            assert sentence in beside
            assert not any(
                word in sentence.casefold() for word in ("please", "invalid", "oops", "sorry")
            )
        page.errors.activate_first()
        assert page.errors.hasFocus() is False


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_is_shown_literally_everywhere(program: Program, book: Rulebook, name: str) -> None:
    bench = bench_of(program)
    for page in walk_pages(program, book, name):
        if isinstance(page, CustomerPage):
            continue
        shown = [label for label in page.findChildren(Label) if label.text() == name]
        assert shown
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in shown)
        assert program.window.windowTitle() == f"{name} - NCA Wizard"
    bench.go_on()
    assert isinstance(program.window.page, ResultPage)
    bench.show_start()

    assert name in [label.text() for label in page_of(program).findChildren(Label)]


def page_of(program: Program) -> QWidget:
    page = program.window.page
    assert page is not None
    return page


def test_the_wheel_changes_no_list(program: Program, book: Rulebook) -> None:
    for page in walk_pages(program, book):
        lists = page.findChildren(QComboBox)
        for each in lists:
            before = each.currentIndex()
            for focused in (False, True):
                if focused:
                    each.setFocus()
                wheel = QWheelEvent(
                    QPointF(5, 5),
                    QPointF(5, 5),
                    QPoint(0, -120),
                    QPoint(0, -120),
                    Qt.MouseButton.NoButton,
                    Qt.KeyboardModifier.NoModifier,
                    Qt.ScrollPhase.NoScrollPhase,
                    False,
                )
                QApplication.sendEvent(each, wheel)
            assert each.currentIndex() == before


def test_the_focused_widget_is_always_in_sight_and_tab_goes_downwards(
    program: Program, book: Rulebook
) -> None:
    program.window.resize(760, 520)
    for page in walk_pages(program, book):
        QApplication.processEvents()
        page.setFocus()
        for _ in range(len(focusable(page))):
            page.focusNextPrevChild(True)
            QApplication.processEvents()
            focused = QApplication.focusWidget()
            if focused is None or not page.scrolled.isAncestorOf(focused):
                continue
            top = focused.mapTo(page.scrolled.viewport(), QPoint(0, 0)).y()
            assert top >= 0
            assert top + min(focused.height(), 40) <= page.scrolled.viewport().height()


@pytest.mark.parametrize("size", [(760, 520), (1000, 680), (1366, 768)])
@pytest.mark.parametrize("text_size", [100, 200])
def test_nothing_scrolls_sideways_and_the_primary_button_is_in_sight(
    program: Program, book: Rulebook, size: tuple[int, int], text_size: int
) -> None:
    program.theme.set_text_size(text_size)
    program.window.resize(*size)
    for page in walk_pages(program, book):
        settle()
        assert page.primary is not None
        right = page.primary.mapTo(page, QPoint(page.primary.width(), 0)).x()
        assert right <= page.width()
        contents = page.scrolled.widget()
        assert contents is not None
        assert contents.minimumSizeHint().width() <= page.scrolled.viewport().width()
        for row in (*page.findChildren(RadioRow), *page.findChildren(CheckRow)):
            if row.isVisible():
                assert row.height() >= row.heightForWidth(row.width())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_change_while_a_page_is_open(program: Program, scheme: Colours) -> None:
    bench_of(program).new_case()

    program.theme.use(scheme)
    QApplication.processEvents()

    ground = page_of(program).grab().toImage().pixelColor(5, 5).name().upper()
    assert ground == program.theme.colours.bg


def test_check_shows_a_line_for_every_visible_question(program: Program, book: Rulebook) -> None:
    *_, page = walk_pages(program, book)

    assert isinstance(page, CheckPage)
    keys = [line.key for line in page.lines]
    assert [key for key in keys if key in SCENARIO_B or key == "channel_by_product"] == [
        question.id for question in session_of(program).visible_questions()
    ]
    said = [label.text() for label in page.findChildren(Label)]
    assert "Not provided" in said


def test_a_day_that_is_none_is_said_beside_the_field(program: Program, book: Rulebook) -> None:
    *_, page = walk_pages(program, book)
    assert isinstance(page, CheckPage)

    page.date.set_text("32 Nov 2026")
    bench_of(program).go_on()

    assert page.errors.sentences == ("Result date must be a date such as 22 Nov 2026",)

    page.date.set_text("1 nov 2026")
    bench_of(program).go_on()
    result = bench_of(program).result
    assert result is not None
    assert result.finished.recommendation.rulebook.as_of.isoformat() == "2026-11-01"


def test_an_error_for_one_product_stands_beside_it(program: Program, book: Rulebook) -> None:
    bench = bench_of(program)
    for page in walk_pages(program, book):
        if session_of(program).page != "3b":
            continue
        assert isinstance(page, QuestionPage)
        session_of(program).answer("channel_by_product", {"sales": "web_direct"})
        bench.go_on()

        assert page.errors.sentences == ("Select how Business Central is bought",)
        assert isinstance(page.blocks["channel_by_product"], ByProductBlock)
        page.errors.activate_first()
        assert isinstance(QApplication.focusWidget(), QComboBox)
        return


def test_the_sample_opens_on_the_check_page(program: Program) -> None:
    bench_of(program).open_sample()

    assert isinstance(program.window.page, CheckPage)
    assert "Sample" in program.window.windowTitle()


def test_a_case_file_that_cannot_be_read_is_one_sentence_and_changes_nothing(
    program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "Q4.ncacase"
    path.write_text('{"format": "ncacase", "version"', encoding="utf-8")
    before = program.window.page

    bench_of(program).open_file(path)

    assert program.window.page is before
    assert '"Q4.ncacase"' in program.window.said


def test_an_unknown_id_in_a_case_file_is_named(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "x.ncacase"
    case_file.write(path, case_file.CaseFile(answers={"channel": "eas"}))

    bench_of(program).open_file(path)

    assert "eas" in program.window.said


def test_a_case_without_a_name_asks_for_it_before_the_result(
    program: Program, book: Rulebook, tmp_path: Path
) -> None:
    path = tmp_path / "x.ncacase"
    case_file.write(path, case_file.CaseFile(answers=answers_of_b(book)))
    bench_of(program).open_file(path)

    bench_of(program).go_on()

    page = program.window.page
    assert isinstance(page, CustomerPage)
    assert page.errors.sentences == ("Enter the customer's name",)


def test_a_result_can_be_changed_and_evaluated_again(program: Program, book: Rulebook) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    assert isinstance(program.window.page, ResultPage)

    bench.change_answer("channel")
    assert session_of(program).page == "2"
    session_of(program).answer("channel", "csp_direct_bill")
    bench.go_on()
    while not isinstance(program.window.page, CheckPage):
        for question in session_of(program).questions(session_of(program).page):
            if question.id not in session_of(program).answers:
                session_of(program).answer(question.id, "unknown")
        bench.go_on()
    bench.go_on()

    assert isinstance(program.window.page, ResultPage)
    bench.show_start()
    assert isinstance(program.window.page, PageFrame)


def test_new_case_like_this_needs_three_presses_besides_the_name(program: Program) -> None:
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()

    bench.new_case_like()
    page = program.window.page
    assert isinstance(page, CustomerPage)
    page.fields["name"].set_text("Fabrikam")
    bench.go_on()
    assert isinstance(program.window.page, CheckPage)
    bench.go_on()

    assert isinstance(program.window.page, ResultPage)


def test_a_name_that_is_here_already_is_said_but_not_to_the_customer(
    program: Program, book: Rulebook
) -> None:
    bench = bench_of(program)
    for name in ("Contoso AB", "CONTOSO ab", "Fabrikam"):
        bench.history.finish(None, Customer(name=name), samples()["scenario-b"], NOON)
    bench.new_case()
    page = program.window.page
    assert isinstance(page, CustomerPage)
    assert "You have" not in words_on(page)

    page.fields["name"].edit.setFocus()
    QTest.keyClicks(page.fields["name"].edit, "Contoso AB")
    assert "You have 2 cases for Contoso AB." in words_on(page)

    program.window.do("meeting")
    meeting = program.window.page
    assert meeting is not None
    assert "You have" not in words_on(meeting)


def test_a_customer_with_several_cases_shows_all_evaluations_under_each(program: Program) -> None:
    bench = bench_of(program)
    for day, name in enumerate(("Contoso AB", "contoso AB", "Fabrikam")):
        later = NOON + timedelta(days=day)
        bench.history.finish(None, Customer(name=name), samples()["scenario-b"], later)
    [*_, oldest] = bench.history.evaluations()

    bench.open_evaluation(oldest.id)

    page = program.window.page
    assert isinstance(page, ResultPage)
    assert page.cards[-1].accessibleName() == "All evaluations of this customer"
    assert len(buttons_in(page.cards[-1], "Open")) == 1


def test_typing_is_saved_within_a_second(
    program: Program, qtbot: QtBot, start: Callable[[], Program]
) -> None:
    bench_of(program).new_case()
    page = program.window.page
    assert isinstance(page, CustomerPage)

    page.fields["name"].set_text("Contoso")

    qtbot.waitUntil(lambda: session_of(program).saved_at is not None, timeout=1000)
    assert program.window.status.startswith("Saved 12:00")
