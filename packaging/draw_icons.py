"""Draws every icon from its SVG.

    python packaging/draw_icons.py             the window's, into resources/icons; commit them
    python packaging/draw_icons.py FOLDER      those that only packages need, into FOLDER

A package needs the window's icons and those of a case file again, as icons of Windows (.ico) and
of macOS (.icns).
"""

import os
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWINGS = Path(__file__).parent / "icons"
WINDOW_ICONS = Path(__file__).parent.parent / "resources" / "icons"
SIZES = (16, 24, 32, 48, 64, 128, 256)
# Below this many pixels a tick in a circle is a blot: there is a drawing without it.
SMALL = 24

# Beside the first and last page of the installer for Windows, which shows it at half this size.
_SIDE_WIDTH, _SIDE_HEIGHT = 328, 628
_SIDE_COLOUR = "#E8F1FB"
_SIDE_ICON = 160

# macOS leaves air around an icon.
_MACOS_MARGIN = 100 / 1024
_MACOS_KINDS = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128,
    b"ic13": 256, b"ic08": 256, b"ic14": 512, b"ic09": 512, b"ic10": 1024,
}  # fmt: skip


def window_icon(size: int, margin: float = 0) -> QImage:
    """The program's icon; `margin` is the share of its side left free on each side."""
    return _drawn("nca-wizard-small.svg" if size <= SMALL else "nca-wizard.svg", size, margin)


def case_icon(size: int) -> QImage:
    """The icon of a case file."""
    return _drawn("case-file.svg", size, 0)


def _drawn(name: str, size: int, margin: float) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = size * (1 - 2 * margin)
    frame = QRectF(size * margin, size * margin, side, side)
    QSvgRenderer(str(DRAWINGS / name)).render(painter, frame)
    painter.end()
    return image


def side_of_the_installer() -> QImage:
    """The icon on a quiet ground; bitmaps for NSIS have no transparency."""
    image = QImage(_SIDE_WIDTH, _SIDE_HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(_SIDE_COLOUR))
    painter = QPainter(image)
    place = ((_SIDE_WIDTH - _SIDE_ICON) // 2, (_SIDE_HEIGHT - _SIDE_ICON) // 3)
    painter.drawImage(*place, window_icon(_SIDE_ICON))
    painter.end()
    return image


def as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def windows_icon(draw: Callable[[int], QImage]) -> bytes:
    """All sizes in one file; the largest as PNG, the others as bitmaps, as every reader expects."""
    pictures = [as_png(draw(size)) if size == 256 else _as_bitmap(draw(size)) for size in SIZES]
    offset = 6 + 16 * len(SIZES)
    header = struct.pack("<HHH", 0, 1, len(SIZES))
    for size, picture in zip(SIZES, pictures, strict=True):
        # 0 stands for 256.
        side = size % 256
        header += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return header + b"".join(pictures)


def _as_bitmap(image: QImage) -> bytes:
    """A device-independent bitmap from the bottom up, with an empty mask: alpha does its work."""
    size = image.width()
    # Held by a name: its bits go when it goes.
    upside_down = image.flipped(Qt.Orientation.Vertical)
    pixels = bytes(upside_down.constBits())
    mask = bytes((size + 31) // 32 * 4 * size)
    header = struct.pack(
        "<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0
    )
    return header + pixels + mask


def macos_icon(draw: Callable[[int], QImage]) -> bytes:
    """All sizes in one file."""
    entries = b""
    for kind, size in _MACOS_KINDS.items():
        picture = as_png(draw(size))
        entries += kind + struct.pack(">I", 8 + len(picture)) + picture
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


def main(arguments: list[str]) -> int:
    application = QGuiApplication(sys.argv[:1])
    if arguments:
        folder = Path(arguments[0])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "nca-wizard.ico").write_bytes(windows_icon(window_icon))
        (folder / "case-file.ico").write_bytes(windows_icon(case_icon))
        side_of_the_installer().save(str(folder / "installer-side.bmp"))
        with_air = partial(window_icon, margin=_MACOS_MARGIN)
        (folder / "nca-wizard.icns").write_bytes(macos_icon(with_air))
        (folder / "case-file.icns").write_bytes(macos_icon(case_icon))
        for size in SIZES:
            (folder / f"case-file-{size}.png").write_bytes(as_png(case_icon(size)))
    else:
        for size in SIZES:
            (WINDOW_ICONS / f"nca-wizard-{size}.png").write_bytes(as_png(window_icon(size)))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
