"""Whose work the program is made of, and under which licence, from resources/licences.

The list is written by `packaging/licences.py` and held against every bundle that is built.
"""

import decimal
import json
import platform
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from pyexpat import EXPAT_VERSION

# These come from the system that a package is built on, or the program runs on.
_VERSIONS_HERE = {
    "Python": platform.python_version(),
    "mpdecimal": decimal.__libmpdec_version__,
    "SQLite": sqlite3.sqlite_version,
    "Expat": EXPAT_VERSION.removeprefix("expat_"),
}


@dataclass(frozen=True, slots=True)
class Component:
    """One of them. `licence` is an SPDX expression; `version` is empty where nobody knows it."""

    name: str
    version: str
    licence: str
    address: str
    inside: str
    """The component it is compiled into, or empty."""
    replaceable: bool
    """Under the LGPL: who has the program may put another build of it in its place."""
    texts: tuple[Path, ...]

    @property
    def full_text(self) -> str:
        """Every licence text that holds for it, one after the other."""
        return "\n\n\n".join(path.read_text(encoding="utf-8").strip() for path in self.texts)


def components(resources: Path) -> tuple[Component, ...]:
    """All of them, the program itself first. FileNotFoundError when the list is not there."""
    folder = resources / "licences"
    listed = json.loads((folder / "components.json").read_text(encoding="utf-8"))
    return tuple(_component(entry, folder) for entry in listed)


def _component(entry: dict[str, str | bool | list[str]], folder: Path) -> Component:
    name = str(entry["name"])
    texts = entry["texts"]
    if not isinstance(texts, list):
        raise TypeError(f"texts of {name} is not a list")
    return Component(
        name=name,
        version=_VERSIONS_HERE.get(name, str(entry["version"])),
        licence=str(entry["licence"]),
        address=str(entry["address"]),
        inside=str(entry["inside"]),
        replaceable=bool(entry["replaceable"]),
        texts=tuple(folder / text for text in texts),
    )
