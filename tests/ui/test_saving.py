"""Saving a file: nothing is lost, and where it cannot be written another way is offered."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.texts import Texts
from nca_wizard.ui import last_folder
from nca_wizard.ui.buttons import LinkButton
from nca_wizard.ui.panels import Notice
from nca_wizard.ui.saving import Saving, Wanted

T = Texts.load("en")
WANTED = Wanted("Save as PDF", "page.pdf", ".pdf", "PDF files")


@pytest.fixture
def notice(qtbot: QtBot) -> Notice:
    notice = Notice("Close")
    qtbot.addWidget(notice)
    return notice


@pytest.fixture
def saving(notice: Notice) -> Saving:
    return Saving(T, notice, notice)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What the file dialog was offered; it is always answered with page.pdf."""
    names: list[str] = []

    def answer(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        names.append(name)
        return str(tmp_path / "page.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return names


def press(notice: Notice, text: str) -> None:
    button = next(one for one in notice.findChildren(LinkButton) if one.text() == text)
    button.click()


@pytest.mark.usefixtures("offered")
def test_a_file_that_is_open_elsewhere_is_left_and_a_second_name_offered(
    saving: Saving, notice: Notice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.pdf").write_bytes(b"before")
    really: Callable[[Path, Path], Path] = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name == "page.pdf":
            raise PermissionError(errno.EACCES, "denied")
        return really(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    saving.ask(WANTED, lambda: b"now")

    assert "open in another program" in notice.sentence
    assert (tmp_path / "page.pdf").read_bytes() == b"before"

    press(notice, "Save as “page (2).pdf”")
    assert (tmp_path / "page (2).pdf").read_bytes() == b"now"
    assert notice.sentence == f"Saved as {tmp_path / 'page (2).pdf'}"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["page (2).pdf", "page.pdf"]


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "the disk is write-protected")],
)
def test_a_disk_that_takes_nothing_is_named_and_another_place_offered(
    saving: Saving,
    notice: Notice,
    offered: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    number: int,
    why: str,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(Path, "open", refuse)
    saving.ask(WANTED, lambda: b"now")

    assert notice.sentence.endswith(f"{why}.")
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "elsewhere.pdf"), "")
    )
    press(notice, "Save elsewhere…")
    assert (tmp_path / "elsewhere.pdf").read_bytes() == b"now"


@pytest.mark.usefixtures("offered")
def test_what_was_saved_can_be_found(saving: Saving, notice: Notice) -> None:
    saving.ask(WANTED, lambda: b"now")

    assert "Show folder" in [one.text() for one in notice.findChildren(LinkButton)]


def test_without_a_dialog_nothing_is_replaced_and_no_folder_named(
    saving: Saving, notice: Notice, tmp_path: Path
) -> None:
    (tmp_path / "page.pdf").write_bytes(b"before")
    last_folder.remember(tmp_path / "page.pdf")
    saving.without_asking(WANTED, lambda: b"now")
    last_folder.forget()

    assert notice.sentence == "Saved as page (2).pdf"
    assert (tmp_path / "page.pdf").read_bytes() == b"before"
