"""How stock controls look, made of the theme's colours; no colour is written here."""

from collections.abc import Iterable, Mapping
from string import Template

# A focused field's edge grows inwards from 1 to 2 px, so the padding shrinks by one and the
# text does not move.
_SHEET = Template("""
/* For these Windows has fonts of its own, which would not grow with the rest. */
QMenuBar, QMenu, QToolTip, QMessageBox, QAbstractItemView {
    font-family: $families; font-size: ${text_size}px;
}
Heading { font-size: ${heading}px; font-weight: 600; }
Title { font-size: ${title}px; font-weight: 600; }
Caption, Soft[small="true"] { font-size: ${caption}px; color: $soft; }
Soft { color: $soft; }
FieldError { font-weight: 500; color: $error; }

QLineEdit, QPlainTextEdit {
    background: $surface; color: $text;
    border: 1px solid $field; border-radius: ${radius}px;
    padding: 8px 11px; placeholder-text-color: $soft;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 7px 10px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid $error;
    padding: 7px 10px; }
QLineEdit[wrong="true"]:focus { border: 2px solid $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: $disabled; border-color: $line; }

QScrollArea, QScrollArea > QWidget > QWidget#contents { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $field; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: $surface; border-bottom: 1px solid $line; padding: 2px 8px; }
QMenuBar::item { background: transparent; color: $text; padding: 5px 10px; border-radius: 6px; }
QMenuBar::item:selected { background: $accent_soft; color: $accent; }
QMenu { background: $surface; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 7px 28px 7px 14px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $accent; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QToolTip { background: $surface; color: $text; border: 1px solid $field; padding: 5px 8px; }

QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $field; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $accent;
}
QComboBox QAbstractItemView::item { min-height: 32px; padding: 2px 8px; }

QListWidget {
    background: $surface; color: $text; border: 1px solid $field; border-radius: ${radius}px;
    padding: 5px; outline: none;
}
QListWidget:focus { border: 2px solid $accent; padding: 4px; }
QListWidget::item { padding: 6px 8px; border-radius: 6px; }
QListWidget::item:selected { background: $accent_soft; color: $accent; }

QTableView {
    background: $surface; color: $text; border: 1px solid $line; border-radius: ${radius}px;
    gridline-color: $line; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QTableView:focus { border: 2px solid $accent; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $soft; border: none; border-bottom: 1px solid $line;
    padding: 8px 10px; font-weight: 600;
}
""")


def style_sheet(
    colours: Mapping[str, str], sizes: Mapping[str, int], families: Iterable[str]
) -> str:
    """The application's style sheet; `sizes` in pixels: text_size, caption, title, heading, radius.

    `families` are the fonts of the window, the first that has a letter draws it.
    """
    quoted = ", ".join(f'"{family}"' for family in families)
    return _SHEET.substitute(colours, families=quoted, **sizes)
