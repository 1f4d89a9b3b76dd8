"""From a row of a list to a customer and answers, or to the reason why not.

    columns = columns_by_id(vocabulary, table)          headings are ids, as on the command line
    read_row(vocabulary, columns, row)                  -> Accepted | Rejected

A field is a field of the customer (`name`, `contact.email`) or the id of a question. A choice is
said by its id or in the words of the questions, whatever its case; several stand beside each
other with a semicolon between, one for each product as `product=choice`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nca_wizard.customer import Contact, Customer, clean, domain_of, problems
from nca_wizard.errors import BadInput
from nca_wizard.exchange.lists import Row, Table
from nca_wizard.rules.interview import refuse_unknown_ids
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.rules.model.values import UNKNOWN, Answer, Answers
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

Columns = Mapping[str, int]
"""Field -> the place of its column."""


@dataclass(frozen=True, slots=True)
class Accepted:
    row: Row
    customer: Customer
    answers: Answers


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
        self.fields = (*CUSTOMER_FIELDS, *(question.id for question in rulebook.questions))
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
        ways = self._choices[question.id]
        if question.id == "products":
            ways = ways | self._products
        return _meant(said, ways, question.id)

    def product(self, question: Question, said: str) -> str:
        """The id of a product, in the answer to a question. Raises BadInput."""
        return _meant(said, self._products, question.id)


def _meant(said: str, ways: Mapping[str, str], column: str) -> str:
    found = ways.get(_folded(said))
    if found is None:
        raise BadInput(
            Sentence(
                '%(column)s: "%(said)s" is none of %(known)s.',
                column=column,
                said=said,
                known=", ".join(dict.fromkeys(ways.values())),
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
        return Accepted(row, customer, refuse_unknown_ids(vocabulary.rulebook, answers))
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


def _answer(vocabulary: Vocabulary, question: Question, said: str) -> Answer:
    parts = [part for one in said.split(";") if (part := clean(one))]
    if question.kind in ("by_product", "one_or_by_product") and "=" in said:
        return {
            vocabulary.product(question, product): vocabulary.choice(question, choice.strip())
            for product, _, choice in (part.partition("=") for part in parts)
        }
    chosen = tuple(vocabulary.choice(question, part) for part in parts)
    # Whether several will do is for the rulebook to say.
    return chosen if question.kind == "several" or len(chosen) != 1 else chosen[0]
