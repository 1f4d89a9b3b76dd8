"""`nca-wizard evaluate LIST --out RESULT`: many customers at once."""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from nca_wizard.cli_rules import book_in_use, data_folder
from nca_wizard.errors import DONE, SOME_REJECTED, BadInput, UsageFault, say
from nca_wizard.exchange import CSV_ENDINGS, lists
from nca_wizard.exchange.case_file import FileExists
from nca_wizard.exchange.list_results import RESULT_HEADINGS, Judged, as_json, as_table, judge_list
from nca_wizard.exchange.list_rows import Rejected, Vocabulary, columns_by_id
from nca_wizard.files import write_whole
from nca_wizard.rules.engine import Engine
from nca_wizard.sentences import Sentence
from nca_wizard.settings import load_settings, texts_of
from nca_wizard.terminal import write
from nca_wizard.texts import Texts

_MOST_SAID = 20


def evaluate(options: argparse.Namespace, today: date) -> int:
    """Evaluate every row, write the result, and say how many there were."""
    out: Path | None = options.out
    if out is None:
        raise UsageFault(Sentence("Say with --out where the result of a list is to be written."))
    if out.suffix.lower() not in (".json", *CSV_ENDINGS, ".xlsx"):
        raise UsageFault(Sentence('"%(file)s" must end in .csv, .xlsx or .json.', file=out.name))
    # Before the work, not after it.
    if out.exists() and not options.force:
        raise FileExists(out)
    book = book_in_use(options)
    t = book.texts(texts_of(load_settings(data_folder(options).settings).settings))
    vocabulary = Vocabulary(book.rulebook, t)
    table = lists.read(options.file)
    try:
        columns = columns_by_id(vocabulary, table)
    except BadInput as fault:
        raise BadInput(
            Sentence('"%(file)s": %(fault)s', file=options.file.name, fault=fault.sentence)
        ) from fault
    as_of = options.as_of or today
    goals = Engine(book.rulebook).days.on(as_of).goals
    results = judge_list(goals, vocabulary, columns, table)
    if out.suffix.lower() == ".json":
        document = json.dumps(as_json(book.rulebook, as_of, results), ensure_ascii=False, indent=2)
        write_whole(out, f"{document}\n".encode())
    else:
        lists.write(out, *as_table(table, results), overwrite=options.force)
    unused = [
        heading
        for place, heading in enumerate(table.headings)
        if heading and place not in columns.values() and heading not in RESULT_HEADINGS
    ]
    return _said(t, results, unused)


def _said(t: Texts, results: Sequence[Judged | Rejected], unused: Sequence[str]) -> int:
    if unused:
        say(t("Columns that are not used: %(which)s") % {"which": ", ".join(unused)})
    rejected = [one for one in results if isinstance(one, Rejected)]
    for one in rejected[:_MOST_SAID]:
        say(t("Row %(row)d: %(why)s") % {"row": one.row.number, "why": one.why.said(t)})
    if len(rejected) > _MOST_SAID:
        more = len(rejected) - _MOST_SAID
        say(t.plural("and %(count)d more", "and %(count)d more", more))
    done = len(results) - len(rejected)
    counts = {"done": done, "not": len(rejected), "all": len(results)}
    said = t("%(done)d evaluated, %(not)d not. %(done)d + %(not)d = %(all)d rows.") % counts
    write(f"{said}\n")
    return SOME_REJECTED if rejected else DONE
