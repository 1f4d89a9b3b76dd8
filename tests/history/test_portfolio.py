"""The register adds up: each customer once, each workload once, no more points than there are."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from nca_wizard.customer import Customer
from nca_wizard.history.search import Search
from nca_wizard.history.store import History
from nca_wizard.rules.model.answers import Verdict
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Goal, Recommendation

Made = Callable[..., Recommendation]


def goal(product: str, metric: str, verdict: Verdict, workload: str = "") -> Goal:
    return Goal(
        product=product, metric=metric, verdict=verdict, workload=workload, reasons=(), findings=()
    )


@pytest.fixture
def search(history: History) -> Iterator[Search]:
    found = history.searching("en")
    yield found
    found.close()


@pytest.fixture
def add(history: History, made: Made, noon: datetime) -> Callable[..., int]:
    """Adds a customer with these goals, an hour later each time."""
    times = iter(noon + timedelta(hours=hours) for hours in range(100))

    def added(name: str, *goals: Goal, planned: bool = False, open_questions: bool = False) -> int:
        recommendation = made()
        changed = recommendation.model_copy(
            update={
                "goals": goals,
                "plan": recommendation.plan if planned else (),
                "open_questions": recommendation.open_questions if open_questions else (),
            }
        )
        return history.finish(None, Customer(name=name), changed, next(times))

    return added


def test_an_empty_register_adds_up_to_nothing(search: Search, rulebook: Rulebook) -> None:
    found = search.portfolio(rulebook.metrics)

    assert (found.customers, found.by_standing, found.waiting) == (0, {}, ())
    assert [total.metric for total in found.metrics] == [
        "net_customer_adds", "usage_growth", "deployments",
    ]  # fmt: skip
    assert found.metrics[0].points == 0


def test_each_customer_counts_once_by_its_newest_evaluation_and_most_telling_goal(
    history: History, search: Search, rulebook: Rulebook, add: Callable[..., int], noon: datetime
) -> None:
    add("Contoso", goal("sales", "net_customer_adds", "no_route"))
    add(
        "CONTOSO",
        goal("sales", "net_customer_adds", "automatic"),
        goal("sales", "usage_growth", "action_needed"),
        open_questions=True,
    )
    add("Fabrikam", goal("sales", "net_customer_adds", "automatic"))
    add("Lamna", goal("sales", "net_customer_adds", "unclear"))
    add("Gone", goal("sales", "net_customer_adds", "automatic"))
    history.bin.delete(noon, cases=[5])

    found = search.portfolio(rulebook.metrics)

    assert found.customers == 3
    assert list(found.by_standing.items()) == [
        ("action_needed", 1), ("unclear", 1), ("automatic", 1),
    ]  # fmt: skip
    assert found.with_open_questions == 1
    adds = found.metrics[0]
    assert adds.counted == {"automatic": 2, "unclear": 1}
    assert (adds.counts, adds.could_count) == (2, 2)


def test_points_end_at_the_most_a_metric_gives(
    search: Search, rulebook: Rulebook, add: Callable[..., int]
) -> None:
    for number in range(4):
        add(
            f"Customer {number}",
            goal("sales", "net_customer_adds", "automatic"),
            goal("finance", "net_customer_adds", "action_needed"),
            goal("sales", "deployments", "automatic", "Customer Engagement"),
            goal("sales", "usage_growth", "automatic", "Customer Engagement"),
        )

    adds, growth, deployments = search.portfolio(rulebook.metrics).metrics

    assert (adds.points, adds.points_with_plan, adds.most) == (12, 15, 15)
    assert (deployments.points, deployments.points_with_plan, deployments.most) == (16, 16, 20)
    assert (growth.points, growth.points_with_plan, growth.most) == (None, None, 30)
    assert growth.counts == 4


def test_two_products_that_are_one_workload_count_once_by_the_better(
    search: Search, rulebook: Rulebook, add: Callable[..., int]
) -> None:
    add(
        "Contoso",
        goal("sales", "deployments", "action_needed", "Customer Engagement"),
        goal("customer_service", "deployments", "automatic", "Customer Engagement"),
        goal("sales", "net_customer_adds", "automatic"),
        goal("customer_service", "net_customer_adds", "automatic"),
    )

    adds, _, deployments = search.portfolio(rulebook.metrics).metrics

    assert deployments.counted == {"automatic": 1}
    assert adds.counted == {"automatic": 2}


def test_what_waits_says_for_whom_and_for_how_many(
    history: History, search: Search, rulebook: Rulebook, add: Callable[..., int]
) -> None:
    goals = goal("sales", "net_customer_adds", "action_needed")
    done, begun, _ = (add(name, goals, planned=True) for name in ("A", "B", "C"))
    history.actions.set_state(done, "g1", "done", None)
    history.actions.set_state(begun, "g1", "in_progress", None)

    [waiting] = search.portfolio(rulebook.metrics).waiting

    assert (waiting.action, waiting.association) == ("g1", "cpor_revrec")
    assert (waiting.title, waiting.who) == ("File the claim", "You")
    assert (waiting.to_do, waiting.in_progress) == (1, 1)


def test_what_was_refused_is_neither_waiting_nor_with_the_plan_and_what_was_done_is_apart(
    history: History, search: Search, rulebook: Rulebook, add: Callable[..., int]
) -> None:
    goals = goal("sales", "net_customer_adds", "action_needed")
    refused, done, _ = (add(name, goals, planned=True) for name in ("A", "B", "C"))
    history.actions.set_state(refused, "g1", "not_doing", None)
    history.actions.set_state(done, "g1", "done", None)

    found = search.portfolio(rulebook.metrics)

    assert dict(found.by_standing) == {"action_needed": 1, "done": 1, "not_doing": 1}
    adds = found.metrics[0]
    assert (adds.counts, adds.done, adds.could_count) == (0, 1, 2)
    assert (adds.points, adds.points_with_plan) == (0, 6)


def test_what_is_not_planned_for_a_goal_says_nothing_of_it(
    history: History, search: Search, rulebook: Rulebook, add: Callable[..., int]
) -> None:
    added = add("A", goal("finance", "net_customer_adds", "action_needed"), planned=True)
    history.actions.set_state(added, "g1", "not_doing", None)

    assert dict(search.portfolio(rulebook.metrics).by_standing) == {"action_needed": 1}
