"""What goes into the bundle and what stays out. Everything is named here with its reason.

A destination is where PyInstaller wants to put a file, below the bundle's folder, with slashes.
"""

import re
from collections.abc import Collection
from pathlib import Path

# Qt's own libraries that the window needs; Network carries the local socket by which a second
# start hands its file to the first.
QT_LIBRARIES = frozenset(
    ["Core", "Gui", "Widgets", "Svg", "PrintSupport", "Network", "DBus", "XcbQpa", "WaylandClient"]
)

# What PyInstaller brings along for a module of PySide6 that we do import.
QT_PLUGINS = {
    # no full screen without a desktop (eglfs, linuxfb, vkkhrdisplay), no remote one (vnc)
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    # dead keys and Asian input; no keyboard on the screen of ours, it needs QtQuick
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    # the desktop's own file dialogs; the GTK theme would bring GTK with it
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport", "windowsprintersupport"},
    "iconengines": {"qsvgicon"},
    # pages are printed from SVG; PNG is part of Qt Gui; nothing else is ever shown
    "imageformats": {"qsvg"},
    "wayland-shell-integration": {"xdg-shell"},
    # GNOME draws no title bars for others
    "wayland-decoration-client": {"adwaita", "bradient"},
}
# Plug-ins of no use here: generic and egldeviceintegrations (screens without a desktop),
# networkinformation and tls (no network), styles (the program brings its own look),
# wayland-graphics-integration-client and xcbglintegrations (nothing is drawn with OpenGL).

# Where PySide6 looks for its part that is written in Python; see `qt_support.py`.
QT_SUPPORT = "shiboken6/files.dir"

# Modules of Python that something imports in a branch never taken here.
LEFT_OUT_MODULES = (
    # no network, so no OpenSSL either; hashlib has its own SHA-256
    "ssl", "_ssl", "_hashlib",
    # tests and their tools
    "unittest", "doctest", "pytest", "hypothesis",
    # installers and their tools
    "setuptools", "pip", "wheel", "distutils", "pkg_resources", "ensurepip",
    # consoles and other windows
    "tkinter", "curses", "readline", "pdb", "IPython",
    # catalogues are compiled before; Babel imports these to read other formats
    "babel.messages.frontend", "babel.messages.jslexer",
    # pydantic looks whether they are there
    "rich", "email_validator", "cython",
    # whole days need no time zones, which icalendar brings along
    "tzdata", "icalendar.tests",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets",
)  # fmt: skip

# Libraries of the build machine that go with the bundle. Every other one is the system's, and
# `system_libraries.py` says which those may be.
LINUX_LIBRARIES = re.compile(r"lib(python3\.\d+|sqlite3|ffi|mpdec|expat|bz2|lzma)\.so(\.\d+)*$")

# On Windows and macOS PyInstaller takes along only what comes with Python and Qt.
LEFT_OUT_ELSEWHERE = re.compile(
    # OpenGL in software and shader compilers: nothing is drawn with OpenGL
    r"(opengl32sw|d3dcompiler_\d+|dxcompiler|dxil"
    # OpenSSL: no network
    r"|lib(crypto|ssl)[-.\w]*)\.(dll|dylib)$",
    re.IGNORECASE,
)

_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<kind>[^/]+)/(?:lib)?(?P<name>[\w-]+)\.\w+$")
_QT_LIBRARY = re.compile(
    r"(?:^|/)(?:libQt6(?P<linux>\w+)\.so[.\d]*|Qt6(?P<windows>\w+)\.dll"
    r"|Qt(?P<macos>\w+)\.framework(?:/.*)?)$"
)
_HOLIDAYS = re.compile(r"holidays/locale/(?P<language>\w+)/")
# Babel writes English dates as the British do, which builds upon these.
_BABEL_ALWAYS = frozenset({"root", "en", "en_001", "en_GB"})


def languages(resources: Path) -> frozenset[str]:
    """Every language there is a catalogue for, beside English."""
    return frozenset(
        catalogue.parent.parent.name for catalogue in resources.glob("locale/*/LC_MESSAGES/*.po")
    )


def wanted(destination: str, spoken: Collection[str], *, linux: bool) -> bool:
    """Whether a file belongs into the bundle; `spoken` are the languages beside English."""
    if plugin := _PLUGIN.search(destination):
        return plugin["name"] in QT_PLUGINS.get(plugin["kind"], ())
    if library := _QT_LIBRARY.search(destination):
        return (library["linux"] or library["windows"] or library["macos"]) in QT_LIBRARIES
    folder, _, name = destination.rpartition("/")
    if folder.startswith("PySide6") and folder.endswith("translations"):
        return name.removeprefix("qtbase_").removesuffix(".qm") in spoken
    if folder == "babel/locale-data":
        language = name.removesuffix(".dat")
        return language in _BABEL_ALWAYS or language in spoken
    if named := _HOLIDAYS.match(destination):
        return named["language"] in spoken or named["language"].startswith("en_")
    if not linux:
        return not LEFT_OUT_ELSEWHERE.search(name)
    is_library_of_the_system = not folder and re.match(r"lib.+\.so(\.\d+)*$", name)
    return not is_library_of_the_system or bool(LINUX_LIBRARIES.match(name))
