from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCollator
from PySide6.QtWidgets import QApplication

from nca_wizard.errors import RulebookFault
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.sentences import as_written
from nca_wizard.ui import self_check


def noon() -> datetime:
    return datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_names_are_sorted_as_each_language_does() -> None:
    assert self_check.checks(noon)["names"]() == "sorted as in German and Swedish"


def test_a_qt_that_lacks_its_sort_orders_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QCollator, "compare", lambda _, one, other: (one > other) - (one < other))

    with pytest.raises(LookupError, match="German names are sorted Adler, Zander"):
        self_check.checks(noon)["names"]()


def test_the_main_window_is_shown_once_with_its_icon(qapp: QApplication) -> None:
    assert self_check.checks(noon)["window"]() == "shown once, 1000 x 680, drawn by offscreen"


def test_a_problem_page_is_not_the_main_window(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RulebookFault(as_written("access.toml is faulty."))

    monkeypatch.setattr(rulebooks, "load", broken)

    with pytest.raises(LookupError, match="problem page"):
        self_check.checks(noon)["window"]()
