"""How fast a list is imported, and how the window bears it; `history.py` asks for these figures.

No two customers have the same answers: what lists have in common is remembered, and would flatter.
"""

import csv
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import quantiles

from history_window import beating
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from nca_wizard.paths import DataFolder
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.ui.application import make_application
from nca_wizard.ui.import_page import ImportPage
from nca_wizard.ui.program import Program


@dataclass(frozen=True)
class Figures:
    """Rows a second; milliseconds that no event was seen to, and that Cancel took."""

    rate: float
    blocked_p99: float
    blocked_most: float
    to_cancel: float


def make_list(path: Path, rulebook: Rulebook, rows: int) -> None:
    """A list of customers with answers drawn at random."""
    chance = random.Random(2)  # noqa: S311  # the same list in every run
    questions = [one for one in rulebook.questions if one.kind != "by_product"]

    def answer(place: int) -> str:
        question = questions[place]
        choices = [one.id for one in question.choices if not one.alone and one.id != "mixed"]
        chosen = chance.sample(choices, min(2, len(choices)) if question.kind == "several" else 1)
        return ";".join(chosen)

    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", *(one.id for one in questions)])
        for number in range(rows):
            answers = (answer(place) for place in range(len(questions)))
            writer.writerow([f"Customer {number}", *answers])


def measure(folder: Path, listed: Path, rows: int, now: datetime) -> Figures:
    """Import the list once to its end, and once more to be cancelled at its beginning."""
    app = QApplication.instance() or make_application()
    if not isinstance(app, QApplication):
        raise TypeError("no application")
    program = Program(app, DataFolder(folder), lambda: now)
    program.window.show()
    program.load()
    page = _opened(app, program, listed)
    with beating(app) as gaps:
        begun = time.perf_counter()
        page.run.click()
        _until_over(app, page)
        took = time.perf_counter() - begun
    again = _opened(app, program, listed)
    again.run.click()
    for _ in range(100):
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    begun = time.perf_counter()
    again.cancel.click()
    _until_over(app, again)
    to_cancel = (time.perf_counter() - begun) * 1000
    program.window.close()
    app.processEvents()
    return Figures(rows / took, _p99(gaps), max(gaps), to_cancel)


def _p99(gaps: Sequence[float]) -> float:
    return quantiles(gaps, n=100)[-1]


def _opened(app: QApplication, program: Program, listed: Path) -> ImportPage:
    if program.desks is None:
        raise LookupError("the program shows its problem page")
    before = program.window.page
    # One list at a time, and the thread of the last one may not be quite over.
    program.desks.lists.finish()
    program.desks.lists.open_list(listed)
    while program.window.page is before:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    page = program.window.page
    if not isinstance(page, ImportPage):
        raise TypeError("another page shows")
    return page


def _until_over(app: QApplication, page: ImportPage) -> None:
    while page.cancel.isVisible():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
