"""Small rule sets drawn at random: sound by construction, or spoiled in one place."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nca_wizard.rules.model.book import Impossible
from nca_wizard.rules.model.rules import AccessRule, Citation
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.proof_tables import Days, Table, access_tables
from nca_wizard.rules.situation import ACCESS_VALUES

ASSOCIATION = "pal"
HORIZON = Days(date(2024, 1, 1), date(2024, 12, 31))
ENDS = tuple(HORIZON.first + timedelta(days=days) for days in (30, 60, 90))
"""The days after which rules may change."""
TEXT = Text(for_us="a", for_customer="b")
CITES = (Citation(source="s", passage="p", weight="stated"),)

When = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Book:
    """The access rules of one association."""

    axes: dict[str, tuple[str, ...]]
    rules: tuple[AccessRule, ...]
    impossible: tuple[Impossible, ...] = ()
    spoiled: tuple[str, ...] = ()
    """In which ways."""

    @property
    def table(self) -> Table:
        """The book as our own prover sees it."""
        table, _ = access_tables(ASSOCIATION, self.rules, (), self.axes, self.impossible, HORIZON)
        return table


def random_book(seed: int) -> Book:
    """Every other one is spoiled; a spoiled one may happen to be sound all the same."""
    draw = random.Random(seed)
    book = _sound_book(draw)
    for _ in range(draw.choice((1, 2, 3)) if seed % 2 else 0):
        book = _spoiled(draw, book)
    return book


def _sound_book(draw: random.Random) -> Book:
    axes = {
        f"q{number}": tuple(f"c{k}" for k in range(draw.choice((2, 2, 3, 4))))
        for number in range(draw.choice((2, 3, 3, 4)))
    }
    rules = sound_rules(draw, axes)
    impossible = tuple(
        Impossible(id=f"i{number}", when=some_box(draw, axes, at_least=2), because="b")
        for number in range(draw.choice((0, 0, 1, 2)))
    )
    draw.shuffle(rules)
    return Book(axes, tuple(rules), impossible)


def sound_rules(
    draw: random.Random, axes: dict[str, tuple[str, ...]], association: str = ASSOCIATION
) -> list[AccessRule]:
    """Rules that say of each scenario and day exactly one thing."""
    rules: list[AccessRule] = []
    for when in _parts(draw, axes, {}, depth=0):
        rules += _over_time(draw, when, len(rules))
    for _ in range(draw.randrange(4)):
        # An exception stands alone wherever it matches: it overrides all that is there.
        others = tuple(rule.id for rule in rules)
        rules += _over_time(draw, some_box(draw, axes), len(rules), others, always=False)
    return [_renamed(rule, association) for rule in rules]


def _renamed(rule: AccessRule, association: str) -> AccessRule:
    """The rule for this association; with more than one, ids have to differ."""
    if association == ASSOCIATION:
        return rule
    mark = association.replace("_", "-")
    return rule.model_copy(
        update={
            "id": f"{mark}-{rule.id}",
            "association": (association,),
            "overrides": tuple(f"{mark}-{overridden}" for overridden in rule.overrides),
        }
    )


def _parts(
    draw: random.Random, axes: dict[str, tuple[str, ...]], within: When, depth: int
) -> list[When]:
    """The space cut into boxes, each once in a while cut again."""
    left = [axis for axis in axes if axis not in within]
    if not left or (depth and draw.random() < 0.4):
        return [within]
    axis = draw.choice(left)
    choices = list(axes[axis])
    draw.shuffle(choices)
    at = draw.randrange(1, len(choices))
    return [
        part
        for half in (choices[:at], choices[at:])
        for part in _parts(draw, axes, {**within, axis: tuple(half)}, depth + 1)
    ]


def some_box(draw: random.Random, axes: dict[str, tuple[str, ...]], at_least: int = 1) -> When:
    """Conditions on some of the axes, none of which allows everything."""
    chosen = draw.sample(sorted(axes), draw.randint(at_least, len(axes)))
    return {
        axis: tuple(draw.sample(axes[axis], draw.randint(1, len(axes[axis]) - 1)))
        for axis in chosen
    }


def _over_time(
    draw: random.Random,
    when: When,
    number: int,
    overrides: tuple[str, ...] = (),
    *,
    always: bool = True,
) -> list[AccessRule]:
    """One rule for all days, or two that follow each other; or, unless always, for some days."""
    rule = AccessRule(
        id=f"r{number}",
        association=(ASSOCIATION,),
        access=draw.choice(ACCESS_VALUES),
        when=when,
        because=TEXT,
        cites=CITES,
        effective_from=HORIZON.first - timedelta(days=draw.choice((0, 100))),
        review_by=HORIZON.last - timedelta(days=1),
        overrides=overrides,
    )
    if draw.random() < 0.6:
        return [rule]
    end = draw.choice(ENDS)
    early = rule.model_copy(update={"effective_until": end})
    if not always:
        return [early]
    late = rule.model_copy(
        update={
            "id": f"r{number + 1}",
            "effective_from": end + timedelta(days=1),
            "access": draw.choice(ACCESS_VALUES),
        }
    )
    return [early, late]


def _spoiled(draw: random.Random, book: Book) -> Book:
    spoil = draw.choice(WAYS_TO_SPOIL)
    rules = spoil(draw, list(book.rules), book)
    return replace(book, rules=tuple(rules), spoiled=(*book.spoiled, spoil.__name__))


def _without_a_rule(
    draw: random.Random, rules: list[AccessRule], book: Book
) -> Sequence[AccessRule]:
    rules.pop(draw.randrange(len(rules)))
    return rules


def _without_an_override(
    draw: random.Random, rules: list[AccessRule], book: Book
) -> Sequence[AccessRule]:
    # Only those that override something; in a book without exceptions nothing changes.
    rules.sort(key=lambda rule: bool(rule.overrides))
    rules[-1] = rules[-1].model_copy(update={"overrides": ()})
    return rules


def _with_fewer_overrides(
    draw: random.Random, rules: list[AccessRule], book: Book
) -> Sequence[AccessRule]:
    """An exception that is itself overridden lets stand again what it overrides."""
    return [
        rule.model_copy(
            update={"overrides": tuple(o for o in rule.overrides if draw.random() < 0.6)}
        )
        for rule in rules
    ]


def _shifted(draw: random.Random, rules: list[AccessRule], book: Book) -> Sequence[AccessRule]:
    day = HORIZON.first + timedelta(days=draw.choice((1, 31, 45)))
    return _changed(draw, rules, effective_from=day)


def _other_value(draw: random.Random, rules: list[AccessRule], book: Book) -> Sequence[AccessRule]:
    at = draw.randrange(len(rules))
    others = [value for value in ACCESS_VALUES if value != rules[at].access]
    rules[at] = rules[at].model_copy(update={"access": draw.choice(others)})
    return rules


def _wider(draw: random.Random, rules: list[AccessRule], book: Book) -> Sequence[AccessRule]:
    return _changed(draw, rules, when=some_box(draw, book.axes))


def _changed(
    draw: random.Random, rules: list[AccessRule], **update: object
) -> Sequence[AccessRule]:
    at = draw.randrange(len(rules))
    return [*rules[:at], rules[at].model_copy(update=update), *rules[at + 1 :]]


WAYS_TO_SPOIL = (
    _without_a_rule,
    _without_an_override,
    _with_fewer_overrides,
    _shifted,
    _other_value,
    _wider,
)
