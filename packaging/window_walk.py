"""Uses the window with the keyboard, as a person does, on a display in memory (Xvfb, xdotool).

with walked(command, environment, display, pictures) as walk:
    walk.until_titled("Contoso")
    walk.to("the result", "Return")                  each step has to change what is seen
    walk.do("&Export…", "alt+f", "e")                the same, for a command of the menus
    walk.name_file("a file", path)                   answers the question for a file
walk.done                                            the commands that were done
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from display_in_memory import HEIGHT, WIDTH, Display

PATIENCE_SECONDS = 30.0
# When nothing has changed for that long the window has done what was asked. A cursor that blinks
# is never quiet.
QUIET_SECONDS = 0.5
BUSY_SECONDS = 2.0
# A menu or a field takes that long at most to be ready for the next key.
BETWEEN_KEYS_SECONDS = 0.15


class Fault(Exception):
    """What went wrong, in a sentence."""


class Walk:
    """A window that is used with the keyboard."""

    def __init__(
        self, window: "subprocess.Popen[bytes]", display: Display, pictures: Path | None
    ) -> None:
        self.done: set[str] = set()
        """The titles of the commands of the menus that were done."""
        self._window = window
        self._display = display
        self._pictures = pictures
        self._steps = 0
        self._there = {**os.environ, "DISPLAY": display.name}

    # --- Steps ------------------------------------------------------------------------------

    def to(self, name: str, *keys: str) -> None:
        """Press the keys and wait until something else is seen, and stays."""
        before = self._display.look()
        self._press(*keys)
        self.until(lambda: self._display.look() != before, f"{name}: {keys} change nothing")
        self._settle(name)

    def do(self, command: str, *keys: str, dialog: str = "") -> None:
        """The same for a command, by its title in the menu."""
        self.done.add(command)
        if dialog:
            self.to_dialog(dialog, *keys)
        else:
            self.to(command.replace("&", ""), *keys)

    def to_dialog(self, title: str, *keys: str) -> None:
        """Press the keys and wait until a dialog with this title has come."""
        self._press(*keys)
        self.until_titled(title)

    def name_file(self, name: str, path: Path) -> None:
        """Answer the question for a file."""
        self._press("ctrl+a")
        self._xdotool("type", "--delay", "2", str(path))
        self.to(name, "Return")

    def type(self, text: str) -> None:
        """Into the field that has the focus."""
        self._xdotool("type", "--delay", "2", text)

    def until_titled(self, name: str) -> None:
        """Wait until a window has this title, and what it shows is painted."""
        search = ("search", "--onlyvisible", "--name", f"^{re.escape(name)}$")
        self.until(lambda: self._xdotool(*search) == 0, f"no window is called {name}")
        self._settle(name)

    def until(self, has_come: Callable[[], bool], fault: str) -> None:
        """Wait for it, while the window lives."""
        began = time.monotonic()
        while not has_come():
            code = self._window.poll()
            if code is not None:
                raise Fault(f"{fault}; the window {verdict(code)}")
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise Fault(fault)
            time.sleep(0.02)

    def quit(self) -> None:
        """The last command there is."""
        self.done.add("&Quit")
        self._press("ctrl+q")
        code = self._window.wait(PATIENCE_SECONDS)
        if code != 0:
            raise Fault(f"the window {verdict(code)}")

    # --- Keys and pixels --------------------------------------------------------------------

    def _press(self, *keys: str) -> None:
        for key in keys:
            self._xdotool("key", key)
            if key != keys[-1]:
                time.sleep(BETWEEN_KEYS_SECONDS)

    def _xdotool(self, *arguments: str) -> int:
        done = subprocess.run(
            ["xdotool", *arguments], env=self._there, capture_output=True, check=False
        )
        return done.returncode

    def _settle(self, name: str) -> None:
        seen = self._display.look()
        began = since = time.monotonic()
        while time.monotonic() - since < QUIET_SECONDS and time.monotonic() - began < BUSY_SECONDS:
            time.sleep(0.02)
            if self._display.look() != seen:
                seen, since = self._display.look(), time.monotonic()
        self._steps += 1
        print(f"    {name}", flush=True)
        if self._pictures is not None:
            from PIL import Image

            size = (WIDTH, HEIGHT)
            picture = Image.frombytes("RGB", size, self._display.picture(), "raw", "BGRX")
            picture.save(self._pictures / f"{self._steps:02}.png")


@contextmanager
def walked(
    command: Sequence[str],
    environment: Mapping[str, str],
    display: Display,
    pictures: Path | None,
) -> Iterator[Walk]:
    """A window, until the block ends."""
    # Without a window manager nothing would get the focus, and no key would arrive.
    with (
        started(["openbox"], {**os.environ, "DISPLAY": display.name}),
        started(command, environment) as window,
    ):
        yield Walk(window, display, pictures)


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str]
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
