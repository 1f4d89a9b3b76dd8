"""What must not be loaded before the window shows: `make bench-start` says what it would cost."""

import subprocess
import sys
from pathlib import Path

WHAT_IS_LOADED = """
import linecache
import sys
from pathlib import Path
from nca_wizard import __main__
from nca_wizard.ui import app
from nca_wizard.paths import DataFolder
from nca_wizard.ui.program import Program
from nca_wizard.ui.clock import now
from nca_wizard.ui.application import make_application
from PySide6.QtWidgets import QApplication

program = Program(make_application(), DataFolder(Path(sys.argv[1])), now)
program.window.show()
if "front" in sys.argv:
    assert program.show_front() is not None
if "load" in sys.argv:
    program.load()
    program.desks.bench.history.close()
if "remember" in sys.argv:
    QApplication.processEvents()
print(*linecache.cache if "read" in sys.argv else sys.modules, sep="\\n")
"""
HEAVY = frozenset(
    {
        *("pydantic", "typst", "babel", "sqlite3", "email", "importlib.metadata"),
        *("nacl", "holidays", "openpyxl", "icalendar"),
    }
)

LATER = frozenset(f"nca_wizard.ui.{page}_page" for page in ("check", "history", "result"))


def loaded(*arguments: object, checkout: Path) -> set[str]:
    """The modules of a program that was started, by name."""
    listed = subprocess.run(
        [sys.executable, "-c", WHAT_IS_LOADED, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        cwd=checkout,
    )
    return set(listed.stdout.split())


def test_nothing_heavy_is_loaded_before_the_window_paints(tmp_path: Path, checkout: Path) -> None:
    modules = loaded(tmp_path, checkout=checkout)

    assert "nca_wizard.ui.main_window" in modules
    assert not modules & HEAVY
    ours = {name for name in modules if name.startswith("nca_wizard.")}
    assert not {name for name in ours if name.split(".")[1] in {"rules", "history", "report"}}
    assert "PySide6.QtNetwork" not in modules


def test_the_first_page_shows_before_the_rules_are_read(tmp_path: Path, checkout: Path) -> None:
    loaded(tmp_path, "load", "remember", checkout=checkout)

    modules = loaded(tmp_path, "front", checkout=checkout)

    assert "nca_wizard.ui.start_page" in modules
    assert not modules & (HEAVY - {"babel", "sqlite3"} | {"tomllib", "nca_wizard.rules.rulebook"})


def test_the_first_page_loads_neither_the_other_pages_nor_the_typesetter(
    tmp_path: Path, checkout: Path
) -> None:
    modules = loaded(tmp_path, "load", checkout=checkout)

    assert "nca_wizard.ui.start_page" in modules
    assert not modules & (LATER | {"typst", "nca_wizard.rules.recommendation"})


def test_no_source_is_read_to_start(tmp_path: Path, checkout: Path) -> None:
    sources = loaded(tmp_path, "load", "read", checkout=checkout)

    assert not [path for path in sources if path.startswith(f"{checkout / 'nca_wizard'}")]
