"""What a customer can add to the score, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from nca_wizard.rules.model.answers import Answer, Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import MetricPoints, PlannedFloor, PlannedRate
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.points import added, consumption, smallest_count
from nca_wizard.rules.recommendation import recommend

ON_EA: Answers = {
    "channel": "enterprise_agreement",
    "cloud": "commercial",
    "subscription": "active_paid",
    "track": "smb",
    "revenue": "from_1500",
    "incumbent": ("none",),
    "customer_names_us": "no",
    "our_part": ("influenced_purchase", "implements", "tenant_account"),
    "metrics": ("net_customer_adds", "usage_growth", "deployments"),
}


def points(
    rulebook: Rulebook, *products: str, as_of: date = date(2026, 11, 22), **changed: Answer
) -> dict[str, MetricPoints]:
    answers = {**ON_EA, "products": products, **changed}
    found = recommend(rulebook, Scenario(as_of=as_of, answers=answers)).points
    return {one.metric: one for one in found}


def test_each_product_adds_three_points_up_to_fifteen(rulebook: Rulebook) -> None:
    two = points(rulebook, "sales", "business_central")["net_customer_adds"]
    six = points(
        rulebook, "sales", "business_central", "finance", "commerce", "field_service", "power_apps"
    )["net_customer_adds"]

    assert added(two) is not None
    assert [(one.sure, one.possible) for one in (added(two), added(six)) if one] == [
        (6, 6),
        (15, 15),
    ]


def test_products_that_are_counted_as_one_workload_are_one_deployment(rulebook: Rulebook) -> None:
    found = points(rulebook, "sales", "customer_service", "field_service")

    assert found["deployments"].sure == ("Common data service (Customer Engagement)",)
    assert (one := added(found["deployments"])) is not None
    assert one.sure == 4
    assert (adds := added(found["net_customer_adds"])) is not None
    assert adds.sure == 9


def test_usage_growth_brings_no_points_for_one_customer(rulebook: Rulebook) -> None:
    assert added(points(rulebook, "sales")["usage_growth"]) is None


def test_what_is_not_settled_is_possible_and_no_more(rulebook: Rulebook) -> None:
    found = added(points(rulebook, "sales", revenue="below_250")["net_customer_adds"])

    assert found is not None
    assert (found.sure, found.possible) == (0, 3)


def test_what_has_no_route_adds_nothing(rulebook: Rulebook) -> None:
    found = points(rulebook, "sales", channel="csp_other_partner")["net_customer_adds"]

    assert (one := added(found)) is not None
    assert one.possible == 0


def test_a_metric_not_chosen_has_no_points(rulebook: Rulebook) -> None:
    assert set(points(rulebook, "sales", metrics=("deployments",))) == {"deployments"}


def test_before_the_text_that_says_so_nothing_is_known(rulebook: Rulebook) -> None:
    assert points(rulebook, "sales", as_of=date(2023, 6, 12)) == {}
    assert points(rulebook, "sales", as_of=date(2023, 6, 13))


def rate_and_floor(
    rulebook: Rulebook, product: str, track: str
) -> tuple[PlannedRate, PlannedFloor]:
    found = points(rulebook, product)["deployments"]
    return found.rates[0], next(one for one in found.floors if one.track == track)


@pytest.mark.parametrize(
    ("product", "smallest"),
    [
        ("business_central", 5),
        ("sales", 25),
        ("power_apps", 25),
        ("power_bi", 25),
        ("finance", 50),
        ("customer_insights", 25_000),
        ("power_pages", 50),
        ("contact_center", 25),
    ],
)
def test_the_smallest_deployment_that_counts(
    rulebook: Rulebook, product: str, smallest: int
) -> None:
    assert smallest_count(*rate_and_floor(rulebook, product, "smb")) == smallest
    assert smallest_count(*rate_and_floor(rulebook, product, "enterprise")) == 2 * smallest


def test_the_calculator_says_what_is_missing(rulebook: Rulebook) -> None:
    rate, floor = rate_and_floor(rulebook, "sales", "smb")

    assert consumption(12, rate, floor).value == Decimal(2400)
    assert consumption(12, rate, floor).missing == 13
    assert consumption(25, rate, floor).reaches_the_floor
    assert not consumption(24, rate, floor).reaches_the_floor
    with pytest.raises(ValueError, match="cannot be -1"):
        consumption(-1, rate, floor)


def test_a_fifth_of_a_point_for_a_profile_is_exact(rulebook: Rulebook) -> None:
    rate, floor = rate_and_floor(rulebook, "customer_insights", "smb")

    assert rate.per == "profile"
    assert consumption(24_999, rate, floor).value == Decimal("4999.8")
    assert consumption(24_999, rate, floor).missing == 1


def test_every_figure_has_a_source(rulebook: Rulebook) -> None:
    for found in points(rulebook, "sales", "customer_insights").values():
        assert found.cites
        assert all(rate.cites for rate in found.rates)
        assert all(floor.cites for floor in found.floors)


def test_every_product_measured_by_use_has_a_rate(rulebook: Rulebook) -> None:
    day = date(2026, 11, 22)
    used = {
        rule.workload
        for rule in rulebook.measured
        if "deployments" in rule.metric and rule.measured == "yes" and rule.in_force_on(day)
    }

    assert used == {rate.workload for rate in rulebook.rates if rate.in_force_on(day)}
