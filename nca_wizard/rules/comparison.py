"""Two rulebooks compared: where their answers differ, from what to what, and by which rules.

What is compared is what both know: the days of both, the products, associations and choices of
both. What only one knows is named apart. A question that only one book asks is laid out as well:
the other one answers alike whatever is said to it. As in the hash of all answers, the ids and texts
of rules make no answer; how many of them differ is a note.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.boxes import Box, maximal_boxes
from nca_wizard.rules.comparison_goals import goal_differences
from nca_wizard.rules.comparison_space import Found, Shared, over_time, shared_axes
from nca_wizard.rules.comparison_topics import (
    ANSWER_FIELDS,
    SOURCE_FIELDS,
    Kind,
    Topic,
    Topics,
    impossible_combinations,
)
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.values import Value
from nca_wizard.rules.proof import all_rules, rules_by_file
from nca_wizard.rules.proof_tables import Days, stretches

What = Literal["family", "product", "metric", "association", "question", "choice"]


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
    topics = tuple(Topics(old, new).all())
    occurs = impossible_combinations(old, new)
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


def _told(topic: Topic, cut: Iterable[Days]) -> Iterator[Difference]:
    if not topic.shared.possible:
        return
    for found in over_time(_found(topic, cut)):
        yield _difference(topic.kind, topic.subject, topic.shared, found)


def _found(topic: Topic, cut: Iterable[Days]) -> Iterator[Found]:
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
    return entry.model_dump(exclude={"choices", "id", *ANSWER_FIELDS, *SOURCE_FIELDS})


def _cited(entry: Value) -> Mapping[str, object]:
    return entry.model_dump(include=SOURCE_FIELDS)
