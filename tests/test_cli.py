import json
import shutil
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from nca_wizard import __main__ as program
from nca_wizard import cli
from nca_wizard.errors import (
    BAD_INPUT,
    CANNOT_WRITE,
    DONE,
    NO_SUCH_FILE,
    OUR_FAULT,
    STOPPED,
    USAGE,
    RulebookFault,
)
from nca_wizard.paths import resources
from nca_wizard.rules import rulebook
from nca_wizard.sentences import as_written

SCENARIO_B = {
    "channel": "enterprise_agreement",
    "cloud": "commercial",
    "subscription": "active_paid",
    "products": ["sales"],
    "metrics": ["net_customer_adds"],
    "track": "enterprise",
    "revenue": "from_1500",
    "our_part": ["influenced_purchase", "implements"],
    "incumbent": ["none"],
    "customer_names_us": "no",
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "contoso.ncacase"
    document = {
        "format": "ncacase",
        "version": 1,
        "as_of": "2026-11-22",
        "customer": {"name": "R&D <b>Söhne</b> 東京"},
        "answers": SCENARIO_B,
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def to_page(case: Path, tmp_path: Path) -> list[str]:
    """A complete `print` command, its file to write last."""
    return [
        *("print", str(case), "--copy", "customer", "--paper", "a4"),
        *("--data-dir", str(tmp_path / "data"), "--out", str(tmp_path / "page.pdf")),
    ]


def evaluated(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert program.main(["evaluate", *arguments, "--json"]) == DONE
    written: dict[str, Any] = json.loads(capsys.readouterr().out)
    return written


def test_evaluate_prints_the_recommendation_as_json(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = evaluated(capsys, str(case))

    assert written["goals"][0]["verdict"] == "action_needed"
    assert [action["association"] for action in written["plan"]] == ["cpor_revrec"]
    assert written["rulebook"]["as_of"] == "2026-11-22"


def test_evaluate_prints_text_a_person_reads(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(["evaluate", str(case), "--data-dir", str(tmp_path)]) == DONE

    text = capsys.readouterr().out
    assert "R&D <b>Söhne</b> 東京" in text
    assert "1 claim to file. Nothing is automatic on an Enterprise Agreement." in text
    assert "✓ do this" in text


def test_answers_alone_are_enough_to_evaluate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps({"answers": SCENARIO_B}))

    cli.main(["evaluate", str(bare), "--json"], today=date(2026, 1, 31))

    assert json.loads(capsys.readouterr().out)["rulebook"]["as_of"] == "2026-01-31"


def test_the_day_on_the_command_line_wins(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = evaluated(capsys, str(case), "--as-of", "2019-03-01")

    assert written["goals"][0]["verdict"] == "not_covered"


def test_parked_answers_never_reach_the_rules(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = evaluated(capsys, str(case))
    document = json.loads(case.read_text(encoding="utf-8"))
    document["answers"]["channel_by_product"] = {"sales": "csp_direct_bill"}
    case.write_text(json.dumps(document), encoding="utf-8")

    assert evaluated(capsys, str(case)) == before


@pytest.mark.parametrize("copy", ["customer", "internal", "handoff"])
def test_print_writes_the_page(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], copy: str
) -> None:
    out = tmp_path / "page.pdf"
    arguments = ["print", str(case), "--copy", copy, "--paper", "letter", "--out", str(out)]

    assert program.main([*arguments, "--data-dir", str(tmp_path)]) == DONE

    page = PdfReader(out).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == (612, 792)
    assert ("INTERNAL" in page.extract_text()) == (copy != "customer")
    assert capsys.readouterr().err == ""


def test_print_never_overwrites_unless_told(
    to_page: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = Path(to_page[-1])
    out.write_text("mine")

    assert program.main(to_page) == CANNOT_WRITE
    assert out.read_text() == "mine"
    assert "exists already" in capsys.readouterr().err
    assert program.main([*to_page, "--force"]) == DONE
    assert out.read_bytes().startswith(b"%PDF")


def test_print_reckons_the_days_from_a_start(to_page: list[str], tmp_path: Path) -> None:
    settings = {"format": "nca-wizard-settings", "version": 1, "partner": {"country": "DE"}}
    (tmp_path / "settings.json").write_text(json.dumps(settings))

    assert program.main([*to_page, "--start", "2026-11-23", "--data-dir", str(tmp_path)]) == DONE

    text = " ".join(PdfReader(to_page[-1]).pages[0].extract_text().split())
    assert "20 Dec 2026 to 20 Jan 2027" in text
    assert "Our part can show from 20 Dec 2026 on" in text


def test_letters_are_written_out_and_saved_as_drafts(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["letters", str(case), "--data-dir", str(tmp_path)]
    out = tmp_path / "drafts"
    out.mkdir()

    assert program.main([*here, "--to", "customer"]) == DONE
    said = capsys.readouterr().out
    assert program.main([*here, "--out", str(out)]) == DONE

    assert said.startswith("R&D <b>Söhne</b> 東京: your signature for Microsoft’s records\n---")
    assert [one.name for one in sorted(out.iterdir())] == [
        "01 customer-claim.eml",
        "02 colleague-file.eml",
        "03 support-not-counted.eml",
    ]
    assert program.main([*here, "--out", str(out)]) == CANNOT_WRITE
    assert program.main([*here, "--out", str(out), "--force"]) == DONE


def test_the_days_are_written_as_a_calendar(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "days.ics"
    here = ["calendar", str(case), "--data-dir", str(tmp_path), "--out", str(out)]

    assert program.main(here) == USAGE
    assert "--start" in capsys.readouterr().err
    assert program.main([*here, "--start", "2026-11-23"]) == DONE
    assert b"DTSTART;VALUE=DATE:20261123\r\n" in out.read_bytes()


def test_a_page_needs_a_customer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps({"answers": SCENARIO_B}))
    out = str(tmp_path / "x.pdf")

    assert program.main(["print", str(bare), "--copy", "customer", "--out", out]) == BAD_INPUT
    assert "names no customer" in capsys.readouterr().err


def test_questions_lists_every_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["questions", "--json"]) == DONE

    questions = json.loads(capsys.readouterr().out)["questions"]
    choices = {one["id"]: [choice["id"] for choice in one["choices"]] for one in questions}
    assert "enterprise_agreement" in choices["channel"]
    assert "business_central" in choices["products"]
    assert choices["channel_by_product"]
    assert all(ids[-1] == "unknown" for ids in choices.values())


def test_questions_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["questions"]) == DONE

    text = capsys.readouterr().out
    assert "channel: How does the customer buy the licences? (one choice)" in text
    assert "unknown" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["evaluate"],
        ["evaluate", "x.ncacase", "--nonsense"],
        ["evaluate", "x.ncacase", "--as-of", "22/11/2026"],
        ["evaluate", "x.ncacase", "--out", "x.csv"],
        ["print", "x.ncacase", "--out", "x.pdf"],
        ["print", "x.ncacase", "--copy", "everyone", "--out", "x.pdf"],
        ["questions", "extra"],
        ["compare-rules", "old"],
    ],
)
def test_a_command_that_makes_no_sense_is_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(arguments) == USAGE

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "--help" in said.err


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["evaluate", "nowhere.ncacase"]) == NO_SUCH_FILE
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("not json", "bad.ncacase"),
        ('{"answers": {"chanel": "csp_direct_bill"}}', '"chanel"'),
        ('{"answers": {"channel": "eas"}}', '"eas"'),
    ],
)
def test_bad_input_names_the_file_and_the_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, named: str
) -> None:
    bad = tmp_path / "bad.ncacase"
    bad.write_text(content)

    assert program.main(["evaluate", str(bad)]) == BAD_INPUT

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "bad.ncacase" in said
    assert named in said


def test_a_page_that_cannot_be_written(
    to_page: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")

    assert program.main([*to_page[:-1], str(blocked / "page.pdf")]) == CANNOT_WRITE
    assert capsys.readouterr().err.count("\n") == 1


def test_a_faulty_rulebook_is_one_sentence(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty(folder: Path) -> None:
        raise RulebookFault(as_written("access.toml: entry 3: unknown choice 'eas'."))

    monkeypatch.setattr(rulebook, "load", faulty)

    assert program.main(["evaluate", str(case)]) == OUR_FAULT
    assert capsys.readouterr().err == "access.toml: entry 3: unknown choice 'eas'.\n"


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    """The shipped rules twice, to change one of them."""
    folders = tmp_path / "old", tmp_path / "new"
    for folder in folders:
        for part in ("rules", "sources"):
            shutil.copytree(resources() / part, folder / part)
    return folders


def edit(book: Path, rule: str, old: str, new: str) -> None:
    """Change what follows first in one rule of access."""
    path = book / "rules" / "access.toml"
    before, name, after = path.read_text(encoding="utf-8").partition(f'id = "{rule}"')
    assert old in after
    path.write_text(before + name + after.replace(old, new, 1), encoding="utf-8")


def compared(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert program.main(["compare-rules", *map(str, arguments)]) == DONE
    return capsys.readouterr().out


def test_rules_compared_with_themselves_change_no_answer(
    books: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert compared(capsys, *books).endswith("\n\nNo answer changes.\n")
    assert json.loads(compared(capsys, *books, "--json"))["differences"] == []


def test_rules_compared_say_what_changes(
    books: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    edit(books[1], "pal-account", 'access = "open"', 'access = "unclear"')

    text = compared(capsys, *books)
    written = json.loads(compared(capsys, *books, "--json"))

    assert max(map(len, text.splitlines())) <= 88
    assert "Access to pal was open and becomes unclear on every day" in text
    (access,) = [one for one in written["differences"] if one["kind"] == "access"]
    assert access["boxes"] == [{"cloud": ["commercial"], "our_part.tenant_account": ["yes"]}]
    assert access["days"] == {"first": "2022-08-10", "last": "2027-11-22"}
    assert access["new_rules"] == ["pal-account"]
    assert access["sentence"].startswith("Access to pal was open and becomes unclear")


@pytest.mark.parametrize("which", [0, 1])
def test_a_fault_in_rules_to_compare_says_in_which_of_the_two(
    books: tuple[Path, Path], capsys: pytest.CaptureFixture[str], which: int
) -> None:
    (books[which] / "rules" / "credit.toml").unlink()

    assert program.main(["compare-rules", *map(str, books)]) == OUR_FAULT
    assert capsys.readouterr().err == (
        f"The rules in {books[which]} cannot be used: credit.toml: the file is missing.\n"
    )


def test_rules_to_compare_that_are_not_there(
    books: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "nowhere"

    assert program.main(["compare-rules", str(books[0]), str(nowhere)]) == NO_SUCH_FILE
    assert capsys.readouterr().err == f"There is no folder {nowhere}.\n"


def test_stopping_it_is_no_fault(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rulebook, "load", stopped)

    assert program.main(["evaluate", str(case)]) == STOPPED
    assert capsys.readouterr().err == ""


def test_help_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["print", "--help"]) == DONE
    assert "--force" in capsys.readouterr().out


def test_a_reader_who_leaves_early_is_no_fault(case: Path) -> None:
    command = f"'{sys.executable}' -m nca_wizard evaluate '{case}' --json | head -c 10"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)

    assert done.stdout.startswith(b"{")
    assert done.stderr == b""


def test_the_command_line_never_meets_qt_nor_a_display(case: Path, tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import builtins, os, sys
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            os.environ.pop(name, None)
        real = builtins.__import__
        def watched(name, *args, **kwargs):
            assert name.partition(".")[0] not in ("PySide6", "shiboken6"), name
            return real(name, *args, **kwargs)
        builtins.__import__ = watched
        from nca_wizard.__main__ import main
        case, out, data = sys.argv[1:]
        assert main(["evaluate", case, "--data-dir", data]) == 0
        assert main(["evaluate", case, "--json"]) == 0
        assert main(["questions", "--json"]) == 0
        assert main(["print", case, "--copy", "internal", "--data-dir", data, "--out", out]) == 0
        assert not [name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))]
    """)
    arguments = [str(case), str(tmp_path / "page.pdf"), str(tmp_path / "data")]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
