"""The recommendation as it is shown, stored and printed.

It copies in every text, name and citation it needs, so that a reprint never looks anything up
again.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from nca_wizard.rules.model.answers import (
    Access,
    Answers,
    Certainty,
    Changeable,
    Counts,
    FollowUpAfter,
    LetterTo,
    Verdict,
)
from nca_wizard.rules.model.reasons import Cited, Reason, WhyNot
from nca_wizard.rules.model.rules import Evidence, Rejection
from nca_wizard.rules.model.values import Text, Value


class Finding(Value):
    """For one association and one goal: does it count, and can we get it here?"""

    association: str
    counts: Counts | Literal["depends"]
    access: Access | Literal["depends"]
    recommended: bool
    reasons: tuple[Reason, ...]
    why_not: tuple[int, ...] = ()
    """Places in the recommendation's `why_not`: every access and credit rule for the association
    that does not stand for this goal, near misses (fewest failed answers) first, those for other
    goals last."""


class Goal(Value):
    """One (product, metric) pair with what holds for it; one finding per association."""

    product: str
    metric: str
    verdict: Verdict
    workload: str
    reasons: tuple[Reason, ...]
    """Why it is measured or not, what keeps it from counting, why it is not covered."""
    findings: tuple[Finding, ...]
    could_be: tuple[Verdict, ...] = ()
    """Every verdict that some completion of the unknown answers gives, the best first."""
    forced_by: tuple[tuple[str, ...], ...] = ()
    """The smallest sets of questions whose answers alone force the verdict: every completion of
    all others gives the same, and none of the set can be spared. Fewest questions first. An empty
    set: product, metric and day decide, and no answer matters. No set: it depends."""
    forced_by_sets: int = 0
    """How many such sets there are; `forced_by` has the first few."""
    why_not: tuple[int, ...] = ()
    """Places in the recommendation's `why_not`: whether it was or will be measured otherwise."""


class PlannedStage(Value):
    """A stage with its sources copied in; see Stage."""

    title: Text
    working_days_min: int | None
    working_days_max: int | None
    days_max: int | None = None
    until_end_of_month: bool = False
    until_day_of_month: int | None
    may_decline: bool = False
    cites: tuple[Cited, ...]


class Said(Value):
    """One choice in words, with the name of its product where each has its own."""

    text: Text
    product: str = ""


class Answered(Value):
    """An answer in words, choice by choice. `question` is an id, `title` its short name."""

    question: str
    page: str
    title: str
    said: tuple[Said, ...]


class PlannedFollowUp(Value):
    """When to come back to this action; see FollowUp."""

    id: str
    after: FollowUpAfter
    title: Text
    working_days: int | None
    day_of_month: int | None
    cites: tuple[Cited, ...]


class PlannedLetter(Value):
    """See Letter."""

    id: str
    to: LetterTo
    subject: str
    paragraphs: tuple[str, ...]


class Action(Value):
    """Something a named person does to get an association."""

    guidance: str
    association: str
    certainty: Certainty
    condition: tuple[Answered, ...]
    """What was taken as usual, where an unknown answer decides (only for `try`)."""
    covers: tuple[tuple[str, str], ...]
    """(product, metric) pairs."""
    title: Text
    in_short: Text
    who: Text
    steps: tuple[Text, ...]
    evidence: tuple[Evidence, ...]
    stages: tuple[PlannedStage, ...]
    verify: tuple[Text, ...]
    ends: Text
    rejections: tuple[Rejection, ...]
    settles: Text | None
    reasons: tuple[Reason, ...]
    cites: tuple[Cited, ...]
    cautions: tuple[str, ...]
    follow_ups: tuple[PlannedFollowUp, ...] = ()
    where: str = ""
    portal_labels: tuple[str, ...] = ()
    letters: tuple[PlannedLetter, ...] = ()


class Preparation(Value):
    """What must be so first, before an association that is there, or to be filed, counts."""

    rule: str
    title: Text
    steps: tuple[Text, ...]
    holds_up: tuple[str, ...]
    goals: tuple[tuple[str, str], ...]
    reason: Reason


class Alternative(Value):
    """Another set of associations that covers the same goals.

    `extra_actions` is how many more (or fewer) actions it takes than the plan, `extra_effort`
    how much more effort.
    """

    associations: tuple[str, ...]
    titles: tuple[Text, ...]
    extra_actions: int
    extra_effort: int
    who: tuple[Text, ...]


class Caution(Value):
    id: str
    text: Text
    check: bool
    internal: bool
    goals: tuple[tuple[str, str], ...]
    cites: tuple[Cited, ...]


class Outcome(Value):
    """What some choices of an open question, or a changed answer, lead to.

    `verdicts` has each goal's verdict in the order of the goals, `plan` the associations to get.
    """

    choices: tuple[str, ...]
    said: tuple[Text, ...]
    verdicts: tuple[Verdict, ...]
    plan: tuple[str, ...]


class LeadsTo(Value):
    """What stays possible with one reply: each goal's verdicts, in the order of the goals.

    Where a question takes several choices, it is the reply that has this one, alone or not.
    """

    choice: str
    said: Text
    could_be: tuple[tuple[Verdict, ...], ...]


class OpenQuestion(Value):
    """An answer not known yet that would change the verdicts or the plan. `product` is set
    where the question is put per product."""

    question: str
    product: str
    ask: Text
    how_to_find_out: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    settles_most: bool = False
    """The one to ask first: on average its answer leaves the least uncertain."""
    leads_to: tuple[LeadsTo, ...] = ()
    """Reply by reply; empty for what says which goals there are (products, metrics)."""


class Change(Value):
    """One answer changed, and what the result would be then."""

    question: str
    product: str
    choice: str
    condition: Text
    """After "If": "you bought it in CSP through us"."""
    seller_can_change: bool
    outcome: Outcome
    changeable: Changeable | None = None
    """None: stored by a version that knew only whether the seller can."""


class Step(Value):
    """One answer changed on the way to a goal. `condition` is said after "If"."""

    question: str
    product: str
    choice: str
    condition: Text
    changeable: Changeable


class Way(Value):
    """A smallest change that makes goals count, or count with less: evaluated, so it is true.

    At most two changes, a later day being one. No part of it alone does as much for its goals.
    """

    steps: tuple[Step, ...]
    from_day: date | None
    """A later day on which other rules stand; None: as of the same day."""
    goals: tuple[tuple[str, str], ...]
    """The (product, metric) pairs it is for: they become automatic, or from something worse
    action_needed."""
    verdicts: tuple[Verdict, ...]
    """Each goal's verdict then, in the order of the goals; another goal may be worse off."""
    plan: tuple[str, ...]
    """The associations to get then."""


class Asked(Value):
    """A question that explanations name: its short name and the replies they name, in words."""

    title: str
    choices: Mapping[str, Text]


class PlannedFloor(Value):
    """See Floor."""

    track: str
    least: int
    cites: tuple[Cited, ...]


class PlannedRate(Value):
    """See Rate."""

    workload: str
    per: Literal["user", "profile"]
    value: Decimal
    cites: tuple[Cited, ...]


class MetricPoints(Value):
    """What the customer can add to one metric; see Points.

    `sure` are the workloads that count, or do once the plan is done; `possible` those of which
    that is not settled, or not yet. A workload counts once, whichever of its products bring it.
    """

    metric: str
    each: int | None
    most: int
    sure: tuple[str, ...]
    possible: tuple[str, ...]
    floors: tuple[PlannedFloor, ...]
    rates: tuple[PlannedRate, ...]
    """Of these workloads, where use is what counts."""
    cites: tuple[Cited, ...]


class Stamp(Value):
    """Which rules, as of which day."""

    version: str
    as_of: date
    checked_on: date
    hash: str


class Recommendation(Value):
    """The frozen result. Everything screen, history and paper show stands in it."""

    rulebook: Stamp
    answers: Answers
    said: tuple[Answered, ...]
    names: Mapping[str, str]
    """Id of a product, metric or association -> its name."""
    goals: tuple[Goal, ...]
    preparations: tuple[Preparation, ...]
    plan: tuple[Action, ...]
    in_place: tuple[Action, ...]
    """What is there already: nothing to file, but how to verify it and when it ends."""
    alternatives: tuple[Alternative, ...]
    cautions: tuple[Caution, ...]
    open_questions: tuple[OpenQuestion, ...]
    would_change: tuple[Change, ...]
    reviews_due: tuple[Cited, ...]
    """Sources of rules used here whose `review_by` has passed."""
    why_not: tuple[WhyNot, ...] = ()
    """The rules that do not stand; findings point into it, since goals share most of them."""
    rule_texts: Mapping[str, Text] = Field(default_factory=dict)
    """Id of a rule that `why_not` names -> what it says where it stands."""
    asked: Mapping[str, Asked] = Field(default_factory=dict)
    """Id of a question that `why_not` or `forced_by` names -> its words."""
    ways: tuple[Way, ...] = ()
    """The smallest changes that make a goal count, one change before two, and the easiest to
    bring about first. `would_change` has what improves the result as a whole."""
    ways_found: int = 0
    """How many such changes there are; `ways` has the first few."""
    points: tuple[MetricPoints, ...] = ()
    """Of each metric that was chosen, as far as the texts of that day say. Ours to know."""
    explained: bool = True
    """Whether it says what another answer would change and why a rule does not stand. An import
    leaves that for when the evaluation is opened: it follows from rulebook, day and answers."""
