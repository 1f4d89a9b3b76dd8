"""Freezes the program into `dist/bundle` and makes it check itself.

    build/package-env/bin/python packaging/bundle.py [FOLDER]

FOLDER is another place for it. `make bundle` makes that environment first. What comes out is one
folder that needs no Python.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import check_bundle

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "bundle"


def main(arguments: list[str]) -> int:
    """Build, then check; the exit code is 0 only for a bundle that is sound."""
    folder = Path(arguments[0]).absolute() if arguments else FOLDER
    # Not -I: it would ignore the seed, and sets would come out in another order each time.
    python = [sys.executable, "-P", "-s"]
    # Nothing of whoever builds: the same tree gives the same bytes.
    settings = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "PYTHONHASHSEED": "0",
        "QT_QPA_PLATFORM": "offscreen",
    }

    def run(*arguments: str | Path) -> None:
        subprocess.run([*python, *map(str, arguments)], cwd=ROOT, env=settings, check=True)

    shutil.rmtree(folder, ignore_errors=True)
    run("packaging/compile_catalogues.py")
    run("packaging/draw_icons.py", "build/icons")
    run("packaging/licences.py", "build/licences")
    if sys.platform != "darwin":
        # There a folder with a dot in its name is signed in a way of its own, and nobody tried.
        run("packaging/qt_support.py", "build/qt-support")
    if sys.platform == "win32":
        run("packaging/windows/version_resource.py", "build/version-resource.txt")
    run(
        *("-m", "PyInstaller", "packaging/nca_wizard.spec", "--noconfirm", "--clean"),
        *("--distpath", folder, "--workpath", "build/pyinstaller", "--log-level", "WARN"),
    )
    return check_bundle.main([str(folder / "nca-wizard")])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
