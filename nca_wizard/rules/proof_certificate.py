"""What was proved of a sound book, in figures, with the hash of all its answers.

A certificate is not trusted but computed again: two that differ say that two programs, or two
books, would answer differently somewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import ReadinessRule, Rule
from nca_wizard.rules.proof import all_rules, rules_by_file
from nca_wizard.rules.proof_answers import Answers, readiness_said, reasons_hash
from nca_wizard.rules.proof_tables import (
    Days,
    Stretch,
    Table,
    Tables,
    horizon_of,
    possible_in,
    stretches,
    tables_of,
)


@dataclass(frozen=True)
class Certificate:
    """What was proved, of which book."""

    version: str
    rules_hash: str
    horizon: Days
    stretches: tuple[Days, ...]
    """Within each the same rules are in force."""
    scenarios: int
    """Of one product on one day, those that can occur."""
    impossible: int
    products: int
    metrics: int
    kinds_of_goals: int
    """Combinations of family, metric and "measured", which the rules treat alike."""
    rules: Mapping[str, int]
    """Rule file -> its number of rules."""
    redundant: Mapping[str, tuple[str, ...]]
    """Rules, by file, that change no answer if taken out alone. They may say why in words of
    their own."""
    older_than_their_texts: Mapping[str, tuple[str, ...]]
    """Rules, by file, that begin before the oldest text they cite."""
    answers_hash: str
    reasons_hash: str


def certificate(rulebook: Rulebook) -> Certificate:
    """The certificate of a book in which `proof.faults` finds nothing, as in every loaded one."""
    days = stretches(all_rules(rulebook), horizon_of(rulebook))
    answers = Answers(rulebook, days)
    tables = tables_of(rulebook)
    possible, in_all = _scenarios(rulebook)
    return Certificate(
        version=rulebook.version,
        rules_hash=rulebook.hash,
        horizon=horizon_of(rulebook),
        stretches=days,
        scenarios=possible,
        impossible=in_all - possible,
        products=len(rulebook.products),
        metrics=len(rulebook.metrics),
        kinds_of_goals=answers.kinds_of_goals,
        rules={file: len(rules) for file, rules in rules_by_file(rulebook)},
        redundant=redundant_rules(tables),
        older_than_their_texts=_older_than_their_texts(rulebook),
        answers_hash=answers.hash,
        reasons_hash=reasons_hash(tables),
    )


def redundant_rules(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """Rule file -> rules without which every answer would be the same, taken out one at a time.

    Cautions and guidance are left out: each says something of its own.
    """
    needed: dict[str, dict[str, bool]] = {}
    for table in (*tables.with_one_value, tables.readiness):
        for rule in table.rules:
            rules = needed.setdefault(table.file, {})
            rules[rule.id] = rules.get(rule.id, False) or _matters(rule, table)
    return _lists(
        (file, rule) for file, rules in needed.items() for rule, is_so in rules.items() if not is_so
    )


def _matters(rule: Rule, table: Table) -> bool:
    return any(
        _said(stretch) != _said(table.on(stretch.days, without=rule))
        for stretch in table.stretches
        if rule.in_force_on(stretch.days.first)
    )


def _said(stretch: Stretch) -> Mapping[str, int]:
    readiness = [(r, bits) for r, bits in stretch.stands if isinstance(r, ReadinessRule)]
    return readiness_said(tuple(readiness)) if readiness else stretch.by_value


def _older_than_their_texts(rulebook: Rulebook) -> Mapping[str, tuple[str, ...]]:
    dated = {source.id: source.dated for source in rulebook.sources}
    return _lists(
        (file, rule.id)
        for file, rules in rules_by_file(rulebook)
        for rule in rules
        if rule.effective_from < min(dated[citation.source] for citation in rule.cites)
    )


def _lists(found: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for file, rule in found:
        lists[file] = (*lists.get(file, ()), rule)
    return lists


def _scenarios(rulebook: Rulebook) -> tuple[int, int]:
    """How many can occur, and how many there are with those that cannot."""
    axes = all_axes(rulebook)
    in_all = prod(len(choices) for choices in axes.values())
    space, possible = possible_in(axes, rulebook.impossible)
    return in_all // space.size * possible.bit_count(), in_all
