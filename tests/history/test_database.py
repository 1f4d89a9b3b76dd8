"""The history opens in whatever state its file and folder are, and never makes it worse."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nca_wizard import __version__
from nca_wizard.customer import Customer
from nca_wizard.errors import CANNOT_WRITE, OUR_FAULT, CannotWrite, KnownFault
from nca_wizard.history import connecting, database, migrating
from nca_wizard.history.database import Database
from nca_wizard.history.schema import MIGRATIONS
from nca_wizard.history.store import DamagedHistory, Draft, History
from nca_wizard.rules.model.results import Recommendation

DRAFT = Draft(customer={"name": "Contoso"}, answers={"channel": "csp"}, page="2")
NEWER = (*MIGRATIONS, ("CREATE TABLE folders (name TEXT)",))
COPY = f"history-schema-{len(MIGRATIONS)}"
STAYS = "Your answers stay in this window."


def files_in(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def with_one_evaluation(path: Path, recommendation: Recommendation, at: datetime) -> None:
    with History.open(path) as history:
        history.finish(None, Customer(name="Contoso"), recommendation, at)
        history.save_draft(DRAFT, at)


def names(history: History) -> list[str]:
    return [row.customer_name for row in history.evaluations()]


def copied_as_a_crash_leaves_it(path: Path, folder: Path) -> Path:
    """The file and its log while they are open; a program that is killed leaves the same."""
    folder.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        shutil.copyfile(path.with_name(name), folder / name)
    assert (folder / f"{path.name}-wal").stat().st_size > 0
    return folder / path.name


# --- As usual -------------------------------------------------------------------------------


def test_the_first_start_makes_folder_and_file_and_no_copy(path: Path) -> None:
    with History.open(path) as history:
        assert not history.read_only
        assert history.notice is None
        assert history.evaluations() == []
        assert history.drafts() == []

    assert list(files_in(path.parent)) == ["history.sqlite"]


def test_a_name_with_every_sign_is_opened(tmp_path: Path, noon: datetime) -> None:
    path = tmp_path / "Söhne & 100% #1?mode=ro 東京" / "history.sqlite"

    for _ in range(2):
        with History.open(path) as history:
            assert not history.read_only
            history.save_draft(DRAFT, noon)

    with History.open(path) as history:
        assert len(history.drafts()) == 2


def test_the_settings_that_keep_what_is_saved_are_on(history: History) -> None:
    def setting(name: str) -> object:
        return history._database.read(f"PRAGMA {name}")[0][0]

    assert setting("journal_mode") == "wal"
    assert setting("synchronous") == 2
    assert setting("foreign_keys") == 1
    assert setting("secure_delete") == 1
    assert setting("user_version") == len(MIGRATIONS)


def test_what_is_discarded_is_not_in_the_file_any_more(path: Path, noon: datetime) -> None:
    with History.open(path) as history:
        draft = history.save_draft(
            Draft(customer={"name": "Hush-hush"}, answers={}, page="1"), noon
        )
        assert draft.id is not None
    assert b"Hush-hush" in path.read_bytes()

    with History.open(path) as history:
        history.discard_draft(draft.id)
    assert b"Hush-hush" not in path.read_bytes()
    assert list(files_in(path.parent)) == ["history.sqlite"]


@pytest.mark.parametrize("left", [b"", None])
def test_a_start_that_was_killed_before_the_first_table_is_begun_again(
    path: Path, left: bytes | None
) -> None:
    path.parent.mkdir()
    if left is None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    else:
        path.write_bytes(left)

    with History.open(path) as history:
        assert not history.read_only
        assert history.evaluations() == []


def test_after_a_crash_the_rows_in_the_log_are_there(
    history: History, path: Path, tmp_path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    history.finish(None, Customer(name="Contoso"), recommendation, noon)
    crashed = copied_as_a_crash_leaves_it(path, tmp_path / "crashed")

    with History.open(crashed) as again:
        assert names(again) == ["Contoso"]
        assert not again.read_only


# --- A newer program made it ----------------------------------------------------------------


def test_a_newer_history_is_left_untouched(
    path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with_one_evaluation(path, recommendation, noon)
    Database.open(path, NEWER, made_by="2.3").close()
    before = files_in(path.parent)

    with History.open(path) as history:
        assert history.read_only
        assert str(history.notice) == (
            f"This history was made by version 2.3. You have {__version__}. "
            "It was opened read-only."
        )
        assert names(history) == ["Contoso"]
        [row] = history.evaluations()
        assert history.evaluation(row.id).recommendation == recommendation
        assert len(history.drafts()) == 1
        for write in (
            lambda: history.save_draft(DRAFT, noon),
            lambda: history.discard_draft(1),
            lambda: history.finish(None, Customer(name="B"), recommendation, noon),
        ):
            with pytest.raises(CannotWrite, match="read-only"):
                write()
        assert files_in(path.parent) == before

    assert files_in(path.parent) == before


def test_a_newer_history_that_crashed_is_left_untouched_with_its_log(
    path: Path, tmp_path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with_one_evaluation(path, recommendation, noon)
    with closing(Database.open(path, NEWER, made_by="2.3")):
        crashed = copied_as_a_crash_leaves_it(path, tmp_path / "crashed")
    before = files_in(crashed.parent)

    with History.open(crashed) as history:
        assert "version 2.3" in str(history.notice)
        assert names(history) == ["Contoso"]

    after = files_in(crashed.parent)
    assert {name: after[name] for name in before} == before


def test_a_newer_history_without_our_columns_says_so(path: Path, noon: datetime) -> None:
    strange = (*MIGRATIONS, ("ALTER TABLE evaluations RENAME COLUMN domain TO site",))
    Database.open(path, strange, made_by="2.3").close()

    with History.open(path) as history, pytest.raises(KnownFault, match=r"made by version 2\.3"):
        history.evaluations()


def test_a_newer_recommendation_that_is_unknown_here_says_so(
    path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with_one_evaluation(path, recommendation, noon)
    newer = (
        *MIGRATIONS,
        (
            "DROP TRIGGER documents_are_never_edited",
            "UPDATE documents SET recommendation = json_insert(recommendation, '$.new', 1)",
        ),
    )
    Database.open(path, newer, made_by="2.3").close()

    with History.open(path) as history, pytest.raises(KnownFault) as raised:
        history.evaluation(1)

    assert "Contoso" in str(raised.value)
    assert "made by version 2.3" in str(raised.value)
    assert not isinstance(raised.value, DamagedHistory)


# --- An older schema ------------------------------------------------------------------------


def test_an_older_schema_is_copied_and_brought_up_to_date(
    path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with_one_evaluation(path, recommendation, noon)

    with closing(Database.open(path, NEWER, made_by="2.3")) as opened:
        assert not opened.read_only
        assert opened.read("SELECT * FROM folders") == []
        made_by = [row["made_by"] for row in opened.read("SELECT made_by FROM schema_versions")]
        assert made_by == [*[__version__] * len(MIGRATIONS), "2.3"]

    copies = files_in(path.parent / "backups")
    assert list(copies) == [f"{COPY}.sqlite"]
    with History.open(path.parent / "backups" / f"{COPY}.sqlite") as copy:
        assert not copy.read_only
        assert names(copy) == ["Contoso"]
        assert len(copy.drafts()) == 1


def test_nothing_is_copied_when_there_is_nothing_to_do(path: Path) -> None:
    for _ in range(3):
        Database.open(path).close()

    assert not (path.parent / "backups").exists()


def test_an_earlier_copy_is_never_overwritten(path: Path) -> None:
    Database.open(path).close()
    backups = path.parent / "backups"
    backups.mkdir()
    (backups / f"{COPY}.sqlite").write_text("precious", encoding="utf-8")

    Database.open(path, NEWER).close()

    assert (backups / f"{COPY}.sqlite").read_text(encoding="utf-8") == "precious"
    assert sorted(files_in(backups)) == [f"{COPY}-2.sqlite", f"{COPY}.sqlite"]


def test_each_migration_is_a_transaction_of_its_own(path: Path) -> None:
    Database.open(path).close()
    failing = (*NEWER, ("CREATE TABLE half (x)", "CREATE TABLE half (x)"))

    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Database.open(path, failing)

    with closing(Database.open(path, NEWER)) as opened:
        assert not opened.read_only
        tables = [row["name"] for row in opened.read("SELECT name FROM sqlite_schema")]
    assert "folders" in tables
    assert "half" not in tables


def test_a_migration_may_make_a_table_anew_but_leaves_no_reference_to_nothing(
    path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with_one_evaluation(path, recommendation, noon)

    with pytest.raises(sqlite3.IntegrityError, match=f"version {len(NEWER)}"):
        Database.open(path, (*MIGRATIONS, ("DELETE FROM cases",)))

    with History.open(path) as history:
        assert names(history) == ["Contoso"]


def test_without_a_copy_nothing_is_brought_up_to_date(
    path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with_one_evaluation(path, recommendation, noon)
    (path.parent / "backups").write_text("a file where the folder should be", encoding="utf-8")
    before = files_in(path.parent)

    with closing(Database.open(path, NEWER)) as opened:
        assert str(opened.notice).startswith("Not saved: the history has to be brought up to date")
        assert str(opened.notice).endswith(STAYS)
        assert [row["customer_name"] for row in opened.read("SELECT * FROM evaluations")] == [
            "Contoso"
        ]
        assert opened.read("SELECT * FROM folders") == []

    assert files_in(path.parent) == before


def test_a_copy_that_differs_is_not_relied_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Database.open(path).close()
    counts = iter(range(2))
    monkeypatch.setattr(migrating, "contents", lambda _: {"rows": next(counts)})

    with closing(Database.open(path, NEWER)) as opened:
        assert "differs" in str(opened.notice)
    with closing(Database.open(path)) as opened:
        assert not opened.read_only


# --- It cannot be written -------------------------------------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder every user of this computer can reach, unlike pytest's own."""
    with TemporaryDirectory(prefix="nca-wizard-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def as_somebody_without_rights(path: Path, script: str) -> str:
    """Run `script` as a user to whom permission bits mean something; root ignores them."""
    program = f"""
        import os, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from nca_wizard.errors import CannotWrite
        from nca_wizard.history.store import Draft, History
        from nca_wizard.history.database import Database
        from nca_wizard.history.schema import MIGRATIONS
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        path = Path(sys.argv[1])
        NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
        DRAFT = Draft(customer={{"name": "Contoso"}}, answers={{}}, page="2")
        NEWER = (*MIGRATIONS, ("CREATE TABLE folders (name TEXT)",))
        {textwrap.indent(textwrap.dedent(script), " " * 8).strip()}
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


READ_AND_TRY_TO_SAVE = """
with History.open(path) as history:
    print(history.read_only)
    print(history.notice)
    print([row.customer_name for row in history.evaluations()])
    try:
        history.save_draft(DRAFT, NOON)
    except CannotWrite as fault:
        print(fault.exit_code, fault.sentence)
    print(len(history.drafts()))
"""


def writable_again(folder: Path) -> None:
    folder.chmod(0o755)


def test_a_read_only_folder_is_read_and_nothing_is_saved(
    open_folder: Path, recommendation: Recommendation, noon: datetime
) -> None:
    path = open_folder / "history.sqlite"
    with_one_evaluation(path, recommendation, noon)
    path.chmod(0o444)
    open_folder.chmod(0o555)
    before = files_in(open_folder)

    said = as_somebody_without_rights(path, READ_AND_TRY_TO_SAVE).splitlines()

    sentence = f"Not saved: {path} cannot be written. {STAYS}"
    assert said == ["True", sentence, "['Contoso']", f"{CANNOT_WRITE} {sentence}", "1"]
    assert files_in(open_folder) == before
    writable_again(open_folder)


def test_a_write_protected_file_is_read_and_nothing_is_saved(
    open_folder: Path, recommendation: Recommendation, noon: datetime
) -> None:
    path = open_folder / "history.sqlite"
    with_one_evaluation(path, recommendation, noon)
    path.chmod(0o444)
    open_folder.chmod(0o777)
    before = files_in(open_folder)

    said = as_somebody_without_rights(path, READ_AND_TRY_TO_SAVE).splitlines()

    assert said[:3] == ["True", f"Not saved: {path} cannot be written. {STAYS}", "['Contoso']"]
    assert files_in(open_folder) == before


def test_a_read_only_folder_without_a_history_opens_an_empty_one(open_folder: Path) -> None:
    path = open_folder / "history.sqlite"
    open_folder.chmod(0o555)

    said = as_somebody_without_rights(path, READ_AND_TRY_TO_SAVE).splitlines()

    assert said[:3] == ["True", f"Not saved: {path} cannot be written. {STAYS}", "[]"]
    assert files_in(open_folder) == {}
    writable_again(open_folder)


def test_a_folder_that_cannot_be_made_opens_an_empty_one(open_folder: Path) -> None:
    path = open_folder / "data" / "history.sqlite"
    open_folder.chmod(0o555)

    said = as_somebody_without_rights(path, READ_AND_TRY_TO_SAVE).splitlines()

    assert said[0] == "True"
    assert said[1] == f"Not saved: {path.parent} cannot be made (permission denied). {STAYS}"
    writable_again(open_folder)


def test_a_read_only_folder_after_a_crash_shows_the_rows_in_the_log_too(
    history: History,
    path: Path,
    open_folder: Path,
    recommendation: Recommendation,
    noon: datetime,
) -> None:
    history.finish(None, Customer(name="Contoso"), recommendation, noon)
    crashed = copied_as_a_crash_leaves_it(path, open_folder / "crashed")
    crashed.parent.chmod(0o555)
    before = files_in(open_folder)

    said = as_somebody_without_rights(crashed, READ_AND_TRY_TO_SAVE).splitlines()

    assert said[0] == "True"
    assert said[2] == "['Contoso']"
    assert files_in(open_folder) == before
    writable_again(crashed.parent)


def test_an_older_history_in_a_read_only_folder_is_brought_up_to_date_in_memory(
    open_folder: Path, recommendation: Recommendation, noon: datetime
) -> None:
    path = open_folder / "history.sqlite"
    with_one_evaluation(path, recommendation, noon)
    open_folder.chmod(0o555)
    before = files_in(open_folder)

    said = as_somebody_without_rights(
        path,
        """
        opened = Database.open(path, NEWER)
        print(opened.read_only)
        print([row["customer_name"] for row in opened.read("SELECT * FROM evaluations")])
        print(opened.read("SELECT * FROM folders"))
        """,
    ).splitlines()

    assert said == ["True", "['Contoso']", "[]"]
    assert files_in(open_folder) == before
    writable_again(open_folder)


def test_a_file_that_may_not_even_be_read_is_said_and_left_alone(open_folder: Path) -> None:
    path = open_folder / "history.sqlite"
    Database.open(path).close()
    path.chmod(0o000)

    said = as_somebody_without_rights(path, READ_AND_TRY_TO_SAVE).splitlines()

    assert said[0] == "True"
    assert said[1].startswith(f"Not saved: the history in {path} cannot be read (")
    assert said[2] == "[]"


def test_a_folder_nobody_may_enter_opens_an_empty_history(open_folder: Path) -> None:
    path = open_folder / "closed" / "history.sqlite"
    Database.open(path).close()
    path.parent.chmod(0o000)

    said = as_somebody_without_rights(path, READ_AND_TRY_TO_SAVE).splitlines()

    assert said[:3] == [
        "True",
        f"Not saved: the history in {path} cannot be read (permission denied). {STAYS}",
        "[]",
    ]


def test_a_folder_in_the_place_of_the_file_opens_an_empty_history(path: Path) -> None:
    path.mkdir(parents=True)

    with History.open(path) as history:
        assert str(history.notice) == f"Not saved: {path} cannot be written. {STAYS}"
        assert history.evaluations() == []


def test_a_full_disk_is_said_and_what_was_saved_is_whole(
    history: History, path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    _fill_up(history, recommendation, noon, pages=40)
    history._database._connection.execute("PRAGMA max_page_count = 40")
    before = names(history)

    with pytest.raises(CannotWrite) as raised:
        _save_for_ever(history, noon)

    assert str(raised.value) == f"Not saved: the disk is full. {STAYS}"
    assert raised.value.exit_code == CANNOT_WRITE
    assert names(history) == before
    assert all(len(draft.customer["note"]) == 4_000 for draft in history.drafts())


def test_a_disk_that_is_really_full_is_said_and_what_was_saved_is_whole(
    small_disk: Path, recommendation: Recommendation, noon: datetime
) -> None:
    path = small_disk / "history.sqlite"
    with History.open(path) as history:
        assert not history.read_only
        with pytest.raises(CannotWrite, match="the disk is full"):
            _fill_up(history, recommendation, noon, pages=100_000)
        before = names(history)
        assert before

    with History.open(path) as history:
        assert names(history) == before
        for row in history.evaluations():
            assert history.evaluation(row.id).recommendation == recommendation
        [sound] = history._database.read("PRAGMA integrity_check")
        assert sound[0] == "ok"


def test_a_disk_that_is_full_at_the_start_is_said_and_the_history_is_shown(
    small_disk: Path, recommendation: Recommendation, noon: datetime
) -> None:
    path = small_disk / "history.sqlite"
    with_one_evaluation(path, recommendation, noon)
    with suppress(OSError), (small_disk / "rest").open("wb", buffering=0) as rest:
        while rest.write(b"x" * 4_096):
            pass
    before = files_in(small_disk)

    with History.open(path) as history:
        assert str(history.notice) == f"Not saved: the disk is full. {STAYS}"
        assert names(history) == ["Contoso"]

    after = files_in(small_disk)
    assert {name: after[name] for name in before} == before


def _fill_up(
    history: History, recommendation: Recommendation, noon: datetime, *, pages: int
) -> None:
    """Add evaluations until the file has `pages` pages."""
    while history._database._connection.execute("PRAGMA page_count").fetchone()[0] < pages:
        history.finish(None, Customer(name="C", note="x" * 4_000), recommendation, noon)


def _save_for_ever(history: History, noon: datetime) -> None:
    for _ in range(10_000):
        history.save_draft(Draft(customer={"note": "x" * 4_000}, answers={}, page="1"), noon)


# --- Two at a time --------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "SECONDS_TO_WAIT", 0.05)


def test_while_another_program_writes_the_sentence_says_so(
    impatient: None, path: Path, noon: datetime
) -> None:
    with History.open(path) as history, History.open(path) as other:
        with other._database.writing():
            with pytest.raises(CannotWrite) as raised:
                history.save_draft(DRAFT, noon)
            assert str(raised.value) == (
                f"Not saved: another program is writing to the history. {STAYS} Try again."
            )
            assert history.drafts() == []

        saved = history.save_draft(DRAFT, noon)
        assert other.drafts() == [saved]


def test_a_history_opens_while_another_program_writes(
    impatient: None, path: Path, noon: datetime
) -> None:
    with History.open(path) as other, other._database.writing(), History.open(path) as history:
        assert not history.read_only
        assert history.evaluations() == []


# --- Damage ---------------------------------------------------------------------------------


def other_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cookies (name TEXT)")
        connection.execute("PRAGMA user_version = 1")


def without_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")


def overwritten(path: Path, place: int, content: bytes) -> None:
    with path.open("r+b") as stream:
        stream.seek(place)
        stream.write(content)


DAMAGES = {
    "text": lambda path: path.write_text("not a database at all", encoding="utf-8"),
    "zeros": lambda path: path.write_bytes(b"\x00" * 20_000),
    "half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "half a page": lambda path: os.truncate(path, 2_000),
    "head": lambda path: overwritten(path, 0, b"garbage garbage"),
    "schema": lambda path: overwritten(path, 100, b"\xff" * 400),
    "middle": lambda path: overwritten(path, 4096 * 3, b"\xff" * 4096 * 3),
    "end": lambda path: os.truncate(path, path.stat().st_size - 4_096),
    "other program": other_program,
    "no version": without_version,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_history_is_named_and_left_as_it_is(
    path: Path, recommendation: Recommendation, noon: datetime, damage: str
) -> None:
    with_one_evaluation(path, recommendation, noon)
    DAMAGES[damage](path)
    before = files_in(path.parent)

    with pytest.raises(DamagedHistory) as raised:
        History.open(path)

    assert str(path) in str(raised.value)
    assert str(raised.value).endswith("it was left as it is.")
    assert raised.value.exit_code == OUR_FAULT
    assert files_in(path.parent) == before


def test_damage_that_comes_while_it_is_open_is_named(
    path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with_one_evaluation(path, recommendation, noon)

    with History.open(path) as history:
        overwritten(path, 4096, b"\xff" * (path.stat().st_size - 4096))
        with pytest.raises(DamagedHistory, match="is damaged"):
            history.evaluations()
        with pytest.raises(DamagedHistory, match="is damaged"):
            history.finish(None, Customer(name="B"), recommendation, noon)


def test_a_large_history_opens_at_once_and_is_read_through_with_its_backup(
    path: Path, recommendation: Recommendation, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_one_evaluation(path, recommendation, noon)
    overwritten(path, path.stat().st_size - 4_096, b"\xff" * 4_096)
    with pytest.raises(DamagedHistory):
        History.open(path)
    monkeypatch.setattr(database, "_CHECKED_WHEN_OPENED", 0)

    with History.open(path) as history, pytest.raises(DamagedHistory, match="is damaged"):
        history.backups.back_up(noon)


def test_a_fault_of_ours_is_not_dressed_up(history: History) -> None:
    with pytest.raises(sqlite3.OperationalError):
        history._database.read("SELECT nothing FROM nowhere")
    with pytest.raises(sqlite3.OperationalError), history._database.writing() as connection:
        connection.execute("SELECT nothing FROM nowhere")


# --- The folder goes away -------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves nothing that is open")
def test_a_history_whose_folder_was_moved_says_so_and_saves_nothing_into_the_void(
    path: Path, noon: datetime
) -> None:
    with History.open(path) as history:
        history.save_draft(DRAFT, noon)
        moved = path.parent.rename(path.parent.with_name("moved"))

        with pytest.raises(CannotWrite, match=r"no longer at .* Put it back, or start again\."):
            history.save_draft(DRAFT, noon)
        assert len(history.drafts()) == 1

        moved.rename(path.parent)
        history.save_draft(DRAFT, noon)
        assert len(history.drafts()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces nothing that is open")
def test_a_history_that_was_replaced_is_not_written_over(path: Path, noon: datetime) -> None:
    with History.open(path) as history:
        history.save_draft(DRAFT, noon)
        other = path.with_name("other")
        other.write_bytes(path.read_bytes())
        other.replace(path)
        before = path.read_bytes()

        with pytest.raises(CannotWrite, match="replaced"):
            history.save_draft(DRAFT, noon)
        assert path.read_bytes() == before
