"""A file of ours as JSON: from its bytes to one object, or a sentence that says what is wrong."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from nca_wizard.customer import clean
from nca_wizard.errors import BadInput, NoSuchFile, reason
from nca_wizard.exchange import ENDING

_LONGEST_SHOWN = 40


class Refused(Exception):
    """Why the file is refused: the sentence after the file's name."""


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turns what is refused inside into BadInput with one sentence that names the file."""
    try:
        yield
    except Refused as fault:
        raise BadInput(f'"{path.name}" {fault}') from fault
    except RecursionError as fault:
        raise BadInput(
            f'"{path.name}" is not a case file: it is nested too deeply. Ask for it again.'
        ) from fault


def object_in(path: Path, longest: int) -> dict[str, Any]:
    """The object in a file of at most `longest` bytes. Raises NoSuchFile, Refused."""
    return _object_in(_text_in(_content_of(path, longest), longest))


def foreign(why: str) -> Refused:
    """For a file that is none of ours."""
    return Refused(f"is not a case file of NCA Wizard: {why}. Choose a {ENDING} file.")


def shown(value: object) -> str:
    """`value` as it stands in the file, short enough for a sentence."""
    written = clean(json.dumps(value, ensure_ascii=False))
    if len(written) <= _LONGEST_SHOWN:
        return written
    return f"{written[:_LONGEST_SHOWN]}..."


def _content_of(path: Path, longest: int) -> bytes:
    try:
        # Asked first: Windows says of a folder only that access is denied.
        if path.is_dir():
            raise Refused(f"is a folder. Choose a {ENDING} file.")
        with path.open("rb") as stream:
            # One byte more than is taken, so that an endless file ends here too.
            return stream.read(longest + 1)
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NoSuchFile(f"There is no file {path}. Check its name and folder.") from fault
    except OSError as fault:
        raise Refused(f"cannot be read: {reason(fault)}.") from fault
    except ValueError as fault:
        # A NUL in the name, which no system takes.
        raise NoSuchFile(f"There is no file {clean(str(path))}. Check its name.") from fault


def _text_in(content: bytes, longest: int) -> str:
    if len(content) > longest:
        raise Refused(
            f"has more than {longest // 1_000_000} MB, too much for a case. "
            f"Choose the {ENDING} file."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if fault.reason == "unexpected end of data":
            raise _incomplete() from fault
        raise Refused(
            f"is not a case file: it is no UTF-8 text (byte {fault.start + 1}). "
            f"Choose a {ENDING} file, or save it as UTF-8."
        ) from fault
    if not text.strip():
        raise Refused("is empty. Ask for it again.")
    return text


def _incomplete() -> Refused:
    return Refused("is incomplete (stops in the middle). Ask for it again.")


def _object_in(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refuse)
    except json.JSONDecodeError as fault:
        if _stops_in_the_middle(fault):
            raise _incomplete() from fault
        raise Refused(
            f"is not a case file: it is not JSON (line {fault.lineno}, column {fault.colno}: "
            f"{fault.msg}). Ask for it again."
        ) from fault
    except ValueError as fault:
        # Python refuses to read a number of thousands of digits.
        raise Refused("is not a case file: a number in it is too long.") from fault
    if not isinstance(document, dict):
        raise foreign("it is not an object in { }")
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
            raise Refused(f"says {shown(key)} twice. Remove one of them.")
        found[key] = value
    return found


def _refuse(constant: str) -> NoReturn:
    raise Refused(f"has the number {constant}, which no answer can be. Remove it.")
