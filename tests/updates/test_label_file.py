"""The kept label shows the first page at once, and only while it is that of the book in use."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nca_wizard.errors import CannotWrite
from nca_wizard.sentences import as_written
from nca_wizard.updates import label_file
from nca_wizard.updates.container import KEY_FILE
from nca_wizard.updates.label_file import ActiveLabel, kept_label
from nca_wizard.updates.store import BookStore
from tests.updates.making import Maker

TRANSLATED = {"de": {"How the customer buys": "Wie gekauft wird"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "rules"


@pytest.fixture
def kept(folder: Path, build: Path, today: date) -> ActiveLabel:
    """A label that was kept, as it was made of the book."""
    books = BookStore(folder, build)
    books.remember(today)
    return books.active.label


def test_before_the_book_was_read_once_there_is_none(folder: Path, build: Path) -> None:
    assert kept_label(folder, build) is None


def test_it_comes_back_as_it_was_made(folder: Path, build: Path, kept: ActiveLabel) -> None:
    assert kept_label(folder, build) == kept


def test_with_an_import_it_brings_the_translations_along(
    folder: Path, build: Path, make: Maker, tmp_path: Path, today: date
) -> None:
    update = tmp_path / "next.ncarules"
    update.write_bytes(make.update(translations=TRANSLATED))
    books = BookStore(folder, build)
    books.activate(books.read(update, today), today)

    label = kept_label(folder, build)

    assert label is not None
    assert label == books.active.label
    assert label.book.version == "2026.12"
    assert label.translations == TRANSLATED


def edit(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


CHANGES: dict[str, Callable[[Path, Path, Maker], object]] = {
    "another rule": lambda _, build, __: edit(build / "rules" / "cautions.toml"),
    "another source": lambda _, build, __: edit(build / "sources" / "sources.toml"),
    "another key": lambda _, build, __: edit(build / KEY_FILE),
    "no key": lambda _, build, __: (build / KEY_FILE).unlink(),
    "one file less": lambda _, build, __: (build / "rules" / "credit.toml").unlink(),
    "an import": lambda folder, _, make: (folder / "00000002.ncarules").write_bytes(make.update()),
    "an import that is none": lambda folder, _, __: (folder / "x.ncarules").write_bytes(b""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_the_choice_of_the_book_hangs_on_makes_it_worthless(
    folder: Path, build: Path, kept: ActiveLabel, make: Maker, change: str
) -> None:
    CHANGES[change](folder, build, make)

    assert kept_label(folder, build) is None


def test_so_does_another_version_of_the_program(
    folder: Path, build: Path, kept: ActiveLabel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(label_file, "__version__", "99.0")

    assert kept_label(folder, build) is None


def test_an_import_taken_away_again_leaves_it_worthless(
    folder: Path, build: Path, make: Maker, today: date
) -> None:
    path = folder / "00000002.ncarules"
    folder.mkdir()
    path.write_bytes(make.update())
    BookStore(folder, build).remember(today)
    path.unlink()

    assert kept_label(folder, build) is None


def test_one_that_is_cut_short_is_as_good_as_none(
    folder: Path, build: Path, kept: ActiveLabel
) -> None:
    file = folder / "label.json"
    whole = file.read_bytes()
    for length in range(0, len(whole) - 1, 97):
        file.write_bytes(whole[:length])
        assert kept_label(folder, build) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: [],
        lambda _: None,
        lambda said: {**said, "checked_on": "yesterday"},
        lambda said: {**said, "last_day": 3},
        lambda said: {**said, "version": 7},
        lambda said: {**said, "pages": {"1": 2}},
        lambda said: {**said, "pages": [["1", 1, 2]]},
        lambda said: {**said, "translations": []},
        lambda said: {**said, "translations": {"de": {"Step": 5}}},
        lambda said: {**said, "reviews_due": [["one", "2026-01-01"]]},
        lambda said: {**said, "reviews_due": 7},
        lambda said: {**said, "reviews_due": [["one", "2026-01-01", ""]]},
        lambda said: {**said, "pages": [["1", float("inf"), "Customer"]]},
        lambda said: {**said, "pages": [["1", "3", "Customer"]]},
        lambda said: {name: value for name, value in said.items() if name != "version"},
    ],
)
def test_so_is_one_that_says_something_else(
    folder: Path, build: Path, kept: ActiveLabel, damage: Callable[[Any], Any]
) -> None:
    file = folder / "label.json"
    file.write_text(json.dumps(damage(json.loads(file.read_text("utf-8")))), encoding="utf-8")

    assert kept_label(folder, build) is None


def test_a_label_that_fits_no_longer_is_replaced_and_one_that_fits_is_left_alone(
    folder: Path, build: Path, kept: ActiveLabel, today: date
) -> None:
    file = folder / "label.json"
    BookStore(folder, build).remember(today)
    before = file.stat()
    BookStore(folder, build).remember(today)
    assert file.stat() == before

    edit(build / "rules" / "cautions.toml")
    BookStore(folder, build).remember(today)

    assert kept_label(folder, build) == kept


def test_where_it_cannot_be_written_the_book_is_used_all_the_same(
    folder: Path, build: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CannotWrite(as_written("The disk is full."))

    monkeypatch.setattr(label_file, "write_whole", refuse)
    BookStore(folder, build).remember(today)

    assert kept_label(folder, build) is None
    assert (folder / "used.json").is_file()
