"""What the commands of the window do: open cases, move through them, keep them, show results."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nca_wizard.customer import Customer
from nca_wizard.errors import KnownFault
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.sentences import Sentence
from nca_wizard.settings import Settings, save_settings
from nca_wizard.texts import available_languages, system_region
from nca_wizard.ui import later, status
from nca_wizard.ui.case_values import Finished, PageProblem, ShownResult, fields_of, result_of
from nca_wizard.ui.front import Front
from nca_wizard.ui.result_views import ResultViews
from nca_wizard.ui.steps import CHECK, CUSTOMER, STEPS
from nca_wizard.ui.widgets import Tone

SAVE_AFTER_MS = 500
SAMPLE = "scenario-b.ncacase"


class Workbench(QObject):
    """Holds the rulebook, the history and the open case; lives as long as the window."""

    language_changed = Signal(object)
    """Another language was chosen, with the settings that say so."""
    cases_requested = Signal(Path)
    """A file of several cases is to be looked at."""
    history_requested = Signal()
    """The list of all cases is asked for."""
    compare_requested = Signal(int)
    """The result is to be compared with this evaluation, 0 for any other of the customer."""
    compare_with_today_requested = Signal()
    """The result is to be compared with what today's rules say."""
    move_requested = Signal()
    """The data folder is to be moved."""
    backups_requested = Signal()
    last_backup_requested = Signal(object)
    back_up_requested = Signal(object)
    """With whoever takes the sentence that says when the last one was made."""

    def __init__(
        self,
        front: Front,
        *,
        folder: DataFolder,
        settings: Settings,
        rulebook: Rulebook,
    ) -> None:
        window = front.window
        super().__init__(window)
        front.undoing.changed.connect(self._leave_what_was_undone)
        self._front = front
        self._texts = front.texts
        self._theme = front.theme
        self._window = window
        self._folder = folder
        self._settings = settings
        self._rulebook = rulebook
        self._history = front.history
        self._clock = front.clock
        self._session: later.CaseSession | None = None
        self._result: ShownResult | None = None
        self._views = ResultViews(front, rulebook, lambda: self._settings, self)
        self._views.failed.connect(self._say_fault)
        self.in_meeting = False
        """Whether a customer looks on, who may see no page but those made for it."""
        self._held_back: list[tuple[str, Tone]] = []
        self._back: Callable[[], None] = self.show_start
        """From a page that another part of the window made."""
        self._warned = False
        self._evaluating = False
        self._close_afterwards = False
        """Closed while a case was evaluated: its result is kept first."""
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        window.may_close = self.may_close

    @cached_property
    def _engine(self) -> "later.Engine":
        """One for every case: what it worked out for the rulebook and the day it knows for all."""
        return later.Engine(self._rulebook)

    # --- What is open -----------------------------------------------------------------------

    @property
    def session(self) -> "later.CaseSession | None":
        """The case being asked about, if any."""
        return self._session

    @property
    def result(self) -> ShownResult | None:
        """The result being shown, if any."""
        return self._result

    @property
    def history(self) -> History:
        """What is kept."""
        return self._history

    @property
    def settings(self) -> Settings:
        """As they are now, kept on the disk or not."""
        return self._settings

    # --- Start, settings --------------------------------------------------------------------

    def show_start(self) -> None:
        """Keep what is open and show the first page."""
        if not self._put_away():
            return
        self._back = self.show_start
        if self.in_meeting:
            first = later.MeetingStartPage(self._texts)
            first.new_requested.connect(self.new_case)
            self._show(first)
            return
        self._show(self._front.start.page())
        self._front.start.say_notice()

    def show_settings(self) -> None:
        self.show_other(self._settings_page)

    def _settings_page(self) -> QWidget:
        def say_last(sentence: str) -> None:
            if page is self._window.page:
                page.say_last_backup(sentence)

        page = later.SettingsPage(
            self._texts,
            self._settings,
            self._folder,
            available_languages(resources() / "locale"),
            system_region(),
        )
        page.changed.connect(self.take_settings)
        page.data.move_requested.connect(self.move_requested)
        page.backups_requested.connect(self.backups_requested)
        page.back_up_requested.connect(lambda: self.back_up_requested.emit(say_last))
        page.back_requested.connect(self.leave_other)
        self.last_backup_requested.emit(say_last)
        return page

    def keep_text_size(self) -> None:
        """The text was made larger or smaller by keys: it stays so."""
        if self._theme.text_size != self._settings.text_size:
            self.take_settings(replace(self._settings, text_size=self._theme.text_size))
            page = self._window.page
            if isinstance(page, later.SettingsPage):
                page.show_text_size(self._theme.text_size)

    def take_settings(self, settings: Settings) -> None:
        """Act on changed settings and keep them."""
        self._views.forget()
        another_language = settings.language != self._settings.language
        self._settings = settings
        self._theme.set_text_size(settings.text_size)
        self._theme.use(settings.colours)
        self._try(self._keep_settings)
        if another_language:
            self.language_changed.emit(settings)

    def _keep_settings(self) -> None:
        self._folder.check_it_is_there()
        save_settings(self._settings, self._folder.settings)

    def show_other(self, make: Callable[[], QWidget]) -> None:
        """Keep what is open and show a page that another part of the window made."""
        if self.in_meeting:
            self.notice(self._texts("This page is not shown in meeting mode."), "plain")
            return
        way_back = self._way_back()
        if self._put_away():
            self._back = way_back
            self._show(make())

    def leave_other(self) -> None:
        """Go from such a page back to what was open before, or to the first page."""
        self._back()

    def _way_back(self) -> Callable[[], None]:
        """To what is open now; from one other page to the next it stays what it was."""
        if self._session is None and self._result is None:
            return self._back
        self.save()
        session, result = self._session, self._result
        draft = session.draft_id if session is not None else None
        evaluation = result.finished.evaluation if result is not None else None
        case = result.finished.case_id if result is not None else None

        def back() -> None:
            # It may have been deleted meanwhile.
            if draft is not None and self._history.has_draft(draft):
                self.continue_draft(draft)
            elif evaluation is not None and case is not None and self._history.has_case(case):
                self.open_evaluation(evaluation)
            else:
                self.show_start()

        return back

    def _leave_what_was_undone(self) -> None:
        """A result whose case has just gone is no longer there to be worked on."""
        case = self._result.finished.case_id if self._result is not None else None
        if case is not None and not self._history.has_case(case):
            self._result = None
            self.show_start()

    def start_of(self, case_id: int) -> date | None:
        """The day that was chosen to start on with this case, if one was."""
        return self._views.start_of(case_id)

    def show_again(self, page: QWidget | None = None) -> None:
        """Show what is open anew, or this page that was shown before; the start if neither."""
        if self._session is not None:
            self._session.show_to_customer(self.in_meeting)
            self._show_case_page()
        elif page is not None:
            self._show(page)
        elif self._result is not None:
            self._show_result(self._result)
        else:
            self.show_start()

    # --- Opening a case ---------------------------------------------------------------------

    def new_case(self) -> None:
        """Begin an empty case."""
        if not self._put_away():
            return
        track = self._settings.partner.track
        self._begin(later.CaseSession.new(self._engine, self._history, self._clock, track))

    def continue_draft(self, draft_id: int) -> None:
        """Go on where this draft was left."""
        if not self._put_away():
            return
        draft = self._history.draft(draft_id)
        session = later.CaseSession(self._engine, self._history, self._clock, draft)
        self._begin(session)
        if session.forgotten:
            self.notice(
                self._texts("Left out, because today’s rules do not know them: %(which)s")
                % {"which": ", ".join(session.forgotten)}
            )

    def ask_for_file(self) -> None:
        """Let the person pick a case file."""
        path = later.case_dialogs.ask_to_open(self._texts, self._window)
        if path is not None:
            self.open_file(path)

    def open_sample(self) -> None:
        self.open_file(resources() / "sample" / SAMPLE)

    def open_file(self, path: Path) -> None:
        """Open a case file on the check page, or say why not."""
        if later.cases_file.holds_several(path):
            self.cases_requested.emit(path)
            return

        def read() -> None:
            case = later.case_file.read(path)
            answers = later.interview.refuse_unknown_ids(self._rulebook, case.answers)
            customer = case.customer or Customer(name="")
            if self._put_away():
                self._begin_with(fields_of(customer), answers, as_of=case.as_of)

        self._try(read)

    def open_evaluation(self, evaluation_id: int) -> None:
        """Show a result as it was given."""
        if not self._put_away():
            return
        self._show_result(result_of(self._history.evaluation(evaluation_id)))

    def open_case(self, case_id: int) -> None:
        """Show the newest result of a case."""
        self.open_evaluation(self._history.case(case_id).newest.id)

    def print_evaluation(self, evaluation_id: int) -> None:
        """Show what a result would be on paper; from there, back leads to the result."""
        if not self._put_away():
            return
        self._result = result_of(self._history.evaluation(evaluation_id))
        self.print_result()

    # --- Moving through a case --------------------------------------------------------------

    def go_on(self) -> None:
        """Continue, or evaluate from the check page."""
        page, session = self._window.page, self._session
        if session is None or not isinstance(page, later.CasePage):
            return
        if isinstance(page, later.CheckPage):
            self._evaluate(page, session)
            return
        problems = session.accept()
        if problems:
            self._report(page, problems)
        else:
            self._show_case_page()

    def go_back(self) -> None:
        """Go to the page before, from a result to the answers; nothing is lost."""
        if self._session is not None and self._session.can_go_back():
            self._session.back()
            self._show_case_page()
        elif isinstance(self._window.page, later.ResultPage | later.MeetingResultPage):
            self.edit_result()
        elif self._result is not None:
            self._show_result(self._result)

    def change(self, page_id: str) -> None:
        """Go back to a page that is answered."""
        if self._session is not None:
            self._session.jump(page_id)
            self._show_case_page()

    def jump_to_step(self, step: int) -> None:
        """Go to one of the five steps if it is answered."""
        session = self._session
        if session is None and self._result is not None:
            session = self._session_of(self._result)
        page_id = session.page_of_step(step) if session is not None else ""
        if page_id:
            self.edit_result()
            self.change(page_id)

    def close_case(self) -> None:
        """Save and go to the first page; the case waits there under Continue."""
        self.show_start()

    def save(self) -> None:
        """Write the draft now."""
        self._saving.stop()
        if self._session is not None:
            self._session.save()
        if self._result is not None and isinstance(self._window.page, later.ResultPage):
            self._window.page.save()
        self._say_saved()

    def may_close(self) -> bool:
        """Called when the window is to close. Whoever closes twice means it, saved or not."""
        if self._evaluating:
            self._close_afterwards = True
            return False
        if not self._put_away() and not self._warned and self._session is not None:
            self._warned = True
            self._say_not_saved(status.lost_if_closed(self._texts, self._session))
            return False
        return True

    # --- From a result ----------------------------------------------------------------------

    def change_answer(self, question_id: str) -> None:
        """From the result to the page of a question, and back through the check page."""
        if self._result is not None:
            page_id = self._rulebook.question(question_id).page
            self.edit_result()
            self.change(page_id)

    def edit_result(self) -> None:
        """From the result to the check page."""
        if self._result is not None:
            self._begin(self._session_of(self._result))

    def _session_of(self, result: ShownResult) -> "later.CaseSession":
        """The answers of a result, to be changed; nothing is open yet."""
        return later.CaseSession.of_answers(
            self._engine,
            self._history,
            self._clock,
            fields=result.fields,
            answers=result.answers,
            case_id=result.finished.case_id,
        )

    def evaluate_again(self) -> None:
        """Evaluate the same answers with today's rules; the old result stays in the history."""
        self.edit_result()
        page = self._window.page
        if self._session is not None and isinstance(page, later.CheckPage):
            self._evaluate(page, self._session)

    def evaluate_stored(self, evaluation_id: int) -> int | None:
        """Add an evaluation of the same answers with today's rules; its id.

        None if it was not saved, or if the answers have to be looked at first; then that shows.
        """
        session = self._session_of(result_of(self._history.evaluation(evaluation_id)))
        if session.unusable_page() or session.problems(CHECK):
            self.open_evaluation(evaluation_id)
            self.evaluate_again()
            return None
        finished = self._finished(session)
        if finished.not_saved:
            self._say_fault(finished.not_saved)
        return finished.evaluation

    def new_case_like(self) -> None:
        """The answers of the result for another customer."""
        if self._result is not None:
            self.new_case_with(self._result.answers)

    def new_case_with(self, answers: Answers) -> None:
        """These answers for another customer."""
        if self._put_away():
            self._begin_with({}, answers)
            self.change(CUSTOMER)

    def print_result(self) -> None:
        """Show what would be printed, and the ways to paper."""
        page_shown = self._window.page
        if isinstance(page_shown, later.ComparePage):
            page_shown.print_requested.emit()
            return
        result = self._result
        if result is not None:
            page = self._views.preview(result.finished, in_meeting=self.in_meeting)
            page.back_requested.connect(lambda: self._show_result(result))
            self._show(page)

    def save_case_as(self) -> None:
        """Write the open case, or the answers of the result, to a file."""
        case = later.case_dialogs.case_of(self._session, self._result)
        if case is not None:
            self._try(lambda: self._save_as(case))

    def _save_as(self, case: "later.case_file.CaseFile") -> None:
        path = later.case_dialogs.ask_and_write(self._texts, self._window, case)
        if path is not None:
            self.notice(self._texts("Saved as %(path)s") % {"path": path}, "ok")

    # --- Inside -----------------------------------------------------------------------------

    def _begin_with(
        self,
        fields: Mapping[str, str],
        answers: Answers,
        as_of: date | None = None,
        case_id: int | None = None,
    ) -> None:
        self._begin(
            later.CaseSession.of_answers(
                self._engine,
                self._history,
                self._clock,
                fields=fields,
                answers=answers,
                as_of=as_of,
                case_id=case_id,
            )
        )

    def _begin(self, session: "later.CaseSession") -> None:
        self._result = None
        self._session = session
        session.show_to_customer(self.in_meeting)
        self._show_case_page()

    def _put_away(self) -> bool:
        """Keep the open case and let go of it; one that cannot be kept stays, and says why."""
        self.save()
        if self._session is not None and not self._session.is_saved:
            self._say_not_saved(status.not_saved(self._texts, self._session))
            return False
        self._session = None
        self._result = None
        return True

    def _show_case_page(self) -> None:
        session = self._session
        if session is None:
            return
        page = later.page_for(self._texts, session)
        page.continue_requested.connect(self.go_on)
        page.back_requested.connect(self.go_back)
        page.close_requested.connect(self.close_case)
        page.change_requested.connect(self.change)
        page.edited.connect(self._saving.start)
        self._show(page)
        if session.page == CHECK and session.problems(CHECK):
            self._report(page, session.problems(CHECK))

    def _report(self, page: "later.CasePage", problems: Sequence[PageProblem]) -> None:
        page.report(problems)
        self._title(has_errors=True)

    def _evaluate(self, page: "later.CheckPage", session: "later.CaseSession") -> None:
        problems = (*page.date_problems(), *session.problems(CHECK))
        if problems:
            self._report(page, problems)
            return
        if session.hides_a_problem():
            self.notice(
                self._texts("These answers need a look first. End meeting mode and go on there.")
            )
            return
        unusable = session.unusable_page()
        if unusable:
            session.change(unusable)
            self._show_case_page()
            self.go_on()
            return
        self._saving.stop()
        finished = self._finished(session)
        # While it was evaluated, a second start may have opened another case.
        if self._session is session:
            self._session = None
            self._show_result(ShownResult(finished, session.fields, session.answers))
        if finished.not_saved:
            self._say_not_saved(finished.not_saved.said(self._texts))

    def _finished(self, session: "later.CaseSession") -> Finished:
        """The result, kept in the history; the window paints while it is worked out."""
        self._evaluating = True
        try:
            return session.finish(
                lambda scenario: later.found_beside(lambda: self._engine.recommend(scenario))
            )
        finally:
            self._evaluating = False
            if self._close_afterwards:
                self._close_afterwards = False
                QTimer.singleShot(0, self._window.close)

    def _show_result(self, result: ShownResult) -> None:
        self._result = result
        finished = result.finished
        if self.in_meeting:
            seen = self._views.meeting_page(finished)
            seen.print_requested.connect(self.print_result)
            seen.edit_requested.connect(self.edit_result)
            self._show(seen)
            return
        page = self._views.page(finished)
        page.change_requested.connect(self.change_answer)
        page.print_requested.connect(self.print_result)
        page.new_case_like_requested.connect(self.new_case_like)
        page.edit_requested.connect(self.edit_result)
        page.evaluate_again_requested.connect(self.evaluate_again)
        page.open_requested.connect(self.open_evaluation)
        page.compare_requested.connect(self.compare_requested)
        page.compare_with_today_requested.connect(self.compare_with_today_requested)
        self._show(page)

    def _show(self, page: QWidget) -> None:
        # The warning goes with the page it stood above.
        self._warned = False
        self._window.show_page(page)
        self.fit_to_page()

    def fit_to_page(self) -> None:
        """Have title, status line and commands be those of the page that shows."""
        page = self._window.page
        self._title()
        self._say_saved()
        for key, enabled in status.commands(self._session, self._result).items():
            self._window.enable(key, enabled)
        taken: frozenset[str] = getattr(page, "commands", frozenset())
        for key in ("rename", "delete"):
            self._window.enable(key, key in taken)
        if "print" in taken:
            self._window.enable("print", True)
        if self._result is not None and isinstance(page, later.ResultPage):
            asked = self._session_of(self._result)
            for step in range(1, STEPS + 1):
                self._window.enable(f"step{step}", bool(asked.page_of_step(step)))

    def _title(self, *, has_errors: bool = False) -> None:
        name = status.customer_name(self._session, self._result)
        self._window.set_case_name(name, has_errors=has_errors)

    def _say_saved(self) -> None:
        self._window.set_status(
            status.saved(self._texts, self._clock, self._session, self._result),
            *self._front.status,
        )

    def notice(self, sentence: str, tone: Tone = "warn") -> None:
        """Say something above the page now shown."""
        self._window.say(sentence, tone)

    def _say_not_saved(self, sentence: str) -> None:
        # A customer who looks on is not to see what else is in a folder.
        elsewhere = "" if self.in_meeting else self._texts("Save elsewhere…")
        self._window.say(sentence, "warn", elsewhere, self.save_case_as)

    def notice_for_us(self, sentence: str, tone: Tone = "warn") -> None:
        """The same of what no customer who looks on may read: said once nobody does."""
        if self.in_meeting:
            self._held_back.append((sentence, tone))
        else:
            self.notice(sentence, tone)

    def say_held_back(self) -> None:
        """Say what came up while a customer looked on."""
        for sentence, tone in self._held_back:
            self.notice(sentence, tone)
        self._held_back = []

    def _say_fault(self, sentence: Sentence) -> None:
        self.notice(sentence.said(self._texts))

    def _try(self, act: Callable[[], object]) -> None:
        """Do something that may fail in a way that is known; then the page says so."""
        try:
            act()
        except KnownFault as fault:
            self._say_fault(fault.sentence)
