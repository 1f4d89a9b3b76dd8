"""Lists from every spreadsheet, in and out: nothing lost, nothing computed, nothing overwritten."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from nca_wizard.errors import BadInput, CannotWrite, NoSuchFile
from nca_wizard.exchange import lists

NAMES = ("Contoso AB", "Müller & Söhne", "Fabrikam, Ltd")


def table(path: Path, content: bytes | str) -> lists.Table:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return lists.read(path)


def cells(read: lists.Table) -> list[tuple[str, ...]]:
    return [row.cells for row in read.rows]


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_separator_and_encoding_are_found_out(path: Path, separator: str, encoding: str) -> None:
    text = f"name{separator}note\r\nMüller{separator}größer als 5\r\nÅse{separator}x\r\n"

    read = table(path, text.encode(encoding))

    assert read.headings == ("name", "note")
    assert cells(read) == [("Müller", "größer als 5"), ("Åse", "x")]


def test_a_file_says_what_was_found_out_about_it(path: Path) -> None:
    read = table(path, "name;note\nMüller;x\n".encode("cp1252"))

    assert str(read.how) == "Separator “;”, text Windows-1252"


def test_several_values_in_a_cell_are_no_columns(path: Path) -> None:
    read = table(path, "name,products\nContoso,sales;power_apps\nFabrikam,sales;power_bi\n")

    assert cells(read) == [("Contoso", "sales;power_apps"), ("Fabrikam", "sales;power_bi")]


def test_one_column_is_a_list_too(path: Path) -> None:
    assert cells(table(path, "name\nContoso\nFabrikam\n")) == [("Contoso",), ("Fabrikam",)]


def test_the_line_in_which_excel_names_its_separator_is_no_heading(path: Path) -> None:
    read = table(path, "sep=;\r\nname;note\r\nContoso;a,b\r\n")

    assert read.headings == ("name", "note")
    assert [row.number for row in read.rows] == [3]


def test_line_ends_in_quotes_are_part_of_the_cell_and_one_row(path: Path) -> None:
    read = table(path, 'name,note\n"Contoso","one\ntwo, ""three"""\nFabrikam,x\n')

    assert cells(read) == [("Contoso", 'one\ntwo, "three"'), ("Fabrikam", "x")]
    assert [row.number for row in read.rows] == [2, 3]


def test_empty_rows_are_left_out_and_still_counted(path: Path) -> None:
    read = table(path, ";;\nname;note;\n;;\nContoso;x;\n;;\n;;\nFabrikam;;\n")

    assert read.headings == ("name", "note")
    assert [(row.number, row.cells) for row in read.rows] == [
        (4, ("Contoso", "x")),
        (7, ("Fabrikam", "")),
    ]


def test_short_rows_are_filled_and_long_ones_keep_what_they_have(path: Path) -> None:
    read = table(path, "name,note\nContoso\nFabrikam,x,more\n")

    assert read.headings == ("name", "note", "")
    assert cells(read) == [("Contoso", "", ""), ("Fabrikam", "x", "more")]


def test_the_same_heading_twice_is_kept_twice(path: Path) -> None:
    assert table(path, "name,name\na,b\n").headings == ("name", "name")


def test_a_quotation_mark_that_is_not_closed_is_refused_by_its_line(path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        table(path, 'name,note\nContoso,"half\nFabrikam,x\n')

    assert "quotation mark" in str(refused.value)
    assert "list.csv" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"\n\n \n", "\ufeff".encode()])
def test_an_empty_file_is_refused(path: Path, content: bytes) -> None:
    with pytest.raises(BadInput, match="is empty"):
        table(path, content)


def test_what_is_no_list_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a list"):
        table(path, b"%PDF\x00\x01\x02\x03" * 50 + bytes(range(256)))
    with pytest.raises(BadInput, match="is a folder"):
        lists.read(tmp_path)
    with pytest.raises(NoSuchFile):
        lists.read(tmp_path / "gone.csv")
    with pytest.raises(BadInput, match="old kind or has a password"):
        table(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_a_workbook_is_read_whatever_it_is_called(path: Path) -> None:
    read = table(
        path, sheet(("name", "revenue", "as text"), ("Contoso", 250, None), ("B", 1.5, "x"))
    )

    assert read.headings == ("name", "revenue", "as text")
    assert cells(read) == [("Contoso", "250", ""), ("B", "1.5", "x")]
    assert str(read.how) == 'Sheet "Sheet"'


def test_a_damaged_workbook_is_refused(path: Path) -> None:
    whole = sheet(("name",), ("Contoso",))
    with pytest.raises(BadInput, match="damaged workbook"):
        table(path, whole[: len(whole) // 2])


def test_a_workbook_that_unpacks_to_too_much_is_refused(path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (lists.LONGEST + 1))

    with pytest.raises(BadInput, match="too large"):
        table(path, stream.getvalue())


def test_an_archive_that_is_no_workbook_is_refused(path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("letter.txt", "Hello")

    with pytest.raises(BadInput, match="is not a list"):
        table(path, stream.getvalue())


ODD_CELLS = (
    "=1+1",
    "+46 8 123",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "'quoted",
    "''=x",
    "'=x",
    "#N/A",
    "a;b,c",
    'say "hi"',
    "two\nlines",
    "東京株式会社",
    "007",
    "TRUE",
)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_written_is_read_back_as_it_was(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    lists.write(path, ("name", "cell"), [("x", cell) for cell in ODD_CELLS])

    read = lists.read(path)

    assert [row.cells[1] for row in read.rows] == [cell.strip() for cell in ODD_CELLS]


def test_no_cell_of_a_csv_begins_as_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    lists.write(path, ("=name",), [(cell,) for cell in ("=1+1", "+1", "-1", "@x", "\t=1", " =1")])

    lines = path.read_text("utf-8-sig").splitlines()

    assert all(line.lstrip('"').startswith("'") for line in lines)


def test_every_cell_of_a_workbook_is_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    lists.write(path, ("name",), [("=1+1",), ("5",), ("#N/A",), ("a\x00b",)])

    book = load_workbook(path)

    assert book.active is not None
    found = [row[0] for row in book.active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in found} == {"s"}
    assert [cell.value for cell in found] == ["=1+1", "5", "#N/A", "ab"]


def test_a_file_that_is_there_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    with pytest.raises(CannotWrite):
        lists.write(path, ("name",), [])
    assert path.read_text() == "mine"

    lists.write(path, ("name",), [], overwrite=True)

    assert lists.read(path).headings == ("name",)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"End it in \.csv or \.xlsx"):
        lists.write(tmp_path / "out.pdf", ("name",), [])
