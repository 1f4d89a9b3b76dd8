"""Why something is said: reasons, their sources, and why other rules do not stand."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from nca_wizard.rules.model.answers import Access, Counts, Weight
from nca_wizard.rules.model.values import Text, Value


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


class ForOthers(Value):
    """A credit rule for products of other families or for other metrics than the goal's.

    `family` and `families` are empty where the product fits, `metric` and `metrics` where the
    metric does; else they are the goal's own and those that the rule is for.
    """

    kind: Literal["for_others"] = "for_others"
    rule: str
    would_say: Counts
    family: str
    families: tuple[str, ...]
    metric: str
    metrics: tuple[str, ...]


WhyNot = Annotated[
    Failed | Overridden | NotInForce | CannotOccur | ForOthers,
    Field(discriminator="kind"),
]
"""Why one rule does not stand: exactly one of these."""
