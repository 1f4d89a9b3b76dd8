"""Small mistakes in the rules are noticed; `make mutate` tries them all."""

import os
import subprocess
import sys
from pathlib import Path


def test_a_sample_of_mutants_is_noticed(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, checkout / "packaging" / "mutate.py", "--sample", "50", "--list"],
        capture_output=True,
        text=True,
        check=False,
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 survive" in done.stdout
