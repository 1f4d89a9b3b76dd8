"""Rulebooks in few words: which are compared, their versions, where they came from."""

from dataclasses import dataclass

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from nca_wizard.updates.store import KeptBook


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
