"""Who a case is about: what may stand in each field, and what is said when it does not fit.

Names are taken literally: `R&D <b>Söhne</b> 東京`, `3` and `&Co` are names of companies. Only what
nobody can see is removed. Nothing is cut: a text that is too long is refused, by how much.
"""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from nca_wizard.cleaning import clean
from nca_wizard.sentences import Sentence
from nca_wizard.texts import N_

NAME_LIMIT = 120
NOTE_LIMIT = 4_000
DOMAIN_LIMIT = 253
EMAIL_LIMIT = 254
"""Characters, not bytes. A domain and an address cannot be longer in the net either."""

_GUID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOMAIN = re.compile(r"[^\s@/\\:?#.]+(\.[^\s@/\\:?#.]+)+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://|mailto:", re.IGNORECASE)


def _one_line(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _several_lines(value: object) -> object:
    return clean(value, lines=True) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_one_line)]
Lines = Annotated[str, BeforeValidator(_several_lines)]


class Contact(BaseModel):
    """Whom to ask at the customer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line = ""
    title: Line = ""
    email: Line = ""


class Customer(BaseModel):
    """A customer as typed, cleaned. It may still have `problems`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    domain: Line = ""
    tenant_id: Line = ""
    subscription_id: Line = ""
    contact: Contact = Field(default_factory=Contact)
    note: Lines = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a customer from being accepted.

    `field` is a field of Customer, or `contact.name`.
    """

    field: str
    sentence: Sentence


_TOO_LONG = {
    "name": (
        NAME_LIMIT,
        N_("Customer name must be %(limit)d characters or fewer (you have %(count)d)"),
    ),
    "domain": (
        DOMAIN_LIMIT,
        N_("Tenant domain must be %(limit)d characters or fewer (you have %(count)d)"),
    ),
    "contact.name": (
        NAME_LIMIT,
        N_("Contact name must be %(limit)d characters or fewer (you have %(count)d)"),
    ),
    "contact.title": (
        NAME_LIMIT,
        N_("Contact title must be %(limit)d characters or fewer (you have %(count)d)"),
    ),
    "contact.email": (
        EMAIL_LIMIT,
        N_("Contact email must be %(limit)d characters or fewer (you have %(count)d)"),
    ),
    "note": (
        NOTE_LIMIT,
        N_("Internal note must be %(limit)d characters or fewer (you have %(count)d)"),
    ),
}


def problems(customer: Customer) -> list[Problem]:
    """What has to be put right, in the order of the fields; empty when the customer is fine."""
    found = []
    if not customer.name:
        found.append(Problem("name", Sentence("Enter the customer's name")))
    for field, text in _texts(customer):
        limit, message = _TOO_LONG.get(field, (len(text), ""))
        if len(text) > limit:
            found.append(Problem(field, Sentence(message, limit=limit, count=len(text))))
        elif text and field in _MALFORMED:
            shape, message = _MALFORMED[field]
            if not shape.fullmatch(text):
                found.append(Problem(field, Sentence(message)))
    ids = customer.tenant_id, customer.subscription_id
    if all(_GUID.fullmatch(one) for one in ids) and _bare(ids[0]) == _bare(ids[1]):
        twice = Sentence(
            "Subscription ID must be another one than the tenant ID (you have it twice)"
        )
        found.append(Problem("subscription_id", twice))
    return found


def _bare(guid: str) -> str:
    return guid.replace("-", "").lower()


_MALFORMED = {
    "domain": (
        _DOMAIN,
        N_("Enter a domain such as contoso.com, or leave it empty"),
    ),
    "tenant_id": (
        _GUID,
        N_("Tenant ID must have 32 letters and numbers, for example 72f988bf-..."),
    ),
    "subscription_id": (
        _GUID,
        N_("Subscription ID must have 32 letters and numbers, for example 72f988bf-..."),
    ),
}


def _texts(customer: Customer) -> list[tuple[str, str]]:
    contact = customer.contact
    return [
        ("name", customer.name),
        ("domain", customer.domain),
        ("tenant_id", customer.tenant_id),
        ("subscription_id", customer.subscription_id),
        ("contact.name", contact.name),
        ("contact.title", contact.title),
        ("contact.email", contact.email),
        ("note", customer.note),
    ]


def domain_of(text: str) -> str:
    """Cut a pasted web or mail address to its domain; any other text comes back cleaned.

    `https://www.contoso.com/about` and `anna@contoso.com` are both `contoso.com`.
    """
    cleaned = clean(text)
    host = re.split(r"[/\\?#]", _SCHEME.sub("", cleaned, count=1), maxsplit=1)[0]
    host = re.sub(r":\d*$", "", host.rpartition("@")[2]).rstrip(".")
    without_www = re.sub(r"^www\.(?=.+\.)", "", host, flags=re.IGNORECASE)
    return without_www if _DOMAIN.fullmatch(without_www) else cleaned
