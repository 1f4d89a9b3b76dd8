"""The commands around the list of all cases: show it, delete, bring back, rename.

desk = HistoryDesk(room)
desk.show_history()
desk.delete(cases=[...], drafts=[...])      with a bar that names them and undoes it
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal

from nca_wizard.cleaning import clean
from nca_wizard.customer import Customer, problems
from nca_wizard.errors import KnownFault
from nca_wizard.history.search import Query, Row, SortKey
from nca_wizard.history.store import EvaluationRow
from nca_wizard.ui import later
from nca_wizard.ui.desk import Desk, Room
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.undoing import shortened

_KEEP_AFTER_MS = 500
_MOST_NAMED = 3


class HistoryDesk(Desk):
    """Shows the history and does what is asked for there."""

    deleted_requested = Signal()
    compare_requested = Signal(list)
    export_requested = Signal(list)
    """The ids of cases."""
    pack_requested = Signal(list)
    """The lines of which a PDF each is to be saved."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._searcher: later.Searcher | None = None
        self._view: later.ListView | None = None
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_AFTER_MS)
        self._keeping.timeout.connect(self._keep_view)
        room.undoing.changed.connect(self.look_anew)

    # --- The list ---------------------------------------------------------------------------

    def show_history(self) -> None:
        """Show the list, as it was left; but one import alone only when it is asked for."""
        view = self._last_view()
        self._view = replace(view, query=replace(view.query, import_id=None))
        self._show()

    def choose_to_compare(self, evaluation: int) -> None:
        """Show the list to choose what to compare, this evaluation chosen already if it is one."""
        self._choose((evaluation,) if evaluation else ())
        self._bench.notice(
            self._t("Choose the case to compare it with, then press Ctrl+D or Compare.")
            if evaluation
            else self._t("Choose two or three cases to compare."),
            "plain",
        )

    def new_case_like(self) -> None:
        """Begin a case like the highlighted line or the open result, or let one be chosen."""
        page = self._window.page
        if isinstance(page, later.HistoryPage):
            page.new_case_like()
        elif self._bench.result is not None:
            self._bench.new_case_like()
        else:
            self.choose_an_earlier_case()

    def choose_an_earlier_case(self) -> None:
        """Show the list to choose which case a new one is to be like."""
        self._choose(())
        self._bench.notice(
            self._t("Choose a case, then “New case like this” in its menu or Ctrl+Shift+N."),
            "plain",
        )

    def find(self) -> None:
        """Show the list, ready for a word to look for."""
        page = self._window.page
        if isinstance(page, later.HistoryPage):
            page.focus_search()
        else:
            self.show_history()

    def rename(self) -> None:
        """Let another name be typed for the highlighted line."""
        page = self._window.page
        if isinstance(page, later.HistoryPage):
            page.table.rename_current()

    def delete_chosen(self) -> None:
        """Put the chosen lines out of sight."""
        page = self._window.page
        if isinstance(page, later.HistoryPage):
            page.delete()

    def export(self) -> None:
        """Export the lines that are chosen, if they are several, or else everything."""
        page = self._window.page
        chosen = page.table.chosen_ids() if isinstance(page, later.HistoryPage) else []
        if len(chosen) > 1:
            self._export_lines(chosen)
        else:
            self.export_requested.emit([])

    def _choose(self, lines: tuple[int, ...]) -> None:
        """Show the whole list, these lines chosen."""
        before = self._last_view()
        query = Query(sort=before.query.sort, backwards=before.query.backwards)
        self._view = replace(before, query=query, chosen=lines)
        self._show()

    def show_matching(self, query: Query) -> None:
        """Show the list of what is asked for."""
        self._view = replace(self._last_view(), query=query, chosen=(), filters_open=True)
        self._show()

    def look_anew(self) -> None:
        """Show again what stands on the page, after something was changed."""
        page = self._window.page
        if isinstance(page, later.HistoryPage):
            self._say_deleted(page)
            page.refresh()
        elif isinstance(page, StartPage):
            self._bench.show_start()

    @property
    def is_looking(self) -> bool:
        """Whether the list shown waits for its lines."""
        page = self._window.page
        return isinstance(page, later.HistoryPage) and page.is_looking

    def finish(self) -> None:
        """End what runs beside the window, before the window goes."""
        if self._keeping.isActive():
            self._keep_view()
        if self._searcher is not None:
            self._searcher.finish()
            self._searcher = None

    def _show(self) -> None:
        self._bench.show_other(self._page)

    def _page(self) -> "later.HistoryPage":
        lines = later.Lines(self._t, self._rulebook)
        if self._searcher is None:
            self._searcher = later.Searcher(
                self._history, self._t.language, lines.channels, self, lines.headline
            )
            self._searcher.failed.connect(self._say_fault)
        page = later.HistoryPage(self._t, self._searcher, lines, self._rulebook, self._last_view())
        self._say_deleted(page)
        page.open_requested.connect(self._open)
        page.print_requested.connect(self._bench.print_evaluation)
        page.delete_requested.connect(self._delete_lines)
        page.deleted_requested.connect(self.deleted_requested)
        page.rename_requested.connect(self._rename)
        page.compare_requested.connect(self.compare_requested)
        page.like_requested.connect(self._begin_like)
        page.export_requested.connect(self._export_lines)
        page.pack_requested.connect(self._pack_lines)
        page.back_requested.connect(self._bench.leave_other)
        page.new_case_requested.connect(self._bench.new_case)
        page.view_changed.connect(self._remember)
        return page

    def _open(self, line: int) -> None:
        if line < 0:
            self._bench.continue_draft(-line)
        else:
            self._bench.open_evaluation(line)

    def _begin_like(self, line: int) -> None:
        if line < 0:
            self._bench.new_case_with(self._history.draft(-line).answers)
        else:
            self._bench.new_case_with(self._history.evaluation(line).recommendation.answers)

    def _export_lines(self, lines: list[int]) -> None:
        """Of the chosen lines those that are evaluated, each case once."""
        if self._searcher is not None:
            self._searcher.look_up(lines, self._export_rows)

    def _pack_lines(self, lines: list[int]) -> None:
        if self._searcher is not None:
            self._searcher.look_up(
                lines, lambda rows: self.pack_requested.emit(list(rows.values()))
            )

    def _export_rows(self, found: Mapping[int, Row]) -> None:
        cases = [row.case_id for row in found.values() if isinstance(row, EvaluationRow)]
        if cases:
            self.export_requested.emit(list(dict.fromkeys(cases)))
        else:
            self._bench.notice(self._t("A case that was only begun is not exported yet."))

    def _say_deleted(self, page: "later.HistoryPage") -> None:
        deleted = self._history.bin.deleted()
        last = max((one.gone_on.date() for one in deleted), default=None)
        page.say_deleted(len(deleted), last)

    # --- How it is shown --------------------------------------------------------------------

    def _last_view(self) -> "later.ListView":
        if self._view is None:
            settings = self._bench.settings
            sort = settings.history_sort.removeprefix("-")
            column: SortKey = next((key for key in later.COLUMNS if key == sort), "date")
            query = Query(sort=column, backwards=settings.history_sort.startswith("-"))
            columns = later.Columns.read(settings.history_columns)
            self._view = later.ListView(query, columns)
        return self._view

    def _remember(self, view: "later.ListView") -> None:
        before, self._view = self._last_view(), view
        if (before.columns, before.query.sort, before.query.backwards) != (
            view.columns,
            view.query.sort,
            view.query.backwards,
        ):
            self._keeping.start()

    def _keep_view(self) -> None:
        self._keeping.stop()
        view = self._last_view()
        usual = later.Columns() == view.columns
        self._bench.take_settings(
            replace(
                self._bench.settings,
                history_columns="" if usual else view.columns.written(),
                history_sort=f"{'-' if view.query.backwards else ''}{view.query.sort}",
            )
        )

    # --- Deleting and renaming --------------------------------------------------------------

    def _delete_lines(self, ids: list[int]) -> None:
        if self._searcher is not None:
            self._searcher.look_up(ids, lambda rows: self._delete_rows(rows, ids))

    def _delete_rows(self, found: Mapping[int, Row], ids: Sequence[int]) -> None:
        rows = {line: found[line] for line in ids if line in found}
        evaluations = [row for row in rows.values() if isinstance(row, EvaluationRow)]
        names = {row.case_id: row.customer_name for row in evaluations}
        drafts = [-line for line in rows if line < 0]
        self.delete(cases=list(names), drafts=drafts, lines=list(rows))

    def delete_draft(self, draft_id: int) -> None:
        """A case that was begun, from the first page."""
        self.delete(drafts=[draft_id])

    def delete(
        self, *, cases: Sequence[int] = (), drafts: Sequence[int] = (), lines: Sequence[int] = ()
    ) -> None:
        """Put these out of sight, name them in a bar and offer to undo it.

        `lines` are chosen again when they are back.
        """
        sentence = self._sentence(cases, drafts)

        def do() -> None:
            self._history.bin.delete(self._clock(), cases=cases, drafts=drafts)

        def undo() -> None:
            self._history.bin.restore(cases=cases, drafts=drafts)
            page = self._window.page
            if isinstance(page, later.HistoryPage):
                page.choose(list(lines))

        if sentence and self._try(do):
            self._undoing.done(sentence, undo, do)
            self.look_anew()

    def _sentence(self, cases: Sequence[int], drafts: Sequence[int]) -> str:
        """Deleted “Contoso AB” with 3 evaluations."""
        t = self._t
        count = len(cases) + len(drafts)
        history = self._history
        named = [
            *(history.case(case).customer_name for case in cases[:_MOST_NAMED]),
            *(history.draft(draft).customer.get("name", "") for draft in drafts[:_MOST_NAMED]),
        ][:_MOST_NAMED]
        quoted = [
            t("“%(text)s”") % {"text": shortened(name.strip()) or t("No name yet")}
            for name in named
        ]
        if not count:
            return ""
        if count > _MOST_NAMED:
            return t("Deleted %(count)s cases: %(names)s and more.") % {
                "count": t.number(count),
                "names": ", ".join(quoted),
            }
        evaluations = len(self._history.evaluations_of(cases[0])) if cases and count == 1 else 0
        if evaluations > 1:
            return t("Deleted %(names)s with all its %(count)s evaluations.") % {
                "names": quoted[0],
                "count": t.number(evaluations),
            }
        return t("Deleted %(names)s.") % {"names": t.listing(quoted)}

    def _rename(self, line: int, name: str) -> None:
        if self._searcher is not None:
            self._searcher.look_up([line], lambda rows: self._rename_case(rows, line, name))

    def _rename_case(self, rows: Mapping[int, Row], line: int, name: str) -> None:
        row = rows.get(line)
        if not isinstance(row, EvaluationRow):
            return
        case, before = row.case_id, row.customer_name

        def rename(to: str) -> None:
            for problem in problems(Customer(name=clean(to))):
                raise KnownFault(problem.sentence)
            self._history.rename(case, to)

        if self._try(lambda: rename(name)):
            sentence = self._t("Renamed “%(before)s” to “%(after)s”.")
            self._undoing.done(
                sentence % {"before": before, "after": name},
                lambda: rename(before),
                lambda: rename(name),
            )
            self.look_anew()
