"""A display without a screen (Xvfb) whose pixels a script can look at."""

import mmap
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIDTH, HEIGHT = 1280, 800
_ROW = WIDTH * 4


class Display:
    """`name` is what DISPLAY has to be."""

    def __init__(self, name: str, pixels: mmap.mmap) -> None:
        self.name = name
        self._pixels = pixels

    def look(self) -> bytes:
        """Every eighth row; to look at all would take time from whatever is being watched."""
        starts = range(self._first(), len(self._pixels), 8 * _ROW)
        return b"".join(self._pixels[at : at + _ROW] for at in starts)

    def picture(self) -> bytes:
        """All of it: blue, green, red and nothing, row by row."""
        return self._pixels[self._first() :]

    def _first(self) -> int:
        return len(self._pixels) - HEIGHT * _ROW


@contextmanager
def display_in_memory() -> Iterator[Display]:
    """A display that is there until the block ends."""
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        size = f"{WIDTH}x{HEIGHT}x24"
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-fbdir", folder],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            with Path(folder, "Xvfb_screen0").open("rb") as file:
                yield Display(f":{number}", mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        finally:
            server.terminate()
            server.wait()
