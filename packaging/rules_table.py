"""All rules on one page, to be checked against their sources with a pencil.

    python packaging/rules_table.py [FILE]

Writes `build/rules.html`: one table for each kind of rule, sorted by id, a row for each rule with
its days, what it asks for, what it says, both reasons and every citation. The page needs nothing
beside itself and is laid out for paper.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from nca_wizard.paths import resources
from nca_wizard.rules.axes import YES_NO, question_of
from nca_wizard.rules.model import (
    AccessRule,
    CautionRule,
    Citation,
    CreditRule,
    GuidanceRule,
    MeasuredRule,
    ReadinessRule,
    Rule,
    Rulebook,
)
from nca_wizard.rules.proof import rules_by_file
from nca_wizard.rules.rulebook import load

FILE = Path(__file__).parent.parent / "build" / "rules.html"

KINDS = {
    "measured.toml": "Which product is counted for which metric",
    "credit.toml": "Which association counts for which metric and family",
    "access.toml": "Whether an association is to be had",
    "readiness.toml": "What keeps a customer from counting although the association is there",
    "cautions.toml": "What must be said with an answer",
    "guidance.toml": "What getting an association takes",
}

COLUMNS = ("Rule", "Days", "Asks for", "Says", "Reason for us", "Reason for the customer", "Source")

STYLE = """
@page { size: A4 landscape; margin: 12mm; }
body { font: 13px/1.4 system-ui, sans-serif; margin: 2em; color: #111; background: #fff; }
h1 { font-size: 20px; } h2 { font-size: 16px; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #999; padding: 4px 6px; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #eee; }
td p { margin: 0 0 .4em; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.rule { width: 12%; } .days { width: 9%; } .asks { width: 17%; } .says { width: 10%; }
.source { width: 22%; }
.disputed { font-weight: bold; }
@media print { body { margin: 0; font-size: 8pt; } h2 { break-after: avoid; } a { color: #111; } }
"""


def page(book: Rulebook) -> str:
    """The whole page."""
    title = f"Rules of NCA Wizard, version {book.version}"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(_in_figures(book))}</p>",
    ]
    for file, rules in rules_by_file(book):
        parts += [f"<h2>{escape(KINDS[file])} ({escape(file)}: {len(rules)})</h2>"]
        parts += ["<table>", _heading(), "<tbody>"]
        parts += [_row(book, rule) for rule in sorted(rules, key=lambda rule: rule.id)]
        parts += ["</tbody></table>"]
    return "\n".join([*parts, "</body></html>", ""])


def _in_figures(book: Rulebook) -> str:
    rules = [rule for _, rules in rules_by_file(book) for rule in rules]
    weights = [citation.weight for rule in rules for citation in rule.cites]
    counted = ", ".join(f"{weights.count(w)} {w}" for w in ("stated", "inferred", "disputed"))
    return (
        f"{len(rules)} rules for {_day(book.first_day)} to {_day(book.last_day)}, checked on "
        f"{_day(book.checked_on)}. {len(weights)} citations: {counted}. Hash {book.hash}."
    )


def _heading() -> str:
    classes = ("rule", "days", "asks", "says", "", "", "source")
    cells = (
        f'<th scope="col" class="{name}">{escape(column)}</th>'
        for name, column in zip(classes, COLUMNS, strict=True)
    )
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _row(book: Rulebook, rule: Rule) -> str:
    cells = (
        [escape(rule.id), *(f"instead of {escape(other)}" for other in rule.overrides)],
        map(escape, _days(rule)),
        map(escape, _asks(book, rule)),
        map(escape, _says(book, rule)),
        [escape(rule.because.for_us)],
        [escape(rule.because.for_customer)],
        [_source(book, citation) for citation in rule.cites],
    )
    return f"<tr>{''.join(map(_cell, cells))}</tr>"


def _cell(paragraphs: Iterable[str]) -> str:
    return f"<td>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</td>"


def _days(rule: Rule) -> Iterator[str]:
    yield f"from {_day(rule.effective_from)}"
    if rule.effective_until:
        yield f"until {_day(rule.effective_until)}"
    if rule.review_by:
        yield f"look again by {_day(rule.review_by)}"


def _asks(book: Rulebook, rule: Rule) -> Iterator[str]:
    """What the rule is about and the answers it asks for, in words."""
    lists: Mapping[str, Sequence[Any]] = {
        "association": book.associations,
        "metric": book.metrics,
        "family": book.families,
        "product": book.products,
    }
    for field, entries in lists.items():
        named = getattr(rule, field, ())
        if named:
            names = [entry.name for entry in entries if entry.id in named]
            yield f"{field.capitalize()}: {_either(names)}"
    for axis, choices in rule.when.items():
        question = book.question(question_of(axis))
        member = axis.partition(".")[2]
        labels = {choice.id: choice.label for choice in question.choices}
        if member:
            yield f"{question.short}: {labels[member]}{'' if choices == YES_NO[:1] else ': no'}"
        else:
            yield f"{question.short}: {_either([labels[choice] for choice in choices])}"


def _says(book: Rulebook, rule: Rule) -> Iterator[str]:
    """The value of the rule, in words."""
    if isinstance(rule, MeasuredRule):
        yield f"Counted: {rule.measured}"
        if rule.workload:
            yield f"as {rule.workload}"
    elif isinstance(rule, CreditRule):
        yield f"Counts: {rule.counts}"
    elif isinstance(rule, AccessRule):
        yield f"To be had: {rule.access}"
    elif isinstance(rule, ReadinessRule):
        yield rule.state.replace("_", " ")
        yield rule.title.for_us
        if rule.holds_up:
            held = [a.name for a in book.associations if a.id in rule.holds_up]
            yield f"holds up {', '.join(held)}"
    elif isinstance(rule, CautionRule):
        yield "To check" if rule.check else "To know"
    elif isinstance(rule, GuidanceRule):
        yield rule.title.for_us
        yield f"Effort {rule.effort}: {rule.effort_reason}"


def _source(book: Rulebook, citation: Citation) -> str:
    source = book.source(citation.source)
    title = escape(source.title)
    if source.url.startswith(("https://", "http://")):
        title = f'<a href="{escape(source.url, quote=True)}">{title}</a>'
    note = f" ({escape(source.date_note)})" if source.date_note else ""
    return (
        f'<span class="{escape(citation.weight)}">{escape(citation.weight)}</span>: '
        f"{escape(citation.passage)}. {title}, {escape(source.publisher)}, "
        f"{escape(_day(source.dated))}{note} [{escape(source.id)}]"
    )


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _day(day: date) -> str:
    return day.isoformat()


def main(arguments: Sequence[str]) -> int:
    """Write the page and say where."""
    file = Path(arguments[0]) if arguments else FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(load(resources())), encoding="utf-8")
    print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
