"""From a row of a list to a customer and answers, or to the reason why not.

    columns = columns_by_id(vocabulary, table)          headings are ids, as on the command line
    read_row(vocabulary, columns, row)                  -> Accepted | Rejected

A field is a field of the customer (`name`, `contact.email`), the id of a question, or the day the
`subscription_ends`. A choice is
said by its id or in the words of the questions, whatever its case; several stand beside each
other with a semicolon between, one for each product as `product=choice`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from nca_wizard.cleaning import clean
from nca_wizard.customer import Contact, Customer, domain_of, problems
from nca_wizard.errors import BadInput
from nca_wizard.exchange.lists import Row, Table
from nca_wizard.rules.interview import refuse_unknown_ids
from nca_wizard.rules.model.answers import UNKNOWN, Answer, Answers
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.sentences import Sentence
from nca_wizard.texts import N_

NAME = "name"
CUSTOMER_FIELDS: Mapping[str, str] = {
    NAME: N_("Customer name"),
    "domain": N_("Tenant domain"),
    "tenant_id": N_("Tenant ID"),
    "subscription_id": N_("Subscription ID"),
    "contact.name": N_("Contact name"),
    "contact.title": N_("Contact title"),
    "contact.email": N_("Contact email"),
    "note": N_("Internal note"),
}
"""Field -> what it is called on the screen."""

SUBSCRIPTION_ENDS = "subscription_ends"
SUBSCRIPTION_ENDS_NAME = N_("Subscription ends")

Columns = Mapping[str, int]
"""Field -> the place of its column."""


@dataclass(frozen=True, slots=True)
class Accepted:
    row: Row
    customer: Customer
    answers: Answers
    subscription_ends: date | None
    """Nothing the rules see: on that day there is something to be followed up."""


@dataclass(frozen=True, slots=True)
class Rejected:
    row: Row
    why: Sentence
    """One sentence: which column, what stands there, what would do."""


class Vocabulary:
    """Every way to say a choice or a product. `translated` gives the words on the screen."""

    def __init__(
        self, rulebook: Rulebook, translated: Callable[[str], str] = lambda text: text
    ) -> None:
        self.rulebook = rulebook
        questions = (question.id for question in rulebook.questions)
        self.fields = (*CUSTOMER_FIELDS, SUBSCRIPTION_ENDS, *questions)
        self._labels = {
            question.id: [translated(one.label) for one in question.choices]
            for question in rulebook.questions
        }
        self._names = [translated(one.name) for one in rulebook.products]
        self._choices = {
            question.id: _ways_to_say(
                {
                    **{one.id: (one.label, one.said.for_us) for one in question.choices},
                    UNKNOWN: (rulebook.not_known.for_us,),
                },
                translated,
            )
            for question in rulebook.questions
        }
        self._products = _ways_to_say(
            {one.id: (one.name,) for one in rulebook.products}, translated
        )

    def choice(self, question: Question, said: str) -> str:
        """The id of a choice. Raises BadInput, which names those there are."""
        if question.id == "products":
            ways = self._choices[question.id] | self._products
            return _meant(said, ways, question, self._names)
        return _meant(said, self._choices[question.id], question, self._labels[question.id])

    def example(self, question: Question) -> str:
        """How a choice for one product is written."""
        return f"{self._names[0]}={self._labels[question.id][0]}"

    def product(self, question: Question, said: str) -> str:
        """The id of a product, in the answer to a question. Raises BadInput."""
        return _meant(said, self._products, question, self._names)


def _meant(said: str, ways: Mapping[str, str], question: Question, known: Sequence[str]) -> str:
    found = ways.get(_folded(said))
    if found is None:
        raise BadInput(
            Sentence(
                '%(column)s: "%(said)s" is none of %(known)s.',
                column=Sentence(question.short),
                said=said,
                # Names have commas of their own.
                known="; ".join(known),
            )
        )
    return found


def _ways_to_say(
    words: Mapping[str, tuple[str, ...]], translated: Callable[[str], str]
) -> dict[str, str]:
    """Way -> id. The ids themselves come first: no word takes their place."""
    ways: dict[str, str] = {}
    for one, said in words.items():
        for text in said:
            for way in (text, translated(text)):
                ways.setdefault(_folded(way), one)
    return ways | {_folded(one): one for one in words}


def _folded(said: str) -> str:
    return re.sub(r"\W+|_+", "_", said.casefold()).strip("_")


def columns_by_id(vocabulary: Vocabulary, table: Table) -> Columns:
    """The columns of a list whose headings are the ids. Raises BadInput."""
    found: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        field = next((one for one in vocabulary.fields if one == heading.casefold()), "")
        if field in found:
            raise BadInput(
                Sentence('There are two columns "%(column)s". Remove one.', column=field)
            )
        if field:
            found[field] = place
    if NAME not in found:
        raise BadInput(
            Sentence(
                'There is no column "name", which has the customer\'s name. '
                "The headings are: %(headings)s.",
                headings=", ".join(one for one in table.headings if one),
            )
        )
    return found


def read_row(vocabulary: Vocabulary, columns: Columns, row: Row) -> Accepted | Rejected:
    """What a row says."""
    said = _said(columns, row)
    customer = _customer(said)
    for problem in problems(customer):
        return Rejected(row, problem.sentence)
    try:
        answers = {
            question.id: _answer(vocabulary, question, said[question.id])
            for question in vocabulary.rulebook.questions
            if question.id in said
        }
        checked = refuse_unknown_ids(vocabulary.rulebook, answers)
        return Accepted(row, customer, checked, _day(said.get(SUBSCRIPTION_ENDS, "")))
    except BadInput as fault:
        return Rejected(row, fault.sentence)


def customer_in(columns: Columns, row: Row) -> Customer:
    """Whom a row is about, whether it will be accepted or not."""
    return _customer(_said(columns, row))


def _said(columns: Columns, row: Row) -> dict[str, str]:
    return {field: row.cells[place] for field, place in columns.items() if row.cells[place]}


def _customer(said: Mapping[str, str]) -> Customer:
    return Customer(
        name=said.get(NAME, ""),
        domain=domain_of(said.get("domain", "")),
        tenant_id=said.get("tenant_id", ""),
        subscription_id=said.get("subscription_id", ""),
        contact=Contact(
            name=said.get("contact.name", ""),
            title=said.get("contact.title", ""),
            email=said.get("contact.email", ""),
        ),
        note=said.get("note", ""),
    )


def _day(said: str) -> date | None:
    """As spreadsheets write a day, with dots or as ISO has it. Raises BadInput."""
    if not said:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        with suppress(ValueError):
            return datetime.strptime(said, form).date()  # noqa: DTZ007  a day has no zone
    raise BadInput(
        Sentence(
            '%(column)s: "%(said)s" is no date. Write it like %(example)s.',
            column=Sentence(SUBSCRIPTION_ENDS_NAME),
            said=said,
            example="2027-03-31",
        )
    )


def _answer(vocabulary: Vocabulary, question: Question, said: str) -> Answer:
    parts = [part for one in said.split(";") if (part := clean(one))]
    if question.kind in ("by_product", "one_or_by_product") and "=" in said:
        return {
            vocabulary.product(question, product): vocabulary.choice(question, choice.strip())
            for product, _, choice in (part.partition("=") for part in parts)
        }
    chosen = tuple(vocabulary.choice(question, part) for part in parts)
    if question.kind == "several":
        _refuse_not_together(question, chosen)
        return chosen
    if question.kind == "by_product":
        raise BadInput(
            Sentence(
                "%(column)s: give one choice per product, for example %(example)s.",
                column=Sentence(question.short),
                example=vocabulary.example(question),
            )
        )
    if len(chosen) != 1:
        raise BadInput(
            Sentence("%(column)s: give one choice, not several.", column=Sentence(question.short))
        )
    return chosen[0]


def _refuse_not_together(question: Question, chosen: tuple[str, ...]) -> None:
    alone = [one for one in question.choices if one.alone and one.id in chosen]
    if alone and len(set(chosen)) > 1:
        raise BadInput(
            Sentence(
                '%(column)s: "%(choice)s" cannot be combined with another choice. '
                "Remove it or the others.",
                column=Sentence(question.short),
                choice=Sentence(alone[0].label),
            )
        )
