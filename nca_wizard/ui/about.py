"""About: which program, which rules, where the data is, and whose trademarks these are."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nca_wizard import __version__
from nca_wizard.paths import DataFolder
from nca_wizard.report.wording import DISCLAIMER
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Label, PrimaryButton, SecondaryButton, Soft, Title


class AboutBox(QDialog):
    """Facts to read or to copy into a message. `origin` is where the rules came from."""

    def __init__(
        self,
        texts: Texts,
        rulebook: Rulebook,
        origin: str,
        folder: DataFolder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._texts = texts
        self.setWindowTitle(texts("About NCA Wizard"))
        self.setMinimumWidth(480)
        self.facts = {
            texts("Version"): __version__,
            texts("Rules"): texts("%(version)s, checked %(day)s, %(origin)s")
            % {
                "version": rulebook.version,
                "day": texts.date(rulebook.checked_on),
                "origin": origin,
            },
            texts("Data folder"): str(folder.root),
            texts("Licence"): texts("MIT, the NCA Wizard authors"),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(2 * STEP)
        column.addWidget(Title(texts("NCA Wizard"), self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self.facts.items()):
            grid.addWidget(Soft(name, self), row, 0)
            grid.addWidget(Label(value, self), row, 1)
        column.addLayout(grid)
        column.addWidget(Soft(texts(DISCLAIMER), self, small=True))
        buttons = QHBoxLayout()
        buttons.addWidget(SecondaryButton(texts("&Copy details"), self.copy, parent=self))
        buttons.addWidget(SecondaryButton(texts("L&icences…"), self.show_licences, parent=self))
        buttons.addStretch(1)
        close = PrimaryButton(texts("C&lose"), self.accept, parent=self)
        buttons.addWidget(close)
        column.addLayout(buttons)
        close.setFocus()

    def show_licences(self) -> None:
        """Open the list of everything the program is made of."""
        # Late: the texts are read only when somebody wants to read them.
        from nca_wizard.ui.licences_dialog import LicencesDialog

        LicencesDialog(self._texts, self).open()

    def copy(self) -> None:
        """Put the facts on the clipboard."""
        lines = [f"{name}: {value}" for name, value in self.facts.items()]
        QGuiApplication.clipboard().setText("\n".join(lines))
