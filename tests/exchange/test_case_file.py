"""A case file is read whole or refused with one sentence: what is wrong, where, what to do."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.customer import Contact, Customer
from nca_wizard.errors import (
    BAD_INPUT,
    CANNOT_WRITE,
    NO_SUCH_FILE,
    BadInput,
    CannotWrite,
    NoSuchFile,
)
from nca_wizard.exchange.case_file import LONGEST, CaseFile, FileExists, read, write

WHOLE = CaseFile(
    as_of=date(2026, 11, 22),
    customer=Customer(
        name="R&D <b>Söhne</b> 東京",
        domain="contoso.com",
        tenant_id="72f988bf-86f1-41af-91ab-2d7cd011db47",
        contact=Contact(name="Anna", email="anna@contoso.com"),
        note="One\nTwo",
    ),
    answers={
        "channel": "enterprise_agreement",
        "products": ("sales", "power_apps"),
        "channel_by_product": {"sales": "csp_direct_bill"},
    },
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Q4.ncacase"


def refusal(path: Path, content: bytes | str) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadInput) as raised:
        read(path)
    assert raised.value.exit_code == BAD_INPUT
    sentence = str(raised.value)
    assert sentence.startswith('"Q4.ncacase" ')
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert "\n" not in sentence
    return sentence


def document(**changed: Any) -> str:
    return json.dumps(
        {
            "format": "ncacase",
            "version": 1,
            "as_of": "2026-11-22",
            "customer": {"name": "Contoso AB"},
            "answers": {"channel": "csp"},
            **changed,
        }
    )


def test_what_is_written_is_read_again(path: Path) -> None:
    write(path, WHOLE)

    assert read(path) == WHOLE


def test_the_file_is_utf_8_json_a_person_can_read(path: Path) -> None:
    write(path, WHOLE)

    text = path.read_text(encoding="utf-8")
    assert "R&D <b>Söhne</b> 東京" in text
    assert json.loads(text)["format"] == "ncacase"
    assert json.loads(text)["version"] == 1
    assert json.loads(text)["as_of"] == "2026-11-22"


def test_answers_alone_are_a_case(path: Path) -> None:
    path.write_text('{"answers": {"channel": "csp"}}', encoding="utf-8")

    assert read(path) == CaseFile(answers={"channel": "csp"})


def test_what_is_not_said_is_not_written(path: Path) -> None:
    write(path, CaseFile(answers={}))

    assert read(path) == CaseFile(answers={})
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"format", "version", "answers"}


def test_a_byte_order_mark_is_no_matter(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + document().encode())

    assert read(path).answers == {"channel": "csp"}


def test_a_file_that_is_not_there_is_named_with_its_folder(path: Path) -> None:
    with pytest.raises(NoSuchFile) as raised:
        read(path)

    assert raised.value.exit_code == NO_SUCH_FILE
    assert str(path) in str(raised.value)


@pytest.mark.parametrize("name", ["file.txt/Q4.ncacase", "Q\x004.ncacase"])
def test_a_path_that_cannot_be_is_no_such_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").touch()

    with pytest.raises(NoSuchFile):
        read(tmp_path / name)


def test_a_folder_is_no_case(path: Path) -> None:
    path.mkdir()

    with pytest.raises(BadInput, match=r'"Q4.ncacase" is a folder. Choose a .ncacase file.'):
        read(path)


def test_a_name_that_goes_in_circles_cannot_be_read(path: Path) -> None:
    path.symlink_to(path)

    with pytest.raises(BadInput, match=r'"Q4\.ncacase" cannot be read: '):
        read(path)


def test_an_endless_file_is_refused(path: Path) -> None:
    path.symlink_to("/dev/zero")

    with pytest.raises(BadInput, match="5 MB"):
        read(path)


def test_every_file_that_stops_in_the_middle_is_said_to(path: Path) -> None:
    write(path, WHOLE)
    whole = path.read_bytes().rstrip()

    for length in range(1, len(whole)):
        assert "is incomplete (stops in the middle). Ask for it again" in refusal(
            path, whole[:length]
        ), whole[:length]


@pytest.mark.parametrize(
    "content",
    ['{"answers": {"a": "\\u00', '{"answers": tr', '{"answers": {"a": "\\', '{"version": 1', "["],
)
def test_a_file_another_program_cut_is_incomplete_too(path: Path, content: str) -> None:
    assert "is incomplete" in refusal(path, content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty. Ask for it again"),
        (b" \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "no UTF-8 text (byte 11)"),
        ('{"answers": {}}'.encode("utf-16"), "no UTF-8 text (byte 1)"),
        ('{"customer": {"name": "Söhne"}, "answers": {}}'.encode("cp1252"), "no UTF-8 text"),
        (b"\x00" * 100, "not JSON"),
        ("Customer;Channel\nContoso;EA\n", "not JSON (line 1, column 1"),
        ("{'answers': {}}", "not JSON (line 1, column 2"),
        ('{"answers": {}}}', "not JSON (line 1, column 16: Extra data)"),
        ('{"answers": {},}', "not JSON"),
        ('{"answers": {"a": "b\nc"}}', "not JSON"),
        ('{"answers": {"a": 1' + "1" * 5_000 + "}}", "a number in it is too long"),
        ("[]", "it is not an object"),
        ("null", "it is not an object"),
        ('"text"', "it is not an object"),
        ("12", "it is not an object"),
        ("{}", 'it has no "answers"'),
        ('{"name": "some-package", "version": "1.0.0"}', 'it has no "answers"'),
        ('{"format": "ncacase", "version": 1}', 'it has no "answers"'),
        (document(format="xyz"), '"format" is "xyz"'),
        (document(format=None), '"format" is null'),
        (document(version=3), "needs a newer version of this app"),
        (document(version=3, channels={}), "needs a newer version of this app"),
        (document(version="1"), 'the number 1 as "version", not "1"'),
        (document(version=True), 'as "version", not true'),
        (document(version=0), 'as "version", not 0'),
        (document(version=1.5), 'as "version", not 1.5'),
        (document(as_of="22 Nov 2026"), 'as "as_of", not "22 Nov 2026"'),
        (document(as_of="2026-02-30"), 'as "as_of", not "2026-02-30"'),
        (document(as_of="20261122"), 'as "as_of"'),
        (document(as_of="2026-W47-7"), 'as "as_of"'),
        (document(as_of="٢٠٢٦-١١-٢٢"), 'as "as_of"'),
        (document(as_of=20261122), 'as "as_of"'),
        (document(as_of=None), 'as "as_of", not null'),
        (document(extra=1), 'has "extra", which is unknown here'),
        (document(customer={"name": "A", "nmae": "B"}), 'has "customer.nmae"'),
        (document(customer={"name": "A", "contact": {"phone": "1"}}), '"customer.contact.phone"'),
        (document(customer="Contoso"), 'as "customer", not "Contoso"'),
        (document(customer={"name": "A", "contact": "Anna"}), 'as "customer.contact"'),
        (document(customer={"name": 3}), 'must have a text in quotes as "customer.name", not 3'),
        (document(customer={"name": None}), 'as "customer.name", not null'),
        (document(customer={"name": "A", "contact": {"name": []}}), '"customer.contact.name"'),
        (document(customer={}), '"customer.name": Enter the customer\'s name'),
        (document(customer={"name": " \u200b"}), "Enter the customer's name"),
        (
            document(customer={"name": "x" * 5_000}),
            "Customer name must be 120 characters or fewer (you have 5000)",
        ),
        (document(customer={"name": "A", "tenant_id": "1"}), '"customer.tenant_id": Tenant ID'),
        (document(customer={"name": "A", "note": "x" * 4_001}), "(you have 4001)"),
        (document(answers=[]), 'must have an object in { } as "answers", not []'),
        (document(answers=None), "not null"),
        (document(answers={"channel": 3}), 'the answer to "channel", not 3'),
        (document(answers={"channel": None}), 'the answer to "channel", not null'),
        (document(answers={"channel": ["csp", 3]}), 'the answer to "channel"'),
        (document(answers={"channel": {"sales": ["csp"]}}), 'the answer to "channel"'),
        (document(answers={"channel": True}), 'the answer to "channel", not true'),
        (document(answers={"products": ["sales", "sales"]}), 'says "sales" twice in "products"'),
        (document(answers={"x" * 5_000: 3}), "..."),
        ('{"answers": {"channel": "csp", "channel": "ea"}}', 'says "channel" twice'),
        ('{"answers": {}, "answers": {}}', 'says "answers" twice'),
        ('{"answers": {"a": NaN}}', "has the number NaN"),
        ('{"answers": {"a": -Infinity}}', "has the number -Infinity"),
        ('{"answers": {"a": 1e999}}', 'the answer to "a"'),
        ("[" * 100_000, "nested too deeply"),
        ('{"answers": ' * 50_000 + "{}" + "}" * 50_000, "nested too deeply"),
        ('{"answers": ' * 200 + "{}" + "}" * 200, 'the answer to "answers"'),
        (b" " * (LONGEST + 1), "more than 5 MB"),
    ],
)
def test_a_bad_file_is_refused_with_its_fault(path: Path, content: bytes | str, says: str) -> None:
    assert says in refusal(path, content)


def test_the_version_is_looked_at_before_keys_that_may_be_new(path: Path) -> None:
    content = '{"format": "ncacase", "version": 3, "replies": {}}'

    assert "needs a newer version of this app" in refusal(path, content)


def test_what_nobody_can_see_is_removed_from_the_customer(path: Path) -> None:
    customer = {"name": "\u0000Con\u200btoso\ud800", "domain": "https://contoso.com/about"}
    path.write_text(document(customer=customer), encoding="utf-8")

    assert read(path).customer == Customer(name="Contoso", domain="contoso.com")


def test_a_file_as_large_as_is_taken_is_read(path: Path) -> None:
    content = document().encode()
    path.write_bytes(content + b" " * (LONGEST - len(content)))

    assert read(path).answers == {"channel": "csp"}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.ncacase"
    path.write_bytes(content)

    with pytest.raises(BadInput):
        read(path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "format": st.just("ncacase") | json_values,
            "version": st.just(1) | json_values,
            "as_of": st.dates().map(str) | json_values,
            "customer": st.dictionaries(
                st.sampled_from(["name", "domain", "contact", "note"]), json_values
            ),
            "answers": st.dictionaries(st.text(max_size=5), json_values),
        },
    )
)
def test_any_json_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-json.ncacase"
    path.write_text(json.dumps(content), encoding="utf-8")

    try:
        case = read(path)
    except BadInput as fault:
        assert str(fault).endswith(".")  # noqa: PT017  either outcome is right
    else:
        written = path.with_name("again.ncacase")
        write(written, case, overwrite=True)
        assert read(written) == case


def test_a_file_that_is_there_is_not_overwritten_unasked(path: Path) -> None:
    path.write_text("precious", encoding="utf-8")

    with pytest.raises(FileExists, match=r'"Q4.ncacase" is there already') as raised:
        write(path, WHOLE)

    assert raised.value.exit_code == CANNOT_WRITE
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_file_is_overwritten_when_told(path: Path) -> None:
    path.write_text("old", encoding="utf-8")

    write(path, WHOLE, overwrite=True)

    assert read(path) == WHOLE
    assert [file.name for file in path.parent.iterdir()] == ["Q4.ncacase"]


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file.txt").touch()

    with pytest.raises(CannotWrite):
        write(tmp_path / "file.txt" / "Q4.ncacase", WHOLE)

    assert [file.name for file in tmp_path.iterdir()] == ["file.txt"]


def test_writing_over_a_folder_is_refused(path: Path) -> None:
    path.mkdir()

    with pytest.raises(CannotWrite):
        write(path, WHOLE, overwrite=True)

    assert path.is_dir()
    assert list(path.iterdir()) == []
