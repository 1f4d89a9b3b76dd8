"""What is made of a result beyond its page: the day to start on, and whose names stand on it.

acting = Acting(texts, customer, recommendation, partner, clock)
acting.start_on(day); acting.changed.connect(...)       the days are others now
acting.schedule                                         for every card, paper and letter
"""

from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from nca_wizard.customer import Customer
from nca_wizard.public_holidays import free_days
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.settings import PartnerProfile
from nca_wizard.texts import Texts
from nca_wizard.ui.clock import Clock


class Acting(QObject):
    """One result and the day on which somebody wants to start; today unless another was picked."""

    changed = Signal()

    def __init__(
        self,
        texts: Texts,
        customer: Customer,
        rec: Recommendation,
        partner: PartnerProfile,
        clock: Clock,
        start: date | None = None,
    ) -> None:
        super().__init__()
        self.texts = texts
        self.customer = customer
        self.rec = rec
        self.partner = partner
        self._clock = clock
        self._start = start or clock().date()
        self._free = free_days(partner.country, texts.language)

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def schedule(self) -> Schedule:
        """The day to start on, and the days on which nobody works."""
        return Schedule(self._start, self._free)

    def start_on(self, day: date) -> None:
        """Reckon everything from this day."""
        if day != self._start:
            self._start = day
            self.changed.emit()
