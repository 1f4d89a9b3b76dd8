"""From answers to axes: what the rules see of an interview, product by product.

A question with one answer is one axis. A question with several is one yes/no axis per choice.
What the customer buys and what it brings may differ by product, so each product has axes of
its own; `mixed` never gets this far.
"""

from collections.abc import Callable, Mapping

from nca_wizard.rules.model.answers import MIXED, UNKNOWN, Answer, Answers
from nca_wizard.rules.model.book import Question, Rulebook

YES_NO = ("yes", "no")

NOT_AXES = ("products", "metrics", "channel_by_product")
"""Questions that say which goals there are, not how things stand."""

PER_PRODUCT = {"channel": "channel_by_product", "revenue": "revenue"}
"""Axis -> the question whose answer may be a choice per product."""


def all_axes(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """Every axis with all its choices, in the order of the interview."""
    axes: dict[str, tuple[str, ...]] = {}
    for question in rulebook.questions:
        axes |= axes_of(question)
    return axes


def axes_of(question: Question) -> dict[str, tuple[str, ...]]:
    """The axes one question stands for."""
    if question.id in NOT_AXES:
        return {}
    if question.kind == "several":
        return {
            f"{question.id}.{choice.id}": YES_NO for choice in question.choices if not choice.alone
        }
    return {question.id: tuple(c.id for c in question.choices if c.id != MIXED)}


def question_of(axis: str) -> str:
    """The question an axis belongs to."""
    return axis.partition(".")[0]


def is_known(answer: Answer | None) -> bool:
    """Whether this is an answer; "I don't know yet" and nothing chosen are not."""
    return answer not in (None, UNKNOWN, (), (UNKNOWN,))


def answer_for(answers: Answers, question_id: str, product_id: str) -> Answer | None:
    """What was answered for this product: the channel and the revenue may differ by product."""
    answer = answers.get(question_id)
    if question_id == "channel" and answer == MIXED:
        answer = answers.get("channel_by_product", {})
    if isinstance(answer, Mapping):
        return answer.get(product_id)
    return answer


def answered_apart(answers: Answers) -> Callable[[str], tuple[str | None, ...]]:
    """Product -> what was answered for it apart from others.

    Products with the same are asked alike: `answer_for` says the same of them.
    """
    by_product = [answer for answer in answers.values() if isinstance(answer, Mapping)]
    return lambda product_id: tuple(answer.get(product_id) for answer in by_product)


def differ_by_product(answers: Answers) -> bool:
    """Whether something was answered for each product apart."""
    return any(isinstance(answer, Mapping) for answer in answers.values())


def still_possible(
    rulebook: Rulebook, answers: Answers, product_id: str
) -> dict[str, tuple[str, ...]]:
    """Axis -> the choices that these answers leave open for the product."""
    possible: dict[str, tuple[str, ...]] = {}
    for question in rulebook.questions:
        possible |= left_open(question, answer_for(answers, question.id, product_id))
    return possible


def left_open(question: Question, answer: Answer | None) -> dict[str, tuple[str, ...]]:
    """Axis of the question -> the choices that this answer leaves open."""
    if not is_known(answer):
        return axes_of(question)
    if question.kind == "several":
        chosen = answer if isinstance(answer, tuple) else (str(answer),)
        return {
            axis: ("yes",) if axis.partition(".")[2] in chosen else ("no",)
            for axis in axes_of(question)
        }
    return {axis: (str(answer),) for axis in axes_of(question)}


def axis_question(question_id: str) -> str:
    """The question whose axes this one settles: the channel is one, however it is asked."""
    return next((axis for axis, put in PER_PRODUCT.items() if put == question_id), question_id)


def put_as(answers: Answers, question_id: str) -> str:
    """The question that asks for this one's axis: the channel may be asked product by product."""
    if question_id == "channel" and answers.get("channel") == MIXED:
        return PER_PRODUCT["channel"]
    return question_id


def products_of(rulebook: Rulebook, answers: Answers) -> tuple[str, ...] | None:
    """The chosen products in the rulebook's order, or None while they are not known."""
    return _chosen(answers.get("products"), tuple(p.id for p in rulebook.products))


def metrics_of(rulebook: Rulebook, answers: Answers) -> tuple[str, ...] | None:
    """The chosen metrics in the rulebook's order, or None while they are not known."""
    return _chosen(answers.get("metrics"), tuple(m.id for m in rulebook.metrics))


def _chosen(answer: Answer | None, order: tuple[str, ...]) -> tuple[str, ...] | None:
    if not is_known(answer) or answer is None:
        return None
    return tuple(entry for entry in order if entry in answer)
