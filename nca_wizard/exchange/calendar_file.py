"""Days as a calendar file (`.ics`) for Outlook and others: whole days, free of time zones.

The same day of the same case has the same UID each time, so that importing again changes an entry
instead of adding one.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

ENDING = ".ics"

_OURS = uuid.UUID("6d1c1e0e-6a0b-4d3e-9d57-2f3c8a1b7e44")


class Entry(Protocol):
    """One whole day. `key` names it within the case."""

    @property
    def key(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


def as_calendar(entries: Iterable[Entry], *, case: str, made: datetime) -> bytes:
    """The bytes of the file. `case` tells cases apart, `made` is now, with its time zone."""
    # Takes half a second, which only whoever saves a calendar spends.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//NCA Wizard//nca-wizard//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", f"{uuid.uuid5(_OURS, f'{case}/{entry.key}')}@nca-wizard")
        event.add("dtstamp", made)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title)
        event.add("description", entry.text)
        # It reminds, and keeps nobody from being invited on that day.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
