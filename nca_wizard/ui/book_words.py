"""A rulebook in few words: its version, and where it came from."""

from nca_wizard.texts import Texts
from nca_wizard.updates.store import KeptBook


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
