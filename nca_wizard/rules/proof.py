"""Over the whole answer space: every scenario has exactly one answer, on every day.

The faults that refuse a book, in the order in which they are looked for:

- gap: a scenario without an answer, or with an association to be had and nothing that says how;
- conflict: a scenario with two answers, from rules that stand together;
- dead: a rule that stands in no possible scenario of any day, or guidance only where nothing is
  to be had;
- dates: a rule that its own days or the dates of its texts do not bear out;
- question: a question or a choice that no rule tells from any other;
- readiness: a choice, of a question that readiness asks for, of which nobody says whether the
  customer counts with it.

A rule is not borne out if all of its days lie outside the book's; if it is due for another look
before it begins, or is open and not due before the book ends; if it cites a text dated after the
day on which the book was checked; or if it ended before any of its texts was written and none of
them *states* how it was then. To reach further back than one's oldest text is no fault: the
programme's procedures were written down long after they began. The certificate lists such rules,
and also those that could go without changing an answer.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import Rule
from nca_wizard.rules.proof_faults import (
    Fault,
    dead_rules,
    guidance_gaps,
    idle_guidance,
    ill_dated,
    table_faults,
    unsaid_readiness,
    unused_choices,
)
from nca_wizard.rules.proof_tables import Tables, horizon_of, stretches, tables_of


def flaws(rulebook: Rulebook) -> Iterator[str]:
    """Everything that refuses the book, in a sentence each."""
    return (fault.sentence for fault in faults(rulebook, tables_of(rulebook)))


def faults(rulebook: Rulebook, tables: Tables) -> Iterator[Fault]:
    """Everything that refuses the book. `tables` are its own."""
    for table in tables.with_one_value:
        yield from table_faults(table)
    for association, access in tables.access.items():
        yield from guidance_gaps(access, tables.guidance[association])
    for table in tables.all:
        yield from dead_rules(table)
    for association, access in tables.access.items():
        yield from idle_guidance(access, tables.guidance[association])
    sources = {source.id: source for source in rulebook.sources}
    for file, rules in rules_by_file(rulebook):
        for rule in rules:
            yield from ill_dated(file, rule, sources, horizon_of(rulebook), rulebook.checked_on)
    for question in rulebook.questions:
        yield from unused_choices(question, all_rules(rulebook))
        yield from unsaid_readiness(question, rulebook.readiness, horizon_of(rulebook))


def days_that_matter(rulebook: Rulebook) -> tuple[date, ...]:
    """The first day of every stretch in which the same rules stand."""
    return tuple(days.first for days in stretches(all_rules(rulebook), horizon_of(rulebook)))


def rules_by_file(rulebook: Rulebook) -> tuple[tuple[str, Sequence[Rule]], ...]:
    """Each rule file with its rules."""
    return (
        ("measured.toml", rulebook.measured),
        ("credit.toml", rulebook.credit),
        ("access.toml", rulebook.access),
        ("readiness.toml", rulebook.readiness),
        ("cautions.toml", rulebook.cautions),
        ("guidance.toml", rulebook.guidance),
    )


def all_rules(rulebook: Rulebook) -> tuple[Rule, ...]:
    """Every rule, in the order of the files."""
    return tuple(rule for _, rules in rules_by_file(rulebook) for rule in rules)
