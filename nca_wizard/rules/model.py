"""What the rules are made of and what they answer with: frozen values, no behaviour but questions.

Two halves. The first is the rulebook as data (products, questions, rules, guidance, sources), the
second the recommendation as it is shown, stored and printed. A recommendation copies in every
text, name and citation it needs, so that a reprint never looks anything up again.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FIRST_PAGE = "1"
"""The customer's page: always there, never seen by the rules."""

UNKNOWN = "unknown"
"""The choice "I don't know yet"; a missing answer means the same."""

MIXED = "mixed"
"""The channel answer that moves the question to each product; the rules never see it."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]
Serial = Annotated[int, Field(strict=True, ge=1, lt=10**8)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

Answer = str | tuple[str, ...] | Mapping[str, str]
Answers = Mapping[str, Answer]
"""Question id -> a choice, several choices, or a choice per product."""

Weight = Literal["stated", "inferred", "disputed"]
Measured = Literal["yes", "no", "unclear"]
Counts = Literal["yes", "no", "disputed", "unclear"]
Access = Literal["automatic", "open", "closed", "unclear"]
Verdict = Literal[
    "not_covered",
    "not_measured",
    "automatic",
    "action_needed",
    "not_yet",
    "unclear",
    "no_route",
    "depends",
]
Certainty = Literal["sure", "try"]
FollowUpAfter = Literal["done", "sent_back", "subscription_ends", "new_subscription"]
"""What a follow-up counts from: the action was done, Microsoft asks for more, the customer's
subscription ends, the customer has a new one."""
Changeable = Literal["own_hands", "ask_customer", "hard", "fact"]
"""Who can make a reply true that is not: the seller, the customer when asked, somebody with much
effort, nobody. A judgement of the rulebook's authors, not of Microsoft."""
LetterTo = Literal["customer", "colleague", "support"]
"""Who gets a letter: the customer, our own person who files, Microsoft's partner support."""
DEPENDS: Literal["depends"] = "depends"


class Value(BaseModel):
    """Frozen, and strict about names: a misspelled key is refused, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Value):
    """One thing said twice: to the seller, and to the customer without score, points or money."""

    for_us: Words
    for_customer: Words


# --- The rulebook ---------------------------------------------------------------------------


class Citation(Value):
    """Where a statement stands. `source` names an entry of the sources."""

    source: Id
    passage: Words
    weight: Weight


class Source(Value):
    """A text that was read. `dated` is the day of the text, `date_note` says how sure that is."""

    id: Id
    title: Words
    publisher: Words
    dated: date
    date_note: str = ""
    url: str = ""


class Rule(Value):
    """What every rule has: its days, its reasons, its citations, what it overrides.

    `when` is a flat AND: axis -> the choices it holds for. An axis is a question id, or
    `question.choice` for each choice of a question that takes several (then "yes" or "no").
    """

    id: Id
    when: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    because: Text
    cites: tuple[Citation, ...] = Field(min_length=1)
    effective_from: date
    effective_until: date | None = None
    review_by: date | None = None
    overrides: tuple[Id, ...] = ()

    def in_force_on(self, day: date) -> bool:
        """Whether the rule stands on this day; both ends are included."""
        return self.effective_from <= day and (
            self.effective_until is None or day <= self.effective_until
        )


class MeasuredRule(Rule):
    """Whether a product is in the list of workloads counted for a metric, and as which one."""

    product: tuple[Id, ...] = Field(min_length=1)
    metric: tuple[Id, ...] = Field(min_length=1)
    measured: Measured
    workload: str = ""


class CreditRule(Rule):
    """Whether an association counts for a metric and family: the eligible-association lists."""

    association: tuple[Id, ...] = Field(min_length=1)
    metric: tuple[Id, ...] = Field(min_length=1)
    family: tuple[Id, ...] = Field(min_length=1)
    counts: Counts


class AccessRule(Rule):
    """Whether an association is to be had in a scenario."""

    association: tuple[Id, ...] = Field(min_length=1)
    access: Access


class ReadinessRule(Rule):
    """What keeps a customer from counting although the association is there.

    `state` is "not_yet" (it does not count until this changes) or "unclear" (the sources leave
    open whether it counts). `holds_up` names the associations that cannot be filed before.
    `steps` say what makes it ready.
    """

    metric: tuple[Id, ...] = Field(min_length=1)
    state: Literal["not_yet", "unclear"] = "not_yet"
    title: Text
    steps: tuple[Text, ...] = Field(min_length=1)
    holds_up: tuple[Id, ...] = ()


class CautionRule(Rule):
    """A sentence that must be shown with a verdict or an action.

    It is shown for a goal of these metrics, families and products (empty: all) whose route in
    use (automatic, planned or worth trying) is one of these associations (empty: whatever the
    verdict). A `check` is to be ticked before relying on the answer.
    """

    association: tuple[Id, ...] = ()
    metric: tuple[Id, ...] = ()
    family: tuple[Id, ...] = ()
    product: tuple[Id, ...] = ()
    check: bool = False
    internal: bool = False
    """About how we are measured: no matter for the customer."""


class Stage(Value):
    """One stretch of waiting: so many working days, or up to so many days of the calendar after
    the end of the month or at once, or until a day of the month. Nothing of it: nobody says how
    long."""

    title: Text
    working_days_min: int | None = Field(default=None, ge=0)
    working_days_max: int | None = Field(default=None, ge=0)
    days_max: int | None = Field(default=None, ge=1)
    until_end_of_month: bool = False
    until_day_of_month: int | None = Field(default=None, ge=1, le=28)
    cites: tuple[Citation, ...] = Field(min_length=1)


class Evidence(Value):
    """One thing to have ready. What is `ours` to bring is not asked of the customer."""

    id: Id
    label: Text
    note: Text | None = None
    ours: bool = False


class Rejection(Value):
    """Why it is usually sent back, and what then."""

    problem: Text
    remedy: Text


class GuidanceRule(Rule):
    """What getting an association takes. `because` says why this way; `effort` ranks it."""

    association: tuple[Id, ...] = Field(min_length=1)
    title: Text
    in_short: Text
    """The steps in one sentence, where there is no room for them."""
    who: Text
    effort: int = Field(ge=0)
    effort_reason: Words
    steps: tuple[Text, ...] = Field(min_length=1)
    evidence: tuple[Evidence, ...] = ()
    stages: tuple[Stage, ...] = ()
    verify: tuple[Text, ...] = Field(min_length=1)
    ends: Text
    rejections: tuple[Rejection, ...] = ()
    settles: Text | None = None
    """For a route worth trying: what would settle whether it counts."""
    where: str = ""
    """The way through the portal, as its own menus read."""
    portal_labels: tuple[Words, ...] = ()
    """What it is called there, as the portal writes it: the name of today's texts, then others."""


class FollowUp(Value):
    """When to come back to an action, and what for.

    It is due so many working days after `after`; with `day_of_month`, on that day of the month
    after; with neither, on the very day. `guidance` says to which actions it belongs.
    """

    id: Id
    guidance: tuple[Id, ...] = Field(min_length=1)
    after: FollowUpAfter
    title: Text
    working_days: int | None = Field(default=None, ge=1)
    day_of_month: int | None = Field(default=None, ge=1, le=28)
    cites: tuple[Citation, ...] = Field(min_length=1)


class Letter(Value):
    """A template of a message about one action. What stands in braces is filled in; see
    `nca_wizard.rules.letters` for what may stand there. `guidance` says to which actions it
    belongs."""

    id: Id
    to: LetterTo
    guidance: tuple[Id, ...] = Field(min_length=1)
    subject: Words
    paragraphs: tuple[Words, ...] = Field(min_length=1)


class Floor(Value):
    """The monthly consumption value from which on a product counts in this track."""

    track: Id
    least: int = Field(ge=1)
    cites: tuple[Citation, ...] = Field(min_length=1)


class Points(Value):
    """What a metric is worth in the score: `each` product that counts; None where it is measured
    over all customers together. Never more than `most`."""

    each: int | None = Field(default=None, ge=1)
    most: int = Field(ge=1)
    floors: tuple[Floor, ...] = ()
    effective_from: date
    cites: tuple[Citation, ...] = Field(min_length=1)


class Rate(Value):
    """What one user or profile of a workload is worth a month: a weighting, not money."""

    id: Id
    workload: Words
    """As a measured rule names it."""
    per: Literal["user", "profile"]
    value: Decimal = Field(gt=0)
    effective_from: date
    effective_until: date | None = None
    cites: tuple[Citation, ...] = Field(min_length=1)

    def in_force_on(self, day: date) -> bool:
        """Whether it stands on this day; both ends are included."""
        return self.effective_from <= day and (
            self.effective_until is None or day <= self.effective_until
        )


class Note(Value):
    """Something to know that no rule rests on."""

    id: Id
    text: Text
    cites: tuple[Citation, ...] = Field(min_length=1)


class Family(Value):
    id: Id
    name: Words


class Product(Value):
    id: Id
    name: Words
    family: Id
    hint: str = ""


class Metric(Value):
    id: Id
    name: Words
    for_customer: Words
    """What the metric is called where no word of score may stand."""
    points: Points | None = None


class Association(Value):
    id: Id
    name: Words
    full_name: Words
    notes: tuple[Note, ...] = ()


class Choice(Value):
    """One offered reply. `said` repeats it as a fact ("Enterprise Agreement")."""

    id: Id
    label: Words
    hint: str = ""
    short: str = ""
    """What a table calls it where `said` is too long for a column; "" for `said` itself."""
    said: Text
    alone: bool = False
    """Cannot be chosen together with another one."""
    change: Text | None = None
    """How the scenario reads with this choice, after "If": "you buy it in CSP through us"."""
    changeable: Changeable | None = None
    """Who can make it true; None: as the question says."""
    ready: bool = False
    """Nothing keeps the customer from counting: of a question that readiness rules ask for, each
    choice must be in one of them or be ready."""


class Question(Value):
    """One question of the interview. `kind` says what an answer is: one choice, several, or one
    per chosen product (`by_product`: always; `one_or_by_product`: one for all, or per product)."""

    id: Id
    page: Id
    kind: Literal["one", "several", "by_product", "one_or_by_product"]
    title: Words
    short: Words
    """What Answers so far and Check your answers call it."""
    why: Words
    ask: Text
    """The question to put to the customer when the seller does not know."""
    how_to_find_out: tuple[Words, ...] = ()
    missing: Words
    """The error when nothing is chosen."""
    missing_for_product: str = ""
    """The error when one product has none; %(product)s is its name."""
    not_together: str = ""
    """The error when a choice that stands alone is combined."""
    unknown_hint: Words
    changeable: Changeable | None = None
    """Who can make another answer true. Needed where a choice has a `change`."""
    changeable_because: str = ""
    choices: tuple[Choice, ...]

    def choice(self, choice_id: str) -> Choice | None:
        """The choice with this id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def who_can_change(self, choice: Choice) -> Changeable:
        """Who can make this choice true where it is not; a fact unless the data says otherwise."""
        return choice.changeable or self.changeable or "fact"


class Page(Value):
    """One screen of the interview. `step` is 1 to 5, `part` is "" or "b"."""

    id: Id
    step: int = Field(ge=1, le=5)
    part: str = ""
    caption: Words
    heading: Words
    why: Words
    internal: bool = False
    """Not shown while the customer looks on."""


class Impossible(Value):
    """A combination that cannot occur."""

    id: Id
    when: Mapping[str, tuple[str, ...]]
    because: Words


class Usual(Value):
    """What is usually so, used where an unknown answer decides the plan."""

    axes: Mapping[str, str]
    because: Words


_Named = TypeVar("_Named", Product, Metric, Association, Question, Page, Source)


class Rulebook(Value):
    """Everything the wizard knows, and the days it knows it for."""

    version: Words
    serial: Serial
    """Rises by one with every book that is given out: of two, the higher is the newer."""
    checked_on: date
    first_day: date
    last_day: date
    try_order: tuple[Id, ...]
    families: tuple[Family, ...]
    products: tuple[Product, ...]
    metrics: tuple[Metric, ...]
    associations: tuple[Association, ...]
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]
    measured: tuple[MeasuredRule, ...]
    credit: tuple[CreditRule, ...]
    access: tuple[AccessRule, ...]
    readiness: tuple[ReadinessRule, ...]
    cautions: tuple[CautionRule, ...]
    guidance: tuple[GuidanceRule, ...]
    follow_ups: tuple[FollowUp, ...] = ()
    letters: tuple[Letter, ...] = ()
    rates: tuple[Rate, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    usual: Usual
    not_covered: Text
    """The reason given for a day outside the horizon."""
    not_known: Text
    """What is said for an answer that is not known yet."""
    hash: str
    """SHA-256 over the rule files, so that two books are never mistaken for each other."""

    def product(self, product_id: str) -> Product:
        """The product with this id; KeyError if there is none."""
        return _one(self.products, product_id)

    def metric(self, metric_id: str) -> Metric:
        """The metric with this id; KeyError if there is none."""
        return _one(self.metrics, metric_id)

    def association(self, association_id: str) -> Association:
        """The association with this id; KeyError if there is none."""
        return _one(self.associations, association_id)

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError if there is none."""
        return _one(self.questions, question_id)

    def page(self, page_id: str) -> Page:
        """The page with this id; KeyError if there is none."""
        return _one(self.pages, page_id)

    def source(self, source_id: str) -> Source:
        """The source with this id; KeyError if there is none."""
        return _one(self.sources, source_id)


def _one(entries: tuple[_Named, ...], entry_id: str) -> _Named:
    for entry in entries:
        if entry.id == entry_id:
            return entry
    raise KeyError(entry_id)


# --- The recommendation ---------------------------------------------------------------------


class Scenario(Value):
    """All answers of one interview, and the day it is evaluated for."""

    as_of: date
    answers: Answers


class Cited(Value):
    """A citation with its source copied in."""

    source: str
    title: str
    publisher: str
    passage: str
    dated: date
    date_note: str
    weight: Weight
    url: str


class Reason(Value):
    """Why something is so: the rule, its text, and the questions whose answers it used."""

    rule: str
    text: Text
    questions: tuple[str, ...]
    cites: tuple[Cited, ...]


class FailedAnswer(Value):
    """An answer that a rule does not hold for: what was answered, what it wants instead.

    `question` is the question as it was put (`channel_by_product` where channels are mixed).
    Where a question takes several choices, `choice` is the one the rule asks about, and `given`
    and `wanted` are "yes" or "no": chosen or not. Else `choice` is "", and they are choices.
    """

    question: str
    choice: str
    given: str
    wanted: tuple[str, ...]


class Failed(Value):
    """A rule in force that does not hold for these answers, whatever the unknown ones are."""

    kind: Literal["failed"] = "failed"
    rule: str
    would_say: Access | Counts
    """The access or the counting it would stand for."""
    failed: tuple[FailedAnswer, ...]
    at_best: tuple[Access, ...] = ()
    """If it fails on one answer alone: with each reply it wants instead, the best that access to
    the association could then be, every other rule considered."""


class Overridden(Value):
    """A rule that holds for these answers and gives way to standing rules wherever it does."""

    kind: Literal["overridden"] = "overridden"
    rule: str
    would_say: Access | Counts
    by: tuple[str, ...]
    """Ids of rules."""


class NotInForce(Value):
    """A rule that does not stand on this day. It may fail on answers as well."""

    kind: Literal["not_in_force"] = "not_in_force"
    rule: str
    would_say: Access | Counts
    first_day: date | None
    """Its first day, if that is still to come."""
    last_day: date | None
    """Its last day, if that has passed."""
    failed: tuple[FailedAnswer, ...]


class CannotOccur(Value):
    """A rule that holds for none but combinations of answers that cannot occur together."""

    kind: Literal["cannot_occur"] = "cannot_occur"
    rule: str
    would_say: Access | Counts


WhyNot = Annotated[
    Failed | Overridden | NotInForce | CannotOccur,
    Field(discriminator="kind"),
]
"""Why one rule does not stand: exactly one of these."""


class Finding(Value):
    """For one association and one goal: does it count, and can we get it here?"""

    association: str
    counts: Counts | Literal["depends"]
    access: Access | Literal["depends"]
    recommended: bool
    reasons: tuple[Reason, ...]
    why_not: tuple[int, ...] = ()
    """Places in the recommendation's `why_not`: every access and credit rule for the association
    that does not stand for this goal, near misses (fewest failed answers) first."""


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


class PlannedStage(Value):
    """A stage with its sources copied in; see Stage."""

    title: Text
    working_days_min: int | None
    working_days_max: int | None
    days_max: int | None = None
    until_end_of_month: bool = False
    until_day_of_month: int | None
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
