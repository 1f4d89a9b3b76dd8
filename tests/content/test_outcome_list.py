"""The list of outcomes is read by a person whenever it changes."""

import difflib
from pathlib import Path

from nca_wizard.rules.model.book import Rulebook
from tests.content.outcome_list import outcome_list

REVIEWED = Path(__file__).parent / "outcomes.txt"
ACCEPT = ".venv/bin/python -m tests.content.outcome_list > tests/content/outcomes.txt"


def test_the_outcomes_are_those_that_were_reviewed(rulebook: Rulebook) -> None:
    reviewed = REVIEWED.read_text(encoding="utf-8").splitlines()
    now = outcome_list(rulebook).splitlines()
    changed = list(difflib.unified_diff(reviewed, now, "reviewed", "now", lineterm="", n=0))

    assert not changed, "\n".join(
        ["The rules now lead to other outcomes:", *changed, f"If each is right: {ACCEPT}"]
    )
