import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """The wheel in an environment of its own, far from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    # A copy: setuptools builds inside the tree it is given, which others may be using.
    source.mkdir()
    for name in ("nca_wizard", "resources"):
        shutil.copytree(
            checkout / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(checkout / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)],
        check=True,
    )
    [wheel] = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment)
    here = {"base": str(environment), "platbase": str(environment)}
    packages = Path(sysconfig.get_path("purelib", "venv", here))
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(packages), str(wheel)], check=True
    )
    # What the wheel depends on is borrowed; the checkout is not, since a .pth file read from a
    # .pth file is not followed.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return Path(sysconfig.get_path("scripts", "venv", here)) / "python"


def in_the_environment(python: Path, *arguments: str, cwd: Path) -> str:
    finished = subprocess.run(
        [str(python), *arguments],
        cwd=cwd,
        env={"HOME": os.environ["HOME"], "PATH": os.defpath},
        capture_output=True,
        text=True,
        check=True,
    )
    return finished.stdout


def test_an_installed_program_runs_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    script = "import nca_wizard.paths as p; print(p.__file__); print(p.resources())"

    module, resources = in_the_environment(installed, "-c", script, cwd=tmp_path).splitlines()

    assert Path(module).is_relative_to(installed.parent.parent)
    assert Path(resources) == Path(module).parent / "_resources"
    assert (Path(resources) / "fonts" / "Inter-Regular.otf").is_file()
    assert (Path(resources) / "sample" / "scenario-b.ncacase").is_file()


def test_an_installed_program_knows_its_questions(installed: Path, tmp_path: Path) -> None:
    answer = in_the_environment(installed, "-m", "nca_wizard", "questions", "--json", cwd=tmp_path)

    assert "channel" in json.dumps(json.loads(answer))
