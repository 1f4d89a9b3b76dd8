"""A recommendation as the JSON that `nca-wizard evaluate --json` prints.

Names and shapes are the public interface of the command line. A text that the model says twice
is an object with `for_us` and `for_customer`; sentences composed here are for us, in English.
"""

from collections.abc import Sequence
from typing import Any

from nca_wizard.report import wording
from nca_wizard.rules.model.reasons import Cited
from nca_wizard.rules.model.results import (
    Action,
    Finding,
    Goal,
    MetricPoints,
    PlannedStage,
    Preparation,
    Recommendation,
    Way,
)
from nca_wizard.rules.model.rules import Evidence
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.points import added
from nca_wizard.texts import SOURCE_LANGUAGE, Texts

Json = dict[str, Any]


def as_json(rec: Recommendation) -> Json:
    """The recommendation as values that `json.dumps` takes."""
    t = Texts.load(SOURCE_LANGUAGE)
    return {
        "rulebook": {
            "version": rec.rulebook.version,
            "as_of": rec.rulebook.as_of.isoformat(),
            "checked_on": rec.rulebook.checked_on.isoformat(),
            "hash": rec.rulebook.hash,
        },
        "headline": wording.headline(t, rec),
        "goals": [_goal(rec, goal) for goal in rec.goals],
        "preparations": [_preparation(one) for one in rec.preparations],
        "plan": [_action(action) for action in rec.plan],
        "in_place": [_action(action) for action in rec.in_place],
        "alternatives": [
            {
                "associations": list(one.associations),
                "difference": wording.alternative(t, rec, one),
            }
            for one in rec.alternatives
        ],
        "cautions": [
            {
                "id": one.id,
                "text": _text(one.text),
                "check": one.check,
                "goals": _pairs(one.goals),
                "cites": _cites(one.cites),
            }
            for one in rec.cautions
        ],
        "open_questions": [
            {
                "question": one.question,
                **({"product": one.product} if one.product else {}),
                "ask": _text(one.ask),
                "how_to_find_out": list(one.how_to_find_out),
                "decides": wording.decides(t, rec, one),
                "settles_most": one.settles_most,
                "leads_to": {
                    reply.choice: [list(verdicts) for verdicts in reply.could_be]
                    for reply in one.leads_to
                },
            }
            for one in rec.open_questions
        ],
        "would_change": [
            {
                "change": {one.question: {one.product: one.choice} if one.product else one.choice},
                "result": wording.change(t, rec, one),
                **({"changeable": one.changeable} if one.changeable else {}),
            }
            for one in rec.would_change
        ],
        "ways": [_way(one) for one in rec.ways],
        "ways_found": rec.ways_found,
        "rule_texts": {rule: _text(text) for rule, text in rec.rule_texts.items()},
        "points": [_points(one) for one in rec.points],
        "reviews_due": _cites(rec.reviews_due),
    }


def _points(points: MetricPoints) -> Json:
    found = added(points)
    return {
        "metric": points.metric,
        "at_most": found and {"sure": found.sure, "possible": found.possible},
        "each": points.each,
        "most": points.most,
        "sure": list(points.sure),
        "possible": list(points.possible),
        "floors": {one.track: one.least for one in points.floors},
        "rates": [
            {"workload": one.workload, "per": one.per, "value": str(one.value)}
            for one in points.rates
        ],
        "cites": _cites(points.cites),
    }


def _goal(rec: Recommendation, goal: Goal) -> Json:
    return {
        "product": goal.product,
        "metric": goal.metric,
        "verdict": goal.verdict,
        "workload": goal.workload,
        "because": [_text(reason.text) for reason in goal.reasons],
        "rules": [reason.rule for reason in goal.reasons],
        "cites": _cites([cited for reason in goal.reasons for cited in reason.cites]),
        "could_be": list(goal.could_be),
        "forced_by": [list(questions) for questions in goal.forced_by],
        "forced_by_sets": goal.forced_by_sets,
        "why_not": _why_not(rec, goal.why_not),
        "associations": {one.association: _finding(rec, one) for one in goal.findings},
    }


def _why_not(rec: Recommendation, places: Sequence[int]) -> list[Json]:
    return [rec.why_not[place].model_dump(mode="json") for place in places]


def _finding(rec: Recommendation, finding: Finding) -> Json:
    return {
        "counts": finding.counts,
        "access": finding.access,
        "recommended": finding.recommended,
        "because": [_text(reason.text) for reason in finding.reasons],
        "rules": [reason.rule for reason in finding.reasons],
        "cites": _cites([cited for reason in finding.reasons for cited in reason.cites]),
        "why_not": _why_not(rec, finding.why_not),
    }


def _way(way: Way) -> Json:
    """`change` has every question changed; two replies to one that takes several are a list."""
    change: dict[str, Any] = {}
    for step in way.steps:
        if step.product:
            change.setdefault(step.question, {})[step.product] = step.choice
        elif step.question in change:
            change[step.question] = [change[step.question], step.choice]
        else:
            change[step.question] = step.choice
    return {
        "change": change,
        "changeable": [step.changeable for step in way.steps],
        "from_day": way.from_day.isoformat() if way.from_day else None,
        "goals": _pairs(way.goals),
        "verdicts": list(way.verdicts),
        "plan": list(way.plan),
    }


def _preparation(preparation: Preparation) -> Json:
    return {
        "rule": preparation.rule,
        "title": _text(preparation.title),
        "steps": [_text(step) for step in preparation.steps],
        "holds_up": list(preparation.holds_up),
        "goals": _pairs(preparation.goals),
        "because": _text(preparation.reason.text),
        "cites": _cites(preparation.reason.cites),
    }


def _action(action: Action) -> Json:
    return {
        "association": action.association,
        "certainty": action.certainty,
        "condition": [
            {"question": one.question, "said": [_text(part.text) for part in one.said]}
            for one in action.condition
        ],
        "covers": _pairs(action.covers),
        "title": _text(action.title),
        "who": _text(action.who),
        "steps": [_text(step) for step in action.steps],
        "evidence": [_evidence(one) for one in action.evidence],
        "stages": [_stage(one) for one in action.stages],
        "verify": [_text(one) for one in action.verify],
        "ends": _text(action.ends),
        "rejections": [
            {"problem": _text(one.problem), "remedy": _text(one.remedy)}
            for one in action.rejections
        ],
        "settles": _text(action.settles) if action.settles else None,
        "because": [_text(reason.text) for reason in action.reasons],
        "rules": [reason.rule for reason in action.reasons],
        "cautions": list(action.cautions),
        "cites": _cites(action.cites),
    }


def _evidence(evidence: Evidence) -> Json:
    note = {"note": _text(evidence.note)} if evidence.note else {}
    return {"id": evidence.id, "label": _text(evidence.label), **note}


def _stage(stage: PlannedStage) -> Json:
    return {
        "title": _text(stage.title),
        "working_days_min": stage.working_days_min,
        "working_days_max": stage.working_days_max,
        "days_max": stage.days_max,
        "until_end_of_month": stage.until_end_of_month,
        "until_day_of_month": stage.until_day_of_month,
        "may_decline": stage.may_decline,
        "cites": _cites(stage.cites),
    }


def _text(text: Text) -> Json:
    return {"for_us": text.for_us, "for_customer": text.for_customer}


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [list(pair) for pair in pairs]


def _cites(cites: Sequence[Cited]) -> list[Json]:
    """Each source and passage once, in the order they were first named."""
    distinct = {(one.source, one.passage): one for one in cites}
    return [
        {
            "source": one.source,
            "title": one.title,
            "publisher": one.publisher,
            "passage": one.passage,
            "date": one.dated.isoformat(),
            "date_note": one.date_note,
            "weight": one.weight,
            "url": one.url,
        }
        for one in distinct.values()
    ]
