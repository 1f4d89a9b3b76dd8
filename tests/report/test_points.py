"""Points in sentences, and on which papers they stand."""

from datetime import date

import pytest

from nca_wizard.report.plain import plain_text
from nca_wizard.report.points import NOT_MONEY, calculated, points_lines
from nca_wizard.rules.model.answers import Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.points import consumption
from nca_wizard.rules.recommendation import recommend
from nca_wizard.texts import Texts


@pytest.fixture
def rec(rulebook: Rulebook) -> Recommendation:
    answers: Answers = {
        "channel": "csp_direct_bill",
        "cloud": "commercial",
        "subscription": "active_paid",
        "track": "smb",
        "revenue": "from_1500",
        "products": ("sales", "business_central"),
        "metrics": ("net_customer_adds", "usage_growth", "deployments"),
    }
    return recommend(rulebook, Scenario(as_of=date(2026, 11, 22), answers=answers))


def test_points_are_told_with_their_formula(t: Texts, rec: Recommendation) -> None:
    said = {one.lead: one.text for one in points_lines(t, rec)}

    assert said["Net customer adds"] == (
        "6 points at most: 3 for each product that counts (Sales and Business Central), "
        "15 over all customers."
    )
    assert said["Usage growth"].startswith("no points for a single customer")
    assert said["Deployments"].endswith(
        "5,000 on (SMB): Business Central 5 active users x 1,000; "
        "Common data service (Customer Engagement) 25 active users x 200."
    )


def test_while_the_track_is_unknown_both_floors_are_told(t: Texts, rec: Recommendation) -> None:
    unknown = {key: answer for key, answer in rec.answers.items() if key != "track"}
    said = points_lines(t, rec.model_copy(update={"answers": unknown}))[-1].text

    assert "(SMB)" in said
    assert "(Enterprise)" in said


def test_the_text_for_us_says_that_points_are_not_money(t: Texts, rec: Recommendation) -> None:
    assert NOT_MONEY in " ".join(plain_text(t, rec).split())


def test_the_calculator_answers_in_a_sentence(t: Texts, rec: Recommendation) -> None:
    deployments = rec.points[-1]
    rate = deployments.rates[-1]

    few = calculated(t, 12, rate, consumption(12, rate, deployments.floors[0]))
    enough = calculated(t, 25, rate, consumption(25, rate, deployments.floors[0]))

    assert few == "12 x 200 = 2,400. 13 more reach 5,000."
    assert enough == "25 x 200 = 5,000. That reaches 5,000."


@pytest.mark.parametrize(
    ("sure", "possible", "said"),
    [
        (("Sales",), (), "3 points at most"),
        (("Sales",), ("Finance",), "3 points at most, 6 if what is open turns out well"),
        ((), ("Finance",), "no points as things stand, 3 at most if what is open turns out well"),
        ((), (), "no points as things stand"),
    ],
)
def test_in_short_they_are_told_without_how_they_are_counted(
    t: Texts, rec: Recommendation, sure: tuple[str, ...], possible: tuple[str, ...], said: str
) -> None:
    adds = rec.points[0].model_copy(update={"sure": sure, "possible": possible})
    [line] = points_lines(t, rec.model_copy(update={"points": (adds,)}))

    assert line.short == said


def test_in_short_growth_is_counted_over_all_customers(t: Texts, rec: Recommendation) -> None:
    growth = points_lines(t, rec)[1]

    assert growth.short == "no points for a single customer: it is counted over all customers"
