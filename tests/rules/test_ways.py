"""What would make a goal count: the smallest changes, true when tried, the easiest first."""

from datetime import date
from itertools import islice

from nca_wizard.rules.model.answers import Answer, Answers, Verdict
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.rules.model.results import Step
from nca_wizard.rules.recommendation import recommend
from tests.content.outcomes import distinct_outcomes
from tests.rules.scenarios import on_an_agreement, recommended

COUNTS = ("automatic", "action_needed")
BETTER: dict[Verdict, int] = {"automatic": 0, "action_needed": 1}


def with_step(rulebook: Rulebook, answers: Answers, step: Step) -> dict[str, Answer]:
    question = rulebook.question(step.question)
    return {**answers, step.question: _reply(question, answers[step.question], step)}


def _reply(question: Question, present: Answer, step: Step) -> Answer:
    if isinstance(present, tuple):
        alone = {choice.id for choice in question.choices if choice.alone}
        return (*(c for c in present if c not in alone), step.choice)
    if isinstance(present, dict):
        return {**present, step.product: step.choice}
    return step.choice


def test_every_way_is_true_when_tried_and_no_part_of_it_does_as_much(rulebook: Rulebook) -> None:
    tried = {1: 0, 2: 0}
    for day in (date(2023, 3, 15), date(2026, 7, 1), date(2026, 11, 22)):
        # A sample: the same outcome of another metric has much the same ways.
        for outcome in islice(distinct_outcomes(rulebook, day), 0, None, 41):
            scenario = outcome.sample
            for way in recommend(rulebook, scenario).ways:
                answers = scenario.answers
                for step in way.steps:
                    answers = with_step(rulebook, answers, step)
                then = scenario.model_copy(
                    update={"answers": answers, "as_of": way.from_day or day}
                )
                got = recommend(rulebook, then)

                assert tuple(goal.verdict for goal in got.goals) == way.verdicts
                assert tuple(action.association for action in got.plan) == way.plan
                assert way.verdicts[0] in COUNTS
                assert BETTER[way.verdicts[0]] < BETTER.get(outcome.verdict, 4)
                parts = len(way.steps) + bool(way.from_day)
                tried[parts] += 1
                if parts == 2:
                    halves = [
                        scenario.model_copy(
                            update={"answers": with_step(rulebook, scenario.answers, step)}
                        )
                        for step in way.steps
                    ]
                    if way.from_day:
                        halves.append(scenario.model_copy(update={"as_of": way.from_day}))
                    for half in halves:
                        (goal,) = recommend(rulebook, half).goals
                        assert BETTER.get(goal.verdict, 4) > BETTER[way.verdicts[0]]

    assert min(tried.values()) > 10, tried


def test_two_answers_are_told_where_neither_alone_is_enough(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(subscription="trial", our_part=("none",)))

    told = [{step.question: step.choice for step in way.steps} for way in got.ways]
    assert {"subscription": "active_paid", "our_part": "implements"} in told
    assert all(len(change) == 2 for change in told)
    assert got.would_change
    assert got.goals[0].verdict == "no_route"


def test_a_later_day_is_a_way_too(rulebook: Rulebook) -> None:
    answers = on_an_agreement(channel="csp_direct_bill", products=("contact_center",))
    got = recommended(rulebook, answers, date(2026, 7, 29))

    assert [goal.verdict for goal in got.goals] == ["unclear"]
    assert [(way.steps, way.from_day, way.verdicts) for way in got.ways] == [
        ((), date(2026, 7, 30), ("automatic",))
    ]
    assert recommended(rulebook, answers, date(2026, 7, 30)).ways == ()


def test_the_easiest_comes_first_and_one_change_before_two(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook,
        on_an_agreement(our_part=("none",), metrics=("net_customer_adds", "usage_growth")),
    )

    hardest = [way.steps[0].changeable for way in got.ways if len(way.steps) == 1]
    order = ["own_hands", "ask_customer", "hard"]
    assert hardest == sorted(hardest, key=order.index)
    assert set(hardest) == set(order)
    parts = [len(way.steps) + bool(way.from_day) for way in got.ways]
    assert parts == sorted(parts)


def test_what_nobody_can_change_is_no_way(rulebook: Rulebook) -> None:
    for outcome in islice(distinct_outcomes(rulebook), 0, None, 11):
        got = recommend(rulebook, outcome.sample)

        steps = [step for way in got.ways for step in way.steps]
        assert not {"track", "cloud", "incumbent"} & {step.question for step in steps}
        assert "fact" not in {step.changeable for step in steps}


def test_what_is_automatic_needs_no_way(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(channel="csp_direct_bill"))

    assert (got.ways, got.ways_found) == ((), 0)


def test_no_more_are_told_than_the_easiest_of_each_goal(rulebook: Rulebook) -> None:
    got = recommended(rulebook, on_an_agreement(our_part=("none",), revenue="below_250"))

    assert len(got.ways) == 5
    assert got.ways_found > 5


def test_each_product_has_its_own_ways_where_channels_are_mixed(rulebook: Rulebook) -> None:
    got = recommended(
        rulebook,
        on_an_agreement(
            channel="mixed",
            products=("sales", "finance"),
            channel_by_product={"sales": "csp_direct_bill", "finance": "csp_other_partner"},
        ),
    )

    assert {way.goals for way in got.ways} == {(("finance", "net_customer_adds"),)}
    assert {(way.steps[0].question, way.steps[0].product) for way in got.ways} == {
        ("channel_by_product", "finance")
    }
