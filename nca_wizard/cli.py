"""The command line: the same results as the window, without a display and without Qt.

    nca-wizard evaluate FILE [--as-of DATE] [--json]
    nca-wizard evaluate LIST.csv|.xlsx --out RESULT.csv|.xlsx|.json [--as-of DATE] [--force]
    nca-wizard print FILE --copy customer|internal [--paper a4|letter] --out X.pdf [--force]
    nca-wizard questions [--json]
    nca-wizard proof [--json]
    nca-wizard compare-rules OLD NEW [--json]
    nca-wizard import-rules FILE [--yes]
    nca-wizard rules

The commands about the rules themselves are in `cli_rules`, lists in `cli_lists`. Faults are raised
as `KnownFault` for whoever started the program to say; see `nca_wizard.errors` for the exit codes.
Nothing that exists is overwritten without `--force`.
"""

import argparse
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from nca_wizard import cli_lists, cli_rules
from nca_wizard.cli_rules import add_data_dir, book_in_use, data_folder
from nca_wizard.errors import DONE, BadInput, UsageFault, say
from nca_wizard.exchange import case_file, lists
from nca_wizard.exchange.case_file import CaseFile
from nca_wizard.paths import resources
from nca_wizard.report.as_json import as_json
from nca_wizard.report.plain import plain_text
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.interview import refuse_unknown_ids
from nca_wizard.rules.model import UNKNOWN, Question, Recommendation, Rulebook, Scenario
from nca_wizard.sentences import Sentence, as_written
from nca_wizard.settings import Settings, load_settings, sheet_for, texts_of
from nca_wizard.terminal import write, write_json
from nca_wizard.texts import system_region


def main(argv: Sequence[str], *, today: date | None = None) -> int:
    """Run one command and return the exit code. `today` is the day of a file that names none."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit:
        # Only --help gets here: faults are raised.
        return DONE
    if options.command == "questions":
        return _questions(options)
    day_of_now = today or datetime.now().astimezone().date()
    if options.command == "evaluate":
        return _evaluate(options, day_of_now)
    if options.command == "print":
        return _print(options, day_of_now)
    return cli_rules.run(options, day_of_now)


# --- evaluate --------------------------------------------------------------------------------


def _evaluate(options: argparse.Namespace, today: date) -> int:
    if options.file.suffix.lower() in lists.ENDINGS:
        return cli_lists.evaluate(options, today)
    if options.out is not None:
        raise UsageFault(Sentence("--out is for lists only; see 'nca-wizard evaluate --help'."))
    book = book_in_use(options)
    case = case_file.read(options.file)
    rec = _recommendation(book.rulebook, case, options.file, options.as_of or case.as_of or today)
    if options.json:
        return write_json(as_json(rec))
    name = case.customer.name if case.customer else ""
    return write(plain_text(book.texts(texts_of(_settings(options))), rec, customer=name))


def _recommendation(rulebook: Rulebook, case: CaseFile, path: Path, as_of: date) -> Recommendation:
    engine = Engine(rulebook)
    try:
        answers = refuse_unknown_ids(rulebook, case.answers)
        in_play = engine.interview(answers, as_of).answers_in_play
        return engine.recommend(Scenario(as_of=as_of, answers=in_play))
    except BadInput as fault:
        raise BadInput(
            Sentence('"%(file)s": %(fault)s', file=path.name, fault=fault.sentence)
        ) from fault


# --- print -----------------------------------------------------------------------------------


def _print(options: argparse.Namespace, today: date) -> int:
    book = book_in_use(options)
    case = case_file.read(options.file)
    if case.customer is None:
        raise BadInput(
            Sentence(
                '"%(file)s" names no customer to print a page for. Add %(example)s.',
                file=options.file.name,
                example='"customer": {"name": "..."}',
            )
        )
    rec = _recommendation(book.rulebook, case, options.file, options.as_of or case.as_of or today)
    settings = _settings(options)
    # Imported late: setting a page needs the typesetter, which nothing else does.
    from nca_wizard.report.document import Press, save

    document = Press(resources()).document(
        book.texts(texts_of(settings)),
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
    rulebook = book_in_use(options).rulebook
    if options.json:
        return write_json(
            {
                "rulebook": rulebook.version,
                "questions": [_question_as_json(one) for one in rulebook.questions],
            }
        )
    return write("\n".join(_question_as_text(one) for one in rulebook.questions))


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


# --- Input and output ------------------------------------------------------------------------


def _settings(options: argparse.Namespace) -> Settings:
    loaded = load_settings(data_folder(options).settings)
    if loaded.notice:
        say(loaded.notice.said(texts_of(loaded.settings)))
    return loaded.settings


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # What argparse says of it is in English, and so is the help.
        sentence = f"{message[:1].upper()}{message[1:]}; see '{self.prog} --help'."
        raise UsageFault(as_written(sentence))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="nca-wizard", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    evaluate = commands.add_parser(
        "evaluate",
        help="say what to do for the customer of a case file, or for a list of customers",
        allow_abbrev=False,
    )
    evaluate.add_argument(
        "--out", type=Path, metavar="RESULT", help="of a list: a .csv, .xlsx or .json to write"
    )
    evaluate.add_argument("--force", action="store_true", help="overwrite RESULT if it is there")
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
        add_data_dir(command)

    questions = commands.add_parser(
        "questions", help="list every question, its choices and their ids", allow_abbrev=False
    )
    questions.add_argument("--json", action="store_true", help="print them as JSON")
    add_data_dir(questions)

    cli_rules.add_commands(commands.add_parser)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-11-22") from fault
