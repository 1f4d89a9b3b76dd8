"""Why rules do not stand, what decided, and what would change the result, in words."""

from collections.abc import Mapping
from datetime import date

import pytest

from nca_wizard.report import wording
from nca_wizard.report.plain import plain_text
from nca_wizard.rules.model.answers import Changeable, Verdict
from nca_wizard.rules.model.reasons import (
    CannotOccur,
    Failed,
    FailedAnswer,
    NotInForce,
    Overridden,
    WhyNot,
)
from nca_wizard.rules.model.results import (
    Asked,
    Change,
    LeadsTo,
    OpenQuestion,
    Outcome,
    Recommendation,
    Step,
    Way,
)
from nca_wizard.rules.model.values import Text
from nca_wizard.texts import Texts

Samples = Mapping[str, Recommendation]


def both(words: str) -> Text:
    return Text(for_us=words, for_customer=words)


ON_AGREEMENT = FailedAnswer(
    question="channel",
    choice="",
    given="csp_direct_bill",
    wanted=("enterprise_agreement", "web_direct"),
)
WITHOUT_OUR_PART = FailedAnswer(
    question="our_part", choice="implements", given="yes", wanted=("no",)
)
WITH_AN_ACCOUNT = FailedAnswer(
    question="our_part", choice="tenant_account", given="no", wanted=("yes",)
)
ASKED = {
    "channel": Asked(
        title="Channel",
        choices={
            "csp_direct_bill": both("CSP through us"),
            "enterprise_agreement": both("Enterprise Agreement"),
            "web_direct": both("Web Direct"),
        },
    ),
    "our_part": Asked(
        title="Our part",
        choices={
            "implements": both("We implement it"),
            "tenant_account": both("We work as “guest” in the tenant"),
        },
    ),
    "track": Asked(title="Track", choices={}),
}
RULE_TEXTS = {
    "claim": both("A claim can be filed."),
    "held": both("It is in place."),
    "listed": both("Microsoft lists it."),
    "account": both("An account is all it takes."),
}


def explained(rec: Recommendation, association: str, *whys: WhyNot) -> Recommendation:
    """With these rules not standing for this association, closed for every goal."""
    goals = tuple(
        goal.model_copy(
            update={
                "findings": tuple(
                    one.model_copy(
                        update={
                            "counts": "yes",
                            "access": "closed",
                            "why_not": tuple(range(len(whys))),
                        }
                    )
                    if one.association == association
                    else one
                    for one in goal.findings
                )
            }
        )
        for goal in rec.goals
    )
    return rec.model_copy(
        update={"goals": goals, "why_not": whys, "rule_texts": RULE_TEXTS, "asked": ASKED}
    )


def failed(*answers: FailedAnswer, rule: str = "claim") -> Failed:
    return Failed(rule=rule, would_say="open", failed=answers)


def step(choice: str, condition: str, changeable: Changeable, question: str = "channel") -> Step:
    return Step(
        question=question,
        product="",
        choice=choice,
        condition=both(condition),
        changeable=changeable,
    )


def way(*steps: Step, verdict: Verdict = "automatic", day: date | None = None) -> Way:
    return Way(
        steps=steps,
        from_day=day,
        goals=(("sales", "net_customer_adds"),),
        verdicts=(verdict,),
        plan=(),
    )


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (
            failed(ON_AGREEMENT),
            (
                "Does not apply: you answered “CSP through us”, it is for “Enterprise Agreement” "
                "or “Web Direct”."
            ),
        ),
        (
            failed(WITH_AN_ACCOUNT, WITHOUT_OUR_PART),
            (
                "Does not apply: it is for cases with “We work as ‘guest’ in the tenant”; "
                "it is for cases without “We implement it”."
            ),
        ),
        (
            Overridden(rule="claim", would_say="open", by=("held",)),
            "Gives way to: It is in place.",
        ),
        (
            NotInForce(
                rule="listed",
                would_say="yes",
                first_day=date(2026, 7, 1),
                last_day=None,
                failed=(),
            ),
            "Only from 1 Jul 2026.",
        ),
        (
            NotInForce(
                rule="listed",
                would_say="yes",
                first_day=None,
                last_day=date(2024, 7, 31),
                failed=(WITH_AN_ACCOUNT,),
            ),
            (
                "Only until 31 Jul 2024. Does not apply: it is for cases with “We work as "
                "‘guest’ in the tenant”."
            ),
        ),
        (
            CannotOccur(rule="claim", would_say="open"),
            "It is for answers that cannot occur together.",
        ),
    ],
)
def test_a_rule_that_does_not_stand_says_why(
    t: Texts, samples: Samples, why: WhyNot, sentence: str
) -> None:
    rec = explained(samples["automatic"], "dpor", why)

    assert wording.why_not_standing(t, rec, why) == sentence


def test_near_misses_come_first_and_what_was_so_once_after_them(t: Texts, samples: Samples) -> None:
    once = NotInForce(
        rule="listed", would_say="yes", first_day=None, last_day=date(2024, 7, 31), failed=()
    )
    far = failed(ON_AGREEMENT, WITH_AN_ACCOUNT, rule="account")
    rec = explained(samples["automatic"], "dpor", far, once, failed(ON_AGREEMENT))

    told = wording.not_standing(t, rec, "dpor")
    assert [one.text for one in told] == [
        "A claim can be filed.",
        "Microsoft lists it.",
        "An account is all it takes.",
    ]
    assert [one.failed for one in told] == [1, 0, 2]


def test_what_one_other_answer_could_open_is_told_by_reply(t: Texts, samples: Samples) -> None:
    maybe = Failed(rule="listed", would_say="unclear", failed=(WITH_AN_ACCOUNT,))
    closed = Failed(rule="held", would_say="closed", failed=(WITHOUT_OUR_PART,))
    rec = explained(samples["automatic"], "dpor", failed(ON_AGREEMENT), maybe, closed)

    near = wording.near_misses(t, rec, "dpor")
    assert [(one.question, one.lines) for one in near] == [
        ("channel", ("With “Enterprise Agreement” or “Web Direct”: could be had.",)),
        ("our_part", ("With “We work as ‘guest’ in the tenant”: unclear.",)),
    ]


def test_what_another_rule_would_take_away_again_is_not_promised(
    t: Texts, samples: Samples
) -> None:
    disputed = failed(ON_AGREEMENT).model_copy(update={"at_best": ("unclear", "closed")})
    rec = explained(samples["automatic"], "dpor", disputed)

    (near,) = wording.near_misses(t, rec, "dpor")
    assert near.lines == ("With “Enterprise Agreement”: unclear.",)


def test_a_near_miss_names_the_goals_it_is_about(t: Texts, samples: Samples) -> None:
    rec = explained(samples["claims"], "dpor", failed(ON_AGREEMENT), failed(WITHOUT_OUR_PART))
    added, *others = rec.goals
    counts_not = tuple(
        goal.model_copy(
            update={
                "findings": tuple(one.model_copy(update={"counts": "no"}) for one in goal.findings)
            }
        )
        for goal in others
    )
    rec = rec.model_copy(update={"goals": (added, *counts_not)})

    lines = [line for one in wording.near_misses(t, rec, "dpor") for line in one.lines]
    assert lines == [
        "Net customer adds, with “Enterprise Agreement” or “Web Direct”: could be had.",
        "Net customer adds, without “We implement it”: could be had.",
    ]


def test_what_is_in_place_already_is_no_near_miss(t: Texts, samples: Samples) -> None:
    held = Failed(rule="held", would_say="automatic", failed=(ON_AGREEMENT,))

    assert wording.near_misses(t, explained(samples["automatic"], "dpor", held), "dpor") == ()


@pytest.mark.parametrize(
    ("sets", "how_many", "sentence"),
    [
        (
            (("channel", "our_part"),),
            1,
            "Decided by Channel and Our part; no other answer changes that.",
        ),
        (
            (("channel",), ("our_part", "track")),
            2,
            "Decided by either Channel, or Our part and Track; each is enough.",
        ),
        (
            (("channel",), ("track",)),
            4,
            (
                "Decided by either Channel, or Track; each is enough. "
                "2 more combinations are enough as well."
            ),
        ),
        (((),), 1, "The product and the day decide; no answer changes that."),
    ],
)
def test_what_decided_is_named(
    t: Texts,
    samples: Samples,
    sets: tuple[tuple[str, ...], ...],
    how_many: int,
    sentence: str,
) -> None:
    (goal,) = samples["automatic"].goals
    decided = goal.model_copy(update={"forced_by": sets, "forced_by_sets": how_many})
    rec = samples["automatic"].model_copy(update={"goals": (decided,), "asked": ASKED})

    (one,) = wording.decided(t, rec)
    assert one.what == "Net customer adds: counts by itself"
    assert one.by == sentence


def test_changes_stand_by_ease_and_each_is_told_once(t: Texts, samples: Samples) -> None:
    bought = step("csp_direct_bill", "the customer bought in CSP", "hard")
    rec = samples["no route"].model_copy(
        update={
            "ways": (
                way(bought),
                way(day=date(2027, 7, 1)),
                way(step("yes", "the administrator agreed", "ask_customer", "customer_names_us")),
                way(bought, day=date(2027, 7, 1)),
            ),
            "would_change": (
                *samples["no route"].would_change,
                Change(
                    question="channel",
                    product="",
                    choice="csp_direct_bill",
                    condition=both("the customer bought in CSP"),
                    seller_can_change=False,
                    outcome=Outcome(choices=(), said=(), verdicts=("automatic",), plan=()),
                    changeable="hard",
                ),
            ),
        }
    )

    told = wording.would_change(t, rec)
    assert [one.who for one in told] == [
        "In your hands",
        "With time",
        "Ask the customer",
        "Hard to change",
        "Hard to change",
    ]
    assert [one.text for one in told][1:] == [
        "From 1 Jul 2027: nothing to file, it counts by itself.",
        "If the administrator agreed: nothing to file, it counts by itself.",
        "If the customer bought in CSP: nothing to file, it counts by itself.",
        ("If the customer bought in CSP, from 1 Jul 2027: nothing to file, it counts by itself."),
    ]


def test_changes_that_lead_to_the_same_are_told_together(t: Texts, samples: Samples) -> None:
    by_revenue = [
        step("a", "it brought from 250 to 500 dollars", "hard", "revenue"),
        step("b", "it brought from 500 to 1,500 dollars", "hard", "revenue"),
    ]
    bought = step("csp_direct_bill", "the customer bought in CSP", "hard")
    rec = samples["no route"].model_copy(
        update={"would_change": (), "ways": tuple(way(bought, one) for one in by_revenue)}
    )

    (one,) = wording.would_change(t, rec)
    assert one.stands_for == 2
    assert one.text == (
        "If the customer bought in CSP and if it brought from 250 to 500 or 500 to 1,500 "
        "dollars: nothing to file, it counts by itself."
    )


def test_a_fact_is_said_as_such_and_last(t: Texts, samples: Samples) -> None:
    in_hand, *_ = samples["no route"].would_change
    fact = in_hand.model_copy(update={"choice": "commercial", "changeable": "fact"})
    rec = samples["no route"].model_copy(update={"would_change": (fact, in_hand)})

    told = wording.would_change(t, rec)
    assert [(one.who, one.is_fact) for one in told] == [
        ("In your hands", False),
        ("A fact", True),
    ]


def test_how_many_changes_are_not_listed_is_known(samples: Samples) -> None:
    bought = way(step("csp_direct_bill", "the customer bought in CSP", "hard"))
    rec = samples["no route"].model_copy(update={"ways": (bought,), "ways_found": 5})

    assert wording.ways_not_listed(rec) == 4


def asked_with(rec: Recommendation, *could_be: tuple[Verdict, ...]) -> Recommendation:
    """One goal that may be anything, and a question with one reply for each of these."""
    (goal,) = rec.goals
    anything: tuple[Verdict, ...] = ("automatic", "action_needed", "no_route")
    question = OpenQuestion(
        question="channel",
        product="",
        ask=both("How do you buy?"),
        how_to_find_out=(),
        outcomes=(),
        settles_most=True,
        leads_to=tuple(
            LeadsTo(choice=f"c{number}", said=both(f"Reply {number}"), could_be=(verdicts,))
            for number, verdicts in enumerate(could_be, start=1)
        ),
    )
    open_goal = goal.model_copy(update={"verdict": "depends", "could_be": anything})
    return rec.model_copy(update={"goals": (open_goal,), "open_questions": (question,)})


def test_each_reply_says_what_stays_possible(t: Texts, samples: Samples) -> None:
    rec = asked_with(
        samples["depends"],
        ("automatic",),
        ("automatic", "no_route"),
        ("automatic", "action_needed", "no_route"),
    )

    (question,) = rec.open_questions
    assert [(one.choices, one.result) for one in wording.branches(t, rec, question)] == [
        ("Reply 1", "nothing to file, it counts by itself"),
        ("Reply 2", "possible: counts by itself or no route"),
        ("Reply 3", "other answers decide"),
    ]
    assert wording.possible(t, rec) == (
        "Net customer adds: counts by itself, action needed or no route",
    )


def test_a_question_that_settles_nothing_says_so_once(t: Texts, samples: Samples) -> None:
    anything: tuple[Verdict, ...] = ("automatic", "action_needed", "no_route")
    rec = asked_with(samples["depends"], anything, anything)

    (branch,) = wording.branches(t, rec, rec.open_questions[0])
    assert branch.said == ("Any reply",)


def test_what_was_stored_before_has_no_empty_headings(t: Texts, samples: Samples) -> None:
    for rec in samples.values():
        text = plain_text(t, rec)

        assert wording.decided(t, rec) == ()
        assert wording.possible(t, rec) == ()
        assert "What decided this" not in text
        assert ("What would change this" in text) == bool(rec.would_change)
        for association in wording.association_ids(rec):
            assert wording.not_standing(t, rec, association) == ()
            assert wording.near_misses(t, rec, association) == ()
