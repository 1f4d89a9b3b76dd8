"""The case file (`.ncacase`): one customer's answers as JSON, to send on or to evaluate.

    {"format": "ncacase", "version": 1, "as_of": "2026-11-22",
     "customer": {"name": "Contoso AB", ...}, "answers": {"channel": "csp_direct_bill", ...}}

Only `answers` must be there. Whether its questions and choices exist is for the rulebook to say.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeGuard

from nca_wizard.customer import Contact, Customer, domain_of, problems
from nca_wizard.errors import CannotWrite
from nca_wizard.exchange.json_file import Refused, foreign, object_in, refusing, shown
from nca_wizard.files import write_whole
from nca_wizard.rules.model import Answer, Answers

FORMAT = "ncacase"
VERSION = 1
OF_SEVERAL = 2
"""The version of a file that holds several cases, see `cases_file`."""

LONGEST = 5_000_000
"""Bytes. A case has some thousands; more is another kind of file."""

_KEYS = ("format", "version", "as_of", "customer", "answers")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a case file says. `as_of` and `customer` are None where it does not say."""

    answers: Answers
    as_of: date | None = None
    customer: Customer | None = None


class FileExists(CannotWrite):
    """There is a file of that name, and nobody said it may be replaced."""


def read(path: Path) -> CaseFile:
    """Read the case file at `path`.

    Raises NoSuchFile, or BadInput with one sentence: what is wrong, where, and what to do.
    """
    with refusing(path):
        return case_from(object_in(path, LONGEST))


def write(path: Path, case: CaseFile, *, overwrite: bool = False) -> None:
    """Write `case` to `path`, whole or not at all. Raises FileExists, CannotWrite."""
    if not overwrite and path.exists():
        raise FileExists(f'"{path.name}" is there already. Choose another name or replace it.')
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if case.as_of is not None:
        document["as_of"] = case.as_of.isoformat()
    if case.customer is not None:
        document["customer"] = case.customer.model_dump(exclude_defaults=True)
    document["answers"] = {
        question: dict(answer) if isinstance(answer, Mapping) else answer
        for question, answer in case.answers.items()
    }
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, text.encode())


# --- From an object to a case ---------------------------------------------------------------


def case_from(document: dict[str, Any]) -> CaseFile:
    """The case in an object of a file. Raises Refused."""
    _check_format(document)
    _refuse_unknown(document, _KEYS, "")
    if "answers" not in document:
        raise foreign('it has no "answers"')
    return CaseFile(
        answers=_answers_from(document["answers"]),
        as_of=_day_from(document["as_of"]) if "as_of" in document else None,
        customer=_customer_from(document["customer"]) if "customer" in document else None,
    )


def _check_format(document: dict[str, Any]) -> None:
    """Before anything else: a newer version may have keys that are unknown here."""
    if "format" not in document and "answers" not in document:
        raise foreign('it has no "answers"')
    if document.get("format", FORMAT) != FORMAT:
        raise foreign(f'its "format" is {shown(document["format"])}')
    version = document.get("version", VERSION)
    # To Python, true is the number 1.
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Refused(f'must have the number {VERSION} as "version", not {shown(version)}.')
    if version == OF_SEVERAL:
        raise Refused("holds several cases with their results. Open it in the window.")
    if version > VERSION:
        raise Refused(
            f"needs a newer version of this app: it is a case file of version {version}, "
            f"and this app reads version {VERSION}. Update the app, or ask for an older file."
        )


def _refuse_unknown(values: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in values:
        if key not in known:
            raise Refused(
                f"has {shown(where + key)}, which is unknown here. Remove it; "
                f"known are {', '.join(known)}."
            )


def _day_from(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Refused(f'must have a date such as "2026-11-22" as "as_of", not {shown(value)}.')


def _customer_from(value: object) -> Customer:
    fields = _fields(value, tuple(Customer.model_fields), "customer")
    contact = _fields(fields.pop("contact", {}), tuple(Contact.model_fields), "customer.contact")
    texts = {key: _text(entry, f"customer.{key}") for key, entry in fields.items()}
    texts["domain"] = domain_of(texts.get("domain", ""))
    customer = Customer(
        name=texts.pop("name", ""),
        contact=Contact(
            **{key: _text(entry, f"customer.contact.{key}") for key, entry in contact.items()}
        ),
        **texts,
    )
    for problem in problems(customer):
        raise Refused(f'has a fault in "customer.{problem.field}": {problem.sentence}.')
    return customer


def _fields(value: object, known: tuple[str, ...], where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(f'must have an object in {{ }} as "{where}", not {shown(value)}.')
    _refuse_unknown(value, known, f"{where}.")
    return dict(value)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise Refused(f'must have a text in quotes as "{where}", not {shown(value)}.')
    return value


def _answers_from(value: object) -> Answers:
    if not isinstance(value, dict):
        raise Refused(f'must have an object in {{ }} as "answers", not {shown(value)}.')
    return {question: _answer_from(question, answer) for question, answer in value.items()}


def _answer_from(question: str, answer: object) -> Answer:
    if isinstance(answer, str):
        return answer
    if _is_list_of_texts(answer):
        for choice in answer:
            if answer.count(choice) > 1:
                raise Refused(f"says {shown(choice)} twice in {shown(question)}. Remove one.")
        return tuple(answer)
    if _is_object_of_texts(answer):
        return answer
    raise Refused(
        f"must have a choice, a list of choices or an object of product and choice as "
        f"the answer to {shown(question)}, not {shown(answer)}."
    )


def _is_list_of_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _is_object_of_texts(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(entry, str) for entry in value.values())
