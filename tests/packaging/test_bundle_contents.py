from pathlib import Path

import pytest

from bundle_contents import languages, wanted

GERMAN = frozenset({"de"})


@pytest.mark.parametrize(
    "destination",
    [
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/QtWidgets.abi3.so",
        "babel/global.dat",
        "babel/locale-data/en_GB.dat",
        "babel/locale-data/de.dat",
        "holidays/locale/de/LC_MESSAGES/AT.mo",
        "holidays/locale/en_US/LC_MESSAGES/AT.mo",
        "libpython3.11.so.1.0",
        "_cffi_backend.cpython-311-x86_64-linux-gnu.so",
        "typst/_typst.abi3.so",
        "resources/rules/access.toml",
    ],
)
def test_what_the_program_needs_goes_in(destination: str) -> None:
    assert wanted(destination, GERMAN, linux=True)


@pytest.mark.parametrize(
    "destination",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6OpenGL.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/plugins/imageformats/qjpeg.dll",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/translations/qt_de.qm",
        "babel/locale-data/fr.dat",
        "holidays/locale/uk/LC_MESSAGES/AT.mo",
        "libgtk-3.so.0",
        "libX11.so.6",
        "libstdc++.so.6",
        "libcrypto.so.3",
    ],
)
def test_what_nothing_needs_or_the_system_has_stays_out(destination: str) -> None:
    assert not wanted(destination, GERMAN, linux=True)


def test_on_windows_only_the_useless_libraries_stay_out() -> None:
    assert wanted("VCRUNTIME140.dll", GERMAN, linux=False)
    assert not wanted("PySide6/opengl32sw.dll", GERMAN, linux=False)
    assert not wanted("libcrypto-3-x64.dll", GERMAN, linux=False)


def test_every_catalogue_brings_its_language(checkout: Path) -> None:
    assert languages(checkout / "resources") == GERMAN
