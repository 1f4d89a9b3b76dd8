from check_licences import unlisted, unlisted_modules
from licences import listed

QT = {"name": "Qt", "files": ["PySide6/Qt/*", "libQt6*"]}
BABEL = {"name": "Babel", "distribution": "babel"}


def test_a_file_nobody_claims_is_named() -> None:
    files = ["PySide6/Qt/lib/libQt6Core.so.6", "libQt6Core.so.6", "libgtk-3.so.0"]

    assert unlisted(files, [QT]) == ["libgtk-3.so.0"]


def test_a_module_of_a_package_nobody_names_is_named() -> None:
    modules = {"babel", "pydantic", "json", "nca_wizard", "_pyi_rth_utils"}

    assert unlisted_modules(modules, [BABEL]) == ["pydantic"]


def test_each_component_says_how_it_is_found() -> None:
    places = {"files", "distribution", "inside"}

    lost = [component["name"] for component in listed() if not places & component.keys()]

    assert lost == []
