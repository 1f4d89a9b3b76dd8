"""The list of outcomes is read by a person whenever it changes."""

import difflib
from pathlib import Path

from nca_wizard.rules.model.book import Rulebook
from tests.content.outcome_list import counted, outcome_list

REVIEWED = Path(__file__).parent / "outcomes.txt"
ACCEPT = ".venv/bin/python -m tests.content.outcome_list > tests/content/outcomes.txt"


def test_the_outcomes_are_those_that_were_reviewed(rulebook: Rulebook) -> None:
    reviewed = REVIEWED.read_text(encoding="utf-8").splitlines()
    now = outcome_list(rulebook).splitlines()
    changed = list(difflib.unified_diff(reviewed, now, "reviewed", "now", lineterm="", n=0))

    assert not changed, "\n".join(
        ["The rules now lead to other outcomes:", *changed, f"If each is right: {ACCEPT}"]
    )


def test_whoever_turns_a_list_rule_round_changes_a_line(rulebook: Rulebook) -> None:
    reviewed = list(counted(rulebook))
    for number, rule in enumerate(rulebook.measured):
        turned = rule.model_copy(update={"measured": "no" if rule.measured == "yes" else "yes"})
        rules = (*rulebook.measured[:number], turned, *rulebook.measured[number + 1 :])

        assert list(counted(rulebook.model_copy(update={"measured": rules}))) != reviewed, rule.id
