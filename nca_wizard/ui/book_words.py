"""Rulebooks in few words: which are compared, their versions, how fresh, where they came from."""

from dataclasses import dataclass
from datetime import date

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.proof import sources_due
from nca_wizard.texts import Texts
from nca_wizard.updates.store import KeptBook

_ENDS_SOON_DAYS = 60
_FRESH_DAYS = 90


@dataclass(frozen=True, slots=True)
class ShownBooks:
    """What the page compares. `kept` are the books to choose from, oldest first.

    `old` is None where there is nothing to compare; `missing` names one that cannot be read.
    """

    old: Rulebook | None
    new: Rulebook
    kept: tuple[KeptBook, ...] = ()
    preview: bool = False
    missing: str = ""

    @property
    def new_is_in_use(self) -> bool:
        return any(book.in_use and book.hash == self.new.hash for book in self.kept)


def no_longer_fresh(t: Texts, rulebook: Rulebook, today: date) -> str:
    """Why newer rules are wanted, the most pressing reason alone; "" while they are fresh."""
    left = (rulebook.last_day - today).days
    if left < 0:
        return t("The rules stood until %(day)s. For today they answer nothing.") % {
            "day": t.date(rulebook.last_day)
        }
    if left <= _ENDS_SOON_DAYS:
        return t("The rules stand until %(day)s. After that they answer nothing.") % {
            "day": t.date(rulebook.last_day)
        }
    due = len(sources_due(rulebook, today))
    age = (today - rulebook.checked_on).days
    if not due and age <= _FRESH_DAYS:
        return ""
    said = t.plural(
        "Rules were checked %(count)d day ago. Results may be out of date.",
        "Rules were checked %(count)d days ago. Results may be out of date.",
        age,
    )
    if due:
        said += " " + t.plural(
            "%(count)d of their sources is due for another look; results name it.",
            "%(count)d of their sources are due for another look; results name them.",
            due,
        )
    return said


def origin(t: Texts, kept: KeptBook) -> str:
    """ "imported on 3 Feb 2027" or "came with the program"."""
    if not kept.imported:
        return t("came with the program")
    if kept.first_used is None:
        return t("imported")
    return t("imported on %(day)s") % {"day": t.date(kept.first_used)}


def named(t: Texts, kept: KeptBook) -> str:
    """ "2027.02, imported on 3 Feb 2027"; the one in use says so."""
    words = t("%(version)s, %(origin)s") % {"version": kept.version, "origin": origin(t, kept)}
    return t("%(book)s (in use)") % {"book": words} if kept.in_use else words
