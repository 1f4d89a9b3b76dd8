import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="for systems with a shell")

OLD = 'case "$2" in *sys.exit*) exit 1 ;; *) echo "the python3 found here is 3.9" ;; esac'
PYTHONS = ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python")


@pytest.fixture
def tree(tmp_path: Path, checkout: Path) -> Path:
    """A checkout with nothing but its scripts, and a folder for stand-ins of system commands."""
    shutil.copytree(checkout / "packaging", tmp_path / "packaging")
    (tmp_path / "commands").mkdir()
    return tmp_path


def stand_in(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def run(tree: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = f"{tree / 'commands'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["/bin/sh", str(tree / "packaging" / script), *arguments],
        env={"HOME": os.environ["HOME"], "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def debian(tree: Path, *, user: int, installed: str) -> None:
    commands = tree / "commands"
    stand_in(commands / "id", f"echo {user}")
    stand_in(commands / "dpkg-query", f"printf 'installed %s\\n' {installed}")
    stand_in(commands / "apt-cache", '[ "$3" != libold ]')
    stand_in(commands / "apt-get", f'echo "$@" >> {tree / "apt"}')
    (tree / "packaging" / "debian-packages.txt").write_text(
        "# reasons\nrun: python3-venv libold|libnew\nrun: libgl1\ntest: xvfb\n"
    )


def test_one_line_is_named_to_who_may_not_install(tree: Path) -> None:
    debian(tree, user=1000, installed="libgl1")

    finished = run(tree, "debian_packages.sh", "run", "test")

    line = (
        "sudo apt-get update && "
        "sudo apt-get install -y --no-install-recommends python3-venv libnew xvfb"
    )
    assert finished.returncode == 1
    assert finished.stderr.splitlines()[-1] == line
    assert not (tree / "apt").exists()


def test_root_gets_what_is_missing_and_no_more(tree: Path) -> None:
    debian(tree, user=0, installed="libold libgl1")

    finished = run(tree, "debian_packages.sh", "run")

    assert finished.returncode == 0
    assert (tree / "apt").read_text().splitlines() == [
        "update -q",
        "install -q -y --no-install-recommends python3-venv",
    ]


def test_nothing_is_installed_when_nothing_is_missing(tree: Path) -> None:
    debian(tree, user=0, installed="python3-venv libnew libgl1")

    finished = run(tree, "debian_packages.sh", "run")

    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")
    assert not (tree / "apt").exists()


def test_an_old_python_is_answered_in_one_sentence(tree: Path) -> None:
    for name in PYTHONS:
        stand_in(tree / "commands" / name, OLD)

    finished = run(tree, "find_python.sh")

    assert finished.returncode == 1
    assert finished.stderr == (
        "NCA Wizard needs Python 3.11 or newer; the python3 found here is 3.9.\n"
    )


def test_a_newer_python_beside_an_old_one_is_taken(tree: Path) -> None:
    for name in PYTHONS:
        stand_in(tree / "commands" / name, "exit 0" if name == "python3.12" else OLD)

    assert run(tree, "find_python.sh").stdout == "python3.12\n"


def test_without_a_display_the_sample_is_evaluated_and_printed(tree: Path) -> None:
    stand_in(tree / ".venv" / "bin" / "nca-wizard", 'echo "$@" >> called; [ $# -gt 0 ] || exit 69')

    finished = run(tree, "run.sh")

    sample = "resources/sample/scenario-b.ncacase"
    page = "build/scenario-b.pdf"
    assert finished.returncode == 0
    assert finished.stdout.endswith(f"{tree / page}\n")
    assert (tree / "called").read_text().splitlines() == [
        "",
        f"evaluate {sample}",
        f"print {sample} --copy customer --paper a4 --out {page} --force",
    ]


def test_any_other_end_of_the_program_is_passed_on(tree: Path) -> None:
    stand_in(tree / ".venv" / "bin" / "nca-wizard", "exit 70")

    finished = run(tree, "run.sh")

    assert (finished.returncode, finished.stdout) == (70, "")


def test_translations_are_compiled_and_none_is_fine(tree: Path) -> None:
    script = [sys.executable, str(tree / "packaging" / "compile_catalogues.py")]
    subprocess.run(script, check=True)
    source = tree / "resources" / "locale" / "de" / "LC_MESSAGES" / "nca_wizard.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Continue"\nmsgstr "Weiter"\n')

    subprocess.run(script, check=True)

    assert b"Weiter" in source.with_suffix(".mo").read_bytes()
