"""Licences: every component that comes with the program, and the text of its licence."""

import re
from pathlib import Path

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from nca_wizard.licences import Component, components
from nca_wizard.paths import resources
from nca_wizard.texts import Texts
from nca_wizard.ui.breaking_label import BreakingLabel
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import PrimaryButton, Soft, Title

_LIST_WIDTH = 248
# A line this long was broken to fit a typewriter, not to end there.
_BROKEN_LINE = re.compile(r"^(.{56,}\S)\n(?=\S)", re.MULTILINE)


class LicencesDialog(QDialog):
    """The list at the left, the chosen component with its licence at the right."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = texts
        self._components = _by_name(components(resources()))
        self.setWindowTitle(texts("Licences"))
        self.resize(760, 520)
        self.list = QListWidget(self)
        self.list.setAccessibleName(texts("Components"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems([f"{one.name} {one.version}".strip() for one in self._components])
        self.name = Title("", self)
        self.facts = Soft("", self)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notice = BreakingLabel("", self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(texts("Licence text"))

        right = QVBoxLayout()
        right.setSpacing(STEP)
        for widget in (self.name, self.facts, self.notice):
            right.addWidget(widget)
        right.addWidget(self.text, 1)
        halves = QHBoxLayout()
        halves.setSpacing(2 * STEP)
        halves.addWidget(self.list)
        halves.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(PrimaryButton(texts("C&lose"), self.accept, parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(2 * STEP)
        column.addWidget(
            Soft(texts("NCA Wizard is free software and made of the work of many others."), self)
        )
        column.addLayout(halves, 1)
        column.addLayout(buttons)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    def showEvent(self, event: QShowEvent) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    def _show(self, row: int) -> None:
        one = self._components[row]
        self.name.setText(f"{one.name} {one.version}".strip())
        self.facts.setText("\n".join(filter(None, self._facts(one))))
        self.notice.setText(self._how_to_replace() if one.replaceable else "")
        self.notice.setVisible(one.replaceable)
        self.text.setPlainText(_flowing(one.full_text))

    def _facts(self, one: Component) -> tuple[str, ...]:
        t = self._t
        return (
            t("Licence: %(licence)s") % {"licence": one.licence},
            t("Part of %(component)s") % {"component": one.inside} if one.inside else "",
            one.address,
        )

    def _how_to_replace(self) -> str:
        # Where it really is: every system and every kind of package has another place for it.
        folder = Path(PySide6.__path__[0]).parent
        return self._t(
            "Used unchanged, as separate files in %(folder)s. You may put your own build of the "
            "same version in their place, and take the program apart to do so. The source is at "
            "the address above."
        ) % {"folder": folder}


def _by_name(listed: tuple[Component, ...]) -> list[Component]:
    """The program itself first, as the list has it, the others by name."""
    return [listed[0], *sorted(listed[1:], key=lambda one: one.name.casefold())]


def _flowing(text: str) -> str:
    """The text with its paragraphs in one piece each, to be as wide as the window is."""
    return _BROKEN_LINE.sub(r"\1 ", text)
