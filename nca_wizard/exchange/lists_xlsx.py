"""Lists as workbooks. Of several sheets the one that is seen when it is opened is read."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException

from nca_wizard.exchange.json_file import Refused
from nca_wizard.exchange.lists import LONGEST, Table, no_list, table_of
from nca_wizard.files import write_whole
from nca_wizard.sentences import Sentence

_MOST_COLUMNS = 1_000
# All that a damaged part of a workbook makes openpyxl raise.
_DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
)


def read_xlsx(content: bytes) -> Table:
    """The list in these bytes. Formulas are read as what they last came to. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LONGEST:
                raise Refused('"%(file)s" is too large for a list. Split the file.')
            if not any(name.startswith("xl/") for name in packed.namelist()):
                raise no_list()
        return _table(content)
    except _DAMAGED as fault:
        raise Refused(
            '"%(file)s" is a damaged workbook. Open it in Excel, save it again and try that file.'
        ) from fault


def _table(content: bytes) -> Table:
    with warnings.catch_warnings():
        # About drop-down lists and pictures in it, of which nothing is wanted.
        warnings.simplefilter("ignore", UserWarning)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.active
            if sheet is None or not hasattr(sheet, "iter_rows"):
                raise no_list()
            # What a sheet says of its own size is often wrong.
            sheet.reset_dimensions()
            records = (
                (number, [_text(value) for value in row])
                for number, row in enumerate(
                    sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS), start=1
                )
            )
            return table_of(records, Sentence('Sheet "%(sheet)s"', sheet=sheet.title))
        finally:
            book.close()


def _text(value: object) -> str:
    """What is in a cell, as it is written in a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one sheet, every cell as text. Raises CannotWrite."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("NCA Wizard")
    sheet.freeze_panes = "A2"

    def cells(texts: Sequence[str]) -> Iterator[WriteOnlyCell]:
        for text in texts:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
            # Otherwise what begins with = is a formula, and #N/A a fault.
            cell.data_type = "s"
            yield cell

    sheet.append(cells(headings))
    for row in rows:
        sheet.append(cells(row))
    stream = io.BytesIO()
    book.save(stream)
    write_whole(path, stream.getvalue())
