"""The days for a calendar, and the file, read back."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from nca_wizard.customer import Customer
from nca_wizard.exchange.calendar_file import as_calendar
from nca_wizard.public_holidays import WEEKENDS_ALONE, free_days
from nca_wizard.report.dates import CalendarDay, calendar_days
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.texts import Texts
from tests.report.test_real_pages import CASES, worked

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
STRANGE = "Ä, 東京; \\ „x“\nشركة 😀 " + "long " * 40


@pytest.fixture
def days(rulebook: Rulebook, t: Texts) -> list[CalendarDay]:
    rec = worked(rulebook, next(one for one in CASES if one["id"] == "scenario-b"))
    schedule = Schedule(date(2026, 11, 23), free_days("DE"))
    due = (
        CalendarDay("own/1", date(2026, 12, 1), "Call about the renewal", ""),
        CalendarDay("cpor-revrec/claim-approved", date(2026, 12, 11), "Is it approved?", ""),
    )
    return calendar_days(t, rec, Customer(name="Contoso AB"), schedule, due=due)


def read(content: bytes) -> list[icalendar.Component]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_claim_has_its_days_in_order(days: list[CalendarDay]) -> None:
    assert [(one.key, one.day) for one in days] == [
        ("cpor-revrec/start", date(2026, 11, 23)),
        ("cpor-revrec/may-decline", date(2026, 11, 30)),
        ("own/1", date(2026, 12, 1)),
        # Due in the case, which is no longer reckoned.
        ("cpor-revrec/claim-approved", date(2026, 12, 11)),
        ("cpor-revrec/shows", date(2026, 12, 20)),
        ("cpor-revrec/claim-shows", date(2027, 1, 20)),
    ]
    assert all(one.title.startswith("Contoso AB: ") for one in days)


def test_what_is_in_place_has_nothing_to_start(rulebook: Rulebook, t: Texts) -> None:
    rec = worked(rulebook, next(one for one in CASES if one["id"] == "scenario-a"))
    found = calendar_days(t, rec, Customer(name="X"), Schedule(date(2026, 11, 23), WEEKENDS_ALONE))

    assert [one.key for one in found] == ["csp-in-place/sale-shows"]


def test_no_day_names_a_file_that_only_its_repository_knows(days: list[CalendarDay]) -> None:
    assert any("Microsoft Learn" in one.text for one in days)
    assert not any(".md" in one.text for one in days)


def test_the_file_reads_back_as_whole_days(days: list[CalendarDay]) -> None:
    events = read(as_calendar(days, case="c1", made=NOW))

    assert [
        (one.decoded("dtstart"), str(one["summary"]), str(one["description"])) for one in events
    ] == [(one.day, one.title, one.text) for one in days]
    assert all((one.decoded("dtend") - one.decoded("dtstart")).days == 1 for one in events)
    assert all(one.decoded("dtstamp") == NOW for one in events)


def test_a_day_keeps_its_uid_and_another_case_has_others(days: list[CalendarDay]) -> None:
    later = [CalendarDay(one.key, date(2027, 3, 1), "moved", "") for one in days]

    def uids(found: list[CalendarDay], case: str) -> list[str]:
        return [str(one["uid"]) for one in read(as_calendar(found, case=case, made=NOW))]

    assert uids(days, "c1") == uids(later, "c1")
    assert len(set(uids(days, "c1"))) == len(days)
    assert not set(uids(days, "c1")) & set(uids(days, "c2"))


def test_strange_signs_and_long_lines_survive() -> None:
    (event,) = read(
        content := as_calendar(
            [CalendarDay("k", date(2026, 12, 1), STRANGE.replace("\n", " "), STRANGE)],
            case="c",
            made=NOW,
        )
    )

    assert str(event["description"]) == STRANGE
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_no_day_is_an_empty_calendar() -> None:
    assert read(as_calendar([], case="c", made=NOW)) == []
