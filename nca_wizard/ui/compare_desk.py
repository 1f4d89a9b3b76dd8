"""The commands around comparing: two or three evaluations, or one with today's rules.

desk = CompareDesk(room, books)
desk.compare([first, second])           lines of the history
desk.compare_result()                   the open result with the one before it
desk.compare_with_today()               the open result with what today's rules say
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from nca_wizard.history.values import StoredEvaluation
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.ui import later
from nca_wizard.ui.case_values import Finished
from nca_wizard.ui.desk import Desk, Room
from nca_wizard.updates.store import BookStore

MOST = 3
"""So many stand beside each other on paper and in a window of 760 pixels."""


class CompareDesk(Desk):
    """Shows evaluations beside each other; changes nothing."""

    choose_requested = Signal(int)
    """An evaluation is to be chosen from the history beside this one; 0: two of them."""

    def __init__(self, room: Room, books: BookStore) -> None:
        super().__init__(room)
        self._books = books
        self._only_differences = True
        self._beside_this = 0
        """The evaluation that another one is being chosen for."""
        self._beside: later.Beside | None = None

    def compare_chosen(self) -> None:
        """What the key does: the lines that are chosen, the open result, or else choose some."""
        page = self._window.page
        if isinstance(page, later.HistoryPage):
            page.compare()
        elif self._open is not None:
            self.compare_result()
        else:
            self.choose_requested.emit(0)

    def compare(self, lines: Sequence[int]) -> None:
        """Show these lines of the history beside each other, if they are two or three results."""
        t = self._t
        if self._beside_this and len(lines) == 1 and lines[0] != self._beside_this:
            lines = [self._beside_this, *lines]
        self._beside_this = 0
        if any(line < 0 for line in lines):
            self._bench.notice(t("A case that was only begun has no result to compare yet."))
        elif len(lines) < 2:
            self._bench.notice(t("Choose one more case to compare."), "plain")
        elif len(lines) > MOST:
            self._bench.notice(t("Choose two or three cases to compare."), "plain")
        else:
            self._show(self._sides(lines), self._bench.history_requested.emit)

    def compare_result(self, other: int = 0) -> None:
        """Show the open result beside this evaluation, or beside the newest other one of its
        case; where there is none, the history is where to choose one."""
        finished = self._open
        if finished is None or finished.evaluation is None or finished.case_id is None:
            return
        here = finished.evaluation
        rows = self._history.evaluations_of(finished.case_id)
        chosen = other or next((row.id for row in rows if row.id != here), 0)
        if chosen:
            self._show(self._sides([here, chosen]), lambda: self._bench.open_evaluation(here))
        else:
            self._beside_this = here
            self.choose_requested.emit(here)

    def compare_with_today(self) -> None:
        """Show the open result beside what today's rules say today; nothing is kept of that."""
        finished = self._open
        if finished is None or finished.evaluation is None:
            return
        here, name, rec = finished.evaluation, finished.customer.name, finished.recommendation
        rulebook, today = self._books.active.rulebook, self._clock().date()
        asked_on = self._window.page

        def show(today_says: Recommendation | None) -> None:
            # Whoever has gone on is not called back.
            if self._window.page is not asked_on:
                return
            if today_says is None:
                self._bench.notice(
                    self._t("Today’s rules do not take these answers. Evaluate again to see why.")
                )
                return
            sides = [later.Side(name, rec), later.Side(name, today_says)]
            self._show(sides, lambda: self._bench.open_evaluation(here))

        self._work().do(
            lambda: later.evaluated(rulebook, Scenario(as_of=today, answers=rec.answers)), show
        )

    def finish(self) -> None:
        """End what runs beside the window, before the window goes."""
        if self._beside is not None:
            self._beside.finish()
            self._beside = None

    def _work(self) -> "later.Beside":
        if self._beside is None:
            self._beside = later.Beside(self)
        return self._beside

    @property
    def _open(self) -> Finished | None:
        return self._bench.result.finished if self._bench.result is not None else None

    def _sides(self, evaluations: Sequence[int]) -> "list[later.Side]":
        """The oldest first."""
        stored = sorted(map(self._history.evaluation, evaluations), key=_when)
        return [later.Side(one.customer.name, one.recommendation) for one in stored]

    def _show(self, sides: "Sequence[later.Side]", back: Callable[[], object]) -> None:
        made: list[later.ComparePage] = []

        def make() -> "later.ComparePage":
            made.append(later.ComparePage(self._t, sides, only_differences=self._only_differences))
            return made[0]

        self._bench.show_other(make)
        if not made:
            return
        page = made[0]
        page.back_requested.connect(back)
        page.swap_requested.connect(lambda: self._show([*sides[1:], sides[0]], back))
        page.only_differences_changed.connect(self._keep_only_differences)
        page.print_requested.connect(lambda: self._print(page, sides, back))
        if len(sides) > 2:
            page.show_rows(later.compared(self._t, sides))
            return
        first, second = sides
        answers, stamp = first.rec.answers, second.rec.rulebook

        def tell(again: Recommendation | None) -> None:
            # Another page may be there by now.
            if page is self._window.page:
                page.show_why(later.why_they_differ(self._t, (first, second), again))
                page.show_rows(later.compared(self._t, sides, again))

        def say_again() -> Recommendation | None:
            book = self._books.kept_book(stamp.hash)
            if book is None:
                return None
            return later.evaluated(book.rulebook, Scenario(as_of=stamp.as_of, answers=answers))

        self._work().do(say_again, tell)

    def _print(
        self,
        shown: "later.ComparePage",
        sides: "Sequence[later.Side]",
        back: Callable[[], object],
    ) -> None:
        """Show what stands on the page as it would be on paper."""
        # The typesetter is loaded when somebody wants paper.
        from nca_wizard.ui.preview import PreviewPage
        from nca_wizard.ui.printables import PrintableComparison

        day = self._clock().date()
        printable = PrintableComparison(self._t, sides, shown.shown_sections, shown.reasons, day)

        def make() -> PreviewPage:
            page = PreviewPage(self._t, printable, self._bench.settings)
            page.back_requested.connect(lambda: self._show(sides, back))
            return page

        self._bench.show_other(make)

    def _keep_only_differences(self, only: bool) -> None:
        self._only_differences = only


def _when(stored: StoredEvaluation) -> tuple[object, int]:
    return stored.recommendation.rulebook.as_of, stored.id
