import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import check_bundle
from nca_wizard import self_check
from nca_wizard.errors import RulebookFault
from nca_wizard.paths import resources
from nca_wizard.sentences import as_written
from nca_wizard.updates.container import KEY_FILE

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_the_program_says_one_line_for_each_check_and_nothing_else(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "nca_wizard", "--self-check"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 0
    assert finished.stderr == ""
    for line, expected in zip(finished.stdout.splitlines(), check_bundle.EXPECTED, strict=True):
        assert re.fullmatch(expected, line)


@pytest.mark.parametrize(
    ("key", "able"), [("ab" * 32, "on"), (None, "off, this build has no public key")]
)
def test_it_says_whether_rules_updates_are_on(tmp_path: Path, key: str | None, able: str) -> None:
    if key:
        (tmp_path / KEY_FILE).write_text(key, encoding="ascii")

    said = self_check.checks(tmp_path, NOON)["updates"]()

    assert said == f"a signature was made and verified; rules updates are {able}"


def test_it_leaves_nothing_in_the_persons_data(tmp_path: Path) -> None:
    for check in self_check.checks(resources(), NOON).values():
        check()

    assert not list(Path(os.environ["HOME"]).rglob("*"))


def test_a_part_that_is_broken_is_named_and_the_next_one_still_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def known() -> str:
        raise RulebookFault(as_written("access.toml is faulty."))

    def unforeseen() -> str:
        raise KeyError("csp")

    code = self_check.run({"one": known, "two": unforeseen, "three": lambda: "works"})

    assert code == 70
    assert capsys.readouterr().out.splitlines() == [
        "one: FAILED: access.toml is faulty.",
        "two: FAILED: KeyError: 'csp'",
        "three: works",
    ]


@pytest.mark.parametrize(
    ("missing", "check"),
    [
        ("rules/access.toml", "rules"),
        ("documents/summary.typ", "page"),
        ("sample/scenario-b.ncacase", "history"),
    ],
)
def test_a_file_that_is_missing_is_noticed(missing: str, check: str, tmp_path: Path) -> None:
    whole = tmp_path / "resources"
    shutil.copytree(resources(), whole)
    (whole / missing).unlink()

    assert self_check.run({check: self_check.checks(whole, NOON)[check]}) == 70


def test_without_an_output_stream_it_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)

    assert self_check.run({"one": lambda: "works"}) == 0
