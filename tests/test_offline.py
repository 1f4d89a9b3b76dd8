"""Offline is a promise: no function of the program makes a socket but a local one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux watches")


def test_every_function_works_where_a_network_socket_is_death(checkout: Path) -> None:
    checked = subprocess.run(
        [sys.executable, checkout / "packaging" / "check_offline.py"],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.endswith("No socket but local ones.\n")


def test_one_import_alone_is_excused_from_the_ban_on_networks(checkout: Path) -> None:
    sources = sorted((checkout / "nca_wizard").rglob("*.py"))

    excused = [
        path.relative_to(checkout).as_posix()
        for path in sources
        for _ in range(path.read_text(encoding="utf-8").count("noqa: TID251"))
    ]

    assert excused == ["nca_wizard/ui/hand_over.py"]
