"""The one case that is open: what was typed and answered, where we are, what is on the disk.

No Qt in here. The pages ask it what to show and tell it what was said; it decides which page
comes next and saves the draft before that page shows. Answers to questions that are no longer
visible are kept, parked, and never reach the rules.

    session = CaseSession.new(engine, history, clock)
    session.set_field("name", "Contoso AB")
    session.accept()            -> problems, or () and session.page is the next page
    session.change("2")         go to a page; the next accept returns to the check page
    session.finish(evaluate)    -> Finished: the recommendation, now in the history
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from nca_wizard.customer import Customer, problems
from nca_wizard.errors import CannotWrite
from nca_wizard.history.store import Draft, History
from nca_wizard.rules import interview
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.impossible import Clash, clash_of
from nca_wizard.rules.model.answers import Answer, Answers
from nca_wizard.rules.model.book import Page, Question
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.sentences import Sentence
from nca_wizard.ui import meeting_book
from nca_wizard.ui.case_values import NOTE, Finished, PageProblem, customer_of
from nca_wizard.ui.clock import Clock
from nca_wizard.ui.steps import CHECK, CUSTOMER


class CaseSession:
    """One case from its first field to its result."""

    def __init__(self, engine: Engine, history: History, clock: Clock, draft: Draft) -> None:
        self.rulebook = engine.rulebook
        """What is shown; in a meeting only what the customer may see."""
        self._engine = engine
        self._left: tuple[str, bool] | None = None
        """The page that a meeting does not show, and whether it leads back to the check page."""
        self._history = history
        self._clock = clock
        known, self.forgotten = interview.known_answers(self.rulebook, draft.answers)
        self._draft = replace(draft, answers=known)
        self._prefilled: Answers = {}
        self._found: tuple[object, ...] | None = None
        """What a case began with that is kept elsewhere, in a file or as an evaluation."""
        self._stored: Draft | None = self._draft if draft.id is not None else None
        self._returning = False
        self.not_saved: Sentence | None = None
        """Why the last save failed, None if it did not."""
        self._at: tuple[Answers, date, interview.Interview] | None = None
        if self.page not in (CHECK, *self.pages()):
            self._go(self._first_open_page())

    @classmethod
    def new(
        cls, engine: Engine, history: History, clock: Clock, track: str | None = None
    ) -> "CaseSession":
        """An empty case; only the track may be known, from the partner profile."""
        prefilled: dict[str, Answer] = {}
        if track and any(question.id == "track" for question in engine.rulebook.questions):
            prefilled["track"] = track
        session = cls(engine, history, clock, Draft({}, prefilled, CUSTOMER))
        session._prefilled = prefilled
        return session

    @classmethod
    def of_answers(
        cls,
        engine: Engine,
        history: History,
        clock: Clock,
        *,
        fields: Mapping[str, str],
        answers: Answers,
        as_of: date | None = None,
        case_id: int | None = None,
    ) -> "CaseSession":
        """A case that is filled in already; it begins at the check page."""
        draft = Draft(dict(fields), answers, CHECK, as_of=as_of, case_id=case_id)
        session = cls(engine, history, clock, draft)
        session._found = _content(session._draft)
        return session

    # --- What is known --------------------------------------------------------------------

    @property
    def fields(self) -> Mapping[str, str]:
        """The customer's fields as typed."""
        return self._draft.customer

    @property
    def customer(self) -> Customer:
        return customer_of(self._draft.customer)

    @property
    def answers(self) -> Answers:
        """Every answer given, the parked ones included."""
        return self._draft.answers

    @property
    def as_of(self) -> date:
        """The day to evaluate for: today, unless another was chosen."""
        return self._draft.as_of or self._clock().date()

    @property
    def page(self) -> str:
        """The page to show: an id of the rulebook's pages, or CHECK."""
        return self._draft.page

    @property
    def returning(self) -> bool:
        """Whether accepting the page leads back to the check page."""
        return self._returning

    @property
    def draft_id(self) -> int | None:
        return self._draft.id

    @property
    def saved_at(self) -> datetime | None:
        """When the draft was last written, None if never."""
        return self._draft.saved_at

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed or answered yet."""
        typed = any(text.strip() for text in self._draft.customer.values())
        return not typed and dict(self._draft.answers) == dict(self._prefilled)

    def other_cases(self) -> int:
        """How many other cases have the name that was typed."""
        rows = self._history.evaluations_named(self.customer.name)
        return len({row.case_id for row in rows} - {self._draft.case_id})

    @property
    def in_meeting(self) -> bool:
        """Whether the customer looks on."""
        return self.rulebook is not self._engine.rulebook

    def show_to_customer(self, looks_on: bool) -> None:
        """Show only what is the customer's from now on, or everything again.

        From a page of ours it goes to the check page, and back to it when the customer is gone.
        """
        self.rulebook = (
            meeting_book.customer_side(self._engine.rulebook) if looks_on else self._engine.rulebook
        )
        if looks_on and self.page not in (CHECK, *self.pages()):
            self._left = (self.page, self._returning)
            self._go(CHECK)
        elif not looks_on and self._left is not None:
            page, returning = self._left
            self._left = None
            if self.page == CHECK and page in self.pages():
                self._go(page)
                self._returning = returning

    def set_field(self, field: str, text: str) -> None:
        self._draft = replace(self._draft, customer={**self._draft.customer, field: text})

    def answer(self, question_id: str, answer: Answer | None) -> None:
        """Give an answer, or take it back with None."""
        answers = {key: value for key, value in self._draft.answers.items() if key != question_id}
        # An empty mapping says "it differs by product", with every product still to be said.
        if answer not in (None, "", ()):
            answers[question_id] = answer
        self._draft = replace(self._draft, answers=answers)

    def evaluate_for(self, day: date | None) -> None:
        """Choose the day; None for today, whenever that is."""
        self._draft = replace(self._draft, as_of=day)

    # --- The way through ------------------------------------------------------------------

    @property
    def _interview(self) -> interview.Interview:
        """Where these answers lead; worked out once for as long as they stand."""
        answers, as_of = self._draft.answers, self.as_of
        if self._at is None or self._at[:2] != (answers, as_of):
            self._at = (answers, as_of, self._engine.interview(answers, as_of))
        return self._at[2]

    def pages(self) -> tuple[str, ...]:
        """The pages these answers lead to, in order, without the check page."""
        shown = {page.id for page in self.rulebook.pages}
        return tuple(page for page in self._interview.pages if page in shown)

    def questions(self, page_id: str) -> tuple[Question, ...]:
        """What this page asks."""
        if page_id in (CUSTOMER, CHECK):
            return ()
        return tuple(map(self._shown, self._interview.questions_on(page_id)))

    def visible_questions(self) -> tuple[Question, ...]:
        """Every question these answers lead to."""
        known = {question.id: question for question in self.rulebook.questions}
        return tuple(known[one] for one in self._interview.visible if one in known)

    def problems(self, page_id: str) -> tuple[PageProblem, ...]:
        """What keeps this page from being accepted."""
        if page_id == CUSTOMER:
            return tuple(
                PageProblem(problem.field, problem.sentence)
                for problem in problems(self.customer)
                # What is not shown cannot be put right.
                if not (self.in_meeting and problem.field == NOTE)
            )
        if page_id == CHECK:
            clash = None if self.in_meeting else self._clash()
            return (PageProblem(clash.questions[-1], clash.sentence),) if clash else ()
        found = self._interview.faults(page_id)
        return tuple(PageProblem(fault.question, fault.sentence, fault.product) for fault in found)

    def hides_a_problem(self) -> bool:
        """Whether a meeting hides what keeps the case from being evaluated."""
        if not self.in_meeting:
            return False
        unusable = self.unusable_page()
        return bool(self._clash()) or (bool(unusable) and unusable not in self.pages())

    def accept(self) -> tuple[PageProblem, ...]:
        """Leave the page forwards, saved, unless it has problems; those come back."""
        found = self.problems(self.page)
        if found:
            return found
        if self.page == CUSTOMER:
            self.set_field("domain", self.customer.domain)
        self._go(self._page_after())
        self.save()
        return ()

    def back(self) -> None:
        """Leave the page backwards, whatever stands on it."""
        if self._returning:
            self._go(CHECK)
        else:
            before = self._pages_before(self.page)
            if before:
                self._go(before[-1])
        self.save()

    def can_go_back(self) -> bool:
        return self.page != CUSTOMER or self._returning

    def change(self, page_id: str) -> None:
        """Go to this page; accepting it leads to the check page again."""
        if page_id in (page.id for page in self.rulebook.pages):
            self._go(page_id)
            self._returning = True

    def jump(self, page_id: str) -> None:
        """Go back to an answered page and continue from there, or return if all is answered."""
        if self.page == CHECK or self._returning:
            self.change(page_id)
        else:
            self._go(page_id)

    def unusable_page(self) -> str:
        """The first page whose answers cannot be evaluated, "" if there is none.

        A missing answer can: it counts as not known yet.
        """
        for page_id in self._interview.pages:
            for problem in self.problems(page_id):
                if page_id == CUSTOMER or isinstance(self.answers.get(problem.where), tuple):
                    return page_id
        return ""

    def answered_pages(self) -> tuple[str, ...]:
        """The pages that are filled in, from the first on until one is not."""
        answered: list[str] = []
        for page_id in self.pages():
            if self.problems(page_id):
                break
            answered.append(page_id)
        return tuple(answered)

    def page_of_step(self, step: int) -> str:
        """The first page of a step if it is filled in, else ""."""
        pages = {page.id: page for page in self.rulebook.pages}
        of_step = [page_id for page_id in self.answered_pages() if pages[page_id].step == step]
        return of_step[0] if of_step else ""

    def page_value(self, page_id: str) -> Page:
        return self.rulebook.page(page_id)

    # --- The disk -------------------------------------------------------------------------

    @property
    def is_saved(self) -> bool:
        """Whether the disk has all there is."""
        if self._stored is None:
            return self.is_empty or self._found == _content(self._draft)
        return self._stored.page == self._draft.page and _content(self._stored) == _content(
            self._draft
        )

    def save(self) -> bool:
        """Write the draft if there is something new. False, and `not_saved` says why, if not."""
        return self.is_saved or self._write()

    def _write(self) -> bool:
        try:
            self._draft = self._stored = self._history.save_draft(self._draft, self._clock())
        except CannotWrite as fault:
            self.not_saved = fault.sentence
            return False
        self.not_saved = None
        return True

    def discard(self) -> None:
        """Forget the draft on the disk."""
        if self._draft.id is not None:
            self._history.discard_draft(self._draft.id)

    def in_play(self) -> Answers:
        """The answers the rules may see."""
        return self._interview.answers_in_play

    def finish(self, evaluate: Callable[[Scenario], Recommendation]) -> Finished:
        """Evaluate and move the case from the drafts to the history."""
        recommendation = evaluate(Scenario(as_of=self.as_of, answers=self.in_play()))
        now = self._clock()
        finished = Finished(self.customer, recommendation, now, None, self._draft.case_id)
        if not self._write():
            return replace(finished, not_saved=self.not_saved)
        try:
            evaluation = self._history.finish(
                self._draft.id, finished.customer, recommendation, now
            )
        except CannotWrite as fault:
            return replace(finished, not_saved=fault.sentence)
        case_id = self._history.evaluation(evaluation).case_id
        return replace(finished, evaluation=evaluation, case_id=case_id)

    # --- Inside ---------------------------------------------------------------------------

    def _go(self, page_id: str) -> None:
        self._draft = replace(self._draft, page=page_id)
        if page_id == CHECK:
            self._returning = False

    def _page_after(self) -> str:
        if self._returning:
            return next((page for page in self.pages() if self.problems(page)), CHECK)
        return next(iter(self._pages_after(self.page)), CHECK)

    def _pages_after(self, page_id: str) -> tuple[str, ...]:
        order = [page.id for page in self.rulebook.pages]
        here = order.index(page_id)
        return tuple(page for page in self.pages() if order.index(page) > here)

    def _pages_before(self, page_id: str) -> tuple[str, ...]:
        if page_id == CHECK:
            return self.pages()
        order = [page.id for page in self.rulebook.pages]
        here = order.index(page_id)
        return tuple(page for page in self.pages() if order.index(page) < here)

    def _clash(self) -> Clash | None:
        """Answers that cannot occur together, if there are any."""
        return clash_of(self._engine.rulebook, self.in_play())

    def _shown(self, question: Question) -> Question:
        return self.rulebook.question(question.id)

    def _first_open_page(self) -> str:
        return next((page for page in self.pages() if self.problems(page)), CHECK)


def _content(draft: Draft) -> tuple[object, ...]:
    return (
        {field: text for field, text in draft.customer.items() if text},
        dict(draft.answers),
        draft.as_of,
    )
