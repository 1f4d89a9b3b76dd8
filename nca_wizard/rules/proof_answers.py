"""One hash over all answers of a book: every goal, every stretch of days, every scenario.

It hangs on what is answered and on nothing else. Ids and texts of rules, their order, how they
are cut into pieces and which axes they mention without effect do not change it; a verdict, an
access, an effort, or where a caution is shown, that differs in a single scenario on a single day
does. It says *that* something changed; the boxes of two books compared say what.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from nca_wizard.rules.axes import all_axes
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import CautionRule, ReadinessRule
from nca_wizard.rules.proof_tables import Days, Tables
from nca_wizard.rules.situation import ACCESS_VALUES, Situation
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import Standing, axes_used, in_force, standing, union

Said: TypeAlias = Mapping[str, object]
"""What is answered, in plain values that JSON can hold, sets of scenarios by their digests."""

_DAYS = ("effective_from", "effective_until", "review_by")


class Digests:
    """Digests of sets of scenarios that are equal exactly if the sets are.

    A set is folded into its decision diagram, in which an axis that makes no difference does not
    occur. So the same set has the same digest in any space that has the axes it hangs on, provided
    that the axes are in the same order.
    """

    def __init__(self, space: Space) -> None:
        self._levels: list[tuple[str, tuple[str, ...], int]] = []
        size = 1
        for axis, choices in space.axes.items():
            self._levels.insert(0, (axis, choices, size))
            size *= len(choices)
        self._known: dict[tuple[int, int], str] = {}

    def of(self, bits: int, level: int = 0) -> str:
        """The digest of a set of scenarios."""
        key = (level, bits)
        if key not in self._known:
            self._known[key] = self._fold(bits, level)
        return self._known[key]

    def _fold(self, bits: int, level: int) -> str:
        if not bits:
            return "none"
        if level == len(self._levels):
            return "all"
        axis, choices, size = self._levels[level]
        one = (1 << size) - 1
        parts = [self.of((bits >> size * k) & one, level + 1) for k in range(len(choices))]
        if len(set(parts)) == 1:
            return parts[0]
        return _digest({"axis": axis, "parts": dict(zip(choices, parts, strict=True))})


class Answers:
    """All answers of a sound book."""

    def __init__(self, rulebook: Rulebook, stretches: Iterable[Days]) -> None:
        self._book = rulebook
        self._stretches = tuple(stretches)
        # In the order of their names, whatever the order of the questions.
        self._axes = dict(sorted(all_axes(rulebook).items()))
        self._situations: dict[tuple[int, ...], Situation] = {}
        self._digests: dict[tuple[str, ...], Digests] = {}
        self._verdicts: dict[tuple[object, ...], Mapping[str, str]] = {}
        self._shown: dict[tuple[int, ...], str] = {}
        self._kinds: set[tuple[str, str, str]] = set()

    @cached_property
    def hash(self) -> str:
        """SHA-256 over everything answered."""
        lasting: list[tuple[str, str]] = []
        for days in self._stretches:
            said = _digest(self._said_on(days))
            # Days on which a rule changes but no answer are no days to tell apart.
            if not lasting or lasting[-1][1] != said:
                lasting.append((str(days.first), said))
        book = self._book
        return _digest(
            {
                "last day": str(book.last_day),
                "try order": book.try_order,
                "usual": book.usual.axes,
                "answers": lasting,
            }
        )

    @property
    def kinds_of_goals(self) -> int:
        """How many combinations of family, metric and "measured" occur; known with the hash."""
        return len(self._kinds) if self.hash else 0

    def _said_on(self, days: Days) -> Said:
        goals = Goals(self._book, days.first)
        situation = self._situation(goals)
        return {
            "goals": self._goals(goals, situation),
            "access": {
                association.id: self._association(situation, association.id)
                for association in self._book.associations
            },
            "readiness": self._readiness(days),
            "cautions": self._cautions(days),
        }

    def _goals(self, goals: Goals, situation: Situation) -> Said:
        """Each goal's answers; those of one kind have the same."""
        known: dict[tuple[str, str, str], Said] = {}
        found: dict[str, object] = {}
        for product in self._book.products:
            for metric in self._book.metrics:
                state = goals.state(product.id, metric.id, situation)
                measured = state.measured.measured if state.measured else ""
                kind = (product.family, metric.id, measured)
                if kind not in known:
                    known[kind] = self._goal(state, measured)
                found[f"{product.id}/{metric.id}"] = known[kind]
        self._kinds |= known.keys()
        return found

    def _situation(self, goals: Goals) -> Situation:
        """Days with the same access and guidance rules share a situation; readiness is apart."""
        key = tuple(
            position
            for position, rule in enumerate((*self._book.access, *self._book.guidance))
            if rule.in_force_on(goals.day)
        )
        if key not in self._situations:
            self._situations[key] = goals.situations.of(self._axes)
        return self._situations[key]

    def _goal(self, state: GoalState, measured: str) -> Said:
        counts = {association: state.counts(association) for association in sorted(state.credit)}
        # Goals that count alike, in one situation, have the same verdicts.
        kind = (measured, *counts.values(), id(state.situation))
        if kind not in self._verdicts:
            self._verdicts[kind] = {
                verdict: self._digest_in(state.situation.space, bits)
                for verdict, bits in state.base_verdicts().items()
            }
        return {"measured": measured, "counts": counts, "verdicts": self._verdicts[kind]}

    def _association(self, situation: Situation, association: str) -> Said:
        to_be_had = situation.possible & ~situation.access(association, "closed")
        told: dict[tuple[int, str], int] = {}
        for rule, bits in situation.guidance_standing[association]:
            key = (rule.effort, self._contents[rule.id])
            told[key] = told.get(key, 0) | (bits & to_be_had)
        return {
            "access": {
                value: self._digest_in(situation.space, situation.access(association, value))
                for value in ACCESS_VALUES
            },
            "told": sorted(
                [effort, self._digest_in(situation.space, bits)]
                for (effort, _), bits in told.items()
                if bits
            ),
        }

    @cached_property
    def _contents(self) -> Mapping[str, str]:
        """Guidance -> what it says, to know the rules that say the same; never hashed."""
        when_and_why = {"id", "when", "overrides", "cites", "because", *_DAYS}
        return {rule.id: rule.model_dump_json(exclude=when_and_why) for rule in self._book.guidance}

    def _readiness(self, days: Days) -> Said:
        rules = in_force(self._book.readiness, days.first)
        used = axes_used(rules)
        space = Space({axis: choices for axis, choices in self._axes.items() if axis in used})
        said = readiness_said(standing(rules, space))
        return {what: self._digest_in(space, bits) for what, bits in said.items()}

    def _cautions(self, days: Days) -> Sequence[str]:
        """Where each sentence is shown, and for which goals; rules that say the same are one."""
        sentences: dict[tuple[object, ...], tuple[int, ...]] = {}
        for position, rule in enumerate(self._book.cautions):
            if rule.in_force_on(days.first):
                key = (rule.because, *self._shown_for[position])
                sentences[key] = (*sentences.get(key, ()), position)
        return sorted(self._caution(positions) for positions in sentences.values())

    def _caution(self, positions: tuple[int, ...]) -> str:
        if positions not in self._shown:
            rules = [self._book.cautions[position] for position in positions]
            used = axes_used(rules)
            space = Space({axis: choices for axis, choices in self._axes.items() if axis in used})
            where = union(space.where(rule.when) for rule in rules)
            self._shown[positions] = _digest(
                {"for": self._shown_for[positions[0]], "where": self._digest_in(space, where)}
            )
        return self._shown[positions]

    @cached_property
    def _shown_for(self) -> Sequence[tuple[object, ...]]:
        """Of each caution: whether it is a check, and its associations, metrics and products."""
        metrics = [metric.id for metric in self._book.metrics]
        return tuple(
            (
                rule.check,
                tuple(sorted(rule.association)),
                tuple(sorted(rule.metric or metrics)),
                tuple(sorted(self._products_of(rule))),
            )
            for rule in self._book.cautions
        )

    def _products_of(self, caution: CautionRule) -> Iterator[str]:
        for product in self._book.products:
            if (not caution.product or product.id in caution.product) and (
                not caution.family or product.family in caution.family
            ):
                yield product.id

    def _digest_in(self, space: Space, bits: int) -> str:
        key = tuple(space.axes)
        if key not in self._digests:
            self._digests[key] = Digests(space)
        return self._digests[key].of(bits)


def reasons_hash(tables: Tables) -> str:
    """SHA-256 over which rule stands where and when, by their ids.

    It tells apart two books that answer alike from different rules, as the other hash does not.
    """
    digest = hashlib.sha256()
    for table in tables.all:
        digests = Digests(table.space)
        lasting: dict[str, str] = {}
        for stretch in table.stretches:
            stands = {rule.id: digests.of(bits) for rule, bits in stretch.stands if bits}
            if stands != lasting:
                lasting = stands
                said = [table.file, table.subject, str(stretch.days.first), stands]
                digest.update(_digest({"stands": said}).encode())
    return digest.hexdigest()


def readiness_said(stands: Standing[ReadinessRule]) -> Mapping[str, int]:
    """What keeps a customer from counting, by metric and state, and what it holds up."""
    found: dict[str, int] = {}
    for rule, bits in stands:
        for said in (*(f"{metric} {rule.state}" for metric in rule.metric), *rule.holds_up):
            found[said] = found.get(said, 0) | bits
    for said in found:
        if said.endswith(" unclear"):
            found[said] &= ~found.get(said.replace(" unclear", " not_yet"), 0)
    return {said: bits for said, bits in found.items() if bits}


def _digest(said: Said) -> str:
    written = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
