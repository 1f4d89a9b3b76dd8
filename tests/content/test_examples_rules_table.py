"""The page for checking the rules has all of them, and nothing in it is taken for markup."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from nca_wizard.rules.model import Rulebook
from tests.content.examples.reading import all_rules


class Page(HTMLParser):
    """The first words of each row, and what is opened and never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.first_words: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "!doctype"):
            self.open.append(tag)
        if tag == "tr":
            self.first_words.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and "tr" in self.open and not self.first_words[-1]:
            self.first_words[-1] = data.strip()


def test_every_rule_has_a_row_with_its_reasons_and_sources(
    rulebook: Rulebook, checkout: Path, tmp_path: Path
) -> None:
    file = tmp_path / "build" / "rules.html"
    script = checkout / "packaging" / "rules_table.py"
    done = subprocess.run(
        [sys.executable, script, file], capture_output=True, text=True, check=True, cwd=checkout
    )
    written = file.read_text(encoding="utf-8")
    page = Page()
    page.feed(written)

    assert done.stdout == f"{file}\n"
    assert page.open == []
    assert sorted(word for word in page.first_words if word != "Rule") == sorted(
        rule.partition("/")[2] for rule in all_rules(rulebook)
    )
    assert "Finance &amp; Operations" in written
    assert "Finance & Operations" not in written
    assert written.count("<tr>") == len(all_rules(rulebook)) + 6
