"""What the bundles weigh, by component, and the packages made of them; 1 when over a limit.

    make bench-size

`make package` first, with XZ_LEVEL unset: a package made quickly is larger. What
`make package-windows` has left is weighed too.
"""

import sys
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import licences

ROOT = Path(__file__).resolve().parent.parent.parent
BUNDLES = {
    ROOT / "dist" / "bundle" / "nca-wizard": sys.platform,
    ROOT / "build" / "wine" / "bundle" / "nca-wizard": "win32",
}
"""Each with the system it is for."""
PACKAGES = (
    "dist/*.deb",
    "dist/*.tar.xz",
    "dist/*.dmg",
    "dist/*-setup.exe",
    "build/wine/dist/*.exe",
)
PROGRAMS = ("nca-wizard", "nca-wizard.exe", "NCA Wizard.exe")
MEGABYTE = 1_000_000
# The aims: what a seller's laptop and a mail server take without asking.
INSTALLED_LIMIT = 200
PACKAGE_LIMIT = 60
_SHOWN = 0.1


def sizes(bundle: Path, system: str) -> Counter[str]:
    """Component -> bytes. Our own Python code is inside the executable, with all other Python."""
    found: Counter[str] = Counter()
    components = licences.listed(system)
    for path in bundle.rglob("*"):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(bundle).as_posix().removeprefix("_internal/")
            found[_owner(name, components)] += path.stat().st_size
    return found


def _owner(name: str, components: list[licences.Component]) -> str:
    if name in PROGRAMS:
        return "all Python modules, in the executable"
    for component in components:
        if any(fnmatchcase(name, pattern) for pattern in component.get("files", ())):
            return str(component["name"])
    raise LookupError(f"{name} belongs to no component")


def main() -> int:
    bundles = {bundle: system for bundle, system in BUNDLES.items() if bundle.is_dir()}
    if not bundles:
        sys.exit("There is no bundle: run make package first.")
    fine = True
    for bundle, system in bundles.items():
        fine &= _weighed(bundle, system)
    for package in sorted(path for pattern in PACKAGES for path in ROOT.glob(pattern)):
        fine &= _say(package.name, package.stat().st_size, PACKAGE_LIMIT)
    return 0 if fine else 1


def _weighed(bundle: Path, system: str) -> bool:
    print(f"{bundle.relative_to(ROOT)}:\n")
    weights = sizes(bundle, system)
    small = sum(size for size in weights.values() if size < _SHOWN * MEGABYTE)
    for name, size in weights.most_common():
        if size >= _SHOWN * MEGABYTE:
            _say(name, size)
    _say("the rest", small)
    print()
    fine = _say("installed", sum(weights.values()), INSTALLED_LIMIT)
    print()
    return fine


def _say(name: str, size: int, limit: int = 0) -> bool:
    fine = not limit or size <= limit * MEGABYTE
    verdict = f"  of {limit}{'' if fine else ': too much'}" if limit else ""
    print(f"{size / MEGABYTE:8.1f} MB  {name}{verdict}")
    return fine


if __name__ == "__main__":
    sys.exit(main())
