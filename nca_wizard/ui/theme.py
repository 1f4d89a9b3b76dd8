"""Every colour, size and font of the window: two palettes, light and dark, and nothing else.

    theme = Theme(app, resources() / "fonts")     made once by `Program`, passed to the window
    theme.use("dark")                             "system", "light" or "dark"; acts at once
    theme.set_text_size(125)                      per cent
    theme.changed.connect(...)                    after every repaint with other colours

A widget that paints itself asks `colours_of(self.palette())`, so it follows the palette it is
shown with and needs no theme. Stock controls get the same colours by the style sheet below.
"""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from nca_wizard.settings import Colours as ColourScheme
from nca_wizard.ui.style_sheet import style_sheet

FAMILIES = ("Inter", "Noto Sans Arabic")

TEXT_PX = 14
CAPTION_PX = 13
TITLE_PX = 16
HEADING_PX = 26

STEP = 8
RADIUS = 8
CARD_RADIUS = 10
CARD_PADDING = (20, 16)
PAGE_MARGIN = 36

TEXT_SIZES = (100, 110, 125, 150, 175, 200)


class Colours(NamedTuple):
    """One theme. Text colours reach 4.5:1 on every ground they are used on, edges 3:1."""

    name: str
    bg: str
    surface: str
    hover: str
    text: str
    soft: str
    line: str
    """Edges of cards: decoration, so below 3:1."""
    field: str
    """Edges of things to operate."""
    accent: str
    accent_soft: str
    accent_hover: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    no: str
    no_soft: str
    error: str
    error_soft: str
    disabled: str


LIGHT = Colours(
    name="light",
    bg="#F6F7F9",
    surface="#FFFFFF",
    hover="#F3F6FA",
    text="#16191D",
    soft="#4A5360",
    line="#D5DAE1",
    field="#7A8594",
    accent="#0B5CAD",
    accent_soft="#E8F1FB",
    accent_hover="#094E94",
    on_accent="#FFFFFF",
    ok="#176B36",
    ok_soft="#E6F4EA",
    warn="#7A4F00",
    warn_soft="#FFF4DC",
    no="#5B6470",
    no_soft="#EEF0F3",
    error="#B3261E",
    error_soft="#FDECEA",
    disabled="#A6AEB9",
)

DARK = Colours(
    name="dark",
    bg="#14171B",
    surface="#1D2127",
    hover="#242A32",
    text="#ECEFF3",
    soft="#A9B3C0",
    line="#343B45",
    field="#7D8896",
    accent="#6FB1F5",
    accent_soft="#1B2E45",
    accent_hover="#8CC1F8",
    on_accent="#0B1420",
    ok="#7BD69A",
    ok_soft="#17301F",
    warn="#F0C264",
    warn_soft="#372A10",
    no="#9AA5B3",
    no_soft="#262B32",
    error="#FF9C92",
    error_soft="#3A1B19",
    disabled="#5C6672",
)


def colours_of(palette: QPalette) -> Colours:
    """The theme a widget is shown with."""
    dark = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


def palette_of(colours: Colours) -> QPalette:
    """The Qt palette; stock Fusion's own greys stay below the contrast that can be read."""
    role = QPalette.ColorRole
    by_role = {
        role.Window: colours.bg,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.hover,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_accent,
        role.PlaceholderText: colours.soft,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.surface,
        role.Midlight: colours.hover,
        role.Mid: colours.line,
        role.Dark: colours.field,
        role.Shadow: colours.line,
    }
    palette = QPalette()
    for which, colour in by_role.items():
        # Inactive the same: a window in the background is still read in a meeting.
        palette.setColor(QPalette.ColorGroup.Active, which, QColor(colour))
        palette.setColor(QPalette.ColorGroup.Inactive, which, QColor(colour))
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.Link):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.line))
    palette.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(colours.disabled))
    return palette


def resized(font: QFont, px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """`font` at another of our sizes, in the same proportion when the text size was changed.

    `font` is a widget's own body font, TEXT_PX at 100 per cent.
    """
    other = QFont(font)
    other.setPixelSize(max(1, round(font.pixelSize() * px / TEXT_PX)))
    other.setWeight(weight)
    return other


class Theme(QObject):
    """Gives the application its fonts and colours, and changes them while it runs."""

    changed = Signal()

    def __init__(self, app: QApplication, fonts: Path) -> None:
        super().__init__(app)
        self._app = app
        self._scheme: ColourScheme = "system"
        self._text_size = 100
        for path in sorted((*fonts.glob("*.otf"), *fonts.glob("*.ttf"))):
            QFontDatabase.addApplicationFont(str(path))
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def colours(self) -> Colours:
        if self._scheme == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._scheme == "dark" else LIGHT

    @property
    def text_size(self) -> int:
        """Per cent of the usual size."""
        return self._text_size

    def use(self, scheme: ColourScheme) -> None:
        """Show these colours from now on."""
        if scheme != self._scheme:
            self._scheme = scheme
            self._apply()

    def set_text_size(self, percent: int) -> None:
        """Show text at this size; kept between 100 and 200 per cent."""
        percent = min(max(percent, TEXT_SIZES[0]), TEXT_SIZES[-1])
        if percent != self._text_size:
            self._text_size = percent
            self._apply()

    def larger_text(self) -> None:
        bigger = [size for size in TEXT_SIZES if size > self._text_size]
        self.set_text_size(bigger[0] if bigger else TEXT_SIZES[-1])

    def smaller_text(self) -> None:
        smaller = [size for size in TEXT_SIZES if size < self._text_size]
        self.set_text_size(smaller[-1] if smaller else TEXT_SIZES[0])

    def _follow_system(self) -> None:
        if self._scheme == "system":
            self._apply()

    def _px(self, size: int) -> int:
        return round(size * self._text_size / 100)

    def _apply(self) -> None:
        colours = self.colours
        font = QFont()
        font.setFamilies([*FAMILIES, *QFont().families()])
        font.setPixelSize(self._px(TEXT_PX))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self._app.setFont(font)
        self._app.setPalette(palette_of(colours))
        self._app.setStyleSheet(
            style_sheet(
                colours._asdict(),
                {
                    "text_size": self._px(TEXT_PX),
                    "caption": self._px(CAPTION_PX),
                    "title": self._px(TITLE_PX),
                    "heading": self._px(HEADING_PX),
                    "radius": RADIUS,
                },
                font.families(),
            )
        )
        self.changed.emit()
