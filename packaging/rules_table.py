"""All rules on one page, to be checked against their sources on the screen or with a pencil.

    python packaging/rules_table.py [FILE]

Writes `build/rules.html`: a table for each kind of rule, in groups by what the rules are about, a
row for each rule with its days, what it asks for, what it says, both reasons and where it stands;
then the figures and notes that are no rules: points, floors, rates, days to come back on. The
sources themselves are at the end. Every rule and source has an address of its own on the page
(`#access/pal-account`, `#l-biz-26`). The page needs nothing beside itself and prints on A4.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from nca_wizard.paths import resources
from nca_wizard.report.wording.actions import stage_days
from nca_wizard.rules.axes import YES_NO, question_of
from nca_wizard.rules.model.answers import Weight
from nca_wizard.rules.model.book import Rulebook
from nca_wizard.rules.model.rules import (
    AccessRule,
    CautionRule,
    Citation,
    CreditRule,
    GuidanceRule,
    MeasuredRule,
    ReadinessRule,
    Rule,
    Source,
)
from nca_wizard.rules.model.values import Text
from nca_wizard.rules.planned_actions import stages_of
from nca_wizard.rules.proof import rules_by_file
from nca_wizard.rules.reasons import Reasons
from nca_wizard.rules.rulebook import load
from nca_wizard.texts import SOURCE_LANGUAGE, Texts
from rules_figures import Figure, figures_of

FILE = Path(__file__).parent.parent / "build" / "rules.html"

KINDS = {
    "measured.toml": "Which product is counted for which metric",
    "credit.toml": "Which association counts for which metric and family",
    "access.toml": "Whether an association is to be had",
    "readiness.toml": "What keeps a customer from counting although the association is there",
    "cautions.toml": "What must be said with an answer",
    "guidance.toml": "What getting an association takes",
}

COLUMNS = {
    "rule": "Rule",
    "asks": "Asks for",
    "says": "Says",
    "why": "Reason",
    "source": "Where it stands",
}

SOURCE_COLUMNS = {"rule": "Source", "why": "Title", "says": "Dated", "asks": "Cited by"}

FIGURES = "Figures and notes that are no rules"
FIGURE_COLUMNS = {"rule": "About", "says": "Says", "source": "Where it stands"}

OLDER = "older than its oldest text: check that it was so already"

NOBODY_SAYS = "nobody says how long"

WEIGHTS: Mapping[Weight, str] = {"stated": "Stated", "inferred": "Inferred", "disputed": "Disputed"}

STYLE = (Path(__file__).parent / "rules_table.css").read_text(encoding="utf-8")

_TEXTS = Texts.load(SOURCE_LANGUAGE)


def page(book: Rulebook) -> str:
    """The whole page."""
    title = f"Rules of NCA Wizard, version {book.version}"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        *_in_figures(book),
        _contents(book),
    ]
    for file, rules in rules_by_file(book):
        parts += [_heading(_kind_of(file), KINDS[file], f"{file}, {_rules(len(rules))}")]
        parts += [f'<table class="{_kind_of(file)}">', _columns()]
        parts += _in_groups(book, rules)
        parts += ["</table>"]
    figures = figures_of(book)
    parts += [_heading("figures", FIGURES, f"{len(figures)}"), *_figure_table(book, figures)]
    parts += [_heading("sources", "Sources", f"{len(book.sources)}"), *_sources(book)]
    return "\n".join([*parts, "</body></html>", ""])


def _in_figures(book: Rulebook) -> Iterator[str]:
    rules = [rule for _, rules in rules_by_file(book) for rule in rules]
    weights = Counter(citation.weight for citation in _citations(book))
    counted = ", ".join(f"{weights[weight]} {weight}" for weight in WEIGHTS)
    yield (
        f"<p>{_rules(len(rules))} for {_day(book.first_day)} to {_day(book.last_day)}, checked on "
        f"{_day(book.checked_on)}. {sum(weights.values())} citations: {counted}.</p>"
    )
    yield f'<p class="soft">Hash {escape(book.hash)}</p>'


def _contents(book: Rulebook) -> str:
    entries = [
        *((_kind_of(file), f"{KINDS[file]} ({len(rules)})") for file, rules in rules_by_file(book)),
        ("figures", f"{FIGURES} ({len(figures_of(book))})"),
        ("sources", f"Sources ({len(book.sources)})"),
    ]
    lines = (f'<li><a href="#{place}">{escape(name)}</a></li>' for place, name in entries)
    return f"<nav><ol>{''.join(lines)}</ol></nav>"


def _heading(place: str, name: str, beside: str) -> str:
    return f'<h2 id="{place}">{escape(name)} <small>{escape(beside)}</small></h2>'


def _columns() -> str:
    cells = (
        f'<th scope="col" class="{name}">{escape(column)}</th>' for name, column in COLUMNS.items()
    )
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _in_groups(book: Rulebook, rules: Iterable[Rule]) -> Iterator[str]:
    """A body for each group of rules, in the order of the book, sorted by id within."""

    def place(rule: Rule) -> tuple[int, str]:
        return _group(book, rule)

    for (_, name), group in groupby(sorted(rules, key=lambda r: (place(r), r.id)), key=place):
        yield f'<tbody><tr><th colspan="{len(COLUMNS)}" scope="rowgroup">{escape(name)}</th></tr>'
        yield from (_row(book, rule) for rule in group)
        yield "</tbody>"


def _group(book: Rulebook, rule: Rule) -> tuple[int, str]:
    """What a rule is about: its place in the order of the book, and its name."""
    families = [family.id for family in book.families]
    if isinstance(rule, MeasuredRule):
        family = book.product(rule.product[0]).family
        return families.index(family), book.families[families.index(family)].name
    about: Sequence[str] = getattr(rule, "association", ()) or getattr(rule, "holds_up", ())
    for number, association in enumerate(book.associations):
        if association.id in about:
            return number, association.name
    return len(book.associations), "Whatever the association"


def _row(book: Rulebook, rule: Rule) -> str:
    place = f"{_kind_of_rule(book, rule)}/{rule.id}"
    name = f'<a href="#{place}">{escape(rule.id)}</a>'
    overrides = [f"instead of {escape(other)}" for other in rule.overrides]
    days = [f'<span class="days">{line}</span>' for line in _days(rule)]
    dated = [book.source(citation.source).dated for citation in rule.cites]
    older = rule.effective_from < min(dated)
    marks = [f'<span class="mark">{OLDER}</span>'] if older else []
    cells = {
        "rule": _paragraphs([name, *overrides, *days, *marks]),
        "asks": _paragraphs(map(escape, _asks(book, rule))),
        "says": _paragraphs(map(escape, _says(book, rule))) + _to_do(book, rule),
        "why": f"<p>{escape(rule.because.for_us)}</p>"
        f'<p class="customer">{escape(rule.because.for_customer)}</p>',
        "source": _paragraphs(_cited(book, citation) for citation in rule.cites),
    }
    row = "".join(
        f'<td class="{column}" data-name="{escape(COLUMNS[column])}">{cell}</td>'
        for column, cell in cells.items()
    )
    return f'<tr id="{place}">{row}</tr>'


def _kind_of(file: str) -> str:
    return file.removesuffix(".toml")


def _kind_of_rule(book: Rulebook, rule: Rule) -> str:
    return next(_kind_of(file) for file, rules in rules_by_file(book) if rule in rules)


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _to_do(book: Rulebook, rule: Rule) -> str:
    """What somebody does about it: the steps, and all that goes with them."""
    steps = rule.steps if isinstance(rule, GuidanceRule | ReadinessRule) else ()
    done = f"<ol>{''.join(f'<li>{_for_both(step)}</li>' for step in steps)}</ol>" if steps else ""
    return done + "".join(
        f'<p class="more">{name}</p>{_paragraphs(lines)}'
        for name, lines in _more(book, rule)
        if lines
    )


def _more(book: Rulebook, rule: Rule) -> Iterator[tuple[str, Sequence[str]]]:
    if not isinstance(rule, GuidanceRule):
        return
    yield "Who", [_for_both(rule.who)]
    yield "Where", [escape(line) for line in (rule.where, *rule.portal_labels) if line]
    yield (
        "To have ready",
        [
            _for_both(one.label)
            + (f" ({_for_both(one.note)})" if one.note else "")
            + (" – ours" if one.ours else "")
            for one in rule.evidence
        ],
    )
    yield (
        "Stages",
        [
            line
            for stage, told in zip(rule.stages, stages_of(rule, Reasons(book)), strict=True)
            for line in (
                f"{_for_both(stage.title)}: {escape(stage_days(_TEXTS, told) or NOBODY_SAYS)}",
                *(_cited(book, citation) for citation in stage.cites),
            )
        ],
    )
    yield "To verify", [_for_both(one) for one in rule.verify]
    yield "Ends", [_for_both(rule.ends)]
    yield (
        "Sent back",
        [f"{_for_both(one.problem)} {_for_both(one.remedy)}" for one in rule.rejections],
    )
    yield "Would be settled by", [_for_both(rule.settles)] if rule.settles else []


def _for_both(text: Text) -> str:
    if text.for_us == text.for_customer:
        return escape(text.for_us)
    return f'{escape(text.for_us)} <span class="customer">{escape(text.for_customer)}</span>'


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


def _cited(book: Rulebook, citation: Citation) -> str:
    weight = escape(citation.weight)
    source = book.source(citation.source)
    return (
        f'<span class="weight {weight}">{WEIGHTS[citation.weight]}</span> '
        f"{escape(citation.passage)} "
        f'<a href="#{escape(source.id)}">{escape(source.id)}</a>, {_day(source.dated)}'
    )


def _figure_table(book: Rulebook, figures: Iterable[Figure]) -> Iterator[str]:
    yield "<table><thead><tr>"
    for name, column in FIGURE_COLUMNS.items():
        yield f'<th scope="col" class="{name}">{column}</th>'
    yield "</tr></thead><tbody>"
    for figure in figures:
        place = escape(f"figure-{figure.place}")
        cells = {
            "rule": f'<p><a href="#{place}">{escape(figure.about)}</a></p>',
            "says": f"<p>{escape(figure.says)}</p>",
            "source": _paragraphs(_cited(book, citation) for citation in figure.cites),
        }
        row = "".join(
            f'<td class="{column}" data-name="{FIGURE_COLUMNS[column]}">{cell}</td>'
            for column, cell in cells.items()
        )
        yield f'<tr id="{place}">{row}</tr>'
    yield "</tbody></table>"


def _citations(value: object) -> Iterator[Citation]:
    """Every citation in a part of the book, however deep."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _citations(getattr(value, field))
    elif isinstance(value, tuple):
        for part in value:
            yield from _citations(part)


def _sources(book: Rulebook) -> Iterator[str]:
    rules = [rule for _, rules in rules_by_file(book) for rule in rules]
    citing = Counter(source for rule in rules for source in {c.source for c in _citations(rule)})
    others = Counter(
        source for figure in figures_of(book) for source in {c.source for c in figure.cites}
    )
    yield "<table><thead><tr>"
    for name, column in SOURCE_COLUMNS.items():
        yield f'<th scope="col" class="{name}">{column}</th>'
    yield "</tr></thead><tbody>"
    for source in sorted(book.sources, key=lambda source: source.id):
        cited_by = [_rules(citing[source.id])] if citing[source.id] else []
        cited_by += [_figures_said(others[source.id])] if others[source.id] else []
        yield (
            f'<tr id="{escape(source.id)}"><td class="rule">'
            f'<a href="#{escape(source.id)}">{escape(source.id)}</a></td>'
            f'<td class="why" data-name="Title"><p>{_title(source)}</p>'
            f'<p class="soft">{escape(source.publisher)}</p></td>'
            f'<td class="says" data-name="Dated"><p>{_day(source.dated)}</p>'
            f'<p class="soft">{escape(source.date_note)}</p></td>'
            f'<td class="asks" data-name="Cited by"><p>{" and ".join(cited_by) or "nothing"}</p>'
            "</td></tr>"
        )
    yield "</tbody></table>"


def _title(source: Source) -> str:
    title = escape(source.title)
    if source.url.startswith(("https://", "http://")):
        return f'<a href="{escape(source.url, quote=True)}">{title}</a>'
    return title


def _rules(number: int) -> str:
    return "1 rule" if number == 1 else f"{number} rules"


def _figures_said(number: int) -> str:
    return "1 figure or note" if number == 1 else f"{number} figures or notes"


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _day(day: date) -> str:
    return _TEXTS.date(day)


def main(arguments: Sequence[str]) -> int:
    """Write the page and say where."""
    file = Path(arguments[0]) if arguments else FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(load(resources())), encoding="utf-8")
    print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
