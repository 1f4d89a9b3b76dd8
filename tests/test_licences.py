from pathlib import Path

import pytest

import licences
from nca_wizard.licences import Component, components
from nca_wizard.paths import resources


@pytest.fixture(scope="module")
def listed() -> dict[str, Component]:
    return {one.name: one for one in components(resources())}


def test_the_program_itself_stands_first_with_its_licence(checkout: Path) -> None:
    first = components(resources())[0]

    assert first.name == "NCA Wizard"
    assert first.full_text == (checkout / "LICENSE").read_text(encoding="utf-8").strip()


def test_every_component_has_a_licence_that_can_be_read(listed: dict[str, Component]) -> None:
    bare = [one.name for one in listed.values() if not (one.licence and one.full_text)]

    assert bare == []


def test_what_is_compiled_into_another_names_it(listed: dict[str, Component]) -> None:
    homes = {one.inside for one in listed.values()} - {""}

    assert homes <= listed.keys()
    assert listed["HarfBuzz"].inside == "Qt"


def test_what_is_under_the_lgpl_can_be_replaced(listed: dict[str, Component]) -> None:
    lgpl = {one.name for one in listed.values() if one.licence.startswith("LGPL")}

    assert lgpl == {"Qt", "PySide6", "Shiboken6"}
    assert all(listed[name].replaceable for name in lgpl)
    assert all("GNU LESSER GENERAL PUBLIC LICENSE" in listed[name].full_text for name in lgpl)


def test_what_comes_along_on_another_system_alone_is_not_shown(
    listed: dict[str, Component],
) -> None:
    assert "Microsoft Visual C++ runtime" not in listed


def test_no_text_lies_there_that_nothing_refers_to(listed: dict[str, Component]) -> None:
    folder = resources() / "licences"
    referred = {path.resolve() for one in listed.values() for path in one.texts}
    for one in licences.listed("win32"):
        referred |= {(folder / text).resolve() for text in one.get("texts", ())}
    lying = {path.resolve() for path in folder.rglob("*.txt")}

    assert lying <= referred
