"""How long the window takes to show and to be of use, beside a bare window with one label.

    make bench-start                       the checkout, and the packaged program in dist/ if any
    make bench-start PROGRAM=...           and this packaged program

With a display in memory (Xvfb) everything is seen from outside, as a person sees it: the first
paint is the first change of the screen, usable is the last one before it stays as it is. Without
a display the program says so itself, see `nca_wizard.ui.told_start`; of one that does not, an
older package, nothing is known. The history has 1,000 cases, and three things are due this week.

Whatever is clicked on the first page before the program is ready, which is when the rules are
read too, is done then: `ready` says how long that can take.
"""

import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from threading import Timer

from display_in_memory import Display, display_in_memory
from nca_wizard.customer import Customer
from nca_wizard.history.store import Draft, History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.rules.rulebook import load
from nca_wizard.ui.told_start import ASKED_FOR

CASES = 1_000
DRAFTS = 5
ROUNDS = 9
# A program that has not said when it is usable never will.
PATIENCE_SECONDS = 20
# Longer than the program is busy between its first paint and its first page.
QUIET_SECONDS = 1.5

# Packages that took less are added up.
LEAST_SHOWN_MS = 1.0

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
        QTimer.singleShot(0, lambda: print("painted\\nusable\\nready", flush=True))

app = QApplication(sys.argv)
window = Window()
window.setCentralWidget(QLabel("NCA Wizard"))
window.resize(1000, 680)
window.show()
app.exec()
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds until then, seconds of the processor, and megabytes of memory."""

    painted: float
    usable: float
    ready: float
    """Not a number where it cannot be seen from outside."""
    busy: float
    memory: float


_TOLD = {"QT_QPA_PLATFORM": "offscreen", ASKED_FOR: "1"}
NOT_MEASURED = Start(*(math.nan,) * 5)

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
                evaluation = history.finish(draft.id, Customer(name=name), given, at)
        case = history.evaluation(evaluation).case_id
        for thing in ("Call", "Write", "Visit"):
            history.follow_ups.add(case, thing, datetime.now(UTC).date())


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
def started(
    command: Sequence[str], environment: dict[str, str], *, stderr: int | None = None
) -> "Iterator[subprocess.Popen[str]]":
    # A checkout is compiled once, not at every start as this shell may want it.
    here = {name: os.environ[name] for name in os.environ.keys() - {"PYTHONDONTWRITEBYTECODE"}}
    process = subprocess.Popen(
        command,
        env=here | environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
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
    with started(command, {"DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb"}) as process:
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
    return Start(first - began, last - began, math.nan, *spent)


# --- Without a display -----------------------------------------------------------------------


def told(command: Sequence[str]) -> Start:
    """Start something that says itself when it has painted, is usable and is ready."""
    moments: dict[str, float] = {}
    began = time.perf_counter()
    with started(command, _TOLD) as process:
        waiting = Timer(PATIENCE_SECONDS, process.kill)
        waiting.start()
        for word in _lines(process):
            moments[word] = time.perf_counter() - began
            if moments.keys() >= {"usable", "ready"}:
                waiting.cancel()
                painted, usable, ready = map(moments.__getitem__, ("painted", "usable", "ready"))
                return Start(painted, usable, ready, *cost(process))
    return NOT_MEASURED


def _lines(process: "subprocess.Popen[str]") -> Iterator[str]:
    assert process.stdout is not None  # noqa: S101  for the type alone
    return (line.strip() for line in process.stdout)


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
            median(start.ready for start in starts),
            median(start.busy for start in starts),
            median(start.memory for start in starts),
        )
        for name, starts in taken.items()
    }


def shown(seconds: float, to: float) -> str:
    if math.isnan(seconds):
        return "not measured"
    return f"{seconds * 1e3:.0f} ms {seconds / to:5.2f}x"


def print_starts(where: str, starts: Mapping[str, Start]) -> None:
    bare = starts["bare window"]
    named = "".join(f"{name:>17}" for name in ("painted", "usable", "ready", "processor"))
    print(f"\n{where:<16}{named}{'memory':>16}")
    for name, start in starts.items():
        print(
            f"{name:<16} {shown(start.painted, bare.painted):>16}"
            f" {shown(start.usable, bare.painted):>16} {shown(start.ready, bare.painted):>16}"
            f" {shown(start.busy, bare.busy):>16}"
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
            met = "met" if measured <= aim else "NOT MET"
            said = "not measured" if math.isnan(measured) else f"{measured:6.2f}   {met}"
            print(f"{f'{where}, {name}: {what}':<48} aim {aim}{unit:<4} {said}")


def print_both(seen: Mapping[str, Start], unseen: Mapping[str, Start]) -> None:
    both = (("Xvfb", seen), ("offscreen", unseen))
    for where, starts in both:
        print_starts(where, starts)
    print()
    for where, starts in both:
        print_aims(where, starts)


def imports(command: Sequence[str]) -> dict[str, dict[str, float]]:
    """Moment -> package -> milliseconds its own modules took to import until then."""
    turns = [_imported(command) for _ in range(3)]
    # The shortest: whatever else goes on here makes none of them shorter.
    return {
        moment: {
            package: min(turn[moment].get(package, 0.0) for turn in turns) for package in spent
        }
        for moment, spent in turns[0].items()
    }


def _imported(command: Sequence[str]) -> dict[str, dict[str, float]]:
    """As Python lists them, in one stream with what the program says of itself."""
    found: dict[str, dict[str, float]] = {}
    spent: dict[str, float] = {}
    timed = [command[0], "-X", "importtime", *command[1:]]
    with started(timed, _TOLD, stderr=subprocess.STDOUT) as process:
        for line in _lines(process):
            if timing := re.match(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", line):
                own, module = timing.groups()
                package = ".".join(
                    module.split(".")[: 2 if module.startswith("nca_wizard.") else 1]
                )
                spent[package] = spent.get(package, 0.0) + int(own) / 1e3
            elif line in ("painted", "usable", "ready"):
                found[line], spent = spent, {}
            if "ready" in found:
                break
    return found


def print_imports(commands: Mapping[str, Sequence[str]]) -> None:
    bare = imports(commands["bare window"])["painted"]
    ours = imports(commands["checkout"])
    before = {name: took - bare.get(name, 0.0) for name, took in ours["painted"].items()}
    for title, times in (
        ("before the first paint, beyond those of a bare window", before),
        ("between it and the first page", ours["usable"]),
        ("behind the first page", ours["ready"]),
    ):
        print(f"\nimports {title}: {sum(times.values()):.0f} ms")
        listed = sorted(times.items(), key=lambda item: -item[1])
        shown = [(name, took) for name, took in listed if took >= LEAST_SHOWN_MS]
        for name, took in shown:
            print(f"    {name:<32} {took:6.1f} ms")
        rest = sum(took for _, took in listed[len(shown) :])
        print(f"    {f'{len(listed) - len(shown)} others':<32} {rest:6.1f} ms")


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
                {name: partial(on_screen, one, display) for name, one in commands.items()}
            )
        unseen = rounds({name: partial(told, one) for name, one in commands.items()})
        print_both(seen, unseen)
        print_imports(commands)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
