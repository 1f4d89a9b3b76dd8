"""Writes the bill of materials of the bundle into dist, as CycloneDX.

    PYTHONPATH=. build/package-env/bin/python packaging/sbom.py

It names what About, Licences shows, each library with the one it is compiled into, and the Rust
libraries one by one. `make sbom` makes the bundle first and sets SOURCE_DATE_EPOCH, its date.
"""

import json
import os
import platform
import re
import subprocess
import sys
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import licences
from nca_wizard import __version__
from nca_wizard.licences import Component, components

ROOT = Path(__file__).resolve().parent.parent
INSIDE = ROOT / "dist" / "bundle" / "nca-wizard" / "_internal"
# Libraries of the system that go with the bundle and do not say their version themselves.
_OF_DEBIAN = {"libffi": "libffi8", "bzip2": "libbz2-1.0", "liblzma": "liblzma5"}

Entry = dict[str, Any]
"""A component as CycloneDX writes it."""


def bill(
    shown: tuple[Component, ...], listed: Mapping[str, licences.Component], made_at: datetime
) -> Entry:
    """The whole document. `shown` is what the bundle shows, ours first; `listed` by name."""
    ours, *others = [_entry(one, listed[one.name]) for one in shown]
    by_name = {entry["name"]: entry for entry in others}
    for one in shown[1:]:
        if one.inside:
            home = by_name[one.inside].setdefault("components", [])
            home += _crates(listed[one.name]) or [by_name[one.name]]
    top = [by_name[one.name] for one in shown[1:] if not one.inside]
    content = json.dumps([ours, top], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {
            "timestamp": made_at.isoformat(),
            "component": {**ours, "type": "application", "version": __version__},
        },
        "components": top,
    }


def _entry(one: Component, listed: licences.Component) -> Entry:
    kind = "pypi" if "distribution" in listed else ""
    entry = _named(one.name, one.version or _version_here(one.name), one.licence, kind)
    if one.address:
        entry["externalReferences"] = [{"type": "website", "url": one.address}]
    if kind:
        entry["purl"] = f"pkg:pypi/{listed['distribution']}@{one.version}"
    return entry


def _named(name: str, version: str, licence: str, kind: str) -> Entry:
    entry: Entry = {
        "type": "library",
        "bom-ref": f"{kind or 'library'}:{name}@{version}",
        "name": name,
        "licenses": [{"expression": licence}],
    }
    return {**entry, "version": version} if version else entry


def _crates(listed: licences.Component) -> list[Entry]:
    """The Rust libraries one entry of the list stands for."""
    if "crates" not in listed:
        return []
    home = listed["crates"]
    return [
        {
            **_named(one["name"], one["version"], one["licence"], f"cargo:{home}"),
            "purl": f"pkg:cargo/{one['name']}@{one['version']}",
        }
        for one in licences.crates_of(distribution(home))
    ]


def _version_here(name: str) -> str:
    """The version of a library that no Python package and no Python knows; "" if nobody does."""
    if name == "ICU":
        found = {re.sub(r".*\.so\.", "", path.name) for path in INSIDE.rglob("libicudata.so.*")}
        return max(found, default="")
    if name not in _OF_DEBIAN or sys.platform != "linux":
        return ""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", _OF_DEBIAN[name]],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout


def main() -> None:
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    machine = platform.machine().lower()
    path = ROOT / "dist" / f"nca-wizard-{__version__}-{system}-{machine}.cdx.json"
    listed = {one["name"]: one for one in licences.listed(sys.platform)}
    made_at = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    document = bill(components(INSIDE / "resources"), listed, made_at)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
