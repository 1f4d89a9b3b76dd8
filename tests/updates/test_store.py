"""The newest whole book is used, and every one that ever was is kept."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from nca_wizard.errors import CannotWrite, RulebookFault
from nca_wizard.paths import resources
from nca_wizard.texts import Texts
from nca_wizard.updates.container import KEY_FILE, UpdateRefused
from nca_wizard.updates.store import BookStore
from tests.updates.making import Maker

DECEMBER = date(2026, 12, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "rules"


@pytest.fixture
def given_out(tmp_path: Path, make: Maker) -> Path:
    """An update as it arrives."""
    path = tmp_path / "given out.ncarules"
    path.write_bytes(make.update())
    return path


@pytest.fixture
def imported(folder: Path, build: Path, given_out: Path, today: date) -> BookStore:
    """The update in use."""
    books = BookStore(folder, build)
    books.remember(today)
    books.activate(books.read(given_out, DECEMBER), DECEMBER)
    return books


def ships(build: Path, make: Maker, serial: int, version: str) -> None:
    """The program was brought up to date and comes with another book."""
    head = make.files(serial=serial, version=version)["rules/rulebook.toml"]
    (build / "rules" / "rulebook.toml").write_bytes(head)


def used(books: BookStore) -> list[tuple[str, bool]]:
    return [(book.version, book.in_use) for book in books.kept()]


# --- Which book ------------------------------------------------------------------------------


def test_without_an_update_the_book_of_the_program_is_used(folder: Path, build: Path) -> None:
    books = BookStore(folder, build)

    assert (books.active.rulebook.version, books.active.imported) == ("2026.11", False)
    assert books.notice is None
    assert books.closed is None
    assert books.previous() is None
    assert not folder.exists()


def test_an_activated_update_is_used_now_and_after_a_new_start(
    imported: BookStore, folder: Path, build: Path
) -> None:
    for books in (imported, BookStore(folder, build)):
        assert (books.active.rulebook.version, books.active.imported) == ("2026.12", True)
        assert books.notice is None


def test_every_book_that_was_used_is_kept_with_its_day(
    imported: BookStore, folder: Path, build: Path, today: date
) -> None:
    first, second = BookStore(folder, build).kept()

    assert (first.version, first.serial, first.imported) == ("2026.11", 1, False)
    assert (first.first_used, first.in_use) == (today, False)
    assert (second.version, second.serial, second.imported) == ("2026.12", 2, True)
    assert (second.first_used, second.in_use) == (DECEMBER, True)
    assert all(path.stat().st_size < 100_000 for path in folder.iterdir())


def test_the_book_used_before_can_be_compared_with(imported: BookStore, build: Path) -> None:
    before = imported.previous()

    assert before is not None
    assert before.version == "2026.11"
    assert before == BookStore(build / "nowhere", build).active.rulebook


def test_every_kept_book_can_be_had_by_its_hash(imported: BookStore) -> None:
    for kept in imported.kept():
        book = imported.kept_book(kept.hash)

        assert book is not None
        assert (book.rulebook.version, book.imported) == (kept.version, kept.imported)
    assert imported.kept_book("of no book") is None


def test_after_the_program_was_brought_up_to_date_its_old_book_is_the_previous_one(
    folder: Path, build: Path, make: Maker, today: date
) -> None:
    BookStore(folder, build).remember(today)
    ships(build, make, 5, "2027.1")
    books = BookStore(folder, build)
    books.remember(DECEMBER)

    assert used(books) == [("2026.11", False), ("2027.1", True)]
    before = BookStore(folder, build).previous()
    assert before is not None
    assert before.version == "2026.11"
    assert books.notice is None


@pytest.mark.parametrize("serial", [2, 3], ids=["same serial", "higher serial"])
def test_a_newer_book_of_the_program_takes_the_place_of_an_import_and_says_so_once(
    imported: BookStore, folder: Path, build: Path, make: Maker, serial: int
) -> None:
    ships(build, make, serial, "2027.1")
    books = BookStore(folder, build)

    assert (books.active.rulebook.version, books.active.imported) == ("2027.1", False)
    assert str(books.notice) == (
        "The rules that came with this version of NCA Wizard (2027.1) are newer than the "
        "imported ones (2026.12) and are used from now on."
    )

    books.remember(DECEMBER)
    again = BookStore(folder, build)

    assert again.notice is None
    before = again.previous()
    assert before is not None
    assert before.version == "2026.12"


def test_nothing_is_said_when_the_program_comes_with_the_imported_book(
    imported: BookStore, folder: Path, build: Path, make: Maker
) -> None:
    ships(build, make, 2, "2026.12")
    books = BookStore(folder, build)

    assert books.active.imported is False
    assert books.notice is None


def test_an_older_book_of_the_program_does_not_take_the_place_of_an_import(
    imported: BookStore, folder: Path, build: Path
) -> None:
    # As after going back to an older version of the program.
    assert BookStore(folder, build).active.rulebook.version == "2026.12"


def test_the_update_in_use_is_not_taken_again_nor_an_older_one(
    imported: BookStore, given_out: Path, make: Maker, tmp_path: Path
) -> None:
    with pytest.raises(UpdateRefused, match="already in use"):
        imported.read(given_out, DECEMBER)

    newer = tmp_path / "newer.ncarules"
    newer.write_bytes(make.update(serial=7, version="2027.2"))
    imported.activate(imported.read(newer, DECEMBER), DECEMBER)

    with pytest.raises(UpdateRefused, match="older than the rules in use"):
        imported.read(given_out, DECEMBER)
    assert used(imported) == [("2026.11", False), ("2026.12", False), ("2027.2", True)]


def test_what_an_update_brings_is_said_in_the_readers_language(
    folder: Path, build: Path, make: Maker, today: date, tmp_path: Path
) -> None:
    path = tmp_path / "german.ncarules"
    path.write_bytes(make.update(translations={"de": {"A new text": "Ein neuer Text"}}))
    books = BookStore(folder, build)
    books.activate(books.read(path, today), today)
    german = Texts.load("de", resources() / "locale")
    english = Texts.load("en")

    t = BookStore(folder, build).active.texts(german)

    assert t("A new text") == "Ein neuer Text"
    assert t("Continue") == german("Continue") != "Continue"
    assert t("Nobody translated this") == "Nobody translated this"
    assert books.active.texts(english)("A new text") == "A new text"


# --- What is not whole -----------------------------------------------------------------------


def test_a_refused_update_changes_nothing(
    imported: BookStore, folder: Path, build: Path, make: Maker, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    bad = tmp_path / "bad.ncarules"
    faulty = {"access": ('access = "automatic"', 'access = "automatc"')}
    for data in (make.update(serial=9)[:-1], make.update(serial=9, changes=faulty)):
        bad.write_bytes(data)
        with pytest.raises(UpdateRefused):
            imported.read(bad, DECEMBER)

    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert imported.active.rulebook.version == "2026.12"
    assert BookStore(folder, build).active.rulebook.version == "2026.12"


def test_a_damaged_import_gives_way_to_the_book_of_the_program_and_says_why(
    imported: BookStore, folder: Path, build: Path, given_out: Path
) -> None:
    kept = folder / "00000002.ncarules"
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    books = BookStore(folder, build)

    assert (books.active.rulebook.version, books.active.imported) == ("2026.11", False)
    assert str(books.notice) == (
        "The imported rules 2026.12 cannot be used, and the rules 2026.11 are used in their "
        "place. The rules update was changed after it was signed, or damaged on its way. "
        "Ask for it again."
    )

    books.activate(books.read(given_out, DECEMBER), DECEMBER)

    assert books.notice is None
    assert BookStore(folder, build).active.rulebook.version == "2026.12"


def test_a_damaged_import_gives_way_to_the_newest_one_that_is_whole(
    imported: BookStore, folder: Path, build: Path, make: Maker
) -> None:
    (folder / "00000003.ncarules").write_bytes(make.update(serial=3)[:500])
    books = BookStore(folder, build)

    assert books.active.rulebook.serial == 2
    assert "The imported rules 3 cannot be used" in str(books.notice)


def test_an_import_under_the_name_of_a_later_one_is_not_used(
    imported: BookStore, folder: Path, build: Path
) -> None:
    (folder / "00000002.ncarules").rename(folder / "00000009.ncarules")
    books = BookStore(folder, build)

    assert books.active.rulebook.version == "2026.11"
    assert "It bears the name of another update." in str(books.notice)


def test_an_import_whose_file_is_gone_is_missed(
    imported: BookStore, folder: Path, build: Path
) -> None:
    (folder / "00000002.ncarules").unlink()
    books = BookStore(folder, build)

    assert books.active.rulebook.version == "2026.11"
    assert str(books.notice) == (
        "The imported rules 2026.12 cannot be used, and the rules 2026.11 are used in their "
        "place. Their file is no longer in the data folder. Import it again."
    )


def test_an_import_that_cannot_be_read_gives_way(
    imported: BookStore, folder: Path, build: Path
) -> None:
    (folder / "00000002.ncarules").unlink()
    (folder / "00000002.ncarules").mkdir()
    books = BookStore(folder, build)

    assert books.active.rulebook.version == "2026.11"
    assert "The file cannot be read." in str(books.notice)


def test_a_book_of_the_program_put_by_is_never_used(
    folder: Path, build: Path, make: Maker, today: date
) -> None:
    ships(build, make, 5, "2027.1")
    BookStore(folder, build).remember(today)
    (put_by,) = folder.glob("*.ncabook")
    shutil.copy(put_by, folder / "00000005.ncarules")
    ships(build, make, 1, "2026.11")
    books = BookStore(folder, build)

    assert books.active.rulebook.version == "2026.11"
    assert "The rules update is not signed." in str(books.notice)


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff", b'[{"version": "2026.11"}]'])
def test_a_damaged_note_of_what_was_used_is_begun_anew(
    imported: BookStore, folder: Path, build: Path, damage: bytes
) -> None:
    (folder / "used.json").write_bytes(damage)
    books = BookStore(folder, build)

    assert books.active.rulebook.version == "2026.12"
    assert used(books) == [("2026.12", True)]
    assert books.previous() is None

    books.remember(DECEMBER)

    assert [book.first_used for book in BookStore(folder, build).kept()] == [DECEMBER]


def test_a_previous_book_that_is_not_whole_is_none(
    imported: BookStore, folder: Path, build: Path
) -> None:
    (put_by,) = folder.glob("*.ncabook")
    whole = put_by.read_bytes()

    for damaged in (whole[:-9], b"", whole[:11] + whole[20:]):
        put_by.write_bytes(damaged)
        assert BookStore(folder, build).previous() is None
    put_by.unlink()
    assert BookStore(folder, build).previous() is None


def test_files_of_other_names_are_left_alone(folder: Path, build: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("two.ncarules", "-2.ncarules", "²2.ncarules", ".nca-1.tmp", "2.toml"):
        (folder / name).write_bytes(b"x")
    books = BookStore(folder, build)

    assert books.active.rulebook.version == "2026.11"
    assert books.notice is None


def test_a_faulty_book_of_the_program_is_no_fault_while_an_import_is_used(
    imported: BookStore, folder: Path, build: Path
) -> None:
    (build / "rules" / "access.toml").write_text("faulty", encoding="utf-8")

    assert BookStore(folder, build).active.rulebook.version == "2026.12"
    with pytest.raises(RulebookFault, match=r"access\.toml"):
        BookStore(folder / "empty", build)


# --- Without a key, without a disk -----------------------------------------------------------


def test_without_a_key_nothing_is_imported_and_it_says_why(
    folder: Path, build: Path, given_out: Path, today: date
) -> None:
    (build / KEY_FILE).unlink()
    books = BookStore(folder, build)

    assert "was built without the key" in str(books.closed)
    with pytest.raises(UpdateRefused, match="was built without the key"):
        books.read(given_out, today)


@pytest.mark.parametrize("key", [None, "other"])
def test_an_import_that_cannot_be_verified_any_more_is_not_used(
    imported: BookStore, folder: Path, build: Path, other_key: SigningKey, key: str | None
) -> None:
    if key is None:
        (build / KEY_FILE).unlink()
    else:
        (build / KEY_FILE).write_text(bytes(other_key.verify_key).hex(), encoding="ascii")
    books = BookStore(folder, build)

    assert books.active.rulebook.version == "2026.11"
    assert "The imported rules 2026.12 cannot be used" in str(books.notice)
    assert books.previous() is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such folders")
def test_a_folder_that_cannot_be_written_works_with_what_it_has(
    imported: BookStore,
    folder: Path,
    build: Path,
    make: Maker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newer = tmp_path / "newer.ncarules"
    newer.write_bytes(make.update(serial=3, version="2027.1"))

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Root writes everywhere, so the folder's own rights would not do.
    monkeypatch.setattr(Path, "replace", refused)
    books = BookStore(folder, build)
    books.remember(DECEMBER)
    update = books.read(newer, DECEMBER)

    with pytest.raises(CannotWrite, match="permission denied"):
        books.activate(update, DECEMBER)
    assert books.active.rulebook.version == "2026.12"
    assert BookStore(folder, build).active.rulebook.version == "2026.12"

    (folder / "used.json").unlink()
    BookStore(folder, build).remember(DECEMBER)

    assert not (folder / "used.json").exists()


def test_a_file_where_the_folder_should_be_is_no_fault(
    tmp_path: Path, build: Path, today: date
) -> None:
    (tmp_path / "rules").write_bytes(b"")
    books = BookStore(tmp_path / "rules", build)
    books.remember(today)

    assert books.active.rulebook.version == "2026.11"


# --- Killed, and quick -----------------------------------------------------------------------

KILLED = """
import os, shutil, sys
from datetime import date
from pathlib import Path
from nca_wizard.updates.store import BookStore

folder, build, update = map(Path, sys.argv[1:])
DECEMBER = date(2026, 12, 24)
left = 0

def killer(real):
    def call(*arguments):
        global left
        left -= 1
        if not left:
            os._exit(9)
        return real(*arguments)
    return call

class Halved:
    def __init__(self, stream):
        self.stream = stream
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.stream.close()
    def write(self, content):
        half = len(content) // 2
        self.stream.write(content[:half])
        self.stream.flush()
        killer(len)(content)
        self.stream.write(content[half:])
    def __getattr__(self, name):
        return getattr(self.stream, name)

real_open = Path.open
def opened(path, mode="r", *rest, **more):
    stream = real_open(path, mode, *rest, **more)
    return Halved(stream) if mode == "xb" else stream

def activate(moment):
    global left
    left = moment
    Path.open, os.fsync, Path.replace = opened, killer(os.fsync), killer(Path.replace)
    books = BookStore(folder, build)
    books.activate(books.read(update, DECEMBER), DECEMBER)
    os._exit(0)

for moment in range(1, 20):
    shutil.rmtree(folder, ignore_errors=True)
    child = os.fork()
    if not child:
        activate(moment)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    books = BookStore(folder, build)
    print(code, books.active.rulebook.version, books.notice, flush=True)
    if code == 0:
        break
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows starts no program twice at once")
def test_killed_at_any_moment_one_of_the_two_books_is_used(
    folder: Path, build: Path, given_out: Path
) -> None:
    """Three moments for each file written: half of it, not on the disk yet, not renamed yet."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, folder, build, given_out],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    # The book put by, the note of it, the update, the note of that, the label of the book.
    assert done.stdout.splitlines() == [
        *["9 2026.11 None"] * 9,
        *["9 2026.12 None"] * 6,
        "0 2026.12 None",
    ]


LOOKED_FOR = """
import sys
from pathlib import Path
from nca_wizard.updates.store import BookStore
BookStore(Path(sys.argv[1]), Path(sys.argv[2])).active
print("nacl" in sys.modules)
"""


def test_signatures_are_only_learnt_for_an_import(
    imported: BookStore, folder: Path, build: Path
) -> None:
    def loaded(rules: Path) -> str:
        return subprocess.run(
            [sys.executable, "-c", LOOKED_FOR, rules, build],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        ).stdout

    assert loaded(folder / "empty") == "False\n"
    assert loaded(folder) == "True\n"
