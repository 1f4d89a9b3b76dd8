"""The window works with the newest rules on this computer, and says when it cannot."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nca_wizard.paths import resources
from nca_wizard.ui import program as program_module
from nca_wizard.ui.program import Program
from nca_wizard.updates.container import KEY_FILE
from nca_wizard.updates.store import BookStore
from tests.updates.making import KEY, Maker


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """The update, in the data folder where importing puts it."""
    path = tmp_path / "data" / "rules" / "00000002.ncarules"
    path.parent.mkdir(parents=True)
    path.write_bytes(Maker(resources(), KEY).update())
    return path


@pytest.fixture
def key_in_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = tmp_path / "build"
    shutil.copytree(resources(), build)
    (build / KEY_FILE).write_text(bytes(KEY.verify_key).hex(), encoding="ascii")
    monkeypatch.setattr(program_module, "resources", lambda: build)


def test_the_window_works_with_imported_rules(
    imported: Path, key_in_the_build: None, start: Callable[[], Program]
) -> None:
    program = start()

    assert program.workbench is not None
    assert program.workbench._rulebook.version == "2026.12"
    assert program.window.said == ""


def test_rules_that_cannot_be_verified_are_not_used_and_the_window_says_why(
    imported: Path, start: Callable[[], Program]
) -> None:
    program = start()

    assert program.workbench is not None
    assert program.workbench._rulebook.version == "2026.11"
    assert program.window.said.startswith("The imported rules 2 cannot be used")
    assert "without the key" in program.window.said


def test_the_rules_in_use_are_noted_once_the_window_stands(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "data" / "rules"
    qtbot.waitUntil((folder / "used.json").is_file)

    (kept,) = BookStore(folder, resources()).kept()

    assert kept.first_used is not None
    assert (kept.version, kept.in_use) == ("2026.11", True)
