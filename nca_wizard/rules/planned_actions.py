"""What an action of the plan takes from the rulebook: its stages, follow-ups, letters, and the
answers it takes as usual."""

from collections.abc import Iterable

from nca_wizard.rules.axes import question_of
from nca_wizard.rules.evaluation import GoalState
from nca_wizard.rules.explanation import weight_of
from nca_wizard.rules.interview import said
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.results import Answered, PlannedFollowUp, PlannedLetter, PlannedStage
from nca_wizard.rules.model.rules import GuidanceRule
from nca_wizard.rules.reasons import Reasons


def stages_of(guidance: GuidanceRule, reasons: Reasons) -> tuple[PlannedStage, ...]:
    """The stages it goes through, with their sources."""
    return tuple(
        PlannedStage(
            title=stage.title,
            working_days_min=stage.working_days_min,
            working_days_max=stage.working_days_max,
            days_max=stage.days_max,
            until_end_of_month=stage.until_end_of_month,
            until_day_of_month=stage.until_day_of_month,
            may_decline=stage.may_decline,
            cites=reasons.cited(stage.cites),
        )
        for stage in guidance.stages
    )


def follow_ups_of(
    rulebook: Rulebook, guidance: GuidanceRule, reasons: Reasons
) -> tuple[PlannedFollowUp, ...]:
    """When to come back to it, and what for."""
    return tuple(
        PlannedFollowUp(
            id=follow_up.id,
            after=follow_up.after,
            title=follow_up.title,
            working_days=follow_up.working_days,
            day_of_month=follow_up.day_of_month,
            cites=reasons.cited(follow_up.cites),
        )
        for follow_up in rulebook.follow_ups
        if guidance.id in follow_up.guidance
    )


def letters_of(rulebook: Rulebook, guidance: GuidanceRule) -> tuple[PlannedLetter, ...]:
    """The messages it takes."""
    return tuple(
        PlannedLetter(
            id=letter.id, to=letter.to, subject=letter.subject, paragraphs=letter.paragraphs
        )
        for letter in rulebook.letters
        if guidance.id in letter.guidance
    )


def condition_of(rulebook: Rulebook, states: Iterable[GoalState]) -> tuple[Answered, ...]:
    """The answers taken as usual that these goals hang on, in words."""
    found: dict[str, Answered] = {}
    for state in states:
        possible = state.situation.space.axes
        for axis, choice in rulebook.usual.axes.items():
            if len(possible.get(axis, ())) > 1 and weight_of(state, axis):
                question_id = question_of(axis)
                assumed = _usual_answer(rulebook, question_id) if "." in axis else choice
                found[question_id] = said(rulebook, {question_id: assumed})[0]
    return tuple(found.values())


def _usual_answer(rulebook: Rulebook, question_id: str) -> tuple[str, ...]:
    question = rulebook.question(question_id)
    usual = rulebook.usual.axes
    chosen = tuple(c.id for c in question.choices if usual.get(f"{question_id}.{c.id}") == "yes")
    return chosen or tuple(choice.id for choice in question.choices if choice.alone)
