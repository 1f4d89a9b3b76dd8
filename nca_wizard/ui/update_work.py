"""Reads a rules update beside the window: verifies, loads and proves it.

work = UpdateWork(lambda: books.read(path, today))
work.told.done.connect(...)             the `Update`
work.told.failed.connect(...)           the `Sentence` that says why it is refused
work.stop()                             nothing more is told of it
"""

from collections.abc import Callable

from nca_wizard.errors import KnownFault
from nca_wizard.ui.work import Work
from nca_wizard.updates.reading import Update


class UpdateWork(Work):
    """One reading."""

    def __init__(self, read: Callable[[], Update]) -> None:
        super().__init__()
        self._read = read

    def _do(self) -> None:
        try:
            update = self._read()
        except KnownFault:
            if not self._stopped.is_set():
                raise
        else:
            if not self._stopped.is_set():
                self.told.done.emit(update)
