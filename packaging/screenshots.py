"""Pictures of every page, light and dark, in the sizes it has to work in.

    python packaging/screenshots.py FOLDER
    QT_SCALE_FACTOR=2 python packaging/screenshots.py FOLDER

Needs no display. Look at them beside each other before a release.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from nca_wizard.paths import DataFolder
from nca_wizard.settings import Colours
from nca_wizard.ui.application import make_application
from nca_wizard.ui.desks import Desks
from nca_wizard.ui.program import Program
from nca_wizard.ui.session import CaseSession
from nca_wizard.ui.steps import CHECK
from nca_wizard.ui.workbench import Workbench

SIZES = ((760, 520), (1000, 680), (1366, 768))
_LONG_ENOUGH_S = 1
SCHEMES: tuple[Colours, ...] = ("light", "dark")


def clock() -> datetime:
    return datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def session_of(bench: Workbench) -> CaseSession:
    """The open case."""
    if bench.session is None:
        raise LookupError("no case is open")
    return bench.session


def scenes(bench: Workbench, desks: Desks) -> Iterator[str]:  # noqa: PLR0915  one walk, told in one piece
    """Walk through the program; at each name the window shows that page."""
    yield "01-start-first"
    bench.new_case()
    yield "02-customer-fresh"
    bench.go_on()
    yield "02-customer-error"
    bench.new_case()
    session_of(bench).set_field("name", "Contoso AB")
    bench.go_on()
    yield "03-channel-fresh"
    bench.go_on()
    yield "04-channel-error"
    session_of(bench).answer("channel", "mixed")
    bench.change("2")
    yield "05-channel-chosen"
    bench.go_on()
    yield "06-cloud"
    session_of(bench).answer("cloud", "commercial")
    session_of(bench).answer("subscription", "active_paid")
    bench.go_on()
    yield "07-products-fresh"
    session_of(bench).answer("products", ("business_central", "sales", "power_apps"))
    bench.change("3")
    yield "08-products-chosen"
    bench.go_on()
    yield "09-by-product"
    bench.go_on()
    yield "10-by-product-error"
    session_of(bench).answer(
        "channel_by_product",
        {
            "business_central": "enterprise_agreement",
            "sales": "csp_direct_bill",
            "power_apps": "unknown",
        },
    )
    bench.go_on()
    yield "11-aim"
    session_of(bench).answer("metrics", ("net_customer_adds", "usage_growth", "deployments"))
    bench.go_on()
    yield "12-floors"
    session_of(bench).answer("track", "smb")
    session_of(bench).answer("revenue", {"sales": "from_250"})
    bench.change("4b")
    yield "13-floors-differ"
    session_of(bench).answer("revenue", "from_250")
    bench.go_on()
    yield "14-part"
    session_of(bench).answer("our_part", ("influenced_purchase", "implements"))
    bench.go_on()
    yield "15-incumbent"
    session_of(bench).answer("incumbent", ("none",))
    session_of(bench).answer("customer_names_us", "unknown")
    bench.go_on()
    if session_of(bench).page != CHECK:
        raise LookupError(f"expected the check page, not {session_of(bench).page}")
    yield "16-check"
    bench.go_on()
    yield "17-result"
    bench.print_result()
    yield "21-preview"
    bench.new_case()
    session_of(bench).set_field("name", "Fabrikam & Söhne <b>東京</b>")
    bench.go_on()
    bench.show_start()
    yield "18-start"
    desks.histories.show_history()
    _wait_for_list(desks)
    yield "19-history"
    desks.transfer.show_portfolio()
    _wait()
    yield "26-portfolio"
    bench.open_evaluation(1)
    bench.edit_result()
    session_of(bench).answer("channel", "enterprise_agreement")
    bench.show_again()
    bench.go_on()
    desks.comparing.compare_result()
    _wait()
    yield "27-compare"
    desks.histories.show_history()
    _wait_for_list(desks)
    desks.histories.delete(cases=[1])
    _wait_for_list(desks)
    yield "23-undo"
    desks.keeping.show_deleted()
    yield "24-deleted"
    desks.keeping.show_backups()
    yield "25-backups"
    bench.show_settings()
    yield "20-settings"
    desks.rules.show_changes()
    yield "22-rules"


def _wait_for_list(desks: Desks) -> None:
    """Until what is looked for beside the window is there."""
    while desks.histories.is_looking:
        QCoreApplication.processEvents()


def _wait() -> None:
    """Long enough for what is worked out beside the window to be shown."""
    begun = time.monotonic()
    while time.monotonic() - begun < _LONG_ENOUGH_S:
        QCoreApplication.processEvents()


def main(folder: Path) -> None:
    """Write the pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    scale = os.environ.get("QT_SCALE_FACTOR", "1")
    with tempfile.TemporaryDirectory() as data:
        program = Program(app, DataFolder(Path(data)), clock)
        program.window.show()
        program.load()
        if program.workbench is None or program.desks is None:
            raise LookupError("the program shows its problem page")
        for name in scenes(program.workbench, program.desks):
            for scheme in SCHEMES:
                program.theme.use(scheme)
                for width, height in SIZES:
                    program.window.resize(width, height)
                    _settle(app)
                    file = folder / f"{name}-{scheme}-{width}x{height}@{scale}.png"
                    program.window.grab().save(str(file))
        program.window.close()


def _settle(app: QApplication) -> None:
    for _ in range(3):
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
