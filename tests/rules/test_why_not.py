"""Why a rule does not stand: one cause for each, near misses first, told once."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from nca_wizard.rules.model.answers import Access, Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.reasons import (
    Failed,
    FailedAnswer,
    ForOthers,
    NotInForce,
    Overridden,
    WhyNot,
)
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.recommendation import recommend
from tests.content.outcomes import distinct_outcomes
from tests.rules.scenarios import TODAY, on_an_agreement, recommended


def told(got: Recommendation, association: str, goal: int = 0) -> list[WhyNot]:
    finding = next(f for f in got.goals[goal].findings if f.association == association)
    return [got.why_not[place] for place in finding.why_not]


def test_a_rule_fails_on_the_answer_that_was_given(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement())

    direct_bill = next(one for one in told(got, "csp") if one.rule == "csp-direct-bill")
    assert direct_bill == Failed(
        rule="csp-direct-bill",
        would_say="automatic",
        failed=(
            FailedAnswer(
                question="channel",
                choice="",
                given="enterprise_agreement",
                wanted=("csp_direct_bill",),
            ),
        ),
        at_best=("automatic",),
    )
    asked = got.asked["channel"]
    assert asked.title == "Channel"
    assert {"enterprise_agreement", "csp_direct_bill"} <= set(asked.choices)
    assert got.rule_texts["csp-direct-bill"].for_us.startswith("The customer buys in CSP")


def test_a_rule_gives_way_to_another(rulebook: Rulebook) -> None:
    by_rule = {
        rule.id: set(rule.overrides) for rule in rulebook.access if "dpor" in rule.association
    }
    held = recommended(rulebook, on_an_agreement(incumbent=("us_dpor",), customer_names_us="yes"))

    overridden = [one for one in told(held, "dpor") if isinstance(one, Overridden)]
    assert overridden
    for one in overridden:
        assert one.by
        assert all(one.rule in by_rule[rule] for rule in one.by)
        assert set(one.by) <= set(held.rule_texts)


def test_another_answer_is_told_with_what_all_rules_say_then(rulebook: Rulebook) -> None:
    alone = on_an_agreement(our_part=("sold_agreement",))
    beside_another_claim = {**alone, "incumbent": ("other_cpor",)}

    def if_influenced(answers: dict[str, Answer]) -> tuple[Access, ...]:
        found = told(recommended(rulebook, answers), "cpor_revrec")
        (rule,) = (one for one in found if one.rule == "revrec-influenced")
        assert isinstance(rule, Failed)
        return rule.at_best

    assert if_influenced(alone) == ("open",)
    assert if_influenced(beside_another_claim) == ("unclear",)


def test_a_rule_is_not_in_force_until_or_after_a_day(rulebook: Rulebook) -> None:
    day = date(2024, 8, 1)
    before = recommended(rulebook, on_an_agreement(), date(2024, 7, 31))
    after = recommended(rulebook, on_an_agreement(), day)

    def out_of_force(got: Recommendation) -> set[tuple[date | None, date | None]]:
        return {
            (one.first_day, one.last_day)
            for one in told(got, "cpor_osa")
            if isinstance(one, NotInForce)
        }

    assert (day, None) in out_of_force(before)
    assert (None, date(2024, 7, 31)) in out_of_force(after)


def test_a_rule_for_other_products_or_metrics_says_for_which(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(products=("power_apps",), metrics=("deployments",)))

    others = {one.rule: one for one in told(got, "dpor") if isinstance(one, ForOthers)}
    assert others["dpor-use"] == ForOthers(
        rule="dpor-use",
        would_say="yes",
        family="power_platform",
        families=("dynamics_365",),
        metric="",
        metrics=(),
    )
    assert others["dpor-nca"].metrics == ("net_customer_adds",)
    assert got.names["dynamics_365"] == "Dynamics 365"


def test_every_credit_rule_of_an_association_stands_or_is_told_why_not(
    rulebook: Rulebook,
) -> None:
    got = recommended(rulebook, on_an_agreement(products=("customer_insights", "other")))

    for goal in got.goals:
        for finding in goal.findings:
            about = {r.id for r in rulebook.credit if finding.association in r.association}
            not_standing = {got.why_not[place].rule for place in finding.why_not} & about
            family = rulebook.product(goal.product).family
            stand = {
                rule.id
                for rule in rulebook.credit
                if finding.association in rule.association
                and family in rule.family
                and goal.metric in rule.metric
                and rule.in_force_on(TODAY)
            }
            assert stand | not_standing == about
            assert not stand & not_standing


def test_a_goal_that_was_listed_otherwise_says_until_when(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(products=("marketing",)))

    (goal,) = got.goals
    assert goal.verdict == "not_measured"
    days = {
        (one.would_say, one.last_day)
        for one in (got.why_not[place] for place in goal.why_not)
        if isinstance(one, NotInForce)
    }
    assert days == {("yes", date(2023, 6, 13)), ("unclear", date(2026, 7, 29))}


def test_each_rule_for_an_association_stands_or_is_told_why_not(rulebook: Rulebook) -> None:
    for outcome in islice(distinct_outcomes(rulebook), 0, None, 11):
        got = recommend(rulebook, outcome.sample)
        for finding in got.goals[0].findings:
            rules = [got.why_not[place].rule for place in finding.why_not]
            about = {r.id for r in rulebook.access if finding.association in r.association}
            access = {
                reason.rule for reason in finding.reasons if reason.rule in about
            } or about - set(rules)

            assert len(rules) == len(set(rules))
            assert set(rules) & access == set()
            assert access
            assert about == access | (set(rules) & about)


def test_goals_share_what_they_have_in_common(rulebook: Rulebook) -> None:
    one = recommended(rulebook, on_an_agreement())
    three = recommended(
        rulebook,
        on_an_agreement(metrics=("net_customer_adds", "usage_growth", "deployments")),
    )

    def of_answers(some: Iterable[WhyNot]) -> list[WhyNot]:
        return [each for each in some if not isinstance(each, NotInForce | ForOthers)]

    assert of_answers(three.why_not) == of_answers(one.why_not)
    assert of_answers(told(three, "csp", 0)) == of_answers(told(three, "csp", 1))
    # A credit rule for other goals is told once for each way in which it is for others.
    assert len(three.why_not) < 2 * len(one.why_not)


def test_outside_the_horizon_no_rule_is_said_to_stand_or_not(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(), date(2027, 11, 23))

    assert (got.why_not, got.rule_texts) == ((), {})
