from pathlib import Path

import pytest

import nca_wizard
from version_resource import numbers_of, project_version, resource


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.2.3", (1, 2, 3, 0)), ("1.2.3rc1", (1, 2, 3, 0)), ("1.2", (1, 2, 0, 0))],
)
def test_windows_compares_four_numbers(version: str, numbers: tuple[int, int, int, int]) -> None:
    assert numbers_of(version) == numbers


def test_windows_shows_the_version_of_the_project() -> None:
    assert f"StringStruct('ProductVersion', '{nca_wizard.__version__}')" in resource(
        project_version()
    )


def test_program_and_installer_have_one_name_on_the_taskbar(checkout: Path) -> None:
    installer = (checkout / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")
    program = (checkout / "nca_wizard" / "ui" / "application.py").read_text(encoding="utf-8")

    [line] = [line for line in installer.splitlines() if line.startswith("!define APP_ID")]
    name = line.split('"')[1]
    assert f'APP_ID = "{name}"' in program
