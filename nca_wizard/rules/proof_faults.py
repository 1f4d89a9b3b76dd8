"""What can be wrong with a book, each fault in a sentence with its rules and a few boxes."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal, TypeVar

from nca_wizard.rules.axes import YES_NO, axes_of
from nca_wizard.rules.boxes import Box, in_words, maximal_boxes
from nca_wizard.rules.model.answers import MIXED
from nca_wizard.rules.model.book import Question
from nca_wizard.rules.model.rules import ReadinessRule, Rule, Source
from nca_wizard.rules.proof_tables import Days, Table, stretches
from nca_wizard.rules.standing import in_force, union

Kind = Literal["gap", "conflict", "dead", "dates", "question", "readiness"]
Key = TypeVar("Key", bound=Hashable)

SHOWN_BOXES = 3
"""More would not be read; the sentence says how many scenarios there are in all."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a book: the rules it is about, and where and when, if that says more."""

    kind: Kind
    sentence: str
    rules: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    scenarios: int = 0
    days: Days | None = None


# --- Gaps and conflicts ----------------------------------------------------------------------


def table_faults(table: Table) -> Iterator[Fault]:
    """The gaps, then the conflicts of one table."""
    gaps = ((stretch.days, stretch.gap) for stretch in table.stretches if stretch.gap)
    for days, bits in _over_time(gaps):
        yield _gap(table, days, bits)
    conflicts = (
        (stretch.days, (one.id, other.id, stretch.value(one), stretch.value(other), bits))
        for stretch in table.stretches
        for one, other, bits in stretch.conflicts()
    )
    for days, (one, other, here, there, bits) in _over_time(conflicts):
        said = " and ".join(
            f"{name} ({value})" for name, value in sorted([(one, here), (other, there)])
        )
        yield _fault(
            "conflict", table, days, bits, f"{said} disagree on {table.subject}", (one, other)
        )


def guidance_gaps(access: Table, guidance: Table) -> Iterator[Fault]:
    """Where an association is to be had, or might be, and nothing says how."""

    def unguided() -> Iterator[tuple[Days, int]]:
        for days in stretches((*access.rules, *guidance.rules), access.horizon):
            here = access.on(days)
            guided = union(bits for _, bits in guidance.on(days).stands)
            bits = here.possible & ~here.gap & ~here.by_value.get("closed", 0) & ~guided
            if bits:
                yield days, bits

    for days, bits in _over_time(unguided()):
        yield _gap(guidance, days, bits)


def _gap(table: Table, days: Days, bits: int) -> Fault:
    return _fault("gap", table, days, bits, table.unsaid)


def _fault(
    kind: Literal["gap", "conflict"],
    table: Table,
    days: Days,
    bits: int,
    what: str,
    rules: tuple[str, ...] = (),
) -> Fault:
    impossible = table.space.full & ~table.possible
    boxes = tuple(islice(maximal_boxes(table.space, bits, impossible), SHOWN_BOXES + 1))
    when = "on every day" if days == table.horizon else str(days)
    return Fault(
        kind=kind,
        sentence=f"{table.file}: {kind} {when}: {what} {_where(table, bits, boxes)}.",
        rules=tuple(sorted(rules)),
        boxes=boxes[:SHOWN_BOXES],
        scenarios=bits.bit_count(),
        days=days,
    )


def _where(table: Table, bits: int, boxes: Sequence[Box]) -> str:
    if boxes == ({},):
        return "with any answers"
    words = [f"with {in_words(box)}" for box in boxes[:SHOWN_BOXES]]
    if len(boxes) > SHOWN_BOXES:
        words.append("and elsewhere")
    return f"{'; '.join(words)} ({bits.bit_count()} of {table.possible.bit_count()} scenarios)"


def _over_time(found: Iterable[tuple[Days, Key]]) -> Iterator[tuple[Days, Key]]:
    """What is found again on the days that follow is one finding. `found` is in time order."""
    lasting: dict[Key, Days] = {}
    for days, key in found:
        before = lasting.get(key)
        if before is not None and before.borders_on(days):
            lasting[key] = Days(before.first, days.last)
            continue
        if before is not None:
            yield before, key
        lasting[key] = days
    yield from ((days, key) for key, days in lasting.items())


# --- Dead rules ------------------------------------------------------------------------------


def dead_rules(table: Table) -> Iterator[Fault]:
    """Rules that never stand although some of their days are days of the book."""
    standing = {rule.id for stretch in table.stretches for rule, bits in stretch.stands if bits}
    for rule in table.rules:
        if rule.id not in standing and is_within(rule, table.horizon):
            whom = f" for {table.subject}" if table.subject else ""
            yield Fault(
                "dead",
                f"{table.file}: dead: {rule.id} never stands{whom}: {_why_dead(table, rule)}.",
                (rule.id,),
            )


def _why_dead(table: Table, rule: Rule) -> str:
    if not table.space.where(rule.when) & table.possible:
        return f"{in_words(rule.when)} cannot occur"
    others = sorted(other.id for other in table.rules if rule.id in other.overrides)
    verb = "overrides" if len(others) == 1 else "override"
    return f"{' and '.join(others)} {verb} it wherever it holds"


# --- Rules that the dates do not bear out ----------------------------------------------------


def ill_dated(
    file: str, rule: Rule, sources: Mapping[str, Source], horizon: Days, checked_on: date
) -> Iterator[Fault]:
    """What its own days, or the dates of its texts, have against a rule."""
    texts = [sources[citation.source] for citation in rule.cites]
    last = min(rule.effective_until or horizon.last, horizon.last)
    if not is_within(rule, horizon):
        yield _ill_dated(file, rule, f"all of its days lie outside the book's, {horizon}")
    elif rule.review_by is not None and rule.review_by < rule.effective_from:
        yield _ill_dated(
            file, rule, f"review_by {rule.review_by} is before effective_from {rule.effective_from}"
        )
    elif (
        rule.effective_until is None
        and rule.review_by is not None
        and rule.review_by >= horizon.last
    ):
        yield _ill_dated(
            file,
            rule,
            f"review_by {rule.review_by} is not before the book's last day, {horizon.last}, so "
            "nobody would hear that it is due",
        )
    elif min(text.dated for text in texts) > last and not any(
        citation.weight == "stated" for citation in rule.cites
    ):
        yield _ill_dated(
            file,
            rule,
            f"all of its texts are later than its last day, {last}, and none states how it was",
        )
    for text in texts:
        if text.dated > checked_on:
            yield _ill_dated(
                file,
                rule,
                f"{text.id} is dated {text.dated}, after the book was checked on {checked_on}",
            )


def is_within(rule: Rule, horizon: Days) -> bool:
    """Whether some day of the rule is a day of the book."""
    return rule.effective_from <= horizon.last and (
        rule.effective_until is None or rule.effective_until >= horizon.first
    )


def _ill_dated(file: str, rule: Rule, why: str) -> Fault:
    return Fault("dates", f"{file}: dates: {rule.id}: {why}.", (rule.id,))


# --- Questions and choices that change nothing -----------------------------------------------


def unused_choices(question: Question, rules: Sequence[Rule]) -> Iterator[Fault]:
    """A question that no rule asks for, and choices that no rule tells apart.

    One choice of a question may go without mention: it is the case that needs no rule. Of a
    question that takes several choices every one must be asked for.
    """
    axes = axes_of(question)
    used = {axis for axis in axes if any(axis in rule.when for rule in rules)}
    if axes and not used:
        yield _unused(question, "no rule asks for it")
        return
    for axis, choices in axes.items():
        if axis not in used:
            yield _unused(question, f"no rule asks for the choice {axis.partition('.')[2]}")
            continue
        if choices == YES_NO and axis != question.id:
            continue
        for alike in _told_apart_by_none(axis, choices, rules):
            yield _unused(question, f"no rule tells {' and '.join(alike)} apart")


def _told_apart_by_none(
    axis: str, choices: Sequence[str], rules: Sequence[Rule]
) -> Iterator[tuple[str, ...]]:
    alike: dict[tuple[bool, ...], list[str]] = {}
    for choice in choices:
        mentions = tuple(choice in rule.when[axis] for rule in rules if axis in rule.when)
        alike.setdefault(mentions, []).append(choice)
    return (tuple(group) for group in alike.values() if len(group) > 1)


def _unused(question: Question, what: str) -> Fault:
    return Fault("question", f"questions.toml: {question.id}: {what}.")


# --- Choices that readiness has forgotten ----------------------------------------------------


def unsaid_readiness(
    question: Question, rules: Sequence[ReadinessRule], horizon: Days
) -> Iterator[Fault]:
    """Choices that no readiness rule minds and that are not declared ready, or are and are minded.

    Where no readiness rule stands the customer counts, so a forgotten choice would count as well:
    for each metric for which the question is asked, and on every day.
    """
    asking = [rule for rule in rules if question.id in rule.when]
    for choice in question.choices:
        minding = [rule.id for rule in asking if choice.id in rule.when[question.id]]
        if not choice.ready and asking and choice.id != MIXED:
            for where in _unminded(question, choice.id, asking, horizon):
                what = f"no readiness rule minds {choice.id}{where}, and it is not said to be ready"
                yield Fault("readiness", f"questions.toml: {question.id}: {what}.")
            continue
        if choice.ready and not asking:
            what = f"{choice.id} is said to be ready, but no readiness rule asks for it"
        elif choice.ready and minding:
            verb = "minds" if len(minding) == 1 else "mind"
            what = f"{choice.id} is said to be ready, but {' and '.join(minding)} {verb} it"
        else:
            continue
        yield Fault("readiness", f"questions.toml: {question.id}: {what}.")


def _unminded(
    question: Question, choice: str, asking: Sequence[ReadinessRule], horizon: Days
) -> Iterator[str]:
    """For which metrics and on which days no rule minds the choice; "" for all of them."""
    metrics = tuple(dict.fromkeys(metric for rule in asking for metric in rule.metric))

    def forgotten() -> Iterator[tuple[Days, tuple[str, ...]]]:
        for days in stretches(asking, horizon):
            minding = [r for r in in_force(asking, days.first) if choice in r.when[question.id]]
            minded = {metric for rule in minding for metric in rule.metric}
            if left := tuple(metric for metric in metrics if metric not in minded):
                yield days, left

    for days, left in _over_time(forgotten()):
        metric = "" if left == metrics else f" for {' or '.join(left)}"
        yield metric + ("" if days == horizon else f" {days}")


def idle_guidance(access: Table, guidance: Table) -> Iterator[Fault]:
    """Guidance that stands only where there is nothing to get."""
    idle: set[str] = set()
    used: set[str] = set()
    for days in stretches((*access.rules, *guidance.rules), access.horizon):
        here = access.on(days)
        to_be_had = here.possible & ~here.by_value.get("closed", 0)
        for rule, bits in guidance.on(days).stands:
            if bits:
                (used if bits & to_be_had else idle).add(rule.id)
    for name in sorted(idle - used):
        yield Fault(
            "dead",
            f"{guidance.file}: dead: {name} is never told: it stands for {guidance.subject} only "
            "where that is closed.",
            (name,),
        )
