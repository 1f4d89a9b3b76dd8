"""What leaves a history comes back exactly, evaluates nothing again and replaces nothing."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nca_wizard.customer import Contact, Customer
from nca_wizard.errors import BadInput
from nca_wizard.history.store import Draft, History
from nca_wizard.history.transfer import Incoming
from nca_wizard.rules.model.results import Recommendation
from tests.history.test_schema import earlier_history

Made = Callable[..., Recommendation]
DAY = timedelta(days=1)


@pytest.fixture
def full(history: History, made: Made, noon: datetime) -> History:
    """A register with something in every table."""
    customer = Customer(name="Søren & “Söhne” 東京", note="a\nb", contact=Contact(name="Anna"))
    first = history.finish(None, customer, made(), noon)
    case_id = history.evaluation(first).case_id
    history.actions.set_state(first, "g1", "done", date(2026, 11, 23))
    history.actions.tick(first, "g1", "poe", noon)
    draft = history.save_draft(Draft({}, {}, "check", case_id=case_id), noon)
    second = history.finish(draft.id, Customer(name="Later"), made(words="w" * 300), noon + DAY)
    history.actions.set_state(second, "g1", "not_doing", None)
    history.set_note(case_id, "Ask again")
    history.rename(case_id, "Søren AG")
    snoozed = history.follow_ups.add(case_id, "Call", date(2026, 12, 1))
    history.follow_ups.snooze(snoozed, date(2026, 12, 9))
    done = history.follow_ups.add(case_id, "Mail", date(2026, 12, 2))
    history.follow_ups.set_done(done, date(2026, 12, 3))
    history.finish(None, Customer(name="Fabrikam"), made(), noon + 2 * DAY)
    history.finish(None, Customer(name="Deleted"), made(), noon)
    history.bin.delete(noon, cases=[3])
    typed = {"name": " B ", "note": "x\ud800"}
    history.save_draft(Draft(typed, {"products": ("sales",)}, "3", case_id=case_id), noon)
    history.save_draft(Draft({}, {"by": {"a": "b"}}, "1", as_of=date(2026, 1, 2)), noon)
    return history


@pytest.fixture
def other(tmp_path: Path) -> Iterator[History]:
    with History.open(tmp_path / "other" / "history.sqlite") as opened:
        yield opened


def as_a_file(document: dict[str, Any]) -> dict[str, Any]:
    """What a file gives back."""
    read: dict[str, Any] = json.loads(json.dumps(document, ensure_ascii=False).encode())
    return read


def take_all(history: History, document: dict[str, Any], at: datetime) -> int:
    return history.transfer.take_in(history.transfer.look_through(document), "all", at)


def names(history: History) -> list[str]:
    return [row.customer_name for row in history.evaluations()]


def as_seen(history: History) -> list[object]:
    """All a person can see of a history, without ids."""
    seen: list[object] = []
    for row in history.evaluations():
        stored = history.evaluation(row.id)
        case = history.case(row.case_id)
        follow_ups = history.follow_ups.of_case(row.case_id)
        seen += [
            (stored.customer, stored.recommendation, stored.evaluated_at, row.state),
            (case.begun_at, case.note),
            history.actions.of(row.id),
            [(one.kind, one.title, one.due, one.snoozed_until, one.done_on) for one in follow_ups],
        ]
    return seen


def test_a_whole_history_comes_back_exactly(full: History, other: History, noon: datetime) -> None:
    document = as_a_file(full.transfer.export())

    take_all(other, document, noon)

    assert as_seen(other) == as_seen(full)
    assert names(other) == ["Fabrikam", "Søren AG", "Søren AG"]
    assert [(draft.customer, draft.answers, draft.page) for draft in other.drafts()] == [
        ({}, {"by": {"a": "b"}}, "1"),
        ({"name": " B ", "note": "x"}, {"products": ("sales",)}, "3"),
    ]
    of_a_case = other.drafts()[1].case_id
    assert of_a_case is not None
    assert other.case(of_a_case).customer_name == "Søren AG"
    assert other.transfer.export() == document


def test_some_cases_leave_without_the_others(full: History, other: History, noon: datetime) -> None:
    document = full.transfer.export([2])

    assert "Søren" not in json.dumps(document, ensure_ascii=False)
    take_all(other, document, noon)
    assert names(other) == ["Fabrikam"]
    assert other.drafts() == []


def test_what_comes_is_compared_with_what_is_here(
    full: History, other: History, made: Made, noon: datetime
) -> None:
    other.finish(None, Customer(name="FABRIKAM"), made(), noon + 9 * DAY)
    document = full.transfer.export()

    [soeren, fabrikam] = other.transfer.look_through(document).cases

    assert (soeren.customer_name, soeren.evaluations, soeren.known) == ("Søren AG", 2, "new")
    assert soeren.newest == date(2026, 11, 22)
    assert (fabrikam.known, fabrikam.days) == ("same_name", (date(2026, 11, 22),))
    assert {case.known for case in full.transfer.look_through(document).cases} == {"same"}


def test_nothing_that_is_here_is_replaced(full: History, noon: datetime) -> None:
    before = {row.id: full.evaluation(row.id) for row in full.evaluations()}

    import_id = take_all(full, full.transfer.export(), noon)

    assert full.count() == 6
    assert {row: full.evaluation(row) for row in before} == before
    full.imports.undo(import_id, noon)
    assert [row.id for row in full.evaluations()] == list(before)


def test_only_what_is_new_can_be_taken(full: History, other: History, noon: datetime) -> None:
    take_all(other, full.transfer.export([2]), noon)

    incoming = other.transfer.look_through(full.transfer.export()).new_only()
    other.transfer.take_in(incoming, "b", noon)

    assert sorted(names(other)) == ["Fabrikam", "Søren AG", "Søren AG"]


def test_a_draft_of_a_case_that_is_not_taken_becomes_one_of_its_own(
    full: History, other: History, noon: datetime
) -> None:
    incoming = other.transfer.look_through(full.transfer.export())

    other.transfer.take_in(Incoming(incoming.cases[1:], incoming.drafts), "b", noon)

    assert [draft.case_id for draft in other.drafts()] == [None, None]


def test_what_an_earlier_version_evaluated_comes_back_as_it_is(
    path: Path, other: History, noon: datetime
) -> None:
    with History.open(earlier_history(1, path)) as old:
        take_all(other, as_a_file(old.transfer.export()), noon)
        assert as_seen(other) == as_seen(old)


FAULTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no texts": lambda document: document["texts"].clear(),
    "unknown state": lambda document: document["cases"][0]["evaluations"][0]["actions"][0].update(
        state="dnoe"
    ),
    "unknown field": lambda document: document["cases"][1].update(colour="red"),
    "no evaluation": lambda document: document["cases"][1].update(evaluations=[]),
    "no list": lambda document: document["cases"][1].update(evaluations=3),
    "no case": lambda document: document["cases"].append("Contoso"),
    "no name": lambda document: document["cases"][1]["evaluations"][0]["customer"].update(name=""),
    "no zone": lambda document: document["cases"][1].update(begun_at="2026-11-22T12:00:00"),
    "wrong draft": lambda document: document["drafts"].append({"page": 1}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_read_is_refused_whole(
    full: History, other: History, fault: str, noon: datetime
) -> None:
    document = copy.deepcopy(full.transfer.export())
    FAULTS[fault](document)

    with pytest.raises(BadInput, match=r"^Case \d .*\.$"):
        take_all(other, document, noon)

    assert other.count() == 0


def test_drafts_that_came_go_with_the_undo_and_come_again_with_redo(
    full: History, other: History, noon: datetime
) -> None:
    other.save_draft(Draft({"name": "Mine"}, {}, "1"), noon)
    import_id = take_all(other, full.transfer.export(), noon)
    came = {draft.customer.get("name") for draft in other.drafts()}
    assert len(came) > 1

    taken_back = other.imports.undo(import_id, noon)

    assert [draft.customer.get("name") for draft in other.drafts()] == ["Mine"]
    other.imports.redo(taken_back)
    assert {draft.customer.get("name") for draft in other.drafts()} == came


def test_a_draft_that_somebody_went_on_with_stays(
    full: History, other: History, noon: datetime
) -> None:
    import_id = take_all(other, full.transfer.export(), noon)
    [draft, *_] = other.drafts()
    other.save_draft(replace(draft, page="2"), noon)

    other.imports.undo(import_id, noon)

    assert [one.id for one in other.drafts()] == [draft.id]


def test_of_what_is_new_a_draft_that_is_here_is_none(
    full: History, other: History, noon: datetime
) -> None:
    document = full.transfer.export()
    take_all(other, document, noon)
    before = other.drafts()
    assert before

    other.transfer.take_in(other.transfer.look_through(document).new_only(), "again", noon)

    assert other.drafts() == before
