"""A file of several cases is written whole, never over another, and refused with a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from nca_wizard.errors import BadInput, NoSuchFile
from nca_wizard.exchange import case_file, cases_file
from nca_wizard.exchange.case_file import CaseFile, FileExists

DOCUMENT: dict[str, Any] = {"texts": {"a": "ä"}, "cases": [{"note": "b"}], "drafts": []}


def test_a_document_comes_back(tmp_path: Path) -> None:
    cases_file.write(tmp_path / "Q4.ncacase", DOCUMENT)

    assert cases_file.read(tmp_path / "Q4.ncacase") == DOCUMENT


def test_a_single_case_of_the_first_version_is_read_too(tmp_path: Path) -> None:
    case = CaseFile(answers={"channel": "csp"})
    case_file.write(tmp_path / "one.ncacase", case)

    assert cases_file.read(tmp_path / "one.ncacase") == case


def test_answers_alone_are_a_case(tmp_path: Path) -> None:
    (tmp_path / "one.ncacase").write_text('{"answers": {"channel": "csp"}}', encoding="utf-8")

    assert cases_file.read(tmp_path / "one.ncacase") == CaseFile(answers={"channel": "csp"})


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "Q4.ncacase"
    cases_file.write(path, DOCUMENT)

    with pytest.raises(FileExists, match="there already"):
        cases_file.write(path, {**DOCUMENT, "cases": []})
    assert cases_file.read(path) == DOCUMENT
    cases_file.write(path, {**DOCUMENT, "cases": []}, overwrite=True)
    assert cases_file.read(path) == {**DOCUMENT, "cases": []}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"version": 3, "made_by": "2.3"},
            "needs version 2.3 of this app. You have ",
        ),
        ({"version": 3, "made_by": 7}, "needs a newer version of this app"),
        ({"version": "2"}, 'must have the number 2 as "version"'),
        ({"version": 0}, 'must have the number 2 as "version"'),
        ({"cases": {}}, 'it has no "cases"'),
        ({"drafts": None}, 'it has no "drafts"'),
        ({"texts": {"a": 1}}, 'its "texts" are none'),
        ({"colour": 1}, '"colour", which is unknown'),
        ({"format": "letter"}, 'its "format" is "letter"'),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    path = tmp_path / "Q4.ncacase"
    document = {"format": "ncacase", "version": 2, "made_by": "1", **DOCUMENT, **change}
    path.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(BadInput) as raised:
        cases_file.read(path)

    assert str(raised.value).startswith('"Q4.ncacase" ')
    assert sentence in str(raised.value)


def test_a_file_that_stops_in_the_middle_or_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "Q4.ncacase"
    cases_file.write(path, DOCUMENT)
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(BadInput, match="stops in the middle"):
        cases_file.read(path)
    with pytest.raises(NoSuchFile):
        cases_file.read(tmp_path / "none.ncacase")


def test_where_one_case_is_wanted_a_file_of_several_says_what_it_is(tmp_path: Path) -> None:
    cases_file.write(tmp_path / "Q4.ncacase", DOCUMENT)

    with pytest.raises(BadInput, match=r"holds several cases with their results\. Open it in"):
        case_file.read(tmp_path / "Q4.ncacase")
