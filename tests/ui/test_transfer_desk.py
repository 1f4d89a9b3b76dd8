"""What is exported comes back as it was, and nothing is overwritten on the way."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nca_wizard import cli
from nca_wizard.exchange import cases_file, lists
from nca_wizard.rules.engine import Engine
from nca_wizard.ui.cases_page import CasesPage
from nca_wizard.ui.program import Program
from nca_wizard.ui.transfer_desk import TransferDesk
from tests.ui.results import words_on
from tests.ui.walking import bench_of


@pytest.fixture
def case(program: Program) -> int:
    """The sample, evaluated, with something done about it."""
    bench = bench_of(program)
    bench.open_sample()
    bench.go_on()
    result = bench.result
    assert result is not None
    assert result.finished.case_id is not None
    bench.history.set_note(result.finished.case_id, "Anna decides")
    return result.finished.case_id


def desk_of(program: Program) -> TransferDesk:
    found = program.window.findChild(TransferDesk)
    assert found is not None
    return found


def exported(program: Program, path: Path, qtbot: QtBot) -> Path:
    desk_of(program).export(path)
    qtbot.waitUntil(lambda: str(path) in program.window.said)
    return path


def names(program: Program) -> list[str]:
    return [row.customer_name for row in bench_of(program).history.evaluations()]


@pytest.mark.usefixtures("case")
def test_what_is_exported_is_added_again_and_taken_back_by_one_undo(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = exported(program, tmp_path / "all.ncacase", qtbot)
    before = bench_of(program).history.transfer.export()

    bench_of(program).open_file(path)
    qtbot.waitUntil(lambda: isinstance(program.window.page, CasesPage))
    page = program.window.page
    assert isinstance(page, CasesPage)
    assert "here already, this very one" in words_on(page)
    page.add_all.click()
    qtbot.waitUntil(lambda: len(names(program)) == 2)

    twice = bench_of(program).history.transfer.export()
    assert twice["cases"] == [*before["cases"], *before["cases"]]
    qtbot.waitUntil(lambda: "Added 1 case from “all.ncacase”." in program.window.undo_bar.sentence)
    program.window.setFocus()
    program.window.do("&Undo")
    assert len(names(program)) == 1


@pytest.mark.usefixtures("case")
def test_what_was_done_about_a_case_goes_with_it(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    document = cases_file.read(exported(program, tmp_path / "all.ncacase", qtbot))

    assert isinstance(document, dict)
    assert [one["note"] for one in document["cases"]] == ["Anna decides"]


def test_one_case_is_exported_alone(
    program: Program, case: int, tmp_path: Path, qtbot: QtBot
) -> None:
    bench_of(program).new_case_like()
    session = bench_of(program).session
    assert session is not None
    session.set_field("name", "Fabrikam")
    session.finish(Engine(session.rulebook).recommend)
    path = tmp_path / "one.ncacase"

    desk_of(program).export(path, [case])
    qtbot.waitUntil(lambda: str(path) in program.window.said)

    document = cases_file.read(path)
    assert isinstance(document, dict)
    assert len(document["cases"]) == 1
    assert document["drafts"] == []


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_register_is_a_list_that_is_evaluated_to_the_same(
    program: Program, tmp_path: Path, qtbot: QtBot, ending: str
) -> None:
    result = bench_of(program).result
    assert result is not None
    rec = result.finished.recommendation
    path = exported(program, tmp_path / f"register{ending}", qtbot)
    again = tmp_path / "again.csv"

    code = cli.main(
        [
            "evaluate",
            str(path),
            "--out",
            str(again),
            "--data-dir",
            str(tmp_path / "other"),
            "--as-of",
            rec.rulebook.as_of.isoformat(),
        ]
    )

    assert code == 0
    one, other = lists.read(path), lists.read(again)
    assert one.headings.index("name") == 0
    verdicts = [table.rows[0].cells[table.headings.index("verdicts")] for table in (one, other)]
    assert verdicts[0] == verdicts[1] != ""
    assert one.rows[0].cells[one.headings.index("plan")] == ";".join(
        action.association for action in rec.plan
    )


@pytest.mark.usefixtures("case")
def test_a_file_that_is_there_stays(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("mine")

    desk_of(program).export(path)
    qtbot.waitUntil(lambda: "is there already" in program.window.said)

    assert path.read_text() == "mine"


def test_a_damaged_file_is_refused_in_a_sentence(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "half.ncacase"
    path.write_text('{"format":"ncacase","version":2,"texts":{},"cases":[{')

    bench_of(program).open_file(path)

    qtbot.waitUntil(lambda: "is incomplete" in program.window.said)
