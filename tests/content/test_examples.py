"""What a person worked out of the sources, one scenario after the other."""

from collections import defaultdict

import pytest

from nca_wizard.rules.interview import Interview
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.recommendation import recommend
from tests.content.examples.reading import Example, all_rules, examples, seen

EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_an_example_comes_out_as_it_was_worked_out(rulebook: Rulebook, example: Example) -> None:
    expected = example.written
    got = seen(rulebook, example.scenario)

    assert expected.verdicts is None or got.verdicts == expected.verdicts, expected.says
    assert expected.plan is None or got.plan == expected.plan, expected.says
    assert expected.in_place is None or got.in_place == expected.in_place, expected.says
    assert set(expected.fires) <= got.rules, expected.says
    assert not set(expected.just_outside) & got.rules, expected.says


def test_every_rule_has_an_example_where_it_fires_and_one_just_outside(rulebook: Rulebook) -> None:
    rules = set(all_rules(rulebook))
    fires = {rule for example in EXAMPLES for rule in example.written.fires}
    outside = {rule for example in EXAMPLES for rule in example.written.just_outside}

    assert rules - fires == set(), "rules that fire in no example"
    assert rules - outside == set(), "rules with no example just outside"
    assert (fires | outside) - rules == set(), "examples name rules that do not exist"


def test_just_outside_is_one_answer_or_one_day_away_from_where_the_rule_fires() -> None:
    where: dict[str, list[Example]] = defaultdict(list)
    for example in EXAMPLES:
        for rule in example.written.fires:
            where[rule].append(example)

    far_off = [
        f"{example.id}: {rule}"
        for example in EXAMPLES
        for rule in example.written.just_outside
        if not any(_one_step(example, other) for other in where[rule])
    ]

    assert far_off == []


def test_an_example_says_something_and_expects_something() -> None:
    for example in EXAMPLES:
        written = example.written

        assert written.says.endswith((".", ",")), example.id
        assert written.fires or written.just_outside or written.verdicts, example.id


def test_the_rules_seen_are_those_the_recommendation_gives(rulebook: Rulebook) -> None:
    for example in EXAMPLES:
        got = recommend(rulebook, example.scenario)
        rules = seen(rulebook, example.scenario).rules
        actions = (*got.plan, *got.in_place)
        reasons = {
            reason.rule
            for goal in got.goals
            for finding in goal.findings
            for reason in finding.reasons
            if reason.rule != "not-covered"
        }

        assert {f"cautions/{c.id}" for c in got.cautions} == _of("cautions", rules), example.id
        assert {f"readiness/{p.rule}" for p in got.preparations} == _of("readiness", rules)
        assert {f"guidance/{action.guidance}" for action in actions} <= rules
        assert reasons <= {rule.partition("/")[2] for rule in rules}


def test_an_example_comes_out_the_same_with_only_what_the_interview_asks(
    rulebook: Rulebook,
) -> None:
    for example in EXAMPLES[::4]:
        scenario = example.scenario
        asked = Interview(rulebook, scenario.answers, scenario.as_of).answers_in_play
        got = recommend(rulebook, scenario.model_copy(update={"answers": asked}))
        full = recommend(rulebook, scenario)

        assert [g.verdict for g in got.goals] == [g.verdict for g in full.goals], example.id
        assert [a.guidance for a in got.plan] == [a.guidance for a in full.plan], example.id
        assert [c.id for c in got.cautions] == [c.id for c in full.cautions], example.id


def _of(kind: str, rules: frozenset[str]) -> set[str]:
    return {rule for rule in rules if rule.startswith(f"{kind}/")}


def _one_step(one: Example, other: Example) -> bool:
    """Whether they differ in one answer or in the day alone."""
    mine, theirs = one.scenario.answers, other.scenario.answers
    answers = sum(mine[question] != theirs[question] for question in mine)
    return answers + (one.scenario.as_of != other.scenario.as_of) == 1
