"""Onto paper: the typeset pages through the system's own print dialog."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from nca_wizard.settings import Sheet

DOTS_AN_INCH = 300
"""How finely pages are drawn for a printer. Pixels, since no printer misreads them."""

_PAGE_SIZES = {
    "a4": QPageSize.PageSizeId.A4,
    "letter": QPageSize.PageSizeId.Letter,
}


def has_printer() -> bool:
    """Whether the system knows a printer. Without one Qt would quietly write a file."""
    return bool(QPrinterInfo.availablePrinterNames())


def ask_for_printer(parent: QWidget, title: str, sheet: Sheet, pages: int) -> QPrinter | None:
    """The printer the person chose, ready for this sheet; None if they thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, title, sheet)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    # Another printer chosen in the dialog brings its own margins back.
    printer.setFullPage(True)
    return printer


def prepare(printer: QPrinter, title: str, sheet: Sheet) -> None:
    """Set the sheet, edge to edge: the page has its own margins."""
    printer.setDocName(title)
    printer.setPageSize(QPageSize(_PAGE_SIZES[sheet]))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)


def print_pages(printer: QPrinter, pages: Sequence[QImage]) -> bool:
    """Print the chosen pages; False if the printer did not take them."""
    first = printer.fromPage() or 1
    last = printer.toPage() or len(pages)
    chosen = list(pages)[first - 1 : last]
    # `with`: an exception that left the painter open would end the whole program.
    with QPainter() as painter:
        if not painter.begin(printer):
            return False
        for number, page in enumerate(chosen):
            if number and not printer.newPage():
                return False
            sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
            painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), page)
    return True
