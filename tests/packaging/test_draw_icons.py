import struct

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import draw_icons
from nca_wizard.ui.application import window_icon

# Another Qt may round an edge otherwise.
TOLERANCE = 8


@pytest.mark.parametrize("size", draw_icons.SIZES)
def test_the_committed_icons_are_those_of_the_drawings(qapp: QApplication, size: int) -> None:
    committed = QImage(str(draw_icons.WINDOW_ICONS / f"nca-wizard-{size}.png"))
    drawn = draw_icons.window_icon(size).convertToFormat(committed.format())

    assert committed.size() == drawn.size()
    pairs = zip(bytes(committed.constBits()), bytes(drawn.constBits()), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= TOLERANCE


def test_the_window_has_its_icon_in_every_size(qapp: QApplication) -> None:
    sizes = sorted(size.width() for size in window_icon().availableSizes())

    assert sizes == list(draw_icons.SIZES)


def test_the_icon_of_windows_holds_every_size_with_its_corners_free(qapp: QApplication) -> None:
    data = draw_icons.windows_icon(draw_icons.window_icon)
    _, kind, count = struct.unpack_from("<HHH", data)
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * number) for number in range(count)]

    assert kind == 1
    assert [entry[0] or 256 for entry in entries] == list(draw_icons.SIZES)
    assert entries[-1][-1] + entries[-1][-2] == len(data)
    for width, *_, offset in entries[:-1]:
        header, *corner = struct.unpack_from("<I36x4B", data, offset)
        assert (width, header, corner) == (width, 40, [0, 0, 0, 0])


def test_the_icon_of_macos_says_its_own_length(qapp: QApplication) -> None:
    data = draw_icons.macos_icon(draw_icons.window_icon)

    assert data[:4] == b"icns"
    assert struct.unpack_from(">I", data, 4) == (len(data),)
