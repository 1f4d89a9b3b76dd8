"""Where the data is, in the settings: the folder, its risks, and that nothing is encrypted."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nca_wizard.history.place import notice_about
from nca_wizard.paths import DataFolder
from nca_wizard.texts import Texts
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import Card, Label, Notice, SecondaryButton, Soft, Title


class DataCard(Card):
    """Says where everything is kept, shows it, and lets it be moved."""

    move_requested = Signal()

    def __init__(self, t: Texts, folder: DataFolder, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        title = t("Where the data is")
        self.setAccessibleName(title)
        self.column.addWidget(Title(title, self))
        stays = t("Cases, history and settings stay on this computer. Nothing is sent anywhere.")
        self.column.addWidget(Soft(stays, self))
        path = Label(str(folder.root), self)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(path)
        row = QHBoxLayout()
        self.folder_button = SecondaryButton(t("Show &folder"), self._show_folder, parent=self)
        row.setSpacing(STEP)
        row.addWidget(self.folder_button)
        self.move_button = SecondaryButton(t("&Move…"), self.move_requested.emit, parent=self)
        row.addWidget(self.move_button)
        row.addStretch(1)
        self.column.addLayout(row)
        if folder.usual is None:
            self.move_button.setEnabled(False)
            why = t("It was named with --data-dir. Start without that to move your data.")
            self.move_button.setAccessibleDescription(why)
            self.column.addWidget(Soft(why, self, small=True))
        risk = notice_about(folder.root)
        if risk is not None:
            self.risk = Notice(parent=self)
            self.risk.say(risk.said(t))
            self.column.addWidget(self.risk)
        advice = t(
            "Nothing of it is encrypted by NCA Wizard: have the whole device encrypted, with "
            "BitLocker, FileVault or LUKS."
        )
        self.column.addWidget(Soft(advice, self, small=True))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder.root)))
