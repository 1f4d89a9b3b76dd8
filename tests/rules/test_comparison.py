"""Two books compared: what differs is said, all of it and nothing else."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product as product_of

import pytest

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.boxes import Box
from nca_wizard.rules.comparison import Comparison, Difference, Entry, compare
from nca_wizard.rules.comparison_words import sentences
from nca_wizard.rules.evaluation import Goals
from nca_wizard.rules.model.book import Choice, Impossible, Product, Rulebook
from nca_wizard.rules.model.rules import AccessRule, Rule
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.proof import all_rules, flaws
from nca_wizard.rules.proof_answers import Answers
from nca_wizard.rules.proof_tables import Days, horizon_of, stretches

KINDS = ("measured", "credit", "access", "readiness", "cautions", "guidance")
OTHER = Text(for_us="Other words.", for_customer="Other words.")


def one(rulebook: Rulebook, kind: str, rule_id: str) -> Rule:
    rule: Rule = next(rule for rule in getattr(rulebook, kind) if rule.id == rule_id)
    return rule


def changed(rulebook: Rulebook, kind: str, rule_id: str, **update: object) -> Rulebook:
    assert one(rulebook, kind, rule_id).id == rule_id
    rules = [
        rule.model_copy(update=update) if rule.id == rule_id else rule
        for rule in getattr(rulebook, kind)
    ]
    return rulebook.model_copy(update={kind: tuple(rules)})


def about(comparison: Comparison, kind: str) -> list[Difference]:
    return [difference for difference in comparison.differences if difference.kind == kind]


def text(old: Rulebook, new: Rulebook) -> list[str]:
    return list(sentences(compare(old, new)))


# --- Nothing changes -------------------------------------------------------------------------


def test_a_book_answers_as_itself(rulebook: Rulebook) -> None:
    assert not compare(rulebook, rulebook).answers_change
    assert text(rulebook, rulebook) == [
        (
            "The old rules 2026.11 and the new rules 2026.11 are compared "
            "from 2022-08-10 to 2027-11-22."
        ),
        "No answer changes.",
    ]


def test_other_ids_and_other_words_change_no_answer(rulebook: Rulebook) -> None:
    def renamed(rule: Rule) -> Rule:
        overrides = tuple(f"new-{other}" for other in rule.overrides)
        return rule.model_copy(update={"id": f"new-{rule.id}", "overrides": overrides})

    def reworded(rule: Rule) -> Rule:
        words = Text(for_us=f"Other words: {rule.because.for_us}", for_customer="Other words.")
        return rule.model_copy(update={"because": words})

    for change in (renamed, reworded):
        book = rulebook.model_copy(
            update={kind: tuple(map(change, getattr(rulebook, kind))) for kind in KINDS}
        )
        assert compare(rulebook, book).differences == ()

    number = len(all_rules(rulebook))
    assert text(rulebook, book)[1:] == [
        "No answer changes.",
        f"Entries of both books in other words: {number}.",
    ]


def test_the_order_of_everything_changes_no_answer(rulebook: Rulebook) -> None:
    turned = {
        kind: getattr(rulebook, kind)[::-1]
        for kind in (*KINDS, "questions", "products", "metrics", "associations", "families")
    }

    assert not compare(rulebook, rulebook.model_copy(update=turned)).answers_change


# --- One thing changes -----------------------------------------------------------------------


def test_a_changed_value_is_told_with_its_box_its_rules_and_the_verdicts(
    rulebook: Rulebook,
) -> None:
    new = changed(rulebook, "access", "pal-china", access="open")
    comparison = compare(rulebook, new)

    (access,) = about(comparison, "access")
    assert (access.subject, access.old, access.new) == ("pal", "closed", "open")
    assert access.boxes == ({"cloud": ("china",)},)
    assert (access.scenarios, access.of) == (2, 6)
    assert access.old_rules == access.new_rules == ("pal-china",)
    assert access.days == horizon_of(rulebook)
    verdicts = about(comparison, "verdict")
    assert {(verdict.old, verdict.new) for verdict in verdicts} == {
        ("unclear", "action_needed"),
        ("no_route", "action_needed"),
    }
    assert {"guidance"} >= {d.kind for d in comparison.differences} - {"access", "verdict"}
    assert text(rulebook, new)[1:3] == [
        "4 answers change.",
        (
            "Access to pal was closed and becomes open on every day with cloud = china "
            "(2 of 6 scenarios). In both books by: pal-china."
        ),
    ]
    assert text(rulebook, new)[5] == (
        "The verdict of customer_insights or power_apps or power_automate or power_bi or "
        "power_pages for usage_growth or deployments was no_route and becomes action_needed "
        "from 2024-06-14 to 2027-11-22 with cloud = china (7168 of 21504 scenarios). "
        "In both books by: pal-china."
    )


def test_a_shifted_date_differs_on_the_days_between(rulebook: Rulebook) -> None:
    ended = one(rulebook, "readiness", "floor-smb-march-2023")
    assert ended.effective_until is not None
    later = ended.effective_until + timedelta(days=10)
    new = changed(rulebook, "readiness", ended.id, effective_until=later)

    differences = compare(rulebook, new).differences

    assert differences
    assert {difference.days for difference in differences} == {
        Days(ended.effective_until + timedelta(days=1), later)
    }
    assert {difference.kind for difference in differences} == {"readiness"}


def test_a_dropped_condition_differs_where_it_did_not_hold(rulebook: Rulebook) -> None:
    rule = one(rulebook, "readiness", "floor-enterprise-500")
    when = {axis: choices for axis, choices in rule.when.items() if axis != "track"}
    new = changed(rulebook, "readiness", rule.id, when=when)

    differences = compare(rulebook, new).differences

    assert [(d.kind, d.old, d.new) for d in differences] == [("readiness", "ready", "not_yet")]
    assert [box["track"] for box in differences[0].boxes] == [("smb",)]
    assert [box["revenue"] for box in differences[0].boxes] == [("from_500",)]
    assert differences[0].days == Days(rule.effective_from, rulebook.last_day)
    assert (differences[0].old_rules, differences[0].new_rules) == ((), (rule.id,))


def test_a_caution_and_an_effort_are_answers(rulebook: Rulebook) -> None:
    guidance = rulebook.guidance[0]
    new = changed(rulebook, "guidance", guidance.id, effort=guidance.effort + 1)
    assert {d.kind for d in compare(rulebook, new).differences} == {"guidance"}

    without = rulebook.model_copy(update={"cautions": rulebook.cautions[1:]})
    gone = compare(rulebook, without)
    assert {(d.kind, d.new) for d in gone.differences} == {("caution", "not shown")}
    assert {d.subject for d in gone.differences} == {rulebook.cautions[0].id}
    assert gone.notes.rules_gone == (f"cautions.toml: {rulebook.cautions[0].id}",)


def test_what_is_tried_first_and_what_is_usual_are_answers(rulebook: Rulebook) -> None:
    usual = rulebook.usual.model_copy(update={"axes": {**rulebook.usual.axes, "cloud": "china"}})
    new = rulebook.model_copy(update={"try_order": rulebook.try_order[::-1], "usual": usual})

    assert text(rulebook, new)[1:] == [
        "2 answers change.",
        (
            "The order in which unsettled routes are tried was csp then cpor_revrec then cpor_osu "
            "then dpor then pal then cpor_osa and becomes cpor_osa then pal then dpor then "
            "cpor_osu then cpor_revrec then csp."
        ),
        "What is taken as usual for cloud was commercial and becomes china.",
    ]


def test_a_combination_that_can_no_longer_occur_is_told_once(rulebook: Rulebook) -> None:
    impossible = Impossible(id="i", when={"cloud": ("china",)}, because="b")
    new = rulebook.model_copy(update={"impossible": (impossible,)})

    assert text(rulebook, new)[1:] == [
        "One answer changes.",
        (
            "A combination of answers was possible and becomes impossible on every day with "
            "cloud = china (1 of 3 scenarios). By the old rules: none; by the new rules: i."
        ),
    ]


# --- What only one book knows ----------------------------------------------------------------


def with_product(rulebook: Rulebook) -> Rulebook:
    """One product more, treated as Sales."""
    product = Product(id="new_product", name="New", family="dynamics_365")
    measured = tuple(
        rule.model_copy(update={"product": (*rule.product, product.id)})
        if "sales" in rule.product
        else rule
        for rule in rulebook.measured
    )
    return rulebook.model_copy(
        update={"products": (*rulebook.products, product), "measured": measured}
    )


def test_a_new_product_is_named_apart(rulebook: Rulebook) -> None:
    new = with_product(rulebook)

    assert compare(rulebook, new).entries == (Entry("product", "new_product", added=True),)
    assert text(rulebook, new)[1:] == [
        "Added: product new_product.",
        "What follows is about what both books know.",
        "No answer changes.",
    ]
    assert text(new, rulebook)[1] == "Removed: product new_product."


def with_choice(rulebook: Rulebook, question_id: str) -> Rulebook:
    questions = tuple(
        question.model_copy(
            update={"choices": (*question.choices, Choice(id="new", label="New", said=OTHER))}
        )
        if question.id == question_id
        else question
        for question in rulebook.questions
    )
    return rulebook.model_copy(update={"questions": questions})


def test_a_new_choice_is_named_apart(rulebook: Rulebook) -> None:
    new = changed(
        with_choice(rulebook, "cloud"), "access", "pal-china", when={"cloud": ("china", "new")}
    )

    assert compare(rulebook, new).entries == (Entry("choice", "cloud.new", added=True),)
    assert compare(rulebook, new).differences == ()


def test_a_choice_of_several_that_is_new_is_laid_out(rulebook: Rulebook) -> None:
    """Whoever gives it reads something else than without it."""
    book = with_choice(rulebook, "our_part")
    pal = one(book, "access", "pal-china")
    new = changed(book, "access", pal.id, when={**pal.when, "our_part.new": ("no",)})
    more = pal.model_copy(
        update={
            "id": "x",
            "access": "open",
            "when": {"cloud": ("china",), "our_part.new": ("yes",)},
        }
    )
    new = new.model_copy(update={"access": (*new.access, more)})

    (access,) = about(compare(rulebook, new), "access")

    assert access.boxes == ({"cloud": ("china",), "our_part.new": ("yes",)},)
    assert (access.old_rules, access.new_rules) == (("pal-china",), ("x",))


def test_questions_without_a_choice_in_common_are_not_compared(rulebook: Rulebook) -> None:
    questions = tuple(
        question.model_copy(
            update={
                "choices": tuple(
                    choice.model_copy(update={"id": f"{choice.id}_2"})
                    for choice in question.choices
                )
            }
        )
        if question.id == "cloud"
        else question
        for question in rulebook.questions
    )
    new = rulebook.model_copy(update={"questions": questions})

    comparison = compare(rulebook, new)

    assert comparison.not_compared == ("cloud",)
    assert any("share no choice: cloud." in line for line in sentences(comparison))
    assert about(comparison, "access") == []


def test_an_association_that_is_new_changes_verdicts(rulebook: Rulebook) -> None:
    def without_pal(kind: str) -> tuple[Rule, ...]:
        left = [
            rule.model_copy(
                update={"association": tuple(a for a in rule.association if a != "pal")}
            )
            for rule in getattr(rulebook, kind)
        ]
        return tuple(rule for rule in left if rule.association)

    old = rulebook.model_copy(
        update={
            "associations": tuple(a for a in rulebook.associations if a.id != "pal"),
            **{kind: without_pal(kind) for kind in ("credit", "access", "guidance")},
        }
    )

    comparison = compare(old, rulebook)

    assert Entry("association", "pal", added=True) in comparison.entries
    assert {d.kind for d in comparison.differences} == {"verdict"}
    assert all("pal-account" in d.new_rules for d in comparison.differences)


def test_another_horizon_is_said_apart(rulebook: Rulebook) -> None:
    longer = rulebook.model_copy(update={"last_day": date(2028, 6, 30)})

    assert text(rulebook, longer) == [
        (
            "The old rules 2026.11 and the new rules 2026.11 are compared "
            "from 2022-08-10 to 2027-11-22."
        ),
        "The days covered were 2022-08-10 to 2027-11-22 and become 2022-08-10 to 2028-06-30.",
        "No answer changes.",
    ]


def test_books_without_a_day_in_common_are_not_compared(rulebook: Rulebook) -> None:
    later = rulebook.model_copy(
        update={"first_day": date(2027, 11, 23), "last_day": date(2028, 6, 30)}
    )

    assert text(rulebook, later) == [
        (
            "The old rules 2026.11 and the new rules 2026.11 have no day in common "
            "(2022-08-10 to 2027-11-22; 2027-11-23 to 2028-06-30): nothing is compared."
        )
    ]


def test_a_product_of_another_family_is_named(rulebook: Rulebook) -> None:
    products = tuple(
        p.model_copy(update={"family": "power_platform"}) if p.id == "sales" else p
        for p in rulebook.products
    )
    new = rulebook.model_copy(update={"products": products})

    assert "The product sales moves from the family dynamics_365 to power_platform." in text(
        rulebook, new
    )


# --- All of it and nothing else --------------------------------------------------------------


def holds(box: Box | None, point: Mapping[str, str]) -> bool:
    return all(point[axis] in choices for axis, choices in (box or {}).items())


def told(
    differences: Sequence[Difference], day: date, point: Mapping[str, str]
) -> set[tuple[str, str]]:
    """What the comparison says of one scenario on one day."""
    return {
        (difference.old, difference.new)
        for difference in differences
        if difference.days.first <= day <= difference.days.last
        and holds(difference.goals, point)
        and any(holds(box, point) for box in difference.boxes)
    }


def access_of(rules: Sequence[AccessRule], day: date, point: Mapping[str, str]) -> str:
    """The one value that stands, found the slow way."""
    matching = [rule for rule in rules if rule.in_force_on(day) and holds(rule.when, point)]

    def stands(rule: AccessRule) -> bool:
        return not any(rule.id in other.overrides and stands(other) for other in matching)

    (value,) = {rule.access for rule in matching if stands(rule)}
    return value


VALUES = ("automatic", "open", "closed", "unclear")


def rebuilt(rulebook: Rulebook, seed: int) -> Rulebook:
    """One association reads otherwise from July 2024: its values change places, so none clash."""
    draw = random.Random(seed)
    turn = dict(zip(VALUES, draw.sample(VALUES, 4), strict=True))
    association = draw.choice([a.id for a in rulebook.associations])
    before, after = date(2024, 6, 30), date(2024, 7, 1)
    rules: list[AccessRule] = []
    for rule in rulebook.access:
        if association not in rule.association:
            rules.append(rule)
            continue
        others = tuple(other for other in rule.association if other != association)
        own = rule.model_copy(update={"association": (association,)})
        if others:
            rules.append(rule.model_copy(update={"association": others}))
        if rule.effective_from <= before:
            until = min(rule.effective_until or before, before)
            rules.append(own.model_copy(update={"effective_until": until}))
        if rule.effective_until is None or rule.effective_until >= after:
            first = max(rule.effective_from, after)
            update = {"effective_from": first, "access": turn[rule.access]}
            rules.append(own.model_copy(update=update))
    return rulebook.model_copy(update={"access": tuple(rules)})


@pytest.mark.parametrize("seed", range(6))
def test_the_boxes_are_exactly_the_scenarios_that_differ(rulebook: Rulebook, seed: int) -> None:
    new = rebuilt(rulebook, seed)
    comparison = compare(rulebook, new)
    days = [d.first for d in stretches((*rulebook.access, *new.access), horizon_of(rulebook))]

    for association in (a.id for a in rulebook.associations):
        old_rules, new_rules = (
            [rule for rule in book.access if association in rule.association]
            for book in (rulebook, new)
        )
        used = {axis for rule in (*old_rules, *new_rules) for axis in rule.when}
        axes = {axis: choices for axis, choices in all_axes(rulebook).items() if axis in used}
        differences = [d for d in about(comparison, "access") if d.subject == association]
        for day in days:
            for choices in product_of(*axes.values()):
                point = dict(zip(axes, choices, strict=True))
                before = access_of(old_rules, day, point)
                after = access_of(new_rules, day, point)
                assert told(differences, day, point) == (
                    {(before, after)} if before != after else set()
                )


@pytest.mark.parametrize("seed", range(4))
def test_the_verdicts_told_are_those_of_both_books(rulebook: Rulebook, seed: int) -> None:
    draw = random.Random(seed)
    new = rebuilt(rulebook, seed)
    differences = about(compare(rulebook, new), "verdict")
    axes = all_axes(rulebook)
    days = [d.first for d in stretches(all_rules(rulebook), horizon_of(rulebook))]
    seen = 0
    for day in days:
        books = [Goals(book, day) for book in (rulebook, new)]
        for _ in range(6):
            point = {axis: draw.choice(choices) for axis, choices in axes.items()}
            single = {axis: (choice,) for axis, choice in point.items()}
            situations = [goals.situations.of(single) for goals in books]
            for product, metric in product_of(rulebook.products, rulebook.metrics):
                was, becomes = (
                    next(iter(goals.state(product.id, metric.id, situation).base_verdicts()))
                    for goals, situation in zip(books, situations, strict=True)
                )
                goal = {**point, "product": product.id, "metric": metric.id}
                assert told(differences, day, goal) == (
                    {(was, becomes)} if was != becomes else set()
                )
                seen += was != becomes

    assert seen or not differences


def test_the_readiness_told_is_that_of_both_books(rulebook: Rulebook) -> None:
    axes = {
        axis: choices
        for axis, choices in all_axes(rulebook).items()
        if any(axis in rule.when for rule in rulebook.readiness)
    }
    for rule in rulebook.readiness:
        new = changed(rulebook, "readiness", rule.id, when=dict(list(rule.when.items())[1:]))
        differences = about(compare(rulebook, new), "readiness")
        for day in (d.first for d in stretches(rulebook.readiness, horizon_of(rulebook))):
            books = [Goals(book, day).situations for book in (rulebook, new)]
            for choices in product_of(*axes.values()):
                point = dict(zip(axes, choices, strict=True))
                single = {a: (point.get(a, all_of[0]),) for a, all_of in all_axes(rulebook).items()}
                situations = [book.of(single) for book in books]
                for metric in (m.id for m in rulebook.metrics):
                    was, becomes = (
                        next(
                            str(state or "ready")
                            for state, bits in s.readiness(metric).items()
                            if bits
                        )
                        for s in situations
                    )
                    own = [d for d in differences if d.subject == metric]
                    assert told(own, day, point) == ({(was, becomes)} if was != becomes else set())


def test_answers_change_exactly_if_their_hash_does(rulebook: Rulebook) -> None:
    """Every rule taken a day later, or out of its first condition, where the book stays sound."""

    def hash_of(book: Rulebook) -> str:
        return Answers(book, stretches(all_rules(book), horizon_of(book))).hash

    shipped = hash_of(rulebook)
    draw = random.Random(7)
    sound = 0
    for kind in ("readiness", "cautions", "guidance"):
        rules = getattr(rulebook, kind)
        for rule in draw.sample(rules, min(6, len(rules))):
            shorter = dict(list(rule.when.items())[1:])
            for update in (
                {"effective_from": rule.effective_from + timedelta(days=400)},
                {"when": shorter},
            ):
                new = changed(rulebook, kind, rule.id, **update)
                if next(flaws(new), None) is None:
                    sound += 1
                    assert compare(rulebook, new).answers_change == (hash_of(new) != shipped)

    assert sound > 5


def test_a_comparison_is_the_same_every_time(rulebook: Rulebook) -> None:
    new = rebuilt(rulebook, 3)

    assert compare(rulebook, new) == compare(rulebook, new)


def test_no_sentence_is_longer_than_can_be_read(rulebook: Rulebook) -> None:
    for seed in range(6):
        for line in text(rulebook, rebuilt(rulebook, seed)):
            assert line.endswith(".")
            assert len(line) < 1500
