"""A file of ours as JSON: from its bytes to one object, or a sentence that says what is wrong."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from nca_wizard.cleaning import clean
from nca_wizard.errors import BadInput, NoSuchFile, reason
from nca_wizard.exchange import ENDING
from nca_wizard.sentences import Sentence, Value

_LONGEST_SHOWN = 40


class Refused(Exception):
    """Why the file is refused: a sentence that leaves the place of its `%(file)s` open."""

    def __init__(self, text: str, **values: Value) -> None:
        super().__init__(text)
        self._text = text
        self._values = values

    def of(self, path: Path) -> Sentence:
        """The sentence about the file at `path`."""
        return Sentence(self._text, **self._values, file=path.name)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turns what is refused inside into BadInput with one sentence that names the file."""
    try:
        yield
    except Refused as fault:
        raise BadInput(fault.of(path)) from fault
    except RecursionError as fault:
        raise BadInput(
            Sentence(
                '"%(file)s" is not a case file: it is nested too deeply. Ask for it again.',
                file=path.name,
            )
        ) from fault


def object_in(path: Path, longest: int) -> dict[str, Any]:
    """The object in a file of at most `longest` bytes. Raises NoSuchFile, Refused."""
    return _object_in(_text_in(_content_of(path, longest), longest))


def foreign(why: Sentence) -> Refused:
    """For a file that is none of ours."""
    return Refused(
        '"%(file)s" is not a case file of NCA Wizard: %(why)s. Choose a %(ending)s file.',
        why=why,
        ending=ENDING,
    )


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
            raise Refused('"%(file)s" is a folder. Choose a %(ending)s file.', ending=ENDING)
        with path.open("rb") as stream:
            # One byte more than is taken, so that an endless file ends here too.
            return stream.read(longest + 1)
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NoSuchFile(
            Sentence("There is no file %(path)s. Check its name and folder.", path=path)
        ) from fault
    except OSError as fault:
        raise Refused('"%(file)s" cannot be read: %(why)s.', why=reason(fault)) from fault
    except ValueError as fault:
        # A NUL in the name, which no system takes.
        raise NoSuchFile(
            Sentence("There is no file %(path)s. Check its name.", path=clean(str(path)))
        ) from fault


def _text_in(content: bytes, longest: int) -> str:
    if len(content) > longest:
        raise Refused(
            '"%(file)s" has more than %(limit)d MB, too much for a case. '
            "Choose the %(ending)s file.",
            limit=longest // 1_000_000,
            ending=ENDING,
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if fault.reason == "unexpected end of data":
            raise _incomplete() from fault
        raise Refused(
            '"%(file)s" is not a case file: it is no UTF-8 text (byte %(byte)d). '
            "Choose a %(ending)s file, or save it as UTF-8.",
            byte=fault.start + 1,
            ending=ENDING,
        ) from fault
    if not text.strip():
        raise Refused('"%(file)s" is empty. Ask for it again.')
    return text


def _incomplete() -> Refused:
    return Refused('"%(file)s" is incomplete (stops in the middle). Ask for it again.')


def _object_in(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refuse)
    except json.JSONDecodeError as fault:
        if _stops_in_the_middle(fault):
            raise _incomplete() from fault
        raise Refused(
            '"%(file)s" is not a case file: it is not JSON (line %(line)d, column %(column)d: '
            "%(why)s). Ask for it again.",
            line=fault.lineno,
            column=fault.colno,
            why=fault.msg,
        ) from fault
    except ValueError as fault:
        # Python refuses to read a number of thousands of digits.
        raise Refused('"%(file)s" is not a case file: a number in it is too long.') from fault
    if not isinstance(document, dict):
        raise foreign(Sentence("it is not an object in { }"))
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
            raise Refused('"%(file)s" says %(key)s twice. Remove one of them.', key=shown(key))
        found[key] = value
    return found


def _refuse(constant: str) -> NoReturn:
    raise Refused(
        '"%(file)s" has the number %(number)s, which no answer can be. Remove it.', number=constant
    )
