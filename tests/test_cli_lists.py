"""`evaluate LIST --out RESULT`: every row comes back with its verdicts or its reason."""

import json
import random
from datetime import date
from pathlib import Path

import pytest

from nca_wizard import cli
from nca_wizard.errors import CannotWrite, UsageFault
from nca_wizard.exchange import lists
from nca_wizard.exchange.list_results import RESULT_HEADINGS
from nca_wizard.paths import resources
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.model.book import Rulebook

TODAY = date(2026, 11, 22)
LIST = """name;channel;products;metrics;our_part;mine
Contoso;enterprise_agreement;sales;net_customer_adds;implements;=1+1
;web_direct;sales;;;
Fabrikam;EAS;sales;;;
Northwind;Enterprise Agreement;;;;kept
"""


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    return ["--data-dir", str(tmp_path / "data")]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(listed: Path, out: Path, data: list[str], *more: str) -> int:
    return cli.main(["evaluate", str(listed), "--out", str(out), *data, *more], today=TODAY)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_result_repeats_each_row_and_adds_what_came_out(
    listed: Path, tmp_path: Path, data: list[str], ending: str
) -> None:
    out = tmp_path / f"result{ending}"

    assert run(listed, out, data) == 2

    table = lists.read(out)
    assert table.headings == (*LIST.splitlines()[0].split(";"), *RESULT_HEADINGS)
    first, second, third, fourth = (
        dict(zip(table.headings, r.cells, strict=True)) for r in table.rows
    )
    assert first["mine"] == "=1+1"
    assert first["verdicts"] == "sales/net_customer_adds=depends"
    assert second["rejected"] == "Enter the customer's name"
    assert '"EAS" is none of' in third["rejected"]
    assert (fourth["verdicts"], fourth["mine"], fourth["rejected"]) == ("", "kept", "")


def test_it_says_how_many_and_which_were_rejected(
    listed: Path, tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(listed, tmp_path / "r.csv", data)

    said = capsys.readouterr()
    assert said.out == "2 evaluated, 2 not. 2 + 2 = 4 rows.\n"
    assert "Row 3: Enter the customer's name" in said.err
    assert "Columns that are not used: mine" in said.err


def test_a_corrected_result_is_a_list_again(listed: Path, tmp_path: Path, data: list[str]) -> None:
    first, again = tmp_path / "first.csv", tmp_path / "again.csv"
    run(listed, first, data)
    text = (
        first.read_text("utf-8-sig").replace("EAS", "web_direct").replace("\n,web", "\nAdatum,web")
    )
    first.write_text(text, encoding="utf-8")

    assert run(first, again, data) == 0
    assert lists.read(again).headings == lists.read(first).headings


def test_json_has_the_customers_the_rejected_and_the_rules(
    listed: Path, tmp_path: Path, data: list[str]
) -> None:
    out = tmp_path / "r.json"
    run(listed, out, data, "--as-of", "2026-10-01")

    document = json.loads(out.read_text("utf-8"))
    assert document["rulebook"]["as_of"] == "2026-10-01"
    assert [one["customer"]["name"] for one in document["customers"]] == ["Contoso", "Northwind"]
    assert [one["row"] for one in document["rejected"]] == [3, 4]


def test_a_result_that_is_there_is_not_overwritten_without_force(
    listed: Path, tmp_path: Path, data: list[str]
) -> None:
    out = tmp_path / "r.csv"
    out.write_text("mine")
    with pytest.raises(CannotWrite):
        run(listed, out, data)
    assert out.read_text() == "mine"

    assert run(listed, out, data, "--force") == 2


@pytest.mark.parametrize(
    "arguments",
    [["list.csv"], ["list.csv", "--out", "r.pdf"], ["case.ncacase", "--out", "r.csv"]],
)
def test_a_list_needs_an_out_and_a_case_file_has_none(arguments: list[str]) -> None:
    with pytest.raises(UsageFault):
        cli.main(["evaluate", *arguments], today=TODAY)


def answers(book: Rulebook, chance: random.Random) -> dict[str, object]:
    """Any answers, some not known."""
    found: dict[str, object] = {}
    for question in book.questions:
        ids = [one.id for one in question.choices if not one.alone and one.id != "mixed"]
        if question.kind == "by_product" or chance.random() < 0.15:
            continue
        found[question.id] = (
            chance.sample(ids, chance.randint(1, 2))
            if question.kind == "several"
            else chance.choice(ids)
        )
    return found


def test_a_row_gets_the_verdicts_and_the_plan_that_its_case_file_gets(
    tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    book = rulebooks.load(resources())
    chance = random.Random(7)
    cases = [answers(book, chance) for _ in range(40)]
    ids = [question.id for question in book.questions]
    listed, out = tmp_path / "list.csv", tmp_path / "r.json"
    lists.write(
        listed,
        ["name", *ids],
        [
            ["x", *(";".join(v) if isinstance(v := case.get(q, ""), list) else str(v) for q in ids)]
            for case in cases
        ],
    )
    assert run(listed, out, data) == 0
    capsys.readouterr()

    for case, got in zip(cases, json.loads(out.read_text())["customers"], strict=True):
        path = tmp_path / "one.ncacase"
        path.write_text(json.dumps({"answers": case}))
        cli.main(["evaluate", str(path), "--json", *data], today=TODAY)
        alone = json.loads(capsys.readouterr().out)
        assert got["goals"] == [
            {key: goal[key] for key in ("product", "metric", "verdict")} for goal in alone["goals"]
        ]
        assert [one["association"] for one in got["plan"]] == [
            one["association"] for one in alone["plan"]
        ]
