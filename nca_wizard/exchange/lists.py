"""A list as rows and columns of text, from and to CSV and XLSX.

    table = lists.read(path)                    separator, encoding, sheet are found out
    table.headings, table.rows                  a Row knows its number in the spreadsheet
    lists.write(path, headings, rows)           never over a file that is there

Nothing in a cell is ever computed, neither read nor written: a text that a spreadsheet would
take for a formula is written so that it stays text, and read back as it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nca_wizard.errors import BadInput, NoSuchFile, reason
from nca_wizard.exchange import CSV_ENDINGS
from nca_wizard.exchange.case_file import FileExists
from nca_wizard.exchange.json_file import Refused
from nca_wizard.sentences import Sentence, Value

LONGEST = 100_000_000
"""Bytes, of a workbook unpacked. Ten thousand customers with long notes take a tenth of it."""

_XLSX_BEGINS = b"PK\x03\x04"
_XLS_BEGINS = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is what a spreadsheet shows at its left: the headings are usually in row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it was read. Rows without a single text are left out; every row is as long as
    the headings, which may be empty or the same twice."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    how: Sentence
    """What was found out about the file: "Separator “;”, text Windows-1252"."""


def read(path: Path) -> Table:
    """Read the list at `path`.

    Raises NoSuchFile, or BadInput with one sentence: what is wrong, where, and what to do.
    """
    try:
        content = _content_of(path)
        # By what it is, not by what it is called: many a ".csv" is a workbook.
        if content.startswith(_XLSX_BEGINS):
            from nca_wizard.exchange.lists_xlsx import read_xlsx

            return read_xlsx(content)
        from nca_wizard.exchange.lists_csv import read_csv

        return read_csv(content)
    except Refused as fault:
        raise BadInput(fault.of(path)) from fault


def write(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    overwrite: bool = False,
) -> None:
    """Write a list, whole or not at all; the ending of `path` says how.

    Raises FileExists, CannotWrite, and BadInput for another ending.
    """
    if not overwrite and path.exists():
        raise FileExists(path)
    if path.suffix.lower() == ".xlsx":
        from nca_wizard.exchange.lists_xlsx import write_xlsx

        write_xlsx(path, headings, rows)
    elif path.suffix.lower() in CSV_ENDINGS:
        from nca_wizard.exchange.lists_csv import write_csv

        write_csv(path, headings, rows)
    else:
        raise BadInput(
            Sentence('"%(file)s" is no name for a list. End it in .csv or .xlsx.', file=path.name)
        )


def table_of(records: Iterable[tuple[int, Sequence[str]]], how: Sentence) -> Table:
    """The first record that says anything has the headings. Raises Refused."""
    headings: tuple[str, ...] | None = None
    rows = []
    for number, cells in records:
        texts = tuple(cell.strip() for cell in cells)
        if not any(texts):
            continue
        if headings is None:
            # Spreadsheets leave empty columns behind at the right.
            last = max(place for place, text in enumerate(texts) if text)
            headings = texts[: last + 1]
            continue
        if any(texts[len(headings) :]):
            headings += ("",) * (len(texts) - len(headings))
        rows.append(Row(number, texts))
    if headings is None:
        raise Refused('"%(file)s" is empty. Choose a list with headings in its first row.')
    width = len(headings)
    filled = (Row(row.number, (*row.cells, *("",) * width)[:width]) for row in rows)
    return Table(headings, tuple(filled), how)


def no_list(**values: Value) -> Refused:
    """For a file that is none."""
    return Refused('"%(file)s" is not a list. Choose a .csv or .xlsx file.', **values)


def _content_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused('"%(file)s" is a folder. Choose a .csv or .xlsx file.')
        with path.open("rb") as stream:
            content = stream.read(LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NoSuchFile(
            Sentence("There is no file %(path)s. Check its name and folder.", path=path)
        ) from fault
    except OSError as fault:
        raise Refused('"%(file)s" cannot be read: %(why)s.', why=reason(fault)) from fault
    if len(content) > LONGEST:
        raise Refused('"%(file)s" is too large for a list. Split the file.')
    if content.startswith(_XLS_BEGINS):
        raise Refused(
            '"%(file)s" is a workbook of an old kind or has a password. '
            "Save it as .xlsx without a password."
        )
    return content
