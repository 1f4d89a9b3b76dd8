"""Writes what the program shows under About, Licences: every component with its licence texts.

    build/package-env/bin/python packaging/licences.py            into resources/licences
    build/package-env/bin/python packaging/licences.py --check    says whether that is up to date
    build/package-env/bin/python packaging/licences.py FOLDER     into another folder

What is in resources is the list for Linux; the same packages hold other libraries elsewhere.

Two sources: `licences.toml`, and the licence texts and bills of materials in the Python packages.
"""

import json
import re
import shutil
import sys
import tempfile
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LISTED = HERE / "licences.toml"
FOLDER = HERE.parent / "resources" / "licences"
_SYSTEM_OF_FOLDER = "linux"
# Written here; the other folder, texts, is kept by hand.
_GENERATED = "packages"
_LIST = "components.json"

Component = dict[str, Any]
"""An entry of licences.toml."""

# A bill of materials names licences as SPDX does; these join them.
_JOINING = {"AND", "OR", "WITH"}


def listed(system: str) -> list[Component]:
    """The components that come along on `system`, as `licences.toml` has them."""
    with LISTED.open("rb") as stream:
        components: list[Component] = tomllib.load(stream)["component"]
    return [one for one in components if system in one.get("only_on", (system,))]


def write(folder: Path, system: str) -> None:
    """Write the list and the texts taken from packages; `folder` already has its `texts`."""
    shutil.rmtree(folder / _GENERATED, ignore_errors=True)
    (folder / _GENERATED).mkdir()
    entries = [_entry(component, folder) for component in listed(system)]
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    (folder / _LIST).write_text(text + "\n", encoding="utf-8", newline="\n")


def _entry(component: Component, folder: Path) -> dict[str, Any]:
    texts: list[str] = []
    version = ""
    if "distribution" in component:
        package = distribution(component["distribution"])
        version = package.version
        texts += _put(folder, component["distribution"], _own_text(package))
    elif "version_of" in component:
        version = distribution(component["version_of"]).version
    elif "crates" in component:
        crates = crates_of(distribution(component["crates"]))
        texts += _put(folder, f"{component['crates']}-libraries", _as_table(crates))
        texts += _texts_for(crates, folder)
    elif component.get("own"):
        texts += _put(folder, "nca-wizard", (HERE.parent / "LICENSE").read_text(encoding="utf-8"))
    return {
        "name": component["name"],
        "version": version,
        "licence": component["licence"],
        "address": component["address"],
        "inside": component.get("inside", ""),
        "replaceable": component.get("replaceable", False),
        "texts": texts + component.get("texts", []),
    }


def _put(folder: Path, name: str, text: str) -> list[str]:
    if not text:
        return []
    path = f"{_GENERATED}/{name}.txt"
    (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return [path]


def _own_text(package: Distribution) -> str:
    """What the package says about its licence itself."""
    found = sorted(
        path
        for path in package.files or ()
        if ".dist-info" in path.parts[0] and re.match("LICEN[CS]E|COPYING", path.name)
    )
    return "".join(path.read_text(encoding="utf-8").strip() + "\n\n" for path in found)


def crates_of(package: Distribution) -> list[dict[str, str]]:
    """The Rust libraries in a package, as its own bill of materials has them."""
    [bill] = [path for path in package.files or () if path.parent.name == "sboms"]
    components = json.loads(bill.read_text(encoding="utf-8"))["components"]
    return [
        {
            "name": one["name"],
            "version": one["version"],
            "licence": " ".join(one["licenses"][0]["expression"].split()),
            "author": re.sub(r"\s*<[^>]*>", "", one.get("author", "")),
        }
        for one in sorted(components, key=lambda one: (one["name"], one["version"]))
    ]


def _as_table(crates: list[dict[str, str]]) -> str:
    lines = [
        f"{one['name']} {one['version']}: {one['licence']}"
        + (f"; {one['author']}" if one["author"] else "")
        for one in crates
    ]
    return (
        "\n".join([f"{len(crates)} libraries, each with its licence and authors:", "", *lines])
        + "\n"
    )


def _texts_for(crates: list[dict[str, str]], folder: Path) -> list[str]:
    """The text of every licence named; where one may be chosen, of those there is a text for."""
    names: set[str] = set()
    for crate in crates:
        identifiers = set(re.findall(r"[\w.+-]+", crate["licence"])) - _JOINING
        known = {name for name in identifiers if (folder / "texts" / f"{name}.txt").is_file()}
        missing = identifiers - known
        if missing and (" AND " in crate["licence"] or not known):
            raise LookupError(f"{crate['name']}: there is no text of {', '.join(missing)}")
        names |= known
    return [f"texts/{name}.txt" for name in sorted(names)]


def stale() -> list[str]:
    """Files of resources/licences that are not as they would be written now."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "licences"
        shutil.copytree(FOLDER, fresh)
        write(fresh, _SYSTEM_OF_FOLDER)
        return sorted(
            name
            for name in _generated_in(FOLDER) | _generated_in(fresh)
            if _bytes(FOLDER / name) != _bytes(fresh / name)
        )


def _generated_in(folder: Path) -> set[str]:
    return {_LIST} | {f"{_GENERATED}/{path.name}" for path in (folder / _GENERATED).glob("*")}


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        folder = Path(arguments[0]) if arguments else FOLDER
        if folder != FOLDER:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(FOLDER, folder)
        write(folder, _SYSTEM_OF_FOLDER if folder == FOLDER else sys.platform)
        return 0
    old = stale()
    if old:
        print(f"Not up to date: {', '.join(old)}. Run make licences.", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
