"""The days on which a country does not work."""

from datetime import date

import pytest

from nca_wizard.public_holidays import WEEKENDS_ALONE, countries, free_days


def test_without_a_country_no_day_is_free() -> None:
    assert free_days("") is WEEKENDS_ALONE
    assert date(2026, 12, 25) not in WEEKENDS_ALONE


def test_a_country_has_its_own_days_in_any_year() -> None:
    german = free_days("DE")

    assert date(2026, 10, 3) in german
    assert date(2041, 4, 22) in german  # Easter Monday
    assert date(2026, 7, 4) not in german
    assert date(2026, 7, 3) in free_days("US")  # the 4th is a Saturday


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("DE", "de", "Neujahr"),
        ("DE", "en", "New Year's Day"),
        ("FR", "de", "New Year's Day"),
        ("JP", "xx", "New Year's Day"),
    ],
)
def test_a_free_day_is_named_in_the_language_or_in_english(
    country: str, language: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "th")

    assert free_days(country, language).name(date(2027, 1, 1)) == name


def test_every_country_has_names_for_its_days() -> None:
    for country in countries():
        found = free_days(country)
        assert found.country == country
        assert all(day not in found or found.name(day) for day in (date(2026, 1, 1),))


def test_a_country_nobody_knows_leaves_weekends_alone_and_says_so() -> None:
    assert free_days("XX").country == ""


def test_the_countries_can_be_offered() -> None:
    known = countries()

    assert {"AT", "CH", "DE", "JP", "SA", "US"} <= set(known)
    assert all(len(code) == 2 for code in known)
