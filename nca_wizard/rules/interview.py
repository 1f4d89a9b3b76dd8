"""Which question comes next, and whether its answer will do. The only place that knows the order.

A question is visible when, with the answers before it, some completion of the rest makes it
matter to a verdict, the plan, its alternatives or a caution. Later answers never hide an earlier
question: what was asked and answered stays where it was. A question that is not visible keeps
its answer parked; parked answers never reach the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from nca_wizard.errors import BadInput
from nca_wizard.rules.axes import (
    axes_of,
    metrics_of,
    products_of,
)
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.explanation import decides_caution, weight_of
from nca_wizard.rules.model.answers import FIRST_PAGE, MIXED, UNKNOWN, Answer, Answers
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.rules.model.results import Answered, Said
from nca_wizard.sentences import Sentence

ALWAYS_ASKED = ("channel", "products", "metrics")
"""Without these there is nothing to decide."""


@dataclass(frozen=True)
class Fault:
    """Why a page cannot be left: the sentence, and the question (and product) it belongs to."""

    question: str
    product: str
    sentence: Sentence


class Interview:
    """One interview as it stands: what these answers lead to on this day."""

    def __init__(
        self, rulebook: Rulebook, answers: Answers, as_of: date, goals: Goals | None = None
    ) -> None:
        """`goals` are those of the rulebook and the day, where somebody holds them."""
        self.rulebook = rulebook
        self.answers = answers
        self._goals = goals or Goals(rulebook, as_of)

    @cached_property
    def visible(self) -> tuple[str, ...]:
        """The ids of the questions these answers lead to, in order: each by all before it."""
        before: dict[str, Answer] = {}
        found: list[str] = []
        for question in self.rulebook.questions:
            if _matters(self._goals, before, question):
                found.append(question.id)
                if question.id in self.answers:
                    before[question.id] = self.answers[question.id]
        return tuple(found)

    @property
    def pages(self) -> tuple[str, ...]:
        """The ids of the pages these answers lead to, in order; the customer's page first."""
        with_questions = {self.rulebook.question(question).page for question in self.visible}
        return (
            FIRST_PAGE,
            *(page.id for page in self.rulebook.pages if page.id in with_questions),
        )

    def questions_on(self, page_id: str) -> tuple[Question, ...]:
        """What a page shows. Answering one of its questions hides no other while it is open:
        only the answers on earlier pages do."""
        page = [question for question in self.rulebook.questions if question.page == page_id]
        earlier = takewhile(lambda one: one.page != page_id, self.rulebook.questions)
        before = {
            one.id: self.answers[one.id]
            for one in earlier
            if one.id in self.visible and one.id in self.answers
        }
        return tuple(question for question in page if _matters(self._goals, before, question))

    def faults(self, page_id: str) -> tuple[Fault, ...]:
        """What keeps a page from being accepted, in reading order."""
        found: list[Fault] = []
        for question in self.questions_on(page_id):
            if question.id in self.visible:
                found += _faults_of(self.rulebook, question, self.answers)
        return tuple(found)

    @property
    def answers_in_play(self) -> Answers:
        """The answers without the parked ones: what the rules may see."""
        products = products_of(self.rulebook, self.answers) or ()
        in_play: dict[str, Answer] = {}
        for question_id in self.visible:
            answer = self.answers.get(question_id, UNKNOWN)
            if isinstance(answer, Mapping):
                answer = {product: answer[product] for product in products if product in answer}
            in_play[question_id] = answer
        return in_play


def refuse_unknown_ids(rulebook: Rulebook, answers: Answers) -> Answers:
    """Check answers that come from a file.

    Raises:
        BadInput: naming the question, the value and what would do instead.
    """
    questions = {question.id: question for question in rulebook.questions}
    checked: dict[str, Answer] = {}
    for question_id, answer in answers.items():
        question = questions.get(question_id)
        if question is None:
            raise BadInput(
                Sentence(
                    'answers: there is no question "%(question)s". The questions are: %(known)s.',
                    question=question_id,
                    known=", ".join(questions),
                )
            )
        checked[question_id] = _checked(rulebook, question, answer)
    return checked


def known_answers(rulebook: Rulebook, answers: Answers) -> tuple[Answers, tuple[str, ...]]:
    """The answers this rulebook knows, and the questions whose answers it does not."""
    known: dict[str, Answer] = {}
    forgotten: list[str] = []
    for question_id, answer in answers.items():
        try:
            known.update(refuse_unknown_ids(rulebook, {question_id: answer}))
        except BadInput:
            # Several choices that do not go together are still what was chosen; the page says so.
            question = next((q for q in rulebook.questions if q.id == question_id), None)
            if question is not None and isinstance(answer, tuple):
                choices = {choice.id for choice in question.choices} | {UNKNOWN}
                if set(answer) <= choices:
                    known[question_id] = answer
                    continue
            forgotten.append(question_id)
    return known, tuple(forgotten)


def said(rulebook: Rulebook, answers: Answers) -> tuple[Answered, ...]:
    """The answers in words, in the order of the interview, the unknown ones included."""
    return tuple(
        Answered(
            question=question.id,
            page=question.page,
            title=question.short,
            said=said_of(rulebook, question, answers[question.id]),
        )
        for question in rulebook.questions
        if question.id in answers
    )


def said_of(rulebook: Rulebook, question: Question, answer: Answer) -> tuple[Said, ...]:
    """One answer in words."""

    def said_choice(choice_id: str, product: str = "") -> Said:
        choice = question.choice(choice_id)
        return Said(text=choice.said if choice else rulebook.not_known, product=product)

    if isinstance(answer, Mapping):
        return tuple(
            said_choice(choice_id, rulebook.product(product).name)
            for product, choice_id in answer.items()
        )
    chosen = answer if isinstance(answer, tuple) else (answer,)
    return tuple(said_choice(choice_id) for choice_id in chosen or (UNKNOWN,))


def _matters(goals: Goals, before: Answers, question: Question) -> bool:
    rulebook = goals.rulebook
    if question.id in ALWAYS_ASKED:
        return True
    products = products_of(rulebook, before)
    if question.id == "channel_by_product":
        return before.get("channel") == MIXED and bool(products)
    metrics = metrics_of(rulebook, before)
    states = goals.states(
        before,
        products or goals.one_of_each_kind,
        metrics or tuple(metric.id for metric in rulebook.metrics),
    )
    return any(
        weight_of(state, axis) or decides_caution(goals, before, state, axis)
        for axis in axes_of(question)
        for state in states
    )


def _faults_of(rulebook: Rulebook, question: Question, answers: Answers) -> list[Fault]:
    answer = answers.get(question.id)
    if question.kind == "by_product" or (
        question.kind == "one_or_by_product" and isinstance(answer, Mapping)
    ):
        return [
            Fault(
                question.id,
                product,
                Sentence(question.missing_for_product, product=rulebook.product(product).name),
            )
            for product in products_of(rulebook, answers) or ()
            if not isinstance(answer, Mapping) or not answer.get(product)
        ]
    if not answer:
        return [Fault(question.id, "", Sentence(question.missing))]
    if isinstance(answer, tuple) and len(answer) > 1:
        alone = {choice.id for choice in question.choices if choice.alone} | {UNKNOWN}
        if alone & set(answer):
            return [Fault(question.id, "", Sentence(question.not_together))]
    return []


def _checked(rulebook: Rulebook, question: Question, answer: Answer) -> Answer:
    by_product = question.kind == "by_product" or (
        question.kind == "one_or_by_product" and isinstance(answer, Mapping)
    )
    if answer == UNKNOWN:
        return answer
    if by_product:
        if not isinstance(answer, Mapping):
            raise BadInput(
                Sentence(
                    "answers: %(question)s: give one choice per product, for example %(example)s.",
                    question=question.id,
                    example=f'{{"sales": "{question.choices[0].id}"}}',
                )
            )
        products = {product.id for product in rulebook.products}
        for product, choice in answer.items():
            if product not in products:
                raise BadInput(
                    Sentence(
                        'answers: %(question)s: there is no product "%(product)s". '
                        "The products are: %(known)s.",
                        question=question.id,
                        product=product,
                        known=", ".join(sorted(products)),
                    )
                )
            _check_choice(question, choice)
        return dict(answer)
    if question.kind == "several":
        if isinstance(answer, str):
            answer = (answer,)
        if isinstance(answer, Mapping):
            raise BadInput(
                Sentence("answers: %(question)s: give a list of choices.", question=question.id)
            )
        chosen = tuple(dict.fromkeys(answer))
        for choice in chosen:
            _check_choice(question, choice)
        alone = {choice.id for choice in question.choices if choice.alone} | {UNKNOWN}
        if len(chosen) > 1 and alone & set(chosen):
            raise BadInput(
                Sentence(
                    'answers: %(question)s: "%(choice)s" cannot be combined with another choice. '
                    "Remove it or the others.",
                    question=question.id,
                    choice=min(alone & set(chosen)),
                )
            )
        return chosen or UNKNOWN
    if not isinstance(answer, str):
        raise BadInput(
            Sentence("answers: %(question)s: give one choice, not several.", question=question.id)
        )
    _check_choice(question, answer)
    return answer


def _check_choice(question: Question, choice_id: str) -> None:
    choices = [choice.id for choice in question.choices]
    if choice_id != UNKNOWN and choice_id not in choices:
        raise BadInput(
            Sentence(
                'answers: %(question)s: there is no choice "%(choice)s". '
                "The choices are: %(known)s.",
                question=question.id,
                choice=choice_id,
                known=", ".join(choices),
            )
        )
