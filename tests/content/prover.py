"""The proof once more, by another method: the rules as a logic program, solved by clingo.

Written from the definitions, not from the program. Rules become facts, matching and overriding
become rules of logic, a scenario an answer set; clingo is asked for the scenarios without a value,
for those with two, for the rules that stand in some scenario, and for where one rule stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import clingo

Scenario = frozenset[tuple[str, str]]
"""(axis, choice) of every axis."""

When = Mapping[str, Sequence[str]]

PROGRAM = """
% A scenario is one choice of each axis, and none that cannot occur.
1 { is(A, C) : choice(A, C) } 1 :- axis(A).
cannot_be :- impossible(I), not fails(I).
:- cannot_be.

% A condition fails if the axis has no choice that it accepts.
fails(R) :- asks(R, A), not met(R, A).
met(R, A) :- accepts(R, A, C), is(A, C).

% A rule stands if it matches and no standing rule overrides it.
stands(R) :- rule(R), not fails(R), not beaten(R).
beaten(R) :- overrides(O, R), stands(O).
has(V) :- stands(R), value(R, V).

#defined accepts/3. #defined asks/2. #defined overrides/2. #defined impossible/1.
#defined axis/1. #defined choice/2. #defined rule/1. #defined value/2. #defined wanted/1.
"""
LACKING = "#show is/2. :- has(V), wanted(V)."
CONFLICT = "#show is/2. two :- has(V), has(W), V < W. :- not two."
STANDING = "#show stands/1."


@dataclass(frozen=True)
class Line:
    """A rule as this prover sees it."""

    id: str
    when: When
    value: str
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """The rules of one day that give one thing its value."""

    axes: Mapping[str, Sequence[str]]
    lines: Sequence[Line]
    impossible: Sequence[When] = ()

    def gaps(self) -> set[Scenario]:
        """The scenarios in which no rule gives a value."""
        return self.lacking({line.value for line in self.lines})

    def lacking(self, values: Iterable[str]) -> set[Scenario]:
        """The scenarios in which no rule gives one of these values."""
        wanted = "\n".join(_fact("wanted", value) for value in values)
        return {_scenario(model) for model in _models(self._facts() + wanted + LACKING)}

    def conflicts(self) -> set[Scenario]:
        """The scenarios in which standing rules give two values."""
        return {_scenario(model) for model in _models(self._facts() + CONFLICT)}

    def standing_somewhere(self) -> set[str]:
        """The rules that stand in some scenario: what holds in the union of all answer sets."""
        unions = [[], *_models(self._facts() + STANDING, "--enum-mode=brave")]
        return {symbol.arguments[0].string for symbol in unions[-1]}

    def where_stands(self, rule: str) -> set[Scenario]:
        """The scenarios in which this rule stands."""
        wanted = f"#show is/2. :- not {_fact('stands', rule)}"
        return {_scenario(model) for model in _models(self._facts() + wanted)}

    def _facts(self) -> str:
        return PROGRAM + "\n".join(self._lines_of_logic()) + "\n"

    def _lines_of_logic(self) -> Iterator[str]:
        for axis, choices in self.axes.items():
            yield _fact("axis", axis)
            yield from (_fact("choice", axis, choice) for choice in choices)
        for line in self.lines:
            yield _fact("rule", line.id)
            yield _fact("value", line.id, line.value)
            yield from (_fact("overrides", line.id, other) for other in line.overrides)
            yield from _conditions(line.id, line.when)
        for number, when in enumerate(self.impossible):
            yield _fact("impossible", f"impossible {number}")
            yield from _conditions(f"impossible {number}", when)


def lines_of(
    rules: Iterable[Any], field: str, day: date, *axes: str, **about: str
) -> tuple[Line, ...]:
    """The rules of a day that speak of these things, with the value in `field`.

    Fields of the rule that are named in `axes` become conditions.
    """
    return tuple(
        Line(
            id=rule.id,
            when={**rule.when, **{axis: getattr(rule, axis) for axis in axes}},
            value=str(getattr(rule, field)),
            overrides=rule.overrides,
        )
        for rule in rules
        if rule.effective_from <= day <= (rule.effective_until or date.max)
        and all(value in getattr(rule, what) for what, value in about.items())
    )


def _conditions(condition: str, when: When) -> Iterator[str]:
    for axis, choices in when.items():
        yield _fact("asks", condition, axis)
        yield from (_fact("accepts", condition, axis, choice) for choice in choices)


def _fact(name: str, *values: str) -> str:
    quoted = ", ".join(f'"{value}"' for value in values)
    return f"{name}({quoted})."


def _scenario(model: Iterable[clingo.Symbol]) -> Scenario:
    return frozenset((one.arguments[0].string, one.arguments[1].string) for one in model)


def _models(program: str, *options: str) -> Iterator[list[clingo.Symbol]]:
    control = clingo.Control(["0", "--warn=none", *options])
    control.add("base", [], program)
    control.ground([("base", [])])
    with control.solve(yield_=True) as found:
        for model in found:
            yield list(model.symbols(shown=True))
