"""Holds the list of licences against a bundle: each has what the other has."""

import re
import sys
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import licences

# Added by PyInstaller to every program.
_BOOTLOADER_MODULE = re.compile(r"_?pyi|_pyi_rth|struct$")


def faults(folder: Path) -> list[str]:
    """What is wrong with the list for the bundle in `folder`, a sentence each."""
    components = licences.listed(sys.platform)
    files = list(_files_of(folder))
    modules = modules_of(folder)
    stale = licences.stale() if sys.platform == "linux" else ()
    return [
        *(f"{name} is out of date: run make licences" for name in stale),
        *(f"no licence is listed for the file {path}" for path in unlisted(files, components)),
        *(
            f"no licence is listed for the module {one}"
            for one in unlisted_modules(modules, components)
        ),
        *(
            f"{name} is listed, but not in the bundle"
            for name in absent(files, modules, components)
        ),
    ]


def unlisted(files: Iterable[str], components: Iterable[Mapping[str, Any]]) -> list[str]:
    """The files no component claims."""
    patterns = [pattern for component in components for pattern in component.get("files", ())]
    return [path for path in files if not any(fnmatchcase(path, one) for one in patterns)]


def unlisted_modules(modules: Iterable[str], components: Iterable[Mapping[str, Any]]) -> list[str]:
    """The top-level Python modules that come from a package no component names."""
    named = {_plain(one["distribution"]) for one in components if "distribution" in one}
    homes = packages_distributions()
    return sorted(
        module
        for module in modules
        if not _is_own(module) and not any(_plain(home) in named for home in homes.get(module, ()))
    )


def absent(
    files: Iterable[str], modules: Iterable[str], components: Iterable[Mapping[str, Any]]
) -> list[str]:
    """The components that have neither a file nor a module in the bundle, and should."""
    paths = list(files)
    homes = packages_distributions()
    packages = {_plain(home) for module in modules for home in homes.get(module, ())}
    return [
        component["name"]
        for component in components
        if "inside" not in component
        and sys.platform not in component.get("inlined_on", ())
        and _plain(component.get("distribution", "")) not in packages
        and not any(fnmatchcase(path, one) for path in paths for one in component.get("files", ()))
    ]


def modules_of(folder: Path) -> set[str]:
    """The top-level names of the Python modules frozen into the program."""
    from PyInstaller.archive.readers import CArchiveReader

    [program] = [path for path in folder.iterdir() if path.stem == "nca-wizard"]
    archive = CArchiveReader(str(program))
    inner = archive.open_embedded_archive("PYZ.pyz")
    return {name.partition(".")[0] for name in inner.toc}


def _files_of(folder: Path) -> Iterable[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix().removeprefix("_internal/")


def _is_own(module: str) -> bool:
    return (
        module == "nca_wizard"
        or module in sys.stdlib_module_names
        or module.startswith("_sysconfigdata")
        or bool(_BOOTLOADER_MODULE.match(module))
    )


def _plain(name: str) -> str:
    """A package's name in the one way it can be compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
