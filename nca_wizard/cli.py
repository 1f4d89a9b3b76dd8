"""The command line: the same results as the window, without a display and without Qt.

    nca-wizard evaluate FILE [--as-of DATE] [--json]
    nca-wizard print FILE --copy customer|internal [--paper a4|letter] --out X.pdf [--force]
    nca-wizard questions [--json]
    nca-wizard proof [--json]
    nca-wizard compare-rules OLD NEW [--json]

Faults are raised as `KnownFault` for whoever started the program to say; see `nca_wizard.errors`
for the exit codes. Nothing that exists is overwritten without `--force`.
"""

import argparse
import json
import sys
import textwrap
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from nca_wizard.errors import DONE, BadInput, NoSuchFile, RulebookFault, UsageFault, say
from nca_wizard.exchange import case_file
from nca_wizard.exchange.case_file import CaseFile
from nca_wizard.paths import DataFolder, resources
from nca_wizard.report.as_json import as_json
from nca_wizard.report.plain import plain_text
from nca_wizard.rules import rulebook as rulebooks
from nca_wizard.rules.comparison import Comparison, compare
from nca_wizard.rules.comparison_words import sentence, sentences
from nca_wizard.rules.interview import Interview, refuse_unknown_ids
from nca_wizard.rules.model import UNKNOWN, Question, Recommendation, Rulebook, Scenario
from nca_wizard.rules.proof import flaws
from nca_wizard.rules.proof_certificate import Certificate, certificate
from nca_wizard.rules.proof_tables import Days
from nca_wizard.rules.recommendation import recommend
from nca_wizard.settings import Settings, load_settings, sheet_for
from nca_wizard.texts import Texts, available_languages, choose_language, system_region

_LOOKED_FOR = (
    "Looked for and not found: gaps, conflicts, rules that never stand, rules that their days or "
    "texts do not bear out, questions and choices that no rule tells from any other."
)
_LISTED_RULES = 12


def main(argv: Sequence[str], *, today: date | None = None) -> int:
    """Run one command and return the exit code. `today` is the day of a file that names none."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit:
        # Only --help gets here: faults are raised.
        return DONE
    if options.command == "questions":
        return _questions(options)
    if options.command == "proof":
        return _proof(options)
    if options.command == "compare-rules":
        return _compare_rules(options)
    day_of_now = today or datetime.now().astimezone().date()
    return (
        _evaluate(options, day_of_now)
        if options.command == "evaluate"
        else _print(options, day_of_now)
    )


# --- evaluate --------------------------------------------------------------------------------


def _evaluate(options: argparse.Namespace, today: date) -> int:
    rulebook = rulebooks.load(resources())
    case = case_file.read(options.file)
    rec = _recommendation(rulebook, case, options.file, options.as_of or case.as_of or today)
    if options.json:
        return _write_json(as_json(rec))
    name = case.customer.name if case.customer else ""
    return _write(plain_text(_texts(_settings(options)), rec, customer=name))


def _recommendation(rulebook: Rulebook, case: CaseFile, path: Path, as_of: date) -> Recommendation:
    try:
        answers = refuse_unknown_ids(rulebook, case.answers)
    except BadInput as fault:
        raise BadInput(f'"{path.name}": {fault.sentence}') from fault
    in_play = Interview(rulebook, answers, as_of).answers_in_play
    return recommend(rulebook, Scenario(as_of=as_of, answers=in_play))


# --- print -----------------------------------------------------------------------------------


def _print(options: argparse.Namespace, today: date) -> int:
    rulebook = rulebooks.load(resources())
    case = case_file.read(options.file)
    if case.customer is None:
        raise BadInput(
            f'"{options.file.name}" names no customer to print a page for. '
            'Add "customer": {"name": "..."}.'
        )
    rec = _recommendation(rulebook, case, options.file, options.as_of or case.as_of or today)
    settings = _settings(options)
    # Imported late: setting a page needs the typesetter, which nothing else does.
    from nca_wizard.report.document import Press, save

    document = Press(resources()).document(
        _texts(settings),
        rec,
        case.customer,
        settings.partner,
        copy=options.copy,
        paper=options.paper or sheet_for(settings.paper, system_region()),
    )
    save(document, options.out, overwrite=options.force)
    if document.notice:
        say(document.notice)
    return DONE


# --- questions -------------------------------------------------------------------------------


def _questions(options: argparse.Namespace) -> int:
    rulebook = rulebooks.load(resources())
    if options.json:
        return _write_json(
            {
                "rulebook": rulebook.version,
                "questions": [_question_as_json(one) for one in rulebook.questions],
            }
        )
    return _write("\n".join(_question_as_text(one) for one in rulebook.questions))


def _question_as_json(question: Question) -> dict[str, Any]:
    unknown = {"id": UNKNOWN, "label": "I don't know yet", "hint": question.unknown_hint}
    return {
        "id": question.id,
        "page": question.page,
        "kind": question.kind,
        "title": question.title,
        "why": question.why,
        "choices": [
            *(
                {"id": one.id, "label": one.label, "hint": one.hint, "alone": one.alone}
                for one in question.choices
            ),
            {**unknown, "alone": True},
        ],
    }


def _question_as_text(question: Question) -> str:
    how = {
        "one": "one choice",
        "several": "one or more choices",
        "by_product": "one choice per product",
        "one_or_by_product": "one choice, or one per product",
    }[question.kind]
    width = max(len(choice.id) for choice in question.choices)
    choices = [f"  {choice.id:{width}}  {choice.label}" for choice in question.choices]
    unknown = f"  {UNKNOWN:{width}}  I don't know yet"
    return "\n".join([f"{question.id}: {question.title} ({how})", *choices, unknown, ""])


# --- proof -----------------------------------------------------------------------------------


def _proof(options: argparse.Namespace) -> int:
    # A faulty book does not get past this line; what follows measures and certifies.
    rulebook = rulebooks.load(resources())
    began = time.perf_counter()
    found = list(flaws(rulebook))
    proof_ms = _milliseconds_since(began)
    certified = certificate(rulebook)
    whole_ms = _milliseconds_since(began)
    if options.json:
        return _write_json(
            {
                **_certificate_as_json(certified),
                "faults": found,
                "milliseconds": {"proof": proof_ms, "with_certificate": whole_ms},
            }
        )
    time_taken = f"{proof_ms} ms for the proof, {whole_ms} ms with this certificate"
    return _write(_certificate_as_text(certified, time_taken))


def _milliseconds_since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def _certificate_as_json(certified: Certificate) -> dict[str, Any]:
    return {
        "rulebook": {"version": certified.version, "hash": certified.rules_hash},
        "answers": certified.answers_hash,
        "reasons": certified.reasons_hash,
        "days": {"first": str(certified.horizon.first), "last": str(certified.horizon.last)},
        "stretches": [str(days.first) for days in certified.stretches],
        "scenarios": certified.scenarios,
        "impossible": certified.impossible,
        "goals": {
            "products": certified.products,
            "metrics": certified.metrics,
            "kinds": certified.kinds_of_goals,
        },
        "rules": dict(certified.rules),
        "redundant": dict(certified.redundant),
        "older_than_their_texts": dict(certified.older_than_their_texts),
    }


def _certificate_as_text(certified: Certificate, time_taken: str) -> str:
    figures = _figures(
        rules=[f"{number:4} in {file}" for file, number in certified.rules.items()],
        scenarios=[
            f"{certified.scenarios:,} for each product on each day",
            f"{certified.impossible:,} more cannot occur",
        ],
        goals=[
            f"{certified.products} products, {certified.metrics} metrics",
            f"{certified.kinds_of_goals} kinds of family, metric and being measured",
        ],
        stretches=[
            f"{len(certified.stretches)}, in each of which the same rules are in force:",
            *map(str, certified.stretches),
        ],
        time=[time_taken],
    )
    sections = [
        f"Rulebook {certified.version}: every scenario that can occur has exactly one answer.",
        figures,
        textwrap.fill(_LOOKED_FOR, 88),
        _listed("could go without changing an answer", certified.redundant),
        _listed("begin before the oldest text they cite", certified.older_than_their_texts),
        (
            f"SHA-256 of the rules           {certified.rules_hash}\n"
            f"SHA-256 of all answers         {certified.answers_hash}\n"
            f"SHA-256 of the rules behind    {certified.reasons_hash}\n"
        ),
    ]
    return "\n\n".join(sections)


def _figures(**figures: Sequence[str]) -> str:
    width = max(map(len, figures)) + 2
    return "\n".join(
        f"  {name if number == 0 else '':{width}}{line}"
        for name, lines in figures.items()
        for number, line in enumerate(lines)
    )


def _listed(what: str, rules: Mapping[str, Sequence[str]]) -> str:
    """How many rules are so, and which; a long list is left to --json."""
    number = sum(map(len, rules.values()))
    if not 0 < number <= _LISTED_RULES:
        return f"Rules that {what}: {number}{' (--json lists them)' if number else ''}."
    lines = (f"  {file}: {', '.join(ids)}" for file, ids in rules.items())
    return "\n".join([f"Rules that {what}: {number}.", *lines])


# --- compare-rules ---------------------------------------------------------------------------


def _compare_rules(options: argparse.Namespace) -> int:
    old, new = (
        _book_in(folder, which) for folder, which in ((options.old, "old"), (options.new, "new"))
    )
    compared = compare(old, new)
    if options.json:
        return _write_json(_comparison_as_json(compared))
    lines = (textwrap.fill(line, 88, break_on_hyphens=False) for line in sentences(compared))
    return _write("\n\n".join(lines) + "\n")


def _book_in(folder: Path, which: str) -> Rulebook:
    """The book below a folder; a fault says which of the two it is in."""
    if not folder.is_dir():
        raise NoSuchFile(f"The {which} rules: there is no folder {folder}.")
    try:
        return rulebooks.load(folder)
    except RulebookFault as fault:
        raise RulebookFault(f"The {which} rules, {folder}: {fault.sentence}") from fault


def _comparison_as_json(compared: Comparison) -> dict[str, Any]:
    def days(some: Days | None) -> dict[str, str] | None:
        return {"first": str(some.first), "last": str(some.last)} if some else None

    return {
        "old": {
            "version": compared.old_version,
            "hash": compared.old_hash,
            "days": days(compared.old_days),
        },
        "new": {
            "version": compared.new_version,
            "hash": compared.new_hash,
            "days": days(compared.new_days),
        },
        "compared": days(compared.days),
        "added": [{"what": e.what, "id": e.id} for e in compared.entries if e.added],
        "removed": [{"what": e.what, "id": e.id} for e in compared.entries if not e.added],
        "moved": [
            {"product": product, "old": before, "new": after}
            for product, before, after in compared.moved
        ],
        "not_compared": list(compared.not_compared),
        "differences": [
            {**asdict(one), "days": days(one.days), "sentence": sentence(one, compared)}
            for one in compared.differences
        ],
        "notes": asdict(compared.notes),
    }


# --- Input and output ------------------------------------------------------------------------


def _settings(options: argparse.Namespace) -> Settings:
    folder = DataFolder(options.data_dir.absolute()) if options.data_dir else None
    loaded = load_settings((folder or DataFolder.of_this_user()).settings)
    if loaded.notice:
        say(loaded.notice)
    return loaded.settings


def _texts(settings: Settings) -> Texts:
    folder = resources() / "locale"
    return Texts.load(choose_language(settings.language, available_languages(folder)), folder)


def _write_json(value: dict[str, Any]) -> int:
    return _write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _write(text: str) -> int:
    # A windowed program on Windows has no output stream.
    if sys.stdout is not None:
        sys.stdout.write(text)
        # Now, so that a reader who has gone is noticed while it can still be told apart.
        sys.stdout.flush()
    return DONE


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageFault(f"{message[:1].upper()}{message[1:]}; see '{self.prog} --help'.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="nca-wizard", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    evaluate = commands.add_parser(
        "evaluate", help="say what to do for the customer of a case file", allow_abbrev=False
    )
    evaluate.add_argument("--json", action="store_true", help="print it as JSON")

    page = commands.add_parser(
        "print", help="write the one-page summary of a case file as PDF", allow_abbrev=False
    )
    page.add_argument("--copy", choices=("customer", "internal"), required=True)
    page.add_argument(
        "--paper", choices=("a4", "letter"), help="as in the settings, or as your region has it"
    )
    page.add_argument("--out", type=Path, required=True, metavar="X.pdf")
    page.add_argument("--force", action="store_true", help="overwrite X.pdf if it is there")

    for command in (evaluate, page):
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument(
            "--as-of", type=_day, metavar="DATE", help="the day to evaluate for, as 2026-11-22"
        )
        command.add_argument("--data-dir", type=Path, metavar="DIR", help="where the settings are")

    questions = commands.add_parser(
        "questions", help="list every question, its choices and their ids", allow_abbrev=False
    )
    questions.add_argument("--json", action="store_true", help="print them as JSON")

    proof = commands.add_parser(
        "proof",
        help="prove that the rules answer every scenario once, and certify it",
        allow_abbrev=False,
    )
    proof.add_argument("--json", action="store_true", help="print the certificate as JSON")

    books = commands.add_parser(
        "compare-rules", help="say which answers differ between two rulebooks", allow_abbrev=False
    )
    for name in ("old", "new"):
        books.add_argument(
            name, type=Path, metavar=name.upper(), help="a folder with `rules` and `sources`"
        )
    books.add_argument("--json", action="store_true", help="print the differences as JSON")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-11-22") from fault
