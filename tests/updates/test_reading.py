"""Only what our key signed is looked at, and of that only a whole, newer, proved book is taken."""

import json
import random
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from nca_wizard.errors import BAD_INPUT, NoSuchFile
from nca_wizard.paths import resources
from nca_wizard.rules.rulebook import FILES
from nca_wizard.texts import Texts
from nca_wizard.updates import container
from nca_wizard.updates.container import UpdateRefused
from nca_wizard.updates.reading import Update, public_key_in, read_update, update_in
from tests.updates.making import KEY, Maker, sealed, sealed_json

PUBLIC = bytes(KEY.verify_key)
IN_USE = 1
TODAY = date(2026, 11, 22)


def read(tmp_path: Path, data: bytes, *, newest: int = IN_USE, today: date = TODAY) -> Update:
    path = tmp_path / "rules.ncarules"
    path.write_bytes(data)
    return read_update(path, PUBLIC, newest, today=today)


def refusal(tmp_path: Path, data: bytes, **how: Any) -> str:
    with pytest.raises(UpdateRefused) as refused:
        read(tmp_path, data, **how)
    assert refused.value.exit_code == BAD_INPUT
    return str(refused.value)


def test_a_signed_newer_proved_book_is_taken(tmp_path: Path, make: Maker) -> None:
    data = make.update(translations={"de": {"Sales": "Vertrieb"}})

    update = read(tmp_path, data)

    assert (update.serial, update.version) == (2, "2026.12")
    assert update.rulebook.products
    assert update.translations == {"de": {"Sales": "Vertrieb"}}
    assert update.data == data
    assert len(data) < 100_000


# --- The signature ---------------------------------------------------------------------------


def test_every_beginning_of_an_update_is_refused(make: Maker) -> None:
    data = make.update()
    ends = {*range(200), *range(200, len(data), 97), len(data) - 1}

    for end in ends:
        with pytest.raises(UpdateRefused, match=r"incomplete|empty") as refused:
            update_in(data[:end], PUBLIC)
        assert "again" in str(refused.value)


def test_every_bit_that_differs_is_refused(make: Maker) -> None:
    data = make.update()
    chance = random.Random(1)
    places = [*range(92), *(chance.randrange(92, len(data)) for _ in range(400)), len(data) - 1]

    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(UpdateRefused):
            update_in(bytes(changed), PUBLIC)


def test_a_changed_update_says_so(tmp_path: Path, make: Maker) -> None:
    data = bytearray(make.update())
    data[-1] ^= 1

    assert refusal(tmp_path, bytes(data)) == (
        "The rules update was changed after it was signed, or damaged on its way. Ask for it again."
    )


def test_bytes_after_the_end_are_refused(tmp_path: Path, make: Maker) -> None:
    assert "was changed after it was signed" in refusal(tmp_path, make.update() + b"\0")


def test_a_cut_off_update_says_so(tmp_path: Path, make: Maker) -> None:
    assert refusal(tmp_path, make.update()[:-1]) == (
        "The rules update is incomplete: its end is missing. Ask for it again."
    )


def test_an_update_that_somebody_else_signed_is_refused(
    tmp_path: Path, make: Maker, other_key: SigningKey
) -> None:
    assert "signed by somebody else" in refusal(tmp_path, make.update(key=other_key))


def test_another_key_under_the_name_of_ours_is_refused(
    tmp_path: Path, make: Maker, other_key: SigningKey
) -> None:
    data = make.update(key=other_key)
    named_as_ours = data[:12] + container._key_id(PUBLIC) + data[20:]

    assert "was changed after it was signed" in refusal(tmp_path, named_as_ours)


@pytest.mark.parametrize("signature", [bytes(64), b"\xff" * 64], ids=["zeros", "ones"])
def test_an_empty_signature_is_refused(tmp_path: Path, make: Maker, signature: bytes) -> None:
    data = make.update()

    assert "was changed after it was signed" in refusal(tmp_path, data[:28] + signature + data[92:])


def test_a_book_without_signature_is_refused(tmp_path: Path, make: Maker) -> None:
    assert refusal(tmp_path, container.book(make.files())) == (
        "The rules update is not signed. Ask for it again."
    )


def test_the_signature_of_one_update_does_not_fit_another(tmp_path: Path, make: Maker) -> None:
    old, new = make.update(serial=2), make.update(serial=3)

    assert "was changed after" in refusal(tmp_path, new[:28] + old[28:92] + new[92:])


def test_nothing_is_unpacked_before_the_signature_holds(
    make: Maker, other_key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpack() -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zlib, "decompressobj", unpack)
    changed = make.update()[:-1] + b"\0"

    for data in (changed, make.update(key=other_key), make.update()[:-1]):
        with pytest.raises(UpdateRefused):
            update_in(data, PUBLIC)


# --- The file --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 a ZIP file",
        b"version = '2026.12'\n" * 20,
        b'{"format": "ncacase"}',
        b"\0" * 500,
    ],
    ids=["zip", "toml", "case", "zeros"],
)
def test_another_kind_of_file_is_named_as_such(tmp_path: Path, data: bytes) -> None:
    assert refusal(tmp_path, data) == (
        "The file is not a rules update. Choose a file that ends in .ncarules."
    )


def test_a_later_format_asks_for_a_newer_program(tmp_path: Path, make: Maker) -> None:
    later = b"NCA-RULES 2\n" + make.update()[12:]

    assert refusal(tmp_path, later) == (
        "The rules update is of a kind that this version of NCA Wizard does not know. "
        "Install the newest version of the program."
    )


def test_an_overlong_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "long.ncarules"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)

    with pytest.raises(UpdateRefused, match="more than 2 MB"):
        read_update(path, PUBLIC, IN_USE, today=TODAY)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"") == "The file is empty. Ask for it again."


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UpdateRefused, match="is a folder"):
        read_update(tmp_path, PUBLIC, IN_USE, today=TODAY)


@pytest.mark.parametrize("name", ["missing.ncarules", "nul\0.ncarules"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoSuchFile, match="There is no file"):
        read_update(tmp_path / name, PUBLIC, IN_USE, today=TODAY)


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a right there")
def test_a_link_is_only_read_through(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "real").write_bytes(make.update())
    (tmp_path / "link.ncarules").symlink_to(tmp_path / "real")

    assert read_update(tmp_path / "link.ncarules", PUBLIC, IN_USE, today=TODAY).serial == 2


# --- What our key signed, but should not have ------------------------------------------------


def test_a_small_file_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    bomb = zlib.compress(bytes(1_000_000_000 // 8), 9)
    assert len(bomb) < container.LONGEST

    assert "unpacks to more than 10 MB" in refusal(tmp_path, sealed(bomb))


@pytest.mark.parametrize(
    ("packed", "what"),
    [
        (b"no zlib", "it cannot be unpacked"),
        (zlib.compress(b"{}")[:-1], "it cannot be unpacked"),
        (zlib.compress(b"{}") + b"more", "it cannot be unpacked"),
        (zlib.compress(b'{"files": "\xff"}'), "it is not UTF-8 text"),
        (zlib.compress('{"files": 1}'.encode("utf-16")), "it is not UTF-8 text"),
        (zlib.compress(b"import os"), "it is not valid JSON"),
        (zlib.compress(b"[" * 100_000), "it is not valid JSON"),
        (zlib.compress(b'{"files": {}, "files": {}, "translations": {}}'), "something twice"),
        (zlib.compress(b'{"files": {"a": "", "a": ""}, "translations": {}}'), "something twice"),
        (zlib.compress(b"[]"), "other parts"),
        (zlib.compress(b'{"files": {}}'), "other parts"),
        (zlib.compress(b'{"files": {}, "translations": {}, "code": ""}'), "other parts"),
        (zlib.compress(b'{"files": [], "translations": {}}'), "not texts by name"),
        (zlib.compress(b'{"files": {"a": 1}, "translations": {}}'), "not texts by name"),
        (zlib.compress(b'{"files": {}, "translations": []}'), "not texts by language"),
        (zlib.compress(b'{"files": {}, "translations": {"de": {"a": 1}}}'), "by language"),
        (zlib.compress(b'{"files": {"a": "\\ud800"}, "translations": {}}'), "not UTF-8 text"),
    ],
)
def test_faulty_content_is_refused(tmp_path: Path, packed: bytes, what: str) -> None:
    assert what in refusal(tmp_path, sealed(packed))


def test_too_many_languages_are_refused(tmp_path: Path) -> None:
    languages: dict[str, Any] = {f"l{number}": {} for number in range(container.MOST_LANGUAGES + 1)}

    assert "too many languages" in refusal(
        tmp_path, sealed_json({"files": {}, "translations": languages})
    )


@pytest.mark.parametrize(
    "name",
    [
        "../rules/access.toml",
        "rules/../../outside.toml",
        "/etc/passwd",
        "C:\\Windows\\rules.toml",
        "\\\\server\\share\\access.toml",
        "rules\\access.toml",
        "rules/access.toml/",
        "rules//access.toml",
        "./rules/access.toml",
        "RULES/ACCESS.TOML",
        "rules/access.toml\0",
        "rules/access.py",
        "rules/__init__.py",
        "sitecustomize.py",
        "rules/run.sh",
        "",
        ".",
    ],
)
def test_a_name_that_no_rulebook_has_is_refused(tmp_path: Path, make: Maker, name: str) -> None:
    before = set(tmp_path.rglob("*"))

    assert "a file that no rulebook has" in refusal(
        tmp_path, sealed_json(make.document(**{name: "x"}))
    )
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "rules.ncarules"}


def test_entries_that_are_none_are_refused(tmp_path: Path, make: Maker) -> None:
    document = make.document(**{"rules/measured.toml": "measured = [1]"})

    assert "measured.toml: 'measured' must be a list: write [[measured]]" in refusal(
        tmp_path, sealed_json(document)
    )


def test_very_many_names_are_refused(tmp_path: Path, make: Maker) -> None:
    many = {f"rules/{number}.toml": "" for number in range(50_000)}

    assert "a file that no rulebook has" in refusal(tmp_path, sealed_json(make.document(**many)))


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, make: Maker, name: str) -> None:
    document = make.document()
    del document["files"][name]

    sentence = refusal(tmp_path, sealed_json(document))

    assert f"({name.rpartition('/')[2]}: the file is missing)" in sentence


# --- The book --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"access": ('access = "automatic"', 'access = "automatc"')}, "found 'automatc'"),
        ({"access": ('access = "', "access = ")}, "is not valid TOML"),
        ({"access": ('access = "automatic"', "access = " + "[" * 5_000)}, "nested too deeply"),
        ({"access": ('access = "automatic"', "access = " + "9" * 5_000)}, "is not valid TOML"),
        ({"measured": ("[[measured]]", "[measured]")}, "measured.toml: is not valid TOML"),
        ({"access": ("[[access]]", "[[acess]]")}, "access.toml: unknown table 'acess'"),
        ({"access": ('channel = ["csp_direct_bill"]', 'channel = ["web_direct"]')}, "access.toml"),
        ({"rulebook": ("last_day = 2027-11-22", "last_day = 9999-12-31")}, "last_day"),
        ({"rulebook": ('version = "2026.12"', 'version = " "')}, "version"),
        ({"rulebook": ("serial = 2 ", "serial = 0 ")}, "serial"),
        ({"rulebook": ("serial = 2 ", "serial = 2.0 ")}, "serial"),
        ({"rulebook": ("serial = 2 ", "serial = true ")}, "serial"),
        ({"rulebook": ("serial = 2 ", 'serial = "2" ')}, "serial"),
        ({"rulebook": ("serial = 2 ", "# ")}, "serial: must be given"),
    ],
)
def test_a_faulty_book_is_refused_by_name(
    tmp_path: Path, make: Maker, changes: dict[str, tuple[str, str]], fault: str
) -> None:
    sentence = refusal(tmp_path, make.update(changes=changes))

    assert fault in sentence
    assert "Install the newest version of the program, or ask for another update." in sentence


def test_a_book_with_a_gap_is_refused(tmp_path: Path, make: Maker) -> None:
    rule = make.files()["rules/access.toml"].decode().split("[[access]]")[1]

    sentence = refusal(tmp_path, make.update(changes={"access": ("[[access]]" + rule, "")}))

    assert "access.toml" in sentence
    assert "gap" in sentence or "unknown rule" in sentence


@pytest.mark.parametrize(
    ("newest", "sentence"),
    [
        (2, "The rules update 2026.12 is the one already in use."),
        (
            3,
            "The rules update 2026.12 is older than the rules in use. Ask for the newest.",
        ),
    ],
)
def test_only_a_newer_book_is_taken(
    tmp_path: Path, make: Maker, newest: int, sentence: str
) -> None:
    assert refusal(tmp_path, make.update(), newest=newest) == sentence


def test_a_book_whose_days_are_over_is_refused(tmp_path: Path, make: Maker) -> None:
    data = make.update()

    assert read(tmp_path, data, today=date(2027, 11, 22)).serial == 2
    assert refusal(tmp_path, data, today=date(2027, 11, 23)) == (
        "The rules update 2026.12 stands until 22 Nov 2027, which is over. Ask for the newest."
    )


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"NCA-RULES 1\n", b"NCA-BOOK 1\n"]))
def test_no_bytes_at_all_break_the_reader(data: bytes, start: bytes) -> None:
    for given_bytes in (start + data, sealed(data), sealed(zlib.compress(data))):
        with pytest.raises(UpdateRefused):
            update_in(given_bytes, PUBLIC)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["files", "translations", *FILES[:2], "de"]), inner, max_size=3
            )
        ),
        max_leaves=12,
    )
)
def test_no_signed_json_breaks_the_reader(value: Any) -> None:
    with pytest.raises(UpdateRefused):
        update_in(sealed(zlib.compress(json.dumps(value).encode())), PUBLIC)


# --- The sentences, the key ------------------------------------------------------------------


def test_a_refusal_is_said_in_the_readers_language(tmp_path: Path, make: Maker) -> None:
    with pytest.raises(UpdateRefused) as refused:
        read(tmp_path, make.update(), today=date(2027, 11, 23))

    assert refused.value.sentence.said(Texts.load("de", resources() / "locale")) == (
        "Die Regelaktualisierung 2026.12 gilt nur bis 22.11.2027, und dieser Tag ist vorbei. "
        "Lassen Sie sich die neueste schicken."
    )


@pytest.mark.parametrize("text", ["", "no hex", "ab" * 31, "ab" * 33, "é"])
def test_what_is_no_key_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "rules_public_key").write_text(text, encoding="utf-8")

    assert public_key_in(tmp_path) is None


def test_a_build_without_a_key_has_none(tmp_path: Path) -> None:
    assert public_key_in(tmp_path) is None
