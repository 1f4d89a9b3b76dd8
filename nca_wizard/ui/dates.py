"""Days as a person types them."""

import re
from datetime import date

from nca_wizard.texts import Texts


def day_from(texts: Texts, text: str) -> date | None:
    """The day meant by "22 Nov 2026", "22 november 2026", "22.11.2026" or
    "2026-11-22"; None if none is."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    figures = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", text)
    if figures is not None:
        return _day(int(figures[3]), int(figures[2]), int(figures[1]))
    parts = re.fullmatch(r"(\d{1,2})\.?\s+(\w+)\.?\s+(\d{4})", text)
    if parts is None:
        return _written_as(texts, text)
    day, month, year = int(parts[1]), _month(texts, parts[2]), int(parts[3])
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(texts: Texts, name: str) -> int:
    """The number of the month whose name begins like this, 0 if there is none or more than one."""
    found = [
        month for month in range(1, 13) if _begins_alike(texts.month(date(2026, month, 1)), name)
    ]
    return found[0] if len(found) == 1 else 0


def _begins_alike(month_and_year: str, name: str) -> bool:
    words = re.findall(r"[^\W\d]+", month_and_year.casefold())
    return len(name) >= 3 and any(word.startswith(name.casefold()[:3]) for word in words)


def _written_as(texts: Texts, text: str) -> date | None:
    """A day in the language's own medium form that is not day, month, year."""
    years = re.findall(r"\d{4}", text)
    if len(years) != 1 or not 1900 <= int(years[0]) <= 2999:
        return None
    year = int(years[0])
    days = (
        date.fromordinal(n)
        for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    )
    return next((day for day in days if texts.date(day).casefold() == text.casefold()), None)
