"""What would change the result: every known way told once, the easiest to bring about first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from nca_wizard.report.wording.names import name
from nca_wizard.report.wording.outcomes import changed_result
from nca_wizard.rules.model.answers import DEPENDS, EASE, Verdict
from nca_wizard.rules.model.results import Change, Recommendation
from nca_wizard.rules.model.values import Text
from nca_wizard.texts import N_, Texts

# Stored by a version that knew no more than whether the seller can.
_NOT_SAID = len(EASE)

_WHO: dict[int, str] = {
    EASE["own_hands"]: N_("In your hands"),
    EASE["waiting"]: N_("With time"),
    EASE["ask_customer"]: N_("Ask the customer"),
    EASE["hard"]: N_("Hard to change"),
    EASE["fact"]: N_("A fact"),
    _NOT_SAID: N_("Otherwise"),
}


@dataclass(frozen=True, slots=True)
class WouldChange:
    """A change and what it leads to, or several that lead to the same."""

    who: str
    """Who can bring it about, as a heading: "Ask the customer"."""
    text: str
    in_hand: bool
    """In the seller's own hands."""
    is_fact: bool
    """Nobody can bring it about: it says what the result rests on."""
    stands_for: int
    """How many changes are told together."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One answer changed."""

    question: str
    product: str
    choice: str
    condition: Text


@dataclass(frozen=True, slots=True)
class _Entry:
    steps: tuple[_Part, ...]
    from_day: date | None
    verdicts: tuple[Verdict, ...]
    plan: tuple[str, ...]
    eases: tuple[int, ...]
    """How easy each part is, the hardest first; less is easier."""

    @property
    def order(self) -> tuple[bool, int, tuple[int, ...], bool]:
        """What can be changed before facts, few parts and easy ones first, the certain first."""
        is_fact = max(self.eases) == EASE["fact"]
        return is_fact, len(self.eases), self.eases, set(self.verdicts) == {DEPENDS}

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(step.choice for step in self.steps)

    @property
    def key(self) -> object:
        """The same for a way and a change that are one and the same."""
        return frozenset((one.question, one.product, one.choice) for one in self.steps), (
            self.from_day
        )

    @property
    def but_for_choices(self) -> object:
        """The same for changes that ask the same people for something and lead to the same."""
        questions = tuple((step.question, step.product) for step in self.steps)
        return questions, self.eases, self.from_day, self.verdicts, self.plan


def would_change(t: Texts, rec: Recommendation) -> tuple[WouldChange, ...]:
    """What would make a goal count or the result better, one change before two."""
    entries: dict[object, _Entry] = {}
    for one in (*_ways(rec), *(_single(change) for change in rec.would_change)):
        entries.setdefault(one.key, one)
    alike: dict[object, list[_Entry]] = {}
    for one in sorted(entries.values(), key=lambda one: one.order):
        alike.setdefault(one.but_for_choices, []).append(one)
    return tuple(_told(t, rec, box) for some in alike.values() for box in _boxes(some))


def ways_not_listed(rec: Recommendation) -> int:
    """How many changes there are beyond those that the recommendation holds."""
    return max(rec.ways_found - len(rec.ways), 0)


def by_who(some: Iterable[WouldChange]) -> dict[str, list[WouldChange]]:
    """Grouped by who can bring it about, in the order they are first named."""
    ordered: dict[str, list[WouldChange]] = {}
    for one in some:
        ordered.setdefault(one.who, []).append(one)
    return ordered


def change(t: Texts, rec: Recommendation, changed: Change) -> str:
    """One answer changed and the result then: "If you bought in CSP: nothing to file."."""
    return _told(t, rec, [_single(changed)]).text


def _ways(rec: Recommendation) -> Iterable[_Entry]:
    for way in rec.ways:
        parts = tuple(_Part(s.question, s.product, s.choice, s.condition) for s in way.steps)
        waiting = (EASE["waiting"],) if way.from_day else ()
        eases = sorted((*(EASE[step.changeable] for step in way.steps), *waiting), reverse=True)
        yield _Entry(parts, way.from_day, way.verdicts, way.plan, tuple(eases))


def _single(one: Change) -> _Entry:
    if one.changeable:
        ease = EASE[one.changeable]
    else:
        ease = EASE["own_hands"] if one.seller_can_change else _NOT_SAID
    part = _Part(one.question, one.product, one.choice, one.condition)
    return _Entry((part,), None, one.outcome.verdicts, one.outcome.plan, (ease,))


def _boxes(some: Sequence[_Entry]) -> list[list[_Entry]]:
    """Changes that differ in choices alone, put together where every combination is among them."""
    by_first: dict[tuple[str, ...], list[_Entry]] = {}
    for one in some:
        by_first.setdefault(one.choices[:1], []).append(one)
    by_others: dict[tuple[tuple[str, ...], ...], list[_Entry]] = {}
    for together in by_first.values():
        others = tuple(one.choices[1:] for one in together)
        by_others.setdefault(others, []).extend(together)
    return list(by_others.values())


def _told(t: Texts, rec: Recommendation, alike: Sequence[_Entry]) -> WouldChange:
    first = alike[0]
    parts = [
        _either(t, list(dict.fromkeys(t(one.steps[place].condition.for_us) for one in alike)))
        for place in range(len(first.steps))
    ]
    return WouldChange(
        who=t(_WHO[max(first.eases)]),
        text=_sentence(t, rec, first, parts),
        in_hand=max(first.eases) == EASE["own_hands"],
        is_fact=max(first.eases) == EASE["fact"],
        stands_for=len(alike),
    )


def _either(t: Texts, conditions: Sequence[str]) -> str:
    """Conditions joined by "or"; the words they all begin or end with are said once."""
    if len(conditions) == 1:
        return conditions[0]
    words = [condition.split(" ") for condition in conditions]
    begin = _alike(words)
    end = _alike([each[begin:][::-1] for each in words])
    parts = [
        " ".join(
            each[begin if place else 0 : len(each) if place == len(words) - 1 else -end or None]
        )
        for place, each in enumerate(words)
    ]
    return t.listing(parts, joined_by="or")


def _alike(texts: Sequence[Sequence[str]]) -> int:
    """How many first words all have; half of the shortest at most, so that enough is left."""
    alike = takewhile(lambda words: len(set(words)) == 1, zip(*texts, strict=False))
    return min(len(list(alike)), min(map(len, texts)) // 2)


def _sentence(t: Texts, rec: Recommendation, entry: _Entry, parts: Sequence[str]) -> str:
    product = next((step.product for step in entry.steps if step.product), "")
    values = {
        "product": name(t, rec, product) if product else "",
        "result": changed_result(t, rec, entry.verdicts, entry.plan, product),
        "condition": parts[0] if parts else "",
        "another": parts[-1] if parts else "",
        "date": t.date(entry.from_day) if entry.from_day else "",
    }
    if not parts:
        return t("From %(date)s: %(result)s.") % values
    if entry.from_day:
        values["condition"] = t("%(condition)s, from %(date)s") % values
    if len(parts) == 2:
        values["condition"] = t("%(condition)s and if %(another)s") % values
    if product:
        return t("%(product)s: if %(condition)s: %(result)s.") % values
    return t("If %(condition)s: %(result)s.") % values
