"""The first page warns while there is time: of rules due for another look, and of their end."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nca_wizard.paths import DataFolder
from nca_wizard.rules.label import label_of
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.freshness import no_longer_fresh
from nca_wizard.ui.program import Program
from nca_wizard.ui.rules_page import RulesPage
from nca_wizard.ui.start_page import StartPage

T = Texts.load("en")


def said_on(book: Rulebook, day: date) -> str:
    return no_longer_fresh(T, label_of(book), day)


def test_while_the_rules_are_fresh_nothing_is_said(book: Rulebook) -> None:
    assert said_on(book, book.checked_on) == ""
    assert said_on(book, date(2027, 1, 31)) == ""


def test_the_day_after_a_review_was_due_the_number_of_sources_is_said(book: Rulebook) -> None:
    said = said_on(book, date(2027, 2, 1))

    assert said.startswith("Rules were checked 71 days ago. Results may be out of date. ")
    assert said.endswith(" of their sources are due for another look; results name them.")


def test_rules_checked_more_than_ninety_days_ago_are_old_even_if_no_review_is_due(
    book: Rulebook,
) -> None:
    early = book.model_copy(update={"checked_on": date(2026, 10, 1)})

    assert said_on(early, date(2026, 12, 30)) == ""
    assert said_on(early, date(2026, 12, 31)) == (
        "Rules were checked 91 days ago. Results may be out of date."
    )


def test_the_last_sixty_days_of_the_rules_are_told_before_they_are_over(book: Rulebook) -> None:
    soon = "The rules stand until 22 Nov 2027. After that they answer nothing."

    assert said_on(book, book.last_day - timedelta(days=61)) != soon
    assert said_on(book, book.last_day - timedelta(days=60)) == soon
    assert said_on(book, book.last_day) == soon
    assert said_on(book, book.last_day + timedelta(days=1)) == (
        "The rules stood until 22 Nov 2027. For today they answer nothing."
    )


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 2, 1)])
def test_the_first_page_warns_and_leads_to_where_rules_are_updated(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, day: date
) -> None:
    program = Program(
        qapp, DataFolder(tmp_path), lambda: datetime(day.year, day.month, day.day, tzinfo=UTC)
    )
    qtbot.addWidget(program.window)
    program.window.show()
    program.load()
    page = program.window.page
    assert isinstance(page, StartPage)

    assert page.stale.isVisible() == (day == date(2027, 2, 1))
    if page.stale.isVisible():
        button = page.stale.findChild(QPushButton)
        assert button is not None
        button.click()
        assert isinstance(program.window.page, RulesPage)
        assert program.window.page.import_button.text() == "&Import rules update…"
