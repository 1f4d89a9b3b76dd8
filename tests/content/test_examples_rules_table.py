"""The page for checking the rules has all of them, and nothing in it is taken for markup."""

import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.proof_certificate import certificate
from tests.content.examples.reading import all_rules


class Page(HTMLParser):
    """The first words of each row, and what is opened and never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.places: list[str] = []
        self.first_words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.places += [
            value[1:] for name, value in attrs if name == "href" and value and value[0] == "#"
        ]
        if tag not in ("meta", "!doctype"):
            self.open.append(tag)
        if tag == "tr":
            self.first_words.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and "tr" in self.open and not self.first_words[-1]:
            self.first_words[-1] = data.strip()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    checkout = Path(__file__).parents[2]
    file = tmp_path_factory.mktemp("page") / "build" / "rules.html"
    script = checkout / "packaging" / "rules_table.py"
    done = subprocess.run(
        [sys.executable, script, file], capture_output=True, text=True, check=True, cwd=checkout
    )
    assert done.stdout == f"{file}\n"
    return file.read_text(encoding="utf-8")


def test_every_rule_has_a_row_with_its_reasons_and_sources(
    written: str, rulebook: Rulebook
) -> None:
    page = Page()
    page.feed(written)

    assert page.open == []
    assert sorted(place for place in page.ids if "/" in place) == sorted(all_rules(rulebook))
    assert {rule.partition("/")[2] for rule in all_rules(rulebook)} <= set(page.first_words)
    assert "Finance &amp; Operations" in written
    assert "Finance & Operations" not in written


def test_every_address_on_the_page_is_there_once_and_leads_somewhere(
    written: str, rulebook: Rulebook
) -> None:
    page = Page()
    page.feed(written)

    assert len(page.ids) == len(set(page.ids))
    assert set(page.places) <= set(page.ids)
    assert {source.id for source in rulebook.sources} <= set(page.ids)


def test_what_people_act_on_is_there_to_be_checked(written: str, rulebook: Rulebook) -> None:
    plain = unescape(written)
    for rule in rulebook.guidance:
        acted_on = [
            rule.who, rule.ends, *rule.verify, *(one.label for one in rule.evidence),
            *(stage.title for stage in rule.stages), *(one.remedy for one in rule.rejections),
        ]  # fmt: skip
        assert [text.for_us for text in acted_on if text.for_us not in plain] == []
        for stage in rule.stages:
            assert all(citation.passage in plain for citation in stage.cites)
    assert "The sale appears" in plain
    assert "up to 30 days" in plain
    for metric in rulebook.metrics:
        assert metric.points is None or f"at most {metric.points.most}" in plain
    for rate in rulebook.rates:
        assert f"{rate.value} for each {rate.per} and month" in plain


def test_no_source_is_said_to_be_cited_by_nothing(written: str) -> None:
    cited_by = re.findall(r'data-name="Cited by"><p>([^<]*)', written)

    assert cited_by
    assert {"0 rules", "nothing", "no rule"}.isdisjoint(cited_by)
    assert "1 figure or note" in cited_by


def test_rules_older_than_their_oldest_text_are_marked(written: str, rulebook: Rulebook) -> None:
    listed = certificate(rulebook).older_than_their_texts
    rows = re.findall(r'<tr id="(\w+)/([\w-]+)">(.*?)</tr>', written)

    marked = {(f"{kind}.toml", rule) for kind, rule, row in rows if "older than its" in row}
    assert marked == {(file, rule) for file, rules in listed.items() for rule in rules}
    assert 0 < len(marked) < len(rows)
