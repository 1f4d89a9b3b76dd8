"""Two evaluations beside each other, with the rulebook that ships."""

from collections.abc import Sequence
from datetime import date

import pytest

from nca_wizard.report.compared import Row, Side, compared, why_they_differ, word_for
from nca_wizard.rules.interview import Interview
from nca_wizard.rules.model.answers import Answer, Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario, Text
from nca_wizard.rules.recommendation import recommend
from nca_wizard.texts import Texts

EA: Answers = {
    "channel": "enterprise_agreement",
    "cloud": "commercial",
    "subscription": "active_paid",
    "products": ("sales",),
    "metrics": ("net_customer_adds", "usage_growth"),
    "track": "smb",
    "revenue": "from_500",
    "our_part": ("influenced_purchase", "implements"),
    "incumbent": ("none",),
    "customer_names_us": "no",
}
CSP: dict[str, Answer] = {"channel": "csp_direct_bill"}
IN_2023, TODAY = date(2023, 8, 1), date(2026, 11, 22)


@pytest.fixture
def t() -> Texts:
    return Texts.load("en")


def evaluated(book: Rulebook, day: date, **other: Answer) -> Recommendation:
    answers = Interview(book, {**EA, **other}, day).answers_in_play
    return recommend(book, Scenario(as_of=day, answers=answers))


def row_of(t: Texts, sides: Sequence[Side], name: str, again: Recommendation | None = None) -> Row:
    return next(
        row for section in compared(t, sides, again) for row in section.rows if row.name == name
    )


def sides_of(*recs: Recommendation) -> list[Side]:
    return [Side("Contoso AB", rec) for rec in recs]


def pair(first: Recommendation, second: Recommendation) -> tuple[Side, Side]:
    return Side("Contoso AB", first), Side("Contoso AB", second)


def test_what_is_the_same_is_marked_nowhere(t: Texts, rulebook: Rulebook) -> None:
    rec = evaluated(rulebook, TODAY)

    sections = compared(t, sides_of(rec, rec, rec))

    assert [section.title for section in sections] == ["Answers", "Result", "Associations"]
    assert not any(row.differs for section in sections for row in section.rows)
    assert all(len(row.entries) == 3 for section in sections for row in section.rows)
    assert why_they_differ(t, pair(rec, rec), rec) == ()


def test_better_is_plus_worse_is_minus_and_otherwise_is_a_tilde(
    t: Texts, rulebook: Rulebook
) -> None:
    sides = sides_of(
        evaluated(rulebook, TODAY), evaluated(rulebook, TODAY, **CSP, products=("sales", "finance"))
    )

    marks = {
        name: row_of(t, sides, name).entries[1].mark
        for name in ("Channel", "Products", "Sales, Net customer adds", "CSP", "CPOR RevRec")
    }

    assert marks == {
        "Channel": "~",
        "Products": "+",
        "Sales, Net customer adds": "+",
        "CSP": "+",
        "CPOR RevRec": "-",
    }


def test_what_only_one_side_has_stands_beside_a_dash(t: Texts, rulebook: Rulebook) -> None:
    sides = sides_of(evaluated(rulebook, TODAY), evaluated(rulebook, TODAY, products=("finance",)))

    row = row_of(t, sides, "Finance, Net customer adds")

    assert [(entry.text, entry.mark) for entry in row.entries] == [
        ("–", ""),
        ("action needed", "+"),
    ]


def test_an_association_that_holds_for_some_goals_names_them(t: Texts, rulebook: Rulebook) -> None:
    rec = evaluated(rulebook, TODAY)

    words = row_of(t, sides_of(rec, rec), "CPOR RevRec").entries[0].text

    assert words == "do this: Net customer adds\ndoes not count: Usage growth"


def test_the_customer_changed_where_the_rules_say_the_same_to_the_first_answers(
    t: Texts, rulebook: Rulebook
) -> None:
    first, second = evaluated(rulebook, TODAY), evaluated(rulebook, TODAY, **CSP)

    sides = pair(first, second)
    row = row_of(t, sides, "CSP", again=first)
    why = why_they_differ(t, sides, first)

    assert row.because == "customer"
    assert [one.sentence for one in why] == ["The customer changed: Channel."]


def test_the_rules_changed_where_the_answers_are_the_same(t: Texts, rulebook: Rulebook) -> None:
    first, second = evaluated(rulebook, IN_2023), evaluated(rulebook, TODAY)

    sides = pair(first, second)
    row = row_of(t, sides, "CPOR OSA", again=second)
    (why,) = why_they_differ(t, sides, second)

    assert row.because == "rules"
    assert why.sentence == "Other rules stand on 22 Nov 2026 than on 1 Aug 2023."
    assert any("(rule osa-nca)" in one and one.startswith("Now: ") for one in why.details)
    assert any("(rule osa-nca-2022)" in one and one.startswith("Before: ") for one in why.details)


def test_customer_and_rules_are_told_apart_row_by_row(t: Texts, rulebook: Rulebook) -> None:
    first, second = evaluated(rulebook, IN_2023), evaluated(rulebook, TODAY, **CSP)
    again = evaluated(rulebook, TODAY)

    sides = pair(first, second)

    assert row_of(t, sides, "CSP", again).because == "customer"
    assert row_of(t, sides, "CPOR OSA", again).because == "both"
    assert word_for(t, "both") == "answers and rules"
    assert len(why_they_differ(t, sides, again)) == 2


def test_other_answers_with_the_same_result_say_that_it_is_the_same(
    t: Texts, rulebook: Rulebook
) -> None:
    first, second = evaluated(rulebook, TODAY), evaluated(rulebook, TODAY, revenue="from_1500")

    why = why_they_differ(t, pair(first, second), first)

    assert [one.sentence for one in why] == [
        "The customer changed: Monthly revenue.",
        "The result is the same.",
    ]


def test_rules_that_are_no_longer_there_are_not_guessed_about(t: Texts, rulebook: Rulebook) -> None:
    first, second = evaluated(rulebook, IN_2023), evaluated(rulebook, TODAY)

    (why,) = why_they_differ(t, pair(first, second), None)

    assert "cannot be told" in why.sentence


def test_of_two_customers_it_is_said_that_they_differ(t: Texts, rulebook: Rulebook) -> None:
    first, second = evaluated(rulebook, TODAY), evaluated(rulebook, TODAY, **CSP)

    (why,) = why_they_differ(t, (Side("Contoso AB", first), Side("Fabrikam", second)), first)

    assert why.sentence == "The customers differ in: Channel."


def test_questions_still_open_are_worse_than_none(t: Texts, rulebook: Rulebook) -> None:
    sides = sides_of(
        evaluated(rulebook, TODAY), evaluated(rulebook, TODAY, customer_names_us="unknown")
    )

    row = row_of(t, sides, "Questions")

    assert row.entries[0].text == "–"
    assert row.entries[1].text.endswith("?")


def test_a_question_not_asked_is_no_other_answer_than_one_not_known(
    t: Texts, rulebook: Rulebook
) -> None:
    asked = evaluated(rulebook, TODAY, customer_names_us="unknown")
    not_asked = asked.model_copy(
        update={"said": tuple(one for one in asked.said if one.question != "customer_names_us")}
    )

    row = row_of(t, sides_of(not_asked, asked), "Names us")

    assert [entry.text for entry in row.entries] == ["–", "I don’t know yet"]
    assert not row.differs


def test_an_answer_that_is_only_called_otherwise_is_the_same(t: Texts, rulebook: Rulebook) -> None:
    first = evaluated(rulebook, TODAY)
    reworded = tuple(
        one.model_copy(
            update={
                "said": tuple(
                    said.model_copy(update={"text": Text(for_us="EA", for_customer="EA")})
                    for said in one.said
                )
            }
        )
        for one in first.said
    )
    second = first.model_copy(update={"said": reworded})

    assert not row_of(t, pair(first, second), "Channel").differs
    assert why_they_differ(t, pair(first, second), first) == ()
