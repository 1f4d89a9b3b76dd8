"""Which customers would read differently: exactly those whose evaluation comes out otherwise."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from nca_wizard.customer import Customer
from nca_wizard.history.impact import Impact, by_name, impacts
from nca_wizard.history.store import Draft, History
from nca_wizard.rules.interview import Interview, known_answers
from nca_wizard.rules.model.answers import Answer, Answers
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.rules.recommendation import recommend

THEN = date(2026, 11, 22)
TODAY = date(2026, 12, 15)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCENARIO_B: Answers = {
    "channel": "enterprise_agreement",
    "cloud": "commercial",
    "subscription": "active_paid",
    "products": ("business_central",),
    "metrics": ("net_customer_adds", "usage_growth"),
    "track": "smb",
    "revenue": "from_1500",
    "our_part": ("influenced_purchase", "implements"),
    "incumbent": ("none",),
    "customer_names_us": "no",
}

Finish = Callable[..., Recommendation]


@pytest.fixture
def finish(history: History, rulebook: Rulebook) -> Finish:
    """Evaluate answers for a customer and put the result into the history."""
    minutes = count()

    def finished(name: str, answers: Answers, case_id: int | None = None) -> Recommendation:
        recommendation = evaluated(rulebook, answers, THEN)
        at = AT + timedelta(minutes=next(minutes))
        draft_id = None
        if case_id is not None:
            draft = Draft(customer={"name": name}, answers=answers, page="check", case_id=case_id)
            draft_id = history.save_draft(draft, at).id
        history.finish(draft_id, Customer(name=name), recommendation, at)
        return recommendation

    return finished


def evaluated(book: Rulebook, answers: Answers, day: date) -> Recommendation:
    """As the window evaluates: what the book knows of the answers, without the parked ones."""
    known, _ = known_answers(book, answers)
    in_play = Interview(book, known, day).answers_in_play
    return recommend(book, Scenario(as_of=day, answers=in_play))


def with_access(book: Rulebook, rule_id: str, access: str) -> Rulebook:
    rules = tuple(
        rule.model_copy(update={"access": access}) if rule.id == rule_id else rule
        for rule in book.access
    )
    assert rules != book.access
    return book.model_copy(update={"access": rules, "version": "2027.02", "hash": "other"})


def told(recommendation: Recommendation) -> tuple[object, ...]:
    """What may not differ in a customer that is not named."""
    return (
        [(goal.product, goal.metric, goal.verdict) for goal in recommendation.goals],
        [(action.association, action.certainty) for action in recommendation.plan],
    )


def test_with_the_same_rules_nobody_reads_differently(
    history: History, rulebook: Rulebook, finish: Finish
) -> None:
    finish("Contoso", SCENARIO_B)

    assert list(impacts(history, rulebook, rulebook, TODAY)) == []


def test_a_changed_rule_names_the_customer_with_old_and_new_verdict(
    history: History, rulebook: Rulebook, finish: Finish
) -> None:
    finish("Contoso", {**SCENARIO_B, "channel": "csp_direct_bill"})
    finish("Fabrikam", SCENARIO_B)
    new = with_access(rulebook, "csp-direct-bill", "unclear")

    (impact,) = impacts(history, rulebook, new, TODAY)

    assert impact.outline.customer_name == "Contoso"
    assert impact.goals == (
        (("business_central", "net_customer_adds"), "automatic", "unclear"),
        (("business_central", "usage_growth"), "automatic", "unclear"),
    )
    assert impact.by_rules


def test_a_plan_of_other_associations_is_a_difference_too(
    history: History, rulebook: Rulebook, finish: Finish
) -> None:
    was = finish("Contoso", {**SCENARIO_B, "customer_names_us": "yes"})
    easier = tuple(
        rule.model_copy(
            update={"effort": 0 if set(rule.association) & {"cpor_revrec", "cpor_osu"} else 99}
        )
        for rule in rulebook.guidance
    )
    new = rulebook.model_copy(update={"guidance": easier, "hash": "other"})

    (impact,) = impacts(history, rulebook, new, TODAY)

    assert [action.association for action in was.plan] == ["dpor"]
    assert impact.goals == ()
    assert impact.plan_changes
    assert [association for association, _ in impact.reading.plan] == ["cpor_revrec", "cpor_osu"]


def test_of_each_case_the_newest_evaluation_counts(
    history: History, rulebook: Rulebook, finish: Finish
) -> None:
    finish("Contoso", {**SCENARIO_B, "channel": "csp_direct_bill"})
    (row,) = history.evaluations()
    finish("Contoso", SCENARIO_B, case_id=row.case_id)
    new = with_access(rulebook, "csp-direct-bill", "unclear")

    assert history.outlines.count() == 1
    assert list(impacts(history, rulebook, new, TODAY)) == []


def test_what_the_day_alone_changed_is_told_apart(
    history: History, rulebook: Rulebook, finish: Finish
) -> None:
    finish("Contoso", SCENARIO_B)
    after_the_book = rulebook.last_day + timedelta(days=1)

    (impact,) = impacts(history, rulebook, rulebook, after_the_book)

    assert {new for _, _, new in impact.goals} == {"not_covered"}
    assert not impact.by_rules


def test_answers_the_new_rules_do_not_know_are_left_out_and_named(
    history: History, rulebook: Rulebook, finish: Finish
) -> None:
    finish("Contoso", SCENARIO_B)
    channel = rulebook.question("channel")
    fewer = channel.model_copy(
        update={"choices": tuple(c for c in channel.choices if c.id != "enterprise_agreement")}
    )
    questions = tuple(fewer if q.id == "channel" else q for q in rulebook.questions)
    new = rulebook.model_copy(update={"questions": questions, "hash": "other"})

    (impact,) = impacts(history, rulebook, new, TODAY)

    assert impact.forgotten == ("channel",)


def test_one_case_at_a_time_is_reported_and_it_stops_when_told(
    history: History, rulebook: Rulebook, finish: Finish
) -> None:
    for number in range(5):
        finish(f"Customer {number}", {**SCENARIO_B, "channel": "csp_direct_bill"})
    new = with_access(rulebook, "csp-direct-bill", "unclear")
    seen: list[int] = []

    def three(cases: int) -> bool:
        seen.append(cases)
        return cases < 3

    assert len(list(impacts(history, rulebook, new, TODAY, three))) == 3
    assert seen == [1, 2, 3]


def test_they_are_sorted_by_customer_whatever_the_accents(
    history: History, rulebook: Rulebook, finish: Finish
) -> None:
    for name in ("Zeta", "Östra", "alfa", "Peter"):
        finish(name, {**SCENARIO_B, "channel": "csp_direct_bill"})
    new = with_access(rulebook, "csp-direct-bill", "unclear")

    found = sorted(impacts(history, rulebook, new, TODAY), key=by_name)

    assert [impact.outline.customer_name for impact in found] == ["alfa", "Östra", "Peter", "Zeta"]


def test_it_agrees_with_evaluating_every_customer_again(
    history: History, rulebook: Rulebook, finish: Finish, path: Path
) -> None:
    chance = random.Random(20261122)
    stored = {
        f"Customer {number}": finish(f"Customer {number}", any_answers(rulebook, chance))
        for number in range(40)
    }
    rules = list(rulebook.access)
    differing = 0
    for _ in range(5):
        changed = chance.choice([r for r in rules if r.access in {"open", "closed"}])
        new = with_access(rulebook, changed.id, "closed" if changed.access == "open" else "open")

        # A history of its own, as whoever computes beside the window has.
        with History.open(path) as beside:
            found = {i.outline.customer_name: i for i in impacts(beside, rulebook, new, TODAY)}

        again = {name: evaluated(new, was.answers, TODAY) for name, was in stored.items()}
        assert set(found) == {n for n, was in stored.items() if told(was) != told(again[n])}
        differing += len(found)
        assert all(read(impact) == told(again[name]) for name, impact in found.items())
    assert 5 < differing < 5 * len(stored)


def read(impact: Impact) -> tuple[object, ...]:
    verdicts = impact.reading.verdicts
    return [(*goal, verdict) for goal, verdict in verdicts.items()], list(impact.reading.plan)


def any_answers(book: Rulebook, chance: random.Random) -> Answers:
    """Some answer, or none, to each question."""
    answers: dict[str, Answer] = {}
    for question in book.questions:
        choices = [choice.id for choice in question.choices]
        if chance.random() < 0.2:
            continue
        if question.kind == "several":
            together = [choice.id for choice in question.choices if not choice.alone]
            answers[question.id] = tuple(chance.sample(together, min(2, len(together))))
        elif question.kind != "by_product":
            answers[question.id] = chance.choice(choices)
    return answers
