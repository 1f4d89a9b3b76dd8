"""What the README beside the rules shows is tried: its recipes load, its messages are said."""

import re
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from nca_wizard.paths import resources
from nca_wizard.rules.rule_files import ContentError
from nca_wizard.rules.rulebook import load

README = (resources() / "rules" / "README.md").read_text(encoding="utf-8")
SOURCE, COPILOT, PRODUCT, SALES_AGENTS = (
    textwrap.dedent(block)
    for block in re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    if "[[source]]" in block or "copilot-studio-use-2026" in block or "sales_agents" in block
    if "[[example]]" not in block
)
ACCESS, MEASURED = "rules/access.toml", "rules/measured.toml"
CUSTOMER_TEXT = r'because\.for_customer = "You buy the licences through us, and .*\n'
CHECKED = ("rules/rulebook.toml", r"checked_on = \S+", "checked_on = 2026-12-16")
ENDED = (
    MEASURED,
    r'(id = "copilot-studio-use"(?:\n.+)*?\n)review_by = \S+',
    r"\1effective_until = 2026-12-14",
)
NEW_QUESTION = """
[[question]]
id = "seats"
page = "4b"
kind = "one"
title = "How many?"
short = "Seats"
why = "To try it."
ask = { for_us = "How many?", for_customer = "How many?" }
missing = "Select how many"
unknown_hint = "None"
choice = [
  { id = "few", label = "Few", said = { for_us = "Few", for_customer = "Few" } },
  { id = "many", label = "Many", said = { for_us = "Many", for_customer = "Many" } },
]
"""
NEW_STATE = """[[question.choice]]
id = "suspended"
label = "Suspended"
said.for_us = "Suspended"
said.for_customer = "Suspended"

[[question.choice]]
id = "trial\""""
CAUTION = """
[[caution]]
id = "suspended"
when = { subscription = ["suspended"] }
cites = [{ source = "l-biz-26", passage = "p", weight = "inferred" }]
effective_from = 2022-08-10
review_by = 2027-01-31
because = { for_us = "Suspended.", for_customer = "Suspended." }
"""
NEW_CHANNEL = """[[question.choice]]
id = "education"
label = "Education"
said.for_us = "Education"
said.for_customer = "Education"

[[question.choice]]
id = "mixed\""""

Edit = tuple[str, str, str]


def added(file: str, text: str) -> Edit:
    """A text at the end of a file."""
    return (file, r"\Z", "\n" + text.replace("\\", r"\\"))


@pytest.fixture
def after(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the book after some edits."""

    def edited(*edits: Edit) -> Path:
        for name in ("rules", "sources"):
            shutil.copytree(resources() / name, tmp_path / name, dirs_exist_ok=True)
        for file, pattern, new in edits:
            path = tmp_path / file
            text, times = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
            assert times == 1, pattern
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return edited


RECIPE_1 = (added("sources/sources.toml", SOURCE), added(MEASURED, COPILOT), CHECKED, ENDED)
RECIPE_2 = (added("rules/products.toml", PRODUCT), added(MEASURED, SALES_AGENTS))


@pytest.mark.parametrize("recipe", [RECIPE_1, RECIPE_2, (*RECIPE_1, *RECIPE_2)])
def test_a_recipe_gives_a_book_that_loads(
    after: Callable[..., Path], recipe: tuple[Edit, ...]
) -> None:
    assert load(after(*recipe)).version


@pytest.mark.parametrize(
    "edits",
    [
        RECIPE_1[:3],
        (*RECIPE_1, (MEASURED, "2026-12-14", "2026-12-13")),
        RECIPE_2[:1],
        ((ACCESS, r'\["csp_direct_bill"\]', '["csp_direct_bil"]'),),
        ((ACCESS, r"when = { channel", "when = { chanel"),),
        ((ACCESS, "access = ", "acess = "),),
        ((ACCESS, '"automatic"', '"automatc"'),),
        ((ACCESS, CUSTOMER_TEXT, ""),),
        ((ACCESS, '"seed"', '"sead"'),),
        (("sources/sources.toml", "2026-07-30", "2026-12-30"),),
        ((ACCESS, '"csp-indirect-reseller"', '"csp-direct-bill"'),),
        ((ACCESS, "review_by = .*", ""),),
        ((ACCESS, "review_by = .*", "review_by = 2027-11-22"),),
        ((MEASURED, "effective_until = 2023", "effective_until = 2022"),),
        ((ACCESS, r'\["dpor-not-named"\]', '["dpor-not-namd"]'),),
        ((MEASURED, 'workload = "Sales"', 'when = { channel = ["web_direct"] }'),),
        ((ACCESS, '"automatic"', "automatic"),),
        (("rules/questions.toml", r"# --- 5 Our part", NEW_QUESTION + "# --- 5 Our part"),),
        (("rules/questions.toml", r'\[\[question.choice\]\]\nid = "mixed"', NEW_CHANNEL),),
        (
            ("rules/questions.toml", r'\[\[question.choice\]\]\nid = "trial"', NEW_STATE),
            added("rules/cautions.toml", CAUTION),
        ),
    ],
)
def test_a_slip_is_refused_in_the_words_of_the_readme(
    after: Callable[..., Path], edits: tuple[Edit, ...]
) -> None:
    with pytest.raises(ContentError) as refused:
        load(after(*edits))

    shown = [_without_figures(line) for line in re.findall(r"`([^`\n]+)`|> (.+)", README)]
    said = _without_figures((str(refused.value), ""))
    assert any(_is_said(line, said) for line in shown), said


def _without_figures(line: tuple[str, str]) -> str:
    """How many entries and scenarios there are may change without making the README wrong."""
    return re.sub(r"(entry |line |column |\()\d+( of \d+)?", r"\1N", "".join(line))


def _is_said(line: str, said: str) -> bool:
    """The README cuts a long list of choices short with three dots."""
    before, dots, after = line.partition("...")
    return line == said or bool(dots and said.startswith(before) and said.endswith(after))
