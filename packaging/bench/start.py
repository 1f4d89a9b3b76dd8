"""How long the window takes to show and to be of use, beside a bare window with one label.

    make bench-start                       the checkout, and the packaged program in dist/ if any
    make bench-start PROGRAM=...           and this packaged program

With a display in memory (Xvfb) everything is seen from outside, as a person sees it: the first
paint is the first change of the screen, usable is the last one before it stays as it is. Without
a display the window itself is asked, which only the checkout allows; of the packaged program is
known only when it is usable: when it answers a second start. The history has 1,000 cases.
"""

import math
import os
import re
import socket  # noqa: TID251  a second start is played here
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from display_in_memory import Display, display_in_memory
from nca_wizard.customer import Customer
from nca_wizard.history.store import Draft, History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.rules.model.values import Answers, Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.rules.rulebook import load
from nca_wizard.ui.hand_over import Request, encoded
from nca_wizard.ui.one_instance import meeting_place

CASES = 1_000
DRAFTS = 5
ROUNDS = 9
# Longer than the program is busy between its first paint and its first page.
QUIET_SECONDS = 1.5

FIRST_PAINT_AIM = 1.5
USABLE_AIM = 2.5
MEMORY_AIM = 50

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: print("painted", flush=True))

app = QApplication(sys.argv)
window = Window()
window.setCentralWidget(QLabel("NCA Wizard"))
window.resize(1000, 680)
window.show()
app.exec()
"""

# The program itself, with an ear at the two moments.
CHECKOUT = """
import sys
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from nca_wizard.__main__ import main
from nca_wizard.ui.app import Program

made, load = Program.__init__, Program.load

def make(program, *world):
    made(program, *world)
    said = lambda: print("painted", flush=True)
    program.window.first_painted.connect(said, Qt.ConnectionType.QueuedConnection)

class Usable(QObject):
    def eventFilter(self, page, event):
        if event.type() == QEvent.Type.Paint:
            page.removeEventFilter(self)
            QTimer.singleShot(0, lambda: print("usable", flush=True))
        return False

def load_and_tell(program, *world):
    load(program, *world)
    program.usable = Usable()
    program.window.page.installEventFilter(program.usable)

Program.__init__, Program.load = make, load_and_tell
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds until then, seconds of the processor, and megabytes of memory."""

    painted: float
    usable: float
    busy: float
    memory: float


Measure = Callable[[], Start]


# --- What is started -------------------------------------------------------------------------


def fill(data: DataFolder) -> None:
    """A history as after some years."""
    book = load(resources())
    answers: Answers = {
        "channel": "enterprise_agreement",
        "products": ("business_central", "sales"),
        "metrics": ("net_customer_adds",),
    }
    given = recommend(book, Scenario(as_of=book.checked_on, answers=answers))
    then = datetime(2026, 1, 1, 9, tzinfo=UTC)
    with History.open(data.history) as history:
        for number in range(CASES + DRAFTS):
            at = then + timedelta(hours=number)
            name = f"Customer {number:04}"
            draft = history.save_draft(Draft({"name": name}, answers, "check"), at)
            if number < CASES:
                history.finish(draft.id, Customer(name=name), given, at)


def programs(packaged: Path | None) -> dict[str, list[str]]:
    """Name -> command."""
    found = {
        "bare window": [sys.executable, "-c", BARE],
        "checkout": [sys.executable, "-m", "nca_wizard"],
    }
    if packaged is not None:
        found["packaged"] = [str(packaged)]
    return found


def packaged_program(argument: Sequence[str]) -> Path | None:
    """The one named, or the one just built."""
    if argument:
        return Path(argument[0]).resolve()
    built = [path for path in Path("dist").rglob("nca-wizard") if path.is_file()]
    return built[0].resolve() if built else None


@contextmanager
def started(command: Sequence[str], **environment: str) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def cost(process: "subprocess.Popen[str]") -> tuple[float, float]:
    """Seconds of the processor, which others on this computer make no longer, and megabytes."""
    there = Path(f"/proc/{process.pid}")
    threads = [task.read_text(encoding="ascii") for task in there.glob("task/*/schedstat")]
    busy = sum(int(thread.split()[0]) for thread in threads) / 1e9
    status = (there / "status").read_text(encoding="ascii")
    return busy, int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


# --- Seen on the screen ----------------------------------------------------------------------


def on_screen(command: Sequence[str], display: Display) -> Start:
    """Start it, look until nothing moves, end it."""
    before = shown = display.look()
    first = last = 0.0
    began = time.perf_counter()
    with started(command, DISPLAY=display.name, QT_QPA_PLATFORM="xcb") as process:
        while not first or time.perf_counter() - last < QUIET_SECONDS:
            now = time.perf_counter()
            picture = display.look()
            if picture != shown:
                shown, last = picture, now
                first = first or now
            if process.poll() is not None:
                raise RuntimeError(f"{command} has ended")
            time.sleep(0.004)
        spent = cost(process)
    # The server takes the window off the screen.
    while display.look() != before:
        time.sleep(0.01)
    return Start(first - began, last - began, *spent)


# --- Without a display -----------------------------------------------------------------------


def told(command: Sequence[str], *, last_word: str) -> Start:
    """Start something that says itself when it has painted and when it is usable."""
    moments: dict[str, float] = {}
    began = time.perf_counter()
    with started(command, QT_QPA_PLATFORM="offscreen") as process:
        assert process.stdout is not None  # noqa: S101  for the type alone
        while last_word not in moments:
            word = process.stdout.readline().strip()
            moments[word] = time.perf_counter() - began
        return Start(moments["painted"], moments[last_word], *cost(process))


def answering(command: Sequence[str], data: DataFolder) -> Start:
    """Start it and ask as a second start would, until it answers."""
    place = meeting_place(data.root)
    if place is None:
        raise RuntimeError("there is no place to meet")
    place.leave()
    address = Path(place.address)
    address.unlink(missing_ok=True)
    began = time.perf_counter()
    with started(command, QT_QPA_PLATFORM="offscreen") as process:
        with socket.socket(socket.AF_UNIX) as second:
            while True:
                with suppress(FileNotFoundError, ConnectionRefusedError):
                    second.connect(str(address))
                    break
                time.sleep(0.002)
            second.send(encoded(Request()))
            second.recv(100)
        return Start(math.nan, time.perf_counter() - began, *cost(process))


# --- The report ------------------------------------------------------------------------------


def rounds(subjects: Mapping[str, Measure]) -> dict[str, Start]:
    """Everybody's medians of several rounds, in each of which all have their turn."""
    taken: dict[str, list[Start]] = {name: [] for name in subjects}
    for turn in range(ROUNDS + 1):
        for name, measure in subjects.items():
            start = measure()
            # The first turn reads everything from the disk.
            if turn:
                taken[name].append(start)
    return {
        name: Start(
            median(start.painted for start in starts),
            median(start.usable for start in starts),
            median(start.busy for start in starts),
            median(start.memory for start in starts),
        )
        for name, starts in taken.items()
    }


def shown(seconds: float, to: float) -> str:
    if math.isnan(seconds):
        return "-"
    return f"{seconds * 1e3:.0f} ms {seconds / to:5.2f}x"


def print_starts(where: str, starts: Mapping[str, Start]) -> None:
    bare = starts["bare window"]
    print(f"\n{where:<26} {'painted':>16} {'usable':>16} {'processor':>16} {'memory':>15}")
    for name, start in starts.items():
        print(
            f"{name:<26} {shown(start.painted, bare.painted):>16}"
            f" {shown(start.usable, bare.painted):>16} {shown(start.busy, bare.busy):>16}"
            f" {start.memory:6.0f} MB {start.memory - bare.memory:+5.0f}"
        )


def print_aims(where: str, starts: Mapping[str, Start]) -> None:
    bare = starts["bare window"]
    for name, start in starts.items():
        if name == "bare window":
            continue
        for what, aim, measured, unit in (
            ("first paint", FIRST_PAINT_AIM, start.painted / bare.painted, "x"),
            ("usable", USABLE_AIM, start.usable / bare.painted, "x"),
            ("memory above bare", MEMORY_AIM, start.memory - bare.memory, " MB"),
        ):
            if math.isnan(measured):
                continue
            met = "met" if measured <= aim else "NOT MET"
            print(f"{f'{where}, {name}: {what}':<48} aim {aim}{unit:<4} {measured:6.2f}   {met}")


def import_times(statement: str) -> dict[str, float]:
    """Package -> milliseconds its own modules take to import, the most first."""
    turns = [_imported(statement) for _ in range(3)]
    # The shortest: whatever else goes on here makes none of them shorter.
    spent = {package: min(turn[package] for turn in turns) for package in turns[0]}
    return dict(sorted(spent.items(), key=lambda item: -item[1]))


def _imported(statement: str) -> dict[str, float]:
    listed = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", statement],
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    spent: dict[str, float] = {}
    for own, module in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", listed.stderr):
        package = ".".join(module.split(".")[: 2 if module.startswith("nca_wizard.") else 1])
        spent[package] = spent.get(package, 0.0) + int(own) / 1e3
    return spent


def print_imports() -> None:
    bare = import_times("import PySide6.QtWidgets")
    first = import_times("import nca_wizard.__main__, nca_wizard.ui.app")
    then = import_times(
        "import nca_wizard.ui.app, nca_wizard.ui.furnishing, nca_wizard.updates.store"
    )
    for title, times, without in (
        ("before the first paint", first, bare),
        ("after it", then, first),
    ):
        added = {name: took for name, took in times.items() if name not in without}
        print(f"\nimports {title}, beyond those of the line above: {sum(added.values()):.0f} ms")
        for name, took in list(added.items())[:12]:
            print(f"    {name:<32} {took:6.1f} ms")


def main(arguments: Sequence[str]) -> int:
    packaged = packaged_program(arguments)
    if packaged is None:
        print("There is no packaged program here; the checkout is measured alone.")
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_RUNTIME_DIR"] = place
        os.environ["XDG_DATA_HOME"] = place
        # Found as usual and not named, which takes its time too.
        data = DataFolder.of_this_user()
        fill(data)
        commands = programs(packaged)
        with display_in_memory() as display:
            seen = rounds(
                {
                    name: lambda command=command: on_screen(command, display)  # type: ignore[misc]
                    for name, command in commands.items()
                }
            )
        aware = [sys.executable, "-c", CHECKOUT]
        without = {
            "bare window": lambda: told(commands["bare window"], last_word="painted"),
            "checkout": lambda: told(aware, last_word="usable"),
        }
        if packaged is not None:
            without["packaged"] = lambda: answering(commands["packaged"], data)
        unseen = rounds(without)
    for where, starts in (("Xvfb", seen), ("offscreen", unseen)):
        print_starts(where, starts)
    print()
    for where, starts in (("Xvfb", seen), ("offscreen", unseen)):
        print_aims(where, starts)
    print_imports()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
