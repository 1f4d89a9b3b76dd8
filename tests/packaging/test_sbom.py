"""The bill of materials says what is bundled."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import sbom
from nca_wizard.licences import Component

AT = datetime(2026, 11, 22, tzinfo=UTC)


def component(name: str, version: str = "", *, inside: str = "", licence: str = "MIT") -> Component:
    return Component(name, version, licence, "", inside, replaceable=False, texts=())


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch) -> sbom.Entry:
    crate = {"name": "ahash", "version": "0.8.12", "licence": "MIT OR Apache-2.0", "author": ""}
    monkeypatch.setattr(sbom, "distribution", lambda name: name)
    monkeypatch.setattr("licences.crates_of", lambda _: [crate])
    shown = (
        component("NCA Wizard"),
        component("Python", "3.11.2", licence="Python-2.0"),
        component("Qt", "6.11.3", licence="LGPL-3.0-only"),
        component("zlib", inside="Qt"),
        component("typst for Python", "0.15.2"),
        component("Rust libraries in typst", inside="typst for Python", licence="see the list"),
    )
    listed: dict[str, dict[str, str]] = {one.name: {} for one in shown}
    listed["typst for Python"] = {"distribution": "typst"}
    listed["Rust libraries in typst"] = {"crates": "typst"}
    return sbom.bill(shown, listed, AT)


def test_it_names_what_is_bundled_with_version_and_licence(document: sbom.Entry) -> None:
    named = {one["name"]: one for one in document["components"]}

    assert list(named) == ["Python", "Qt", "typst for Python"]
    assert named["Python"]["version"] == "3.11.2"
    assert named["Python"]["licenses"] == [{"expression": "Python-2.0"}]
    assert named["typst for Python"]["purl"] == "pkg:pypi/typst@0.15.2"
    assert document["metadata"]["component"]["name"] == "NCA Wizard"


def test_what_is_compiled_into_another_stands_there(document: sbom.Entry) -> None:
    named = {one["name"]: one for one in document["components"]}

    assert [one["name"] for one in named["Qt"]["components"]] == ["zlib"]
    [crate] = named["typst for Python"]["components"]
    assert crate["purl"] == "pkg:cargo/ahash@0.8.12"
    assert crate["licenses"] == [{"expression": "MIT OR Apache-2.0"}]


def test_the_version_of_icu_is_read_from_the_bundle(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sbom, "INSIDE", tmp_path)
    (tmp_path / "libicudata.so.73").touch()

    assert sbom._version_here("ICU") == "73"
