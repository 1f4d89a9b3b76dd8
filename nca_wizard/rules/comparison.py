"""Two rulebooks compared: where their answers differ, from what to what, and by which rules.

What is compared is what both know: the days of both, the products, associations and choices of
both. What only one knows is named apart. A question that only one book asks is laid out as well:
the other one answers alike whatever is said to it. As in the hash of all answers, the ids and texts
of rules make no answer; how many of them differ is a note.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.boxes import Box, maximal_boxes
from nca_wizard.rules.comparison_goals import goal_differences
from nca_wizard.rules.comparison_space import Found, Shared, over_time, shared_axes
from nca_wizard.rules.evaluation import axes_used, in_force, standing, union
from nca_wizard.rules.model import CautionRule, GuidanceRule, Rule, Rulebook, Value
from nca_wizard.rules.proof import all_rules, rules_by_file
from nca_wizard.rules.proof_tables import Days, Stretch, Table, stretches, tables_of
from nca_wizard.rules.space import Space

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

What = Literal["family", "product", "metric", "association", "question", "choice"]

AnyRule = TypeVar("AnyRule", bound=Rule)

_DAYS = {"effective_from", "effective_until"}
_ANSWERS = {
    *("when", "overrides", "association", "metric", "family", "product", *_DAYS),
    *("measured", "counts", "access", "state", "holds_up", "effort", "check", "internal"),
}
_SOURCES = {"cites", "review_by"}


@dataclass(frozen=True)
class Difference:
    """One value that became another, on which days and in which scenarios."""

    kind: Kind
    subject: str
    """The association, metric or caution it is about; empty where there is but one."""
    old: str
    new: str
    days: Days
    boxes: tuple[Box, ...]
    """Together exactly the scenarios that differ, and some that can occur in neither book."""
    scenarios: int
    of: int
    """Scenarios that can occur in both books, over the questions it hangs on."""
    old_rules: tuple[str, ...]
    """Those that stand there in the old book, and give it its value."""
    new_rules: tuple[str, ...]
    goals: Box | None = None
    """For a verdict: the products and metrics."""


@dataclass(frozen=True)
class Entry:
    """Something that only one of the books knows. A choice is named `question.choice`."""

    what: What
    id: str
    added: bool


@dataclass(frozen=True)
class Notes:
    """What differs and is no answer: ids, by file where they are rules."""

    texts: tuple[str, ...]
    """Entries of both books that say it in other words."""
    sources: tuple[str, ...]
    """Rules of both books with other citations, or due for another look on another day."""
    rules_gone: tuple[str, ...]
    rules_new: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What changes for whoever replaces the old book by the new one."""

    old_version: str
    new_version: str
    old_hash: str
    new_hash: str
    old_days: Days
    new_days: Days
    days: Days | None
    """The days of both books; None if there are none, and then nothing is compared."""
    entries: tuple[Entry, ...]
    moved: tuple[tuple[str, str, str], ...]
    """Products of another family than before: product, old family, new family."""
    not_compared: tuple[str, ...]
    """Questions of which the books share no choice."""
    differences: tuple[Difference, ...]
    notes: Notes
    products_by_family: Mapping[str, tuple[str, ...]]
    """Products that both books know, to say "any product of" where all of them are meant."""

    @property
    def answers_change(self) -> bool:
        """Whether anything that both books know is answered otherwise."""
        return bool(self.differences)


def compare(old: Rulebook, new: Rulebook) -> Comparison:
    """What differs between two sound books, as every loaded one is."""
    first, last = max(old.first_day, new.first_day), min(old.last_day, new.last_day)
    days = Days(first, last) if first <= last else None
    known = {product.id for product in old.products}
    return Comparison(
        old_version=old.version,
        new_version=new.version,
        old_hash=old.hash,
        new_hash=new.hash,
        old_days=Days(old.first_day, old.last_day),
        new_days=Days(new.first_day, new.last_day),
        days=days,
        entries=tuple(_entries(old, new)),
        moved=tuple(
            (product.id, old.product(product.id).family, product.family)
            for product in new.products
            if product.id in known and old.product(product.id).family != product.family
        ),
        not_compared=tuple(
            axis
            for axis, choices in shared_axes(all_axes(old), all_axes(new)).items()
            if not choices
        ),
        differences=tuple(_differences(old, new, days)) if days else (),
        notes=_notes(old, new),
        products_by_family={
            family.id: tuple(p.id for p in new.products if p.family == family.id and p.id in known)
            for family in new.families
        },
    )


def _differences(old: Rulebook, new: Rulebook, days: Days) -> Iterator[Difference]:
    cut = stretches((*all_rules(old), *all_rules(new)), days)
    topics = tuple(_Topics(old, new).all())
    occurs = _impossible(old, new)
    yield from _told(occurs, [days])
    for kind in ("measured", "counts", "access"):
        for topic in topics:
            if topic.kind == kind:
                yield from _told(topic, cut)
    for found in goal_differences(old, new, cut):
        yield _difference("verdict", "", found.shared, found.difference, goals=found.goals)
    for topic in topics:
        if topic.kind not in ("measured", "counts", "access"):
            yield from _told(topic, cut)
    yield from _plan(old, new, days)


# --- One thing over all days -----------------------------------------------------------------


@dataclass(frozen=True)
class _Voice:
    """What one book says on some days: value -> scenarios, and the rules behind it."""

    values: Mapping[str, int]
    rules: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class _Topic:
    kind: Kind
    subject: str
    shared: Shared
    old: Callable[[Days], _Voice]
    new: Callable[[Days], _Voice]


def _told(topic: _Topic, cut: Iterable[Days]) -> Iterator[Difference]:
    if not topic.shared.possible:
        return
    for found in over_time(_found(topic, cut)):
        yield _difference(topic.kind, topic.subject, topic.shared, found)


def _found(topic: _Topic, cut: Iterable[Days]) -> Iterator[Found]:
    for days in cut:
        old, new = topic.old(days), topic.new(days)
        for before, here in old.values.items():
            for after, there in new.values.items():
                bits = here & there & topic.shared.possible
                if before != after and bits:
                    yield Found(
                        old=before,
                        new=after,
                        bits=bits,
                        days=days,
                        old_rules=frozenset(name for name, where in old.rules if where & bits),
                        new_rules=frozenset(name for name, where in new.rules if where & bits),
                    )


def _difference(
    kind: Kind, subject: str, shared: Shared, found: Found, goals: Box | None = None
) -> Difference:
    return Difference(
        kind=kind,
        subject=subject,
        old=found.old,
        new=found.new,
        days=found.days,
        boxes=tuple(maximal_boxes(shared.space, found.bits, shared.never)),
        scenarios=found.bits.bit_count(),
        of=shared.possible.bit_count(),
        old_rules=tuple(sorted(found.old_rules)),
        new_rules=tuple(sorted(found.new_rules)),
        goals=goals,
    )


# --- What there is to compare ----------------------------------------------------------------


class _Topics:
    """All that both books speak of, but for the verdicts."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self._books = (old, new)
        self._tables = (tables_of(old), tables_of(new))
        self._axes = shared_axes(all_axes(old), all_axes(new))
        self._associations = _in_both(*([a.id for a in book.associations] for book in self._books))
        self._metrics = _in_both(*([m.id for m in book.metrics] for book in self._books))

    def all(self) -> Iterator[_Topic]:
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
    ) -> _Topic:
        if kind == "access":
            shared = self._shared((*old.rules, *new.rules))
        else:
            shared = Shared.plain(shared_axes(old.space.axes, new.space.axes))
        one, other = (partial(_said, table, shared.space) for table in (old, new))
        return _Topic(kind, subject, shared, one, other)

    def _readiness(self) -> Iterator[_Topic]:
        old, new = (tables.readiness for tables in self._tables)
        shared = self._shared((*old.rules, *new.rules))
        for metric in self._metrics:
            one, other = (partial(_kept, table, shared.space, metric) for table in (old, new))
            yield _Topic("readiness", metric, shared, one, other)
        for association in self._associations:
            one, other = (partial(_held, table, shared.space, association) for table in (old, new))
            yield _Topic("held_up", association, shared, one, other)

    def _guidance(self, association: str) -> _Topic:
        pairs = [(t.access[association], t.guidance[association]) for t in self._tables]
        shared = self._shared(rule for pair in pairs for table in pair for rule in table.rules)
        names = _names(self._books[0].guidance, self._books[1].guidance, _content)
        one, other = (
            partial(_guided, access, guidance, shared.space, named)
            for (access, guidance), named in zip(pairs, names, strict=True)
        )
        return _Topic("guidance", association, shared, one, other)

    def _cautions(self) -> Iterator[_Topic]:
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
            yield _Topic("caution", name, shared, one, other)


def _said(table: Table, space: Space, days: Days) -> _Voice:
    stands = standing(in_force(table.rules, days.first), space)
    stretch = Stretch(days=days, field=table.field, possible=space.full, stands=stands)
    return _Voice(stretch.by_value, [(rule.id, bits) for rule, bits in stands])


def _kept(table: Table, space: Space, metric: str, days: Days) -> _Voice:
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
    return _Voice(
        {**by_state, "ready": space.full & ~union(by_state.values())},
        [(rule.id, bits & by_state[getattr(rule, table.field)]) for rule, bits in stands],
    )


def _held(table: Table, space: Space, association: str, days: Days) -> _Voice:
    stands = [
        (rule.id, bits)
        for rule, bits in standing(in_force(table.rules, days.first), space)
        if association in rule.holds_up  # type: ignore[attr-defined]  # readiness rules, all of them
    ]
    held = union(bits for _, bits in stands)
    return _Voice({"yes": held, "no": space.full & ~held}, stands)


def _guided(
    access: Table, guidance: Table, space: Space, names: Mapping[str, str], days: Days
) -> _Voice:
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
    return _Voice(
        {" and ".join(told) or "nothing": where for told, where in parts.items()},
        [(rule.id, bits) for rule, bits in stands],
    )


def _shown(book: Rulebook, rules: Sequence[CautionRule], space: Space, days: Days) -> _Voice:
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
    return _Voice({**_apart(values), "not shown": space.full & ~shown}, where)


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


def _impossible(old: Rulebook, new: Rulebook) -> _Topic:
    axes = shared_axes(all_axes(old), all_axes(new))
    named = {axis for book in (old, new) for entry in book.impossible for axis in entry.when}
    shared = Shared.plain({axis: choices for axis, choices in axes.items() if axis in named})

    def voice(book: Rulebook, _days: Days) -> _Voice:
        entries = [(entry.id, shared.space.where(entry.when)) for entry in book.impossible]
        cannot = union(bits for _, bits in entries)
        return _Voice({"possible": shared.space.full & ~cannot, "impossible": cannot}, entries)

    return _Topic("occurs", "", shared, partial(voice, old), partial(voice, new))


def _plan(old: Rulebook, new: Rulebook, days: Days) -> Iterator[Difference]:
    """What is tried first, and what is taken as usual where an answer is not known."""
    orders = [" then ".join(book.try_order) for book in (old, new)]
    yield from _everywhere("try_order", "", orders[0], orders[1], days)
    for axis in dict.fromkeys((*old.usual.axes, *new.usual.axes)):
        before, after = (book.usual.axes.get(axis, "nothing") for book in (old, new))
        yield from _everywhere("usual", axis, before, after, days)


def _everywhere(
    kind: Kind, subject: str, before: str, after: str, days: Days
) -> Iterator[Difference]:
    if before != after:
        yield Difference(kind, subject, before, after, days, ({},), 1, 1, (), ())


# --- The same under another name -------------------------------------------------------------


def _content(rule: GuidanceRule) -> str:
    without = {"id", "because", *_ANSWERS, *_SOURCES}
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


# --- What only one book has ------------------------------------------------------------------


def _entries(old: Rulebook, new: Rulebook) -> Iterator[Entry]:
    before, after = _known(old), _known(new)
    yield from (Entry(what, name, added=True) for what, name in after if (what, name) not in before)
    yield from (
        Entry(what, name, added=False) for what, name in before if (what, name) not in after
    )


def _known(book: Rulebook) -> Mapping[tuple[What, str], None]:
    """Everything with a name that answers hang on, in the order of the book."""
    products = {product.id for product in book.products}
    named: list[tuple[What, str]] = [
        *(("family", family.id) for family in book.families),
        *(("product", product.id) for product in book.products),
        *(("metric", metric.id) for metric in book.metrics),
        *(("association", association.id) for association in book.associations),
    ]
    for question in book.questions:
        named.append(("question", question.id))
        # The products are choices too, and so are the channels of one product: named once.
        named += [
            ("choice", f"{question.id}.{choice.id}")
            for choice in question.choices
            if choice.id not in products and question.id != "channel_by_product"
        ]
    return dict.fromkeys(named)


def _in_both(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    known = set(old)
    return tuple(name for name in new if name in known)


# --- What differs and is no answer -----------------------------------------------------------


def _notes(old: Rulebook, new: Rulebook) -> Notes:
    before, after = _by_name(old), _by_name(new)
    both = [name for name in after if name in before]
    rules = [
        {f"{file}: {rule.id}" for file, some in rules_by_file(b) for rule in some}
        for b in (old, new)
    ]
    return Notes(
        texts=tuple(n for n in both if _texts(before[n]) != _texts(after[n])),
        sources=tuple(n for n in both if _cited(before[n]) != _cited(after[n])),
        rules_gone=tuple(sorted(rules[0] - rules[1])),
        rules_new=tuple(sorted(rules[1] - rules[0])),
    )


def _by_name(book: Rulebook) -> Mapping[str, Value]:
    """Everything that says something, by file or kind and id."""
    named: dict[str, Value] = {
        f"{file}: {rule.id}": rule for file, rules in rules_by_file(book) for rule in rules
    }
    for product in book.products:
        named[f"product {product.id}"] = product
    for metric in book.metrics:
        named[f"metric {metric.id}"] = metric
    for association in book.associations:
        named[f"association {association.id}"] = association
    for family in book.families:
        named[f"family {family.id}"] = family
    for entry in book.impossible:
        named[f"impossible {entry.id}"] = entry
    for page in book.pages:
        named[f"page {page.id}"] = page
    products = {product.id for product in book.products}
    for question in book.questions:
        named[f"question {question.id}"] = question
        for choice in question.choices:
            if choice.id not in products and question.id != "channel_by_product":
                named[f"choice {question.id}.{choice.id}"] = choice
    return named


def _texts(entry: Value) -> Mapping[str, object]:
    return entry.model_dump(exclude={"choices", "id", *_ANSWERS, *_SOURCES})


def _cited(entry: Value) -> Mapping[str, object]:
    return entry.model_dump(include=_SOURCES)
