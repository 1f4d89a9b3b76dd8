"""A history of every earlier version opens whole: `schemas/` has one of each, as SQL.

They were written by the programs of their time and are never edited.
"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nca_wizard.history.schema import MIGRATIONS
from nca_wizard.history.store import History

SCHEMAS = Path(__file__).parent / "schemas"
EARLIER = range(1, len(MIGRATIONS))


def earlier_history(version: int, path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{version}.sql").read_text(encoding="utf-8"))
    return path


def shape(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Tables with their columns, indexes and triggers."""
    named = connection.execute("SELECT type, name FROM sqlite_schema").fetchall()
    return {
        (kind, name, str([tuple(c) for c in connection.execute(f"PRAGMA table_xinfo({name})")]))
        for kind, name in named
    }


def test_there_is_a_history_of_each_earlier_version() -> None:
    assert sorted(path.stem for path in SCHEMAS.iterdir()) == [str(version) for version in EARLIER]


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_history_gets_the_very_shape_of_a_new_one(version: int, path: Path) -> None:
    with History.open(earlier_history(version, path)) as history:
        assert not history.read_only
        found = shape(history._database._connection)
        [sound] = history._database.read("PRAGMA integrity_check")

    with History.open(path.with_name("new.sqlite")) as new:
        assert found == shape(new._database._connection)
    assert sound[0] == "ok"


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_history_keeps_all_it_had(version: int, path: Path) -> None:
    with History.open(earlier_history(version, path)) as history:
        [later, earlier] = history.evaluations()
        stored = history.evaluation(earlier.id)
        [draft] = history.drafts()

    assert (later.customer_name, earlier.customer_name) == ("Contoso", "R&D <b>Söhne</b> 東京")
    assert earlier.evaluated_at == datetime(2026, 8, 4, 12, tzinfo=UTC)
    assert stored.customer.note == "Renewal in March\nAsk Björn"
    assert stored.customer.contact.email == "anna@contoso.com"
    assert stored.recommendation.plan[0].steps[0].for_us == "#1 open the portal"
    assert stored.recommendation.goals[0].verdict == "action_needed"
    assert (draft.customer, draft.page) == ({"name": "Fabrikam"}, "2b")
    assert draft.as_of == date(2026, 8, 5)
    assert draft.case_id == later.case_id


def test_what_the_first_version_kept_is_found_by_all_that_came_later(path: Path) -> None:
    with History.open(earlier_history(1, path)) as history:
        [later, earlier] = history.evaluations()
        rows = history._database.read(
            """
            SELECT channels, goals FROM evaluations
            JOIN documents ON evaluation_id = id ORDER BY id
            """
        )
        found = [row.customer_name for row in history.evaluations("björn 東京")]
        [progress] = history.actions.of(earlier.id)
        case = history.case(later.case_id)
        history.set_note(earlier.case_id, "Ask about Überseering")
        noted = history.evaluations("ueberseering")

    assert [json.loads(row["channels"]) for row in rows] == [
        ["csp", "enterprise_agreement", "unknown"],
        ["csp_direct_bill", "enterprise_agreement"],
    ]
    assert [json.loads(row["goals"]) for row in rows] == [
        [
            ["sales", "net_customer_adds", "action_needed", ""],
            ["power_apps", "usage_growth", "automatic", "Power Apps"],
        ]
    ] * 2
    assert found == ["R&D <b>Söhne</b> 東京"]
    assert (progress.action, progress.association, progress.state) == ("g1", "cpor_revrec", "to_do")
    assert earlier.state == "to_do"
    assert case.note == ""
    assert [row.id for row in noted] == [earlier.id]


def test_what_the_second_version_kept_of_an_import_can_be_undone(path: Path) -> None:
    with History.open(earlier_history(2, path)) as history:
        [later, earlier] = history.evaluations()
        [progress] = history.actions.of(earlier.id)
        [due] = history.follow_ups.of_case(earlier.case_id)
        [imported] = history.bin.deleted()
        history.bin.restore(cases=[imported.id])
        taken_back = history.imports.undo(1, datetime(2026, 11, 22, tzinfo=UTC))
        noted = history.evaluations("ueberseering")

    assert (progress.state, set(progress.ticked)) == ("in_progress", {"poe"})
    assert due.title == "Ask again"
    assert taken_back == {
        "cases": [imported.id],
        "drafts": [],
        "follow_ups": [],
        "evaluations": [],
    }
    assert [row.id for row in noted] == [later.id]


@pytest.mark.parametrize("version", EARLIER)
def test_what_was_kept_in_english_is_found_in_german(
    version: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "nca_wizard.history.translated._others", lambda: (lambda text: f"Über-{text}",)
    )
    with History.open(earlier_history(version, path)) as history:
        [later, _] = history.evaluations()
        products = history.evaluations(f"über-{later.products_said}")
        titles = history.evaluations("ueber-file claim")

    assert later.id in [row.id for row in products]
    assert later.id in [row.id for row in titles]
