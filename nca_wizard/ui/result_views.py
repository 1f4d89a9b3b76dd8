"""Makes the pages that show one result: for us, for a customer who looks on, and on paper.

views = ResultViews(front, rulebook, lambda: bench.settings)
views.page(finished); views.meeting_page(finished); views.preview(finished, in_meeting=False)
views.failed                    what went wrong with what was done there
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.sentences import Sentence
from nca_wizard.settings import Settings
from nca_wizard.ui import later
from nca_wizard.ui.case_values import Finished
from nca_wizard.ui.front import Front

if TYPE_CHECKING:
    from nca_wizard.ui.preview import PreviewPage


class ResultViews(QObject):
    """Remembers what was chosen for a result while the program runs: the day to start on."""

    failed = Signal(Sentence)

    def __init__(
        self,
        front: Front,
        rulebook: Rulebook,
        settings: Callable[[], Settings],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._t = front.texts
        self._history = front.history
        self._rulebook = rulebook
        self._undoing = front.undoing
        self._clock = front.clock
        self._settings = settings
        self._acting: later.Acting | None = None
        self._starts: dict[int | None, date] = {}

    def page(self, finished: Finished) -> "later.ResultPage":
        """Everything, with what can be done about it."""
        rec = finished.recommendation
        page = later.ResultPage(self._t)
        page.show_recommendation(
            finished.customer,
            rec,
            finished.evaluated_at,
            rec.rulebook.hash == self._rulebook.hash,
            self._work_on(finished.evaluation),
            self._acting_on(finished),
            self._said_today(finished),
        )
        if finished.case_id is not None:
            rows = self._history.evaluations_beside(finished.case_id)
            if len(rows) > 1:
                page.show_evaluations(rows, finished.evaluation)
        return page

    def meeting_page(self, finished: Finished) -> "later.MeetingResultPage":
        """What the customer copy says."""
        return later.MeetingResultPage(
            self._t,
            finished.customer,
            finished.recommendation,
            self._settings().partner,
            self._acting_on(finished).schedule,
        )

    def preview(self, finished: Finished, *, in_meeting: bool) -> "PreviewPage":
        """What would be printed, and the ways to paper."""
        # The typesetter is loaded when somebody wants paper.
        from nca_wizard.ui.preview import PreviewPage
        from nca_wizard.ui.printables import PrintableCase

        settings = self._settings()
        printable = PrintableCase(
            self._t,
            finished.customer,
            finished.recommendation,
            settings.partner,
            self._acting_on(finished).schedule,
            in_meeting,
        )
        return PreviewPage(self._t, printable, settings, in_meeting=in_meeting)

    def start_of(self, case_id: int) -> date | None:
        """The day that was chosen to start on with this case, if one was."""
        return self._starts.get(case_id)

    def forget(self) -> None:
        """The settings are others: whoever looks at the result again finds it as they say now."""
        self._acting = None

    # --- Inside -----------------------------------------------------------------------------

    def _said_today(self, finished: Finished) -> str:
        """What today's rules would change about a result of others, in a sentence."""
        rec = finished.recommendation
        if rec.rulebook.hash == self._rulebook.hash:
            return ""
        return later.said_today(self._t, rec, self._rulebook, self._clock().date())

    def _acting_on(self, finished: Finished) -> "later.Acting":
        """The days, letters and files of a result; its start day stays with the case."""
        if self._acting is None or self._acting.rec is not finished.recommendation:
            self._acting = later.Acting(
                self._t,
                finished.customer,
                finished.recommendation,
                self._settings().partner,
                self._clock,
                self._starts.get(finished.case_id),
            )
            self._acting.changed.connect(partial(self._keep_start, finished.case_id))
        return self._acting

    def _keep_start(self, case_id: int | None) -> None:
        if self._acting is not None and case_id is not None:
            self._starts[case_id] = self._acting.schedule.start

    def _work_on(self, evaluation_id: int | None) -> "later.CaseWork | None":
        """What can be done about an evaluation, if it is in the history."""
        if evaluation_id is None:
            return None
        work = later.CaseWork(self._t, self._history, evaluation_id, self._clock, self._undoing)
        work.failed.connect(self.failed)
        return work
