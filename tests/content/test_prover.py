"""Two provers and an enumeration, none of which knows the others, find the same faults."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.proof_faults import dead_rules, table_faults
from nca_wizard.rules.proof_tables import Stretch, Table, tables_of
from nca_wizard.rules.situation import ACCESS_VALUES
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import union
from tests.content import brute_force
from tests.content.prover import Line, Problem, Scenario, lines_of
from tests.content.prover_books import ASSOCIATION, HORIZON, WAYS_TO_SPOIL, Book, random_book
from tests.content.small_books import small_book

BOOKS = 200
WHOLE_BOOKS = 24


# --- The shipped book ------------------------------------------------------------------------


def problem_of(rulebook: Rulebook, table: Table, day: date) -> Problem:
    """A table of the shipped book on one day, from the rules themselves."""
    impossible = tuple(entry.when for entry in rulebook.impossible)
    if table.file == "measured.toml":
        lines = lines_of(rulebook.measured, "measured", day, "product", "metric")
        products = [product.id for product in rulebook.products]
        return Problem({"product": products, "metric": metrics_of(rulebook)}, lines)
    if table.file == "credit.toml":
        lines = lines_of(
            rulebook.credit, "counts", day, "family", "metric", association=table.subject
        )
        families = [family.id for family in rulebook.families]
        return Problem({"family": families, "metric": metrics_of(rulebook)}, lines)
    lines = lines_of(rulebook.access, "access", day, association=table.subject)
    return Problem(axes_of(rulebook, table), lines, impossible)


def axes_of(rulebook: Rulebook, table: Table) -> dict[str, tuple[str, ...]]:
    axes = all_axes(rulebook)
    return {axis: axes[axis] for axis in table.space.axes}


def metrics_of(rulebook: Rulebook) -> list[str]:
    return [metric.id for metric in rulebook.metrics]


def test_clingo_finds_neither_gap_nor_conflict_in_the_shipped_rules(rulebook: Rulebook) -> None:
    for table in tables_of(rulebook).with_one_value:
        for stretch in table.stretches:
            for day in (stretch.days.first, stretch.days.last):
                problem = problem_of(rulebook, table, day)

                assert problem.lines
                assert problem.gaps() == set(), (table.file, table.subject, day)
                assert problem.conflicts() == set(), (table.file, table.subject, day)


def test_clingo_finds_a_scenario_for_every_shipped_rule(rulebook: Rulebook) -> None:
    for table in tables_of(rulebook).with_one_value:
        standing = {
            rule
            for stretch in table.stretches
            for rule in problem_of(rulebook, table, stretch.days.first).standing_somewhere()
        }

        assert standing == {rule.id for rule in table.rules}


def test_clingo_finds_guidance_wherever_an_association_is_to_be_had(rulebook: Rulebook) -> None:
    for association, access in tables_of(rulebook).access.items():
        for stretch in access.stretches:
            day = stretch.days.first
            whether = lines_of(rulebook.access, "access", day, association=association)
            how = lines_of(rulebook.guidance, "effort", day, association=association)
            guided = [
                Line(
                    id=f"how {line.id}",
                    when=line.when,
                    value="guided",
                    overrides=tuple(f"how {other}" for other in line.overrides),
                )
                for line in how
            ]

            both = Problem(axes_of(rulebook, access), [*whether, *guided])

            assert both.lacking({"closed", "guided"}) == set()
            assert both.lacking({"closed"})


@pytest.mark.parametrize(
    "association", ["csp", "cpor_revrec", "cpor_osa", "cpor_osu", "dpor", "pal"]
)
def test_both_provers_agree_on_the_shipped_rules_with_one_taken_out(
    rulebook: Rulebook, association: str
) -> None:
    for left_out in rulebook.access:
        if association not in left_out.association:
            continue
        kept = tuple(rule for rule in rulebook.access if rule is not left_out)
        book = rulebook.model_copy(update={"access": kept})
        table = tables_of(book).access[association]
        for stretch in table.stretches:
            problem = problem_of(book, table, stretch.days.first)

            assert spelled_out(table.space, stretch.gap) == problem.gaps()
            assert spelled_out(table.space, in_conflict(stretch)) == problem.conflicts()


def test_both_provers_agree_where_shipped_readiness_rules_and_cautions_stand(
    rulebook: Rulebook,
) -> None:
    tables = tables_of(rulebook)
    for table in (tables.readiness, *tables.cautions):
        agree_where_rules_stand(rulebook, table)


def agree_where_rules_stand(rulebook: Rulebook, table: Table) -> None:
    """Each rule of a table in which nothing need stand, on each stretch of days."""
    impossible = tuple(entry.when for entry in rulebook.impossible)
    for stretch in table.stretches:
        lines = lines_of(table.rules, table.field, stretch.days.first)
        problem = Problem(axes_of(rulebook, table), lines, impossible)
        assert {line.id for line in lines} == {rule.id for rule, _ in stretch.stands}
        for rule, bits in stretch.stands:
            assert spelled_out(table.space, bits) == problem.where_stands(rule.id), rule.id


# --- Random books ----------------------------------------------------------------------------


def test_both_provers_and_enumeration_agree_on_random_books() -> None:
    for seed in range(BOOKS):
        book = random_book(seed)
        table = book.table
        for stretch in table.stretches:
            gaps = spelled_out(table.space, stretch.gap)
            conflicts = spelled_out(table.space, in_conflict(stretch))

            problem = problem_of_random(book, stretch.days.first)
            assert gaps == within(table.space, problem.gaps()), seed
            assert conflicts == within(table.space, problem.conflicts()), seed
            for day in (stretch.days.first, stretch.days.last):
                slow_gaps, slow_conflicts = enumerated(book, day)
                assert gaps == within(table.space, slow_gaps), seed
                assert conflicts == within(table.space, slow_conflicts), seed


def test_both_provers_agree_on_whole_random_books(rulebook: Rulebook) -> None:
    """Lists, several associations, readiness and cautions together; every other one is spoiled."""
    with_gaps: set[str] = set()
    for seed in range(WHOLE_BOOKS):
        book = small_book(rulebook, seed)
        if seed % 2:
            book = without_some_rule(book, random.Random(seed))
        tables = tables_of(book)
        for table in tables.with_one_value:
            for stretch in table.stretches:
                problem = problem_of(book, table, stretch.days.first)
                gaps, conflicts = problem.gaps(), problem.conflicts()
                assert spelled_out(table.space, stretch.gap) == gaps, (seed, table.subject)
                assert bool(conflicts) == any(True for _ in stretch.conflicts())
                if gaps:
                    with_gaps.add(f"{table.file} {'spoiled' if seed % 2 else 'whole'}")
        for table in (tables.readiness, *tables.cautions):
            agree_where_rules_stand(book, table)

    assert {"measured.toml spoiled", "access.toml spoiled"} <= with_gaps
    assert "access.toml whole" not in with_gaps


def without_some_rule(book: Rulebook, draw: random.Random) -> Rulebook:
    kind = draw.choice(("measured", "credit", "access", "access"))
    rules = list(getattr(book, kind))
    rules.pop(draw.randrange(len(rules)))
    return book.model_copy(update={kind: tuple(rules)})


def test_both_provers_agree_on_dead_rules_of_random_books() -> None:
    for seed in range(BOOKS):
        book = random_book(seed)
        table = book.table
        standing = {
            rule
            for stretch in table.stretches
            for rule in problem_of_random(book, stretch.days.first).standing_somewhere()
        }

        dead = {rule for fault in dead_rules(table) for rule in fault.rules}

        assert dead == {rule.id for rule in book.rules} - standing, seed


def test_the_random_books_are_sound_or_broken_in_every_way() -> None:
    books = [random_book(seed) for seed in range(BOOKS)]
    faults = [list(table_faults(book.table)) for book in books]
    kinds = [{fault.kind for fault in found} for found in faults]

    assert not any(found for book, found in zip(books, faults, strict=True) if not book.spoiled)
    assert 60 < sum(bool(found) for found in faults) <= BOOKS / 2
    assert sum("gap" in found for found in kinds) > 25
    assert sum("conflict" in found for found in kinds) > 25
    assert {fault.days == HORIZON for found in faults for fault in found} == {True, False}
    assert len({way for book in books for way in book.spoiled}) == len(WAYS_TO_SPOIL)


def problem_of_random(book: Book, day: date) -> Problem:
    """All axes and all that is impossible, where our proof takes what the rules mention."""
    return Problem(
        book.axes,
        lines_of(book.rules, "access", day, association=ASSOCIATION),
        tuple(entry.when for entry in book.impossible),
    )


def enumerated(book: Book, day: date) -> tuple[set[Scenario], set[Scenario]]:
    """Gaps and conflicts, one scenario after the other."""
    rules = [
        rule
        for rule in book.rules
        if rule.effective_from <= day <= (rule.effective_until or date.max)
    ]
    gaps, conflicts = set(), set()
    for scenario in scenarios(book.axes):
        if any(brute_force.holds_in(entry.when, scenario) for entry in book.impossible):
            continue
        values = {rule.access for rule in brute_force._standing(rules, scenario)}
        if not values:
            gaps.add(frozenset(scenario.items()))
        if len(values) > 1:
            conflicts.add(frozenset(scenario.items()))
    return gaps, conflicts


def scenarios(axes: dict[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    for choices in product(*axes.values()):
        yield dict(zip(axes, choices, strict=True))


def within(space: Space, found: set[Scenario]) -> set[Scenario]:
    """The scenarios with the axes of the space alone."""
    return {frozenset((a, c) for a, c in scenario if a in space.axes) for scenario in found}


def in_conflict(stretch: Stretch) -> int:
    """Where two rules disagree, by the pairs that our proof reports."""
    bits = union(bits for _, _, bits in stretch.conflicts())
    more_than_one = union(
        stretch.by_value.get(one, 0) & stretch.by_value.get(other, 0)
        for one, other in product(ACCESS_VALUES, repeat=2)
        if one != other
    )
    assert bits == more_than_one
    return bits


def spelled_out(space: Space, bits: int) -> set[Scenario]:
    """The scenarios of a set, one after the other."""
    return {
        frozenset(scenario.items())
        for scenario in scenarios(space.axes)
        if space.where({axis: (choice,) for axis, choice in scenario.items()}) & bits
    }


def test_clingo_refuses_what_is_plainly_wrong() -> None:
    axes = {"q": ("a", "b", "c")}
    problem = Problem(
        axes,
        [
            Line("one", {"q": ("a", "b")}, "open"),
            Line("two", {"q": ("b",)}, "closed"),
            Line("never", {"q": ("a",)}, "open"),
            Line("always", {"q": ("a",)}, "open", overrides=("never",)),
        ],
    )

    assert problem.gaps() == {frozenset({("q", "c")})}
    assert problem.conflicts() == {frozenset({("q", "b")})}
    assert problem.standing_somewhere() == {"one", "two", "always"}
    assert Problem(axes, problem.lines, [{"q": ("b", "c")}]).gaps() == set()
