"""Which questions are asked, what keeps a page from being left, and what a file may say."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nca_wizard.errors import BadInput
from nca_wizard.paths import resources
from nca_wizard.rules.interview import Interview, known_answers, refuse_unknown_ids, said
from nca_wizard.rules.model.answers import Answer, Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend
from nca_wizard.rules.rulebook import load

TODAY = date(2026, 11, 22)
BOOK = load(resources())

ON_AN_AGREEMENT: Answers = {
    "channel": "enterprise_agreement",
    "cloud": "commercial",
    "subscription": "active_paid",
    "products": ("sales",),
    "metrics": ("net_customer_adds",),
    "track": "smb",
    "revenue": "from_500",
    "our_part": ("implements",),
    "incumbent": ("none",),
    "customer_names_us": "no",
}


@st.composite
def some_answers(draw: st.DrawFn) -> dict[str, Answer]:
    """Any legal answers, some of them missing or not known."""
    answers: dict[str, Answer] = {}
    product_ids = [product.id for product in BOOK.products]
    for question in BOOK.questions:
        choices = [choice.id for choice in question.choices]
        one = st.sampled_from([*choices, "unknown"])
        together = [choice.id for choice in question.choices if not choice.alone]
        several = st.lists(st.sampled_from(together), min_size=1, max_size=3, unique=True)
        by_product = st.dictionaries(st.sampled_from(product_ids), one, max_size=3)
        kinds: dict[str, st.SearchStrategy[Answer]] = {
            "one": one,
            "several": st.one_of(several.map(tuple), st.just("unknown")),
            "by_product": by_product,
            "one_or_by_product": st.one_of(one, by_product),
        }
        if draw(st.booleans()):
            answers[question.id] = draw(kinds[question.kind])
    return answers


def test_nothing_is_hidden_before_anything_is_answered(rulebook: Rulebook) -> None:
    pages = Interview(rulebook, {}, TODAY).pages

    assert pages == ("1", "2", "2b", "3", "4", "4b", "5", "5b")


def test_the_channel_by_product_is_asked_only_where_channels_are_mixed(rulebook: Rulebook) -> None:
    mixed: Answers = {"channel": "mixed", "products": ("sales", "power_bi")}

    assert "3b" in Interview(rulebook, mixed, TODAY).pages
    assert "3b" not in Interview(rulebook, {**mixed, "channel": "web_direct"}, TODAY).pages
    assert "3b" not in Interview(rulebook, {"channel": "mixed"}, TODAY).pages


def test_nobody_is_asked_who_holds_an_association_where_none_carries_over(
    rulebook: Rulebook,
) -> None:
    through_us = {**ON_AN_AGREEMENT, "channel": "csp_direct_bill"}

    visible = Interview(rulebook, through_us, TODAY).visible

    assert "incumbent" not in visible
    assert "customer_names_us" not in visible


def test_a_product_no_list_of_use_names_ends_the_interview_early(rulebook: Rulebook) -> None:
    answers: Answers = {
        "channel": "enterprise_agreement",
        "products": ("copilot_studio",),
        "metrics": ("usage_growth",),
    }

    assert "customer_names_us" not in Interview(rulebook, answers, TODAY).visible


@settings(max_examples=60, deadline=None)
@given(some_answers(), st.data())
def test_a_later_answer_never_hides_an_earlier_question(
    answers: dict[str, Answer], data: st.DataObject
) -> None:
    visible = Interview(BOOK, answers, TODAY).visible
    position = data.draw(st.integers(0, len(visible) - 1))
    only_before = {q: answers[q] for q in visible[:position] if q in answers}

    assert Interview(BOOK, only_before, TODAY).visible[:position] == visible[:position]


@settings(max_examples=60, deadline=None)
@given(some_answers())
def test_a_question_that_is_not_asked_could_not_have_changed_the_result(
    answers: dict[str, Answer],
) -> None:
    in_play = Interview(BOOK, answers, TODAY).answers_in_play
    products = answers.get("products")
    if not isinstance(products, tuple):
        return
    with_parked = recommend(BOOK, Scenario(as_of=TODAY, answers=answers))
    without = recommend(BOOK, Scenario(as_of=TODAY, answers=in_play))

    assert [goal.verdict for goal in with_parked.goals] == [goal.verdict for goal in without.goals]
    assert [a.association for a in with_parked.plan] == [a.association for a in without.plan]
    assert {c.id for c in with_parked.cautions} == {c.id for c in without.cautions}


def test_parked_answers_come_back_with_the_channel(rulebook: Rulebook) -> None:
    elsewhere = {**ON_AN_AGREEMENT, "channel": "csp_direct_bill"}

    assert "incumbent" not in Interview(rulebook, elsewhere, TODAY).answers_in_play
    back = {**elsewhere, "channel": "enterprise_agreement"}
    assert Interview(rulebook, back, TODAY).answers_in_play["incumbent"] == ("none",)


def test_channels_of_products_no_longer_chosen_are_parked(rulebook: Rulebook) -> None:
    answers: Answers = {
        "channel": "mixed",
        "products": ("sales",),
        "channel_by_product": {"sales": "web_direct", "power_bi": "csp_direct_bill"},
    }

    in_play = Interview(rulebook, answers, TODAY).answers_in_play

    assert in_play["channel_by_product"] == {"sales": "web_direct"}


def test_a_page_does_not_change_while_it_is_being_answered(rulebook: Rulebook) -> None:
    before = Interview(rulebook, {**ON_AN_AGREEMENT, "incumbent": ()}, TODAY).questions_on("5b")
    held = {**ON_AN_AGREEMENT, "incumbent": ("us_cpor_revrec",)}

    after = Interview(rulebook, held, TODAY).questions_on("5b")

    assert [q.id for q in before] == [q.id for q in after] == ["incumbent", "customer_names_us"]
    assert "customer_names_us" not in Interview(rulebook, held, TODAY).visible


def test_a_page_left_empty_says_what_is_missing(rulebook: Rulebook) -> None:
    (fault,) = Interview(rulebook, {}, TODAY).faults("2")

    assert fault.question == "channel"
    assert str(fault.sentence) == "Select how the customer buys the licences"


def test_a_choice_that_stands_alone_cannot_be_combined(rulebook: Rulebook) -> None:
    answers = {**ON_AN_AGREEMENT, "our_part": ("none", "implements")}

    (fault,) = Interview(rulebook, answers, TODAY).faults("5")

    assert str(fault.sentence) == rulebook.question("our_part").not_together != ""


def test_each_product_without_a_channel_is_named(rulebook: Rulebook) -> None:
    answers: Answers = {
        "channel": "mixed",
        "products": ("business_central", "sales"),
        "channel_by_product": {"sales": "web_direct"},
    }

    (fault,) = Interview(rulebook, answers, TODAY).faults("3b")

    assert (fault.product, str(fault.sentence)) == (
        "business_central",
        "Select how Business Central is bought",
    )


def test_not_known_yet_is_an_answer_to_every_question(rulebook: Rulebook) -> None:
    answers: dict[str, Answer] = {question.id: "unknown" for question in rulebook.questions}

    for page in Interview(rulebook, answers, TODAY).pages:
        assert Interview(rulebook, answers, TODAY).faults(page) == ()
    got = recommend(rulebook, Scenario(as_of=TODAY, answers=answers))
    assert [question.question for question in got.open_questions][:2] == ["products", "metrics"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"chanel": "web_direct"}, r'there is no question "chanel"\. The questions are: channel,'),
        ({"channel": "eas"}, r'channel: there is no choice "eas"\. The choices are: csp_direct'),
        ({"channel": ("web_direct", "mixed")}, r"channel: give one choice, not several\."),
        ({"products": ("sales", "sale")}, r'products: there is no choice "sale"'),
        ({"our_part": ("none", "implements")}, r'"none" cannot be combined with another choice'),
        ({"channel_by_product": "web_direct"}, r"channel_by_product: give one choice per product"),
        ({"channel_by_product": {"sal": "web_direct"}}, r'there is no product "sal"'),
        ({"channel_by_product": {"sales": "mixed"}}, r'there is no choice "mixed"'),
        ({"metrics": {"sales": "x"}}, r"metrics: give a list of choices\."),
        ({"revenue": {"sales": "lots"}}, r'revenue: there is no choice "lots"'),
    ],
)
def test_an_answer_from_a_file_that_cannot_be_is_named(
    rulebook: Rulebook, answers: Answers, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        refuse_unknown_ids(rulebook, answers)


def test_a_single_choice_will_do_where_several_may_be_given(rulebook: Rulebook) -> None:
    checked = refuse_unknown_ids(rulebook, {"products": "sales", "metrics": ()})

    assert checked == {"products": ("sales",), "metrics": "unknown"}


def test_answers_of_another_book_are_kept_as_far_as_this_one_knows_them(
    rulebook: Rulebook,
) -> None:
    answers: Answers = {
        "channel": "carrier_pigeon",
        "cloud": "china",
        "incumbent": ("none", "us_dpor"),
        "weather": "fine",
    }

    known, forgotten = known_answers(rulebook, answers)

    # What does not go together was said all the same; its page asks again.
    assert known == {"cloud": "china", "incumbent": ("none", "us_dpor")}
    assert forgotten == ("channel", "weather")


def test_answers_are_said_in_words(rulebook: Rulebook) -> None:
    answers: Answers = {
        "channel": "mixed",
        "products": ("sales",),
        "channel_by_product": {"sales": "enterprise_agreement"},
        "our_part": "unknown",
    }

    words = {one.question: one.said for one in said(rulebook, answers)}

    (by_product,) = words["channel_by_product"]
    assert (by_product.product, by_product.text.for_us) == ("Sales", "Enterprise Agreement")
    (not_known,) = words["our_part"]
    assert not_known.text.for_us == "I don’t know yet"
    assert not_known.text.for_customer == "Not known yet"
