"""What the window shows when it cannot work: a faulty rulebook, an unreadable history, a data
folder on a drive that is not connected.

Says what happened and where, calmly; nothing is changed or deleted here.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from nca_wizard.texts import Texts
from nca_wizard.ui.page import PageFrame
from nca_wizard.ui.theme import STEP
from nca_wizard.ui.widgets import (
    Button,
    Card,
    Label,
    PrimaryButton,
    SecondaryButton,
    Soft,
    announce,
)


class ProblemPage(PageFrame):
    """`details` is what somebody who can help needs; if it names a folder, that can be shown."""

    quit_requested = Signal()
    use_backup_requested = Signal()
    choose_backup_requested = Signal()
    try_again_requested = Signal()

    def __init__(
        self,
        texts: Texts,
        title: str,
        sentence: str,
        details: str,
        folder: Path | None = None,
        *,
        has_backup: bool = False,
        can_try_again: bool = False,
    ) -> None:
        super().__init__(texts, texts("NCA Wizard"), title)
        self._report = "\n".join((title, sentence, details))
        self._folder = folder or _folder_in(details)
        card = Card(self)
        card.column.addWidget(Label(sentence, card))
        self.details = Soft(details, card, small=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.column.addWidget(self.details)
        card.column.addSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        self.copy_button = SecondaryButton(texts("&Copy details"), self._copy, parent=card)
        row.addWidget(self.copy_button)
        self.folder_button = SecondaryButton(texts("Show &folder"), self._show_folder, parent=card)
        self.folder_button.setVisible(self._folder is not None)
        row.addWidget(self.folder_button)
        self._copied = Soft("", card, small=True)
        row.addWidget(self._copied, 1)
        card.column.addLayout(row)
        self.body.addWidget(card)
        self.body.addWidget(Soft(texts("Nothing was changed or deleted."), self))
        if not has_backup and not can_try_again:
            self.quit_button: Button = PrimaryButton(
                texts("&Quit"), self.quit_requested.emit, parent=self
            )
            self.set_primary(self.quit_button)
            return
        self.quit_button = SecondaryButton(texts("&Quit"), self.quit_requested.emit, parent=self)
        self.bar.add_left(self.quit_button)
        if can_try_again:
            self.try_button = PrimaryButton(
                texts("&Try again"), self.try_again_requested.emit, parent=self
            )
            self.set_primary(self.try_button)
            return
        kept = texts("What is there now is kept beside the backup, as it is.")
        self.body.addWidget(Soft(kept, self))
        self.choose_button = SecondaryButton(
            texts("Choose &another…"), self.choose_backup_requested.emit, parent=self
        )
        self.bar.add_right(self.choose_button)
        self.use_button = PrimaryButton(
            texts("&Use the backup"), self.use_backup_requested.emit, parent=self
        )
        self.set_primary(self.use_button)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copied.setText(self.texts("Copied"))
        announce(self, self._copied.text())

    def _show_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _folder_in(details: str) -> Path | None:
    # Details of several lines are no path, and too long for one on some systems.
    if not details or "\n" in details:
        return None
    path = Path(details)
    return path if path.is_absolute() and path.is_dir() else None
