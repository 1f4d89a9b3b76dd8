"""The scenarios that two rulebooks share, and what is found to differ in them over time."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.proof_tables import Axes, Days
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import union


@dataclass(frozen=True)
class Shared:
    """A space that both books are laid out over."""

    space: Space
    possible: int
    """The scenarios that can occur in both books."""
    never: int
    """Those that can occur in neither: a box may hold them or not."""

    @classmethod
    def of(cls, old: Rulebook, new: Rulebook, axes: Axes, used: Iterable[str]) -> "Shared":
        """The space of the axes that are used, and of those that impossible combinations name."""
        named = {*used, *(axis for book in (old, new) for i in book.impossible for axis in i.when)}
        axes = {axis: choices for axis, choices in axes.items() if axis in named}
        if not all(axes.values()):
            return cls.nothing()
        space = Space(axes)
        before, after = (
            union(space.where(entry.when) for entry in book.impossible) for book in (old, new)
        )
        return cls(space, space.full & ~(before | after), before & after)

    @classmethod
    def plain(cls, axes: Axes) -> "Shared":
        """A space in which everything can occur."""
        if not all(axes.values()):
            return cls.nothing()
        space = Space(axes)
        return cls(space, space.full, 0)

    @classmethod
    def nothing(cls) -> "Shared":
        """What there is to compare where the books have nothing in common."""
        return cls(Space({}), 0, 0)


@dataclass(frozen=True)
class Found:
    """Where one value became another, and which rules stand there in either book."""

    old: str
    new: str
    bits: int
    days: Days
    old_rules: frozenset[str]
    new_rules: frozenset[str]
    goal: Hashable = None

    def lasting_with(self, later: "Found") -> "Found":
        """Both as one, where the same is found again on the days that follow."""
        return replace(
            self,
            days=Days(self.days.first, later.days.last),
            old_rules=self.old_rules | later.old_rules,
            new_rules=self.new_rules | later.new_rules,
        )


def shared_axes(old: Axes, new: Axes) -> Axes:
    """Axis -> the choices that both books know; all of them where one does not know the axis.

    Of an axis without a choice in common nothing is left, and what hangs on it is not compared.
    """
    axes: dict[str, tuple[str, ...]] = {}
    for axis in dict.fromkeys((*new, *old)):
        before, after = old.get(axis), new.get(axis)
        if before is None or after is None:
            axes[axis] = before or after or ()
        else:
            axes[axis] = tuple(choice for choice in after if choice in before)
    return axes


def over_time(found: Iterable[Found]) -> Iterator[Found]:
    """What is found again on the days that follow is found once. `found` is in time order."""
    lasting: dict[tuple[Hashable, ...], list[Found]] = {}
    for one in found:
        known = lasting.setdefault((one.goal, one.old, one.new, one.bits), [])
        if known and known[-1].days.borders_on(one.days):
            known[-1] = known[-1].lasting_with(one)
        else:
            known.append(one)
    yield from (one for known in lasting.values() for one in known)


def where_differing(old: Mapping[str, int], new: Mapping[str, int]) -> int:
    """The scenarios that have another value in the one than in the other."""
    return union(
        here & there
        for before, here in old.items()
        for after, there in new.items()
        if before != after
    )
