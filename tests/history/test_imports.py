"""What came together goes together, and is there whole or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from nca_wizard.customer import Customer
from nca_wizard.history.evaluations import written
from nca_wizard.history.imports import Coming
from nca_wizard.history.search import Query
from nca_wizard.history.store import History
from nca_wizard.rules.model.results import PlannedFollowUp, Recommendation
from nca_wizard.rules.model.values import Text


def names(history: History) -> list[str]:
    return [row.customer_name for row in history.evaluations()]


def with_a_renewal(recommendation: Recommendation) -> Recommendation:
    renewal = PlannedFollowUp(
        id="renewal",
        after="subscription_ends",
        title=Text(for_us="Claim again", for_customer="We ask again"),
        working_days=None,
        day_of_month=None,
        cites=(),
    )
    [action] = recommendation.plan
    return recommendation.model_copy(
        update={"plan": (action.model_copy(update={"follow_ups": (renewal,)}),)}
    )


def test_an_import_is_undone_and_redone_as_one(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    history.finish(None, Customer(name="Earlier"), recommendation, noon)
    import_id = history.imports.begin("Q4.xlsx", noon)
    for batch in (("A", "B"), ("C",)):
        history.imports.add(
            import_id,
            [Coming(Customer(name=name), written(recommendation)) for name in batch],
            noon,
        )
    history.bin.delete(noon, cases=history.imports.cases(import_id)[:1])

    undone = history.imports.undo(import_id, noon + timedelta(minutes=1))

    assert names(history) == ["Earlier"]
    assert len(undone["cases"]) == 2
    history.imports.redo(undone)
    assert names(history) == ["C", "B", "Earlier"]
    assert [one.customer_name for one in history.bin.deleted()] == ["A"]


def test_what_was_imported_can_be_shown_by_itself(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    history.finish(None, Customer(name="Earlier"), recommendation, noon)
    import_id = history.imports.begin("Q4.xlsx", noon)
    [added] = history.imports.add(
        import_id, [Coming(Customer(name="A"), written(recommendation))], noon
    )

    search = history.searching("en")
    assert search.find(Query(import_id=import_id)).ids == [added]
    search.close()


def test_a_batch_that_is_stopped_leaves_no_half(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    import_id = history.imports.begin("Q4.xlsx", noon)

    def stopping() -> Iterator[Coming]:
        yield Coming(Customer(name="A"), written(recommendation))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        history.imports.add(import_id, stopping(), noon)

    assert names(history) == []
    assert history.imports.cases(import_id) == []


def test_what_was_added_to_a_customer_that_was_there_goes_again_and_nothing_else(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    first = history.finish(None, Customer(name="Contoso"), recommendation, noon)
    [row] = history.evaluations()
    history.actions.set_state(first, "g1", "in_progress", noon.date())
    import_id = history.imports.begin("Q4.xlsx", noon)
    coming = [
        Coming(Customer(name="Contoso"), written(recommendation), row.case_id),
        Coming(Customer(name="New"), written(recommendation)),
    ]
    added, _ = history.imports.add(import_id, coming, noon + timedelta(days=1))
    assert [one.id for one in history.evaluations_of(row.case_id)] == [added, first]
    assert history.actions.of(added)[0].state == "in_progress"

    taken_back = history.imports.undo(import_id, noon + timedelta(days=1))

    assert names(history) == ["Contoso"]
    assert [one.id for one in history.evaluations_of(row.case_id)] == [first]
    assert history.case(row.case_id).newest.id == first
    exported = history.transfer.export()
    assert [len(case["evaluations"]) for case in exported["cases"]] == [1]
    assert [one.customer_name for one in history.bin.deleted()] == ["New"]

    history.imports.redo(taken_back)
    assert names(history) == ["New", "Contoso", "Contoso"]


def test_what_was_taken_back_is_gone_for_good_after_thirty_days(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    first = history.finish(None, Customer(name="Contoso"), recommendation, noon)
    case_id = history.evaluation(first).case_id
    import_id = history.imports.begin("Q4.xlsx", noon)
    hush = Coming(Customer(name="Hushhush"), written(recommendation), case_id)
    history.imports.add(import_id, [hush], noon)
    history.imports.undo(import_id, noon)

    history.bin.clean_up(noon + timedelta(days=29))
    assert b"Hushhush" in contents_of(history)
    history.bin.clean_up(noon + timedelta(days=30))

    assert b"Hushhush" not in contents_of(history)
    assert b"Q4.xlsx" not in contents_of(history)
    assert names(history) == ["Contoso"]


def test_the_day_a_subscription_ends_is_followed_up_and_goes_with_the_undo(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    planned = with_a_renewal(recommendation)
    first = history.finish(None, Customer(name="Contoso"), planned, noon)
    case_id = history.evaluation(first).case_id
    import_id = history.imports.begin("Q4.xlsx", noon)
    coming = Coming(Customer(name="Contoso"), written(planned), case_id, date(2027, 3, 31))
    history.imports.add(import_id, [coming], noon)
    [due] = history.follow_ups.of_case(case_id)
    assert (due.kind, due.action, due.due) == ("renewal", "g1", date(2027, 3, 31))

    taken_back = history.imports.undo(import_id, noon)
    assert history.follow_ups.of_case(case_id) == []
    assert history.follow_ups.due(date(2028, 1, 1)) == []

    history.imports.redo(taken_back)
    history.imports.add(import_id, [replace(coming, subscription_ends=date(2028, 1, 1))], noon)
    assert [one.due for one in history.follow_ups.of_case(case_id)] == [date(2027, 3, 31)]


def test_the_follow_ups_of_a_customer_that_came_go_and_come_back_with_it(
    history: History, recommendation: Recommendation, noon: datetime
) -> None:
    planned = with_a_renewal(recommendation)
    import_id = history.imports.begin("Q4.xlsx", noon)
    coming = Coming(Customer(name="Contoso"), written(planned), subscription_ends=date(2027, 3, 31))
    history.imports.add(import_id, [coming], noon)
    [case_id] = history.imports.cases(import_id)

    history.imports.undo(import_id, noon)
    history.bin.clean_up(noon)
    assert history.follow_ups.due(date(2028, 1, 1)) == []
    history.bin.restore(cases=[case_id])

    assert [one.due for one in history.follow_ups.of_case(case_id)] == [date(2027, 3, 31)]


def contents_of(history: History) -> bytes:
    folder = history._database.path.parent
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
