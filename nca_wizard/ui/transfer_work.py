"""Cases to a file and from one, beside the window.

work = Exporting(texts, path, history, case_ids=None)   the ending of `path` says what is written
work.told.done.connect(...)             the path that was written
work = CasesReading(path, history)      work.told.done has an `Incoming`
work = CasesTaking(incoming, ...)       work.told.done has the id of the import
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from nca_wizard.errors import BadInput
from nca_wizard.exchange import ENDING, cases_file, lists
from nca_wizard.exchange.case_file import CaseFile
from nca_wizard.exchange.list_register import register
from nca_wizard.history.store import History
from nca_wizard.history.transfer import Incoming
from nca_wizard.sentences import Sentence
from nca_wizard.texts import Texts
from nca_wizard.ui.work import Work


class Exporting(Work):
    """Everything, or these cases: with all that was done about them as `.ncacase`, or a line for
    each customer as a list."""

    def __init__(
        self, texts: Texts, path: Path, history: Path, case_ids: Sequence[int] | None = None
    ) -> None:
        super().__init__()
        self._t = texts
        self._path = path
        self._history = history
        self._case_ids = case_ids

    def _do(self) -> None:
        with History.open(self._history) as history:
            if self._path.suffix.lower() == ENDING:
                cases_file.write(self._path, history.transfer.export(self._case_ids))
            else:
                newest = {row.case_id: row.id for row in reversed(history.evaluations())}
                chosen = newest if self._case_ids is None else self._case_ids
                stored = (history.evaluation(newest[case]) for case in chosen)
                said = ((one.customer, one.recommendation) for one in stored)
                lists.write(self._path, *register(self._t, said))
        self.told.done.emit(self._path)


class CasesReading(Work):
    """What a file of cases holds, compared with what is here."""

    def __init__(self, path: Path, history: Path) -> None:
        super().__init__()
        self._path = path
        self._history = history

    def _do(self) -> None:
        document = cases_file.read(self._path)
        if isinstance(document, CaseFile):
            raise BadInput(
                Sentence('"%(file)s" holds one case only. Open it.', file=self._path.name)
            )
        with History.open(self._history) as history:
            self.told.done.emit(history.transfer.look_through(document))


class CasesTaking(Work):
    """Adds cases as cases of their own; nothing is replaced."""

    def __init__(self, incoming: Incoming, source: str, history: Path, at: datetime) -> None:
        super().__init__()
        self._incoming = incoming
        self._source = source
        self._history = history
        self._at = at

    def _do(self) -> None:
        with History.open(self._history) as history:
            self.told.done.emit(history.transfer.take_in(self._incoming, self._source, self._at))
