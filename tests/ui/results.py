"""Real recommendations and the page that shows them, for the tests of the result."""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nca_wizard.customer import Customer
from nca_wizard.paths import resources
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.interview import Interview, refuse_unknown_ids
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.texts import Texts
from nca_wizard.ui.result_page import ResultPage
from nca_wizard.ui.theme import Theme

TODAY = date(2026, 11, 22)
WHEN = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
T = Texts.load("en")
_CASES = Path(__file__).parent.parent / "content" / "worked_cases.json"
METRICS = ("net_customer_adds", "usage_growth", "deployments")


@cache
def book() -> Rulebook:
    return rulebooks.load(resources())


def evaluated(answers: Answers, day: date = TODAY) -> Recommendation:
    known = refuse_unknown_ids(book(), answers)
    in_play = Interview(book(), known, day).answers_in_play
    return recommend(book(), Scenario(as_of=day, answers=in_play))


def _cases() -> dict[str, Recommendation]:
    cases = json.loads(_CASES.read_text(encoding="utf-8"))
    return {
        case["id"]: evaluated(
            {key: tuple(a) if isinstance(a, list) else a for key, a in case["answers"].items()},
            date.fromisoformat(case.get("as_of", TODAY.isoformat())),
        )
        for case in cases
    }


@cache
def samples() -> dict[str, Recommendation]:
    """Every worked case, every product at once, and one where nothing was answered."""
    every = tuple(product.id for product in book().products if product.id != "other")
    enterprise: Answers = {
        "channel": "enterprise_agreement",
        "cloud": "commercial",
        "subscription": "active_paid",
        "track": "smb",
        "revenue": "from_1500",
        "our_part": ("implements",),
        "incumbent": ("none",),
        "customer_names_us": "no",
    }
    return {
        **_cases(),
        "every product": evaluated({**enterprise, "products": every, "metrics": METRICS}),
        "nothing answered": evaluated({}),
        "out of the days covered": evaluated(
            {**enterprise, "products": ("sales",), "metrics": METRICS}, date(2019, 1, 1)
        ),
    }


@cache
def themed() -> Theme:
    """The fonts and colours of the program, in the process that runs the tests."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("no application to theme")
    return Theme(app, resources() / "fonts")


def shown(
    qtbot: QtBot, recommendation: Recommendation, name: str = "Contoso AB", *, current: bool = True
) -> ResultPage:
    """The page with this recommendation, on the screen."""
    themed()
    page = ResultPage(T)
    qtbot.addWidget(page)
    page.show_recommendation(Customer(name=name), recommendation, WHEN, current)
    page.resize(1000, 680)
    page.show()
    return page


def words_on(widget: QWidget) -> str:
    """Every word that can be read, unhidden or not."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))
