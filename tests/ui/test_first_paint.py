"""What must not be loaded before the window shows: `make bench-start` says what it would cost."""

import subprocess
import sys
from pathlib import Path

LOADED_BEFORE_PAINT = """
import sys
from pathlib import Path
from nca_wizard import __main__
from nca_wizard.paths import DataFolder
from nca_wizard.ui.app import Program, make_application, now

program = Program(make_application(), DataFolder(Path(sys.argv[1])), now)
program.window.show()
print(*sys.modules, sep="\\n")
"""
HEAVY = frozenset({"pydantic", "typst", "babel", "sqlite3", "email", "importlib.metadata"})


def test_nothing_heavy_is_loaded_before_the_window_paints(tmp_path: Path, checkout: Path) -> None:
    listed = subprocess.run(
        [sys.executable, "-c", LOADED_BEFORE_PAINT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=checkout,
    )

    loaded = set(listed.stdout.split())
    assert "nca_wizard.ui.main_window" in loaded
    assert not loaded & HEAVY
    ours = {name for name in loaded if name.startswith("nca_wizard.")}
    assert not {name for name in ours if name.split(".")[1] in {"rules", "history", "report"}}
    assert "PySide6.QtNetwork" not in loaded
