"""A customer copy of each of several results, saved beside the window.

work = Packing(texts, history, explaining, starts, folder, settings)
work.told.progress.connect(...)         how many are there
work.told.done.connect(...)             a `Packed`, at the end or when stopped
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.exchange.file_names import suggested_name
from nca_wizard.files import free_name, write_new
from nca_wizard.history.store import History
from nca_wizard.paths import resources
from nca_wizard.public_holidays import free_days
from nca_wizard.report.document import Press
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.sentences import Sentence
from nca_wizard.settings import Settings, sheet_for
from nca_wizard.texts import Texts, system_region
from nca_wizard.ui.work import Work
from nca_wizard.updates.explaining import Explaining


@dataclass(frozen=True, slots=True)
class Packed:
    """How many were saved, and why not the others where the disk took no more."""

    folder: Path
    saved: int
    fault: Sentence | None


class Packing(Work):
    """Each under a name that nothing had before.

    `starts` has the day to start on of each evaluation; `explaining` is for this work alone.
    """

    def __init__(
        self,
        texts: Texts,
        history: Path,
        explaining: Explaining,
        starts: Mapping[int, date],
        folder: Path,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._t = texts
        self._history = history
        self._explaining = explaining
        self._starts = starts
        self._folder = folder
        self._partner = settings.partner
        self._paper = sheet_for(settings.paper, system_region())
        self._free_days = free_days(settings.partner.country, texts.language)
        self._press = Press(resources())

    def _do(self) -> None:
        saved, fault = 0, None
        with History.open(self._history) as history:
            history.explain = self._explaining
            for evaluation, start in self._starts.items():
                if self._stopped.is_set():
                    break
                stored = history.evaluation(evaluation)
                try:
                    self._save(stored.customer, stored.recommendation, start)
                except CannotWrite as refused:
                    fault = refused.sentence
                    break
                saved += 1
                self.told.progress.emit(saved)
        self.told.done.emit(Packed(self._folder, saved, fault))

    def _save(self, customer: Customer, rec: Recommendation, start: date) -> None:
        document = self._press.document(
            self._t,
            rec,
            customer,
            self._partner,
            copy="customer",
            paper=self._paper,
            schedule=Schedule(start, self._free_days),
        )
        path = self._folder / suggested_name(customer.name, rec.rulebook.as_of, ".pdf")
        write_new(free_name(path) if path.exists() else path, document.pdf)
