"""Writes what Windows shows of a program under Properties, Details, for PyInstaller.

    python packaging/windows/version_resource.py FILE

The version is the one of pyproject.toml.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

_RESOURCE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable("040904B0", [{strings}])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])]),
  ],
)
"""


def project_version() -> str:
    """As pyproject.toml has it."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        return str(tomllib.load(stream)["project"]["version"])


def numbers_of(version: str) -> tuple[int, int, int, int]:
    """The four numbers that Windows compares: of 1.2.3rc1 it is 1, 2, 3, 0."""
    release = re.match(r"\d+(\.\d+)*", version)
    if release is None:
        raise ValueError(f"{version} does not begin with numbers")
    first, second, third, fourth, *_ = [*map(int, release[0].split(".")), 0, 0, 0, 0]
    return first, second, third, fourth


def resource(version: str) -> str:
    """The source that PyInstaller reads."""
    strings = {
        "CompanyName": "the NCA Wizard authors",
        "FileDescription": "NCA Wizard",
        "FileVersion": version,
        "InternalName": "nca-wizard",
        "LegalCopyright": "the NCA Wizard authors, MIT licence",
        "ProductName": "NCA Wizard",
        "ProductVersion": version,
    }
    entries = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return _RESOURCE.format(numbers=numbers_of(version), strings=entries)


def main(arguments: list[str]) -> int:
    target = Path(arguments[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(resource(project_version()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
