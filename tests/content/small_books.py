"""Whole rulebooks drawn at random, small enough to try every scenario one by one."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from nca_wizard.rules.model.answers import Answer, Changeable, Counts
from nca_wizard.rules.model.book import Choice, Impossible, Question, Rulebook, Usual
from nca_wizard.rules.model.rules import (
    AccessRule,
    CautionRule,
    CreditRule,
    GuidanceRule,
    MeasuredRule,
    ReadinessRule,
)
from nca_wizard.rules.model.values import Scenario, Text
from tests.content.prover_books import CITES, ENDS, HORIZON, TEXT, some_box, sound_rules

PRODUCTS = ("sales", "power_apps")
METRIC = "net_customer_adds"
CHANGEABLE: tuple[Changeable, ...] = ("own_hands", "ask_customer", "hard", "fact")
COUNTS: tuple[Counts, ...] = ("yes", "yes", "no", "disputed", "unclear")

Axes = dict[str, tuple[str, ...]]


def small_book(shipped: Rulebook, seed: int) -> Rulebook:
    """Three associations, three questions about access and one about readiness, dated rules."""
    draw = random.Random(seed)
    associations = tuple(draw.sample(shipped.associations, 3))
    questions = (_one(draw, "q0"), _one(draw, "q1"), _several(draw), _one(draw, "revenue"))
    axes: Axes = {
        "q0": tuple(c.id for c in questions[0].choices),
        "q1": tuple(c.id for c in questions[1].choices),
        "q2.c0": ("yes", "no"),
        "q2.c1": ("yes", "no"),
    }
    access: list[AccessRule] = []
    for association in associations:
        access += sound_rules(draw, axes, association.id)
    always: dict[str, Any] = {"because": TEXT, "cites": CITES, "effective_from": HORIZON.first}
    asked = [q for q in shipped.questions if q.id in ("products", "metrics")]
    return shipped.model_copy(
        update={
            "sources": (shipped.sources[0].model_copy(update={"id": CITES[0].source}),),
            "first_day": HORIZON.first,
            "last_day": HORIZON.last,
            "products": tuple(p for p in shipped.products if p.id in PRODUCTS),
            # Points and their rates cite sources of the shipped book.
            "metrics": tuple(
                m.model_copy(update={"points": None}) for m in shipped.metrics if m.id == METRIC
            ),
            "rates": (),
            "associations": associations,
            "questions": (*asked, *questions),
            "try_order": tuple(a.id for a in associations),
            "measured": (
                MeasuredRule(id="m", product=PRODUCTS, metric=(METRIC,), measured="yes", **always),
            ),
            "credit": tuple(_credit(draw, [a.id for a in associations])),
            "access": tuple(access),
            "readiness": tuple(_readiness(draw, questions[3], always)),
            "guidance": tuple(
                GuidanceRule(
                    id=f"g-{a.id}",
                    association=(a.id,),
                    title=TEXT,
                    in_short=TEXT,
                    who=TEXT,
                    effort=draw.randrange(4),
                    effort_reason="r",
                    steps=(TEXT,),
                    verify=(TEXT,),
                    ends=TEXT,
                    **always,
                )
                for a in associations
            ),
            "cautions": tuple(_cautions(draw, axes, [a.id for a in associations], always)),
            "impossible": tuple(
                Impossible(id=f"i{n}", when=some_box(draw, axes, at_least=2), because="b")
                for n in range(draw.choice((0, 0, 1)))
            ),
            "usual": Usual(axes={}, because="b"),
        }
    )


def random_scenario(book: Rulebook, draw: random.Random) -> Scenario:
    """Each question known three times out of four, on a day on which rules may have changed."""
    answers: dict[str, Answer] = {
        "products": tuple(draw.sample(PRODUCTS, draw.choice((1, 2)))),
        "metrics": (METRIC,),
    }
    for question in book.questions:
        if question.id in answers or draw.random() < 0.25:
            continue
        if question.kind == "several":
            some = tuple(c.id for c in question.choices if not c.alone and draw.random() < 0.5)
            answers[question.id] = some or ("none",)
        elif question.kind == "one_or_by_product" and draw.random() < 0.4:
            answers[question.id] = {
                p: draw.choice(question.choices).id for p in PRODUCTS if draw.random() < 0.8
            }
        else:
            answers[question.id] = draw.choice(question.choices).id
    day = HORIZON.first if draw.random() < 0.3 else draw.choice(days_of_changes())
    return Scenario(as_of=day, answers=answers)


def days_of_changes() -> tuple[date, ...]:
    """The days before and after each change, and the ends of the horizon."""
    return (HORIZON.first, *ENDS, *(end + timedelta(days=1) for end in ENDS), HORIZON.last)


def _one(draw: random.Random, question_id: str) -> Question:
    choices = tuple(_choice(draw, f"c{k}") for k in range(draw.choice((2, 3, 3))))
    kind = "one_or_by_product" if question_id == "revenue" else "one"
    return _question(draw, question_id, kind, choices)


def _several(draw: random.Random) -> Question:
    none = Choice(id="none", label="l", said=TEXT, alone=True)
    return _question(draw, "q2", "several", (_choice(draw, "c0"), _choice(draw, "c1"), none))


def _choice(draw: random.Random, choice_id: str) -> Choice:
    said = Text(for_us=choice_id, for_customer=choice_id)
    return Choice(
        id=choice_id,
        label="l",
        said=said,
        change=said if draw.random() < 0.9 else None,
        changeable=draw.choice(CHANGEABLE) if draw.random() < 0.5 else None,
    )


def _question(
    draw: random.Random, question_id: str, kind: str, choices: tuple[Choice, ...]
) -> Question:
    return Question.model_validate(
        {
            "id": question_id,
            "page": "5",
            "kind": kind,
            "title": "t",
            "short": question_id,
            "why": "w",
            "ask": TEXT,
            "missing": "m",
            "unknown_hint": "u",
            "changeable": draw.choice(CHANGEABLE[:3]),
            "changeable_because": "b",
            "choices": choices,
        }
    )


def _credit(draw: random.Random, associations: Sequence[str]) -> list[CreditRule]:
    """One rule for each association and family, or two that follow each other."""
    rules: list[CreditRule] = []
    for association in associations:
        for family in ("dynamics_365", "power_platform"):
            rule = CreditRule(
                id=f"c-{association}-{family}".replace("_", "-"),
                association=(association,),
                metric=(METRIC,),
                family=(family,),
                counts=draw.choice(COUNTS),
                because=TEXT,
                cites=CITES,
                effective_from=HORIZON.first,
            )
            if draw.random() < 0.6:
                rules.append(rule)
                continue
            end = draw.choice(ENDS)
            rules += [
                rule.model_copy(update={"effective_until": end}),
                rule.model_copy(
                    update={
                        "id": f"{rule.id}-later",
                        "effective_from": end + timedelta(days=1),
                        "counts": draw.choice(COUNTS),
                    }
                ),
            ]
    return rules


def _readiness(
    draw: random.Random, question: Question, always: dict[str, Any]
) -> list[ReadinessRule]:
    rules = []
    for number in range(draw.choice((0, 1, 2))):
        choices = draw.sample([c.id for c in question.choices], 1)
        rules.append(
            ReadinessRule.model_validate(
                {
                    "id": f"n{number}",
                    "when": {"revenue": tuple(choices)},
                    "metric": (METRIC,),
                    "state": draw.choice(("not_yet", "unclear")),
                    "title": TEXT,
                    "steps": (TEXT,),
                    **always,
                }
            )
        )
    return rules


def _cautions(
    draw: random.Random, axes: Axes, associations: Sequence[str], always: dict[str, Any]
) -> list[CautionRule]:
    return [
        CautionRule.model_validate(
            {
                "id": f"k{number}",
                "when": some_box(draw, axes),
                "association": tuple(draw.sample(associations, draw.choice((0, 1, 2)))),
                **always,
            }
        )
        for number in range(draw.choice((0, 1)))
    ]
