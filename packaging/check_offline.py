"""Runs every function of the program where making a network socket is death: see `offline.py`.

    python packaging/check_offline.py                     the checkout
    python packaging/check_offline.py PROGRAM             a packaged one
    ... --pictures FOLDER                                 and a picture of each page it went to

The window is used with the keyboard on a display in memory (Xvfb, xdotool): each step has to
change what is seen. Listing printers is left to libcups, which is sent to a socket that is not
there: otherwise it asks the printing service of this computer, by network.
"""

import argparse
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from display_in_memory import HEIGHT, WIDTH, Display, display_in_memory

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample" / "scenario-b.ncacase"
GUARD = (sys.executable, str(ROOT / "packaging" / "offline.py"))

PATIENCE_SECONDS = 30.0
# When nothing has changed for that long the window has done what was asked. A cursor that blinks
# is never quiet.
QUIET_SECONDS = 0.6
BUSY_SECONDS = 2.0

SAMPLE_TITLE = "Contoso AB (Sample) - NCA Wizard"
KEYS = (
    ("the result", "Return"),
    ("the preview", "ctrl+p"),
    ("the result again", "alt+Left"),
    ("the history", "ctrl+h"),
    ("the settings", "ctrl+comma"),
    ("the start page", "alt+Home"),
    ("a new case", "ctrl+n"),
    ("its name", "C"),
    ("the next page", "Return"),
    ("larger text", "ctrl+plus"),
    ("the start page, with the case to continue", "ctrl+w"),
)


class Fault(Exception):
    """What went wrong, in a sentence."""


def environment(folder: Path, display: str = "") -> dict[str, str]:
    """A person who has never used the program."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "CUPS_SERVER": str(folder / "no-cups.socket"),
        "QT_QPA_PLATFORM": "xcb" if display else "offscreen",
        "DISPLAY": display,
        "PYTHONPATH": str(ROOT),
    }


def commands(folder: Path) -> Iterator[tuple[str, ...]]:
    """Everything that needs no window."""
    yield ("--version",)
    yield ("--help",)
    yield ("--self-check",)
    yield ("evaluate", str(SAMPLE))
    yield ("evaluate", str(SAMPLE), "--json")
    for copy in ("customer", "internal"):
        for paper in ("a4", "letter"):
            pdf = folder / f"{copy}-{paper}.pdf"
            yield ("print", str(SAMPLE), "--copy", copy, "--paper", paper, "--out", str(pdf))
    yield ("questions",)
    yield ("questions", "--json")
    yield ("proof",)
    yield ("compare-rules", str(ROOT / "resources"), str(ROOT / "resources"))
    yield ("rules",)


def check_guard() -> None:
    """What is forbidden is noticed, and what is allowed works."""
    make = "import socket; socket.socket(socket.{}).close()"
    for family, code in (("AF_UNIX", 0), ("AF_INET", -signal.SIGSYS), ("AF_INET6", -signal.SIGSYS)):
        made = subprocess.run([*GUARD, sys.executable, "-c", make.format(family)], check=False)
        if made.returncode != code:
            raise Fault(f"the guard itself fails: {family} ended with {made.returncode}")


def check_commands(program: Sequence[str], folder: Path) -> None:
    for arguments in commands(folder):
        ended = subprocess.run(
            [*GUARD, *program, *arguments],
            env=environment(folder),
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode != 0:
            raise Fault(f"{arguments[0]} {verdict(ended.returncode)}: {ended.stderr[-2000:]}")
        print(f"    {' '.join(arguments)}".replace(f"{folder}/", "").replace(f"{ROOT}/", ""))


def check_window(program: Sequence[str], folder: Path, pictures: Path | None) -> None:
    """Walk through the window, then let a second start hand over a file, then quit."""
    with display_in_memory() as display, walk(program, folder, display, pictures) as walked:
        walked.until_titled(SAMPLE_TITLE)
        for name, key in KEYS:
            walked.to(name, key)
        if stored_evaluations(folder) != 1:
            raise Fault("the walk did not come to a result")
        second = subprocess.run(
            [*GUARD, *program, str(SAMPLE)], env=environment(folder, display.name), check=False
        )
        if second.returncode != 0:
            raise Fault(f"the second start {verdict(second.returncode)}")
        walked.until_titled(SAMPLE_TITLE)
        walked.quit()


def stored_evaluations(folder: Path) -> int:
    [history] = folder.rglob("history.sqlite")
    with closing(sqlite3.connect(history)) as connection:
        counted: tuple[int] = connection.execute("SELECT count(*) FROM evaluations").fetchone()
    return counted[0]


class Walk:
    """A window that is used with the keyboard."""

    def __init__(
        self, window: "subprocess.Popen[bytes]", display: Display, pictures: Path | None
    ) -> None:
        self._window = window
        self._display = display
        self._pictures = pictures
        self._steps = 0
        self._there = {**os.environ, "DISPLAY": display.name}

    def until_titled(self, name: str) -> None:
        """Wait until the window has this in its title, and its page is painted."""
        search = ["xdotool", "search", "--onlyvisible", "--name", re.escape(name)]

        def is_there() -> bool:
            found = subprocess.run(search, env=self._there, capture_output=True, check=False)
            return found.returncode == 0

        self._wait(is_there, f"no window is called {name}")
        self._settle(name)

    def to(self, name: str, key: str) -> None:
        """Press the key and wait until something else is seen, and stays."""
        before = self._display.look()
        self._press(key)
        self._wait(lambda: self._display.look() != before, f"{name}: {key} changes nothing")
        self._settle(name)

    def _wait(self, has_come: Callable[[], bool], fault: str) -> None:
        began = time.monotonic()
        while not has_come():
            code = self._window.poll()
            if code is not None:
                raise Fault(f"the window {verdict(code)}")
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise Fault(fault)
            time.sleep(0.02)

    def _settle(self, name: str) -> None:
        seen = self._display.look()
        began = since = time.monotonic()
        while time.monotonic() - since < QUIET_SECONDS and time.monotonic() - began < BUSY_SECONDS:
            time.sleep(0.02)
            if self._display.look() != seen:
                seen, since = self._display.look(), time.monotonic()
        self._steps += 1
        print(f"    {name}")
        if self._pictures is not None:
            from PIL import Image

            size = (WIDTH, HEIGHT)
            picture = Image.frombytes("RGB", size, self._display.picture(), "raw", "BGRX")
            picture.save(self._pictures / f"{self._steps:02}.png")

    def quit(self) -> None:
        self._press("ctrl+q")
        code = self._window.wait(PATIENCE_SECONDS)
        if code != 0:
            raise Fault(f"the window {verdict(code)}")

    def _press(self, key: str) -> None:
        subprocess.run(["xdotool", "key", key], env=self._there, check=True)


@contextmanager
def walk(
    program: Sequence[str], folder: Path, display: Display, pictures: Path | None
) -> Iterator[Walk]:
    """A window that opened with a file, until the block ends."""
    # Without a window manager nothing would get the focus, and no key would arrive.
    with started(["openbox"], {**os.environ, "DISPLAY": display.name}):
        command = [*GUARD, *program, str(SAMPLE)]
        with started(command, environment(folder, display.name)) as window:
            yield Walk(window, display, pictures)


@contextmanager
def started(
    command: Sequence[str], environment: dict[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def verdict(code: int) -> str:
    """How a process ended."""
    if code == -signal.SIGSYS:
        return "made a network socket"
    return f"ended with {code}"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Nothing here needs a network.")
    parser.add_argument("program", nargs="?", type=Path)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args(arguments)
    program = [sys.executable, "-m", "nca_wizard"]
    if options.program is not None:
        program = [str(options.program.resolve())]
    if options.pictures is not None:
        options.pictures.mkdir(parents=True, exist_ok=True)
    try:
        check_guard()
        with tempfile.TemporaryDirectory() as place:
            check_commands(program, Path(place))
            check_window(program, Path(place), options.pictures)
    except Fault as fault:
        print(f"FAILED: {fault}")
        return 1
    print("No socket but local ones.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
