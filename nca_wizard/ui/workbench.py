"""What the commands of the window do: open cases, move through them, keep them, show results."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from nca_wizard.customer import Customer
from nca_wizard.errors import KnownFault
from nca_wizard.exchange import case_file
from nca_wizard.exchange.file_names import suggested_name
from nca_wizard.history.store import History
from nca_wizard.paths import DataFolder, resources
from nca_wizard.rules import interview
from nca_wizard.rules.model import Answers, Rulebook
from nca_wizard.settings import Settings, save_settings
from nca_wizard.texts import Texts
from nca_wizard.ui import start_entries
from nca_wizard.ui.case_page import CasePage
from nca_wizard.ui.check_page import CheckPage
from nca_wizard.ui.customer_page import CustomerPage
from nca_wizard.ui.history_page import HistoryPage
from nca_wizard.ui.main_window import MainWindow
from nca_wizard.ui.question_page import QuestionPage
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.session import CHECK, CUSTOMER, CaseSession, Clock, Finished, fields_of
from nca_wizard.ui.settings_page import SettingsPage
from nca_wizard.ui.start_page import StartPage
from nca_wizard.ui.theme import Theme

SAVE_AFTER_MS = 500
SAMPLE = "scenario-b.ncacase"


@dataclass(frozen=True, slots=True)
class ShownResult:
    """The result on the screen, and what it was made of."""

    finished: Finished
    fields: Mapping[str, str]
    answers: Answers
    """The parked ones included, as far as they are known."""


class Workbench(QObject):
    """Holds the rulebook, the history and the open case; lives as long as the window."""

    def __init__(
        self,
        texts: Texts,
        theme: Theme,
        window: MainWindow,
        *,
        folder: DataFolder,
        settings: Settings,
        rulebook: Rulebook,
        history: History,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._texts = texts
        self._theme = theme
        self._window = window
        self._folder = folder
        self._settings = settings
        self._rulebook = rulebook
        self._history = history
        self._clock = clock
        self._session: CaseSession | None = None
        self._result: ShownResult | None = None
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        window.file_dropped.connect(self.open_file)
        window.closing.connect(self.close)

    # --- What is open -----------------------------------------------------------------------

    @property
    def session(self) -> CaseSession | None:
        """The case being asked about, if any."""
        return self._session

    @property
    def result(self) -> ShownResult | None:
        """The result being shown, if any."""
        return self._result

    # --- Start, settings, history -----------------------------------------------------------

    def show_start(self) -> None:
        """Keep what is open and show the first page."""
        self._put_away()
        entries = start_entries.Entries(self._texts, self._rulebook, self._clock)
        page = StartPage(
            self._texts,
            entries.of_drafts(self._history.drafts()),
            entries.of_evaluations(self._history.evaluations(limit=5)),
        )
        page.new_requested.connect(self.new_case)
        page.file_requested.connect(self.ask_for_file)
        page.sample_requested.connect(self.open_sample)
        page.history_requested.connect(self.show_history)
        page.continue_requested.connect(self.continue_draft)
        page.open_requested.connect(self.open_evaluation)
        self._show(page)
        if self._history.notice:
            self.notice(self._history.notice)

    def show_history(self) -> None:
        self._put_away()
        page = HistoryPage(self._texts, self._history)
        page.open_requested.connect(self.open_evaluation)
        page.new_case_requested.connect(self.new_case)
        self._show(page)

    def show_settings(self) -> None:
        self._put_away()
        page = SettingsPage(self._texts, self._settings, self._folder)
        page.changed.connect(self.take_settings)
        page.back_requested.connect(self.show_start)
        self._show(page)

    def take_settings(self, settings: Settings) -> None:
        """Act on changed settings and keep them."""
        self._settings = settings
        self._theme.use(settings.colours)
        self._try(lambda: save_settings(settings, self._folder.settings))

    # --- Opening a case ---------------------------------------------------------------------

    def new_case(self) -> None:
        """Begin an empty case."""
        self._put_away()
        track = self._settings.partner.track
        self._begin(CaseSession.new(self._rulebook, self._history, self._clock, track))

    def continue_draft(self, draft_id: int) -> None:
        """Go on where this draft was left."""
        self._put_away()
        draft = self._history.draft(draft_id)
        session = CaseSession(self._rulebook, self._history, self._clock, draft)
        self._begin(session)
        if session.forgotten:
            self.notice(
                self._texts("Left out, because today’s rules do not know them: %(which)s")
                % {"which": ", ".join(session.forgotten)}
            )

    def ask_for_file(self) -> None:
        """Let the person pick a case file."""
        kinds = self._texts("Case files") + f" (*{case_file.ENDING})"
        path, _ = QFileDialog.getOpenFileName(
            self._window, self._texts("Open a case file"), "", kinds
        )
        if path:
            self.open_file(Path(path))

    def open_sample(self) -> None:
        self.open_file(resources() / "sample" / SAMPLE)

    def open_file(self, path: Path) -> None:
        """Open a case file on the check page, or say why not."""

        def read() -> None:
            case = case_file.read(path)
            answers = interview.refuse_unknown_ids(self._rulebook, case.answers)
            customer = case.customer or Customer(name="")
            self._put_away()
            self._begin_with(fields_of(customer), answers, as_of=case.as_of)

        self._try(read)

    def open_evaluation(self, evaluation_id: int) -> None:
        """Show a result as it was given."""
        self._put_away()
        stored = self._history.evaluation(evaluation_id)
        finished = Finished(
            stored.customer,
            stored.recommendation,
            stored.evaluated_at,
            stored.id,
            stored.case_id,
        )
        self._show_result(
            ShownResult(finished, fields_of(stored.customer), stored.recommendation.answers)
        )

    # --- Moving through a case --------------------------------------------------------------

    def go_on(self) -> None:
        """Continue, or evaluate from the check page."""
        page, session = self._window.page, self._session
        if session is None or not isinstance(page, CasePage):
            return
        if isinstance(page, CheckPage):
            self._evaluate(page, session)
            return
        problems = session.accept()
        if problems:
            page.report(problems)
            self._title(has_errors=True)
        else:
            self._show_case_page()

    def go_back(self) -> None:
        """Go to the page before; nothing is checked, nothing is lost."""
        if self._session is not None and self._session.can_go_back():
            self._session.back()
            self._show_case_page()

    def change(self, page_id: str) -> None:
        """Go back to a page that is answered."""
        if self._session is not None:
            self._session.jump(page_id)
            self._show_case_page()

    def jump_to_step(self, step: int) -> None:
        """Go to one of the five steps if it is answered."""
        if self._session is not None and self._session.page_of_step(step):
            self.change(self._session.page_of_step(step))

    def close_case(self) -> None:
        """Save and go to the first page; the case waits there under Continue."""
        if self._session is not None and not self._session.save():
            self._say_saved()
            self.notice(self._not_saved())
            return
        self.show_start()

    def save(self) -> None:
        """Write the draft now."""
        self._saving.stop()
        if self._session is not None:
            self._session.save()
        self._say_saved()

    def close(self) -> None:
        """Called when the window closes."""
        self._put_away()
        self._history.close()

    # --- From a result ----------------------------------------------------------------------

    def change_answer(self, question_id: str) -> None:
        """From the result to the page of a question, and back through the check page."""
        if self._result is not None:
            page_id = self._rulebook.question(question_id).page
            self._reopen()
            self.change(page_id)

    def edit_result(self) -> None:
        """From the result to the check page."""
        self._reopen()

    def evaluate_again(self) -> None:
        """Evaluate the same answers with today's rules; the old result stays in the history."""
        self._reopen()
        page = self._window.page
        if self._session is not None and isinstance(page, CheckPage):
            self._evaluate(page, self._session)

    def new_case_like(self) -> None:
        """The same answers for another customer."""
        result = self._result
        if result is not None:
            self._begin_with({}, result.answers)
            self.change(CUSTOMER)

    def print_result(self) -> None:
        """Show what would be printed."""
        from nca_wizard.ui.preview import PrintPreview

        if self._result is None:
            return
        finished = self._result.finished
        preview = PrintPreview(
            self._texts, finished.customer, finished.recommendation, self._settings, self._window
        )
        preview.open()

    def save_case_as(self) -> None:
        """Write the open case, or the answers of the result, to a file."""
        if self._session is not None:
            customer, answers = self._session.customer, self._session.in_play()
            day = self._session.as_of
        elif self._result is not None:
            customer = self._result.finished.customer
            answers = self._result.finished.recommendation.answers
            day = self._result.finished.recommendation.rulebook.as_of
        else:
            return
        name = suggested_name(customer.name, day, case_file.ENDING)
        kinds = self._texts("Case files") + f" (*{case_file.ENDING})"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self._texts("Save case as"), name, kinds
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != case_file.ENDING:
            path = path.with_name(path.name + case_file.ENDING)
        case = case_file.CaseFile(answers=answers, as_of=day, customer=customer)

        def write() -> None:
            # The dialog asked before it let an existing file be chosen.
            case_file.write(path, case, overwrite=path == Path(chosen))
            self.notice(self._texts("Saved as %(path)s") % {"path": path})

        self._try(write)

    # --- Inside -----------------------------------------------------------------------------

    def _begin_with(
        self,
        fields: Mapping[str, str],
        answers: Answers,
        as_of: date | None = None,
        case_id: int | None = None,
    ) -> None:
        self._begin(
            CaseSession.of_answers(
                self._rulebook,
                self._history,
                self._clock,
                fields=fields,
                answers=answers,
                as_of=as_of,
                case_id=case_id,
            )
        )

    def _begin(self, session: CaseSession) -> None:
        self._result = None
        self._session = session
        self._show_case_page()

    def _reopen(self) -> None:
        result = self._result
        if result is not None:
            case_id = result.finished.case_id
            self._begin_with(result.fields, result.answers, case_id=case_id)

    def _put_away(self) -> None:
        """Keep the open case, if there is one, and let go of it."""
        self.save()
        self._session = None
        self._result = None

    def _show_case_page(self) -> None:
        session = self._session
        if session is None:
            return
        kinds: dict[str, Callable[[Texts, CaseSession], CasePage]] = {
            CHECK: CheckPage,
            CUSTOMER: CustomerPage,
        }
        page = kinds.get(session.page, QuestionPage)(self._texts, session)
        page.continue_requested.connect(self.go_on)
        page.back_requested.connect(self.go_back)
        page.close_requested.connect(self.close_case)
        page.change_requested.connect(self.change)
        page.edited.connect(self._saving.start)
        self._show(page)

    def _evaluate(self, page: CheckPage, session: CaseSession) -> None:
        problems = page.date_problems()
        if problems:
            page.report(problems)
            self._title(has_errors=True)
            return
        unusable = session.unusable_page()
        if unusable:
            session.change(unusable)
            self._show_case_page()
            self.go_on()
            return
        self._saving.stop()
        finished = session.finish()
        self._session = None
        self._show_result(ShownResult(finished, session.fields, session.answers))
        if finished.not_saved:
            self.notice(finished.not_saved)

    def _show_result(self, result: ShownResult) -> None:
        self._result = result
        finished = result.finished
        page = ResultPage(self._texts)
        page.show_recommendation(
            finished.customer,
            finished.recommendation,
            finished.evaluated_at,
            finished.recommendation.rulebook.hash == self._rulebook.hash,
        )
        page.change_requested.connect(self.change_answer)
        page.print_requested.connect(self.print_result)
        page.new_case_like_requested.connect(self.new_case_like)
        page.edit_requested.connect(self.edit_result)
        page.evaluate_again_requested.connect(self.evaluate_again)
        self._show(page)

    def _show(self, page: QWidget) -> None:
        self._window.show_page(page)
        self._title()
        self._say_saved()
        for key, enabled in {
            "print": self._result is not None,
            "save_as": self._result is not None or self._session is not None,
            "save": self._session is not None,
            "close": self._result is not None or self._session is not None,
            "panel": self._session is not None,
        }.items():
            self._window.enable(key, enabled)
        for step in range(1, 6):
            answered = self._session is not None and bool(self._session.page_of_step(step))
            self._window.enable(f"step{step}", answered)

    def _title(self, *, has_errors: bool = False) -> None:
        name = ""
        if self._session is not None:
            name = self._session.customer.name
        elif self._result is not None:
            name = self._result.finished.customer.name
        self._window.set_case_name(name, has_errors=has_errors)

    def _say_saved(self) -> None:
        saved = ""
        if self._session is not None:
            if not self._session.is_saved:
                saved = self._not_saved()
            elif self._session.saved_at is not None:
                at = self._session.saved_at.astimezone(self._clock().tzinfo)
                saved = self._texts("Saved %(time)s") % {"time": at.strftime("%H:%M")}
        elif self._result is not None:
            unsaved = self._result.finished.evaluation is None
            saved = self._texts("Not saved") if unsaved else self._texts("Saved in the history")
        rules = self._texts("Rules %(version)s, checked %(day)s") % {
            "version": self._rulebook.version,
            "day": self._texts.date(self._rulebook.checked_on),
        }
        self._window.set_status(saved, rules, self._texts("Data: this laptop only"))

    def _not_saved(self) -> str:
        why = self._session.not_saved if self._session is not None else ""
        if not why:
            return ""
        return self._texts("Not saved: %(why)s") % {"why": why}

    def notice(self, sentence: str) -> None:
        """Say something above the page now shown."""
        self._window.say(sentence)

    def _try(self, act: Callable[[], object]) -> None:
        """Do something that may fail in a way that is known; then the page says so."""
        try:
            act()
        except KnownFault as fault:
            self.notice(fault.sentence)
