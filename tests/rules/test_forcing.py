"""Which answers mattered: the smallest sets that force a verdict."""

from datetime import date

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Goal
from tests.rules.scenarios import on_an_agreement, recommended


def forced(goal: Goal) -> set[frozenset[str]]:
    assert len(goal.forced_by) == goal.forced_by_sets
    return {frozenset(questions) for questions in goal.forced_by}


def test_use_in_csp_is_forced_by_the_channel_and_the_state(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook, on_an_agreement(channel="csp_direct_bill", metrics=("usage_growth",))
    )

    assert forced(got.goals[0]) == {frozenset({"channel", "subscription"})}


def test_the_floor_matters_to_net_customer_adds(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(channel="csp_direct_bill"))

    (questions,) = forced(got.goals[0])
    assert {"channel", "subscription", "revenue"} <= questions
    assert not {"our_part", "incumbent", "customer_names_us"} & questions


def test_what_is_not_measured_is_so_whatever_is_answered(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook, on_an_agreement(products=("copilot_studio",), metrics=("usage_growth",))
    )

    assert got.goals[0].verdict == "not_measured"
    assert got.goals[0].forced_by == ((),)


def test_outside_the_horizon_no_answer_matters(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(), date(2027, 11, 23))

    assert got.goals[0].forced_by == ((),)


def test_nothing_forces_a_verdict_that_depends(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(subscription="unknown"))

    assert got.goals[0].verdict == "depends"
    assert forced(got.goals[0]) == set()


def test_the_channel_is_named_as_it_was_asked(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook,
        on_an_agreement(
            channel="mixed",
            metrics=("usage_growth",),
            channel_by_product={"sales": "csp_direct_bill"},
        ),
    )

    assert forced(got.goals[0]) == {frozenset({"channel_by_product", "subscription"})}
    assert got.asked["channel_by_product"].title == "Channel per product"
