"""What goes in and out of an open case: field texts and customer, problems, the finished case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from nca_wizard.customer import Contact, Customer, domain_of
from nca_wizard.history.store import StoredEvaluation
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.sentences import Sentence

NOTE = "note"
"""The field that no customer sees."""

CUSTOMER_FIELDS = (
    "name",
    "domain",
    "tenant_id",
    "subscription_id",
    "contact.name",
    "contact.title",
    "contact.email",
    NOTE,
)


@dataclass(frozen=True, slots=True)
class PageProblem:
    """Why a page cannot be left. `where` is a question id or a customer field, `product` the
    product a question is about, "" for none."""

    where: str
    sentence: Sentence
    product: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A case that was evaluated. `evaluation` is its id in the history, None if not saved."""

    customer: Customer
    recommendation: Recommendation
    evaluated_at: datetime
    evaluation: int | None
    case_id: int | None = None
    not_saved: Sentence | None = None


def customer_of(fields: Mapping[str, str]) -> Customer:
    """The customer these field texts describe, cleaned; it may have problems."""
    text = {field: fields.get(field, "") for field in CUSTOMER_FIELDS}
    return Customer(
        name=text["name"],
        domain=domain_of(text["domain"]),
        tenant_id=text["tenant_id"],
        subscription_id=text["subscription_id"],
        contact=Contact(
            name=text["contact.name"], title=text["contact.title"], email=text["contact.email"]
        ),
        note=text[NOTE],
    )


def fields_of(customer: Customer) -> dict[str, str]:
    """The texts of the fields that show this customer."""
    contact = customer.contact
    return {
        "name": customer.name,
        "domain": customer.domain,
        "tenant_id": customer.tenant_id,
        "subscription_id": customer.subscription_id,
        "contact.name": contact.name,
        "contact.title": contact.title,
        "contact.email": contact.email,
        NOTE: customer.note,
    }


@dataclass(frozen=True, slots=True)
class ShownResult:
    """The result on the screen, and what it was made of."""

    finished: Finished
    fields: Mapping[str, str]
    answers: Answers
    """The parked ones included, as far as they are known."""


def result_of(stored: StoredEvaluation) -> ShownResult:
    """A result from the history, as it was given."""
    finished = Finished(
        customer=stored.customer,
        recommendation=stored.recommendation,
        evaluated_at=stored.evaluated_at,
        evaluation=stored.id,
        case_id=stored.case_id,
    )
    return ShownResult(finished, fields_of(stored.customer), stored.recommendation.answers)
