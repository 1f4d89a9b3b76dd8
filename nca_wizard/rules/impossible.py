"""Answers that cannot occur together, as the rulebook declares, and what is said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from nca_wizard.errors import BadInput
from nca_wizard.rules.axes import is_known, products_of, put_as, question_of, still_possible
from nca_wizard.rules.interview import said_of
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Impossible, Question, Rulebook
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import union
from nca_wizard.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Clash:
    """Answers that leave nothing which can occur. `questions` are theirs, in order."""

    questions: tuple[str, ...]
    sentence: Sentence


def clash_of(rulebook: Rulebook, answers: Answers) -> Clash | None:
    """The answers that cannot occur together, of the first product that has such; else None."""
    # Where no product is known, none can differ from the others.
    for product in products_of(rulebook, answers) or (rulebook.products[0].id,):
        declared = _declared(rulebook, still_possible(rulebook, answers, product))
        if declared:
            return _clash(rulebook, answers, declared)
    return None


def refuse_impossible(rulebook: Rulebook, answers: Answers) -> None:
    """Raises BadInput, which names the answers and gives the rulebook's reason."""
    clash = clash_of(rulebook, answers)
    if clash is not None:
        raise BadInput(clash.sentence)


def _declared(rulebook: Rulebook, possible: Mapping[str, tuple[str, ...]]) -> Sequence[Impossible]:
    """The declarations that together leave nothing: one where one is enough."""
    named = {axis for entry in rulebook.impossible for axis in entry.when}
    space = Space({axis: choices for axis, choices in possible.items() if axis in named})
    met = [(entry, bits) for entry in rulebook.impossible if (bits := space.where(entry.when))]
    if union(bits for _, bits in met) != space.full:
        return ()
    alone = next((entry for entry, bits in met if bits == space.full), None)
    return [alone] if alone else [entry for entry, _ in met]


def _clash(rulebook: Rulebook, answers: Answers, declared: Sequence[Impossible]) -> Clash:
    axes = {axis for entry in declared for axis in entry.when}
    asked = {put_as(answers, question_of(axis)) for axis in axes}
    known = [
        question
        for question in rulebook.questions
        if question.id in asked and is_known(answers.get(question.id))
    ]
    return Clash(
        questions=tuple(question.id for question in known),
        sentence=Sentence(
            "These answers cannot occur together: %(answers)s. %(why)s Change one of them.",
            answers=_and([_in_words(rulebook, question, answers) for question in known]),
            why=_one_after_another([Sentence(entry.because) for entry in declared]),
        ),
    )


def _in_words(rulebook: Rulebook, question: Question, answers: Answers) -> Sentence:
    said = said_of(rulebook, question, answers[question.id])
    return Sentence(
        "%(question)s “%(answer)s”",
        question=Sentence(question.short),
        answer=_and([Sentence(one.text.for_us) for one in said]),
    )


def _and(sentences: Sequence[Sentence]) -> Sentence:
    def both(one: Sentence, other: Sentence) -> Sentence:
        return Sentence("%(one)s and %(other)s", one=one, other=other)

    return reduce(both, sentences)


def _one_after_another(sentences: Sequence[Sentence]) -> Sentence:
    def both(one: Sentence, other: Sentence) -> Sentence:
        return Sentence("%(one)s %(other)s", one=one, other=other)

    return reduce(both, sentences)
