"""The page goes through CUPS to a printer, and what comes out is the page of the PDF."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import QBuffer, QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.paths import resources
from nca_wizard.public_holidays import free_days
from nca_wizard.report.document import Document, Press
from nca_wizard.report.page import Copy
from nca_wizard.report.timeline import Schedule
from nca_wizard.settings import PartnerProfile
from tests.ui.cups import CUPSD, LPADMIN, PRINTER, Service, printing_service
from tests.ui.results import T, samples

DPI = 100
SAME = 5.0
"""Shades of grey: letters are smoothed in other ways, and may be a fifth of a millimetre off."""

# A process of its own: libcups keeps to the printing service that it found first.
PRINT = """\
import sys
from pathlib import Path
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication
from nca_wizard.ui import printing

app = QApplication([])
assert printing.has_printer()
printer = QPrinter(QPrinterInfo.printerInfo(sys.argv[1]), QPrinter.PrinterMode.HighResolution)
printing.prepare(printer, "Contoso AB", sys.argv[2])
pages = [QImage(path) for path in sys.argv[3:]]
assert printing.print_pages(printer, pages)
"""


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(resources())


@pytest.fixture
def service() -> Iterator[Service]:
    if not (CUPSD and LPADMIN):
        # Where every change is tested nobody would notice that this one is not.
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("there is no CUPS to print with")
    # Pytest's own folder has too long a path for a socket, and only root may look into it.
    with tempfile.TemporaryDirectory(prefix="nca") as short:
        Path(short).chmod(0o755)
        with printing_service(Path(short) / "cups") as service:
            yield service


def document(press: Press, copy: Copy) -> Document:
    return press.document(
        T,
        samples()["scenario-b"],
        Customer(name="Contoso AB"),
        PartnerProfile(name="J. Seller"),
        copy=copy,
        paper="a4",
        schedule=Schedule(date(2026, 11, 23), free_days("DE")),
    )


def drawn(pdf: bytes) -> Image.Image:
    command = "pdftoppm", "-r", str(DPI), "-gray", "-singlefile", "-"
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout)).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """How many of 255 shades of grey the pixels are apart on average, letters a little blurred."""
    assert abs(one.width - other.width) <= 1
    assert abs(one.height - other.height) <= 1
    small = (one.width // 4, one.height // 4)
    apart = ImageChops.difference(one.resize(small), other.resize(small))
    return float(ImageStat.Stat(apart).mean[0])


def test_what_the_printer_gets_is_the_page_of_the_pdf(
    press: Press, service: Service, tmp_path: Path
) -> None:
    page = document(press, "customer")
    picture = tmp_path / "page.png"
    picture.write_bytes(page.pages_png(300)[0])
    environment = {**os.environ, "CUPS_SERVER": service.address, "QT_QPA_PLATFORM": "offscreen"}

    command = [sys.executable, "-c", PRINT, PRINTER, "a4", str(picture)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    printed = drawn(service.printed())

    assert difference(printed, drawn(page.pdf)) < SAME
    two_millimetres = ImageChops.offset(printed, 8, 0)
    assert difference(two_millimetres, drawn(page.pdf)) > 1.5 * SAME


@pytest.mark.parametrize("copy", get_args(Copy))
def test_the_drawing_and_the_picture_of_a_page_are_the_same(
    qtbot: QtBot, press: Press, copy: Copy
) -> None:
    page = document(press, copy)
    picture = Image.open(BytesIO(page.pages_png(DPI)[0])).convert("L")
    canvas = QImage(picture.width, picture.height, QImage.Format.Format_RGB32)
    canvas.fill(0xFFFFFFFF)
    with QPainter(canvas) as painter:
        QSvgRenderer(QByteArray(page.pages_svg()[0])).render(
            painter, QRectF(0, 0, picture.width, picture.height)
        )
    written = QBuffer()
    # PySide takes a text here, whatever its stub says.
    canvas.save(written, "PNG")  # type: ignore[call-overload]
    drawing = Image.open(BytesIO(written.data().data())).convert("L")

    assert difference(drawing, picture) < SAME
