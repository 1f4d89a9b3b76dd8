"""The days on which a country does not work, beside weekends.

Only what the whole country keeps: holidays of single states or regions are not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The public holidays of a country; of none, where nobody chose one."""

    country: str = ""
    """ISO 3166 code of two letters, or "": weekends alone are left out."""
    _named: Mapping[date, str] = field(default_factory=dict)

    def __contains__(self, day: object) -> bool:
        return day in self._named

    def name(self, day: date) -> str:
        """What the country itself calls the day."""
        return self._named[day]


WEEKENDS_ALONE = FreeDays()


def free_days(country: str, language: str = "en") -> FreeDays:
    """The holidays of this country, of every year; weekends alone for a country nobody knows.

    They are named in the language (a code such as "de") where that is known, else in English.
    """
    if not country:
        return WEEKENDS_ALONE
    # Takes a sixth of a second, which only whoever has chosen a country spends.
    import holidays

    try:
        known = holidays.country_holidays(country).supported_languages
    except NotImplementedError:  # what holidays raises for a country it does not know
        return WEEKENDS_ALONE
    named_in = _first_in(known, language) or _first_in(known, "en") or _THEIR_OWN
    # It works out each year when it is first asked for a day of it.
    return FreeDays(country, holidays.country_holidays(country, language=named_in))


# No language: names stay as the country has them. With none at all the system's would be taken.
_THEIR_OWN = "-"


def _first_in(known: tuple[str, ...], language: str) -> str:
    return next((one for one in known if one.partition("_")[0] == language), "")


def countries() -> tuple[str, ...]:
    """The codes of all countries whose holidays are known."""
    import holidays

    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))
