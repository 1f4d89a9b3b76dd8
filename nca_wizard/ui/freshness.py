"""Which rules, and how fresh, in a line or two."""

from datetime import date

from nca_wizard.rules.label import BookLabel
from nca_wizard.texts import Texts

_ENDS_SOON_DAYS = 60
_FRESH_DAYS = 90


def rules(t: Texts, book: BookLabel) -> str:
    """Which rules, and when they were checked."""
    return t("Rules %(version)s, checked %(day)s") % {
        "version": book.version,
        "day": t.date(book.checked_on),
    }


def no_longer_fresh(t: Texts, book: BookLabel, today: date) -> str:
    """Why newer rules are wanted, the most pressing reason alone; "" while they are fresh."""
    left = (book.last_day - today).days
    if left < 0:
        return t("The rules stood until %(day)s. For today they answer nothing.") % {
            "day": t.date(book.last_day)
        }
    if left <= _ENDS_SOON_DAYS:
        return t("The rules stand until %(day)s. After that they answer nothing.") % {
            "day": t.date(book.last_day)
        }
    due = book.sources_due(today)
    age = (today - book.checked_on).days
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
