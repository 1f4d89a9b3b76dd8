"""Rules brought up to date on the command line; every command answers with the rules in use."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from nca_wizard import __main__ as program
from nca_wizard import cli, cli_rules
from nca_wizard.errors import BAD_INPUT, DONE, NO_SUCH_FILE, USAGE, NoSuchFile
from nca_wizard.updates.store import BookStore
from tests.updates.making import Maker

TODAY = date(2026, 11, 22)
AUTOMATIC = ('access = "automatic"', 'access = "open"')


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def update(
    tmp_path: Path,
    make: Maker,
    build: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """An update by which one answer changes, for a program that imports updates."""
    monkeypatch.setattr(cli_rules, "resources", lambda: build)
    path = tmp_path / "rules.ncarules"
    path.write_bytes(make.update(changes={"access": AUTOMATIC}))
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "contoso.ncacase"
    answers = {
        "channel": "csp_direct_bill",
        "cloud": "commercial",
        "subscription": "active_paid",
        "products": ["sales"],
        "metrics": ["net_customer_adds"],
        "revenue": "from_1500",
        "our_part": ["none"],
        "incumbent": ["none"],
    }
    path.write_text(json.dumps({"as_of": "2026-11-22", "answers": answers}), encoding="utf-8")
    return path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(*arguments: object) -> int:
    return cli.main([str(one) for one in arguments], today=TODAY)


def version_in_use(data: Path, build: Path) -> str:
    return BookStore(data / "rules", build).active.rulebook.version


def test_an_update_is_told_and_then_used(
    update: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import-rules", update, "--yes", "--data-dir", data) == DONE

    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith("The old rules 2026.11 and the new rules 2026.12 are compared")
    assert "Access to csp was automatic and becomes open" in out
    assert out.endswith("The rules 2026.12 are used from now on.")


def test_the_answers_are_those_of_the_rules_in_use(
    update: Path, case: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer() -> tuple[str, str]:
        capsys.readouterr()
        assert run("evaluate", case, "--json", "--data-dir", data) == DONE
        said = json.loads(capsys.readouterr().out)
        return said["rulebook"]["version"], said["goals"][0]["verdict"]

    assert answer() == ("2026.11", "automatic")
    run("import-rules", update, "--yes", "--data-dir", data)
    assert answer() == ("2026.12", "action_needed")

    run("questions", "--json", "--data-dir", data)
    assert json.loads(capsys.readouterr().out)["rulebook"] == "2026.12"
    run("proof", "--json", "--data-dir", data)
    assert json.loads(capsys.readouterr().out)["rulebook"]["version"] == "2026.12"


def test_a_folder_can_be_proved_instead_of_the_rules_in_use(
    update: Path, data: Path, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import-rules", update, "--yes", "--data-dir", data)
    capsys.readouterr()

    assert run("proof", checkout / "resources", "--json", "--data-dir", data) == DONE
    assert json.loads(capsys.readouterr().out)["rulebook"]["version"] == "2026.11"


@pytest.mark.parametrize(
    ("typed", "version", "end"),
    [
        ("y\n", "2026.12", "The rules 2026.12 are used from now on.\n"),
        ("YES\n", "2026.12", "The rules 2026.12 are used from now on.\n"),
        ("n\n", "2026.11", "Nothing was changed.\n"),
        ("\n", "2026.11", "Nothing was changed.\n"),
        ("", "2026.11", "Nothing was changed.\n"),
    ],
)
def test_at_a_terminal_it_asks(
    update: Path,
    data: Path,
    build: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    version: str,
    end: str,
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))

    assert run("import-rules", update, "--data-dir", data) == DONE
    out = capsys.readouterr().out
    assert "Use the rules 2026.12 from now on? [y/N] " in out
    assert out.endswith(end)
    assert version_in_use(data, build) == version


@pytest.mark.parametrize("stdin", [io.StringIO("y\n"), None], ids=["a pipe", "none"])
def test_without_a_terminal_nothing_is_changed_unasked(
    update: Path,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stdin: io.StringIO | None,
) -> None:
    monkeypatch.setattr("sys.stdin", stdin)

    assert program.main(["import-rules", str(update), "--data-dir", str(data)]) == USAGE
    assert "--yes uses the rules" in capsys.readouterr().err
    assert not data.exists()


def test_a_refused_update_says_why_and_changes_nothing(
    update: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    update.write_bytes(update.read_bytes()[:-1])

    assert program.main(["import-rules", str(update), "--yes", "--data-dir", str(data)]) == (
        BAD_INPUT
    )
    said = capsys.readouterr()
    assert said.err == "The rules update is incomplete: its end is missing. Ask for it again.\n"
    assert said.out == ""
    assert not data.exists()


def test_an_update_that_is_not_there_is_named(
    update: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["import-rules", f"{update}x"]) == NO_SUCH_FILE
    assert "There is no file" in capsys.readouterr().err


def test_the_rules_used_so_far_are_listed(
    update: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("rules", "--data-dir", data)
    assert capsys.readouterr().out == (
        "2026.11  serial 1, came with the program, not used before, in use\n"
    )

    run("import-rules", update, "--yes", "--data-dir", data)
    capsys.readouterr()
    run("rules", "--data-dir", data)
    assert capsys.readouterr().out == (
        "2026.11  serial 1, came with the program, first used on 2026-11-22\n"
        "2026.12  serial 2, imported, first used on 2026-11-22, in use\n"
    )


def test_rules_that_cannot_be_used_any_more_are_told_with_each_answer(
    update: Path, case: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import-rules", update, "--yes", "--data-dir", data)
    (data / "rules" / "00000002.ncarules").write_bytes(b"")
    capsys.readouterr()

    assert run("evaluate", case, "--data-dir", data) == DONE
    said = capsys.readouterr()
    assert said.err.startswith("The imported rules 2026.12 cannot be used")
    assert said.out


def test_a_build_without_a_key_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["import-rules", "x.ncarules", "--data-dir", str(data)]) == BAD_INPUT
    assert "was built without the key" in capsys.readouterr().err


def test_without_the_drive_the_data_is_on_nothing_is_made_there(
    update: Path,
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **_named: tmp_path / "usual")
    (tmp_path / "usual").mkdir()
    drive = tmp_path / "drive"
    (tmp_path / "usual" / "moved-to.json").write_text(json.dumps({"folder": str(drive)}))

    assert run("evaluate", case) == DONE
    told = capsys.readouterr()
    assert "Connect the drive and try again." in told.err
    assert "2026.11" in told.out
    with pytest.raises(NoSuchFile, match="Connect the drive"):
        run("import-rules", update, "--yes")
    assert not drive.exists()
