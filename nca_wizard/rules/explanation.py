"""Which answers matter, what is still open, and what another answer would change.

An answer matters to a goal if two completions that differ in it alone differ in the verdict, in
an association that would get the goal counted, or in what getting it takes. Readiness has axes
of its own, so both halves are looked at apart.
"""

from collections.abc import Iterable, Mapping, Sequence

from nca_wizard.rules.axes import (
    PER_PRODUCT,
    answer_for,
    is_known,
    products_of,
    question_of,
    still_possible,
)
from nca_wizard.rules.evaluation import Goals, GoalState
from nca_wizard.rules.judging import Result, goals_of, judge, result_of
from nca_wizard.rules.model.answers import EASE, MIXED, UNKNOWN, Answer, Answers, Verdict
from nca_wizard.rules.model.book import Choice, Question, Rulebook
from nca_wizard.rules.model.results import Change, OpenQuestion, Outcome
from nca_wizard.rules.model.rules import CautionRule
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.space import Space
from nca_wizard.rules.standing import union

RANK: dict[Verdict, int] = {
    "automatic": 0,
    "action_needed": 1,
    "not_yet": 2,
    "unclear": 3,
    "depends": 3,
    "no_route": 4,
    "not_measured": 4,
    "not_covered": 4,
}
"""Better verdicts first: what would improve the result is worth saying."""


def weight_of(state: GoalState, axis: str) -> int:
    """How much an axis decides for a goal: pairs of completions with another verdict or route."""
    return state.once(f"weight of {axis}", lambda: _weight_of(state, axis))


def _weight_of(state: GoalState, axis: str) -> int:
    situation = state.situation
    if axis in situation.space.axes:
        return _changes(situation.space, axis, situation.possible, _features(state))
    if axis in situation.readiness_space.axes and _readiness_matters(state):
        space = situation.readiness_space
        return _changes(space, axis, space.full, situation.readiness(state.metric).values())
    return 0


def decides_caution(goals: Goals, answers: Answers, state: GoalState, axis: str) -> bool:
    """Whether two completions alike but for this axis differ in a caution about a route in use."""
    if not state.is_measured:
        return False
    possible = still_possible(goals.rulebook, answers, state.product)
    return any(_tells_apart(rule, state, possible, axis) for rule in goals.cautions(state))


def _tells_apart(
    rule: CautionRule, state: GoalState, possible: Mapping[str, tuple[str, ...]], axis: str
) -> bool:
    """Whether it is shown in one of two completions alike but for this axis, not in the other.

    Where it is shown is a set of access completions, times one of readiness completions, times
    the choices of axes that no other rule asks for.
    """
    if not all(set(possible[a]) & set(choices) for a, choices in rule.when.items()):
        return False
    situation = state.situation
    space, readiness_space = situation.space, situation.readiness_space
    if axis not in space.axes and axis not in rule.when:
        return False
    access = space.where({a: c for a, c in rule.when.items() if a in space.axes})
    access &= situation.possible
    if rule.association:
        access &= union(state.route_in_use(a) for a in rule.association if a in state.credit)
    readiness = readiness_space.where(
        {a: c for a, c in rule.when.items() if a in readiness_space.axes}
    )
    if not (access and readiness):
        return False
    if axis in space.axes:
        return space.changes_along(axis, access, situation.possible) > 0
    if axis in readiness_space.axes:
        return readiness_space.changes_along(axis, readiness, readiness_space.full) > 0
    return not set(possible[axis]) <= set(rule.when[axis])


def open_questions(
    goals: Goals, answers: Answers, *, explained: bool = True
) -> tuple[OpenQuestion, ...]:
    """The unknown answers that would change the verdicts or the plan, the weightiest first.

    Without `explained` it is not said what each reply leads to.
    """
    rulebook = goals.rulebook
    found: list[tuple[int, OpenQuestion]] = []
    for question_id in ("products", "metrics"):
        if not is_known(answers.get(question_id)):
            question = rulebook.question(question_id)
            found.append((0, _opened(goals, answers, question, "", explained)))
    products, _ = goals_of(rulebook, answers)
    if all(goals.lookup.said(answers, product) is not None for product in products):
        return tuple(question for _, question in found)
    states = judge(goals, answers).states
    weights: dict[tuple[str, str], int] = {}
    for state in states:
        for axis, question_id, product in _unknown_axes(answers, state):
            key = (question_id, product)
            weights[key] = weights.get(key, 0) + weight_of(state, axis)
    order = [question.id for question in rulebook.questions]
    for (question_id, product), weight in sorted(
        weights.items(), key=lambda item: (-item[1], order.index(item[0][0]))
    ):
        if weight:
            question = rulebook.question(question_id)
            found.append((weight, _opened(goals, answers, question, product, explained)))
    return tuple(question for _, question in found)


def changes(goals: Goals, answers: Answers) -> tuple[Change, ...]:
    """The single known answers that, changed, would improve the result; each one is evaluated.

    What is easiest to bring about comes first, then the greater improvement.
    """
    rulebook = goals.rulebook
    before = result_of(goals, answers)
    found: list[tuple[tuple[int, int, int], Change]] = []
    for question in rulebook.questions:
        for product in asked_for(rulebook, answers, question):
            if not is_known(answer_for(answers, question.id, product)):
                continue
            for choice in choices_of(rulebook, question):
                changed = with_choice(answers, question, product, choice)
                if changed is None or choice.change is None:
                    continue
                after = result_of(goals, changed)
                gain = _gain(before, after)
                if gain > 0:
                    changeable = question.who_can_change(choice)
                    change = Change(
                        question=question.id,
                        product=product,
                        choice=choice.id,
                        condition=choice.change,
                        seller_can_change=changeable == "own_hands",
                        outcome=_outcome((choice,), after),
                        changeable=changeable,
                    )
                    found.append(((EASE[changeable], -gain, len(found)), change))
    return tuple(change for _, change in sorted(found, key=lambda item: item[0]))


def _features(state: GoalState) -> Iterable[int]:
    """Sets of completions that together tell the possible results of a goal apart."""
    yield from state.base_verdicts().values()
    for association in state.credit:
        for bits in (state.route(association), state.route_worth_trying(association)):
            if bits:
                yield bits
                for _, guided in state.situation.guidance_standing[association]:
                    yield bits & guided


def _changes(space: Space, axis: str, possible: int, features: Iterable[int]) -> int:
    return sum(space.changes_along(axis, bits, possible) for bits in features)


def _readiness_matters(state: GoalState) -> bool:
    return bool({"automatic", "action_needed"} & set(state.base_verdicts()))


def _unknown_axes(answers: Answers, state: GoalState) -> Iterable[tuple[str, str, str]]:
    """(axis, question to ask, product it is asked for or "") of every answer not known."""
    situation = state.situation
    for axis, choices in {**situation.space.axes, **situation.readiness_space.axes}.items():
        if len(choices) < 2:
            continue
        question_id = question_of(axis)
        if question_id == "channel" and answers.get("channel") == MIXED:
            yield axis, "channel_by_product", state.product
        elif question_id in PER_PRODUCT and not isinstance(answers.get(question_id), str | None):
            yield axis, question_id, state.product
        else:
            yield axis, question_id, ""


def _opened(
    goals: Goals, answers: Answers, question: Question, product: str, explained: bool
) -> OpenQuestion:
    outcomes: list[Outcome] = []
    for choice in choices_of(goals.rulebook, question) if explained else ():
        changed = with_choice(answers, question, product, choice)
        if changed is None:
            continue
        outcome = _outcome((choice,), result_of(goals, changed))
        for i, earlier in enumerate(outcomes):
            if (earlier.verdicts, earlier.plan) == (outcome.verdicts, outcome.plan):
                outcomes[i] = earlier.model_copy(
                    update={
                        "choices": earlier.choices + outcome.choices,
                        "said": earlier.said + outcome.said,
                    }
                )
                break
        else:
            outcomes.append(outcome)
    return OpenQuestion(
        question=question.id,
        product=product,
        ask=question.ask,
        how_to_find_out=question.how_to_find_out,
        outcomes=tuple(outcomes),
    )


def _outcome(choices: Sequence[Choice], result: Result) -> Outcome:
    return Outcome(
        choices=tuple(choice.id for choice in choices),
        said=tuple(choice.said for choice in choices),
        verdicts=result.verdicts,
        plan=result.plan.associations,
    )


def choices_of(rulebook: Rulebook, question: Question) -> tuple[Choice, ...]:
    """The replies a question offers to each product or to all: `mixed` is none of them."""
    if question.id == "products":
        return tuple(
            Choice(
                id=product.id,
                label=product.name,
                said=Text(for_us=product.name, for_customer=product.name),
            )
            for product in rulebook.products
        )
    return tuple(choice for choice in question.choices if choice.id != MIXED)


def asked_for(rulebook: Rulebook, answers: Answers, question: Question) -> tuple[str, ...]:
    """The products a question is put for, or "" for all at once."""
    if question.id in ("products", "metrics"):
        return ()
    if question.id == "channel" and answers.get("channel") == MIXED:
        return ()
    if question.kind == "by_product":
        return products_of(rulebook, answers) or () if answers.get("channel") == MIXED else ()
    if question.kind == "one_or_by_product" and not isinstance(
        answers.get(question.id), str | None
    ):
        return products_of(rulebook, answers) or ()
    return ("",)


def with_choice(
    answers: Answers, question: Question, product: str, choice: Choice
) -> Answers | None:
    """The answers with this choice made instead (several: as well); None if nothing changes."""
    present = answers.get(question.id)
    new: Answer
    if question.kind == "several":
        chosen = present if isinstance(present, tuple) and is_known(present) else ()
        alone = {c.id for c in question.choices if c.alone}
        together = tuple(c for c in chosen if c not in alone and c != choice.id)
        new = (choice.id,) if choice.alone else (*together, choice.id)
        if choice.id in chosen:
            return None
    elif product:
        new = {**(present if isinstance(present, dict) else {}), product: choice.id}
    else:
        new = choice.id
    if new == present or choice.id == UNKNOWN:
        return None
    return {**answers, question.id: new}


def _gain(before: Result, after: Result) -> int:
    """How much better the result is: verdicts first, then less effort; 0 if any goal is worse."""
    steps = [
        RANK[old] - RANK[new] for old, new in zip(before.verdicts, after.verdicts, strict=True)
    ]
    if any(step < 0 for step in steps):
        return 0
    if sum(steps):
        return 100 * sum(steps)
    saved = before.plan.cover.effort - after.plan.cover.effort
    return saved if after.plan.associations and saved > 0 else 0
