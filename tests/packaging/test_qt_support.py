"""The part of PySide6 that is written in Python is compiled once, not at every start."""

import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6

import qt_support
from bundle_contents import QT_SUPPORT

LOADED = f"""
import sys
import PySide6.QtCore
print(sys.modules[{qt_support.LOADER!r}].__file__)
"""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    qt_support.main(folder)
    return folder


def test_every_module_that_pyside_loads_is_there_and_no_text(compiled: Path) -> None:
    loaded = {name for name in sys.modules if name.split(".")[0] == "shibokensupport"}
    found = {
        ".".join(path.relative_to(compiled).with_suffix("").parts).removesuffix(".__init__")
        for path in compiled.rglob("*.pyc")
    }

    assert loaded <= found
    assert qt_support.LOADER in found
    assert not list(compiled.rglob("*.py"))


def test_the_same_modules_give_the_same_bytes(compiled: Path, tmp_path: Path) -> None:
    qt_support.main(tmp_path)

    for path in compiled.rglob("*.pyc"):
        assert (tmp_path / path.relative_to(compiled)).read_bytes() == path.read_bytes()


def test_pyside_takes_them_where_they_stand_beside_it(compiled: Path, tmp_path: Path) -> None:
    beside = tmp_path / "shiboken6"
    beside.mkdir()
    for path in Path(shiboken6.__file__).parent.iterdir():
        if path.suffix == ".py":
            (beside / path.name).write_bytes(path.read_bytes())
        elif path.name != "__pycache__":
            (beside / path.name).symlink_to(path)
    (tmp_path / QT_SUPPORT).symlink_to(compiled)

    said = subprocess.run(
        [sys.executable, "-c", LOADED],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )

    assert said.stdout.strip().endswith(f"{QT_SUPPORT}/shibokensupport/signature/loader.pyc")
    assert not said.stderr
