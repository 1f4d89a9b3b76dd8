"""TOML folder -> Rulebook, or a ContentError that names file, entry, field and fault.

A typo must never change an answer: unknown keys, ids, choices, sources and overrides are refused,
and so is a book in which a scenario has no answer or two.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import prod
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from nca_wizard.rules.axes import YES_NO, all_axes
from nca_wizard.rules.letters import faults
from nca_wizard.rules.model.answers import MIXED
from nca_wizard.rules.model.book import (
    Association,
    Family,
    Impossible,
    Metric,
    Page,
    Points,
    Product,
    Question,
    Rate,
    Rulebook,
    Usual,
)
from nca_wizard.rules.model.rules import (
    AccessRule,
    CautionRule,
    Citation,
    CreditRule,
    FollowUp,
    GuidanceRule,
    Letter,
    MeasuredRule,
    ReadinessRule,
    Rule,
    Source,
)
from nca_wizard.rules.model.values import Serial, Text, Value, Words
from nca_wizard.rules.proof import flaws
from nca_wizard.rules.rule_files import ContentError, content_below, missing, short, table_of
from nca_wizard.rules.standing import axes_used

Entry = TypeVar("Entry", bound=BaseModel)
AnyRule = TypeVar("AnyRule", bound=Rule)


class _Head(Value):
    """What rulebook.toml says once."""

    version: Words
    serial: Serial
    checked_on: date
    first_day: date
    # The proof also looks at the day after.
    last_day: Annotated[date, Field(lt=date.max)]
    try_order: tuple[str, ...]
    usual: Usual
    not_covered: Text
    not_known: Text


_LISTS: dict[str, dict[str, type[BaseModel]]] = {
    "sources/sources.toml": {"source": Source},
    "rules/rulebook.toml": {
        "family": Family,
        "metric": Metric,
        "association": Association,
        "impossible": Impossible,
        "rate": Rate,
    },
    "rules/products.toml": {"product": Product},
    "rules/questions.toml": {"page": Page, "question": Question},
    "rules/measured.toml": {"measured": MeasuredRule},
    "rules/credit.toml": {"credit": CreditRule},
    "rules/access.toml": {"access": AccessRule},
    "rules/readiness.toml": {"readiness": ReadinessRule},
    "rules/cautions.toml": {"caution": CautionRule},
    "rules/guidance.toml": {"guidance": GuidanceRule, "follow_up": FollowUp, "letter": Letter},
}
"""File -> the lists it holds. Everything else in a file is refused."""

FILES = tuple(_LISTS)
"""The names of the files of a book, each below the folder the book is in."""

_HEAD_FILE = "rules/rulebook.toml"

_MOST_SCENARIOS = 4_000_000
"""Of the questions that rules ask for together, a hundred times what the first book has; a bit is
kept for each, many times over."""


def load(folder: Path) -> Rulebook:
    """Read the rulebook below `folder` (its `rules` and `sources` folders).

    Raises:
        ContentError: if a file is missing or anything in it is wrong.
    """
    return from_contents(contents_below(folder))


def contents_below(folder: Path) -> dict[str, bytes]:
    """The files of the rulebook below `folder` by their names, unread.

    Raises:
        ContentError: if one is missing or cannot be read.
    """
    return {name: content_below(folder, name) for name in FILES}


def serial_below(folder: Path) -> int:
    """The serial of the rulebook below `folder`, of which nothing else is read.

    Raises:
        ContentError: if it cannot be told.
    """
    serial = table_of(_HEAD_FILE, content_below(folder, _HEAD_FILE)).get("serial")
    if not isinstance(serial, int):
        raise ContentError("rulebook.toml: serial: must be a whole number.")
    return serial


def from_contents(contents: Mapping[str, bytes]) -> Rulebook:
    """Make the rulebook of its files, by their names.

    Raises:
        ContentError: if a file is missing or anything in it is wrong.
    """
    reader = _Reader(contents)
    head = reader.head()
    book = Rulebook(
        **{name: getattr(head, name) for name in _Head.model_fields},
        families=reader.entries("family", Family),
        products=reader.entries("product", Product),
        metrics=reader.entries("metric", Metric),
        associations=reader.entries("association", Association),
        pages=reader.entries("page", Page),
        questions=reader.entries("question", Question),
        sources=reader.entries("source", Source),
        measured=reader.entries("measured", MeasuredRule),
        credit=reader.entries("credit", CreditRule),
        access=reader.entries("access", AccessRule),
        readiness=reader.entries("readiness", ReadinessRule),
        cautions=reader.entries("caution", CautionRule),
        guidance=reader.entries("guidance", GuidanceRule),
        follow_ups=reader.entries("follow_up", FollowUp),
        letters=reader.entries("letter", Letter),
        rates=reader.entries("rate", Rate),
        impossible=reader.entries("impossible", Impossible),
        hash=reader.hash,
    )
    _Checker(book).check()
    return book


class _Reader:
    """Makes values of the entries of the files."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._tables: dict[str, dict[str, Any]] = {}
        digest = hashlib.sha256()
        for name in FILES:
            if name not in contents:
                raise missing(name)
            content = contents[name]
            self._tables[name] = table_of(name, content)
            digest.update(name.encode() + b"\0" + content + b"\0")
        self.hash = digest.hexdigest()
        for name, lists in _LISTS.items():
            known = set(lists) | (set(_Head.model_fields) if name == _HEAD_FILE else set())
            for key in self._tables[name]:
                if key not in known:
                    raise ContentError(
                        f"{short(name)}: unknown table '{key}' (known: {_list(known)})."
                    )

    def head(self) -> _Head:
        """What stands in rulebook.toml beside the lists."""
        table = self._tables[_HEAD_FILE]
        fields = {key: value for key, value in table.items() if key not in _LISTS[_HEAD_FILE]}
        return _make(_Head, fields, "rulebook.toml")

    def entries(self, key: str, kind: type[Entry]) -> tuple[Entry, ...]:
        """All entries of one list, checked one by one."""
        name = next(file for file, lists in _LISTS.items() if key in lists)
        raw = self._tables[name].get(key, [])
        if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
            raise ContentError(f"{short(name)}: '{key}' must be a list: write [[{key}]].")
        entries = []
        for number, written in enumerate(raw, start=1):
            place = f"{short(name)}: entry {number} ({written.get('id', 'no id')})"
            fields = self._with_shared_choices(written, place) if kind is Question else written
            entries.append(_make(kind, _plain_conditions(fields), place))
        seen: dict[str, int] = {}
        for number, entry in enumerate(entries, start=1):
            entry_id = entry.id  # type: ignore[attr-defined]  # every kind listed above has an id
            if entry_id in seen:
                raise ContentError(
                    f"{short(name)}: entry {number} ({entry_id}): id: "
                    f"already used by entry {seen[entry_id]}."
                )
            seen[entry_id] = number
        return tuple(entries)

    def _with_shared_choices(self, fields: dict[str, Any], place: str) -> dict[str, Any]:
        """Choices written once: the products, and the channels a single product may have."""
        shared = fields.get("choices_from")
        if shared is None:
            return _renamed(fields, "choice", "choices")
        rest = {key: value for key, value in fields.items() if key != "choices_from"}
        if shared == "products":
            products = self.entries("product", Product)
            choices = [
                {
                    "id": product.id,
                    "label": product.name,
                    "hint": product.hint,
                    "said": {"for_us": product.name, "for_customer": product.name},
                }
                for product in products
            ]
            return {**rest, "choices": choices}
        for question in self._tables["rules/questions.toml"].get("question", []):
            if question.get("id") == shared:
                choices = [c for c in question.get("choice", []) if c.get("id") != MIXED]
                return {**rest, "choices": choices}
        raise ContentError(f"{place}: choices_from: unknown question '{shared}'.")


class _Checker:
    """What holds between entries."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._axes = all_axes(book)
        self._ids = {
            "family": [family.id for family in book.families],
            "metric": [metric.id for metric in book.metrics],
            "association": [association.id for association in book.associations],
            "product": [product.id for product in book.products],
            "page": [page.id for page in book.pages],
            "source": [source.id for source in book.sources],
            "guidance": [guidance.id for guidance in book.guidance],
        }

    def check(self) -> None:
        """Refuse the first fault found."""
        book = self._book
        for product in book.products:
            self._known("family", product.family, f"products.toml: {product.id}: family")
        for question in book.questions:
            self._known("page", question.page, f"questions.toml: {question.id}: page")
            self._says_who_can_change(question)
        if book.last_day < book.first_day:
            raise ContentError(
                f"rulebook.toml: last_day: {book.last_day} is before first_day {book.first_day}."
            )
        for association in book.try_order:
            self._known("association", association, "rulebook.toml: try_order")
        for association in self._ids["association"]:
            if book.try_order.count(association) != 1:
                raise ContentError(
                    f"rulebook.toml: try_order: '{association}' must stand in it once, "
                    "as what is left out would never be tried."
                )
        for association_entry in book.associations:
            for note in association_entry.notes:
                self._cites(note.cites, f"rulebook.toml: {association_entry.id}: notes: {note.id}")
        for metric in book.metrics:
            if metric.points is not None:
                self._cites(metric.points.cites, f"rulebook.toml: {metric.id}: points")
                self._floors(metric.points, f"rulebook.toml: {metric.id}: points: floors")
        for letter in book.letters:
            place = f"guidance.toml: {letter.id}"
            for guidance in letter.guidance:
                self._known("guidance", guidance, f"{place}: guidance")
            for fault in faults(letter):
                raise ContentError(f"{place}: {fault}.")
        for rate in book.rates:
            self._cites(rate.cites, f"rulebook.toml: {rate.id}")
            if rate.workload not in {rule.workload for rule in book.measured}:
                raise ContentError(
                    f"rulebook.toml: {rate.id}: workload: no product is measured as "
                    f"'{rate.workload}'."
                )
        for follow_up in book.follow_ups:
            place = f"guidance.toml: {follow_up.id}"
            self._cites(follow_up.cites, place)
            for guidance in follow_up.guidance:
                self._known("guidance", guidance, f"{place}: guidance")
        for impossible in book.impossible:
            self._conditions(impossible.when, f"rulebook.toml: {impossible.id}: when")
        for axis, choice in book.usual.axes.items():
            self._conditions({axis: (choice,)}, "rulebook.toml: usual: axes")
        self._rules("measured.toml", book.measured)
        self._rules("credit.toml", book.credit)
        self._rules("access.toml", book.access)
        self._rules("readiness.toml", book.readiness)
        self._rules("cautions.toml", book.cautions)
        self._rules("guidance.toml", book.guidance)
        for number, caution in enumerate(book.cautions, start=1):
            if caution.overrides:
                raise ContentError(
                    f"cautions.toml: entry {number} ({caution.id}): overrides: "
                    "a caution stands beside the others; narrow its conditions instead."
                )
        self._nothing_asked("measured.toml", book.measured)
        self._nothing_asked("credit.toml", book.credit)
        for number, rule in enumerate(book.measured, start=1):
            if rule.measured == "yes" and not rule.workload:
                raise ContentError(
                    f"measured.toml: entry {number} ({rule.id}): workload: must be given where "
                    "it is measured."
                )
        self._readiness_is_apart()
        self._can_be_laid_out()
        for flaw in flaws(book):
            raise ContentError(flaw)

    def _can_be_laid_out(self) -> None:
        book = self._book
        together: list[tuple[str, Sequence[Rule | Impossible]]] = [
            ("access.toml", (*book.access, *book.guidance, *book.impossible)),
            ("readiness.toml", book.readiness),
        ]
        together += [("cautions.toml", (caution, *book.impossible)) for caution in book.cautions]
        for file, entries in together:
            axes = {axis for entry in entries for axis in entry.when}
            size = prod(len(self._axes[axis]) for axis in axes)
            if size > _MOST_SCENARIOS:
                raise ContentError(
                    f"{file}: asks for {len(axes)} answers, in {size:,} combinations; no more "
                    f"than {_MOST_SCENARIOS:,} can be proved."
                )

    def _floors(self, points: Points, place: str) -> None:
        for floor in points.floors:
            self._cites(floor.cites, place)
            self._conditions({"track": (floor.track,)}, place)

    def _rules(self, file: str, rules: Sequence[AnyRule]) -> None:
        ids = {rule.id for rule in rules}
        for number, rule in enumerate(rules, start=1):
            place = f"{file}: entry {number} ({rule.id})"
            self._conditions(rule.when, f"{place}: when")
            for field in ("association", "metric", "family", "product", "holds_up"):
                for value in getattr(rule, field, ()):
                    kind = "association" if field == "holds_up" else field
                    self._known(kind, value, f"{place}: {field}")
            self._cites(rule.cites, place)
            for stage in getattr(rule, "stages", ()):
                self._cites(stage.cites, f"{place}: stages")
            for overridden in rule.overrides:
                if overridden not in ids:
                    raise ContentError(f"{place}: overrides: unknown rule '{overridden}'.")
            if rule.effective_until is None and rule.review_by is None:
                raise ContentError(f"{place}: effective_until or review_by: one must be given.")
            if rule.effective_until is not None and rule.effective_until < rule.effective_from:
                raise ContentError(
                    f"{place}: effective_until: {rule.effective_until} is before "
                    f"effective_from {rule.effective_from}."
                )
        self._no_circle(file, rules)

    def _no_circle(self, file: str, rules: Sequence[AnyRule]) -> None:
        overrides = {rule.id: rule.overrides for rule in rules}

        def walk(rule_id: str, path: tuple[str, ...]) -> None:
            if rule_id in path:
                circle = " -> ".join((*path[path.index(rule_id) :], rule_id))
                raise ContentError(f"{file}: {rule_id}: overrides: runs in a circle: {circle}.")
            for overridden in overrides[rule_id]:
                walk(overridden, (*path, rule_id))

        for rule_id in overrides:
            walk(rule_id, ())

    def _conditions(self, when: Mapping[str, Sequence[str]], place: str) -> None:
        for axis, choices in when.items():
            if axis not in self._axes:
                raise ContentError(f"{place}: unknown question '{axis}'.")
            for choice in choices:
                if choice not in self._axes[axis]:
                    raise ContentError(
                        f"{place}.{axis}: unknown choice '{choice}' "
                        f"(known: {_list(self._axes[axis])})."
                    )

    def _says_who_can_change(self, question: Question) -> None:
        if any(choice.change for choice in question.choices) and question.changeable is None:
            raise ContentError(
                f"questions.toml: {question.id}: changeable: must be given, "
                "since a choice has a change."
            )
        if question.changeable is not None and not question.changeable_because:
            raise ContentError(f"questions.toml: {question.id}: changeable_because: must be given.")

    def _cites(self, cites: Iterable[Citation], place: str) -> None:
        for citation in cites:
            self._known("source", citation.source, f"{place}: cites: source")

    def _known(self, kind: str, value: str, place: str) -> None:
        if value not in self._ids[kind]:
            raise ContentError(f"{place}: unknown {kind} '{value}'.")

    def _nothing_asked(self, file: str, rules: Sequence[AnyRule]) -> None:
        for number, rule in enumerate(rules, start=1):
            if rule.when or rule.overrides:
                field = "when" if rule.when else "overrides"
                raise ContentError(
                    f"{file}: entry {number} ({rule.id}): {field}: "
                    "what Microsoft counts does not hang on answers; use an access rule."
                )

    def _readiness_is_apart(self) -> None:
        book = self._book
        both = set(axes_used((*book.access, *book.guidance))) & set(axes_used(book.readiness))
        for axis in sorted(both):
            raise ContentError(
                f"readiness.toml: when.{axis}: access and guidance rules ask for it too; "
                "a question belongs to one of them."
            )


def _make(kind: type[Entry], fields: Mapping[str, Any], place: str) -> Entry:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        # A misspelled key is also a missing one; it is the one to name.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        field = ".".join(str(part) for part in first["loc"])
        fault = {
            "extra_forbidden": "unknown field",
            "missing": "must be given",
        }.get(first["type"], first["msg"])
        if first["type"] not in ("extra_forbidden", "missing"):
            fault += f" (found {first['input']!r})"
        raise ContentError(f"{place}: {field}: {fault}.") from None


def _plain_conditions(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`when` with every axis spelled out: `our_part.implements = true` is "yes" for that choice."""
    when = fields.get("when")
    if not isinstance(when, Mapping):
        return dict(fields)
    plain: dict[str, Any] = {}
    for axis, choices in when.items():
        parts = choices.items() if isinstance(choices, Mapping) else [("", choices)]
        for choice, value in parts:
            name = f"{axis}.{choice}" if choice else axis
            if isinstance(value, bool):
                plain[name] = YES_NO[:1] if value else YES_NO[1:]
            else:
                plain[name] = (value,) if isinstance(value, str) else value
    return {**fields, "when": plain}


def _renamed(fields: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    return {(new if key == old else key): value for key, value in fields.items()}


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
