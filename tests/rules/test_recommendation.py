"""What stands in a recommendation, scenario by scenario, on the rulebook that ships."""

from datetime import date, timedelta

from nca_wizard.rules.model.answers import Answer
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Action, Recommendation
from nca_wizard.rules.recommendation import recommend
from tests.content.outcomes import distinct_outcomes
from tests.rules.scenarios import on_an_agreement, recommended


def planned(recommendation: Recommendation) -> list[tuple[str, str]]:
    return [(action.association, action.certainty) for action in recommendation.plan]


def action_for(recommendation: Recommendation, association: str) -> Action:
    return next(action for action in recommendation.plan if action.association == association)


def test_a_recommendation_comes_back_from_its_stored_form_unchanged(rulebook: Rulebook) -> None:
    before = recommended(rulebook, on_an_agreement(metrics=("net_customer_adds", "usage_growth")))

    assert Recommendation.model_validate_json(before.model_dump_json()) == before


def test_what_would_change_the_result_is_true_when_tried(rulebook: Rulebook) -> None:
    tried = 0
    for outcome in distinct_outcomes(rulebook):
        answers = dict(outcome.sample.answers)
        got = recommend(rulebook, outcome.sample)
        for change in got.would_change:
            question = rulebook.question(change.question)
            present = answers[change.question]
            if question.kind == "several":
                alone = {choice.id for choice in question.choices if choice.alone}
                kept = [c for c in present if c not in alone and change.choice not in alone]
                new: Answer = (*kept, change.choice)
            else:
                new = change.choice
            then = recommended(rulebook, {**answers, change.question: new})

            assert tuple(goal.verdict for goal in then.goals) == change.outcome.verdicts
            assert tuple(action.association for action in then.plan) == change.outcome.plan
            tried += 1
    assert tried > 100


def test_what_the_seller_can_change_comes_first(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook,
        on_an_agreement(
            cloud="government", products=("power_apps",), our_part=("none",), revenue="below_250"
        ),
    )

    in_our_hands = [change.seller_can_change for change in got.would_change]
    assert in_our_hands == sorted(in_our_hands, reverse=True)
    assert in_our_hands[0]


def test_an_unknown_incumbent_leaves_a_try_that_says_what_it_supposes(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(incumbent="unknown"))

    assert planned(got) == [("cpor_revrec", "try")]
    (supposed,) = got.plan[0].condition
    assert supposed.question == "incumbent"
    assert got.goals[0].verdict == "depends"


def test_where_every_completion_agrees_the_action_is_sure(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(customer_names_us="unknown"))

    assert planned(got) == [("cpor_revrec", "sure")]
    assert got.plan[0].condition == ()
    assert [question.question for question in got.open_questions] == ["customer_names_us"]


def test_a_disputed_association_is_not_planned_where_another_is_open(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(our_part=("influenced_purchase",)))

    assert planned(got) == [("cpor_revrec", "sure")]
    assert all("cpor_osa" not in other.associations for other in got.alternatives)


def test_a_disputed_association_we_hold_sends_us_to_customer_eligibility(
    rulebook: Rulebook,
) -> None:
    got = recommended(rulebook, on_an_agreement(our_part=("none",), incumbent=("us_cpor_osa",)))

    assert got.goals[0].verdict == "unclear"
    assert planned(got) == [("cpor_osa", "try")]
    assert "Customer eligibility" in got.plan[0].title.for_us
    assert got.plan[0].settles


def test_what_is_in_place_is_shown_with_how_to_verify_it(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook, on_an_agreement(metrics=("usage_growth",), incumbent=("us_cpor_osu",))
    )

    assert got.goals[0].verdict == "automatic"
    assert got.plan == ()
    assert [action.association for action in got.in_place] == ["cpor_osu"]
    assert got.in_place[0].verify


def test_what_must_be_set_up_first_says_what_cannot_be_filed_before(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(subscription="not_provisioned"))

    assert got.goals[0].verdict == "not_yet"
    (preparation,) = got.preparations
    assert preparation.holds_up == ("cpor_revrec",)
    assert planned(got) == [("cpor_revrec", "sure")]


def test_checks_come_before_the_other_cautions(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook, {**on_an_agreement(channel="csp_indirect_reseller"), "cloud": "government"}
    )

    checks = [caution.check for caution in got.cautions]
    assert checks == sorted(checks, reverse=True)
    assert checks[0]
    assert "government-cloud" in [caution.id for caution in got.cautions]


def test_what_is_not_counted_brings_no_caution_about_counting(rulebook: Rulebook) -> None:
    added, used = (
        recommended(rulebook, on_an_agreement(products=("ai_builder",), metrics=(metric,)))
        for metric in ("net_customer_adds", "usage_growth")
    )

    assert used.goals[0].verdict == "not_measured"
    assert used.cautions == ()
    assert "family-by-inference" in [caution.id for caution in added.cautions]


def test_a_reason_names_the_answers_it_rests_on(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement())

    questions = {q for reason in action_for(got, "cpor_revrec").reasons for q in reason.questions}
    assert {"channel", "our_part", "products", "metrics"} <= questions


def test_outside_its_days_the_book_gives_no_answer(rulebook: Rulebook) -> None:
    for day in (
        rulebook.first_day - timedelta(days=1),
        rulebook.last_day + timedelta(days=1),
    ):
        got = recommended(rulebook, on_an_agreement(), day)

        assert [goal.verdict for goal in got.goals] == ["not_covered"]
        assert got.goals[0].reasons[0].text == rulebook.not_covered
        assert not any([got.plan, got.in_place, got.cautions, got.would_change])


def test_sources_due_for_another_look_are_named(rulebook: Rulebook) -> None:
    assert recommended(rulebook, on_an_agreement()).reviews_due == ()
    late = recommended(rulebook, on_an_agreement(), rulebook.last_day)
    assert [goal.verdict for goal in late.goals] == ["action_needed"]
    assert "l-biz-26" in {cited.source for cited in late.reviews_due}


def test_a_rule_hides_no_other_of_the_same_id_whose_review_is_due(rulebook: Rulebook) -> None:
    [access] = [rule for rule in rulebook.access if rule.id == "dpor-held"]
    [guidance] = [rule for rule in rulebook.guidance if rule.id == "dpor-held"]
    day = date(2026, 11, 22)
    late = access.model_copy(update={"review_by": day - timedelta(days=1)})
    soon = guidance.model_copy(update={"review_by": day + timedelta(days=1)})
    book = rulebook.model_copy(
        update={
            "access": tuple(late if rule is access else rule for rule in rulebook.access),
            "guidance": tuple(soon if rule is guidance else rule for rule in rulebook.guidance),
        }
    )

    got = recommended(book, on_an_agreement(incumbent="us_dpor"), day)

    assert {action.guidance for action in got.in_place} >= {"dpor-held"}
    assert {cited.source for cited in got.reviews_due} >= {one.source for one in access.cites}


def test_with_no_product_known_the_first_thing_to_find_out_is_the_product(
    rulebook: Rulebook,
) -> None:
    got = recommended(rulebook, on_an_agreement(products="unknown"))

    assert got.goals == ()
    question = got.open_questions[0]
    assert question.question == "products"
    assert sum(len(outcome.choices) for outcome in question.outcomes) == len(rulebook.products)


def test_each_product_of_a_mixed_case_is_judged_by_its_own_channel(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook,
        on_an_agreement(
            channel="mixed",
            products=("sales", "finance", "commerce"),
            channel_by_product={"sales": "csp_direct_bill", "finance": "enterprise_agreement"},
        ),
    )

    assert [goal.verdict for goal in got.goals] == ["automatic", "action_needed", "depends"]
    assert [(q.question, q.product) for q in got.open_questions] == [
        ("channel_by_product", "commerce")
    ]


def test_the_rules_read_differently_before_and_after_they_changed(rulebook: Rulebook) -> None:
    through_us = on_an_agreement(channel="csp_direct_bill")
    usage = {**through_us, "metrics": ("usage_growth",)}
    contact_center = {**through_us, "products": ("contact_center",)}
    below_500 = {**through_us, "revenue": "from_250"}
    influenced = on_an_agreement()

    def verdict(answers: dict[str, Answer], day: date) -> str:
        return recommended(rulebook, answers, day).goals[0].verdict

    assert verdict(usage, date(2023, 6, 12)) == "unclear"
    assert verdict(usage, date(2023, 6, 13)) == "automatic"
    assert verdict(contact_center, date(2023, 6, 13)) == "not_measured"
    assert verdict(contact_center, date(2026, 7, 29)) == "unclear"
    assert verdict(contact_center, date(2026, 7, 30)) == "automatic"
    assert verdict(below_500, date(2023, 2, 28)) == "not_yet"
    assert verdict(below_500, date(2023, 3, 15)) == "unclear"
    assert verdict(below_500, date(2023, 4, 1)) == "automatic"

    def osa(day: date) -> str:
        goal = recommended(rulebook, influenced, day).goals[0]
        return next(f.counts for f in goal.findings if f.association == "cpor_osa")

    assert (osa(date(2024, 7, 31)), osa(date(2024, 8, 1))) == ("yes", "disputed")
