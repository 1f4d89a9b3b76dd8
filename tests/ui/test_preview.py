"""The preview: the page as it will be on paper, and the ways to paper, PDF and clipboard."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.paths import resources
from nca_wizard.report.document import Press
from nca_wizard.settings import PartnerProfile, Settings
from nca_wizard.texts import Texts, available_languages
from nca_wizard.ui import printing
from nca_wizard.ui.preview import PreviewPage
from nca_wizard.ui.preview_sheets import SheetScroll
from nca_wizard.ui.printables import PrintableCase
from nca_wizard.ui.widgets import PrimaryButton
from tests.ui.results import T, samples, themed, words_on

NAME = "R&D <b>Söhne</b>: AB"
SETTINGS = Settings(paper="a4", partner=PartnerProfile(name="J. Seller"))


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(resources())


@pytest.fixture(autouse=True)
def _no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)


def case_named(name: str, settings: Settings, texts: Texts = T) -> PrintableCase:
    return PrintableCase(texts, Customer(name=name), samples()["scenario-b"], settings.partner)


def page_of(
    qtbot: QtBot, press: Press, name: str = NAME, settings: Settings = SETTINGS
) -> PreviewPage:
    themed()
    page = PreviewPage(T, case_named(name, settings), settings, press=press)
    qtbot.addWidget(page)
    page.resize(1000, 680)
    page.show()
    qtbot.waitUntil(lambda: bool(page.sheets.pages))
    return page


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    """Let the file dialog answer with `path`; returns what it was offered."""
    offered: list[str] = []

    def answer(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return offered


def switch_copy(page: PreviewPage, copy: str) -> None:
    page.copy.pick(copy)
    page.copy.activated.emit(page.copy.currentIndex())


def darkest_share(image: QImage) -> float:
    """How much of the page is nearly white."""
    small = image.scaled(120, 170)
    points = [small.pixelColor(x, y).lightness() for x in range(120) for y in range(170)]
    return sum(light > 230 for light in points) / len(points)


def test_the_page_shows_as_it_will_print(qtbot: QtBot, press: Press) -> None:
    page = page_of(qtbot, press)

    assert page.pages_said.text() == "Page 1 of 1"
    assert page.document.title in page.sheets.accessibleDescription()
    across = page.sheets.pages[0].width() / page.sheets.devicePixelRatioF()
    assert across == pytest.approx(795, abs=30)


def test_paper_is_white_in_the_dark_theme_too(qtbot: QtBot, press: Press) -> None:
    themed().use("dark")
    try:
        page = page_of(qtbot, press)
        in_dark = page.sheets.pages[0]
        on_screen = page.sheets.grab().toImage()
    finally:
        themed().use("system")

    assert darkest_share(in_dark) > 0.7
    middle = on_screen.width() // 2
    assert on_screen.pixelColor(middle, 30).name() == "#ffffff"


def test_the_copies_differ_and_only_one_is_internal(qtbot: QtBot, press: Press) -> None:
    page = page_of(qtbot, press)
    customers = page.document.pdf

    switch_copy(page, "internal")
    assert page.chosen_copy.id == "internal"
    assert page.document.pdf != customers


@pytest.mark.parametrize(("paper", "wide"), [("a4", 595), ("letter", 612)])
def test_the_sheet_follows_the_settings_and_can_be_switched(
    qtbot: QtBot,
    press: Press,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    paper: str,
    wide: int,
) -> None:
    settings = Settings(paper="letter" if paper == "a4" else "a4")
    page = page_of(qtbot, press, settings=settings)
    assert page.sheet == settings.paper

    page.paper.pick(paper)
    page.paper.activated.emit(page.paper.currentIndex())
    choose(monkeypatch, tmp_path / "x.pdf")
    page.save_button.click()
    box = PdfReader(tmp_path / "x.pdf").pages[0].mediabox
    assert round(float(box.width)) == wide


def test_without_a_printer_saving_is_the_primary_button(qtbot: QtBot, press: Press) -> None:
    page = page_of(qtbot, press)

    assert page.print_button is None
    assert page.findChildren(PrimaryButton) == [page.save_button]
    assert "No printer found. You can save a PDF." in words_on(page)


def test_with_a_printer_printing_is_the_primary_button(
    qtbot: QtBot, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    page = page_of(qtbot, press)

    assert page.findChildren(PrimaryButton) == [page.print_button]
    assert page.no_printer.isHidden()


def test_the_suggested_name_has_date_and_customer_and_no_forbidden_sign(
    qtbot: QtBot, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(qtbot, press)
    offered = choose(monkeypatch, "")

    page.save_button.click()
    assert [Path(path).name for path in offered] == ["R&D _b_Söhne__b__ AB 2026-11-22.pdf"]


def test_each_sheet_has_a_name_of_its_own(
    qtbot: QtBot, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(qtbot, press)
    offered = choose(monkeypatch, "")

    for copy in ("internal", "handoff"):
        switch_copy(page, copy)
        page.save_button.click()
    assert [Path(path).name.rpartition("AB ")[2] for path in offered] == [
        "2026-11-22 INTERNAL.pdf",
        "2026-11-22 hand-off.pdf",
    ]


def test_a_saved_page_is_whole_and_its_place_is_said(
    qtbot: QtBot, press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = page_of(qtbot, press)
    choose(monkeypatch, tmp_path / "page")

    page.save_button.click()
    assert (tmp_path / "page.pdf").read_bytes() == page.document.pdf
    assert page.notice.sentence == f"Saved as {tmp_path / 'page.pdf'}"


def test_a_file_nobody_was_asked_about_is_not_overwritten(
    qtbot: QtBot, press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "page.pdf"
    kept.write_bytes(b"mine")
    page = page_of(qtbot, press)

    # The dialog asked about "page", not about the name with its ending.
    choose(monkeypatch, tmp_path / "page")
    page.save_button.click()
    assert kept.read_bytes() == b"mine"
    assert "exists already" in page.notice.sentence
    choose(monkeypatch, kept)
    page.save_button.click()
    assert kept.read_bytes() == page.document.pdf


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_lost(
    qtbot: QtBot, press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    page = page_of(qtbot, press)
    choose(monkeypatch, tmp_path / "file" / "page.pdf")

    page.save_button.click()
    assert "could not be written" in page.notice.sentence
    assert page.sheets.pages


def test_the_text_goes_to_the_clipboard_and_is_called_internal(qtbot: QtBot, press: Press) -> None:
    page = page_of(qtbot, press)
    switch_copy(page, "internal")

    page.copy_button.click()
    assert NAME in QGuiApplication.clipboard().text()
    assert "internal" in page.notice.sentence


def test_beside_the_customer_copy_its_own_text_is_offered(qtbot: QtBot, press: Press) -> None:
    page = page_of(qtbot, press)

    assert page.copy_button.accessibleName() == "Copy customer text"
    page.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert NAME in copied
    assert "What you told us" in copied
    assert "internal" not in page.notice.sentence.lower()
    for ours in ("Net customer adds", "CPOR", "Not in the plan"):
        assert ours not in copied
    switch_copy(page, "internal")
    assert page.copy_button.accessibleName() == "Copy internal text"


def test_beside_the_hand_off_its_own_text_is_offered(qtbot: QtBot, press: Press) -> None:
    page = page_of(qtbot, press)
    switch_copy(page, "handoff")

    assert page.copy_button.accessibleName() == "Copy hand-off text"
    page.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "Tenant ID:" in copied
    assert "What to file" in copied
    assert "What would change this" not in copied
    assert page.notice.sentence == "The hand-off is copied as text, for internal use only."


def test_printing_fills_the_sheet(qtbot: QtBot, press: Press, tmp_path: Path) -> None:
    page = page_of(qtbot, press)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printing.prepare(printer, "title", "letter")
    images = [QImage.fromData(one) for one in page.document.pages_png(100)]

    assert printing.print_pages(printer, [*images, *images])
    reader = PdfReader(tmp_path / "printed.pdf")
    assert len(reader.pages) == 2
    assert round(float(reader.pages[0].mediabox.width)) == 612


def scroll_bar(page: PreviewPage) -> QScrollBar:
    scroll = page.findChild(SheetScroll)
    assert scroll is not None
    return scroll.verticalScrollBar()


def active(qtbot: QtBot, page: PreviewPage) -> PreviewPage:
    page.resize(760, 400)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.take_focus()
    qtbot.waitUntil(lambda: scroll_bar(page).maximum() > 0)
    return page


def test_tab_reaches_the_sheets_and_the_keys_scroll_them(qtbot: QtBot, press: Press) -> None:
    page = active(qtbot, page_of(qtbot, press))
    bar = scroll_bar(page)

    unmarked = page.sheets.grab().toImage()
    for widget in (page, page.copy, page.paper):
        assert widget.hasFocus()
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert isinstance(focused, SheetScroll)
    assert focused.accessibleName() == "Preview"
    assert page.sheets.grab().toImage() != unmarked
    QTest.keyClick(focused, Qt.Key.Key_Down)
    a_line = bar.value()
    assert a_line > 0
    QTest.keyClick(focused, Qt.Key.Key_PageDown)
    assert bar.value() > 2 * a_line
    QTest.keyClick(focused, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(focused, Qt.Key.Key_PageUp)
    QTest.keyClick(focused, Qt.Key.Key_Up)
    assert bar.value() < bar.maximum()
    QTest.keyClick(focused, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_page_down_on_a_switch_scrolls_and_switches_nothing(qtbot: QtBot, press: Press) -> None:
    page = active(qtbot, page_of(qtbot, press))

    for switch, value in ((page.paper, "a4"), (page.copy, "customer")):
        switch.setFocus()
        QTest.keyClick(switch, Qt.Key.Key_PageDown)
        assert switch.value() == value
        assert scroll_bar(page).value() > 0
        QTest.keyClick(switch, Qt.Key.Key_PageUp)
        assert switch.value() == value
        assert scroll_bar(page).value() == 0
    page.take_focus()
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert scroll_bar(page).value() > 0


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_enter_is_the_primary_button_except_in_an_open_list(
    qtbot: QtBot, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = active(qtbot, page_of(qtbot, press))
    offered = choose(monkeypatch, "")

    for count, key in enumerate((Qt.Key.Key_Return, Qt.Key.Key_Enter) * 2):
        widget = (page, page.paper, page.copy, page.findChild(SheetScroll))[count]
        assert widget is not None
        widget.setFocus()
        QTest.keyClick(widget, key)
        assert len(offered) == count + 1
    page.paper.showPopup()
    QTest.keyClick(page.paper.view(), Qt.Key.Key_Down)
    QTest.keyClick(page.paper.view(), Qt.Key.Key_Return)
    assert page.sheet == "letter"
    assert len(offered) == 4


@pytest.mark.parametrize("printers", [[], ["Office"]])
@pytest.mark.parametrize("language", available_languages(resources() / "locale"))
def test_in_large_text_in_the_smallest_window_no_word_is_cut(
    qtbot: QtBot,
    press: Press,
    monkeypatch: pytest.MonkeyPatch,
    printers: list[str],
    language: str,
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: printers)
    theme = themed()
    theme.set_text_size(200)
    try:
        texts = Texts.load(language, resources() / "locale")
        page = PreviewPage(texts, case_named(NAME, SETTINGS, texts), SETTINGS, press=press)
        qtbot.addWidget(page)
        page.resize(760, 440)
        page.show()
        qtbot.waitUntil(lambda: bool(page.sheets.pages))
        for copy in ("internal", "customer", "internal"):
            switch_copy(page, copy)
            qtbot.wait(1)
            assert page.width() == 760
            for widget in (
                page.copy,
                page.paper,
                page.pages_said,
                page.back_button,
                page.copy_button,
                page.save_button,
                page.print_button,
            ):
                if widget is not None and not widget.isHidden():
                    assert widget.width() >= widget.sizeHint().width(), widget
                    assert widget.height() >= widget.sizeHint().height(), widget
                    assert page.rect().contains(
                        QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
                    ), widget
    finally:
        theme.set_text_size(100)


def test_back_and_names(qtbot: QtBot, press: Press) -> None:
    page = page_of(qtbot, press)

    with qtbot.waitSignal(page.back_requested):
        page.back_button.click()
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget
