"""A damaged history: the problem page offers the last good backup and goes on with it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.history.store import History
from nca_wizard.ui.backups_page import BackupsPage
from nca_wizard.ui.confirm import Confirm
from nca_wizard.ui.problem_page import ProblemPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.widgets import SecondaryButton
from tests.ui.results import samples, words_on
from tests.ui.walking import bench_of

MADE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def damaged(tmp_path: Path) -> bytes:
    """The bytes of a history that cannot be opened, which has a backup with one case."""
    path = tmp_path / "data" / "history.sqlite"
    with History.open(path) as history:
        history.finish(None, Customer(name="Contoso"), samples()["osu-trap"], MADE)
        history.backups.back_up(MADE)
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])
    return path.read_bytes()


def problem(program: Program) -> ProblemPage:
    page = program.window.page
    assert isinstance(page, ProblemPage)
    return page


def kept_aside(tmp_path: Path) -> list[bytes]:
    return [path.read_bytes() for path in (tmp_path / "data").glob("history-damaged-*.sqlite")]


def test_the_offered_backup_is_used_and_the_damaged_file_is_kept(
    start: Callable[[], Program], tmp_path: Path, damaged: bytes
) -> None:
    program = start()
    page = problem(program)
    assert page.primary is page.use_button
    assert "is fine" in words_on(page)
    page.use_button.click()

    assert isinstance(program.window.page, StartPage)
    assert program.window.tone == "ok"
    assert bench_of(program)._history.count() == 1
    assert kept_aside(tmp_path) == [damaged]


def test_another_backup_can_be_chosen_instead(
    qtbot: QtBot, start: Callable[[], Program], tmp_path: Path, damaged: bytes
) -> None:
    program = start()
    problem(program).choose_button.click()
    page = program.window.page
    assert isinstance(page, BackupsPage)
    assert page.back_up_button.isHidden()
    page.back_requested.emit()
    problem(program).choose_button.click()
    page = program.window.page
    assert isinstance(page, BackupsPage)
    buttons = page.rows[0].findChildren(SecondaryButton)
    buttons[0].click()
    page.findChildren(Confirm)[-1].accept()

    assert isinstance(program.window.page, StartPage)
    assert kept_aside(tmp_path) == [damaged]


def test_without_a_backup_there_is_only_the_way_out(
    start: Callable[[], Program], tmp_path: Path
) -> None:
    path = tmp_path / "data" / "history.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"no history at all" * 100)
    page = problem(start())

    assert page.primary is page.quit_button
