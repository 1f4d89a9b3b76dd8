"""What time it is, passed down to whoever needs it."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""The time now, with its time zone."""


def now() -> datetime:
    """The time, in the time zone of this computer."""
    return datetime.now().astimezone()
