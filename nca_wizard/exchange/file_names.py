"""What a file is called unless the person says otherwise."""

import re
from datetime import date

from nca_wizard.cleaning import clean

_LONGEST = 120
"""Bytes of the name without its ending. Half of what file systems take: paths have limits too."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
# Windows takes these for devices, whatever stands after a dot.
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)")


def suggested_name(customer_name: str, day: date, ending: str, *, kind: str = "") -> str:
    """`Contoso AB 2026-11-22.ncacase`: a name every system takes, hidden on none.

    `ending` begins with its dot. `kind` tells files of one customer and day apart:
    `Contoso AB 2026-11-22 INTERNAL.pdf`.
    """
    name = _FORBIDDEN.sub("_", clean(customer_name)).strip(" .") or "Case"
    if _RESERVED.match(name):
        name = f"_{name}"
    tail = f" {day.isoformat()} {kind}".rstrip()
    room = _LONGEST - len(tail.encode())
    return f"{_cut(name, room)}{tail}{ending}"


def _cut(name: str, room: int) -> str:
    """No more than `room` bytes, and no half sign at the end."""
    return name.encode()[:room].decode(errors="ignore").rstrip(" .")
