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
from typing import Any, NoReturn, TypeGuard

from nca_wizard.customer import Contact, Customer, clean, domain_of, problems
from nca_wizard.errors import BadInput, CannotWrite, NoSuchFile, reason
from nca_wizard.exchange import ENDING
from nca_wizard.files import write_whole
from nca_wizard.rules.model import Answer, Answers

FORMAT = "ncacase"
VERSION = 1

LONGEST = 5_000_000
"""Bytes. A case has some thousands; more is another kind of file."""

_KEYS = ("format", "version", "as_of", "customer", "answers")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a case file says. `as_of` and `customer` are None where it does not say."""

    answers: Answers
    as_of: date | None = None
    customer: Customer | None = None


class FileExists(CannotWrite):
    """There is a file of that name, and nobody said it may be replaced."""


class _Refused(Exception):
    """Why the file is refused: the sentence after the file's name."""


def read(path: Path) -> CaseFile:
    """Read the case file at `path`.

    Raises NoSuchFile, or BadInput with one sentence: what is wrong, where, and what to do.
    """
    try:
        return _case_from(_object_in(_text_in(_content_of(path))))
    except _Refused as fault:
        raise BadInput(f'"{path.name}" {fault}') from fault
    except RecursionError as fault:
        raise BadInput(
            f'"{path.name}" is not a case file: it is nested too deeply. Ask for it again.'
        ) from fault


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


# --- From bytes to an object ----------------------------------------------------------------


def _content_of(path: Path) -> bytes:
    try:
        # Asked first: Windows says of a folder only that access is denied.
        if path.is_dir():
            raise _Refused(f"is a folder. Choose a {ENDING} file.")
        with path.open("rb") as stream:
            # One byte more than is taken, so that an endless file ends here too.
            return stream.read(LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NoSuchFile(f"There is no file {path}. Check its name and folder.") from fault
    except OSError as fault:
        raise _Refused(f"cannot be read: {reason(fault)}.") from fault
    except ValueError as fault:
        # A NUL in the name, which no system takes.
        raise NoSuchFile(f"There is no file {clean(str(path))}. Check its name.") from fault


def _text_in(content: bytes) -> str:
    if len(content) > LONGEST:
        raise _Refused(
            f"has more than {LONGEST // 1_000_000} MB, too much for a case. "
            f"Choose the {ENDING} file."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if fault.reason == "unexpected end of data":
            raise _incomplete() from fault
        raise _Refused(
            f"is not a case file: it is no UTF-8 text (byte {fault.start + 1}). "
            f"Choose a {ENDING} file, or save it as UTF-8."
        ) from fault
    if not text.strip():
        raise _Refused("is empty. Ask for it again.")
    return text


def _incomplete() -> _Refused:
    return _Refused("is incomplete (stops in the middle). Ask for it again.")


def _object_in(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refuse)
    except json.JSONDecodeError as fault:
        if _stops_in_the_middle(fault):
            raise _incomplete() from fault
        raise _Refused(
            f"is not a case file: it is not JSON (line {fault.lineno}, column {fault.colno}: "
            f"{fault.msg}). Ask for it again."
        ) from fault
    except ValueError as fault:
        # Python refuses to read a number of thousands of digits.
        raise _Refused("is not a case file: a number in it is too long.") from fault
    if not isinstance(document, dict):
        raise _foreign("it is not an object in { }")
    return document


def _stops_in_the_middle(fault: json.JSONDecodeError) -> bool:
    """Whether more text could still have made it JSON."""
    rest = fault.doc[fault.pos :].rstrip()
    if not fault.doc.lstrip().startswith(("{", "[")):
        return False
    return (
        not rest
        or fault.msg.startswith("Unterminated string")
        or any(word.startswith(rest) for word in ("true", "false", "null", "NaN", "-Infinity"))
        # A sign written as \u and four digits, cut off: no quotation mark ends the text any more.
        or (fault.msg.startswith("Invalid \\u") and '"' not in rest)
    )


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(f"says {_shown(key)} twice. Remove one of them.")
        found[key] = value
    return found


def _refuse(constant: str) -> NoReturn:
    raise _Refused(f"has the number {constant}, which no answer can be. Remove it.")


# --- From an object to a case ---------------------------------------------------------------


def _case_from(document: dict[str, Any]) -> CaseFile:
    _check_format(document)
    _refuse_unknown(document, _KEYS, "")
    if "answers" not in document:
        raise _foreign('it has no "answers"')
    return CaseFile(
        answers=_answers_from(document["answers"]),
        as_of=_day_from(document["as_of"]) if "as_of" in document else None,
        customer=_customer_from(document["customer"]) if "customer" in document else None,
    )


def _foreign(why: str) -> _Refused:
    return _Refused(f"is not a case file of NCA Wizard: {why}. Choose a {ENDING} file.")


def _check_format(document: dict[str, Any]) -> None:
    """Before anything else: a newer version may have keys that are unknown here."""
    if "format" not in document and "answers" not in document:
        raise _foreign('it has no "answers"')
    if document.get("format", FORMAT) != FORMAT:
        raise _foreign(f'its "format" is {_shown(document["format"])}')
    version = document.get("version", VERSION)
    # To Python, true is the number 1.
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _Refused(f'must have the number {VERSION} as "version", not {_shown(version)}.')
    if version > VERSION:
        raise _Refused(
            f"needs a newer version of this app: it is a case file of version {version}, "
            f"and this app reads version {VERSION}. Update the app, or ask for an older file."
        )


def _refuse_unknown(values: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in values:
        if key not in known:
            raise _Refused(
                f"has {_shown(where + key)}, which is unknown here. Remove it; "
                f"known are {', '.join(known)}."
            )


def _day_from(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _Refused(f'must have a date such as "2026-11-22" as "as_of", not {_shown(value)}.')


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
        raise _Refused(f'has a fault in "customer.{problem.field}": {problem.sentence}.')
    return customer


def _fields(value: object, known: tuple[str, ...], where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Refused(f'must have an object in {{ }} as "{where}", not {_shown(value)}.')
    _refuse_unknown(value, known, f"{where}.")
    return dict(value)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _Refused(f'must have a text in quotes as "{where}", not {_shown(value)}.')
    return value


def _answers_from(value: object) -> Answers:
    if not isinstance(value, dict):
        raise _Refused(f'must have an object in {{ }} as "answers", not {_shown(value)}.')
    return {question: _answer_from(question, answer) for question, answer in value.items()}


def _answer_from(question: str, answer: object) -> Answer:
    if isinstance(answer, str):
        return answer
    if _is_list_of_texts(answer):
        for choice in answer:
            if answer.count(choice) > 1:
                raise _Refused(f"says {_shown(choice)} twice in {_shown(question)}. Remove one.")
        return tuple(answer)
    if _is_object_of_texts(answer):
        return answer
    raise _Refused(
        f"must have a choice, a list of choices or an object of product and choice as "
        f"the answer to {_shown(question)}, not {_shown(answer)}."
    )


def _is_list_of_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _is_object_of_texts(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(entry, str) for entry in value.values())


def _shown(value: object) -> str:
    """`value` as it stands in the file, short enough for a sentence."""
    written = clean(json.dumps(value, ensure_ascii=False))
    if len(written) <= _LONGEST_SHOWN:
        return written
    return f"{written[:_LONGEST_SHOWN]}..."
