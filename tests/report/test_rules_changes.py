"""What changed between two rulebooks, told to whoever uses them: names, not ids."""

from collections.abc import Sequence

import pytest

from nca_wizard.paths import resources
from nca_wizard.report.rules_changes import ChangesInWords, Group, changes_in_words
from nca_wizard.rules.comparison import compare
from nca_wizard.rules.model.book import Product, Rulebook
from nca_wizard.texts import PSEUDO_LANGUAGE, Texts

ENGLISH = Texts.load("en")


def changed(book: Rulebook, kind: str, rule_id: str, **update: object) -> Rulebook:
    rules = getattr(book, kind)
    assert rule_id in {rule.id for rule in rules}
    changed = (rule.model_copy(update=update) if rule.id == rule_id else rule for rule in rules)
    return book.model_copy(update={kind: tuple(changed), "version": "2027.02", "hash": "other"})


def told(old: Rulebook, new: Rulebook, texts: Texts = ENGLISH) -> ChangesInWords:
    return changes_in_words(texts, compare(old, new), old, new)


def group(changes: ChangesInWords, title: str) -> Group:
    return next(group for group in changes.groups if group.title == title)


def all_words(changes: ChangesInWords) -> Sequence[str]:
    return [
        *changes.apart,
        *changes.words_only,
        *(
            text
            for group in changes.groups
            for told in group.changes
            for text in (
                group.title,
                told.change,
                told.when,
                *told.conditions,
                *(cause.says for cause in (*told.before, *told.now)),
            )
        ),
    ]


def test_the_same_book_changes_nothing(rulebook: Rulebook) -> None:
    assert told(rulebook, rulebook) == ChangesInWords((), (), ())


def test_an_association_is_told_from_what_to_what_and_if(rulebook: Rulebook) -> None:
    changes = told(rulebook, changed(rulebook, "access", "pal-china", access="open"))

    (pal,) = group(changes, "PAL").changes

    assert pal.change == "PAL: closed → open"
    assert pal.conditions == ("If Cloud is “China”",)
    assert pal.when == ""


def test_goals_are_told_with_their_products_and_days(rulebook: Rulebook) -> None:
    changes = told(rulebook, changed(rulebook, "access", "pal-china", access="open"))

    goals = changes.groups[-1]

    assert goals.title == (
        "Usage growth or Deployments: "
        "Customer Insights, Power Apps, Power Automate, Power BI or Power Pages"
    )
    first, *over = goals.changes
    assert (first.change, first.when) == ("no route → action needed", "from 14 Jun 2024 on")
    assert {one.when for one in over} == {"until 13 Jun 2024"}


def test_every_change_of_an_answer_names_the_rules_their_sources_and_days(
    rulebook: Rulebook,
) -> None:
    changes = told(rulebook, changed(rulebook, "access", "pal-china", access="open"))

    (cause,) = group(changes, "PAL").changes[0].now

    assert cause.rule == "pal-china"
    assert cause.says
    assert any("Partner Admin Link" in source for source in cause.sources)
    assert cause.days == "Since 10 Aug 2022"


def test_rules_that_only_one_book_has_stand_first_among_the_causes(rulebook: Rulebook) -> None:
    general = next(rule for rule in rulebook.access if rule.id == "pal-china")
    special = general.model_copy(
        update={"id": "a-new-one", "access": "open", "overrides": ("pal-china",)}
    )
    new = rulebook.model_copy(update={"access": (*rulebook.access, special), "hash": "other"})

    (pal,) = group(told(rulebook, new), "PAL").changes

    assert [cause.rule for cause in pal.before] == ["pal-china"]
    assert pal.now[0].rule == "a-new-one"


def test_several_choices_of_one_question_are_one_clause(rulebook: Rulebook) -> None:
    disputed = next(rule.id for rule in rulebook.credit if rule.counts == "disputed")
    changes = told(rulebook, changed(rulebook, "credit", disputed, counts="yes"))

    conditions = [
        condition
        for group in changes.groups
        for told in group.changes
        for condition in told.conditions
    ]

    assert any("Already there includes" in one and ", but not " in one for one in conditions)
    assert all(one.count("Already there") < 2 for one in conditions)
    assert group(changes, "CPOR OSA").changes[0].change == "CPOR OSA: disputed → counts"


def test_a_caution_is_told_by_its_words(rulebook: Rulebook) -> None:
    gone, *rest = rulebook.cautions
    new = rulebook.model_copy(update={"cautions": tuple(rest), "hash": "other"})

    before, after = told(rulebook, new), told(new, rulebook)

    assert {one.change for one in group(before, "Cautions").changes} == {
        f"No longer said: {gone.because.for_us}"
    }
    assert {one.change for one in group(after, "Cautions").changes} == {
        f"Now said: {gone.because.for_us}"
    }


def test_another_order_of_trying_is_told_by_names(rulebook: Rulebook) -> None:
    new = rulebook.model_copy(update={"try_order": rulebook.try_order[::-1], "hash": "other"})

    (order,) = group(told(rulebook, new), "What is tried first").changes

    assert order.change.startswith("CSP, CPOR RevRec")
    assert order.change.endswith("CPOR RevRec, CSP")
    assert order.conditions == ()


def test_what_only_one_book_knows_is_told_apart(rulebook: Rulebook) -> None:
    extra = Product(id="new_one", name="New One", family="dynamics_365")
    new = rulebook.model_copy(update={"products": (*rulebook.products, extra), "hash": "other"})

    assert "New: New One." in told(rulebook, new).apart
    assert "Gone: New One." in told(new, rulebook).apart


def test_other_words_are_counted_apart_and_change_no_answer(rulebook: Rulebook) -> None:
    rule = rulebook.access[0]
    words = rule.because.model_copy(update={"for_us": "In other words."})
    changes = told(rulebook, changed(rulebook, "access", rule.id, because=words))

    assert changes.number == 0
    assert changes.words_only == ("1 text is worded otherwise.",)


def test_no_id_of_the_rulebook_is_left_in_the_words(rulebook: Rulebook) -> None:
    new = rulebook.model_copy(
        update={
            "credit": tuple(
                rule.model_copy(update={"counts": "no" if rule.counts == "yes" else "yes"})
                for rule in rulebook.credit
            ),
            "cautions": (),
            "readiness": rulebook.readiness[1:],
            "try_order": rulebook.try_order[::-1],
            "hash": "other",
        }
    )
    ids = {
        *(one.id for one in rulebook.products),
        *(one.id for one in rulebook.metrics),
        *(one.id for one in rulebook.families),
        *(choice.id for question in rulebook.questions for choice in question.choices),
    }
    ids = {one for one in ids if "_" in one}

    words = all_words(told(rulebook, new))

    assert len(words) > 50
    assert [text for text in words if any(one in text for one in ids)] == []


@pytest.mark.parametrize("language", ["de", PSEUDO_LANGUAGE])
def test_it_speaks_the_language_of_the_reader(rulebook: Rulebook, language: str) -> None:
    texts = Texts.load(language, resources() / "locale")
    new = changed(rulebook, "access", "pal-china", access="open")

    (pal,) = group(told(rulebook, new, texts), texts("PAL")).changes

    assert pal.change != "PAL: closed → open"
    assert texts("China") in pal.conditions[0]
