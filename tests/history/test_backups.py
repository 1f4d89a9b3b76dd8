"""A backup is whole, holds what it says, is thinned out in time, and can be put back."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nca_wizard.customer import Customer
from nca_wizard.errors import CannotWrite, KnownFault
from nca_wizard.history import migrating
from nca_wizard.history.backups import Backups
from nca_wizard.history.database import Database
from nca_wizard.history.schema import MIGRATIONS
from nca_wizard.history.store import DamagedHistory, Draft, History
from nca_wizard.rules.model.results import Recommendation
from tests.history.test_schema import earlier_history

DAY = timedelta(days=1)


def finish(history: History, name: str, recommendation: Recommendation, at: datetime) -> int:
    return history.finish(None, Customer(name=name), recommendation, at)


def names(path: Path) -> list[str]:
    with History.open(path) as history:
        return [row.customer_name for row in history.evaluations()]


def damage(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * 3 * 4096)


def copied(path: Path) -> Path:
    """A backup is looked at in a copy: opening it as a history changes it."""
    place = path.with_name("looked-at") / path.name
    place.parent.mkdir(exist_ok=True)
    shutil.copyfile(path, place)
    return place


# --- Making ---------------------------------------------------------------------------------


def test_a_backup_holds_all_there_is_and_says_what(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    evaluation = finish(history, "Contoso", recommendation, noon)
    finish(history, "Fabrikam", recommendation, noon)
    finish(history, "Gone", recommendation, noon)
    history.bin.delete(noon, cases=[3])
    history.save_draft(Draft({"name": "A"}, {}, "1"), noon)

    made = history.backups.back_up(noon)

    assert made.path.name == "history-20261122T120000Z.sqlite"
    assert (made.cases, made.evaluations, made.drafts) == (2, 2, 1)
    assert (made.newest, made.made_at) == (date(2026, 11, 22), noon)
    assert made.bytes == made.path.stat().st_size
    assert history.backups.all() == [made]
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]
    with History.open(copied(made.path)) as copy:
        assert copy.evaluation(evaluation).recommendation == recommendation
        assert len(copy.drafts()) == 1
        assert [one.customer_name for one in copy.bin.deleted()] == ["Gone"]


def test_a_backup_is_due_once_a_day_of_the_clock_on_the_wall(history: History) -> None:
    def moment(day: int, hour: int) -> datetime:
        return datetime(2026, 11, day, hour, tzinfo=UTC).astimezone(tokyo)

    tokyo = datetime.fromisoformat("2026-01-01T00:00+09:00").tzinfo
    assert history.backups.due(moment(22, 14))
    history.backups.back_up(moment(22, 14))

    assert not history.backups.due(moment(22, 14))
    assert history.backups.due(moment(22, 16))
    assert not history.backups.due(moment(22, 13))


def test_seven_days_and_three_weeks_are_kept_and_nothing_older_than_thirty_days(
    history: History, noon: datetime
) -> None:
    for day in range(60):
        for hour in (0, 5):
            history.backups.back_up(noon + day * DAY + timedelta(hours=hour))

    made = [backup.made_at for backup in history.backups.all()]
    now = noon + 59 * DAY
    assert [(now.date() - one.date()).days for one in made[:7]] == list(range(7))
    assert {one.hour for one in made} == {17}
    assert len(made) == 10
    assert len({one.isocalendar()[:2] for one in made[7:]}) == 3
    assert all(now - one < timedelta(days=30) for one in made)


def test_after_a_long_pause_the_old_ones_go_only_when_there_is_a_new_one(
    history: History, path: Path, noon: datetime
) -> None:
    history.backups.back_up(noon)
    later = noon + 100 * DAY
    history.backups.folder.chmod(0o700)
    assert len(history.backups.all()) == 1

    made = history.backups.back_up(later)

    assert history.backups.all() == [made]


def test_the_copies_of_older_versions_are_listed_and_go_after_thirty_days(path: Path) -> None:
    with History.open(earlier_history(1, path)) as history:
        [copy] = history.backups.all()
        assert (copy.path.name, copy.cases, copy.evaluations) == ("history-schema-1.sqlite", 2, 2)
        now = datetime.now(UTC)

        made = history.backups.back_up(now + 29 * DAY)
        assert history.backups.all() == [made, copy]

        made = history.backups.back_up(now + 31 * DAY)
        assert copy not in history.backups.all()


def test_a_backup_is_made_while_the_window_goes_on_saving(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    finish(history, "Contoso", recommendation, noon)
    with history._database.writing() as connection:
        connection.execute("DELETE FROM drafts")
        made = history.backups.back_up(noon)

    assert made.cases == 1


def test_a_backup_that_differs_is_none(
    history: History, monkeypatch: pytest.MonkeyPatch, noon: datetime
) -> None:
    counts = iter(range(2))
    monkeypatch.setattr(migrating, "contents", lambda _: {"rows": next(counts)})

    with pytest.raises(CannotWrite, match="differs"):
        history.backups.back_up(noon)
    assert list(history.backups.folder.iterdir()) == []


def test_a_damaged_history_gives_no_backup_and_costs_none(
    history: History, path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    finish(history, "Contoso", recommendation, noon)
    history.backups.back_up(noon)
    history.close()
    damage(path)

    with pytest.raises(DamagedHistory):
        Backups(path).back_up(noon + 40 * DAY)
    assert [backup.made_at for backup in Backups(path).all()] == [noon]
    assert len(list(Backups(path).folder.iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_said(history: History, noon: datetime) -> None:
    history.backups.folder.write_text("in the way", encoding="utf-8")

    with pytest.raises(CannotWrite, match=r"^No backup was made: .*\.$"):
        history.backups.back_up(noon)


def fill_up(disk: Path) -> Path:
    """Leave no room but for a few pages."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        for size in (65_536, 4_096):
            with suppress(OSError):
                while True:
                    stream.write(b"x" * size)
        stream.truncate(filler.stat().st_size - 40_000)
    return filler


def test_a_full_disk_gives_no_backup_and_no_half_of_one(
    small_disk: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with History.open(small_disk / "history.sqlite") as history:
        finish(history, "Contoso", recommendation, noon)
        filler = fill_up(small_disk)

        with pytest.raises(CannotWrite, match=r"^No backup was made: .*(full|No space).*\.$"):
            history.backups.back_up(noon)
        assert list(history.backups.folder.glob("*")) == []

        filler.unlink()
        assert history.backups.back_up(noon).cases == 1


def test_on_a_full_disk_what_is_deleted_for_good_is_so_once_there_is_room(
    small_disk: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with History.open(small_disk / "history.sqlite") as history:
        finish(history, "Hushhush", recommendation, noon)
        filler = fill_up(small_disk)
        with pytest.raises(CannotWrite):
            history.bin.delete_for_good(noon, cases=[1])

        filler.unlink()
        history.bin.delete_for_good(noon, cases=[1])
        history.bin.clean_up(noon)

    assert all(b"Hushhush" not in file.read_bytes() for file in small_disk.rglob("*.sqlite*"))


def test_other_files_among_the_backups_are_left_alone(history: History, noon: datetime) -> None:
    made = history.backups.back_up(noon)
    strange = made.path.with_name("history-notes.sqlite")
    strange.write_text("mine", encoding="utf-8")
    other = made.path.with_name("letter.txt")
    other.write_text("mine", encoding="utf-8")

    assert history.backups.all() == [made]
    history.backups.back_up(noon + DAY)
    assert strange.exists()
    assert other.exists()


# --- Putting back ---------------------------------------------------------------------------


@pytest.fixture
def backed_up(path: Path, recommendation: Recommendation, noon: datetime) -> Backups:
    """A history with A, of which there is a backup, and B, of which there is none."""
    with History.open(path) as history:
        finish(history, "A", recommendation, noon)
        history.backups.back_up(noon)
        finish(history, "B", recommendation, noon + DAY)
    return Backups(path)


def test_a_backup_is_put_back_and_the_present_kept(
    backed_up: Backups, path: Path, noon: datetime
) -> None:
    [backup] = backed_up.all()
    content = backup.path.read_bytes()

    kept = backed_up.restore(backup, noon + DAY)

    assert names(path) == ["A"]
    assert kept is not None
    assert kept.name == "history-20261123T120000Z-before-restore.sqlite"
    assert names(copied(kept)) == ["B", "A"]
    assert backup.path.read_bytes() == content
    assert sorted(file.name for file in path.parent.iterdir()) == ["backups", "history.sqlite"]


def test_what_was_replaced_outlives_the_backups_of_the_day(
    backed_up: Backups, path: Path, noon: datetime
) -> None:
    [backup] = backed_up.all()
    kept = backed_up.restore(backup, noon + DAY)
    with History.open(path) as history:
        history.backups.back_up(noon + DAY + timedelta(hours=1))
        assert kept in [one.path for one in history.backups.all()]
        history.backups.back_up(noon + 32 * DAY)
        assert kept not in [one.path for one in history.backups.all()]


def test_a_restored_backup_can_be_taken_back(
    backed_up: Backups, path: Path, noon: datetime
) -> None:
    [backup] = backed_up.all()
    kept = backed_up.restore(backup, noon + DAY)
    [before] = [one for one in backed_up.all() if one.path == kept]

    backed_up.restore(before, noon + 2 * DAY)

    assert names(path) == ["B", "A"]


def test_nothing_is_put_back_while_a_window_has_the_history_open(
    backed_up: Backups, path: Path, noon: datetime
) -> None:
    [backup] = backed_up.all()
    with History.open(path) as history:
        history.save_draft(Draft({}, {}, "1"), noon)
        with pytest.raises(CannotWrite, match="Close it and try again"):
            backed_up.restore(backup, noon + DAY)
        assert [row.customer_name for row in history.evaluations()] == ["B", "A"]
        assert history.save_draft(Draft({}, {}, "1"), noon).id

    assert names(path) == ["B", "A"]


def test_a_damaged_history_names_the_last_good_backup_and_is_kept_when_it_is_put_back(
    backed_up: Backups, path: Path, noon: datetime
) -> None:
    damage(path)
    damaged = path.read_bytes()

    with pytest.raises(DamagedHistory) as raised:
        History.open(path)

    backup = raised.value.backup
    assert backup is not None
    assert backup.cases == 1
    assert "is fine; cases in it: 1" in str(raised.value)
    assert "22 Nov 2026" in str(raised.value)
    kept = backed_up.restore(backup, noon + DAY)
    assert names(path) == ["A"]
    assert kept == path.with_name("history-damaged-20261123T120000Z.sqlite")
    assert kept.read_bytes() == damaged


def test_the_log_of_a_damaged_history_goes_with_it(
    backed_up: Backups, path: Path, noon: datetime
) -> None:
    damage(path)
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(b"the last rows")
    [backup] = backed_up.all()

    kept = backed_up.restore(backup, noon + DAY)

    assert kept is not None
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"the last rows"
    assert not log.exists()
    assert names(path) == ["A"]


def test_a_damaged_backup_is_passed_over_and_never_put_back(
    backed_up: Backups, path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with History.open(path) as history:
        newest = history.backups.back_up(noon + DAY)
    damage(newest.path)

    good = backed_up.last_good()

    assert good is not None
    assert good.made_at == noon
    with pytest.raises(DamagedHistory):
        backed_up.restore(newest, noon + 2 * DAY)
    assert names(path) == ["B", "A"]
    assert sorted(file.name for file in path.parent.iterdir()) == ["backups", "history.sqlite"]


def test_a_backup_of_an_earlier_version_is_put_back_and_brought_up_to_date(
    path: Path, noon: datetime
) -> None:
    with History.open(earlier_history(1, path)) as history:
        history.bin.delete(noon, cases=[1, 2])
    [copy] = Backups(path).all()

    Backups(path).restore(copy, noon)

    assert names(path) == ["Contoso", "R&D <b>Söhne</b> 東京"]


def test_a_backup_of_a_newer_version_is_not_put_back(
    backed_up: Backups, path: Path, noon: datetime
) -> None:
    [backup] = backed_up.all()
    Database.open(backup.path, (*MIGRATIONS, ("CREATE TABLE x (y)",))).close()

    assert backed_up.last_good() is None
    with pytest.raises(KnownFault, match="newer version"):
        backed_up.restore(backup, noon)
    assert names(path) == ["B", "A"]


def test_where_there_is_no_history_any_more_a_backup_becomes_it(
    backed_up: Backups, path: Path, noon: datetime
) -> None:
    path.unlink()
    [backup] = backed_up.all()

    assert backed_up.restore(backup, noon) is None
    assert names(path) == ["A"]


def test_a_backup_is_put_back_after_a_crash_with_the_rows_of_the_log_kept(
    path: Path, tmp_path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    with History.open(path) as history:
        finish(history, "A", recommendation, noon)
        backup = history.backups.back_up(noon)
        finish(history, "B", recommendation, noon)
        crashed = shutil.copytree(path.parent, tmp_path / "crashed") / path.name
    (crashed.with_name(f"{crashed.name}-shm")).unlink()

    kept = Backups(crashed).restore(backup, noon + DAY)

    assert kept is not None
    assert names(copied(kept)) == ["B", "A"]
    assert names(crashed) == ["A"]


def test_the_list_reads_without_changing_a_byte(
    backed_up: Backups, path: Path, files: Callable[[Path], dict[str, str]]
) -> None:
    before = files(path.parent)

    backed_up.all()
    backed_up.last_good()

    assert files(path.parent) == before


def test_a_database_of_another_program_is_no_backup(backed_up: Backups) -> None:
    with closing(sqlite3.connect(backed_up.folder / "history-other.sqlite")) as connection:
        connection.execute("CREATE TABLE cases (id)")

    assert len(backed_up.all()) == 1
