"""What "I don't know yet" leaves possible, and which question to ask first."""

from nca_wizard.rules.model.book import Rulebook
from tests.rules.scenarios import on_an_agreement, recommended


def test_each_reply_leads_to_exactly_these_verdicts(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(metrics=("usage_growth",), subscription="unknown"))

    assert got.goals[0].could_be == ("action_needed", "not_yet")
    (question,) = got.open_questions
    assert question.settles_most
    assert {reply.choice: reply.could_be for reply in question.leads_to} == {
        "active_paid": (("action_needed",),),
        "trial": (("not_yet",),),
        "not_provisioned": (("not_yet",),),
        "ending": (("action_needed",),),
    }


def test_a_reply_with_several_choices_is_one_that_has_this_choice(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(our_part="unknown"))

    (question,) = got.open_questions
    leads_to = {reply.choice: reply.could_be for reply in question.leads_to}
    assert leads_to["implements"] == (("action_needed",),)
    assert leads_to["none"] == (("no_route",),)
    assert leads_to["sold_agreement"] == (("action_needed", "no_route"),)


def test_the_question_that_settles_most_is_the_first_and_the_only_one_marked(
    rulebook: Rulebook,
) -> None:
    got = recommended(
        rulebook,
        {"products": ("sales",), "metrics": ("usage_growth",), "cloud": "commercial"},
    )

    assert got.open_questions[0].question == "channel"
    assert [question.settles_most for question in got.open_questions] == [
        True,
        *([False] * (len(got.open_questions) - 1)),
    ]


def test_with_no_product_known_the_product_settles_most(rulebook: Rulebook) -> None:
    got = recommended(rulebook, {})

    assert [(q.question, q.settles_most, q.leads_to) for q in got.open_questions] == [
        ("products", True, ()),
        ("metrics", False, ()),
    ]


def test_what_is_known_could_be_nothing_else(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement())

    assert [goal.could_be for goal in got.goals] == [("action_needed",)]
    assert got.open_questions == ()


def test_a_question_about_one_product_leaves_the_others_as_they_are(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook,
        on_an_agreement(
            channel="mixed",
            products=("sales", "finance"),
            channel_by_product={"sales": "csp_direct_bill", "finance": "unknown"},
        ),
    )

    (question,) = got.open_questions
    assert (question.question, question.product) == ("channel_by_product", "finance")
    assert {reply.could_be[0] for reply in question.leads_to} == {("automatic",)}
    assert {reply.choice for reply in question.leads_to if reply.could_be[1] == ("automatic",)} == {
        "csp_direct_bill",
        "csp_indirect_reseller",
    }
