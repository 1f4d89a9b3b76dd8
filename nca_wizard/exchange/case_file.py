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
from nca_wizard.files import free_name, write_whole
from nca_wizard.rules.model.answers import Answer, Answers
from nca_wizard.sentences import Sentence

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

    def __init__(self, path: Path) -> None:
        super().__init__(
            Sentence(
                '"%(file)s" is there already. Choose another name or replace it.', file=path.name
            ),
            free_name(path),
        )


def read(path: Path) -> CaseFile:
    """Read the case file at `path`.

    Raises NoSuchFile, or BadInput with one sentence: what is wrong, where, and what to do.
    """
    with refusing(path):
        return case_from(object_in(path, LONGEST))


def write(path: Path, case: CaseFile, *, overwrite: bool = False) -> None:
    """Write `case` to `path`, whole or not at all. Raises FileExists, CannotWrite."""
    if not overwrite and path.exists():
        raise FileExists(path)
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
        raise foreign(Sentence('it has no "%(key)s"', key="answers"))
    return CaseFile(
        answers=_answers_from(document["answers"]),
        as_of=_day_from(document["as_of"]) if "as_of" in document else None,
        customer=_customer_from(document["customer"]) if "customer" in document else None,
    )


def _check_format(document: dict[str, Any]) -> None:
    """Before anything else: a newer version may have keys that are unknown here."""
    if "format" not in document and "answers" not in document:
        raise foreign(Sentence('it has no "%(key)s"', key="answers"))
    if document.get("format", FORMAT) != FORMAT:
        raise foreign(Sentence('its "format" is %(value)s', value=shown(document["format"])))
    version = document.get("version", VERSION)
    # To Python, true is the number 1.
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise no_version(VERSION, version)
    if version == OF_SEVERAL:
        raise Refused('"%(file)s" holds several cases with their results. Open it in the window.')
    if version > VERSION:
        raise Refused(
            '"%(file)s" needs a newer version of this app: it is a case file of version '
            "%(theirs)d, and this app reads version %(ours)d. Update the app, or ask for an older "
            "file.",
            theirs=version,
            ours=VERSION,
        )


def no_version(ours: int, theirs: object) -> Refused:
    """For a file that does not say of which version it is."""
    return Refused(
        '"%(file)s" must have the number %(ours)d as "version", not %(theirs)s.',
        ours=ours,
        theirs=shown(theirs),
    )


def _refuse_unknown(values: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in values:
        if key not in known:
            raise Refused(
                '"%(file)s" has %(key)s, which is unknown here. Remove it; known are %(known)s.',
                key=shown(where + key),
                known=", ".join(known),
            )


def _day_from(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Refused(
        '"%(file)s" must have a date such as "2026-11-22" as "as_of", not %(value)s.',
        value=shown(value),
    )


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
        raise Refused(
            '"%(file)s" has a fault in "%(field)s": %(problem)s.',
            field=f"customer.{problem.field}",
            problem=problem.sentence,
        )
    return customer


def _fields(value: object, known: tuple[str, ...], where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _no_object(where, value)
    _refuse_unknown(value, known, f"{where}.")
    return dict(value)


def _no_object(where: str, value: object) -> Refused:
    return Refused(
        '"%(file)s" must have an object in { } as "%(field)s", not %(value)s.',
        field=where,
        value=shown(value),
    )


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise Refused(
            '"%(file)s" must have a text in quotes as "%(field)s", not %(value)s.',
            field=where,
            value=shown(value),
        )
    return value


def _answers_from(value: object) -> Answers:
    if not isinstance(value, dict):
        raise _no_object("answers", value)
    return {question: _answer_from(question, answer) for question, answer in value.items()}


def _answer_from(question: str, answer: object) -> Answer:
    if isinstance(answer, str):
        return answer
    if _is_list_of_texts(answer):
        for choice in answer:
            if answer.count(choice) > 1:
                raise Refused(
                    '"%(file)s" says %(choice)s twice in %(question)s. Remove one.',
                    choice=shown(choice),
                    question=shown(question),
                )
        return tuple(answer)
    if _is_object_of_texts(answer):
        return answer
    raise Refused(
        '"%(file)s" must have a choice, a list of choices or an object of product and choice as '
        "the answer to %(question)s, not %(value)s.",
        question=shown(question),
        value=shown(answer),
    )


def _is_list_of_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _is_object_of_texts(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(entry, str) for entry in value.values())
