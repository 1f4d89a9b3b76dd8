import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nca_wizard import display
from nca_wizard.display import display_fault

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="these systems always have a display"
)


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Path]:
    """A socket that accepts connections and never says a word."""
    path = tmp_path / "wayland-7"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        yield path


def test_no_display_is_said_to_be_none() -> None:
    assert str(display_fault({})) == "neither DISPLAY nor WAYLAND_DISPLAY is set"


def test_a_platform_without_a_screen_counts_as_a_display() -> None:
    assert display_fault({"QT_QPA_PLATFORM": "offscreen"}) is None
    assert display_fault({"QT_QPA_PLATFORM": "minimal:enable_fonts"}) is None


def test_a_platform_qt_does_not_have_is_named() -> None:
    fault = display_fault({"QT_QPA_PLATFORM": "velvet"})

    assert str(fault) == "Qt has no display of the kind 'velvet'"


def test_a_display_that_does_not_answer_is_named() -> None:
    assert str(display_fault({"DISPLAY": ":4099"})) == "the display ':4099' does not answer"


def test_a_wayland_display_that_does_not_answer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    fault = display_fault({"WAYLAND_DISPLAY": "wayland-9"})

    assert str(fault) == "the Wayland display 'wayland-9' does not answer"


def test_a_wayland_display_that_accepts_is_enough(listener: Path) -> None:
    assert display_fault({"DISPLAY": ":4099", "WAYLAND_DISPLAY": str(listener)}) is None


def test_a_wayland_connection_already_made_is_left_alone() -> None:
    assert display_fault({"WAYLAND_SOCKET": "7"}) is None


def test_every_display_that_was_tried_is_named() -> None:
    fault = display_fault({"DISPLAY": ":4099", "WAYLAND_DISPLAY": "/nowhere"})

    assert "':4099' does not answer, and the Wayland display '/nowhere'" in str(fault)


def test_a_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    monkeypatch.setattr(display, "_PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(display, "_x11_answers", lambda _display: bool(os.read(reading, 1)))

    fault = display_fault({"DISPLAY": ":0"})
    os.write(writing, b"1")

    assert str(fault) == "the display ':0' does not answer"


def test_a_missing_system_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file")

    monkeypatch.setattr("ctypes.CDLL", missing)

    fault = display_fault({"DISPLAY": ":0"})

    assert str(fault) == "the system library libxcb-cursor.so.0 is missing"


def test_without_qt_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "find_spec", lambda _name: None)

    assert str(display_fault({"DISPLAY": ":0"})) == "PySide6 is not installed"


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_always_have_a_display(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)

    assert display_fault({}) is None
