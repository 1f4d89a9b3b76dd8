"""What a command prints, and what it asks the person at the terminal."""

import json
import sys
from typing import Any

from nca_wizard.errors import DONE


def write(text: str) -> int:
    """Print `text`; the exit code that goes with it."""
    # A windowed program on Windows has no output stream.
    if sys.stdout is not None:
        sys.stdout.write(text)
        # Now, so that a reader who has gone is noticed while it can still be told apart.
        sys.stdout.flush()
    return DONE


def write_json(value: Any) -> int:
    """Print `value` as JSON; the exit code that goes with it."""
    return write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def says_yes(question: str) -> bool | None:
    """Whether the person agrees; None where there is nobody to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    write(f"{question} [y/N] ")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
