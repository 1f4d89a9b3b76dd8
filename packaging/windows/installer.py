"""Puts the bundle into the installer for Windows: NCA-Wizard-VERSION-setup.exe.

    python packaging/windows/installer.py BUNDLE FOLDER

NCA_WIZARD_SIGN, when set, is a command that signs a program in place, to which its path is added:
`signtool sign /fd sha256 /a /tr ADDRESS /td sha256`. It is called for the two programs of the
bundle, the uninstaller and the installer.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import version_resource

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ICONS = ROOT / "build" / "icons"
PROGRAMS = ("NCA Wizard.exe", "nca-wizard.exe")
# Where NSIS installs itself on Windows, without adding to the path.
_USUAL_PLACE = Path("C:/Program Files (x86)/NSIS/makensis.exe")


def make(bundle: Path, folder: Path, *, sign: str) -> Path:
    """Sign, pack and sign again; `sign` may be "". The installer, in `folder`."""
    version = version_resource.project_version()
    installer = folder / f"NCA-Wizard-{version}-setup.exe"
    folder.mkdir(parents=True, exist_ok=True)
    if sign:
        for name in PROGRAMS:
            _signed(bundle / name, sign)
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file())
    numbers = ".".join(map(str, version_resource.numbers_of(version)))
    values = {
        "VERSION": version,
        "NUMBERS": numbers,
        "KILOBYTES": size // 1024,
        # With the separators of this computer: makensis knows no others.
        "FILES": bundle / "*",
        "CASE_ICON": ICONS / "case-file.ico",
        "PROGRAM_ICON": ICONS / "nca-wizard.ico",
        "SIDE": ICONS / "installer-side.bmp",
        "OUT": installer,
        **({"SIGN": sign} if sign else {}),
    }
    definitions = [f"-D{name}={value}" for name, value in values.items()]
    quiet_but_strict = ["-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    script = str(HERE / "installer.nsi")
    subprocess.run([_makensis(), *quiet_but_strict, *definitions, script], check=True)
    if sign:
        _signed(installer, sign)
    return installer


def _makensis() -> str:
    return shutil.which("makensis") or str(_USUAL_PLACE)


def _signed(program: Path, sign: str) -> None:
    # A command line as a person writes it, quotes and all.
    subprocess.run(f'{sign} "{program}"', shell=True, check=True)  # noqa: S602


def main(arguments: list[str]) -> int:
    bundle, folder = (Path(argument).absolute() for argument in arguments)
    installer = make(bundle, folder, sign=os.environ.get("NCA_WIZARD_SIGN", ""))
    print(f"{installer}: {installer.stat().st_size / 1_000_000:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
