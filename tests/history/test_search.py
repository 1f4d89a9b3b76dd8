"""The list shows what was asked for, in order, and gives up when nobody waits any more."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nca_wizard.customer import Customer
from nca_wizard.history import search as searching
from nca_wizard.history.search import Cancelled, Query, Search
from nca_wizard.history.store import DamagedHistory, Draft, History
from nca_wizard.rules.model.results import Recommendation

Made = Callable[..., Recommendation]


@pytest.fixture
def search(history: History) -> Iterator[Search]:
    found = history.searching("sv")
    yield found
    found.close()


def finish(history: History, name: str, recommendation: Recommendation, at: datetime) -> int:
    return history.finish(None, Customer(name=name), recommendation, at)


def names(search: Search, query: Query) -> list[str]:
    found = search.find(query)
    rows = search.rows(found.ids)
    return [
        row.customer["name"] if isinstance(row, Draft) else row.customer_name
        for row in (rows[one] for one in found.ids)
    ]


@pytest.fixture
def register(history: History, made: Made, noon: datetime) -> History:
    """Four evaluations an hour apart, the oldest first, and a draft between."""
    mixed = made()
    plain = mixed.model_copy(
        update={"answers": {"channel": "web_direct"}, "plan": (), "goals": mixed.goals[1:]}
    )
    older = mixed.rulebook.model_copy(
        update={"version": "2025.08", "as_of": noon.date().replace(2025)}
    )
    for hours, (name, recommendation) in enumerate(
        [
            ("Öberg 10", mixed),
            ("Aland", plain),
            ("öberg 10", mixed.model_copy(update={"rulebook": older})),
            ("Öberg 9", mixed),
        ]
    ):
        finish(history, name, recommendation, noon + timedelta(hours=hours))
    history.save_draft(
        Draft({"name": "Zebra", "note": "Call Jörg"}, {"channel": "web_direct"}, "3"),
        noon + timedelta(hours=1, minutes=30),
    )
    return history


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), ["Öberg 9", "öberg 10", "Zebra", "Aland", "Öberg 10"]),
        (Query(backwards=True), ["Öberg 10", "Aland", "Zebra", "öberg 10", "Öberg 9"]),
        (Query(sort="customer"), ["Aland", "Zebra", "Öberg 9", "Öberg 10", "öberg 10"]),
        (
            Query(sort="customer", backwards=True),
            ["öberg 10", "Öberg 10", "Öberg 9", "Zebra", "Aland"],
        ),
        (Query(sort="state"), ["Zebra", "Öberg 9", "öberg 10", "Öberg 10", "Aland"]),
        (Query(sort="rules"), ["Zebra", "öberg 10", "Öberg 9", "Aland", "Öberg 10"]),
        (Query(search="oberg"), ["Öberg 9", "öberg 10", "Öberg 10"]),
        (Query(search="joerg call"), ["Zebra"]),
        (Query(channel="web_direct"), ["Zebra", "Aland"]),
        (Query(channel="csp"), ["Öberg 9", "öberg 10", "Öberg 10"]),
        (Query(channel="mixed"), []),
        (Query(association="cpor_revrec"), ["Öberg 9", "öberg 10", "Öberg 10"]),
        (Query(association="dpor"), []),
        (Query(verdict="action_needed"), ["Öberg 9", "öberg 10", "Öberg 10"]),
        (Query(verdict="automatic", sort="customer"), ["Aland", "Öberg 9", "Öberg 10", "öberg 10"]),
        (Query(state="draft"), ["Zebra"]),
        (Query(state="nothing_to_do"), ["Aland"]),
        (Query(state="to_do"), ["Öberg 9", "öberg 10", "Öberg 10"]),
        (Query(year=2025), ["öberg 10"]),
        (Query(year=2026), ["Öberg 9", "Zebra", "Aland", "Öberg 10"]),
        (Query(other_rules_than="2026.11"), ["öberg 10"]),
        (Query(newest_per_customer=True), ["Öberg 9", "öberg 10", "Zebra", "Aland"]),
        (Query(search="berg", year=2026, state="to_do"), ["Öberg 9", "Öberg 10"]),
        (Query(sort="channel"), ["Öberg 9", "öberg 10", "Öberg 10", "Zebra", "Aland"]),
        (Query(sort="products"), ["Zebra", "Öberg 9", "öberg 10", "Aland", "Öberg 10"]),
        (Query(sort="actions"), ["Zebra", "Aland", "Öberg 9", "öberg 10", "Öberg 10"]),
    ],
    ids=str,
)
def test_the_list_has_what_was_asked_for_in_order(
    register: History, search: Search, query: Query, expected: list[str]
) -> None:
    assert names(search, query) == expected
    assert search.find(query).of == 5


def test_the_states_of_the_actions_sort_and_filter(register: History, search: Search) -> None:
    first, _, third, fourth = (row.id for row in reversed(register.evaluations()))
    register.actions.set_state(fourth, "g1", "not_doing", None)
    register.actions.set_state(third, "g1", "in_progress", None)

    assert names(search, Query(state="done")) == ["Öberg 9"]
    assert names(search, Query(state="in_progress")) == ["öberg 10"]
    assert search.find(Query(state="to_do")).ids == [first]
    assert names(search, Query(sort="state")) == [
        "Zebra", "Öberg 10", "öberg 10", "Öberg 9", "Aland",
    ]  # fmt: skip
    row = search.rows([fourth])[fourth]
    assert not isinstance(row, Draft)
    assert row.state == "done"


def test_the_years_are_those_evaluated_for(register: History, search: Search) -> None:
    assert search.years() == [2026, 2025]


@given(st.text(st.characters(codec=None)))
def test_no_search_raises_anything(tmp_path_factory: pytest.TempPathFactory, typed: str) -> None:
    path = tmp_path_factory.getbasetemp() / "typed.sqlite"
    with History.open(path) as history:
        search = history.searching("en")
        assert search.find(Query(search=typed, sort="customer")).ids == []
        search.close()


def test_a_draft_with_half_a_sign_is_listed(
    history: History, search: Search, noon: datetime
) -> None:
    draft = history.save_draft(Draft({"name": "Møl\ud800ler"}, {}, "1"), noon)

    assert search.find(Query(search="moller", sort="customer")).ids == [-(draft.id or 0)]


def test_a_list_works_in_another_thread_and_sees_what_is_saved_meanwhile(
    history: History, search: Search, recommendation: Recommendation, noon: datetime
) -> None:
    found: list[list[str]] = []

    def look() -> None:
        found.append(names(search, Query(search="contoso")))

    for name in ("Contoso A", "Contoso B"):
        finish(history, name, recommendation, noon)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    assert found == [["Contoso A"], ["Contoso B", "Contoso A"]]


def test_a_list_nobody_waits_for_any_more_is_given_up(
    register: History, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_STEPS_BETWEEN_QUESTIONS", 10)
    asked = 0

    def still_wanted() -> bool:
        nonlocal asked
        asked += 1
        return asked < 5

    with pytest.raises(Cancelled):
        search.find(Query(), still_wanted)
    assert asked == 5
    assert len(search.find(Query()).ids) == 5


def test_a_history_that_is_not_saved_can_be_searched_too(
    path: Path, recommendation: Recommendation, noon: datetime
) -> None:
    path.mkdir(parents=True)
    with History.open(path) as history:
        assert history.read_only
        search = history.searching("en")
        assert search.find(Query()).ids == []
        search.close()


def test_damage_is_named(register: History, path: Path) -> None:
    register.close()
    with History.open(path) as history:
        size = path.stat().st_size
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (size - 4096))
        with pytest.raises(DamagedHistory, match="is damaged"):
            history.searching("en").find(Query())


def test_channels_stand_in_the_order_of_what_the_list_calls_them(register: History) -> None:
    search = register.searching("en", {"web_direct": "A shop"})

    found = names(search, Query(sort="channel"))
    search.close()
    assert found[:2] == ["Zebra", "Aland"]


def test_actions_stand_in_the_order_of_the_words_the_list_has_for_them(
    history: History, made: Callable[..., Recommendation], noon: datetime
) -> None:
    for name, association in (("First", "CPOR"), ("Second", "DPOR")):
        history.finish(None, Customer(name=name), made(association=association), noon)
    said = {"CPOR": "zuletzt", "DPOR": "anfangs"}
    search = history.searching("de", headline=lambda actions, *_: said[actions[0]])

    found = names(search, Query(sort="actions"))
    search.close()
    assert found == ["Second", "First"]
