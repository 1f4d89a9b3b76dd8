import re
from pathlib import Path

import pytest

from check_licences import absent, unlisted, unlisted_modules
from licences import listed
from nca_wizard.licences import components
from nca_wizard.paths import resources

QT = {"name": "Qt", "files": ["PySide6/Qt/*", "libQt6*"]}
BABEL = {"name": "Babel", "distribution": "babel"}


def test_a_file_nobody_claims_is_named() -> None:
    files = ["PySide6/Qt/lib/libQt6Core.so.6", "libQt6Core.so.6", "libgtk-3.so.0"]

    assert unlisted(files, [QT]) == ["libgtk-3.so.0"]


def test_a_module_of_a_package_nobody_names_is_named() -> None:
    modules = {"babel", "pydantic", "json", "nca_wizard", "_pyi_rth_utils"}

    assert unlisted_modules(modules, [BABEL]) == ["pydantic"]


def test_a_component_the_bundle_lacks_is_named_on_every_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expat = {"name": "Expat", "files": ["libexpat*"], "inlined_on": ["win32"]}

    lacking = {}
    for system in ("linux", "win32"):
        monkeypatch.setattr("sys.platform", system)
        lacking[system] = absent(["libQt6Core.so.6"], {"babel"}, [QT, BABEL, expat])
    monkeypatch.setattr("sys.platform", "darwin")
    lacking["darwin"] = absent([], set(), [QT, BABEL])

    assert lacking == {"linux": ["Expat"], "win32": [], "darwin": ["Qt", "Babel"]}


def test_each_system_has_its_own_list() -> None:
    names = {
        system: {component["name"] for component in listed(system)}
        for system in ("linux", "win32", "darwin")
    }

    assert names["linux"] - names["win32"] == {"ICU", "Wayland protocols", "X server helper code"}
    assert names["win32"] - names["linux"] == {"Microsoft Visual C++ runtime"}
    assert names["darwin"] == names["linux"] & names["win32"]


def test_each_component_says_how_it_is_found() -> None:
    places = {"files", "distribution", "inside"}

    lost = [component["name"] for component in listed("linux") if not places & component.keys()]

    assert lost == []


def test_every_package_of_the_lock_file_is_shown_in_its_version(checkout: Path) -> None:
    lock = (checkout / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))
    # Babel is installed with setuptools and the like, icalendar with time zones; none of these
    # comes along.
    for left_out in ("setuptools", "wheel", "packaging", "pycparser", "tzdata"):
        del locked[left_out]
    versions = {one.name: one.version for one in components(resources())}
    shown = {
        entry["distribution"]: versions[entry["name"]]
        for entry in listed("linux")
        if "distribution" in entry and entry["distribution"] != "pyinstaller"
    }

    assert shown == locked
