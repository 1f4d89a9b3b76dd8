"""No scenario without an answer, no answer without a reason that cites a text."""

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.proof import days_that_matter, flaws
from nca_wizard.rules.recommendation import recommend
from nca_wizard.rules.situation import ACCESS_VALUES
from tests.content.outcomes import TODAY, distinct_outcomes, goal_states


def test_every_scenario_has_one_verdict_on_every_day_that_matters(rulebook: Rulebook) -> None:
    for day in (*days_that_matter(rulebook), TODAY):
        for state in goal_states(rulebook, day):
            verdicts = state.base_verdicts().values()
            possible = state.situation.possible

            assert sum(bits.bit_count() for bits in verdicts) == possible.bit_count()
            assert state.situation.possible.bit_count() == state.situation.space.size > 20_000


def test_every_scenario_has_one_access_for_each_association_with_a_rule_behind_it(
    rulebook: Rulebook,
) -> None:
    for state in goal_states(rulebook):
        situation = state.situation
        for association, rules in situation.access_standing.items():
            by_value = [situation.access(association, value) for value in ACCESS_VALUES]

            assert sum(bits.bit_count() for bits in by_value) == situation.possible.bit_count()
            assert all(rule.cites for rule, _ in rules)


def test_the_shipped_rules_have_neither_gap_nor_conflict(rulebook: Rulebook) -> None:
    assert list(flaws(rulebook)) == []


def test_each_distinct_outcome_is_recommended_as_the_whole_space_says(rulebook: Rulebook) -> None:
    verdicts = set()
    for outcome in distinct_outcomes(rulebook):
        got = recommend(rulebook, outcome.sample)

        assert got.goals[0].verdict == outcome.verdict, outcome
        assert says_why(got), outcome
        verdicts.add(outcome.verdict)

    assert verdicts == {
        "automatic",
        "action_needed",
        "not_yet",
        "unclear",
        "no_route",
        "not_measured",
    }


def says_why(recommendation: Recommendation) -> bool:
    """Each goal, each association, each action and each caution stands on a citation."""
    goal = recommendation.goals[0]
    return (
        bool(goal.reasons)
        and all(reason.cites for reason in goal.reasons)
        and len(goal.findings) == 6
        and all(f.reasons and all(r.cites for r in f.reasons) for f in goal.findings)
        and all(a.cites and a.reasons for a in (*recommendation.plan, *recommendation.in_place))
        and all(caution.cites for caution in recommendation.cautions)
    )
