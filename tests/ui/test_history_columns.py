"""How the columns of the history share the width."""

import pytest

from nca_wizard.history.search import SortKey
from nca_wizard.ui.history_columns import Columns
from nca_wizard.ui.history_lines import COLUMNS

LEAST: dict[SortKey, int] = {
    "customer": 120, "date": 90, "channel": 80, "products": 100, "actions": 100, "state": 90,
    "rules": 80,
}  # fmt: skip


@pytest.mark.parametrize("width", [120, 300, 500, 660, 661, 900, 2000])
def test_they_fill_the_width_and_none_is_too_narrow(width: int) -> None:
    widths = Columns().fit(width, LEAST)

    assert width - len(widths) < sum(widths.values()) <= width
    assert all(widths[key] >= LEAST[key] for key in widths)
    assert "customer" in widths


def test_where_there_is_no_room_the_rules_go_first_and_the_customer_never() -> None:
    assert "rules" not in Columns().fit(640, LEAST)
    assert set(Columns().fit(50, LEAST)) == {"customer"}


def test_what_is_hidden_stays_hidden_and_the_customer_cannot_be() -> None:
    columns = Columns().toggled("date").toggled("customer")

    assert "date" not in columns.fit(2000, LEAST)
    assert "customer" in columns.fit(2000, LEAST)
    assert "date" in columns.toggled("date").fit(2000, LEAST)


def test_a_pulled_column_takes_from_those_after_it_down_to_what_they_need() -> None:
    widths = Columns().fit(1000, LEAST)
    wider = Columns().pulled("customer", 5000, widths, LEAST).fit(1000, LEAST)
    narrower = Columns().pulled("customer", 10, widths, LEAST).fit(1000, LEAST)

    assert wider["customer"] == pytest.approx(1000 - sum(LEAST.values()) + 120, abs=8)
    assert narrower["customer"] == pytest.approx(120, abs=8)
    assert narrower["date"] > widths["date"]


def test_what_is_written_down_is_read_again() -> None:
    columns = Columns(
        tuple(reversed(COLUMNS)), frozenset({"date"}), {**Columns().shares, "date": 7}
    )

    assert Columns.read(columns.written()) == columns


@pytest.mark.parametrize("text", ["", "nonsense", "date:x -customer:0 date:3", "é:9 :"])
def test_what_makes_no_sense_is_as_usual(text: str) -> None:
    columns = Columns.read(text)

    assert set(columns.order) == set(COLUMNS)
    assert columns.hidden == frozenset()
    assert columns.shares == Columns().shares
