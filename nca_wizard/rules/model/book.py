"""The rulebook as data: products, metrics, associations, questions, and all its rules."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

from pydantic import Field

from nca_wizard.rules.model.answers import Changeable
from nca_wizard.rules.model.rules import (
    AccessRule,
    CautionRule,
    Citation,
    CreditRule,
    FollowUp,
    GuidanceRule,
    Letter,
    MeasuredRule,
    ReadinessRule,
    Source,
)
from nca_wizard.rules.model.values import Id, Serial, Text, Value, Words


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
