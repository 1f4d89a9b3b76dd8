"""What was deleted comes back within thirty days, or leaves no trace on the disk."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from nca_wizard.customer import Contact, Customer
from nca_wizard.errors import CannotWrite
from nca_wizard.history.backups import Backups
from nca_wizard.history.search import Query
from nca_wizard.history.store import DamagedHistory, Draft, History
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.sentences import as_written

Made = Callable[..., Recommendation]
DAY = timedelta(days=1)
SECRETS = ("Hushhush", "whisper.example", "Confidential", "Nobody Known", "SECRETWORDS")
SECRET = Customer(
    name="Hushhush",
    domain="whisper.example",
    note="Confidential " * 300,
    contact=Contact(name="Nobody Known"),
)


@pytest.fixture
def secret(history: History, made: Made, noon: datetime) -> int:
    """A case full of secrets between two others, in every table that can hold one."""
    words = "SECRETWORDS that only this one recommendation has, " * 200
    history.finish(None, Customer(name="Contoso"), made(), noon)
    evaluation = history.finish(None, SECRET, made(words=words), noon)
    history.finish(None, Customer(name="Fabrikam"), made(), noon)
    case_id = history.evaluation(evaluation).case_id
    history.set_note(case_id, "Confidential")
    history.actions.tick(evaluation, "g1", "poe", noon)
    history.actions.set_state(evaluation, "g1", "done", date(2026, 11, 23))
    history.save_draft(Draft({"name": "Hushhush"}, {}, "3", case_id=case_id), noon)
    return case_id


def names(history: History) -> list[str]:
    return [row.customer_name for row in history.evaluations()]


def traces(folder: Path) -> list[tuple[str, str]]:
    """Every secret in the bytes of any file, in whatever case it stands there."""
    return [
        (str(file.relative_to(folder)), secret)
        for file in folder.rglob("*")
        if file.is_file()
        for secret in SECRETS
        if secret.lower().encode() in file.read_bytes().lower()
    ]


# --- Out of sight and back ------------------------------------------------------------------


def test_what_is_deleted_is_out_of_sight_everywhere_and_comes_back_to_its_place(
    history: History, secret: int, noon: datetime
) -> None:
    before = history.evaluations()
    search = history.searching("en")

    history.bin.delete(noon, cases=[secret])

    assert names(history) == ["Fabrikam", "Contoso"]
    assert history.evaluations_named("hushhush") == []
    assert history.count("whisper") == 0
    assert history.count() == 2
    assert search.find(Query(newest_per_customer=True)).of == 3
    assert len(search.find(Query(search="hushhush")).ids) == 1
    assert history.case(secret).deleted_at == noon
    history.bin.restore(cases=[secret])
    assert history.evaluations() == before
    assert history.bin.deleted() == []
    search.close()


def test_a_draft_is_deleted_and_comes_back_too(history: History, noon: datetime) -> None:
    kept = history.save_draft(Draft({"name": "A"}, {}, "1"), noon)
    draft = history.save_draft(Draft({"name": " B "}, {}, "1"), noon)
    assert draft.id is not None

    history.bin.delete(noon, drafts=[draft.id])
    assert history.drafts() == [kept]
    assert [(one.kind, one.customer_name) for one in history.bin.deleted()] == [("draft", "B")]
    history.bin.restore(drafts=[draft.id])

    assert history.drafts() == [draft, kept]


def test_a_deleted_draft_that_a_window_still_saves_is_there_again(
    history: History, noon: datetime
) -> None:
    draft = history.save_draft(Draft({"name": "A"}, {}, "1"), noon)
    history.bin.delete(noon, drafts=[draft.id or 0])

    again = history.save_draft(draft, noon + DAY)

    assert history.drafts() == [again]


def test_what_was_deleted_is_listed_after_a_restart_the_last_first(
    history: History, path: Path, secret: int, noon: datetime
) -> None:
    history.bin.delete(noon, cases=[1])
    history.bin.delete(noon + DAY, cases=[secret, 1])
    history.close()

    with History.open(path) as later:
        found = later.bin.deleted()
        assert [(one.id, one.customer_name) for one in found] == [
            (secret, "Hushhush"),
            (1, "Contoso"),
        ]
        assert found[0].deleted_at == noon + DAY
        assert found[1].gone_on == noon + 30 * DAY
        assert found[1].evaluations == 1
        later.bin.restore(cases=[secret, 1])
        assert names(later) == ["Fabrikam", "Hushhush", "Contoso"]


def test_evaluating_a_deleted_case_again_brings_it_back(
    history: History, made: Made, secret: int, noon: datetime
) -> None:
    [draft] = history.drafts()
    history.bin.delete(noon, cases=[secret])

    history.finish(draft.id, Customer(name="Hushhush"), made(), noon + DAY)

    assert history.bin.deleted() == []
    assert names(history).count("Hushhush") == 2


def test_who_keeps_cases_for_a_time_is_told_which_are_older(
    history: History, made: Made, secret: int, noon: datetime
) -> None:
    long_ago = noon.replace(year=2025, month=10)
    old, due, again, gone = (
        history.evaluation(history.finish(None, Customer(name=name), made(), long_ago)).case_id
        for name in ("Old", "Due", "Again", "Gone")
    )
    history.follow_ups.add(due, "Call", date(2026, 1, 1))
    draft = history.save_draft(Draft({}, {}, "check", case_id=again), noon)
    assert history.bin.outdated(12, noon) == [old, gone]
    history.finish(draft.id, Customer(name="Again"), made(), noon)
    history.bin.delete(noon, cases=[gone])

    assert history.bin.outdated(12, noon) == [old]
    assert history.bin.outdated(14, noon) == []
    assert history.bin.outdated(24, noon) == []


# --- Gone for good --------------------------------------------------------------------------


def test_what_is_deleted_for_good_leaves_no_trace_in_any_file(
    history: History, path: Path, secret: int, noon: datetime
) -> None:
    for day in range(5):
        history.backups.back_up(noon + day * DAY)
    path.with_name("history-damaged-20261120T120000Z.sqlite").write_bytes(path.read_bytes())
    assert {secret for _, secret in traces(path.parent)} == set(SECRETS)

    history.bin.delete_for_good(noon + 6 * DAY, cases=[secret])

    # The window is still open: the log has to be clean too.
    assert traces(path.parent) == []
    assert names(history) == ["Fabrikam", "Contoso"]
    assert history.drafts() == []
    history.close()
    assert traces(path.parent) == []
    [backup] = Backups(path).all()
    assert (backup.made_at, backup.cases) == (noon + 6 * DAY, 2)
    assert Backups(path).last_good() == backup
    assert sorted(file.name for file in path.parent.iterdir()) == ["backups", "history.sqlite"]


def test_the_texts_the_others_need_stay(
    history: History, made: Made, secret: int, noon: datetime
) -> None:
    history.bin.delete_for_good(noon, cases=[secret])

    for row in history.evaluations():
        assert history.evaluation(row.id).recommendation == made()
    [kept] = history._database.read("SELECT count(*) FROM texts")
    history.bin.delete_for_good(noon, cases=[row.case_id for row in history.evaluations()])
    [left] = history._database.read("SELECT count(*) FROM texts")
    assert (kept[0] > 10, left[0]) == (True, 0)


def test_a_draft_is_deleted_for_good_without_a_trace(
    history: History, path: Path, noon: datetime
) -> None:
    draft = history.save_draft(Draft({"name": "Hushhush"}, {}, "1"), noon)
    history.backups.back_up(noon)

    history.bin.delete_for_good(noon + DAY, drafts=[draft.id or 0])

    assert traces(path.parent) == []


def test_a_window_that_holds_a_draft_of_a_case_that_is_gone_begins_a_new_case(
    history: History, made: Made, secret: int, noon: datetime
) -> None:
    [draft] = history.drafts()
    history.bin.delete_for_good(noon, cases=[secret])

    saved = history.save_draft(draft, noon + DAY)
    history.finish(saved.id, Customer(name="Back"), made(), noon + DAY)

    assert names(history) == ["Back", "Fabrikam", "Contoso"]


def test_after_thirty_days_it_goes_by_itself_and_not_before(
    history: History, path: Path, secret: int, noon: datetime
) -> None:
    history.bin.delete(noon, cases=[secret])
    history.backups.back_up(noon)
    before = path.read_bytes()

    history.bin.clean_up(noon + 30 * DAY - timedelta(seconds=1))
    assert path.read_bytes() == before
    assert len(history.bin.deleted()) == 1

    history.bin.clean_up(noon + 30 * DAY)
    assert history.bin.deleted() == []
    assert traces(path.parent) == []


def test_what_a_fault_left_half_done_is_done_later(
    history: History, path: Path, secret: int, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.backups.back_up(noon)

    def full(*_: object) -> None:
        raise CannotWrite(as_written("No backup was made: the disk is full."))

    with monkeypatch.context() as patched:
        patched.setattr(Backups, "back_up", full)
        with pytest.raises(CannotWrite, match="disk is full"):
            history.bin.delete_for_good(noon + DAY, cases=[secret])
    # The backup that was there is worth more than nothing.
    assert traces(path.parent)
    history.close()

    with History.open(path) as later:
        later.bin.clean_up(noon + 2 * DAY)
        assert traces(path.parent) == []
        before = path.read_bytes()
        later.bin.clean_up(noon + 3 * DAY)
        assert path.read_bytes() == before


def test_while_another_window_reads_it_is_said_and_done_later(
    history: History, path: Path, secret: int, noon: datetime
) -> None:
    with History.open(path) as other:
        other._database._connection.execute("BEGIN")
        other.evaluations()
        with pytest.raises(CannotWrite, match="Close it and try again"):
            history.bin.delete_for_good(noon, cases=[secret])

    history.bin.clean_up(noon)

    assert traces(path.parent) == []


def test_a_history_that_is_not_saved_deletes_nothing(path: Path, noon: datetime) -> None:
    path.mkdir(parents=True)
    with History.open(path) as history:
        for act in (history.bin.delete, history.bin.delete_for_good):
            with pytest.raises(CannotWrite):
                act(noon, cases=[1])
        history.bin.clean_up(noon)


def test_a_damaged_history_is_not_purged_of_its_backups(
    history: History, path: Path, secret: int, noon: datetime
) -> None:
    history.backups.back_up(noon)
    history.close()
    with History.open(path) as damaged:
        size = path.stat().st_size
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (size - 4096))
        with pytest.raises(DamagedHistory):
            damaged.bin.delete_for_good(noon, cases=[secret])

    assert Backups(path).last_good() is not None


def test_what_a_killed_restore_left_goes_with_what_is_deleted_for_good(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    kept = history.finish(None, Customer(name="Hushhush"), recommendation, noon)
    left = history._database.path.with_name("history.restoring")
    left.write_bytes(b"Hushhush")

    history.bin.delete_for_good(noon, cases=[history.evaluation(kept).case_id])

    assert not left.exists()
