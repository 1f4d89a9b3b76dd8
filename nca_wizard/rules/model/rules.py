"""The rules as data: when each stands, what it says, why, and where that is written."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from nca_wizard.rules.model.answers import Access, Counts, FollowUpAfter, LetterTo, Measured, Weight
from nca_wizard.rules.model.values import Id, Text, Value, Words


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

    def review_due_on(self, day: date) -> bool:
        """Whether somebody should have looked at its texts again before this day."""
        return self.review_by is not None and self.review_by < day


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
    may_decline: bool = False
    """Whether the customer may decline while it lasts."""
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
