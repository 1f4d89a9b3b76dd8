"""What the history gives back: frozen values, times aware of their zone and in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nca_wizard.rules.model.answers import Answers

if TYPE_CHECKING:
    from nca_wizard.customer import Customer
    from nca_wizard.rules.model.results import Recommendation

ActionState = Literal["to_do", "in_progress", "done", "not_doing"]
RowState = Literal["draft", "nothing_to_do", "to_do", "in_progress", "done"]
"""What an evaluation comes to: nothing planned, nothing begun, something open, all settled."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview under way. `customer` holds the fields as typed, not yet cleaned or checked.

    `id` and `saved_at` are None until it is saved. `case_id` is the case it will add an
    evaluation to, None for a new case.
    """

    customer: Mapping[str, str]
    answers: Answers
    page: str
    as_of: date | None = None
    case_id: int | None = None
    id: int | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One line of the list; read without touching the recommendation itself.

    `channel_said` and `products_said` are the answers in words, `actions_said` the associations
    of the plan by name; all are English content, translated where they are shown.
    """

    id: int
    case_id: int
    customer_name: str
    domain: str
    as_of: date
    evaluated_at: datetime
    rulebook_version: str
    channel_said: str
    products_said: str
    verdicts: Mapping[str, int]
    """Verdict -> how many goals have it, in the order of the goals."""
    actions: int
    actions_said: tuple[str, ...]
    open_questions: int
    actions_begun: int
    """How many of the actions are in progress, done or not done on purpose."""
    actions_settled: int
    """How many of the actions are done or not done on purpose."""
    channels: tuple[str, ...]
    """The ids of the channels answered, where they differ by product those of the products."""

    @property
    def state(self) -> RowState:
        if not self.actions:
            return "nothing_to_do"
        if self.actions_settled == self.actions:
            return "done"
        return "in_progress" if self.actions_begun else "to_do"


@dataclass(frozen=True, slots=True)
class StoredEvaluation:
    """A recommendation as it was given, and for whom (by the name the customer has now)."""

    id: int
    case_id: int
    customer: "Customer"
    recommendation: "Recommendation"
    evaluated_at: datetime


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """Where one planned action stands. `action` is its guidance id, `day` since when."""

    action: str
    association: str
    state: ActionState
    day: date | None
    ticked: frozenset[str]
    """Ids of the evidence that is at hand."""


@dataclass(frozen=True, slots=True)
class Case:
    """A customer as one keeps coming back to it. `note` is internal."""

    id: int
    customer_name: str
    begun_at: datetime
    note: str
    deleted_at: datetime | None
    newest: EvaluationRow
    """Its newest evaluation."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the history, and what it holds. `newest` is the day of its newest evaluation."""

    path: Path
    made_at: datetime
    bytes: int
    cases: int
    evaluations: int
    drafts: int
    newest: date | None
