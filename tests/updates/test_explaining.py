"""What an import left out is worked out later, by the rules it was evaluated with."""

from datetime import date
from pathlib import Path

from nca_wizard.paths import resources
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.model.values import Scenario
from nca_wizard.updates.explaining import Explaining
from nca_wizard.updates.store import BookStore
from tests.updates.making import Maker

SCENARIO = Scenario(
    as_of=date(2026, 11, 20),
    answers={
        "channel": "enterprise_agreement",
        "products": ("sales",),
        "metrics": ("net_customer_adds",),
    },
)


def test_it_is_what_would_have_been_said_then_though_another_book_is_in_use(
    tmp_path: Path, build: Path, make: Maker, today: date
) -> None:
    engine = Engine(rulebooks.load(build))
    plain, whole = engine.recommend_plainly(SCENARIO), engine.recommend(SCENARIO)
    books = BookStore(tmp_path / "rules", build)
    update = tmp_path / "later.ncarules"
    update.write_bytes(make.update(serial=12, version="2026.12"))
    books.activate(books.read(update, today), today)

    explained = Explaining(books)

    assert books.active.rulebook.hash != plain.rulebook.hash
    assert plain != whole
    assert explained(plain) == whole
    assert explained(whole) is whole


def test_without_the_book_of_then_nothing_is_added(tmp_path: Path) -> None:
    plain = Engine(rulebooks.load(resources())).recommend_plainly(SCENARIO)
    stamp = plain.rulebook.model_copy(update={"hash": "f" * 64})
    of_another = plain.model_copy(update={"rulebook": stamp})

    assert Explaining(BookStore(tmp_path, resources()))(of_another) is of_another


def test_what_was_said_stays_where_the_rules_now_come_to_something_else(tmp_path: Path) -> None:
    plain = Engine(rulebooks.load(resources())).recommend_plainly(SCENARIO)
    said_by_an_older_program = plain.model_copy(update={"goals": ()})

    explained = Explaining(BookStore(tmp_path, resources()))(said_by_an_older_program)

    assert explained is said_by_an_older_program
