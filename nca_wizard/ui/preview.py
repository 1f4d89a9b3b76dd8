"""What will be on paper, and the ways there: print, save as PDF, copy as text.

page = PreviewPage(texts, printable, settings)
page.back_requested.connect(...)

The page shows first and is typeset then; every switch sets it anew.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard.paths import resources
from nca_wizard.report.document import Document, Press
from nca_wizard.settings import Settings, Sheet, sheet_for
from nca_wizard.texts import Texts, system_region
from nca_wizard.ui import printing
from nca_wizard.ui.page import CommandBar
from nca_wizard.ui.preview_sheets import Sheets, SheetScroll
from nca_wizard.ui.printables import PDF, CopyChoice, Printable
from nca_wizard.ui.saving import Saving, Wanted
from nca_wizard.ui.tab_order import order_tabs
from nca_wizard.ui.theme import PAGE_MARGIN, STEP, TEXT_PX
from nca_wizard.ui.widgets import (
    Button,
    Heading,
    Notice,
    NoWheelComboBox,
    PrimaryButton,
    SecondaryButton,
    Soft,
    announce,
    literal,
)

_WIDEST = 1080
# At 100 %; below it the page itself would hardly show.
_ROOM_FOR_HEADING = 230
_ROW = QBoxLayout.Direction.LeftToRight
_COLUMN = QBoxLayout.Direction.TopToBottom
_SCROLL_ROOM = 20
# A window being dragged asks for every width on the way.
_SETTLE_MS = 120
# The window paints before the typesetter reads the fonts, which takes a quarter second.
_PAINT_FIRST_MS = 20


class PreviewPage(QWidget):
    """What goes to paper, in the window instead of in a dialog over it."""

    back_requested = Signal()

    def __init__(
        self,
        texts: Texts,
        printable: Printable,
        settings: Settings,
        parent: QWidget | None = None,
        press: Press | None = None,
        *,
        in_meeting: bool = False,
    ) -> None:
        super().__init__(parent)
        self._t = texts
        self._printable = printable
        self._choices = {choice.id: choice for choice in printable.copies}
        self._press = press
        self._in_meeting = in_meeting
        self._document: Document | None = None
        self.setAccessibleName(texts("Print or PDF"))
        self.why = texts("The page for the meeting, on paper or as a PDF.")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.copy = NoWheelComboBox(texts("Copy for"), parent=self)
        for choice in printable.copies:
            self.copy.add(choice.id, choice.label)
        self.copy.pick(printable.copies[0].id)
        self.paper = NoWheelComboBox(texts("Paper"), parent=self)
        self.paper.add("a4", texts("A4"))
        self.paper.add("letter", texts("Letter"))
        self.paper.pick(sheet_for(settings.paper, system_region()))
        self.copy.activated.connect(self._set_anew)
        self.paper.activated.connect(self._set_anew)
        self.pages_said = Soft("", self, small=True)
        self.notice = Notice(texts("Close"), self)
        self._saving = Saving(texts, self, self.notice)
        self.no_printer = Soft("", self, small=True)
        self.sheets = Sheets(texts("Preview"), self)
        self.sheets.wanted.connect(self._draw_soon)
        self._scroll = SheetScroll(self.sheets, self)
        self._scroll.verticalScrollBar().valueChanged.connect(self._say_page)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._draw)
        self._buttons()
        self._lay_out()

    @property
    def document(self) -> Document:
        """The typeset page as it is chosen now."""
        if self._document is None:
            self._document = self._set_document()
        return self._document

    @property
    def primary(self) -> Button:
        """What Enter does."""
        return self.print_button or self.save_button

    @property
    def sheet(self) -> Sheet:
        return "letter" if self.paper.value() == "letter" else "a4"

    @property
    def chosen_copy(self) -> CopyChoice:
        return self._choices[self.copy.value()]

    def take_focus(self) -> None:
        """Called when the page appears."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_pdf(self) -> None:
        """Ask where to, and write the PDF whole or not at all."""
        t = self._t
        wanted = Wanted(
            t("Save as PDF"),
            self.chosen_copy.file_name,
            PDF,
            t("PDF files"),
        )
        save = self._saving.without_asking if self._in_meeting else self._saving.ask
        save(wanted, lambda: self.document.pdf)

    def print_out(self) -> None:
        """Ask for a printer and print."""
        t = self._t
        images = self._images(printing.DOTS_AN_INCH)
        printer = printing.ask_for_printer(self, self.document.title, self.sheet, len(images))
        if printer is None:
            return
        if printing.print_pages(printer, images):
            self.notice.say(
                t("Sent to %(printer)s") % {"printer": printer.printerName()}, tone="ok"
            )
        else:
            self.notice.say(t("The printer did not take the page. You can save a PDF."))

    def copy_text(self) -> None:
        """Put what the chosen copy says on the clipboard, as text."""
        chosen = self.chosen_copy
        QGuiApplication.clipboard().setText(self._printable.text(chosen.id))
        self.notice.say(chosen.copied, tone="ok")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        order_tabs(self)
        if self._document is None:
            self.sheets.say(self._t("Setting the page…"))
            QTimer.singleShot(_PAINT_FIRST_MS, self, self._draw)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margin = max(PAGE_MARGIN, (self.width() - _WIDEST) // 2)
        self._inside.setContentsMargins(margin, 24, margin - _SCROLL_ROOM, 0)
        self._head.setContentsMargins(0, 0, _SCROLL_ROOM, 0)
        self.bar.set_margin(margin)
        self._break_rows()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "bar"):
            self._break_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.primary.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        elif not self._scroll.scroll_by(event.key()):
            super().keyPressEvent(event)

    # --- Inside -----------------------------------------------------------------------------

    def _buttons(self) -> None:
        t = self._t
        printable = printing.has_printer()
        self.save_button: Button
        self.print_button: Button | None = None
        if printable:
            self.print_button = PrimaryButton(t("&Print…"), self.print_out, parent=self)
            self.save_button = SecondaryButton(t("&Save as PDF…"), self.save_pdf, parent=self)
        else:
            self.save_button = PrimaryButton(t("&Save as PDF…"), self.save_pdf, parent=self)
            self.no_printer.setText(t("No printer found. You can save a PDF."))
        self.no_printer.setVisible(not printable)
        self.copy_button = SecondaryButton("", self.copy_text, parent=self)
        self._name_copy_button()
        self.back_button = SecondaryButton(t("&Back"), self.back_requested.emit, parent=self)
        self.bar = CommandBar(self)
        self.bar.add_left(self.back_button)
        for button in (self.copy_button, self.save_button, self.print_button):
            if button is not None:
                self.bar.add_right(button)

    def _name_copy_button(self) -> None:
        """Say which text it copies: the internal one must not be taken for the customer's."""
        self.copy_button.say(self.chosen_copy.copy_button)

    def _lay_out(self) -> None:
        switches = QHBoxLayout()
        switches.setSpacing(STEP)
        if len(self._choices) == 1:
            self.copy.hide()
        else:
            switches.addWidget(self.copy)
        switches.addWidget(self.paper)
        switches.addStretch(1)
        said = QHBoxLayout()
        said.setSpacing(STEP)
        self.pages_said.setWordWrap(False)
        said.addWidget(self.no_printer, 1, Qt.AlignmentFlag.AlignVCenter)
        said.addStretch(0 if self.no_printer.text() else 1)
        said.addWidget(self.pages_said)
        self._over_sheets = QBoxLayout(_ROW)
        self._over_sheets.setSpacing(STEP)
        self._over_sheets.addLayout(switches)
        self._over_sheets.addLayout(said, 1)
        self._head = QVBoxLayout()
        self._head.setSpacing(12)
        self._heading = Heading(literal(self._t("Print or PDF")), self)
        self._head.addWidget(self._heading)
        self._head.addLayout(self._over_sheets)
        self._head.addWidget(self.notice)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(12)
        self._inside.addLayout(self._head)
        self._inside.addWidget(self._scroll, 1)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addLayout(self._inside, 1)
        frame.addWidget(self.bar)

    def _break_rows(self) -> None:
        """Two rows where large text leaves no room for one, and no heading where none is left."""
        scale = self.font().pixelSize() / TEXT_PX
        self._heading.setVisible(self.height() >= _ROOM_FOR_HEADING * scale)
        room = self.width() - 2 * max(PAGE_MARGIN, (self.width() - _WIDEST) // 2)
        note = self.no_printer
        said = note.fontMetrics().horizontalAdvance(note.text())
        last = self.pages_said.sizeHint().width()
        switches = self.copy.sizeHint().width() + self.paper.sizeHint().width()
        beside = switches + said + last + 4 * STEP <= room
        self._over_sheets.setDirection(_ROW if beside else _COLUMN)

    def _set_anew(self) -> None:
        self._document = None
        self._name_copy_button()
        self._break_rows()
        self._scroll.verticalScrollBar().setValue(0)
        self._draw()

    def _set_document(self) -> Document:
        if self._press is None:
            self._press = Press(resources())
        document = self._printable.document(self._press, self.chosen_copy.id, self.sheet)
        self.notice.say(document.notice)
        return document

    def _draw_soon(self, _pixels: float) -> None:
        if self._document is not None:
            self._settling.start()

    def _draw(self) -> None:
        pages = self._images(self.sheets.pixels_an_inch)
        self.sheets.show_pages(pages)
        self._say_page()
        self._break_rows()
        said = self.pages_said.text()
        self.sheets.setAccessibleDescription(f"{self.document.title}. {said}")
        announce(self.sheets, said)

    def _images(self, pixels_an_inch: float) -> Sequence[QImage]:
        return [QImage.fromData(page) for page in self.document.pages_png(pixels_an_inch)]

    def _say_page(self) -> None:
        count = len(self.sheets.pages)
        if not count:
            return
        middle = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() // 2
        here = sum(self.sheets.top_of(place) <= middle for place in range(count))
        self.pages_said.setText(
            self._t("Page %(page)d of %(pages)d") % {"page": max(here, 1), "pages": count}
        )
