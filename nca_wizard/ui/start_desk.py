"""The first page: what it lists, and who does what is asked on it.

desk = StartDesk(texts, window, label, history, clock, undoing, ask)
desk.page()

It needs the label of the rulebook alone, so it is there before the rules are read.
"""

from PySide6.QtWidgets import QWidget

from nca_wizard.history.follow_ups import last_day_of_week
from nca_wizard.history.store import History
from nca_wizard.rules.label import BookLabel
from nca_wizard.sentences import Sentence
from nca_wizard.texts import Texts
from nca_wizard.ui import freshness
from nca_wizard.ui.asking import Ask
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.start_entries import Entries
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.undoing import Undoing

_RECENT = 5


class StartDesk:
    """Makes the first page of a window, each time as things are then."""

    def __init__(
        self,
        texts: Texts,
        window: MainWindow,
        book: BookLabel,
        history: History,
        clock: Clock,
        undoing: Undoing,
        ask: Ask,
    ) -> None:
        self._t = texts
        self._window = window
        self._book = book
        self._history = history
        self._clock = clock
        self._undoing = undoing
        self._ask = ask

    def page(self) -> StartPage:
        """A new first page."""
        entries = Entries(self._t, self._book, self._clock)
        page = StartPage(
            self._t,
            entries.of_drafts(self._history.drafts()),
            entries.of_evaluations(self._history.evaluations(limit=_RECENT)),
            freshness.rules(self._t, self._book),
            self._due_this_week(),
            freshness.no_longer_fresh(self._t, self._book, self._clock().date()),
        )
        ask = self._ask
        page.new_requested.connect(lambda: ask(lambda desks: desks.bench.new_case()))
        page.file_requested.connect(lambda: ask(lambda desks: desks.bench.ask_for_file()))
        page.list_requested.connect(lambda: ask(lambda desks: desks.lists.ask_for_list()))
        page.earlier_case_requested.connect(
            lambda: ask(lambda desks: desks.histories.choose_an_earlier_case())
        )
        page.sample_requested.connect(lambda: ask(lambda desks: desks.bench.open_sample()))
        page.history_requested.connect(lambda: ask(lambda desks: desks.histories.show_history()))
        page.continue_requested.connect(
            lambda draft: ask(lambda desks: desks.bench.continue_draft(draft))
        )
        page.delete_requested.connect(
            lambda draft: ask(lambda desks: desks.histories.delete_draft(draft))
        )
        page.open_requested.connect(
            lambda evaluation: ask(lambda desks: desks.bench.open_evaluation(evaluation))
        )
        page.rules_requested.connect(lambda: ask(lambda desks: desks.rules.show_changes()))
        return page

    def say_notice(self) -> None:
        """Say above the page why nothing can be saved, if so."""
        if self._history.notice:
            self._window.say(self._history.notice.said(self._t))

    def _due_this_week(self) -> QWidget | None:
        """What is due, if anything is."""
        if not self._history.follow_ups.due(last_day_of_week(self._clock().date())):
            return None
        from nca_wizard.ui.follow_up_work import FollowUpWork
        from nca_wizard.ui.start_due import DueThisWeek

        work = FollowUpWork(self._t, self._history, self._clock, self._undoing)
        work.failed.connect(self._say_fault)
        due = DueThisWeek(work, self._history)
        due.open_requested.connect(
            lambda case: self._ask(lambda desks: desks.bench.open_case(case))
        )
        return due

    def _say_fault(self, sentence: Sentence) -> None:
        self._window.say(sentence.said(self._t))
