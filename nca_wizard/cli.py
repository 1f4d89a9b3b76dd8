"""The command line: the same results as the window, without a display and without Qt.

    nca-wizard evaluate FILE [--as-of DATE] [--json]
    nca-wizard evaluate LIST.csv|.xlsx --out RESULT.csv|.xlsx|.json [--as-of DATE] [--force]
    nca-wizard print FILE --copy customer|internal|handoff [--paper a4|letter] [--start DATE]
                     --out X.pdf [--force]
    nca-wizard letters FILE [--to customer|colleague|support] [--start DATE]
                       [--out FOLDER] [--force]
    nca-wizard calendar FILE --start DATE --out X.ics [--force]
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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn, get_args

from nca_wizard import cli_lists, cli_rules
from nca_wizard.cli_rules import add_data_dir, book_in_use, data_folder
from nca_wizard.customer import Customer
from nca_wizard.errors import DONE, BadInput, UsageFault, say
from nca_wizard.exchange import LIST_ENDINGS, case_file, mail_file
from nca_wizard.exchange.calendar_file import as_calendar
from nca_wizard.exchange.case_file import CaseFile
from nca_wizard.exchange.mail_file import as_mail
from nca_wizard.files import write_new
from nca_wizard.paths import resources
from nca_wizard.public_holidays import free_days
from nca_wizard.report.as_json import as_json
from nca_wizard.report.dates import calendar_days
from nca_wizard.report.letters import letters
from nca_wizard.report.page import Copy
from nca_wizard.report.plain import plain_text
from nca_wizard.report.timeline import Schedule
from nca_wizard.rules.engine import Engine
from nca_wizard.rules.interview import refuse_unknown_ids
from nca_wizard.rules.model.answers import UNKNOWN, LetterTo
from nca_wizard.rules.model.book import Question, Rulebook
from nca_wizard.rules.model.results import Recommendation
from nca_wizard.rules.model.values import Scenario
from nca_wizard.sentences import Sentence, as_written
from nca_wizard.settings import Settings, load_settings, sheet_for, texts_of
from nca_wizard.terminal import write, write_json
from nca_wizard.texts import Texts, system_region


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
    if options.command in _ON_PAPER:
        return _ON_PAPER[options.command](_case(options, day_of_now), options)
    return cli_rules.run(options, day_of_now)


# --- evaluate --------------------------------------------------------------------------------


def _evaluate(options: argparse.Namespace, today: date) -> int:
    if options.file.suffix.lower() in LIST_ENDINGS:
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


# --- print, letters, calendar ----------------------------------------------------------------


@dataclass(frozen=True)
class _Case:
    """A case file with a customer, evaluated, and what is needed to write of it."""

    t: Texts
    rec: Recommendation
    customer: Customer
    settings: Settings
    schedule: Schedule | None


def _case(options: argparse.Namespace, today: date) -> _Case:
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
    settings = _settings(options)
    t = book.texts(texts_of(settings))
    free = free_days(settings.partner.country, t.language) if options.start else None
    return _Case(
        t,
        _recommendation(book.rulebook, case, options.file, options.as_of or case.as_of or today),
        case.customer,
        settings,
        Schedule(options.start, free) if free else None,
    )


def _print(case: _Case, options: argparse.Namespace) -> int:
    # Imported late: setting a page needs the typesetter, which nothing else does.
    from nca_wizard.report.document import Press, save

    document = Press(resources()).document(
        case.t,
        case.rec,
        case.customer,
        case.settings.partner,
        copy=options.copy,
        paper=options.paper or sheet_for(case.settings.paper, system_region()),
        schedule=case.schedule,
    )
    save(document, options.out, overwrite=options.force)
    if document.notice:
        say(document.notice)
    return DONE


def _letters(case: _Case, options: argparse.Namespace) -> int:
    found = [
        letter
        for action in (*case.rec.plan, *case.rec.in_place)
        for letter in letters(
            case.t, case.rec, action, case.customer, case.settings.partner, case.schedule
        )
        if options.to in (None, letter.to)
    ]
    if options.out is None:
        return write(
            "\n\n".join(f"{one.subject}\n{'-' * len(one.subject)}\n{one.body}" for one in found)
        )
    for number, letter in enumerate(found, start=1):
        content = as_mail(
            subject=letter.subject,
            body=letter.body,
            to=letter.address,
            sender=case.settings.partner.email,
        )
        name = f"{number:02} {letter.id}{mail_file.ENDING}"
        write_new(options.out / name, content, overwrite=options.force)
    return DONE


def _calendar(case: _Case, options: argparse.Namespace) -> int:
    if case.schedule is None:
        raise AssertionError("the parser asks for a start")
    content = as_calendar(
        calendar_days(case.t, case.rec, case.customer, case.schedule),
        case=f"{case.customer.name}/{case.customer.tenant_id}",
        made=datetime.now().astimezone(UTC),
    )
    write_new(options.out, content, overwrite=options.force)
    return DONE


_ON_PAPER: Mapping[str, Callable[[_Case, argparse.Namespace], int]] = {
    "print": _print,
    "letters": _letters,
    "calendar": _calendar,
}


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

    def print_help(self, file: Any = None) -> None:  # noqa: ARG002  always where commands write
        # argparse itself would fail on a stream that is not there, in some Pythons.
        write(self.format_help())


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
        "print",
        help="write a page of a case file as PDF: a summary, or the hand-off",
        allow_abbrev=False,
    )
    page.add_argument("--copy", choices=get_args(Copy), required=True)
    page.add_argument(
        "--paper", choices=("a4", "letter"), help="as in the settings, or as your region has it"
    )
    page.add_argument("--out", type=Path, required=True, metavar="X.pdf")
    page.add_argument("--force", action="store_true", help="overwrite X.pdf if it is there")

    mails = commands.add_parser(
        "letters",
        help="write what to send to the customer, to whoever files, to Microsoft's support",
        allow_abbrev=False,
    )
    mails.add_argument("--to", choices=get_args(LetterTo), help="only these letters")
    mails.add_argument(
        "--out", type=Path, metavar="FOLDER", help="save each as a draft (.eml) in this folder"
    )

    days = commands.add_parser(
        "calendar", help="write the days of a case as a calendar file", allow_abbrev=False
    )
    days.add_argument("--out", type=Path, required=True, metavar="X.ics")

    for command in (page, mails, days):
        command.add_argument(
            "--start",
            type=_day,
            metavar="DATE",
            required=command is days,
            help="the day you start on, from which the days of each stage are reckoned",
        )
    for command in (mails, days):
        command.add_argument("--force", action="store_true", help="overwrite what is there")

    for command in (evaluate, page, mails, days):
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
