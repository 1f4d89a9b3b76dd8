"""Where the file dialogs begin."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from nca_wizard.ui import last_folder
from nca_wizard.ui.preview import PreviewPage
from nca_wizard.ui.program import Program
from tests.ui.walking import bench_of

CASE = "Contoso AB (Sample) 2026-11-22"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    last_folder.forget()
    yield
    last_folder.forget()


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: str(folder))
    return folder


@pytest.mark.parametrize("missing", ["", "/there/is/no/such/folder"])
def test_without_documents_the_home_folder(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: missing)

    assert last_folder.proposed("x.pdf") == str(Path.home() / "x.pdf")


def test_a_folder_that_is_gone_is_not_offered(documents: Path, tmp_path: Path) -> None:
    last_folder.remember(tmp_path / "gone" / "x.pdf")

    assert last_folder.proposed() == str(documents)


def test_every_dialog_begins_in_documents_and_then_where_one_was_last(
    program: Program, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    answer = ""

    def ask(_parent: object, _title: str, begin: str, _kinds: str) -> tuple[str, str]:
        offered.append(begin)
        return answer, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    bench.print_result()
    preview = program.window.page
    assert isinstance(preview, PreviewPage)

    def begins(act: Callable[[], object]) -> Path:
        act()
        return Path(offered[-1])

    assert begins(preview.save_pdf) == documents / f"{CASE}.pdf"
    assert begins(bench.save_case_as) == documents / f"{CASE}.ncacase"
    assert begins(bench.ask_for_file) == documents

    there = tmp_path / "there"
    there.mkdir()
    answer = str(there / "mine.ncacase")
    bench.save_case_as()
    answer = ""
    assert begins(preview.save_pdf) == there / f"{CASE}.pdf"
    assert begins(bench.ask_for_file) == there
