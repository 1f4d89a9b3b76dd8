"""Offline is a promise: no function of the program makes a socket but a local one."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux watches")


def test_every_function_works_where_a_network_socket_is_death(checkout: Path) -> None:
    checked = subprocess.run(
        [sys.executable, checkout / "packaging" / "check_offline.py"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.endswith("No socket but local ones.\n")
    for step in ("evaluate", "print", "proof", "the preview", "the history", "the settings"):
        assert f"    {step}" in checked.stdout
