"""Lists as text with separators: what spreadsheets of every country and age save."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from nca_wizard.exchange.json_file import Refused
from nca_wizard.exchange.lists import Table, no_list, table_of
from nca_wizard.files import write_whole
from nca_wizard.sentences import Sentence
from nca_wizard.texts import N_

SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 50
_LONGEST_CELL = 1_000_000
_SAID_BY_EXCEL = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# A spreadsheet takes a mark in front of it for "this is text", and reading takes one mark away.
_MAY_BE_FORMULA = re.compile(r"'*\s*[=+\-@\t\r]")
_KEPT_AS_TEXT = re.compile(r"'+\s*[=+\-@\t\r]")


def read_csv(content: bytes) -> Table:
    """The list in these bytes. Raises Refused."""
    text, encoding = _decoded(content)
    said = _SAID_BY_EXCEL.match(text)
    first = 1
    if said is not None:
        text = text[said.end() :]
        first = 2
    separator = said[1] if said else _separator_of(text)
    records = (
        (number, [_as_meant(cell) for cell in cells])
        for number, cells in enumerate(_records(text, separator), start=first)
    )
    how = Sentence(
        N_("Separator “%(separator)s”, text %(encoding)s"),
        separator=Sentence(N_("Tab")) if separator == "\t" else separator,
        encoding=encoding,
    )
    return table_of(records, how)


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write with commas, as UTF-8 with the mark by which Excel knows it. Raises CannotWrite."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(map(_inert, headings))
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    write_whole(path, stream.getvalue().encode("utf-8-sig"))


def _inert(cell: str) -> str:
    """`cell` so that no spreadsheet computes it; `_as_meant` takes that back."""
    return f"'{cell}" if _MAY_BE_FORMULA.match(cell) else cell


def _as_meant(cell: str) -> str:
    return cell[1:] if _KEPT_AS_TEXT.match(cell) else cell


# --- What the file does not say ------------------------------------------------------------------


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding."""
    for mark, encoding, name in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), name
    head = content[:4_000]
    if b"\0" in head:
        return _without_mark(content, head)
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        # Five of its bytes stand for nothing; what is around them is still good.
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def _without_mark(content: bytes, head: bytes) -> tuple[str, str]:
    """Text of two bytes a sign: every second one is nothing, as far as it is Latin."""
    high, low = head[::2].count(0), head[1::2].count(0)
    if max(high, low) * 4 < len(head):
        raise no_list()
    encoding = "utf-16-be" if high > low else "utf-16-le"
    return content.decode(encoding, errors="replace"), "UTF-16"


def _separator_of(text: str) -> str:
    """The sign that makes most columns in most rows alike; a comma where there is one column."""

    def fit(separator: str) -> tuple[int, int]:
        widths: list[int] = []
        # A row that cannot be read is to be told of, not to be hidden by another separator.
        with suppress(Refused):
            widths += (
                len(row) for row in islice(_records(text, separator), _LOOKED_AT) if any(row)
            )
        head = widths[0] if widths else 1
        return (widths.count(head) if head > 1 else 0), head

    return max(SEPARATORS, key=fit)


def _records(text: str, separator: str) -> Iterable[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as fault:
        raise Refused(
            '"%(file)s" cannot be told apart into columns (line %(line)d): '
            "a quotation mark is missing or one too many. Put it right there.",
            line=reader.line_num,
        ) from fault
