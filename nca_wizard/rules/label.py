"""What the first page says of a rulebook: little enough to be kept and shown before it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nca_wizard.rules.model.book import Rulebook

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A source that a rule rests on is due for another look from `first` to `last`, both included.

    `last` is None where the rule has no end.
    """

    source: str
    first: date
    last: date | None

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class BookLabel:
    """A rulebook in a line or two."""

    version: str
    checked_on: date
    last_day: date
    pages: Mapping[str, tuple[int, str]]
    """Page id -> its step and its caption, in English."""
    reviews_due: frozenset[ReviewDue]

    def sources_due(self, day: date) -> int:
        """How many sources should have been looked at again before this day."""
        return len({due.source for due in self.reviews_due if due.holds_on(day)})


def label_of(book: "Rulebook") -> BookLabel:
    """The label of this book."""
    from nca_wizard.rules.proof import all_rules

    return BookLabel(
        version=book.version,
        checked_on=book.checked_on,
        last_day=book.last_day,
        pages={page.id: (page.step, page.caption) for page in book.pages},
        reviews_due=frozenset(
            ReviewDue(
                citation.source,
                first=max(rule.effective_from, rule.review_by + _DAY),
                last=rule.effective_until,
            )
            for rule in all_rules(book)
            if rule.review_by is not None
            for citation in rule.cites
        ),
    )
