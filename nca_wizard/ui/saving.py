"""Saving a file that somebody asked for: where to, and what to do where it cannot be written.

saving = Saving(texts, page, page.notice)
saving.ask(Wanted(t("Save as PDF"), "Contoso AB 2026-11-22.pdf", ".pdf", t("PDF files")), make)

Written whole or not at all; what was there before stays if that fails, and another name or
another place is offered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from nca_wizard.errors import CannotWrite
from nca_wizard.files import free_name, write_new, write_whole
from nca_wizard.texts import Texts
from nca_wizard.ui import last_folder
from nca_wizard.ui.panels import Notice


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be saved: the dialog's title, the name to offer, its ending with the dot, and
    what such files are called."""

    title: str
    name: str
    ending: str
    kind: str


class Saving:
    """Saves for one page, whose `notice` says how it went."""

    def __init__(self, texts: Texts, parent: QWidget, notice: Notice) -> None:
        self._t = texts
        self._parent = parent
        self._notice = notice

    def ask(self, wanted: Wanted, make: Callable[[], bytes]) -> None:
        """Ask where to and write what `make` makes; nothing if the person thinks better of it."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent,
            wanted.title,
            last_folder.proposed(wanted.name),
            f"{wanted.kind} (*{wanted.ending})",
        )
        if not chosen:
            return
        path = Path(chosen)
        last_folder.remember(path)
        if path.suffix.lower() != wanted.ending:
            path = path.with_name(path.name + wanted.ending)
        # The dialog asked before it let an existing file be chosen, but only under that very name.
        self._write(path, wanted, make, may_replace=path == Path(chosen))

    def without_asking(self, wanted: Wanted, make: Callable[[], bytes]) -> None:
        """Write beside what was saved last, under a new name: a dialog would show what else is
        there."""
        path = Path(last_folder.proposed(wanted.name))
        path = free_name(path) if path.exists() else path
        try:
            write_whole(path, make())
        except CannotWrite as fault:
            self._notice.say(fault.sentence.said(self._t))
        else:
            self._notice.say(self._t("Saved as %(path)s") % {"path": path.name}, tone="ok")

    def _write(
        self, path: Path, wanted: Wanted, make: Callable[[], bytes], *, may_replace: bool
    ) -> None:
        t = self._t
        try:
            write_new(path, make(), overwrite=may_replace)
        except CannotWrite as fault:
            self._offer_another(fault, wanted, make)
        else:
            self._notice.say(
                t("Saved as %(path)s") % {"path": path},
                t("Show folder"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
                tone="ok",
            )

    def _offer_another(self, fault: CannotWrite, wanted: Wanted, make: Callable[[], bytes]) -> None:
        """Another name where that helps, else another place."""
        t, instead = self._t, fault.instead
        said = fault.sentence.said(t)
        if instead is not None:
            self._notice.say(
                said,
                t("Save as “%(name)s”") % {"name": instead.name},
                lambda: self._write(instead, wanted, make, may_replace=False),
            )
            return
        last_folder.forget()
        self._notice.say(said, t("Save elsewhere…"), lambda: self.ask(wanted, make))
