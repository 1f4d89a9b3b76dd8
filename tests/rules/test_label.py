"""The label of a rulebook says of it what the first page says, and nothing else has to be read."""

from datetime import date, timedelta

from nca_wizard.rules.label import label_of
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.proof import all_rules

DAY = timedelta(days=1)


def due_by_the_rules(book: Rulebook, day: date) -> set[str]:
    """The sources of the rules in force that somebody should have looked at before this day."""
    return {
        citation.source
        for rule in all_rules(book)
        if rule.in_force_on(day) and rule.review_due_on(day)
        for citation in rule.cites
    }


def test_on_every_day_as_many_sources_are_due_as_the_rules_say(rulebook: Rulebook) -> None:
    label = label_of(rulebook)
    days = [
        rulebook.first_day + DAY * number
        for number in range((rulebook.last_day - rulebook.first_day).days + 400)
    ]

    counted = [label.sources_due(day) for day in days]

    assert counted == [len(due_by_the_rules(rulebook, day)) for day in days]
    assert counted[0] == 0 < max(counted)


def test_a_rule_that_ends_is_due_no_longer(rulebook: Rulebook) -> None:
    [rule] = [one for one in rulebook.access if one.id == "dpor-held"]
    ending = rule.model_copy(
        update={
            "effective_from": date(2026, 1, 10),
            "review_by": date(2026, 1, 1),
            "effective_until": date(2026, 1, 20),
        }
    )
    empty = dict.fromkeys(("measured", "credit", "readiness", "cautions", "guidance"), ())
    label = label_of(rulebook.model_copy(update={**empty, "access": (ending,)}))
    sources = len({citation.source for citation in rule.cites})

    due = {day: label.sources_due(date(2026, 1, day)) for day in (9, 10, 20, 21)}

    assert due == {9: 0, 10: sources, 20: sources, 21: 0}


def test_it_names_the_book_and_where_each_page_is(rulebook: Rulebook) -> None:
    label = label_of(rulebook)

    assert (label.version, label.checked_on, label.last_day) == (
        rulebook.version,
        rulebook.checked_on,
        rulebook.last_day,
    )
    assert label.pages == {page.id: (page.step, page.caption) for page in rulebook.pages}
