"""Both themes can be read: text 4.5:1 and edges 3:1 on every ground they are used on."""

import pytest
from PySide6.QtGui import QColor, QPalette

from nca_wizard.ui.theme import DARK, LIGHT, Colours, colours_of, palette_of

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parsed = QColor(colour)
    red, green, blue = map(_share, (parsed.redF(), parsed.greenF(), parsed.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _share(part: float) -> float:
    light: float = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
    return light


@THEMES
def test_text_can_be_read_on_every_ground_it_stands_on(colours: Colours) -> None:
    grounds = {
        colours.text: (
            colours.bg,
            colours.surface,
            colours.hover,
            colours.accent_soft,
            colours.ok_soft,
            colours.warn_soft,
            colours.no_soft,
            colours.error_soft,
        ),
        colours.soft: (colours.bg, colours.surface, colours.hover, colours.accent_soft),
        colours.accent: (
            colours.bg,
            colours.surface,
            colours.hover,
            colours.accent_soft,
            colours.warn_soft,
            colours.error_soft,
        ),
        colours.on_accent: (colours.accent, colours.accent_hover),
        colours.ok: (colours.ok_soft, colours.surface),
        colours.warn: (colours.warn_soft, colours.surface),
        colours.no: (colours.no_soft, colours.surface),
        colours.error: (colours.error_soft, colours.surface, colours.bg),
    }

    for text, behind in grounds.items():
        for ground in behind:
            assert contrast(text, ground) >= 4.5, (text, ground)


@THEMES
def test_edges_of_things_to_operate_and_focus_marks_stand_out(colours: Colours) -> None:
    for edge in (colours.field, colours.accent, colours.error):
        for ground in (colours.bg, colours.surface):
            assert contrast(edge, ground) >= 3, (edge, ground)
    assert contrast(colours.accent, colours.accent_soft) >= 3
    assert contrast(colours.error, colours.error_soft) >= 3
    assert contrast(colours.warn, colours.warn_soft) >= 3


@THEMES
def test_a_disabled_control_looks_different_in_every_group(colours: Colours) -> None:
    palette = palette_of(colours)

    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        active = palette.color(QPalette.ColorGroup.Active, role)
        assert palette.color(QPalette.ColorGroup.Disabled, role) != active
        assert palette.color(QPalette.ColorGroup.Inactive, role) == active


@THEMES
def test_a_widget_finds_its_theme_by_its_palette(colours: Colours) -> None:
    assert colours_of(palette_of(colours)) is colours
