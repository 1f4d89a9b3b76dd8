"""What two rulebooks both speak of, laid out so that each says its value for every scenario."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.comparison_space import Shared, shared_axes
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import CautionRule, GuidanceRule, Rule
from nca_wizard.rules.proof_tables import Days, Stretch, Table, tables_of
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import axes_used, in_force, standing, union

Kind = Literal[
    "occurs",
    "measured",
    "counts",
    "access",
    "verdict",
    "readiness",
    "held_up",
    "guidance",
    "caution",
    "try_order",
    "usual",
]
"""What an answer is about, in the order in which differences are told."""

AnyRule = TypeVar("AnyRule", bound=Rule)

_DAYS = {"effective_from", "effective_until"}
ANSWER_FIELDS = {
    *("when", "overrides", "association", "metric", "family", "product", *_DAYS),
    *("measured", "counts", "access", "state", "holds_up", "effort", "check", "internal"),
}
"""What an answer hangs on; everything else an entry has is words, or where they come from."""

SOURCE_FIELDS = {"cites", "review_by"}


@dataclass(frozen=True)
class Voice:
    """What one book says on some days: value -> scenarios, and the rules behind it."""

    values: Mapping[str, int]
    rules: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Topic:
    """One thing that both books give a value, and how to ask each of them for some days."""

    kind: Kind
    subject: str
    shared: Shared
    old: Callable[[Days], Voice]
    new: Callable[[Days], Voice]


# --- What there is to compare ----------------------------------------------------------------


class Topics:
    """All that both books speak of, but for the verdicts."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self._books = (old, new)
        self._tables = (tables_of(old), tables_of(new))
        self._axes = shared_axes(all_axes(old), all_axes(new))
        self._associations = _in_both(*([a.id for a in book.associations] for book in self._books))
        self._metrics = _in_both(*([m.id for m in book.metrics] for book in self._books))

    def all(self) -> Iterator[Topic]:
        """Each of them, in the order of the files."""
        old, new = self._tables
        yield self._table("measured", "", old.measured, new.measured)
        for association in self._associations:
            yield self._table(
                "counts", association, old.credit[association], new.credit[association]
            )
        for association in self._associations:
            yield self._table(
                "access", association, old.access[association], new.access[association]
            )
        yield from self._readiness()
        for association in self._associations:
            yield self._guidance(association)
        yield from self._cautions()

    def _shared(self, rules: Iterable[Rule]) -> Shared:
        return Shared.of(*self._books, self._axes, axes_used(rules))

    def _table(
        self, kind: Literal["measured", "counts", "access"], subject: str, old: Table, new: Table
    ) -> Topic:
        if kind == "access":
            shared = self._shared((*old.rules, *new.rules))
        else:
            shared = Shared.plain(shared_axes(old.space.axes, new.space.axes))
        one, other = (partial(_said, table, shared.space) for table in (old, new))
        return Topic(kind, subject, shared, one, other)

    def _readiness(self) -> Iterator[Topic]:
        old, new = (tables.readiness for tables in self._tables)
        shared = self._shared((*old.rules, *new.rules))
        for metric in self._metrics:
            one, other = (partial(_kept, table, shared.space, metric) for table in (old, new))
            yield Topic("readiness", metric, shared, one, other)
        for association in self._associations:
            one, other = (partial(_held, table, shared.space, association) for table in (old, new))
            yield Topic("held_up", association, shared, one, other)

    def _guidance(self, association: str) -> Topic:
        pairs = [(t.access[association], t.guidance[association]) for t in self._tables]
        shared = self._shared(rule for pair in pairs for table in pair for rule in table.rules)
        names = _names(self._books[0].guidance, self._books[1].guidance, _content)
        one, other = (
            partial(_guided, access, guidance, shared.space, named)
            for (access, guidance), named in zip(pairs, names, strict=True)
        )
        return Topic("guidance", association, shared, one, other)

    def _cautions(self) -> Iterator[Topic]:
        old_book, new_book = self._books
        names = _names(old_book.cautions, new_book.cautions, lambda rule: rule.because)
        goals = shared_axes(*(tables.measured.space.axes for tables in self._tables))
        for name in dict.fromkeys(name for named in names for name in named.values()):
            old, new = (
                [rule for rule in book.cautions if named[rule.id] == name]
                for book, named in zip(self._books, names, strict=True)
            )
            used = (*goals, *axes_used((*old, *new)))
            shared = Shared.of(*self._books, {**goals, **self._axes}, used)
            one, other = (
                partial(_shown, book, rules, shared.space)
                for book, rules in zip(self._books, (old, new), strict=True)
            )
            yield Topic("caution", name, shared, one, other)


def _said(table: Table, space: Space, days: Days) -> Voice:
    stands = standing(in_force(table.rules, days.first), space)
    stretch = Stretch(days=days, field=table.field, possible=space.full, stands=stands)
    return Voice(stretch.by_value, [(rule.id, bits) for rule, bits in stands])


def _kept(table: Table, space: Space, metric: str, days: Days) -> Voice:
    """What keeps a customer from counting for a metric; "not yet" goes before "unclear"."""
    stands = [
        (rule, bits)
        for rule, bits in standing(in_force(table.rules, days.first), space)
        if metric in rule.metric  # type: ignore[attr-defined]  # readiness rules, all of them
    ]
    by_state = {
        state: union(bits for rule, bits in stands if getattr(rule, table.field) == state)
        for state in ("not_yet", "unclear")
    }
    by_state["unclear"] &= ~by_state["not_yet"]
    return Voice(
        {**by_state, "ready": space.full & ~union(by_state.values())},
        [(rule.id, bits & by_state[getattr(rule, table.field)]) for rule, bits in stands],
    )


def _held(table: Table, space: Space, association: str, days: Days) -> Voice:
    stands = [
        (rule.id, bits)
        for rule, bits in standing(in_force(table.rules, days.first), space)
        if association in rule.holds_up  # type: ignore[attr-defined]  # readiness rules, all of them
    ]
    held = union(bits for _, bits in stands)
    return Voice({"yes": held, "no": space.full & ~held}, stands)


def _guided(
    access: Table, guidance: Table, space: Space, names: Mapping[str, str], days: Days
) -> Voice:
    """What is told where the association is to be had; that it is not is another difference."""
    to_be_had = space.full & ~_said(access, space, days).values.get("closed", 0)
    stands = standing(in_force(guidance.rules, days.first), space)
    parts: dict[tuple[str, ...], int] = {(): to_be_had}
    for rule, bits in stands:
        told = f"{names[rule.id]} (effort {getattr(rule, guidance.field)})"
        split: dict[tuple[str, ...], int] = {}
        for before, where in parts.items():
            with_it = tuple(sorted({*before, told}))
            split[with_it] = split.get(with_it, 0) | (where & bits)
            split[before] = split.get(before, 0) | (where & ~bits)
        parts = {told_there: where for told_there, where in split.items() if where}
    return Voice(
        {" and ".join(told) or "nothing": where for told, where in parts.items()},
        [(rule.id, bits) for rule, bits in stands],
    )


def _shown(book: Rulebook, rules: Sequence[CautionRule], space: Space, days: Days) -> Voice:
    """Where a sentence is shown, and for which goals."""
    values: dict[str, int] = {}
    where: list[tuple[str, int]] = []
    for rule in in_force(rules, days.first):
        products = tuple(
            product.id
            for product in book.products
            if (not rule.product or product.id in rule.product)
            and (not rule.family or product.family in rule.family)
        )
        metrics = rule.metric or tuple(metric.id for metric in book.metrics)
        bits = space.where({**rule.when, "product": products, "metric": metrics})
        where.append((rule.id, bits))
        values[_manner(rule)] = values.get(_manner(rule), 0) | bits
    shown = union(values.values())
    return Voice({**_apart(values), "not shown": space.full & ~shown}, where)


def _manner(rule: CautionRule) -> str:
    return "".join(
        (
            "to be checked" if rule.check else "shown",
            " to us alone" if rule.internal else "",
            f" for {' or '.join(sorted(rule.association))}" if rule.association else "",
        )
    )


def _apart(values: Mapping[str, int]) -> Mapping[str, int]:
    """The same where several hold at once: "shown for csp and shown for dpor" is one value."""
    parts: dict[tuple[str, ...], int] = {}
    for value, bits in sorted(values.items()):
        left = bits
        for names, where in tuple(parts.items()):
            if where & bits:
                parts[names] = where & ~bits
                parts[(*names, value)] = where & bits
                left &= ~where
        parts[(value,)] = left
    return {" and ".join(names): bits for names, bits in parts.items() if bits}


def impossible_combinations(old: Rulebook, new: Rulebook) -> Topic:
    """Which combinations of answers can occur, on any day."""
    axes = shared_axes(all_axes(old), all_axes(new))
    named = {axis for book in (old, new) for entry in book.impossible for axis in entry.when}
    shared = Shared.plain({axis: choices for axis, choices in axes.items() if axis in named})

    def voice(book: Rulebook, _days: Days) -> Voice:
        entries = [(entry.id, shared.space.where(entry.when)) for entry in book.impossible]
        cannot = union(bits for _, bits in entries)
        return Voice({"possible": shared.space.full & ~cannot, "impossible": cannot}, entries)

    return Topic("occurs", "", shared, partial(voice, old), partial(voice, new))


# --- The same under another name -------------------------------------------------------------


def _content(rule: GuidanceRule) -> str:
    without = {"id", "because", *ANSWER_FIELDS, *SOURCE_FIELDS}
    return rule.model_dump_json(exclude=without)


def _names(
    old: Sequence[AnyRule], new: Sequence[AnyRule], content: Callable[[AnyRule], Hashable]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """One name for what says the same in both books, or is the same rule in other words."""
    said = {content(rule) for rule in old}
    by_content: dict[Hashable, str] = {}
    for rule in new:
        by_content.setdefault(content(rule), rule.id)
    names_new = {rule.id: by_content[content(rule)] for rule in new}
    reworded = {rule.id: names_new[rule.id] for rule in new if content(rule) not in said}
    for rule in old:
        fresh = f"{rule.id} as it was" if rule.id in names_new else rule.id
        by_content.setdefault(content(rule), reworded.get(rule.id, fresh))
    return {rule.id: by_content[content(rule)] for rule in old}, names_new


def _in_both(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    known = set(old)
    return tuple(name for name in new if name in known)
