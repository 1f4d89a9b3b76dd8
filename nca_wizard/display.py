"""Whether a window can be shown, asked before Qt is: Qt ends the process when it cannot.

Asked of the very libraries Qt will use, so that every way of naming a display, every kind of
authorization and every missing library gets the answer Qt would get. This adds some 20 ms to a
start of 100, mostly for libraries that Qt would load next; a second process that tries Qt would
add 150. Measured with PySide6 6.11.3. The X11 library may open a network socket for a display on
another machine, as Qt would; this program opens none.
"""

import ctypes
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

from nca_wizard.sentences import Sentence

# A server that accepts and then says nothing, such as a forwarded display whose far end is
# gone, would hold Qt for minutes.
_PATIENCE_SECONDS = 3.0


def display_fault(environment: Mapping[str, str]) -> Sentence | None:
    """Why no window can be shown, to follow a colon in a sentence, or None when one can."""
    if sys.platform in ("win32", "darwin"):
        return None
    platforms = _platforms_qt_will_try(environment)
    if not platforms:
        return Sentence("neither DISPLAY nor WAYLAND_DISPLAY is set")
    said: Sentence | None = None
    for platform in platforms:
        fault = _plugin_fault(platform) or _server_fault(platform, environment)
        if fault is None:
            return None
        said = fault if said is None else Sentence("%(one)s, and %(other)s", one=said, other=fault)
    return said


def _platforms_qt_will_try(environment: Mapping[str, str]) -> list[str]:
    wished = environment.get("QT_QPA_PLATFORM", "")
    named = [entry.partition(":")[0] for entry in wished.split(";") if entry]
    if named:
        return ["wayland" if name.startswith("wayland") else name for name in named]
    platforms = []
    if environment.get("DISPLAY"):
        platforms.append("xcb")
    if (
        environment.get("WAYLAND_DISPLAY")
        or environment.get("WAYLAND_SOCKET")
        or environment.get("XDG_SESSION_TYPE") == "wayland"
    ):
        platforms.append("wayland")
    return platforms


def _plugin_fault(platform: str) -> Sentence | None:
    qt = find_spec("PySide6")
    if qt is None or qt.origin is None:
        return Sentence("PySide6 is not installed")
    plugin = Path(qt.origin).parent / "Qt" / "plugins" / "platforms" / f"libq{platform}.so"
    if not plugin.is_file():
        return Sentence("Qt has no display of the kind '%(platform)s'", platform=platform)
    try:
        ctypes.CDLL(str(plugin))
    except OSError as fault:
        library = str(fault).partition(":")[0]
        return Sentence("the system library %(library)s is missing", library=library)
    return None


def _server_fault(platform: str, environment: Mapping[str, str]) -> Sentence | None:
    if platform == "xcb":
        display = environment.get("DISPLAY", "")
        if not _answers_in_time(lambda: _x11_answers(display)):
            return Sentence("the display '%(display)s' does not answer", display=display)
    # A ready connection is handed over in WAYLAND_SOCKET; trying it would use it up.
    elif platform == "wayland" and not environment.get("WAYLAND_SOCKET"):
        display = environment.get("WAYLAND_DISPLAY", "")
        if not _answers_in_time(lambda: _wayland_answers(display)):
            return Sentence(
                "the Wayland display '%(display)s' does not answer", display=display or "wayland-0"
            )
    return None


def _x11_answers(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(errors="surrogateescape"), None)
    fault: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return fault == 0


def _wayland_answers(display: str) -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_connect.argtypes = [ctypes.c_char_p]
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    name = display.encode(errors="surrogateescape") if display else None
    connection = wayland.wl_display_connect(name)
    if not connection:
        return False
    wayland.wl_display_disconnect(connection)
    return True


def _answers_in_time(ask: Callable[[], bool]) -> bool:
    answers: list[bool] = []
    # A daemon, so that a server that never answers cannot keep the program from ending.
    asking = Thread(target=lambda: answers.append(ask()), daemon=True)
    asking.start()
    asking.join(_PATIENCE_SECONDS)
    return answers == [True]
